import { extname } from 'node:path'
import { type ImportKind, kindOfEnding } from './kinds.ts'
import { withoutMark } from './xml.ts'

const xmlEndings = new Set(['.xml', '.rss', '.atom', '.rdf', '.wxr'])

/**
 * What a file is, by its name's ending and by what it holds; what nothing says is a capture. `text` is the whole
 * of it: a JSON Feed may name its version below all items.
 */
export function sourceOf(name: string, text: () => string): ImportKind {
  const ending = extname(name).toLowerCase()
  const known = kindOfEnding(ending)
  if (known !== undefined) return known
  const start = withoutMark(text())
  if (isJsonFeed(start)) return 'feed'
  if (ending === '.json') return 'json'
  return kindOfMarkup(start) ?? (xmlEndings.has(ending) ? 'feed' : 'capture')
}

const isJsonFeed = (json: string): boolean =>
  json.startsWith('{') &&
  /"version"\s*:\s*"https?:\\?\/\\?\/(?:www\.)?jsonfeed\.org\\?\/version\\?\//i.test(json)

/** What the first tag says. An export of WordPress is an RSS feed that declares WordPress's own prefix. */
function kindOfMarkup(text: string): ImportKind | undefined {
  if (/^<!doctype\s+html\b/i.test(text)) return 'page'
  const root = rootOf(text)
  if (root === undefined) return undefined
  if (/^<html\b/i.test(root)) return 'page'
  if (/^<rss\b/i.test(root)) return /\sxmlns:wp\s*=/.test(root) ? 'wordpress' : 'feed'
  return /^<(?:[\w.-]+:)?(?:feed|rdf)\b/i.test(root) ? 'feed' : undefined
}

/** The tag that opens the root, below the XML declaration, comments and a document type. */
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
