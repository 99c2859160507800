import { everyArchive } from '../domain/effect.ts'
import { cachingHeaders, defaultEdgeSeconds, faultHeaders } from './caching.ts'
import { isNotModified } from './conditional.ts'
import { deltaResponse } from './delta.ts'
import { renderLinks } from './link.ts'
import type { Bytes, Representation } from './representation.ts'

/** The headers that allow scripts of other sites to read an answer (CORS, Fetch standard). */
export const corsHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link, IM',
}

/** The request headers of conditional requests and of delta requests, which the answer to a CORS preflight allows. */
export const conditionalHeaders = 'If-None-Match, If-Modified-Since, A-IM'

/**
 * Answers a GET or HEAD with a representation. If the client's copy is current, the answer is 304 with the
 * headers of a 200 (RFC 9110 §15.4.5), and nothing is rendered. A representation without validators is always sent
 * whole, and no cache may keep it. The same is true if its content changed between the read of its head and the read
 * of the content, because one entity-tag and one date must never stand for two contents (RFC 9110 §8.8).
 */
export async function respond(
  request: Request,
  representation: Representation<string | Bytes>,
): Promise<Response> {
  const { validators, now, due } = representation
  const headers = new Headers({
    ...cachingHeaders({
      now,
      ...(due !== undefined && { due }),
      settled: validators?.datedFrom === undefined,
      ...(representation.edgeSeconds && { edgeSeconds: representation.edgeSeconds }),
      ...(representation.browserSeconds && { browserSeconds: representation.browserSeconds }),
    }),
    ...corsHeaders,
    'X-Content-Type-Options': 'nosniff',
    ...(validators && {
      ETag: validators.etag,
      'Cache-Tag': tagsOf(representation).join(','),
    }),
    'Content-Type': representation.type,
    ...representation.headers,
    ...faultHeaders({ stale: representation.stale, ...(!validators && { overdue: now }) }),
  })
  if (validators?.lastModified) headers.set('Last-Modified', validators.lastModified.toUTCString())
  if (representation.links.length > 0) headers.set('Link', renderLinks(representation.links))
  if (representation.vary) headers.set('Vary', representation.vary)
  if (validators && isNotModified(request.headers, validators)) {
    return new Response(null, { status: 304, headers })
  }
  const delta = await deltaResponse(request, representation, headers)
  if (delta) return delta
  if (request.method === 'HEAD') return new Response(null, { headers })
  const body = await representation.body()
  if (validators && representation.isCurrent?.() === false) removeValidators(headers)
  return new Response(body, { headers })
}

/** Removes from the headers everything that names a revision, so that no cache keeps the answer. */
function removeValidators(headers: Headers): void {
  for (const name of ['ETag', 'Last-Modified', 'Cache-Tag']) headers.delete(name)
  for (const [name, value] of Object.entries(faultHeaders({ outdated: true }))) headers.set(name, value)
}

/**
 * The cache tags of an answer: one for each of its selections, and one that all answers have which the edge keeps for
 * longer than usual. A save can thus invalidate all copies that would outlive a change by time.
 */
const tagsOf = ({
  selections,
  edgeSeconds = defaultEdgeSeconds,
}: Representation<string | Bytes>): string[] => [
  ...selections.map(cacheTag),
  ...(edgeSeconds > defaultEdgeSeconds ? [everyArchive] : []),
]

/**
 * The largest number of characters of a cache tag that Cloudflare accepts. Cloudflare ignores a longer tag
 * without an error, so copies with only such a tag could never be invalidated.
 */
const maxTagCharacters = 1024

/**
 * The edge's cache tag for a selection: printable ASCII without spaces. Two paths whose first 1024 characters
 * are equal share one tag. So invalidating one of these paths also invalidates copies of the other, which is
 * harmless.
 */
export const cacheTag = (path: string): string =>
  path === '' ? 'all' : encodeURI(path).slice(0, maxTagCharacters)
