import type { Element, Root } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { toText } from 'hast-util-to-text'
import { shortened } from '../domain/text.ts'

/** Plain text as HTML: a blank line parts paragraphs, a line break stays one, and nothing in it is markup. */
export function htmlOfText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n(?:[ \t]*\n)+/)
    .map((paragraph) => paragraph.split('\n').map(trimmed))
    .map((lines) => lines.filter((line) => line !== '').map(escaped))
    .filter((lines) => lines.length > 0)
    .map((lines) => `<p>${lines.join('<br>')}</p>`)
    .join('\n')
}

/** Without the spaces and tabs around it; `trim()` would take no-break spaces too. */
const trimmed = (line: string): string => line.replace(/^[ \t]+/, '').replace(/(?<![ \t])[ \t]+$/, '')

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** What a reader of cleaned HTML reads: plain text, with a blank line between paragraphs. */
export const textOfHtml = (html: string): string => toText(fromHtml(html, { fragment: true })).trim()

/**
 * The text of cleaned HTML's first paragraph on one line (of the whole, when it has none); when longer
 * than `maxLength` characters, cut after a word and ended with `…`.
 */
export function excerptOf(html: string, maxLength = 300): string {
  const tree = fromHtml(html, { fragment: true })
  return shortened(paragraphIn(tree) ?? lineOf(tree), maxLength)
}

function paragraphIn(node: Root | Element): string | undefined {
  for (const child of node.children) {
    if (child.type !== 'element') continue
    const text = child.tagName === 'p' ? lineOf(child) : paragraphIn(child)
    if (text) return text
  }
  return undefined
}

const lineOf = (node: Root | Element): string =>
  toText(node)
    .replace(/[ \t\n]+/g, ' ')
    .replace(/^ | $/g, '')
