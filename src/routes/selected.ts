import type { Result } from '../domain/problem.ts'
import { facetsOf, folders } from '../domain/selection.ts'
import { readArticleListing } from '../read/article.ts'
import { readIntersection, readListing } from '../read/listing.ts'
import type { Listing } from '../read/ports.ts'
import type { Exchange } from './answer.ts'
import { queryParameter } from './query.ts'
import { param, reading } from './reading.ts'

/** Reads the articles that a requested address selects. */
export type ListingReader = (exchange: Exchange) => Promise<Result<Listing>>

/**
 * The addresses that have feeds: the pattern of each address, and the function that reads the articles for the
 * feed.
 */
export const places: readonly { address: string; listing: ListingReader }[] = [
  { address: '', listing: everything },
  ...folders.map((folder) => ({
    address: `/${folder}/:key`,
    listing: (exchange: Exchange) => readListing(reading(exchange), `${folder}/${param(exchange, 'key')}`),
  })),
  {
    address: '/articles/:slug',
    listing: (exchange) => readArticleListing(reading(exchange), param(exchange, 'slug')),
  },
]

/** Reads all articles. If the query names selections, reads the intersection of these selections. */
export async function everything(exchange: Exchange): Promise<Result<Listing>> {
  const paths = facetsOf((key) => queryParameter(exchange, key))
  return paths.length > 0 ? readIntersection(reading(exchange), paths) : readListing(reading(exchange), '')
}
