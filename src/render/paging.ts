import { addressesOf, type Feed } from '../domain/feed.ts'
import { element } from './guard.ts'

const namespace = 'http://purl.org/syndication/history/1.0'

/** The elements of an XML feed that name its neighbouring documents (RFC 5005). */
export function historyOf(feed: Feed, format: 'rss' | 'atom'): string[] {
  const mark = feed.history?.mark
  const link = format === 'rss' ? 'atom:link' : 'link'
  return [
    ...(mark ? [element(`fh:${mark}`, { 'xmlns:fh': namespace })] : []),
    ...addressesOf(feed, format).links.map(({ rel, href }) => element(link, { rel, href })),
  ]
}
