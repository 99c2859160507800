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
 * Content-Security-Policy.
 */
export async function openNewsroom(pages: Record<string, string>, policy: string): Promise<Newsroom> {
  const server = createServer((request, response) => {
    const page = pages[request.url ?? '']
    response.writeHead(page === undefined ? 404 : 200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
    })
    response.end(page)
  }).listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return { address: `http://localhost:${port}`, stop: () => void server.close() }
}
