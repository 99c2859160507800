import type { Image } from '../../domain/article.ts'
import type { Warned } from '../../ingest/warned.ts'
import { warningsAboutBlocks } from './wordpress-left-out.ts'
import { convertShortcodes } from './wordpress-shortcodes.ts'

/** Elements that end a paragraph, as WordPress's function `wpautop` lists them. */
const block =
  /^<\/?(?:address|article|aside|blockquote|details|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|iframe|legend|li|main|map|nav|ol|p|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b/i

/**
 * Converts a WordPress body to HTML: captions become figures, shortcodes that show media become HTML, block comments are
 * removed, and in a body of the classic editor, blank lines separate paragraphs. `images` are the pictures of the export by their
 * post numbers. The warnings name shortcodes and blocks that are left out.
 */
export function htmlOfWordPress(
  content: string,
  images: ReadonlyMap<string, Image> = new Map(),
): Warned<string> {
  const isFromBlocks = content.includes('<!-- wp:')
  const plain = withoutComments(content.replace(/\r\n?/g, '\n'))
  const shortcodes = convertShortcodes(
    withFigures(plain).replace(embed, '\n\n<a href="$1">$1</a>\n\n'),
    images,
  )
  return {
    value: isFromBlocks ? shortcodes.value : withParagraphs(shortcodes.value),
    warnings: [...shortcodes.warnings, ...(isFromBlocks ? warningsAboutBlocks(content) : [])],
  }
}

const embed = /(?<!\[)\[embed\b[^[\]]*\]\s*(https?:\/\/[^\s"<>[\]]+)\s*\[\/embed\]/gi

function withoutComments(text: string): string {
  let kept = ''
  let at = 0
  for (let start = text.indexOf('<!--'); start !== -1; start = text.indexOf('<!--', at)) {
    const end = text.indexOf('-->', start + 4)
    if (end === -1) break
    kept += text.slice(at, start)
    at = end + 3
  }
  return kept + text.slice(at)
}

/**
 * Converts `[caption …]<img> Words[/caption]`, and the form of older WordPress versions, `[caption
 * caption="Words"]<img>[/caption]`, to figures.
 */
function withFigures(text: string): string {
  const opening = /\[(?:wp_)?caption\b([^[\]]*)\]/gi
  const closing = /\[\/(?:wp_)?caption\]/gi
  let made = ''
  let at = 0
  for (let open = opening.exec(text); open !== null; open = opening.exec(text)) {
    const start = open.index + open[0].length
    closing.lastIndex = start
    const close = closing.exec(text)
    if (close === null) break
    made += `${text.slice(at, open.index)}${figureOf(text.slice(start, close.index), open[1] ?? '')}`
    at = close.index + close[0].length
    opening.lastIndex = at
  }
  return made + text.slice(at)
}

function figureOf(inside: string, attributes: string): string {
  const [, picture = '', words = ''] =
    /^\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*<\/a>)?)([\s\S]*)$/i.exec(inside) ?? []
  if (picture === '') return inside
  const said = words.trim() || /\bcaption="([^"]*)"/i.exec(attributes)?.[1] || ''
  const caption = said === '' ? '' : `<figcaption>${said}</figcaption>`
  return `\n\n<figure>${picture}${caption}</figure>\n\n`
}

/** Wraps each run of text between blank lines in a paragraph, and keeps single line breaks. */
function withParagraphs(html: string): string {
  return chunksOf(html)
    .map((chunk) => (block.test(chunk) ? chunk : `<p>${broken(chunk)}</p>`))
    .join('\n')
}

/** Splits HTML at blank lines, except inside `pre`. */
function chunksOf(html: string): string[] {
  const chunks: string[] = []
  let open = 0
  for (const part of html.split(/\n[ \t]*(?:\n[ \t]*)+/)) {
    if (open > 0) chunks.push(`${chunks.pop()}\n\n${part}`)
    else if (part.trim() !== '') chunks.push(part.trim())
    open += count(part, /<pre\b/gi) - count(part, /<\/pre>/gi)
  }
  return chunks
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

const broken = (chunk: string): string => chunk.replace(/(?:<br\s*\/?>)?\n/gi, '<br>\n')
