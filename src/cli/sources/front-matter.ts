import { type Result, success } from '../../domain/problem.ts'
import { articleSchema } from '../../ingest/json.ts'
import { unreadable } from './entries.ts'

/** A line of YAML that is a field, as `title: Sommet`. */
const field = /^[ \t]*["']?([\p{L}_][\p{L}\p{N}_-]*)["']?[ \t]*:(?:[ \t]|$)/u

/** The names under which an article has its fields, in small letters. */
const known: ReadonlySet<string> = new Set(
  Object.keys(articleSchema.entries).map((name) => name.toLowerCase()),
)

/**
 * Splits a Markdown file into its front matter, which is the lines between `---` and the next `---` or `...`, and the text after
 * them. Blank lines may precede the first `---`, and both lines may be indented alike. A file without front matter is all body,
 * and so is a file that begins with a thematic break. Fails if what seems to be front matter lacks one of its two lines, or is
 * TOML or JSON, because it would otherwise be published as text.
 */
export function splitFrontMatter(text: string): Result<{ front: string; body: string }> {
  const all = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/)
  const start = all.findIndex((line) => line.trim() !== '')
  const lines = all.slice(Math.max(start, 0))
  const [opening = '', ...others] = lines
  const indent = /^([ \t]*)---[ \t]*$/.exec(opening)?.[1]
  if (indent === undefined) {
    const fault = faultWithout(opening, others)
    return fault === undefined ? success({ front: '', body: all.join('\n') }) : unreadable(fault)
  }
  const end = others.findIndex((line) => isEnd(line, indent))
  const before = end === -1 ? others : others.slice(0, end)
  if (isThematicBreak(before, end !== -1)) return success({ front: '', body: all.join('\n') })
  if (end === -1) return unreadable('Cannot read the front matter: it must end with a line "---"')
  return success({ front: before.join('\n'), body: others.slice(end + 1).join('\n') })
}

const isEnd = (line: string, indent: string): boolean =>
  line.startsWith(indent) && /^(?:---|\.\.\.)[ \t]*$/.test(line.slice(indent.length))

/**
 * Tells whether a first line `---` is a thematic break of the text and does not begin front matter. Lines directly after it that
 * end with another `---` are front matter whatever they are; without an end, they are if they begin with a field. After a blank
 * line, a paragraph is front matter if it has a field that articles have, or if it is all fields and the end follows directly,
 * because a paragraph of text may begin with a word and a colon.
 */
function isThematicBreak(after: readonly string[], isEnded: boolean): boolean {
  const start = after.findIndex((line) => line.trim() !== '' && !/^[ \t]*#(?:[ \t]|$)/.test(line))
  const rest = start === -1 ? [] : after.slice(start)
  const length = rest.findIndex((line) => line.trim() === '')
  const names = rest.slice(0, length === -1 ? rest.length : length).map(nameIn)
  if (after[0] === undefined || after[0].trim() !== '') return !isEnded && names[0] === undefined
  if (names.some(isKnown)) return false
  return !(isEnded && length === -1 && names.length > 0 && names.every((name) => name !== undefined))
}

const nameIn = (line: string): string | undefined => field.exec(line)?.[1]

const isKnown = (name: string | undefined): boolean => name !== undefined && known.has(name.toLowerCase())

/** Says why the first lines of a file that does not begin with `---` cannot be text; undefined if they can. */
function faultWithout(opening: string, others: readonly string[]): string | undefined {
  const next = others.find((line) => line.trim() !== '') ?? ''
  if (/^\+\+\+[ \t]*$/.test(opening) && /^[ \t]*(?:["'\w.-]+[ \t]*=|\[|#|\+\+\+[ \t]*$)/.test(next))
    return 'Cannot read the front matter: it is TOML (+++); write it as YAML between two lines "---"'
  if (/^\{[ \t]*$/.test(opening) && /^[ \t]*"[^"]*"[ \t]*:/.test(next))
    return 'Cannot read the front matter: it is JSON; write it as YAML between two lines "---"'
  const end = others.findIndex((line) => line.trim() === '' || isEnd(line, ''))
  return isKnown(nameIn(opening)) && isEnd(others[end] ?? '', '')
    ? 'Cannot read the front matter: it must begin with a line "---"'
    : undefined
}
