import type { Feed } from '../domain/feed.ts'
import { type Format, formatNames } from '../domain/format.ts'
import { renderAtom } from './atom.ts'
import { renderJson } from './json.ts'
import { renderRss } from './rss.ts'

/** A feed format. To add a format, write its renderer in a file of its own and add a row to `formats`. */
export interface FeedFormat {
  format: Format
  /** The media type, without its charset. */
  type: string
  /** More general media types by which a client may ask for the format. */
  aliases: readonly string[]
  /** The name of the format for people. */
  title: string
  render: (feed: Feed) => string
}

const xml = ['application/xml', 'text/xml']
const json = ['application/json']

/** How each format of the domain's list is written; the compiler refuses a format without a row. */
const rows: Record<Format, Omit<FeedFormat, 'format'>> = {
  rss: { type: 'application/rss+xml', aliases: xml, title: 'RSS', render: renderRss },
  atom: { type: 'application/atom+xml', aliases: xml, title: 'Atom', render: renderAtom },
  json: { type: 'application/feed+json', aliases: json, title: 'JSON Feed', render: renderJson },
}

/** The format of that name, with its renderer. */
export const formatNamed = (format: Format): FeedFormat => ({ format, ...rows[format] })

/** All formats, in the order in which they are offered. */
export const formats: readonly FeedFormat[] = formatNames.map(formatNamed)
