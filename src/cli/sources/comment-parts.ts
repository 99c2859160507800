import type { Element, RootContent } from 'hast'
import { legalText } from '../../domain/text.ts'
import { parseHtmlFragment } from '../../ingest/fragment.ts'

/** A run of words with the marks that comments can have. `href` is an absolute http or https address. */
export interface Run {
  text: string
  em?: true
  strong?: true
  code?: true
  href?: string
}

/** A part of a comment: a paragraph of lines, preformatted text, or a quote. */
export type Part =
  | { kind: 'paragraph'; lines: Run[][] }
  | { kind: 'pre'; text: string }
  | { kind: 'quote'; parts: Part[] }

/** How a comment's HTML is read. */
export interface Reading {
  /** The address to which the addresses in it are relative; undefined if it is not known. */
  base?: string | undefined
  /** Whether ends of lines in the text are shown, and blank lines part paragraphs, as WordPress does. */
  keepsLines: boolean
}

/** The deepest nesting of elements that is read; no program that shows comments allows as much. */
const maxOpenElements = 200

/** Elements that stand on lines of their own. */
const blocks = new Set([
  ...['p', 'div', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'table', 'tr', 'figure', 'figcaption', 'section', 'hr'],
  ...['article', 'header', 'footer', 'aside', 'address', 'details', 'summary', 'center', 'form', 'fieldset'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
])

/** Elements whose text nobody sees. */
const unseen = new Set([
  ...['script', 'style', 'template', 'head', 'title', 'textarea', 'select', 'button', 'svg', 'math'],
  ...['noscript', 'noembed', 'noframes', 'canvas'],
])

/** Elements that show another document, picture or sound; their address becomes a link. */
const embeds = new Set(['img', 'iframe', 'embed', 'video', 'audio', 'source', 'object'])

/**
 * Reads the parts of a comment from its HTML, as a browser shows it. What comments cannot have becomes text: lists become
 * paragraphs with their numbers or bullets, and pictures and embedded parts become links. Throws `tooManyOpen` (ingest/fragment.ts)
 * if the elements are nested too deeply.
 */
export function partsOfComment(html: string, reading: Reading): Part[] {
  const parts = new Parts(reading)
  for (const node of parseHtmlFragment(legalText(html), { maxOpen: maxOpenElements }).children)
    parts.add(node, {})
  return parts.end()
}

type Marks = Omit<Run, 'text'>

/** Collects the parts of a comment while its tree is walked. */
class Parts {
  readonly #done: Part[] = []
  #lines: Run[][] = [[]]
  readonly #reading: Reading

  constructor(reading: Reading) {
    this.#reading = reading
  }

  end(): Part[] {
    this.#endParagraph()
    return this.#done
  }

  add(node: RootContent, marks: Marks): void {
    if (node.type === 'text') this.#addText(node.value, marks)
    if (node.type !== 'element' || unseen.has(node.tagName)) return
    if (embeds.has(node.tagName)) this.#addEmbedded(node, marks)
    else if (node.tagName === 'br') this.#break()
    else if (node.tagName === 'pre') this.#addPart({ kind: 'pre', text: textOf(node) })
    else if (node.tagName === 'blockquote')
      this.#addPart({ kind: 'quote', parts: this.#partsOf(node.children) })
    else if (blocks.has(node.tagName)) this.#addBlock(node, marks)
    else this.#addInline(node, { ...marks, ...this.#marksOf(node) })
    if (node.tagName === 'td' || node.tagName === 'th') this.#lines.at(-1)?.push({ text: ' ' })
  }

  #addInline(node: Element, marks: Marks): void {
    const words = marks.href === undefined || node.tagName !== 'a' ? '' : textOf(node).trim()
    // Disqus shortens the addresses that it shows.
    const isShortened =
      /^https?:\/\/.*(?:\.\.\.|…)$/.test(words) && marks.href?.startsWith(words.replace(/(?:\.\.\.|…)$/, ''))
    if (isShortened) this.#lines.at(-1)?.push({ ...marks, text: `${marks.href}` })
    else this.#addAll(node.children, marks)
  }

  #addAll(children: readonly RootContent[], marks: Marks): void {
    for (const child of children) this.add(child, marks)
  }

  #partsOf(children: readonly RootContent[]): Part[] {
    const inner = new Parts(this.#reading)
    inner.#addAll(children, {})
    return inner.end()
  }

  #addPart(part: Part): void {
    this.#endParagraph()
    this.#done.push(part)
  }

  #addBlock(node: Element, marks: Marks): void {
    this.#endParagraph()
    if (node.tagName !== 'ul' && node.tagName !== 'ol') this.#addAll(node.children, marks)
    else {
      let number = 0
      for (const child of node.children) {
        if (child.type !== 'element' || child.tagName !== 'li') this.add(child, marks)
        else {
          number += 1
          this.#endParagraph()
          this.#lines.at(-1)?.push({ text: node.tagName === 'ol' ? `${number}. ` : '• ' })
          this.#addAll(child.children, marks)
          this.#endParagraph()
        }
      }
    }
    this.#endParagraph()
  }

  #addEmbedded(node: Element, marks: Marks): void {
    const { src, data, alt, className } = node.properties
    const words = typeof alt === 'string' ? alt.trim() : ''
    const isSign = String(className)
      .split(',')
      .some((name) => name === 'wp-smiley' || name === 'emoji')
    const href = isSign ? undefined : webHref(String(src ?? data ?? ''), this.#reading.base)
    if (href === undefined) this.#addText(words, marks)
    else this.#lines.at(-1)?.push({ text: words || href, href })
    if (node.tagName !== 'img') this.#addAll(node.children, marks)
  }

  #addText(text: string, marks: Marks): void {
    for (const [at, line] of text.split(this.#reading.keepsLines ? /\r\n?|\n/ : /(?!)/).entries()) {
      if (at > 0) this.#break()
      const words = line.replace(/[ \t\r\n\f]+/g, ' ')
      if (words !== '') this.#lines.at(-1)?.push({ text: words, ...marks })
    }
  }

  #break(): void {
    this.#lines.push([])
  }

  /** Ends the paragraph. Empty lines in it part it into several. */
  #endParagraph(): void {
    let lines: Run[][] = []
    const end = () => {
      if (lines.length > 0) this.#done.push({ kind: 'paragraph', lines })
      lines = []
    }
    for (const line of this.#lines) {
      if (line.every(({ text }) => text.trim() === '')) end()
      else lines.push(joined(line))
    }
    end()
    this.#lines = [[]]
  }

  #marksOf({ tagName, properties }: Element): Marks {
    if (tagName === 'em' || tagName === 'i' || tagName === 'cite') return { em: true }
    if (tagName === 'strong' || tagName === 'b') return { strong: true }
    if (tagName === 'code' || tagName === 'kbd' || tagName === 'tt') return { code: true }
    const href = tagName === 'a' ? webHref(String(properties.href ?? ''), this.#reading.base) : undefined
    return href === undefined ? {} : { href }
  }
}

/** Joins runs with the same marks. */
function joined(line: readonly Run[]): Run[] {
  const runs: Run[] = []
  for (const run of line) {
    const last = runs.at(-1)
    const isSame = last && marks.every((mark) => last[mark] === run[mark])
    if (isSame) last.text += run.text
    else runs.push({ ...run })
  }
  return runs
}

const marks = ['em', 'strong', 'code', 'href'] as const

const textOf = (node: RootContent): string => {
  if (node.type === 'text') return node.value
  if (node.type !== 'element' || unseen.has(node.tagName)) return ''
  return node.tagName === 'br' ? '\n' : node.children.map(textOf).join('')
}

const maxHrefCharacters = 2000

/** The http or https address of a link; undefined for all others. The redirects of Disqus are undone. */
function webHref(href: string, base: string | undefined): string | undefined {
  const trimmed = href.trim()
  if (trimmed === '' || !URL.canParse(trimmed, base)) return undefined
  const url = new URL(trimmed, base)
  const target = url.hostname === 'disq.us' && url.pathname === '/url' ? url.searchParams.get('url') : null
  // Disqus adds a signature to the address that it redirects to.
  if (target !== null) return webHref(target.replace(/:[\w-]{20,40}$/, ''), undefined)
  const isWeb = /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  return isWeb && url.href.length <= maxHrefCharacters ? url.href : undefined
}
