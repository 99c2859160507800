/** How long copies may be kept; every number is seconds. */
export const browserSeconds = 300
export const defaultEdgeSeconds = 300
export const staleWhileRevalidateSeconds = 60
export const staleIfErrorSeconds = 86_400

/** What decides how long an answer may be kept. Instants are epoch milliseconds. */
export interface Lifetime {
  now: number
  /** When time alone changes the answer: no copy may outlive it. */
  due?: number
  /** False while a save of this very second could repeat the answer's date: the edge keeps no copy then. */
  settled: boolean
  /** How long the edge may keep it, in seconds, where that is not the usual time. */
  edgeSeconds?: number
}

/** The caching headers of a public answer (RFC 9111 §5.2, RFC 5861, RFC 9213). */
export function cachingHeaders({
  now,
  due,
  settled,
  edgeSeconds = defaultEdgeSeconds,
}: Lifetime): Record<string, string> {
  const left = due === undefined ? Number.POSITIVE_INFINITY : Math.max(0, Math.floor((due - now) / 1000))
  const maxAge = Math.min(edgeSeconds, left)
  const stale = [
    `stale-while-revalidate=${Math.min(staleWhileRevalidateSeconds, left - maxAge)}`,
    `stale-if-error=${Math.min(staleIfErrorSeconds, left - maxAge)}`,
  ]
  return {
    'Cache-Control': `public, max-age=${Math.min(browserSeconds, left)}`,
    'Cloudflare-CDN-Cache-Control': settled ? `public, max-age=${maxAge}, ${stale.join(', ')}` : 'no-store',
  }
}

/**
 * The headers of a copy that the store has not confirmed: it cannot be asked, or has not answered the request that
 * asks it. No cache keeps it, and Cache-Status says how long it has been stale (RFC 9211 §2.1, §2.4, §2.8). None where
 * there is nothing to say.
 */
export const staleHeaders = (seconds: number | undefined): Record<string, string> =>
  seconds === undefined
    ? {}
    : {
        'Cache-Control': 'no-store',
        'Cloudflare-CDN-Cache-Control': 'no-store',
        'Cache-Status': `Kiosque; hit; ttl=${-seconds}; detail=unconfirmed`,
      }
