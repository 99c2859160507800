/**
 * Whether a change may proceed, per RFC 9110 §13.2.2: If-Match must name the stored entity-tag, compared
 * strongly, and If-None-Match must not name it, compared weakly. `etag` is undefined if nothing is stored.
 */
export function isMatch(request: Headers, etag: string | undefined): boolean {
  const ifMatch = request.get('If-Match')
  if (ifMatch !== null && !names(ifMatch, etag)) return false
  const ifNoneMatch = request.get('If-None-Match')
  return ifNoneMatch === null || !names(ifNoneMatch.replace(/W\//g, ''), etag)
}

/** Whether a list of entity-tags names the stored strong one; never if nothing is stored. */
function names(field: string, etag: string | undefined): boolean {
  if (etag === undefined) return false
  if (field.trim() === '*') return true
  const tags: readonly string[] = field.match(/(?:W\/)?"[^"]*"/g) ?? []
  return tags.includes(etag)
}
