/** How long browsers and the edge may keep copies of public answers, in seconds. */
export const defaultBrowserSeconds = 300
export const defaultEdgeSeconds = 300
export const staleWhileRevalidateSeconds = 60
export const staleIfErrorSeconds = 86_400

/** The facts from which the cache lifetime of an answer is computed. Instants are epoch milliseconds. */
export interface Lifetime {
  now: number
  /**
   * The next instant at which time alone changes anything of the site. No copy of any answer may be kept beyond this
   * instant.
   */
  due?: number
  /**
   * False in the second of a save, and for up to two seconds after another version took charge. An answer from
   * that time has no Last-Modified date, so the edge keeps no copy of it: readers would miss the date for the
   * copy's whole lifetime. Of an answer with a short lifetime it does, because what changes all the time, as comments may, would
   * never be kept.
   */
  settled: boolean
  /** Seconds for which the edge, and for which browsers may keep the answer; undefined for the defaults. */
  edgeSeconds?: number
  browserSeconds?: number
}

/**
 * The value of Cache-Control for an answer that every cache may keep for this number of seconds. After these seconds, no
 * cache may use its copy without asking again (RFC 9111 §5.2.2.2): a cache other than Cloudflare's may otherwise send the
 * copy once more, although the article in it has expired. Varnish does not know `must-revalidate`, but obeys the window
 * of RFC 5861 in place of its own ten seconds. `Cloudflare-CDN-Cache-Control` must have neither of the two directives,
 * because they would forbid the stale copies that it allows.
 */
export const publicFor = (seconds: number): string =>
  `public, max-age=${seconds}, must-revalidate, stale-while-revalidate=0`

/**
 * Seconds by which a lifetime ends before the site's next change. A cache may count whole seconds from the arrival of an
 * answer, and use a copy until the last of these seconds is over (nginx), so it may be late by almost a second.
 */
const reserveSeconds = 1

/** The largest lifetime in seconds of copies at the edge that may lack a date. */
const maxUndatedSeconds = 30

/** The caching headers of a public answer (RFC 9111 §5.2, RFC 5861, RFC 9213). */
export function cachingHeaders({
  now,
  due,
  settled,
  edgeSeconds = defaultEdgeSeconds,
  browserSeconds = defaultBrowserSeconds,
}: Lifetime): Record<string, string> {
  const left =
    due === undefined
      ? Number.POSITIVE_INFINITY
      : Math.max(0, Math.floor((due - now) / 1000) - reserveSeconds)
  const maxAge = Math.min(edgeSeconds, left)
  const isKept = settled || edgeSeconds <= maxUndatedSeconds
  const stale = [
    `stale-while-revalidate=${Math.min(staleWhileRevalidateSeconds, left - maxAge)}`,
    `stale-if-error=${Math.min(staleIfErrorSeconds, left - maxAge)}`,
  ]
  return {
    'Cache-Control': publicFor(Math.min(browserSeconds, left)),
    'Cloudflare-CDN-Cache-Control': isKept ? `public, max-age=${maxAge}, ${stale.join(', ')}` : 'no-store',
  }
}

/** What the headers of an answer show if no cache may keep it: a fault of the store, or a save during the read. */
export interface StoreFaults {
  /**
   * Seconds for which the answer has been stale: an old copy is sent because the store fails, or because another
   * request is still reading the current content from the store.
   */
  stale?: number | undefined
  /**
   * Present if the store cannot be written: scheduled changes up to this instant are not saved, and the answer was
   * computed for this instant.
   */
  overdue?: number | undefined
  /** Present if a save or a scheduled change came while the content was read, so that the head is older than the content. */
  outdated?: true | undefined
}

/**
 * The headers of an answer that shows a fault of the store or a save during the read; otherwise none. No cache keeps
 * such an answer. The header Cache-Status says for how many seconds a copy has been stale, or that the answer was
 * made without the cache because the store cannot be written, or because the head in memory was older than the
 * content (RFC 9211 §2.1, §2.2, §2.4, §2.8).
 */
export function faultHeaders({ stale, overdue, outdated }: StoreFaults): Record<string, string> {
  if (overdue !== undefined) return unkept('fwd=bypass; detail=not-writable')
  if (outdated) return unkept('fwd=stale; detail=saved-meanwhile')
  return stale === undefined ? {} : unkept(`hit; ttl=${-stale}; detail=unconfirmed`)
}

const unkept = (status: string): Record<string, string> => ({
  'Cache-Control': 'no-store',
  'Cloudflare-CDN-Cache-Control': 'no-store',
  'Cache-Status': `Kiosque; ${status}`,
})
