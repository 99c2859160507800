import { once } from 'node:events'
import { createServer } from 'node:http'

/**
 * A server that plays a newsroom's website. The website's pages embed content of the Worker, which has another
 * origin.
 */
export interface Newsroom {
  address: string
  stop: () => void
}

/**
 * Starts a server for the given pages. The keys of `pages` are paths; each page is sent with `policy` as its
 * Content-Security-Policy. Without `port`, it takes a free one.
 */
export async function openNewsroom(
  pages: Readonly<Record<string, string>>,
  policy: string,
  port = 0,
): Promise<Newsroom> {
  const server = createServer((request, response) => {
    const page = pages[request.url ?? '']
    response.writeHead(page === undefined ? 404 : 200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
    })
    response.end(page)
  }).listen(port, 'localhost')
  await once(server, 'listening')
  const { port: taken } = server.address() as { port: number }
  return { address: `http://localhost:${taken}`, stop: () => void server.close() }
}
