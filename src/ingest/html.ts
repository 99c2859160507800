import type { Element, ElementContent, Properties, Root, RootContent } from 'hast'
import { sanitize } from 'hast-util-sanitize'
import { toHtml } from 'hast-util-to-html'
import { isVisible } from '../domain/name.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { isQuestionId, maxQuestionCharacters } from '../domain/question.ts'
import { legalText, lineOf } from '../domain/text.ts'
import * as allow from './allowed.ts'
import { type BodyLimits, countElements, Excess, excessOf, excessOfTags, inputLimits } from './body-limits.ts'
import { parseHtmlFragment, tooManyOpen } from './fragment.ts'

const maxLevels = 256
/** The maximum number of open elements in the parser; a table may push some of them out, to fewer levels. */
const maxOpenElements = 2 * maxLevels
const maxRounds = 6
const maxCandidates = 20

/** A Unicode noncharacter, which `legalText` removes from text. It marks the names of formatting elements during parsing. */
const mark = '\uFDD0'

/**
 * Formatting elements that an HTML parser reopens in each paragraph if they were not closed. Three hundred
 * `<font>` tags followed by 20 kB of paragraphs would become 1.5 million elements, so these elements are parsed
 * under names that the parser does not reopen. The list omits `a`, because under another name a link that is not
 * closed would contain the next one, which would be lost. `countElements` counts the links that are reopened.
 */
const reopened = /<(\/?)(b|big|code|em|font|i|s|small|strike|strong|tt|u)(?=[\s/>])/gi

/**
 * A character reference to U+0000. HTML parsers read it as U+FFFD, as they do with U+0000 itself (HTML §13.2.5, numeric
 * character reference end state), but every other control goes.
 */
const nullReference = /&#(?:0+(?!\d)|x0+(?![\da-f]));?/gi

/**
 * Cleans the HTML of an article's body. The result contains only what `allowed.ts` lists, has
 * absolute addresses, and means the same to every parser; cleaning the result again changes nothing. `base` is
 * an absolute URL. HTML that is nested too deeply or exceeds one of the limits is refused.
 */
export function cleanHtml(html: string, base: string, limits = inputLimits): Result<string> {
  const excess = excessOf(html, limits)
  if (excess !== undefined) return refuse(excess)
  let before = html
  for (let round = 0; round < maxRounds; round += 1) {
    if (before.length > limits.characters)
      return refuse(`has more than ${limits.characters} characters when cleaned; split it`)
    const tree = parseHtml(before, limits)
    if (!tree.ok) return tree
    const after = serialise(tidyChildren(tree.value.children, { base, link: false, phrasing: false }))
    if (after === before) return success(after)
    before = after
  }
  return refuse('has elements that never nest as they are written; close them in order')
}

const refuse = (reason: string) => failure({ kind: 'invalid-article', issues: [{ field: 'html', reason }] })

function parseHtml(html: string, limits: BodyLimits): Result<Root> {
  const excess = excessOfTags(html, limits)
  if (excess !== undefined) return refuse(excess)
  const tooDeep = refuse(`nested deeper than ${maxLevels} elements; flatten it`)
  try {
    const tree = parseHtmlFragment(
      legalText(html).replace(nullReference, '').replace(reopened, `<$1$2${mark}`),
      {
        maxOpen: maxOpenElements,
        onElement: countElements(limits),
      },
    )
    return isDeeper(tree.children, maxLevels) ? tooDeep : success(tree)
  } catch (error) {
    // A RangeError means that the stack overflowed. The HTML parser uses no recursion, but the conversion of its
    // result is recursive and overflows the stack at some thousands of nested elements.
    if (error === tooManyOpen || error instanceof RangeError) return tooDeep
    if (error instanceof Excess) return refuse(error.message)
    throw error
  }
}

const isDeeper = (nodes: readonly RootContent[], levels: number): boolean =>
  nodes.some((node) => node.type === 'element' && (levels === 0 || isDeeper(node.children, levels - 1)))

const serialise = (children: ElementContent[]): string =>
  toHtml(sanitize({ type: 'root', children }, allow.schema), {
    characterReferences: { useNamedReferences: true },
  })

/**
 * The surroundings of an element: whether it is inside a link, and whether it is inside an element that cannot
 * contain paragraphs.
 */
interface Place {
  base: string
  link: boolean
  phrasing: boolean
}

const tidyChildren = (nodes: readonly RootContent[], place: Place): ElementContent[] =>
  nodes.flatMap((node) => tidy(node, place))

function tidy(node: RootContent, place: Place): ElementContent[] {
  if (node.type === 'text') return [{ type: 'text', value: writable(node.value) }]
  if (node.type !== 'element') return []
  const was = node.tagName.replace(mark, '')
  const tagName = allow.renamed.get(was) ?? was
  if (allow.dropped.has(tagName) || isFurniture(tagName, node.properties)) return []
  const children = tidyChildren(tagName === 'iframe' ? [] : node.children, {
    base: place.base,
    link: place.link || tagName === 'a',
    phrasing: place.phrasing || allow.phrasing.has(tagName),
  })
  if (allow.boxes.has(tagName)) return place.phrasing ? children : boxed(children)
  if (!allow.allowed.has(tagName)) return children
  const properties = tidyProperties(tagName, node.properties, place.base)
  return settle({ type: 'element', tagName, properties, children }, place)
}

/** Also removes the internal mark of formatting elements, which is a noncharacter. */
const writable = (text: string): string => legalText(text).replace(/\r\n?/g, '\n')

function isFurniture(tagName: string, { className, id }: Properties): boolean {
  return tagName === 'aside' && allow.furniture.test([className, id].flat().join(' '))
}

const boxed = (children: ElementContent[]): ElementContent[] =>
  children.some((child) => isNamed(child, allow.blocks)) || children.every(isBlank)
    ? children
    : [{ type: 'element', tagName: 'p', properties: {}, children }]

const isNamed = (node: ElementContent, names: ReadonlySet<string>): boolean =>
  node.type === 'element' && names.has(node.tagName)

const isBlank = (node: ElementContent): boolean => node.type === 'text' && /^[ \t\n]*$/.test(node.value)

/**
 * Returns the element if it has what it needs, such as an `a` its address; otherwise returns the content that
 * remains without the element.
 */
function settle(element: Element, { link }: Place): ElementContent[] {
  const { tagName, properties, children } = element
  switch (tagName) {
    case 'a':
      return link || properties.href === undefined ? children : [element]
    case 'p':
      return children.every(isBlank) ? [] : [element]
    case 'img':
      return properties.src === undefined || isTracker(properties) ? [] : [element]
    case 'source':
    case 'track':
      return properties.src === undefined && properties.srcSet === undefined ? [] : [element]
    case 'audio':
    case 'video':
      return properties.src !== undefined || children.some((child) => isNamed(child, sources))
        ? [element]
        : children
    case 'picture':
      return children.some((child) => isNamed(child, images)) ? [element] : []
    case 'iframe':
      return isPlayer(properties.src) ? [element] : []
    default:
      return [element]
  }
}

const sources: ReadonlySet<string> = new Set(['source'])
const images: ReadonlySet<string> = new Set(['img'])

/** Tells whether a picture is a tracking pixel: invisible, or at most one pixel wide or high. */
function isTracker({ width, height, style, hidden }: Properties): boolean {
  if (hidden !== undefined) return true
  if ([width, height].some((length) => /^\s*[01](?:\.\d+)?\s*(?:px)?\s*$/i.test(String(length)))) return true
  return /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|!|$))/i.test(
    String(style ?? ''),
  )
}

function isPlayer(src: Properties[string]): boolean {
  const url = new URL(String(src ?? 'about:blank'))
  return url.protocol === 'https:' && allow.frameHosts.has(url.host) && url.username + url.password === ''
}

/**
 * Returns an element's attributes with safe, absolute addresses. An address that the page keeps in an attribute
 * for lazy loading is used if the usual attribute has no address.
 */
function tidyProperties(tagName: string, raw: Properties, base: string): Properties {
  const { src, srcSet, href, poster, cite, ...others } = writableOf(raw)
  const media = (value: unknown) => safeUrl(value, base, allow.mediaSchemes)
  const sets = [srcSet, ...allow.lateSourceSets.map((name) => others[name])]
  const set = first(sets, (value) => safeSourceSet(value, media))
  const candidate = tagName === 'img' ? set?.split(/,? /, 1)[0] : undefined
  const addresses = {
    href: safeUrl(href, base, allow.linkSchemes),
    src: first([src, ...allow.lateSources.map((name) => others[name])], media) ?? candidate,
    srcSet: set,
    poster: media(poster),
    cite: media(cite),
  }
  return { ...addresses, ...others, ...(tagName === 'mark' && questionIn(others)) }
}

/** The question about a marked passage, as one line, and its id. Without a question that can be shown, both go. */
function questionIn({ dataQuestion, dataQuestionId }: Properties): Properties {
  const text = lineOf(String(dataQuestion ?? ''))
  if (!isVisible(text) || text.length > maxQuestionCharacters)
    return { dataQuestion: undefined, dataQuestionId: undefined }
  const id = String(dataQuestionId ?? '').trim()
  return { dataQuestion: text, dataQuestionId: isQuestionId(id) ? id : undefined }
}

const writableOf = (raw: Properties): Properties =>
  Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [name, typeof value === 'string' ? writable(value) : value]),
  )

function first(values: readonly unknown[], read: (value: unknown) => string | undefined): string | undefined {
  for (const value of values) {
    const found = read(value)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Returns the absolute form of an address; undefined if the address leads into the same document or has a
 * scheme that is not allowed.
 */
function safeUrl(value: unknown, base: string, schemes: ReadonlySet<string>): string | undefined {
  const address = typeof value === 'string' ? value.trim() : ''
  const url = address === '' || address.startsWith('#') ? null : URL.parse(address, base)
  return url && schemes.has(url.protocol) ? url.href : undefined
}

/**
 * Returns the candidates of a `srcset` attribute whose address is safe, in the same order. Addresses may
 * contain commas, so the attribute is not split at commas alone.
 */
function safeSourceSet(value: unknown, media: (url: string) => string | undefined): string | undefined {
  if (typeof value !== 'string') return undefined
  const candidates = value.matchAll(/([^\s,]\S*)(?:(?<=,)|\s+([^\s,]*)[^,]*|$)/g)
  const safe = [...candidates].slice(0, maxCandidates).flatMap(([, address = '', size = '']) => {
    const url = media(withoutCommas(address))
    return url === undefined || !/^(?:\d+(?:\.\d+)?[wx])?$/.test(size) ? [] : [`${url} ${size}`.trim()]
  })
  return safe.length === 0 ? undefined : safe.join(', ')
}

/**
 * Removes the commas at the end of an address. The function uses a loop, because the pattern `/,+$/` takes
 * quadratic time on a run of commas inside an address.
 */
function withoutCommas(address: string): string {
  let end = address.length
  while (address[end - 1] === ',') end -= 1
  return address.slice(0, end)
}
