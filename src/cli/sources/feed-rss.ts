import { parseRdfFeed, parseRssFeed } from 'feedsmith'
import { signalScheme } from '../../domain/feed.ts'
import type { Told } from './feed-article.ts'
import { picturesIn } from './feed-media.ts'
import { titleOf } from './values.ts'

type Rss = ReturnType<typeof parseRssFeed<string>>
type Item = NonNullable<Rss['items']>[number]
type RdfItem = NonNullable<ReturnType<typeof parseRdfFeed<string>>['items']>[number]

/** Reads the items of an RSS feed of version 2.0 or 0.9x, in the feed's order. */
export function readRss(xml: string): Told[] {
  const channel = parseRssFeed(xml)
  return (channel.items ?? []).map((item) => toldBy(item, channel.language))
}

/**
 * Reads the items of an RSS 1.0 feed, which is RDF, in the order of the document. The channel's list of items is
 * removed first, because feedsmith leaves out a listed item whose URI contains an escaped `&`.
 */
export function readRdf(xml: string): Told[] {
  const channel = parseRdfFeed(withoutList(xml))
  return (channel.items ?? []).map((item) => {
    const dated = item.dc?.dates?.[0] ?? item.dcterms?.issued?.[0]
    return { ...shared(item, dated, channel.dc?.languages?.[0]), id: item.rdf?.about }
  })
}

function toldBy(item: Item, language: string | undefined): Told {
  const dated = item.pubDate ?? item.dc?.dates?.[0] ?? item.dcterms?.issued?.[0]
  return {
    ...shared(item, dated, language),
    id: item.guid?.value,
    url: item.link ?? (item.guid?.isPermaLink === false ? undefined : item.guid?.value),
    tags: [...named(item.categories).map(({ name }) => name), ...(item.dc?.subjects ?? [])],
    authors: item.dc?.creators
      ? namesOf(item)
      : (item.authors ?? []).map(({ link, ...one }) => ({ ...one, url: link })),
    files: (item.enclosures ?? []).map(({ url, type, length }) => ({ url, type, bytes: length })),
    source: item.source && { name: item.source.title, url: item.source.url },
  }
}

/** The categories that name something; signals, such as that of a correction, do not. */
const named = (categories: Item['categories'] = []) =>
  categories.filter(({ domain }) => domain !== signalScheme)

/** Removes the element `items` of an RSS 1.0 channel, which lists the items; the items themselves stay. */
function withoutList(xml: string): string {
  const [start, name = ''] = /<((?:[\w.-]+:)?items)\b/.exec(xml) ?? []
  if (start === undefined) return xml
  const from = xml.indexOf(start)
  const end = xml.indexOf(`</${name}`, from)
  return end < 0 ? xml : xml.slice(0, from) + xml.slice(xml.indexOf('>', end) + 1)
}

/** Reads the fields that have the same form in RSS 1.0 and RSS 2.0. */
function shared(item: Item | RdfItem, dated: string | undefined, language: string | undefined): Told {
  const body = item.content?.encoded
  const updated = item.dcterms?.modified?.[0] ?? item.atom?.updated
  return {
    id: undefined,
    url: item.link,
    title: item.title && titleOf(item.title),
    html: body ?? item.description,
    summary: body === undefined ? undefined : item.description,
    published: dated,
    updated,
    language: item.xml?.lang ?? item.dc?.languages?.[0] ?? language,
    tags: item.dc?.subjects ?? [],
    authors: namesOf(item),
    contributors: item.dc?.contributors,
    ...picturesIn(item.media),
    files: [],
  }
}

/** Some feeds write `dc:creator` as RSS writes `author`: `kim@g.example (Kim Tremblay)`. */
const namesOf = (item: Item | RdfItem) =>
  (item.dc?.creators ?? []).map((text) => {
    const [, email, name] = /^(\S{1,100}@\S{1,100}) \((.+)\)$/.exec(text.trim()) ?? []
    return name === undefined ? { name: text } : { name, email }
  })
