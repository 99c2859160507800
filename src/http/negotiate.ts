import { type Accept, parseAccept } from 'hono/utils/accept'

/** What may be chosen: its media type, and the less exact names under which older clients ask for it. */
interface Negotiable {
  type: string
  aliases?: readonly string[]
}

/**
 * The offer that an Accept header likes best, by RFC 9110 §12.5.1: for each offer the most specific range
 * decides, and `q=0` refuses. Of equals the first offer wins. Without a header, or with none that can be
 * read, it is the first offer too; undefined where nothing fits.
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

/** The quality that the most specific range gives; where one is repeated, the best that it is given. */
function weightOf(ranges: readonly Accept[], offer: Negotiable): number {
  const matches = ranges.map((range) => ({ rank: rankOf(range, offer), q: range.q }))
  const best = Math.max(...matches.map(({ rank }) => rank))
  return best === 0 ? 0 : Math.max(...matches.filter(({ rank }) => rank === best).map(({ q }) => q))
}

/** How specifically a range names the offer; 0 where it does not. */
function rankOf({ type, params }: Accept, offer: Negotiable): number {
  const range = type.toLowerCase()
  if (range === offer.type) return isEntry(params) ? 0 : hasParameters(params) ? 5 : 4
  if (offer.aliases?.includes(range)) return 3
  if (range === `${offer.type.split('/')[0]}/*`) return 2
  return range === '*/*' || range === '*' ? 1 : 0
}

/** A single Atom entry is another document than a feed (RFC 5023 §12.1). */
const isEntry = (params: Accept['params']): boolean => /^entry$/i.test(params.type ?? '')

const hasParameters = (params: Accept['params']): boolean =>
  Object.keys(params).some((name) => name.toLowerCase() !== 'q')
