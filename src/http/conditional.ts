import { parseHttpDate } from '../domain/http-date.ts'
import { opaque, tagsIn } from './entity-tag.ts'
import type { Validators } from './validators.ts'

/**
 * Whether a GET or HEAD may be answered with 304 (RFC 9110 §13.2.2). If the request has If-None-Match, only
 * If-None-Match decides. If-Modified-Since decides only if If-None-Match is absent and the date is valid
 * (§13.1.3).
 */
export function isNotModified(request: Headers, current: Validators): boolean {
  const ifNoneMatch = request.get('If-None-Match')
  if (ifNoneMatch !== null) return anyMatches(ifNoneMatch, current.etag)
  if (!current.lastModified) return false
  return current.lastModified.getTime() <= parseHttpDate(request.get('If-Modified-Since') ?? '')
}

/**
 * Whether a header lists an entity-tag, by weak comparison (RFC 9110 §8.8.3.2). The tags in the header are
 * found by a pattern rather than by splitting at commas, because a quoted tag may contain commas.
 */
function anyMatches(field: string, etag: string): boolean {
  // Nearly every poll sends the current entity-tag exactly as the server sent it, so the two texts are compared
  // before the header is parsed.
  if (field === etag || field.trim() === '*') return true
  const own = opaque(etag)
  return field.includes(own) && tagsIn(field).some((tag) => tag.includes(own) && opaque(tag) === own)
}
