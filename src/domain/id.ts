import { legalText } from './text.ts'

/**
 * The form of an article id: an absolute URI or IRI (RFC 3986 §4.3, RFC 3987), with a scheme and without
 * characters that those standards forbid.
 */
export const uri = /^[a-z][a-z0-9+.-]*:(?:[^\s\p{C}<>"{}|\\^`%]|%[\da-f]{2})+$/iu

const ours = 'urn:kiosque:guid:'

/**
 * Returns a permanent URI for an id given by a source: the id itself if it is a URI, otherwise a URN that
 * contains the id percent-encoded.
 */
export const uriOf = (id: string): string =>
  uri.test(id) ? id : `${ours}${encodeURIComponent(id.toWellFormed())}`

/**
 * Returns a permanent URI for an agency of which only the name is known, in the place of its address. Equal names give
 * equal URIs.
 */
export const agencyUri = (name: string): string => `urn:kiosque:agency:${encodeURIComponent(legalText(name))}`

/**
 * Returns the source's own id for a URI that `uriOf` has returned. Each of the two functions is the exact
 * inverse of the other, so two different ids never get the same URI.
 */
export function sourceId(id: string): string {
  if (!id.startsWith(ours)) return id
  const given = decoded(id.slice(ours.length))
  return given !== undefined && uriOf(given) === id ? given : id
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
