import { extname } from 'node:path'
import { type ImportKind, kindOfEnding } from './kinds.ts'
import { withoutMark } from './xml.ts'

const xmlEndings = new Set(['.xml', '.rss', '.atom', '.rdf', '.wxr'])

/**
 * Detects the kind of a file by the ending of its name and by its text; `capture` if neither the ending nor the
 * text identifies a kind. The text alone identifies NDJSON, JSON and Markdown only if `isNameless`, because such names have
 * endings. `text` must give the whole file, because a JSON Feed may have its version after all
 * items.
 */
export function sourceOf(name: string, text: () => string, isNameless = false): ImportKind {
  const ending = extname(name).toLowerCase()
  const known = kindOfEnding(ending)
  if (known !== undefined) return known
  const start = withoutMark(text())
  if (isJsonFeed(start)) return 'feed'
  if (ending === '.json') return 'json'
  const kind = kindOfMarkup(start) ?? (isNameless ? kindOfText(start) : undefined)
  return kind ?? (xmlEndings.has(ending) ? 'feed' : 'capture')
}

const isJsonFeed = (json: string): boolean =>
  json.startsWith('{') &&
  /"version"\s*:\s*"https?:\\?\/\\?\/(?:www\.)?jsonfeed\.org\\?\/version\\?\//i.test(json)

/**
 * Returns the kind of file that the first tag identifies. A WordPress export is an RSS feed that declares the
 * XML prefix `wp`.
 */
function kindOfMarkup(text: string): ImportKind | undefined {
  if (/^<!doctype\s+html\b/i.test(text)) return 'page'
  const root = rootOf(text)
  if (root === undefined) return undefined
  if (/^<html\b/i.test(root)) return 'page'
  if (/^<rss\b/i.test(root)) return /\sxmlns:wp\s*=/.test(root) ? 'wordpress' : 'feed'
  return /^<(?:[\w.-]+:)?(?:feed|rdf)\b/i.test(root) ? 'feed' : undefined
}

/** Returns the kind of a text that has no name. A first line that is whole JSON is a line of NDJSON. */
function kindOfText(text: string): ImportKind | undefined {
  if (/^(?:---[ \t]*\r?\n|# )/.test(text)) return 'markdown'
  if (!text.startsWith('{')) return undefined
  try {
    JSON.parse(text.split('\n', 1)[0] ?? '')
    return 'ndjson'
  } catch {
    return 'json'
  }
}

/** Returns the start tag of the root element, which comes after the XML declaration, comments and the document type. */
function rootOf(text: string): string | undefined {
  let at = 0
  while (text[at] === '<') {
    const ending = text.startsWith('<!--', at) ? '-->' : '>'
    const end = text.indexOf(ending, at)
    if (end === -1) return undefined
    if (!/^<[?!]/.test(text.slice(at, at + 2))) return text.slice(at, end + 1)
    at = end + ending.length
    while (/\s/.test(text[at] ?? '')) at += 1
  }
  return undefined
}
