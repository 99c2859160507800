import { parseAtomFeed } from 'feedsmith'
import { signalScheme } from '../../domain/feed.ts'
import type { Told } from './feed-article.ts'
import { picturesIn } from './feed-media.ts'
import { plainOf, webAddress } from './values.ts'

type Feed = ReturnType<typeof parseAtomFeed<string>>
type Entry = NonNullable<Feed['entries']>[number]
type Link = NonNullable<Entry['links']>[number]
type Content = NonNullable<Entry['content']>

/** Reads the entries of an Atom feed, in the feed's order. */
export function readAtom(xml: string): Told[] {
  const feed = parseAtomFeed(xml)
  return (feed.entries ?? []).map((entry) => toldBy(entry, feed))
}

function toldBy(entry: Entry, feed: Feed): Told {
  const base = [
    entry.xml?.base,
    feed.xml?.base,
    linkTo('alternate', feed.links)?.href,
    linkTo('self', feed.links)?.href,
  ]
    .map((address) => webAddress(address))
    .find((address) => address !== undefined)
  const source = entry.source && {
    name: entry.source.title && plainText(entry.source.title),
    url: linkTo('alternate', entry.source.links)?.href,
  }
  return {
    id: entry.id,
    url: webAddress(linkTo('alternate', entry.links)?.href, base),
    title: entry.title && plainText(entry.title),
    ...bodyOf(entry),
    published: entry.published,
    updated: entry.updated,
    language: entry.xml?.lang ?? feed.xml?.lang,
    // A signal, such as that of a correction, is no tag.
    tags: (entry.categories ?? [])
      .filter(({ scheme }) => scheme !== signalScheme)
      .map(({ label, term }) => label ?? term),
    authors: (entry.authors ?? entry.source?.authors ?? feed.authors ?? []).map(({ uri, ...one }) => ({
      ...one,
      url: uri,
    })),
    contributors: entry.contributors?.map(({ name }) => name),
    ...picturesIn(entry.media),
    files: (entry.links ?? [])
      .filter(({ rel }) => rel === 'enclosure')
      .map(({ href, type, length, title }) => ({ url: webAddress(href, base), type, bytes: length, title })),
    source,
  }
}

/** A link without `rel` leads to the article (RFC 4287 §4.2.7.2). */
const linkTo = (rel: string, links: readonly Link[] = []): Link | undefined =>
  links.find((link) => (link.rel ?? 'alternate') === rel && (link.type ?? 'text/html').includes('html')) ??
  links.find((link) => (link.rel ?? 'alternate') === rel)

/**
 * Tells whether an Atom text is plain text. Text of the type `text` is plain; the other types are HTML (RFC
 * 4287 §3.1).
 */
const isPlain = ({ type = 'text' }: Content): boolean => type === 'text' || type === 'text/plain'

const plainText = (text: Content): string => (isPlain(text) ? (text.value ?? '') : plainOf(text.value ?? ''))

/**
 * Returns the body of an entry: the content if the content is text and not, for example, a picture; otherwise
 * the summary. If the entry has both texts, the result also contains the summary, as plain text.
 */
function bodyOf({ content, summary }: Entry): Pick<Told, 'html' | 'text' | 'summary'> {
  if (content?.value !== undefined && isReadable(content))
    return { ...written(content), summary: summary && escaped(plainText(summary)) }
  return { ...(summary && written(summary)), summary: undefined }
}

const isReadable = ({ type = 'text' }: Content): boolean =>
  /^(?:text|html|xhtml|text\/(?:plain|html)|application\/xhtml\+xml)$/i.test(type)

const written = (content: Content) => (isPlain(content) ? { text: content.value } : { html: content.value })

/** Escapes plain text, so that it can be used in a field that is read as HTML. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
