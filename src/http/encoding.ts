/**
 * Adds `Accept-Encoding` to the `Vary` of an answer (RFC 9110 §12.5.5). An answer needs this where something behind the
 * Worker compresses it without saying so, and a cache may be behind that. Cloudflare's edge compresses behind its own
 * cache, so there the answer must not have it (docs/decisions/012).
 */
export function varyByEncoding(response: Response): Response {
  const vary = response.headers.get('Vary')
  response.headers.set('Vary', vary === null ? 'Accept-Encoding' : `${vary}, Accept-Encoding`)
  return response
}
