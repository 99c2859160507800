import { once } from 'node:events'
import { createServer } from 'node:http'

/** The website of a newsroom, which embeds content of the Worker. The website has another origin than the Worker. */
export interface Newsroom {
  address: string
  stop: () => void
}

/**
 * Starts a server for these pages. The keys of `pages` are paths; `policy` is the Content-Security-Policy of
 * every page.
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
