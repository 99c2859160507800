import type { Nodes } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import type { Article } from '../../../src/domain/article.ts'
import type { Feed } from '../../../src/domain/feed.ts'
import type { Format } from '../../../src/domain/format.ts'
import { foldName } from '../../../src/domain/name.ts'
import { shownArticle } from '../../../src/domain/own-addresses.ts'
import { givenId } from '../../../test/render/samples.ts'
import type { Parser, ReadDocument, ReadItem } from './parsers.ts'

/** What a parser reads otherwise than it is in the feed. */
export interface Difference {
  parser: Parser['name']
  format: Format
  /** The feed's name in `feeds.ts`. */
  name: string
  field: 'document' | 'feed title' | 'items' | keyof ReadItem
  wanted: unknown
  got: unknown
}

/** A document of a feed in a format. */
export interface Rendered {
  name: string
  feed: Feed
  format: Format
  file: string
  text: string
}

/** The text without the characters that no feed contains: C0 and C1 controls, lone surrogates and noncharacters. */
export const readable = (text: string): string =>
  [...text].filter((character) => !isLeftOut(character.codePointAt(0) ?? 0)).join('')

const isLeftOut = (point: number): boolean =>
  (point < 0x20 && ![0x9, 0xa, 0xd].includes(point)) ||
  (point >= 0x7f && point <= 0x9f) ||
  (point >= 0xd800 && point <= 0xdfff) ||
  (point >= 0xfdd0 && point <= 0xfdef) ||
  (point & 0xfffe) === 0xfffe

/** The text in HTML, with single spaces. */
const shown = (html: string): string => spaced(textIn(fromHtml(html, { fragment: true })))
const textIn = (node: Nodes): string =>
  node.type === 'text' ? node.value : 'children' in node ? node.children.map(textIn).join('') : ''
const spaced = (text: string): string => text.replace(/\s+/gu, ' ').trim()

/** The values that a parser must find in an item. */
type Wanted = Required<Omit<ReadItem, `${string}IsHtml`>> & { categories: string[] }

/** The values that a parser must find, computed from the article only. */
function wantedOf(article: Article, { site }: Feed, format: Format): Wanted {
  const { title, url, slug, published, updated, section, tags, authors, summary, rights, source, note } =
    article
  const named = section === undefined ? tags : [section, ...tags.filter((tag) => tag !== section)]
  const categories = note === undefined ? named : named.filter((name) => foldName(name) !== signal)
  return {
    id: format === 'atom' ? article.id : givenId(article),
    title: readable(title),
    link: url ?? `${site.url}/articles/${slug}`,
    published,
    updated,
    authors: authors.map(({ name }) => readable(name)),
    categories: categories.map(readable),
    summary: readable(summary),
    content: rights.syndicate === 'full' ? readable(shownArticle(site, article).html) : '',
    source: source ? readable(source.name) : null,
  }
}

/** Finds what a parser reads otherwise in a document than it is in the feed from which the document was rendered. */
export function differencesIn(
  parser: Parser,
  { name, feed, format }: Rendered,
  read: ReadDocument,
): Difference[] {
  const found: Difference[] = []
  const note = (field: Difference['field'], wanted: unknown, got: unknown) =>
    found.push({ parser: parser.name, format, name, field, wanted, got })
  if (read.fault !== undefined) note('document', 'read', read.fault)
  if (read.remark !== undefined) note('document', 'read without a fault', read.remark)
  if (read.fault !== undefined) return found
  const { site, selection } = feed
  const title = readable(selection.title ? `${selection.title} — ${site.title}` : site.title)
  const isHtml = (typed = false) => parser.givesHtml === true || typed
  if (parser.name !== 'sfeed' && textOf(read.title, isHtml(read.titleIsHtml)) !== spaced(title))
    note('feed title', title, read.title)
  const items = read.items ?? []
  if (items.length !== feed.articles.length) note('items', feed.articles.length, items.length)
  for (const [at, item] of items.entries()) {
    const article = feed.articles[at]
    if (!article) continue
    const wanted = wantedOf(article, feed, format)
    const got = item.categories ?? []
    const hasSignal = article.note !== undefined && got.length > wanted.categories.length
    const isSignal = got.at(-1) === signal || parser.givesLabels === true
    const categories = hasSignal && isSignal ? got.slice(0, -1) : got
    compareItem(parser, wanted, { ...item, categories }, format, note)
  }
  return found
}

/** The category that tells programs of a correction note, where a feed has one; it takes the place of a tag of this name. */
const signal = 'correction'

/** The address in the normal form of URLs; undefined if it is none. */
const hrefOf = (address: string | null | undefined): string | undefined =>
  address && URL.canParse(address) ? new URL(address).href : undefined

const textOf = (value: string | null | undefined, isHtml: boolean): string | undefined =>
  typeof value !== 'string' ? undefined : isHtml ? shown(value) : spaced(value)

function compareItem(
  parser: Parser,
  wanted: Wanted,
  item: ReadItem,
  format: Format,
  note: (field: keyof ReadItem, wanted: unknown, got: unknown) => void,
): void {
  const gives = (field: keyof ReadItem) => !parser.lacks[format]?.includes(field)
  const html = parser.givesHtml === true
  const exact = (value: string | null | undefined) => (html && value ? shown(value) : value)
  if (gives('id') && exact(item.id) !== wanted.id) note('id', wanted.id, item.id)
  if (gives('link') && hrefOf(exact(item.link)) !== hrefOf(wanted.link)) note('link', wanted.link, item.link)
  for (const field of ['published', 'updated'] as const)
    if (gives(field) && item[field] !== wanted[field]) note(field, wanted[field], item[field])
  if (textOf(item.title, html || item.titleIsHtml === true) !== spaced(`${wanted.title}`))
    note('title', wanted.title, item.title)
  for (const field of ['authors', 'categories'] as const) {
    const got = (item[field] ?? []).map((name) => textOf(name, html))
    const names = (wanted[field] ?? []).map((name) => spaced(`${name}`))
    // An Atom entry without an author has the feed's author (RFC 4287 §4.2.1), and some parsers say so.
    const inherits = field === 'authors' && names.length === 0 && format === 'atom'
    if (gives(field) && !inherits && JSON.stringify(got) !== JSON.stringify(names))
      note(field, wanted[field], item[field])
  }
  if (gives('source') && (textOf(item.source, html) ?? null) !== (wanted.source && spaced(wanted.source)))
    note('source', wanted.source, item.source)
  // An RSS description is HTML (RSS 2.0), a summary of Atom or JSON Feed is plain text unless the parser says otherwise.
  const summary = textOf(item.summary, html || format === 'rss' || item.summaryIsHtml === true)
  if (gives('summary') && spaced(`${wanted.summary}`) !== '' && summary !== spaced(`${wanted.summary}`))
    note('summary', wanted.summary, item.summary)
  if (gives('content') && !hasBody(parser, `${wanted.content}`, item.content ?? ''))
    note('content', wanted.content, item.content)
}

/** Whether the body that a parser gives contains the article's. A feed may put a picture, a note or links around it. */
const hasBody = ({ changesHtml }: Parser, wanted: string, got: string): boolean =>
  changesHtml ? shown(got).includes(shown(wanted)) : got.includes(wanted.trim())
