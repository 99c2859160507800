import type { RootContent } from 'hast'
import { legalText } from '../../domain/text.ts'
import { htmlOfComment } from '../../ingest/comment-text.ts'
import { parseHtmlFragment } from '../../ingest/fragment.ts'
import { type Part, partsOfComment, type Reading, type Run } from './comment-parts.ts'

/** Deeper quotes are written at this depth, because the words matter more than who quoted whom. */
const maxNestedQuotes = 3

/**
 * Converts the HTML of a comment to the Markdown of comments. What was plain text stays plain text, whatever signs it has; addresses
 * in it become links, as WordPress and Disqus show them. If the marks of Markdown cannot express the emphasis, the words go
 * without it. Returns undefined if the words cannot be kept, and an empty text if nothing is seen.
 */
export function markdownOfComment(html: string, reading: Reading): string | undefined {
  let parts: Part[]
  try {
    parts = partsOfComment(html, reading)
  } catch {
    return undefined
  }
  const wanted = squeezed(parts.map(wordsOf).join(' '))
  if (wanted === '') return ''
  const base = reading.base ?? 'https://host.invalid/'
  for (const writing of writings) {
    const text = writeParts(parts, writing, 0)
    const read = htmlOfComment(text, base)
    if (!read.ok) continue
    const shown = squeezed(
      read.value.html === '' ? '' : parseHtmlFragment(read.value.html).children.map(textOf).join(' '),
    )
    if (shown === (writing.showsAddresses ? squeezed(parts.map(wordsAndAddressesOf).join(' ')) : wanted))
      return text
  }
  return undefined
}

/** How words are written, from the form that keeps most to the one that is always read as it was meant. */
interface Writing {
  hasMarks: boolean
  /** Addresses of links stand behind their words. */
  showsAddresses: boolean
  /** Each sign of ASCII that is no letter and no digit is escaped. */
  escapesAll: boolean
}

const writings: readonly Writing[] = [
  { hasMarks: true, showsAddresses: false, escapesAll: false },
  { hasMarks: false, showsAddresses: true, escapesAll: false },
  { hasMarks: false, showsAddresses: true, escapesAll: true },
]

const squeezed = (text: string): string => legalText(text).replace(/\s+/g, '')

const textOf = (node: RootContent): string =>
  node.type === 'text' ? node.value : node.type === 'element' ? node.children.map(textOf).join('') : ''

const wordsOf = (part: Part): string => wordsBy(part, ({ text }) => text)
const wordsAndAddressesOf = (part: Part): string => wordsBy(part, withAddress)

function wordsBy(part: Part, wordsIn: (run: Run) => string): string {
  if (part.kind === 'pre') return part.text
  if (part.kind === 'quote') return part.parts.map((one) => wordsBy(one, wordsIn)).join(' ')
  return part.lines.map((line) => line.map(wordsIn).join('')).join(' ')
}

const withAddress = ({ text, href }: Run): string =>
  href === undefined || isSameAddress(text, href) ? text : `${text} (${href})`

function writeParts(parts: readonly Part[], writing: Writing, depth: number): string {
  return parts
    .map((part) => {
      if (part.kind === 'pre') return writePre(part.text)
      if (part.kind === 'paragraph') return part.lines.map((line) => writeLine(line, writing)).join('\n')
      const inner = writeParts(part.parts, writing, depth + 1)
      return depth < maxNestedQuotes ? inner.replace(/^/gm, '> ').replace(/^> $/gm, '>') : inner
    })
    .filter((text) => text !== '')
    .join('\n\n')
}

function writePre(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').replace(/^\n/, '').trimEnd()
  if (lines.trim() === '') return ''
  const fence = '`'.repeat(Math.max(3, longestRun(lines) + 1))
  return `${fence}\n${lines}\n${fence}`
}

const longestRun = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))

function writeLine(line: readonly Run[], writing: Writing): string {
  const text = line.reduce((written, run) => joined(written, writeRun(run, writing)), '').trim()
  return text.replace(lineStart, (start) => `${start.slice(0, -1)}\\${start.slice(-1)}`)
}

/** What would begin a list, a quote, a heading, a table or a line below a heading. */
const lineStart = /^(?:[-+=#>]|:(?=-)|\d{1,9}[.)])/

/** Joins two writings. An exclamation mark before a link would make it a picture. */
const joined = (before: string, after: string): string =>
  before.endsWith('!') && after.startsWith('[') ? `${before.slice(0, -1)}\\!${after}` : before + after

function writeRun(run: Run, writing: Writing): string {
  const { text, em, strong, code, href } = run
  if (href !== undefined && isSameAddress(text, href))
    return writing.escapesAll ? escaped(text, writing) : linkTo(href, href)
  if (!writing.hasMarks) return escaped(withAddress(run), writing)
  const words = text.trim()
  if (words === '') return text
  const before = text.slice(0, text.length - text.trimStart().length)
  const after = text.slice(text.trimEnd().length)
  const plain = code ? writeCode(words) : escaped(words, writing, href !== undefined)
  const marks = code ? '' : `${strong ? '**' : ''}${em ? '*' : ''}`
  const marked = `${marks}${plain}${marks}`
  return `${before}${href === undefined ? marked : `[${marked}](<${withoutReferences(href)}>)`}${after}`
}

/** A link whose words are an address, perhaps without the protocol. */
const linkTo = (href: string, label: string): string =>
  href === label && withoutReferences(href) === href
    ? `<${href}>`
    : `[${escapedWords(label)}](<${withoutReferences(href)}>)`

/** An address in which Markdown finds no character references that it would replace. */
const withoutReferences = (href: string): string => href.replace(/&(?=#?\w+;)/g, '&amp;')

function writeCode(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1)
  const space = /^`|`$/.test(text) ? ' ' : ''
  return `${fence}${space}${text}${space}${fence}`
}

const isSameAddress = (text: string, href: string): boolean => text.trim() === href

const address = /(?:https?:\/\/|www\.)[^\s<>"]+/gi

/** Escapes what Markdown would read as marks. Addresses in the words stay links, but not in the words of a link. */
function escaped(text: string, { escapesAll }: Writing, isLink = false): string {
  if (escapesAll) return text.replace(/[!-/:-@[-`{-~]/g, '\\$&')
  if (isLink) return escapedWords(text)
  let written = ''
  let at = 0
  for (const { 0: found, index } of text.matchAll(address)) {
    const label = addressIn(found)
    if (label === undefined) continue
    written += joined(
      escapedWords(text.slice(at, index)),
      linkTo(/^www/i.test(label) ? `http://${label}` : label, label),
    )
    at = index + label.length
  }
  return written + escapedWords(text.slice(at))
}

const maxAddressCharacters = 2000

/** The address with which a text without spaces begins: signs at its end belong to the sentence. Undefined if it is none. */
function addressIn(found: string): string | undefined {
  if (found.length > maxAddressCharacters) return undefined
  let end = found.length
  while (end > 0 && /[.,;:!?'"»”’…*_~\])}]/.test(found[end - 1] ?? '') && !isClosing(found, end)) end -= 1
  const label = found.slice(0, end)
  const url = /^www/i.test(label) ? `http://${label}` : label
  return URL.canParse(url) && /\.[^./]|\/\/[[\w]/.test(url) && !/[\\`]/.test(label) ? label : undefined
}

/** Whether the parenthesis before `end` closes one of the address. */
const isClosing = (found: string, end: number): boolean =>
  found[end - 1] === ')' && found.slice(0, end).split('(').length >= found.slice(0, end).split(')').length

/** Escapes the signs with a meaning in Markdown. An underscore within a word has none. */
const escapedWords = (text: string): string =>
  text.replace(/[\\`*~[\]<|]|&(?=#?\w+;)/g, '\\$&').replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
