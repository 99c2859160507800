import { type From, sideOf } from '../domain/cursor.ts'
import { type Result, success } from '../domain/problem.ts'
import type { Selection } from '../domain/selection.ts'
import { feedAddress } from '../domain/site.ts'
import { negotiate } from '../http/negotiate.ts'
import type { Representation } from '../http/representation.ts'
import { pageOf } from '../read/archive.ts'
import { feedOf } from '../read/feed.ts'
import type { Listing } from '../read/ports.ts'
import { type FeedFormat, formats } from '../render/formats.ts'
import { answer, answerProblem, type Exchange } from './answer.ts'
import { fromIn } from './archive.ts'
import { answerView, isViewed, type Viewed } from './feed-view.ts'
import { reading } from './reading.ts'
import type { ListingReader } from './selected.ts'

/**
 * Answers a request for a feed's canonical address, which is the address in the feed's `rel=self` link, except for the
 * cursor of a page: if it is not canonical, the Content-Location header names the canonical address. `represent` makes the feed if it
 * is none of articles.
 */
export async function answerFeed(
  exchange: Exchange,
  read: ListingReader,
  format: FeedFormat,
  represent?: (format: FeedFormat, from?: From) => Representation,
): Promise<Response> {
  const listing = await read(exchange)
  if (!listing.ok) return answerProblem(exchange, listing.problem)
  const asked = await askedIn(exchange, listing.value)
  if (!asked.ok) return answerProblem(exchange, asked.problem)
  const { from, isCanonical } = asked.value
  if (isViewed(exchange)) return answerView(exchange, await viewOf(listing.value, from), format)
  const feed = represent?.(format, from) ?? partOf(exchange, listing.value, format, from)
  return answer(exchange, success(isCanonical ? feed : { ...feed, headers: locationOf(feed) }))
}

/** The page that a query asks for; `from` is undefined for the newest articles. */
interface Asked {
  from?: From | undefined
  isCanonical: boolean
}

/** Finds the page that the query asks for, by its canonical cursor. */
async function askedIn(exchange: Exchange, { canonical }: Listing): Promise<Result<Asked>> {
  const given = fromIn(exchange)
  if (!given.ok) return given
  const from = given.value
  if (!canonical || from === undefined) return success({ from, isCanonical: true })
  const found = await canonical(from)
  return success({ from: found, isCanonical: sideOf(found).join() === sideOf(from).join() })
}

/**
 * The representation of the page of the feed that was requested, or of the newest articles if no page was
 * requested.
 */
function partOf(exchange: Exchange, listing: Listing, format: FeedFormat, from?: From): Representation {
  const ports = reading(exchange)
  const page = from && pageOf(ports, listing, format, from)
  return page ?? feedOf(ports, listing, format)
}

/** The header that names the canonical address of a feed, from its `rel=self` link (RFC 9110 §8.7). */
const locationOf = ({ links }: Representation): { 'Content-Location': string } => ({
  'Content-Location': links.find(({ rel }) => rel === 'self')?.href as string,
})

/**
 * Answers a request for a feed at an address that is not the feed's canonical address. The answer contains
 * the feed, and its Content-Location header names the canonical address (RFC 9110 §8.7). If `named`
 * is absent, the Accept header chooses the format (RFC 9110 §12.1).
 */
export async function answerFeedElsewhere(
  exchange: Exchange,
  read: ListingReader,
  named?: FeedFormat,
): Promise<Response> {
  const listing = await read(exchange)
  if (!listing.ok) return answerProblem(exchange, listing.problem)
  const asked = await askedIn(exchange, listing.value)
  if (!asked.ok) return answerProblem(exchange, asked.problem)
  const { from } = asked.value
  const { head } = listing.value
  const format = named ?? negotiate(exchange.req.header('Accept'), formats)
  if (isViewed(exchange)) {
    return answerView(exchange, await viewOf(listing.value, from), format ?? (formats[0] as FeedFormat))
  }
  if (!format) return answerProblem(exchange, { kind: 'not-acceptable', offers: offersOf(exchange, head) })
  const feed = partOf(exchange, listing.value, format, from)
  return answer(
    exchange,
    success({
      ...feed,
      ...(named === undefined && { vary: `Accept, ${feed.vary}` }),
      headers: locationOf(feed),
    }),
  )
}

/**
 * The content of the HTML page that a browser gets instead of a feed: the feed's newest articles, or the
 * requested page of the feed.
 */
async function viewOf({ head, teasers, page }: Listing, asked?: From): Promise<Viewed> {
  const from = page && asked
  return { selection: head, articles: await teasers(from), newest: !from, faults: head }
}

const offersOf = ({ env }: Exchange, selection: Selection) =>
  formats.map(({ format, type }) => ({ type, url: feedAddress(env.config.site, selection, format) }))
