import type { Feed } from '../domain/feed.ts'
import type { Format } from '../domain/site.ts'
import { renderAtom } from './atom.ts'
import { renderJson } from './json.ts'
import { renderRss } from './rss.ts'

/** One way to write a feed; adding a format is one file and one line here. */
export interface FeedFormat {
  format: Format
  /** The media type, without its charset. */
  type: string
  /** Less exact types by which a client may ask for it. */
  aliases: readonly string[]
  /** What a person calls it. */
  title: string
  render: (feed: Feed) => string
}

const xml = ['application/xml', 'text/xml']
const json = ['application/json']

export const formats: readonly FeedFormat[] = [
  { format: 'rss', type: 'application/rss+xml', aliases: xml, title: 'RSS', render: renderRss },
  { format: 'atom', type: 'application/atom+xml', aliases: xml, title: 'Atom', render: renderAtom },
  { format: 'json', type: 'application/feed+json', aliases: json, title: 'JSON Feed', render: renderJson },
]
