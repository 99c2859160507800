import { Feed as FeedWriter } from 'feed'
import type { Article } from '../domain/article.ts'
import { addressesOf, categoriesOf, type Feed, homeOf, titleOf, updatedOf } from '../domain/feed.ts'
import { rfc3339 } from '../domain/instant.ts'
import { address, feedAddress, readAt, type Site } from '../domain/site.ts'
import { attachmentsOf, contentOf } from './content.ts'
import { createGuard, element, escapeText, rewrite } from './guard.ts'
import { historyOf } from './paging.ts'

/**
 * Renders a feed as Atom 1.0 (RFC 4287). The Atom elements have no namespace prefix, because NetNewsWire
 * ignores Atom elements with a prefix.
 */
export function renderAtom(feed: Feed): string {
  const guard = createGuard()
  const { text } = guard
  const { site } = feed
  const writer = new FeedWriter({
    id: text(feedAddress(site, feed.selection, 'atom')),
    title: text(titleOf(feed)),
    link: text(homeOf(feed)),
    description: text(site.description),
    updated: new Date(updatedOf(feed)),
    generator: text('Kiosque'),
    favicon: text(address(site, 'favicon.ico')),
    feedLinks: { atom: text(addressesOf(feed, 'atom').self) },
    author: { name: text(site.title), link: text(address(site, '')) },
    ...(feed.hub && { hub: text(feed.hub) }),
    ...(site.copyright && { copyright: text(site.copyright) }),
  } as ConstructorParameters<typeof FeedWriter>[0])
  for (const article of feed.articles) {
    const content = contentOf(feed, article)
    writer.addItem({
      id: text(article.id),
      title: text(article.title),
      link: text(readAt(site, article)),
      date: new Date(article.updated),
      published: new Date(article.published),
      ...(article.summary && { description: text(article.summary) }),
      ...(content && { content: guard.html(content) }),
      copyright: guard.markup(extrasOf(site, article)),
    })
  }
  const document = withHistory(withLanguages(writer.atom1(), feed), feed)
  return guard.fill(withTombstones(document, feed))
}

/**
 * Adds the attribute `xml:lang` to the feed, and to each entry in another language than the feed's (RFC 4287
 * §2), because the library `feed` cannot write this attribute.
 */
function withLanguages(document: string, { site, articles }: Feed): string {
  const languages = articles.map(({ language }) => (language === site.language ? undefined : language))
  const root = element('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': site.language }, '')
  let entry = 0
  return rewrite(document, /<feed [^>]*>/, root.replace('</feed>', '')).replace(/<entry>/g, () =>
    element('entry', { 'xml:lang': languages[entry++] }, '').replace('</entry>', ''),
  )
}

/**
 * Adds the links to neighbouring documents (RFC 5005). They are inserted before the element `<subtitle>`,
 * which every document of the library `feed` contains.
 */
function withHistory(document: string, feed: Feed): string {
  const lines = historyOf(feed, 'atom', 'link').map((line) => `${line}\n    `)
  return lines.length > 0 ? rewrite(document, /<subtitle>/, `${lines.join('')}<subtitle>`) : document
}

/** Adds a tombstone for each withdrawn article. A tombstone tells feed readers to delete the article (RFC 6721 §3). */
function withTombstones(document: string, { withdrawn = [] }: Feed): string {
  if (withdrawn.length === 0) return document
  const entries = withdrawn.map(({ id, withdrawn: when }) =>
    element('at:deleted-entry', {
      'xmlns:at': 'http://purl.org/atompub/tombstones/1.0',
      ref: id,
      when: rfc3339(when),
    }),
  )
  return rewrite(
    document,
    /\n<\/feed>$/,
    ['', ...entries.map((entry) => `    ${entry}`), '</feed>'].join('\n'),
  )
}

/** The elements of an entry that the library `feed` cannot write: authors, categories, rights, source, enclosures. */
function extrasOf(site: Site, article: Article): string {
  const { authors, rights, source } = article
  return [
    ...authors.map(({ name, url, email }) =>
      element('author', {}, textual('name', name) + textual('uri', url) + textual('email', email)),
    ),
    ...categoriesOf(article).map((name) =>
      element('category', {
        term: name,
        scheme: address(site, name === article.section ? 'sections' : 'tags'),
        label: name,
      }),
    ),
    ...attachmentsOf(site, article).map(({ url, type, bytes, title }) =>
      element('link', { rel: 'enclosure', href: url, type, length: bytes, title }),
    ),
    rights.license ? element('link', { rel: 'license', href: rights.license }) : '',
    textual('rights', rights.copyright),
    source ? sourceOf(source) : '',
  ]
    .filter(Boolean)
    .join('\n        ')
}

/** The source of an article (RFC 4287 §4.2.11): the source's name, and its address if it is known. */
function sourceOf({ name, url }: NonNullable<Article['source']>): string {
  const link = url ? textual('id', url) + element('link', { href: url }) : ''
  return element('source', {}, link + textual('title', name))
}

const textual = (name: string, value: string | undefined): string =>
  value === undefined ? '' : element(name, {}, escapeText(value))
