import { existsSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Article } from '../domain/article.ts'
import type { ArticleInput } from '../domain/input.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { parseExported } from '../ingest/backup.ts'
import { type Beside, decodeCapture, parseCapture } from '../ingest/capture.ts'
import { parseDated, withInstants } from '../ingest/date-fields.ts'
import { parseArticle } from '../ingest/json.ts'
import { isPath } from '../ingest/path.ts'
import { unwarned, type Warned } from '../ingest/warned.ts'
import { fromPath, itemOfKind } from './backup-line.ts'
import {
  besideEnding,
  besideOf,
  faultBeside,
  hasBeside,
  jsonIn,
  namingBeside,
  readBeside,
} from './beside-file.ts'
import type { ImportItem } from './import.ts'
import { maxBytes, readBytes, standardInput, unpackedName } from './read-bytes.ts'
import { sourceOf } from './sources/detect.ts'
import { decodeText } from './sources/encoding.ts'
import type { DocumentEntry } from './sources/entries.ts'
import { readFeed } from './sources/feed.ts'
import { hasManyArticles, type ImportKind } from './sources/kinds.ts'
import { readMarkdown } from './sources/markdown.ts'
import { otherFormatOf } from './sources/other-formats.ts'
import { readPage } from './sources/page.ts'
import { guessTextLanguage, withLanguage } from './sources/text-language.ts'
import { readWordpress } from './sources/wordpress.ts'

/**
 * Reads the article in a file: JSON of the API, Markdown with front matter, a saved HTML page, or else a
 * capture. The fields in `given` override those of the file and of a `.meta.json` beside it.
 */
export function readArticleFile(file: string, given: Beside, timeZone?: string): Result<ArticleInput> {
  const [first] = findIn(file, { beside: given, timeZone })
  if (first && 'article' in first) return first.article
  return failure({ kind: 'unreadable', reason: 'Cannot read the file: it contains no article' })
}

/**
 * Finds the articles in files, each with its position. A feed, a WordPress export or an NDJSON file can contain
 * several articles. `timeZone` is the zone of dates without one; if it is undefined, such dates are refused.
 */
export function* findArticles(
  files: readonly string[],
  beside: Beside,
  timeZone?: string,
): Generator<ImportItem> {
  const given = { beside, timeZone }
  for (const file of files) {
    // A shell expands `*` to folders too, so folders are skipped. A folder that is the only operand is refused.
    if (files.length > 1 && isFolder(file)) yield { where: file, leftOut: 'it is a folder: name its files' }
    else yield* findIn(file, given)
  }
}

/** A path that cannot be followed, such as a symbolic link to itself, is no folder; reading the file says what is wrong. */
function isFolder(file: string): boolean {
  try {
    return statSync(file).isDirectory()
  } catch {
    return false
  }
}

const tooLarge = ({ length }: Uint8Array) => failure({ kind: 'too-large', bytes: length, maxBytes })

/** What the reader of a file knows beside the file: fields that override those of the file, and the zone of dates. */
interface Given {
  beside: Beside
  timeZone: string | undefined
}

function* findIn(file: string, given: Given): Generator<ImportItem> {
  if (file.endsWith(besideEnding) && existsSync(file)) {
    yield { where: file, leftOut: 'it only supplies fields for the file beside it' }
    return
  }
  const bytes = readBytes(file)
  if (!bytes.ok) {
    yield { where: file, article: bytes }
    return
  }
  const text = () => decodeText(bytes.value.subarray(0, maxBytes)).text
  const kind = sourceOf(unpackedName(file), text, file === standardInput)
  const other = otherFormatOf(bytes.value, kind)
  if (other !== undefined) {
    yield { where: file, article: failure({ kind: 'unreadable', reason: other }) }
    return
  }
  // The importer reads NDJSON line by line, so an NDJSON file may be larger than other files.
  if (kind !== 'ndjson' && bytes.value.length > maxBytes)
    yield { where: file, article: tooLarge(bytes.value) }
  else {
    // What concerns the whole file is said once, with its first article.
    let ofFile = hasManyArticles(kind) && hasBeside(file) ? [unread(basename(besideOf(file)))] : []
    for (const item of readers[kind](file, bytes.value, given)) {
      const warnings = [...('article' in item ? ofFile : []), ...(item.warnings ?? [])]
      yield { ...item, kind, ...(warnings.length > 0 && { warnings }) }
      if ('article' in item) ofFile = []
    }
  }
}

/** The warning about a file beside one with several articles. */
const unread = (name: string): string =>
  `${name}: not read, because the file may contain several articles; options give fields to all of them`

type Read = (file: string, bytes: Uint8Array, given: Given) => Iterable<ImportItem>

/** For each kind of file, the function that reads such a file. */
const readers: Record<ImportKind, Read> = {
  capture: aloneBy(assumingZone(fromCapture)),
  markdown: aloneBy(fromText((text, beside) => unwarned(readMarkdown(text, beside)))),
  page: aloneBy(assumingZone(fromDeclared(readPage))),
  feed: manyBy(readFeed),
  wordpress: manyBy(readWordpress),
  json: aloneBy(fromJson),
  ndjson: linesIn,
}

/** Reads a file that may contain many articles. */
function manyBy(read: (text: string, beside: Beside) => Result<DocumentEntry[]>): Read {
  return function* (file, bytes, given) {
    const { text, guess } = decodeText(bytes)
    const parts = read(text, given.beside)
    if (!parts.ok) {
      yield { where: file, article: parts }
      return
    }
    // What concerns the whole file is said once, with its first article.
    let ofFile = guess === undefined ? [] : [guess]
    for (const part of parts.value) {
      const where = `${file}: ${part.name}`
      if (part.kind === 'article') {
        const warnings = [...ofFile, ...(part.warnings ?? [])]
        yield { where, ...itemOf({ value: part.value, warnings }, given) }
        ofFile = []
      } else yield { where, leftOut: part.reason }
    }
  }
}

/** Parses an article that was read from a file. */
function itemOf({ value, warnings, ...read }: Warned<unknown>, { timeZone }: Given) {
  const parsed = parseDated(value, timeZone)
  if (!parsed.ok) return { article: parsed, ...(warnings.length > 0 && { warnings }) }
  return guessedItem({
    ...read,
    value: parsed.value.value,
    warnings: [...warnings, ...parsed.value.warnings],
  })
}

/** Makes an item of a parsed article; the language is guessed if there is none. */
function guessedItem(article: Warned<ArticleInput>) {
  const { value, warnings: others, guessesLanguage, languageWarning } = withLanguage(article)
  const warnings = [...others, ...(languageWarning === undefined ? [] : [languageWarning])]
  return {
    article: success(value),
    ...(warnings.length > 0 && { warnings }),
    ...(guessesLanguage && { guessesLanguage }),
    ...(languageWarning !== undefined && { languageWarning }),
  }
}

type ReadOne = (bytes: Uint8Array, beside: Beside) => Result<Warned<unknown>>

/** Reads a file that contains one article; a file beside it may supply further fields. */
function aloneBy(read: ReadOne): Read {
  return (file, bytes, given) => {
    const beside = readBeside(file)
    if (!beside.ok) return [{ where: file, article: beside }]
    const article = read(bytes, { ...beside.value.fields, ...given.beside })
    if (!article.ok) return [{ where: file, article }]
    const item = { file, ...itemOf(article.value, given) }
    const problem = item.article.ok
      ? faultBeside(item.article.value, beside.value, given.beside)
      : namingBeside(item.article.problem, beside.value, given.beside)
    return [{ where: file, ...item, ...(problem && { article: failure(problem) }) }]
  }
}

function fromText(read: (text: string, beside: Beside) => Result<Warned<unknown>>): ReadOne {
  return (bytes, beside) => {
    const text = textIn(bytes)
    return text.ok ? read(text.value, beside) : text
  }
}

/** Reads the text of a file that may declare its encoding. */
function fromDeclared(read: (text: string, beside: Beside) => Result<Warned<unknown>>): ReadOne {
  return (bytes, beside) => {
    const { text, guess } = decodeText(bytes)
    const article = read(text, beside)
    if (!article.ok || guess === undefined) return article
    return success({ ...article.value, warnings: [guess, ...article.value.warnings] })
  }
}

/** Warns of a time without a zone, which was found on a page and therefore may be in another zone than that of the site. */
function assumingZone(read: ReadOne): ReadOne {
  return (bytes, beside) => {
    const article = read(bytes, beside)
    if (!article.ok) return article
    const { value, warnings } = article.value
    const { published } = value as { published?: unknown }
    const [, time] = /T(\d{2}:\d{2})(?::\d{2})?$/.exec(String(published)) ?? []
    if (time === undefined || beside.published !== undefined) return article
    const warning = `published: ${time} has no zone, and that of the site is taken`
    return success({ ...article.value, warnings: [...warnings, warning] })
  }
}

/** Decodes the text of a file; fails if it is not UTF-8. */
function textIn(bytes: Uint8Array): Result<string> {
  try {
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes) }
  } catch {
    return failure({ kind: 'unreadable', reason: 'Cannot read the file: it must be UTF-8' })
  }
}

function fromCapture(bytes: Uint8Array, beside: Beside): Result<Warned<unknown>> {
  const text = decodeCapture(bytes)
  const capture = text.ok ? parseCapture(text.value, beside, guessTextLanguage) : text
  if (capture.ok || capture.problem.kind !== 'unreadable') return capture
  const { problem } = capture
  return failure({ kind: 'unreadable', reason: `Cannot read the capture: ${problem.reason}` })
}

function* linesIn(file: string, bytes: Uint8Array, given: Given): Generator<ImportItem> {
  let start = 0
  for (let line = 1; start < bytes.length; line++) {
    const newline = bytes.indexOf(10, start)
    const end = newline === -1 ? bytes.length : newline
    const text = bytes.subarray(start, end)
    start = end + 1
    if (text.some((byte) => byte > 32)) yield { where: `${file}:${line}`, ...fromLine(text, given) }
  }
}

/**
 * The fields that each article in a backup has. Lines of backups of former versions lack the field `backup`, but have
 * all of these fields.
 */
const exported: readonly (keyof Article)[] = [
  ...(['id', 'slug', 'title', 'summary', 'html', 'language', 'published', 'updated'] as const),
  ...(['tags', 'authors', 'attachments', 'rights', 'status'] as const),
]

/** Parses a line of a backup: an article, or a known path. */
function fromLine(bytes: Uint8Array, given: Given) {
  const json = jsonIn(bytes, 'the line')
  if (!json.ok) return { article: json }
  const { value } = json
  const known = itemOfKind(value)
  if (known) return known
  if (isPath(value)) return fromPath(value)
  if (!isObject(value)) return { article: parseArticle(value) }
  // What the command line itself says about an article must not come from a file.
  if ('import' in value) {
    const issues = [{ field: 'import', reason: 'is not a field of an article' }]
    return { article: failure({ kind: 'invalid-article', issues } as const) }
  }
  const isFormer = !('backup' in value) && exported.every((field) => field in value)
  const dated = withInstants({ ...(isFormer && { backup: {} }), ...value, ...given.beside }, given.timeZone)
  if (!dated.ok) return { article: dated }
  const { value: article, warnings } = dated.value
  const { input, origin } = parseExported(article)
  const isAsExported = 'backup' in value && Object.keys(given.beside).length === 0
  const item = input.ok ? guessedItem({ value: input.value, warnings }) : { article: input }
  return { ...item, ...(origin && { origin }), ...(isAsExported && { line: value }) }
}

function fromJson(bytes: Uint8Array, beside: Beside): Result<Warned<unknown>> {
  const json = jsonIn(bytes, 'the file')
  if (!json.ok) return json
  return success({ value: isObject(json.value) ? { ...json.value, ...beside } : json.value, warnings: [] })
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
