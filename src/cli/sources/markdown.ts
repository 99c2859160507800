import { parse } from 'yaml'
import { type Problem, type Result, success } from '../../domain/problem.ts'
import type { Beside } from '../../ingest/capture.ts'
import { numberFields } from '../../ingest/field-types.ts'
import { blocksOfMarkdown, htmlOfMarkdown } from '../../ingest/markdown.ts'
import { unreadable } from './entries.ts'
import { splitFrontMatter } from './front-matter.ts'
import { plainOf } from './values.ts'

/**
 * Reads the article in a Markdown file; the article is not yet validated. The article's fields are YAML between
 * two `---` lines at the top of the file, and the body follows. If there is no field `title`, the first heading
 * `# …` becomes the title and is removed from the body.
 */
export function readMarkdown(text: string, beside: Beside = {}): Result<unknown> {
  const split = splitFrontMatter(text)
  if (!split.ok) return split
  const { front, body } = split.value
  const fields = fieldsOf(front)
  if (!fields.ok) return fields
  const { title } = fields.value
  const parts = title === undefined ? headed(body) : success({ title, body })
  if (!parts.ok) return parts
  const markdown = withoutBreaks(parts.value.body)
  return success({ ...fields.value, title: parts.value.title, ...(markdown && { markdown }), ...beside })
}

/**
 * Parses the front matter as YAML in which every value stays text, except `null` and `true` or `false` without quotation marks.
 * Later code converts numbers, which it recognizes by the names of their fields.
 */
function fieldsOf(front: string): Result<Record<string, unknown>> {
  try {
    const value: unknown = parse(front, {
      schema: 'failsafe',
      customTags: ['null', 'bool'],
      logLevel: 'error',
    })
    if (value === null || value === undefined) return success({})
    if (typeof value === 'object' && !Array.isArray(value)) return success(typed(value))
    return unreadable('Cannot read the front matter: it must be fields, such as title: Sommet')
  } catch (error) {
    const [reason] = (error as Error).message.split('\n')
    return unreadable(`Cannot read the front matter as YAML: ${reason?.replace(/:$/, '')}`)
  }
}

/** Converts each field according to its name, and removes empty fields. */
function typed(fields: object): Record<string, unknown> {
  const filled = Object.entries(fields).filter(([, value]) => value !== '' && value !== null)
  return Object.fromEntries(filled.map(([name, value]) => [name, typedValue(name, value)]))
}

function typedValue(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => (isPlainObject(one) ? typed(one) : one))
  if (isPlainObject(value)) return typed(value)
  if (typeof value !== 'string') return value
  return numberFields.includes(name) && /^\d+$/.test(value) ? Number(value) : value
}

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** Returns the first heading of level 1 as the title, and the body without that heading. */
function headed(body: string): Result<{ title: string; body: string }> {
  const blocks = blocksOfMarkdown(body)
  if (!blocks.ok) return unreadable(`Cannot read the Markdown: it ${reasonOf(blocks.problem)}`)
  const tokens = blocks.value
  const heading = tokens.find((token) => token.type === 'heading' && token.depth === 1)
  if (heading?.type !== 'heading') return untitled()
  const html = htmlOfMarkdown(heading.text)
  const title = html.ok ? plainOf(html.value) : ''
  if (title === '') return untitled()
  const at = tokens.indexOf(heading)
  const [above, below] = [tokens.slice(0, at), tokens.slice(at + 1)].map(textOf)
  return success({ title, body: [above, below].filter(Boolean).join('\n\n') })
}

const reasonOf = (problem: Problem): string =>
  problem.kind === 'invalid-article' ? problem.issues.map(({ reason }) => reason).join('; ') : problem.kind

const textOf = (tokens: readonly { raw: string }[]): string =>
  withoutBreaks(tokens.map(({ raw }) => raw).join(''))

/** Removes blank lines at both ends. The indent of the first line stays, because it may mark a code block. */
const withoutBreaks = (text: string): string => text.replace(/^(?:[ \t]*\n)+/, '').trimEnd()

const untitled = () =>
  unreadable('Cannot read the Markdown: no title; give it in the front matter, or as a first heading "# …"')
