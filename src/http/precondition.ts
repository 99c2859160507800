/**
 * Whether a change of a stored article may proceed (RFC 9110 §13.2.2). An If-Match header must name the
 * article's entity-tag (strong comparison), and an If-None-Match header must not name it (weak comparison).
 * `etag` is undefined if nothing is stored.
 */
export function isMatch(request: Headers, etag: string | undefined): boolean {
  const ifMatch = request.get('If-Match')
  if (ifMatch !== null && !names(ifMatch, etag)) return false
  const ifNoneMatch = request.get('If-None-Match')
  return ifNoneMatch === null || !names(ifNoneMatch.replace(/W\//g, ''), etag)
}

/**
 * Whether a header's list of entity-tags names the strong entity-tag of the stored article; false if nothing is
 * stored.
 */
function names(field: string, etag: string | undefined): boolean {
  if (etag === undefined) return false
  if (field.trim() === '*') return true
  const tags: readonly string[] = field.match(/(?:W\/)?"[^"]*"/g) ?? []
  return tags.includes(etag)
}
