import { cachingHeaders, staleHeaders } from './caching.ts'
import { isNotModified } from './conditional.ts'
import { deltaResponse } from './delta.ts'
import { renderLinks } from './link.ts'
import type { Bytes, Representation } from './representation.ts'

/** The headers that let scripts of other sites read an answer (CORS, Fetch standard). */
export const corsHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link, IM',
}

/** The headers of conditional requests and of delta requests, for the answer to a CORS preflight. */
export const conditionalHeaders = 'If-None-Match, If-Modified-Since, A-IM'

/** Answers a GET or HEAD with a representation: 304, with the headers of a 200 (RFC 9110 §15.4.5), before rendering. */
export async function respond(
  request: Request,
  representation: Representation<string | Bytes>,
): Promise<Response> {
  const { validators, now, due } = representation
  const headers = new Headers({
    ...cachingHeaders({
      now,
      ...(due !== undefined && { due }),
      settled: validators.lastModified !== undefined,
      ...(representation.edgeSeconds && { edgeSeconds: representation.edgeSeconds }),
    }),
    ...corsHeaders,
    'X-Content-Type-Options': 'nosniff',
    ETag: validators.etag,
    'Cache-Tag': representation.selections.map(cacheTag).join(','),
    'Content-Type': representation.type,
    ...representation.headers,
    ...staleHeaders(representation.stale),
  })
  if (validators.lastModified) headers.set('Last-Modified', validators.lastModified.toUTCString())
  if (representation.links.length > 0) headers.set('Link', renderLinks(representation.links))
  if (representation.vary) headers.set('Vary', representation.vary)
  if (isNotModified(request.headers, validators)) {
    return new Response(null, { status: 304, headers })
  }
  const delta = await deltaResponse(request, representation, headers)
  if (delta) return delta
  return new Response(request.method === 'HEAD' ? null : await representation.body(), { headers })
}

/**
 * The longest cache tag that Cloudflare accepts. It ignores longer ones silently, and could never invalidate
 * their copies.
 */
const maxTagCharacters = 1024

/**
 * The edge's cache tag for a selection: printable ASCII without spaces. Paths whose first 1024 characters are
 * equal share a tag; invalidating one then invalidates copies of the other too, which is harmless.
 */
export const cacheTag = (path: string): string =>
  path === '' ? 'all' : encodeURI(path).slice(0, maxTagCharacters)
