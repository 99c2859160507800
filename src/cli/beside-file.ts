import { existsSync } from 'node:fs'
import { basename, extname } from 'node:path'
import type { ArticleInput } from '../domain/input.ts'
import { failure, type Problem, type Result, success } from '../domain/problem.ts'
import { shortened } from '../domain/text.ts'
import { parseJson } from '../http/body.ts'
import type { Beside } from '../ingest/capture.ts'
import { readBytes, standardInput, unpackedName } from './read-bytes.ts'
import { repeatedNameIn } from './repeated-names.ts'

/**
 * The end of the name of the JSON file beside a file with one article. It contains fields of the article, which override those in
 * the file.
 */
export const besideEnding = '.meta.json'

/** The fields that a file beside another one gives, and the name of this file; no fields if there is no such file. */
interface BesideFile {
  name: string
  fields: Beside
}

/** Returns the path of the file beside a file, which need not exist: `page.meta.json` beside `page.txt` or `page.txt.gz`. */
export function besideOf(file: string): string {
  const plain = unpackedName(file)
  return plain.slice(0, plain.length - extname(plain).length) + besideEnding
}

/** Tells whether there is a file beside a file. */
export const hasBeside = (file: string): boolean => file !== standardInput && existsSync(besideOf(file))

/** Reads the file beside a file. */
export function readBeside(file: string): Result<BesideFile> {
  const beside = besideOf(file)
  const name = basename(beside)
  if (!hasBeside(file)) return success({ name, fields: {} })
  const bytes = readBytes(beside, `"${beside}"`)
  const value = bytes.ok ? jsonIn(bytes.value, `"${beside}"`) : bytes
  if (!value.ok) return value
  if (isObject(value.value)) return success({ name, fields: value.value as Beside })
  return failure({ kind: 'unreadable', reason: `Cannot read "${beside}": it must hold a JSON object` })
}

/**
 * Returns the problem of an article whose date of the last change is before that of its publication, if one of the two comes from
 * the file beside it; otherwise undefined. The save, which would refuse the article too, does not know this file.
 */
export function faultBeside(
  { published, updated, status }: ArticleInput,
  beside: BesideFile,
  given: object,
): Problem | undefined {
  if (published === undefined || updated === undefined || updated >= published || status === 'withdrawn')
    return undefined
  const issue = isFrom(beside, given, 'updated')
    ? { field: 'updated', reason: 'is before published' }
    : isFrom(beside, given, 'published') && { field: 'published', reason: 'is after updated' }
  return issue ? namingBeside({ kind: 'invalid-article', issues: [issue] }, beside, given) : undefined
}

/** Names the file beside an article in each fault of a field that comes from that file, and not from `given`. */
export function namingBeside(problem: Problem, beside: BesideFile, given: object): Problem {
  if (problem.kind !== 'invalid-article') return problem
  const issues = problem.issues.map(({ field, reason }) =>
    isFrom(beside, given, field) ? { field: `${beside.name}: ${field}`, reason } : { field, reason },
  )
  return { ...problem, issues }
}

/** Whether a field, such as `image.url`, comes from the file beside an article, and not from `given`. */
function isFrom({ fields }: BesideFile, given: object, field: string): boolean {
  const [top = ''] = field.split('.')
  return Object.hasOwn(fields, top) && !Object.hasOwn(given, top)
}

/**
 * Like `parseJson`, but its error message names the file or line rather than the body of a request. An object that has a name twice
 * is refused, because only one of the two values would count.
 */
export function jsonIn(bytes: Uint8Array, what: string): Result<unknown> {
  const json = parseJson(bytes)
  if (json.ok) {
    const name = repeatedNameIn(new TextDecoder().decode(bytes))
    if (name === undefined) return json
    return failure({
      kind: 'unreadable',
      reason: `Cannot read ${what}: "${shortened(name, 40)}" is given twice`,
    })
  }
  if (json.problem.kind !== 'unreadable') return json
  return failure({ kind: 'unreadable', reason: json.problem.reason.replace('the body', what) })
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
