import { cachingHeaders, staleHeaders } from './caching.ts'
import { isNotModified } from './conditional.ts'
import { deltaResponse } from './delta.ts'
import { renderLinks } from './link.ts'
import type { Bytes, Representation } from './representation.ts'

/** What a script of another site may read of an answer, and send with a request (Fetch standard, CORS). */
export const corsHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link, IM',
}

/** The request headers of a conditional request and of one for a delta, as a preflight names them. */
export const conditionalHeaders = 'If-None-Match, If-Modified-Since, A-IM'

/** Answers a GET or HEAD: 304 before anything is rendered, with the headers that 200 has (RFC 9110 §15.4.5). */
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

/** The platform drops a longer tag without a word, and what bears it could never be invalidated. */
const maxTagCharacters = 1024

/**
 * The name under which the edge invalidates a selection's copies: printable ASCII without spaces. Paths that share
 * so long a beginning share the tag; one too many copy is invalidated then, never one too few.
 */
export const cacheTag = (path: string): string =>
  path === '' ? 'all' : encodeURI(path).slice(0, maxTagCharacters)
