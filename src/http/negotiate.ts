import { type Accept, parseAccept } from 'hono/utils/accept'

/** A media type that the server offers, and the more general media types by which older clients ask for it. */
interface Negotiable {
  type: string
  aliases?: readonly string[]
}

/**
 * Chooses the offer that an Accept header prefers (RFC 9110 §12.5.1). The most specific media range that
 * matches an offer gives the offer its weight; a weight of 0 (`q=0`) refuses the offer. If several offers have
 * the greatest weight, the first of them is chosen. The first offer is also chosen if the header is absent or
 * unreadable. The result is undefined if no offer is acceptable.
 */
export function negotiate<T extends Negotiable>(
  accept: string | undefined,
  offers: readonly T[],
): T | undefined {
  const ranges = parseAccept(accept ?? '').filter(({ type }) => type.includes('/') || type === '*')
  if (ranges.length === 0) return offers[0]
  const weighed = offers.map((offer) => ({ offer, weight: weightOf(ranges, offer) }))
  const best = Math.max(...weighed.map(({ weight }) => weight))
  return best > 0 ? weighed.find(({ weight }) => weight === best)?.offer : undefined
}

/**
 * Returns the weight of an offer: the weight of the most specific media range that matches the offer. If the
 * header contains this media range several times, the highest of its weights counts.
 */
function weightOf(ranges: readonly Accept[], offer: Negotiable): number {
  const matches = ranges.map((range) => ({ rank: rankOf(range, offer), q: range.q }))
  const best = Math.max(...matches.map(({ rank }) => rank))
  return best === 0 ? 0 : Math.max(...matches.filter(({ rank }) => rank === best).map(({ q }) => q))
}

/**
 * How specifically a media range names an offer: a greater number is more specific, and 0 means that the range
 * does not match.
 */
function rankOf({ type, params }: Accept, offer: Negotiable): number {
  const range = type.toLowerCase()
  if (range === offer.type) return isEntry(params) ? 0 : hasParameters(params) ? 5 : 4
  if (offer.aliases?.includes(range)) return 3
  if (range === `${offer.type.split('/')[0]}/*`) return 2
  return range === '*/*' || range === '*' ? 1 : 0
}

/**
 * Whether the parameters of a media range ask for a single Atom entry. An entry is a different document from
 * a feed (RFC 5023 §12.1).
 */
const isEntry = (params: Accept['params']): boolean => /^entry$/i.test(params.type ?? '')

const hasParameters = (params: Accept['params']): boolean =>
  Object.keys(params).some((name) => name.toLowerCase() !== 'q')
