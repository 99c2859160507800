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

/** How many requests wait for their answers at once. */
const concurrent = 8

/** The bytes of an answer, each as one character, because some answers are pictures. */
const textOf = async (response: Response): Promise<string> =>
  new TextDecoder('latin1').decode(await response.arrayBuffer())

/**
 * Requests addresses, and every address of the site that an answer contains and that is wanted, and returns all
 * answers by their address.
 */
export async function everyAddress(
  get: (path: string) => Promise<Response>,
  first: readonly string[],
  isWanted: (path: string) => boolean = () => true,
): Promise<Map<string, Answered>> {
  const answers = new Map<string, Answered>()
  const known = new Set(first)
  const waiting = [...first]
  const ask = async (path: string) => {
    const response = await get(path)
    const body = await textOf(response)
    const [etag = '', location = '', links = ''] = ['ETag', 'Location', 'Link'].map(
      (name) => response.headers.get(name) ?? '',
    )
    answers.set(path, { status: response.status, etag, location, body })
    for (const found of addressesIn(`${body} ${location} ${links}`)) {
      if (!known.has(found) && !isSkipped(found) && isWanted(found)) waiting.push(found)
      known.add(found)
    }
  }
  while (waiting.length > 0) await Promise.all(waiting.splice(0, concurrent).map(ask))
  return answers
}
