import type { Feed } from '../domain/feed.ts'
import { type Format, formatNames } from '../domain/format.ts'
import { shownArticle } from '../domain/own-addresses.ts'
import { renderAtom } from './atom.ts'
import { renderJson } from './json.ts'
import { renderRss } from './rss.ts'

/** A feed format: its name and media types, and the function that renders a feed in it. */
export interface FeedFormat {
  format: Format
  /** The media type, without its charset. */
  type: string
  /** More general media types by which a client may ask for the format. */
  aliases: readonly string[]
  /** The name of the format in texts for people. */
  title: string
  /**
   * Whether the format can report withdrawn articles. In a format that cannot, a client gets the whole feed
   * instead of a delta after a withdrawal.
   */
  saysWithdrawn: boolean
  render: (feed: Feed) => string
}

const xml = ['application/xml', 'text/xml']
const json = ['application/json']

/** The properties of each format. If a format of `domain/format.ts` has no row here, the code does not compile. */
const rows: Record<Format, Omit<FeedFormat, 'format'>> = {
  rss: { type: 'application/rss+xml', aliases: xml, title: 'RSS', saysWithdrawn: false, render: renderRss },
  atom: {
    type: 'application/atom+xml',
    aliases: xml,
    title: 'Atom',
    saysWithdrawn: true,
    render: renderAtom,
  },
  json: {
    type: 'application/feed+json',
    aliases: json,
    title: 'JSON Feed',
    saysWithdrawn: false,
    render: renderJson,
  },
}

/** All formats, in the order in which the server offers them to clients. */
export const formats: readonly FeedFormat[] = formatNames.map((format) => ({
  format,
  ...rows[format],
  render: (feed) => rows[format].render(shownFeed(feed)),
}))

/** The format with this name, and its properties. */
export const formatNamed = (format: Format): FeedFormat => formats[formatNames.indexOf(format)] as FeedFormat

/** The feed with its articles as readers get them. No renderer gets other articles, so none has to change addresses. */
const shownFeed = (feed: Feed): Feed => ({
  ...feed,
  articles: feed.articles.map((article) => shownArticle(feed.site, article)),
})
