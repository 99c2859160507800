import { cachingHeaders } from './caching.ts'
import { isNotModified } from './conditional.ts'
import { corsHeaders } from './respond.ts'

/** An answer that belongs to the program: nothing but a new release changes it. */
interface Fixed {
  /** The media type, with its charset. */
  type: string
  /** Different for every content: the body's digest. */
  tag: string
  body: string | Uint8Array<ArrayBuffer>
}

/** Answers a GET or HEAD with it, or 304, with the lifetime and the headers of every public answer. */
export function respondFixed(request: Request, { type, tag, body }: Fixed): Response {
  const etag = `W/"${tag}"`
  const headers = {
    ...cachingHeaders({ now: 0, settled: true }),
    ...corsHeaders,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ETag: etag,
    'Content-Type': type,
  }
  if (isNotModified(request.headers, { etag })) return new Response(null, { status: 304, headers })
  return new Response(request.method === 'HEAD' ? null : body, { headers })
}
