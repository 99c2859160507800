import { parseJsonFeed } from 'feedsmith'
import { correction } from '../../domain/feed.ts'
import { imageAt, type Told } from './feed-article.ts'

type Feed = ReturnType<typeof parseJsonFeed<string>>
type Item = NonNullable<Feed['items']>[number]

/** Reads the items of a JSON Feed, in the feed's order. */
export function readJsonFeed(json: string): Told[] {
  const feed = parseJsonFeed(JSON.parse(json, withoutSignal))
  return (feed.items ?? []).map((item) => toldBy(item, feed))
}

/** Removes the tag that stands for a correction from an item of Kiosque, because it is no tag of the article. */
function withoutSignal(_: string, value: unknown): unknown {
  const { _kiosque: own, tags } = (value ?? {}) as {
    _kiosque?: { correction?: object } | null
    tags?: unknown
  }
  if (own?.correction === undefined || !Array.isArray(tags)) return value
  return { ...(value as object), tags: tags.filter((tag) => tag !== correction) }
}

function toldBy(item: Item, feed: Feed): Told {
  const { content_html: html, content_text: text } = item
  return {
    id: item.id,
    url: item.url ?? item.external_url,
    title: item.title,
    ...(html === undefined ? { text } : { html }),
    summary: item.summary,
    published: item.date_published,
    updated: item.date_modified,
    language: item.language ?? feed.language,
    tags: item.tags ?? [],
    authors: item.authors ?? feed.authors ?? [],
    image: imageAt(item.image ?? item.banner_image),
    files: (item.attachments ?? []).map((one) => ({
      url: one.url,
      type: one.mime_type,
      bytes: one.size_in_bytes,
      seconds: one.duration_in_seconds,
      title: one.title,
    })),
  }
}
