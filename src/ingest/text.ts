import type { Element, Root } from 'hast'
import { toText } from 'hast-util-to-text'
import { shortened } from '../domain/text.ts'
import { parseHtmlFragment } from './fragment.ts'

/**
 * Converts plain text to HTML: a blank line separates paragraphs, a line break stays a line break, and nothing
 * in the text is interpreted as markup.
 */
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

/** Removes the spaces and tabs around a line; `trim()` would also remove no-break spaces. */
const trimmed = (line: string): string => line.replace(/^[ \t]+/, '').replace(/(?<![ \t])[ \t]+$/, '')

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Converts cleaned HTML to plain text, with a blank line between paragraphs. */
export const textOfHtml = (html: string): string => toText(parseHtmlFragment(html)).trim()

/** The length of the beginning of an article in which the excerpt is looked for first. */
const beginningCharacters = 20_000

/**
 * Returns the text of the first paragraph of cleaned HTML on one line, or the whole text if there is no
 * paragraph. A text longer than `maxLength` characters is cut after a word and ends with `…`.
 */
export function excerptOf(html: string, maxLength = 300): string {
  // A long article is parsed as a whole only if its beginning does not decide what the excerpt is.
  if (html.length > beginningCharacters) {
    const beginning = parseHtmlFragment(html.slice(0, beginningCharacters))
    const text = paragraphIn(beginning) ?? (html.includes('<p') ? '' : lineOf(beginning))
    if (text.length > 2 * maxLength) return shortened(text, maxLength)
  }
  const tree = parseHtmlFragment(html)
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
