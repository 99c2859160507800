import { Feed as FeedWriter } from 'feed'
import type { Article } from '../domain/article.ts'
import {
  type Answered,
  addressesOf,
  type Category,
  categoriesOf,
  type Feed,
  homeOf,
  signalScheme,
  titleOf,
  updatedOf,
} from '../domain/feed.ts'
import { agencyUri } from '../domain/id.ts'
import { rfc3339 } from '../domain/instant.ts'
import { wordsIn } from '../domain/language.ts'
import { address, feedAddress, iconAt, readAt, type Site } from '../domain/site.ts'
import { commentLinks } from './comment-links.ts'
import { attachmentsOf, contentOf, insteadOfBody } from './content.ts'
import { createGuard, element, escapePlain, escapeText, type Guard, rewrite } from './guard.ts'
import { historyOf } from './paging.ts'
import { replyAttributes } from './replies.ts'

/**
 * Renders a feed as Atom 1.0 (RFC 4287). The Atom elements have no namespace prefix, because NetNewsWire
 * ignores Atom elements with a prefix.
 */
export function renderAtom(feed: Feed): string {
  const guard = createGuard()
  const { text } = guard
  const { site } = feed
  const writer = new FeedWriter({
    id: guard.address(feedAddress(site, feed.selection, 'atom')),
    title: text(titleOf(feed)),
    link: guard.address(homeOf(feed)),
    description: text(site.description),
    updated: new Date(updatedOf(feed)),
    generator: text('Kiosque'),
    favicon: guard.address(iconAt(site)),
    ...(site.icon && { image: guard.address(iconAt(site)) }),
    feedLinks: { atom: guard.address(addressesOf(feed, 'atom').self) },
    author: { name: text(site.title), link: guard.address(address(site, '')) },
    ...(feed.hub && { hub: guard.address(feed.hub) }),
    ...(site.copyright && { copyright: text(site.copyright) }),
  } as ConstructorParameters<typeof FeedWriter>[0])
  for (const article of feed.articles) {
    const content = contentOf(feed, article)
    writer.addItem({
      id: guard.address(article.id),
      title: text(article.title),
      link: guard.address(readAt(site, article)),
      date: new Date(article.updated),
      published: new Date(article.published),
      ...(article.summary && { description: text(article.summary) }),
      ...(content && { content: guard.html(content) }),
      copyright: guard.markup(extrasOf(feed, article, content === undefined)),
    })
  }
  const document = withHistory(withTombstones(writer.atom1(), guard, feed), feed)
  return guard.fill(withLanguages(document, feed))
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

/**
 * Adds a tombstone for each withdrawn article. A tombstone tells feed readers to delete the article (RFC 6721 §3). The
 * tombstones stand before the first entry, because the RELAX NG schema of Atom allows elements of other namespaces only
 * there (RFC 4287 appendix B).
 */
function withTombstones(document: string, guard: Guard, { withdrawn = [] }: Feed): string {
  if (withdrawn.length === 0) return document
  const entries = withdrawn.map(({ id, withdrawn: when }) =>
    element('at:deleted-entry', {
      'xmlns:at': 'http://purl.org/atompub/tombstones/1.0',
      ref: guard.address(id),
      when: rfc3339(when),
    }),
  )
  const lines = entries.map((entry) => `\n    ${entry}`).join('')
  const [next = '', ...rest] = document.split(/(?=\n *<entry>|\n<\/feed>$)/)
  return [next, lines, ...rest].join('')
}

/**
 * The elements of an entry that the library `feed` cannot write: authors, categories, rights, source and enclosures, and
 * a text as content if the feed may show no body (RFC 4287 §4.1.2).
 */
function extrasOf({ site, replies }: Feed, article: Article, isBodiless: boolean): string {
  const { authors, rights, source, published } = article
  return [
    isBodiless ? element('content', { type: 'text' }, escapePlain(insteadOfBody(article))) : '',
    ...authors.map(({ name, url, email }) =>
      element('author', {}, textual('name', name) + addressed('uri', url) + addressed('email', email)),
    ),
    ...categoriesOf(article).map((category) => element('category', categoryIn(site, article, category))),
    ...attachmentsOf(site, article).map(({ url, type, bytes, title }) =>
      element('link', { rel: 'enclosure', href: url, type, length: bytes, title }),
    ),
    rights.license ? element('link', { rel: 'license', href: rights.license }) : '',
    textual('rights', rights.copyright),
    source ? sourceOf(source, published) : '',
    inReplyTo(replies?.get(article.id)),
    ...repliesOf(site, article),
  ]
    .filter(Boolean)
    .join('\n        ')
}

/** The links to the comments on an article (RFC 4685 §4), without a number of comments. */
function repliesOf(site: Site, article: Article): string[] {
  const links = commentLinks(site, article, 'atom')
  if (!links) return []
  return [
    element('link', { rel: 'replies', href: links.feed, type: 'application/atom+xml' }),
    element('link', { rel: 'replies', href: links.page, type: 'text/html' }),
  ]
}

/** What an entry answers (RFC 4685 §3). The namespace stands here, so that no other entry has it. */
const inReplyTo = (answered: Answered | undefined): string =>
  answered ? element('thr:in-reply-to', replyAttributes(answered)) : ''

/** The attributes of a category (RFC 4287 §4.2.2). The label of a signal is in the article's language. */
function categoryIn(site: Site, { language }: Article, { kind, name }: Category): Record<string, string> {
  if (kind === 'signal') return { term: name, scheme: signalScheme, label: wordsIn(language).correction }
  return { term: name, scheme: address(site, kind === 'section' ? 'sections' : 'tags'), label: name }
}

/**
 * The source of an article (RFC 4287 §4.2.11) with its id, title and date, and its address if it is known. The date of
 * the agency's own feed is not known, so it is the article's publication date, which no edit moves.
 */
function sourceOf({ name, url }: NonNullable<Article['source']>, published: string): string {
  const link = url ? element('link', { href: url }) : ''
  const id = addressed('id', url ?? agencyUri(name))
  return element('source', {}, id + link + textual('title', name) + textual('updated', published))
}

const textual = (name: string, value: string | undefined): string =>
  value === undefined ? '' : element(name, {}, escapePlain(value))

const addressed = (name: string, value: string | undefined): string =>
  value === undefined ? '' : element(name, {}, escapeText(value))
