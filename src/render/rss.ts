import { Feed as FeedWriter } from 'feed'
import type { Article } from '../domain/article.ts'
import {
  addressesOf,
  categoriesOf,
  type Feed,
  homeOf,
  signalScheme,
  titleOf,
  updatedOf,
} from '../domain/feed.ts'
import { sourceId } from '../domain/id.ts'
import { absolute, address, readAt, type Site } from '../domain/site.ts'
import { commentLinks, wellFormedWeb } from './comment-links.ts'
import { attachmentsOf, contentOf, descriptionOf } from './content.ts'
import { createGuard, element, type Guard, rewrite } from './guard.ts'
import { rssIcon, webfeeds } from './icon.ts'
import { historyOf } from './paging.ts'
import { replyAttributes } from './replies.ts'

const namespaces = {
  version: '2.0',
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:dcterms': 'http://purl.org/dc/terms/',
  'xmlns:media': 'http://search.yahoo.com/mrss/',
}

/**
 * An element in the compact form of the library xml-js, with `_text` and `_attributes`. In place of each
 * value the element contains a token, which `src/render/guard.ts` later replaces with the escaped value.
 */
type Element = Record<string, unknown>
type Extension = { name: string; objects: Element | Element[] }

/**
 * Renders a feed as RSS 2.0 according to the RSS Advisory Board's profile: `description` stands before
 * `content:encoded`, and authors are in `dc:creator`.
 */
export function renderRss(feed: Feed): string {
  const guard = createGuard()
  const { text } = guard
  const writer = new FeedWriter({
    id: '',
    title: text(titleOf(feed)),
    link: guard.address(homeOf(feed)),
    description: text(feed.site.description),
    language: text(feed.site.language),
    updated: new Date(updatedOf(feed)),
    generator: text('Kiosque'),
    docs: guard.address('https://www.rssboard.org/rss-specification'),
    feedLinks: { rss: guard.address(addressesOf(feed, 'rss').self) },
    ...(feed.hub && { hub: guard.address(feed.hub) }),
    ...(feed.site.copyright && { copyright: text(feed.site.copyright) }),
  } as ConstructorParameters<typeof FeedWriter>[0])
  for (const article of feed.articles) {
    const content = contentOf(feed, article)
    writer.addItem({
      title: text(article.title),
      link: guard.address(readAt(feed.site, article)),
      guid: guard.address(sourceId(article.id)),
      date: new Date(article.published),
      description: guard.html(descriptionOf(article)),
      ...(content && { content: guard.html(content) }),
      extensions: extensionsOf(guard, feed, article) as { name: string; objects: Element }[],
    })
  }
  const document = rewrite(
    writer.rss2(),
    /<rss [^>]*>/,
    element('rss', {
      ...namespaces,
      ...(feed.site.icon && webfeeds),
      ...(hasComments(feed) && wellFormedWeb),
    }).replace('/>', '>'),
  )
  return guard.fill(withIcon(withHistory(document, feed), feed, guard))
}

/**
 * Adds the links to neighbouring documents (RFC 5005) after the feed's language. The library `feed` always
 * writes the language.
 */
function withHistory(document: string, feed: Feed): string {
  const lines = historyOf(feed, 'rss', 'atom:link').map((line) => `\n        ${line}`)
  if (lines.length === 0) return document
  return document.replace(/<language>.*?<\/language>/, (language) => language + lines.join(''))
}

/** Adds the site's icon before the feed's language. */
function withIcon(document: string, feed: Feed, guard: Guard): string {
  const lines = rssIcon(feed, guard).map((line) => `${line}\n        `)
  return lines.length > 0 ? rewrite(document, /<language>/, `${lines.join('')}<language>`) : document
}

function extensionsOf(guard: Guard, { site, replies }: Feed, article: Article): Extension[] {
  const answered = replies?.get(article.id)
  const elements = (name: string, values: (string | undefined)[], keep: Guard['text']): Extension[] => {
    const given = values.filter((value) => value !== undefined)
    return given.length > 0 ? [{ name, objects: given.map((value) => ({ _text: keep(value) })) }] : []
  }
  const textual = (name: string, values: (string | undefined)[]) => elements(name, values, guard.text)
  return [
    ...textual(
      'dc:creator',
      article.authors.map(({ name }) => name),
    ),
    ...categories(guard, site, article),
    ...textual('dcterms:modified', [article.updated]),
    ...textual('dc:language', [article.language]),
    ...source(guard, article),
    ...textual('dc:rights', [article.rights.copyright]),
    ...elements('dcterms:license', [article.rights.license], guard.address),
    ...enclosure(guard, site, article),
    ...media(guard, site, article),
    ...comments(guard, site, article),
    ...(answered ? [{ name: 'thr:in-reply-to', objects: attributes(guard, replyAttributes(answered)) }] : []),
  ]
}

const hasComments = ({ site, articles }: Feed): boolean =>
  articles.some((article) => commentLinks(site, article, 'rss') !== undefined)

/** The page of the comments on an article (RSS 2.0 `comments`), and their feed. */
function comments(guard: Guard, site: Site, article: Article): Extension[] {
  const links = commentLinks(site, article, 'rss')
  if (!links) return []
  return [
    { name: 'comments', objects: { _text: guard.address(links.page) } },
    { name: 'wfw:commentRss', objects: { _text: guard.address(links.feed) } },
  ]
}

function categories(guard: Guard, site: Site, article: Article): Extension[] {
  const domains = { section: address(site, 'sections'), tag: undefined, signal: signalScheme }
  const objects = categoriesOf(article).map(({ kind, name }) => ({
    _text: guard.text(name),
    ...(domains[kind] !== undefined && attributes(guard, { domain: domains[kind] })),
  }))
  return objects.length > 0 ? [{ name: 'category', objects }] : []
}

/**
 * The source of an article. The `source` element of RSS requires a URL, so a source without a URL is written as
 * `dc:source`.
 */
function source(guard: Guard, { source }: Article): Extension[] {
  if (!source) return []
  const objects = { _text: guard.text(source.name) }
  if (!source.url) return [{ name: 'dc:source', objects }]
  return [{ name: 'source', objects: { ...objects, ...attributes(guard, { url: source.url }) } }]
}

/**
 * The enclosure of an item: the first attachment whose length is known. The RSS profile asks for at most one
 * enclosure per item, with its exact length.
 */
function enclosure(guard: Guard, site: Site, article: Article): Extension[] {
  const first = attachmentsOf(site, article).find(({ bytes }) => bytes)
  if (!first) return []
  return [
    {
      name: 'enclosure',
      objects: attributes(guard, { url: first.url, length: first.bytes, type: first.type }),
    },
  ]
}

function media(guard: Guard, site: Site, article: Article): Extension[] {
  const { image } = article
  const pictures = image ? [picture(guard, site, image)] : []
  const files = attachmentsOf(site, article).map(({ url, type, bytes, seconds, title }) => ({
    ...attributes(guard, { url, type, fileSize: bytes, duration: seconds }),
    ...(title && { 'media:title': { _text: guard.text(title) } }),
  }))
  return pictures.length + files.length > 0
    ? [{ name: 'media:content', objects: [...pictures, ...files] }]
    : []
}

function picture(guard: Guard, site: Site, image: NonNullable<Article['image']>): Element {
  const { type, bytes, width, height, alt, credit } = image
  const url = absolute(site, image.url)
  return {
    ...attributes(guard, { url, medium: 'image', type, fileSize: bytes, width, height }),
    ...(alt && { 'media:description': { _text: guard.text(alt) } }),
    ...(credit && { 'media:credit': { _text: guard.text(credit) } }),
  }
}

function attributes(guard: Guard, values: Record<string, string | number | undefined>): Element {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  return {
    _attributes: Object.fromEntries(given.map(([name, value]) => [name, guard.address(String(value))])),
  }
}
