import { existsSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import type { ArticleInput } from '../domain/input.ts'
import { failure, type Result } from '../domain/problem.ts'
import { parseJson } from '../http/body.ts'
import { type Beside, decodeCapture, parseCapture } from '../ingest/capture.ts'
import { parseArticle } from '../ingest/json.ts'
import type { Found } from './import.ts'

/** The end of a file's name that holds, as JSON, what the capture beside it cannot say. */
export const besideEnding = '.meta.json'

/**
 * The article that a file holds: JSON of the contract, or else a capture. What `given` says wins over what
 * the file, and a `.meta.json` beside it, say.
 */
export function readArticleFile(file: string, given: Beside): Result<ArticleInput> {
  const bytes = readBytes(file)
  if (!bytes.ok) return bytes
  if (extname(file).toLowerCase() === '.json') return fromJson(bytes.value, given, 'the file')
  const beside = besideOf(file)
  if (!beside.ok) return beside
  return fromCapture(bytes.value, { ...beside.value, ...given })
}

function fromCapture(bytes: Uint8Array, beside: Beside): Result<ArticleInput> {
  const text = decodeCapture(bytes)
  const capture = text.ok ? parseCapture(text.value, beside) : text
  if (capture.ok) return parseArticle(capture.value)
  const { problem } = capture
  if (problem.kind !== 'unreadable') return capture
  return failure({ kind: 'unreadable', reason: `Cannot read the capture: ${problem.reason}` })
}

/**
 * The articles that a file holds, each with where it was found: one for each line of NDJSON (.ndjson, .jsonl),
 * one for every other file.
 */
export function* findArticles(files: readonly string[], given: Beside): Generator<Found> {
  for (const file of files) {
    if (/\.(ndjson|jsonl)$/i.test(file)) yield* linesIn(file, given)
    else yield { where: file, article: readArticleFile(file, given) }
  }
}

function* linesIn(file: string, given: Beside): Generator<Found> {
  const bytes = readBytes(file)
  if (!bytes.ok) {
    yield { where: file, article: bytes }
    return
  }
  let start = 0
  for (let line = 1; start < bytes.value.length; line++) {
    const newline = bytes.value.indexOf(10, start)
    const end = newline === -1 ? bytes.value.length : newline
    const text = bytes.value.subarray(start, end)
    start = end + 1
    if (text.some((byte) => byte > 32))
      yield { where: `${file}:${line}`, article: fromJson(text, given, 'the line') }
  }
}

function fromJson(bytes: Uint8Array, given: Beside, what: string): Result<ArticleInput> {
  const json = jsonIn(bytes, what)
  if (!json.ok) return json
  return parseArticle(isObject(json.value) ? { ...json.value, ...given } : json.value)
}

function besideOf(file: string): Result<Beside> {
  const beside = file.slice(0, file.length - extname(file).length) + besideEnding
  if (!existsSync(beside)) return { ok: true, value: {} }
  const bytes = readBytes(beside, `"${beside}"`)
  const value = bytes.ok ? jsonIn(bytes.value, `"${beside}"`) : bytes
  if (!value.ok) return value
  if (isObject(value.value)) return { ok: true, value: value.value as Beside }
  return failure({ kind: 'unreadable', reason: `Cannot read "${beside}": it must hold a JSON object` })
}

/** As `parseJson`, whose words are those of a request. */
function jsonIn(bytes: Uint8Array, what: string): Result<unknown> {
  const json = parseJson(bytes)
  if (json.ok || json.problem.kind !== 'unreadable') return json
  return failure({ kind: 'unreadable', reason: json.problem.reason.replace('the body', what) })
}

function readBytes(file: string, what = 'the file'): Result<Uint8Array> {
  try {
    return { ok: true, value: readFileSync(file) }
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    const reasons: Record<string, string> = { ENOENT: 'there is no such file', EISDIR: 'it is a folder' }
    return failure({ kind: 'unreadable', reason: `Cannot read ${what}: ${reasons[code ?? ''] ?? code}` })
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
