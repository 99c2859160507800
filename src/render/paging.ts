import { addressesOf, type Feed } from '../domain/feed.ts'
import type { Format } from '../domain/format.ts'
import { element } from './guard.ts'

const namespace = 'http://purl.org/syndication/history/1.0'

/**
 * Returns the elements by which an XML feed names its neighbouring documents (RFC 5005). `link` is the name
 * of Atom's `link` element: `link` in an Atom feed, `atom:link` in an RSS feed.
 */
export function historyOf(feed: Feed, format: Format, link: 'link' | 'atom:link'): string[] {
  const mark = feed.history?.mark
  return [
    ...(mark ? [element(`fh:${mark}`, { 'xmlns:fh': namespace })] : []),
    ...addressesOf(feed, format).links.map(({ rel, href }) => element(link, { rel, href })),
  ]
}
