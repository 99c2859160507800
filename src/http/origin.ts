/**
 * Adds what Cloudflare's edge does itself, for answers that no such edge passes on:
 *
 * - `Accept-Encoding` in `Vary` (RFC 9110 §12.5.5). A local run compresses behind the Worker without saying so, and a cache
 *   may be behind that. The edge compresses behind its own cache, so there the answer must not have it
 *   (docs/decisions/012).
 * - `Date` (RFC 9110 §6.6.1). Without it, squid takes every copy for stale. `now` is in epoch milliseconds.
 */
export function withoutEdge(response: Response, now: number): Response {
  response.headers.append('Vary', 'Accept-Encoding')
  response.headers.set('Date', new Date(now).toUTCString())
  return response
}
