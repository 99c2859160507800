import { existsSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { failure, type Problem, type Result, success } from '../domain/problem.ts'
import { parseJson } from '../http/body.ts'
import type { Beside } from '../ingest/capture.ts'
import { readBytes, standardInput, unpackedName } from './read-bytes.ts'

/**
 * The end of the name of the JSON file beside a capture. This file contains the article's fields that the
 * text of the capture lacks.
 */
export const besideEnding = '.meta.json'

/** The fields that a file beside another one gives, and the name of this file; no fields if there is no such file. */
interface BesideFile {
  name: string
  fields: Beside
}

/** Reads the file beside a file: `page.meta.json` beside `page.txt` or `page.txt.gz`. */
export function readBeside(file: string): Result<BesideFile> {
  const plain = unpackedName(file)
  const beside = plain.slice(0, plain.length - extname(plain).length) + besideEnding
  const name = basename(beside)
  if (file === standardInput || !existsSync(beside)) return success({ name, fields: {} })
  const bytes = readBytes(beside, `"${beside}"`)
  const value = bytes.ok ? jsonIn(bytes.value, `"${beside}"`) : bytes
  if (!value.ok) return value
  if (isObject(value.value)) return success({ name, fields: value.value as Beside })
  return failure({ kind: 'unreadable', reason: `Cannot read "${beside}": it must hold a JSON object` })
}

/** Names the file beside an article in each fault of a field that comes from that file, and not from `given`. */
export function namingBeside(problem: Problem, { name, fields }: BesideFile, given: object): Problem {
  if (problem.kind !== 'invalid-article') return problem
  const isBeside = (field: string) => {
    const [top = ''] = field.split('.')
    return Object.hasOwn(fields, top) && !Object.hasOwn(given, top)
  }
  const issues = problem.issues.map(({ field, reason }) =>
    isBeside(field) ? { field: `${name}: ${field}`, reason } : { field, reason },
  )
  return { ...problem, issues }
}

/** Like `parseJson`, but its error message names the file or line rather than the body of a request. */
export function jsonIn(bytes: Uint8Array, what: string): Result<unknown> {
  const json = parseJson(bytes)
  if (json.ok || json.problem.kind !== 'unreadable') return json
  return failure({ kind: 'unreadable', reason: json.problem.reason.replace('the body', what) })
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
