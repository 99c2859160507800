import { DOMParser } from 'linkedom'

/** A node of the DOM: an element (1), a text (3), a comment (8) or another kind. */
export interface Node {
  readonly nodeType: number
  textContent: string
  cloneNode(isDeep: boolean): Node
  remove(): void
}

/** The part of the DOM that the reading of pages uses; the project is compiled without the browser's types. */
export interface Element extends Node {
  readonly localName: string
  readonly childNodes: Iterable<Node>
  readonly children: Iterable<Element>
  getAttribute(name: string): string | null
  setAttribute(name: string, value: string): void
  removeAttribute(name: string): void
  append(...nodes: readonly Node[]): void
  prepend(...nodes: readonly Node[]): void
  replaceWith(node: Node): void
  readonly parentElement: Element | null
  closest(selector: string): Element | null
  contains(other: Element): boolean
  matches(selector: string): boolean
  querySelector(selector: string): Element | null
  querySelectorAll(selector: string): Iterable<Element>
  readonly nextElementSibling: Element | null
  readonly previousElementSibling: Element | null
  readonly firstElementChild: Element | null
}

/** A parsed page. */
export interface Page {
  readonly documentElement: Element | null
  createElement(localName: string, options?: undefined): Element
  querySelector(selector: string): Element | null
  querySelectorAll(selector: string): Iterable<Element>
}

/**
 * Parses a page, without its comments; completes it if it lacks `<html>`, `<head>` or `<body>`, because the parser needs these
 * elements.
 */
export function parsePage(html: string): Page {
  const page = new DOMParser().parseFromString(whole(html), 'text/html')
  removeComments(page)
  // The parser makes a text of each character reference and of each `<` that begins no tag.
  page.documentElement?.normalize()
  return page
}

/** Removes comments. Some programs write `<!-- -->` within a sentence, and Readability would make a paragraph of each part of it. */
function removeComments({ documentElement }: Page): void {
  let level = documentElement ? [documentElement] : []
  while (level.length > 0) {
    for (const { childNodes } of level)
      for (const node of [...childNodes]) if (node.nodeType === 8) node.remove()
    level = level.flatMap((element) => [...element.children])
  }
}

function whole(html: string): string {
  if (/<html[\s>]/i.test(html) && /<body[\s>]/i.test(html)) return html
  const [opening = '<html>'] = /<html\b[^<>]{0,1000}>/i.exec(html) ?? []
  const [title = ''] = /<title\b[^<>]{0,1000}>[^<]{0,1000}<\/title>/i.exec(html) ?? []
  const rest = html.replace(/^\s*<!doctype[^>]*>/i, '').replace(/<html\b[^<>]{0,1000}>/i, '')
  return `<!doctype html>${opening}<head>${title}</head><body>${rest}</body></html>`
}

/**
 * Tells whether the elements of a page are nested too deeply. The time that Readability takes grows with the
 * square of the depth.
 */
export function isDeeper({ documentElement }: Page, maxLevels: number): boolean {
  let level = documentElement ? [documentElement] : []
  for (let depth = 0; depth <= maxLevels && level.length > 0; depth += 1)
    level = level.flatMap((element) => [...element.children])
  return level.length > 0
}

/**
 * Tells whether the depths of all elements of a page add up to more than `maxSum`. Readability asks of each paragraph in which
 * elements it is, so this sum is a measure of the time that it takes.
 */
export function isHeavier({ documentElement }: Page, maxSum: number): boolean {
  let level = documentElement ? [documentElement] : []
  let sum = 0
  for (let depth = 1; level.length > 0 && sum <= maxSum; depth += 1) {
    sum += depth * level.length
    level = level.flatMap((element) => [...element.children])
  }
  return sum > maxSum
}

const inline = new Set(
  'a abbr b bdi bdo cite code em font i link mark meta q rb ruby s small span strong sub sup time u wbr'.split(
    ' ',
  ),
)
const textless = new Set('script style noscript template svg rp rt'.split(' '))

/**
 * The text of an element on one line, without soft hyphens. Only inline elements continue a word. Elements that match the
 * selector `without` are left out.
 */
export function textOf(element: Element | null | undefined, without?: string): string {
  return element ? plain(rawTextOf(element, without)) : ''
}

const plain = (text: string): string => text.replaceAll('\u00ad', '').replace(/\s+/g, ' ').trim()

function rawTextOf(node: Node, without?: string): string {
  if (node.nodeType === 3) return node.textContent
  if (node.nodeType !== 1) return ''
  const element = node as Element
  const { localName, childNodes } = element
  if (textless.has(localName)) return ''
  // A left-out element may be the colon between two others.
  if (without !== undefined && /\p{L}/u.test(element.textContent) && element.matches(without)) return ''
  const text = [...childNodes].map((child) => rawTextOf(child, without)).join('')
  return inline.has(localName) ? text : ` ${text} `
}

/** The texts of an element's parts: of each child element, and of each text between them. */
export const partsOf = (element: Element): string[] =>
  [...element.childNodes].map((node) => plain(rawTextOf(node))).filter(Boolean)

/** A piece of a page's text that no block element and no line break interrupts. */
export interface Line {
  text: string
  /** The block element that contains the line. */
  element: Element
  /** The nodes that make up the line. */
  nodes: readonly Node[]
}

const maxLines = 10_000
const maxContents = 50

/** Splits the text of an element into lines. */
export function linesOf(root: Element): Line[] {
  const lines: Line[] = []
  const visit = (element: Element) => {
    let nodes: Node[] = []
    const close = () => {
      const text = plain(nodes.map((node) => rawTextOf(node)).join(''))
      if (text !== '' && lines.length < maxLines) lines.push({ text, element, nodes })
      nodes = []
    }
    for (const node of element.childNodes) {
      if (node.nodeType === 3 || (node.nodeType === 1 && isInline(node as Element))) nodes.push(node)
      if (node.nodeType !== 1 || isInline(node as Element)) continue
      close()
      if (!textless.has((node as Element).localName)) visit(node as Element)
    }
    close()
  }
  visit(root)
  return lines
}

/** Tells whether an element and all elements in it are inline. */
const isInline = ({ localName, children }: Element): boolean =>
  inline.has(localName) && [...children].every(isInline)

/** Maps the name of each `meta` element, in lower case, to its contents in the order of the page. */
export type Metas = ReadonlyMap<string, readonly string[]>

/**
 * Reads the `meta` elements. The name of one may stand in `name`, `property`, `itemprop` or `http-equiv`, with a colon or a
 * full stop after the first part; some pages write `value` instead of `content`.
 */
export function metasOf(page: Page): Metas {
  const metas = new Map<string, string[]>()
  for (const meta of page.querySelectorAll('meta')) {
    const content = (meta.getAttribute('content') ?? meta.getAttribute('value') ?? '')
      .replace(/\s+/g, ' ')
      .trim()
    if (content === '') continue
    const names = ['name', 'property', 'itemprop', 'http-equiv'].map((one) => meta.getAttribute(one) ?? '')
    for (const name of new Set(
      names
        .flatMap((one) => one.toLowerCase().split(/\s+/))
        .map(dublin)
        .filter(Boolean),
    ))
      add(metas, name, content)
  }
  return metas
}

function add(metas: Map<string, string[]>, name: string, content: string): void {
  const contents = metas.get(name) ?? []
  if (contents.length < maxContents) contents.push(content)
  metas.set(name, contents)
}

/** Writes the name of an element of Dublin Core with a full stop: `dc.date` for `dc:date` and `dcterm:date`. */
const dublin = (name: string): string =>
  name.replace(/^(dc|dcterms?)[:._]/, (_, prefix: string) => (prefix === 'dc' ? 'dc.' : 'dcterms.'))

/** The first content of the first of the names for which the page has a `meta` element. */
export const metaOf = (metas: Metas, ...names: readonly string[]): string | undefined =>
  names.flatMap((name) => metas.get(name) ?? [])[0]
