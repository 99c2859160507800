import { cachingHeaders, publicFor } from './caching.ts'
import { isNotModified } from './conditional.ts'
import { corsHeaders } from './respond.ts'
import { datesOf } from './validators.ts'

/** An answer whose content comes from the program's code and settings, so that only a deployment changes it. */
export interface Fixed {
  /** The media type, with its charset. */
  type: string
  /** The opaque part of the ETag: a digest of the body. */
  tag: string
  /** Seconds for which browsers may keep the answer; undefined for the lifetime that every public answer has. */
  browserSeconds?: number
  /** Further headers of the answer. */
  headers?: Record<string, string>
  body: string | Uint8Array<ArrayBuffer> | ReadableStream | null
}

/** The instants from which the date of a fixed answer is computed, in epoch milliseconds. */
interface Dated {
  now: number
  /** The earliest date that this version of the Worker may send; absent if the version is not in charge (decision 021). */
  since?: number
  /** The instant at which `since` was read. */
  readAt?: number
}

/**
 * Answers a GET or HEAD with a fixed answer, or with 304 by the same conditions as every public answer (RFC 9110 §13).
 * The date of the answer is the instant since which this version is in charge: a former version may have had other
 * content, and the date of one content must never stand for another, not even after a rollback.
 */
export function respondFixed(request: Request, fixed: Fixed, { now, since, readAt }: Dated): Response {
  const { type, tag, body, browserSeconds } = fixed
  const validators = { etag: `W/"${tag}"`, ...datesOf(since, readAt, now) }
  const headers = {
    ...cachingHeaders({ now, settled: validators.datedFrom === undefined }),
    ...(browserSeconds !== undefined && { 'Cache-Control': publicFor(browserSeconds) }),
    ...corsHeaders,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ETag: validators.etag,
    ...(validators.lastModified && { 'Last-Modified': validators.lastModified.toUTCString() }),
    'Content-Type': type,
    ...fixed.headers,
  }
  if (isNotModified(request.headers, validators)) return new Response(null, { status: 304, headers })
  return new Response(request.method === 'HEAD' ? null : body, { headers })
}
