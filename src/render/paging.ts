import { addressesOf, type Feed } from '../domain/feed.ts'
import { element } from './guard.ts'

const namespace = 'http://purl.org/syndication/history/1.0'

/** What an XML feed says of the documents beside it (RFC 5005), as elements of its head. */
export function historyOf(feed: Feed, format: 'rss' | 'atom'): string[] {
  const mark = feed.history?.mark
  const link = format === 'rss' ? 'atom:link' : 'link'
  return [
    ...(mark ? [element(`fh:${mark}`, { 'xmlns:fh': namespace })] : []),
    ...addressesOf(feed, format).links.map(({ rel, href }) => element(link, { rel, href })),
  ]
}
