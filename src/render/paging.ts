import { addressesOf, type Feed } from '../domain/feed.ts'
import type { Format } from '../domain/format.ts'
import { element } from './guard.ts'

const namespace = 'http://purl.org/syndication/history/1.0'

/**
 * The elements of an XML feed that name its neighbouring documents (RFC 5005). `link` is the name of Atom's
 * `link` element in this format, with its prefix if it has one.
 */
export function historyOf(feed: Feed, format: Format, link: 'link' | 'atom:link'): string[] {
  const mark = feed.history?.mark
  return [
    ...(mark ? [element(`fh:${mark}`, { 'xmlns:fh': namespace })] : []),
    ...addressesOf(feed, format).links.map(({ rel, href }) => element(link, { rel, href })),
  ]
}
