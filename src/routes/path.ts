import { getPath } from 'hono/utils/url'

/** Paths of at most this many characters are decoded piece by piece if an escape in them is wrong. */
const maxPieceCharacters = 1000

/**
 * Returns the decoded path of a request's address, by which the router chooses the route. In a long path with wrong
 * escapes, nothing is decoded, because a decoding piece by piece costs an exception for each wrong escape. Such a path
 * is the address of nothing.
 */
export function pathOf(request: Request): string {
  const { url } = request
  const start = url.indexOf('/', url.indexOf(':') + 4)
  const length = url.slice(start).search(/[?#]/)
  const path = url.slice(start, length === -1 ? undefined : start + length)
  return path.length <= maxPieceCharacters || isWellEscaped(path)
    ? getPath(request)
    : path.replaceAll('%', '%25')
}

function isWellEscaped(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
