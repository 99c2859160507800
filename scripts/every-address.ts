const origin = 'https://kiosque.example'

/** What a request for an address is answered with: the status, the ETag, the target of a redirect, and the bytes. */
export interface Answered {
  status: number
  etag: string
  location: string
  body: string
}

/** The addresses of this site in the headers and the body of an answer, without the host. */
function addressesIn(text: string): string[] {
  const found = text.replaceAll('&amp;', '&').match(/https:\/\/kiosque\.example\/[^\s"'<>\\)]*/g) ?? []
  return found.map((url) => url.slice(origin.length).replace(/#.*$/, ''))
}

/** Addresses that change something, or that lead to other addresses without an end. */
const isSkipped = (path: string): boolean => path.startsWith('/api/') || path.startsWith('/hub')

/**
 * Requests addresses, and every address of the site that an answer contains, and returns all answers by their
 * address.
 */
export async function everyAddress(
  get: (path: string) => Promise<Response>,
  first: readonly string[],
): Promise<Map<string, Answered>> {
  const answers = new Map<string, Answered>()
  const waiting = [...first]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (answers.has(path) || isSkipped(path)) continue
    const response = await get(path)
    const bytes = await response.arrayBuffer()
    const body = new TextDecoder().decode(bytes)
    const [etag, location] = ['ETag', 'Location'].map((name) => response.headers.get(name) ?? '')
    answers.set(path, { status: response.status, etag: etag ?? '', location: location ?? '', body })
    waiting.push(...addressesIn(`${body} ${location} ${response.headers.get('Link') ?? ''}`))
  }
  return answers
}
