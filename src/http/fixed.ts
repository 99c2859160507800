import { cachingHeaders } from './caching.ts'
import { isNotModified } from './conditional.ts'
import { corsHeaders } from './respond.ts'

/** An answer whose content comes from the program's code and settings, so that only a deployment changes it. */
interface Fixed {
  /** The media type, with its charset. */
  type: string
  /** The opaque part of the ETag: a digest of the body. */
  tag: string
  /** Further headers of the answer. */
  headers?: Record<string, string>
  body: string | Uint8Array<ArrayBuffer>
}

/**
 * Answers a GET or HEAD with a fixed answer, or with 304. The answer has the cache lifetime and the headers
 * that every public answer has.
 */
export function respondFixed(request: Request, fixed: Fixed): Response {
  const { type, tag, body } = fixed
  const etag = `W/"${tag}"`
  const headers = {
    ...cachingHeaders({ now: 0, settled: true }),
    ...corsHeaders,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ETag: etag,
    'Content-Type': type,
    ...fixed.headers,
  }
  if (isNotModified(request.headers, { etag })) return new Response(null, { status: 304, headers })
  return new Response(request.method === 'HEAD' ? null : body, { headers })
}
