import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { freePort } from '../../ports.ts'

/** A request that went through a relay, with the status of its answer. */
interface Passed {
  path: string
  status: number
}

/** A relay to a Worker, which notes what passes. Each feed reader has a relay of its own. */
export interface Relay {
  port: number
  /** The requests whose answers have been sent to their end, in that order. */
  passed: readonly Passed[]
  close: () => void
}

/** Starts a relay that sends every request unchanged to the Worker on the port `worker`, and its answer back. */
export async function startRelay(worker: number): Promise<Relay> {
  const passed: Passed[] = []
  const server = createServer((asked, answer) => {
    relay(asked, answer, worker, (status) => passed.push({ path: asked.url ?? '', status }))
  })
  const port = await freePort()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port,
    passed,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function relay(
  asked: IncomingMessage,
  answer: ServerResponse,
  worker: number,
  note: (status: number) => void,
): void {
  const { url, method, headers } = asked
  const asking = request({ host: 'localhost', port: worker, path: url, method, headers }, (given) => {
    const { statusCode: status = 502, statusMessage, rawHeaders } = given
    answer.on('finish', () => note(status))
    answer.writeHead(status, statusMessage, rawHeaders)
    given.pipe(answer)
  })
  asking.on('error', () => {
    answer.on('finish', () => note(502))
    answer.writeHead(502).end()
  })
  asked.pipe(asking)
}
