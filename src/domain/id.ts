/** A URI or IRI as an article's id is one (RFC 3986 §4.3, RFC 3987): a scheme, and nothing that either forbids. */
export const uri = /^[a-z][a-z0-9+.-]*:(?:[^\s\p{C}<>"{}|\\^`%]|%[\da-f]{2})+$/iu

const ours = 'urn:kiosque:guid:'

/** The permanent URI of an id that a source gave: the id itself, else the URN that holds it letter by letter. */
export const uriOf = (id: string): string =>
  uri.test(id) ? id : `${ours}${encodeURIComponent(id.toWellFormed())}`

/** The id as its source gave it. Of `uriOf` this is the exact inverse, so two articles never get the same. */
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
