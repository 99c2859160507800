import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Shown, shownIn } from './ledger.ts'
import type { Random } from './random.ts'
import type { Report } from './report.ts'
import { type Site, siteUrl } from './site.ts'
import type { Tally } from './tally.ts'

/**
 * A subscriber of the hub: the topic, and what the last delivery that it accepted shows, or, before the first
 * delivery, what the topic showed when it subscribed.
 */
export interface Subscriber {
  topic: string
  shown: Shown
}

/** The subscribers, which run in the process of the run. */
export interface Subscribers {
  /** Asks the hub once for a subscription to the topic, which is an address of the site. */
  subscribe: (run: { site: Site; report: Report }, topic: string) => Promise<void>
  all: () => Subscriber[]
  /** Makes subscribers accept every delivery. */
  acceptAll: () => void
  /** Answers a request of the hub to a callback. */
  answer: (request: IncomingMessage, body: string, response: ServerResponse) => void
}

export function openSubscribers(random: Random, tally: Tally, address: () => string): Subscribers {
  const subscribers: Subscriber[] = []
  let refusal = 0.2

  return {
    all: () => subscribers.filter(({ topic }) => topic !== ''),
    acceptAll: () => {
      refusal = 0
    },
    async subscribe({ site, report }, topic) {
      const worker = site.workers()[0]
      const before = worker === undefined ? undefined : await site.ask(worker, topic)
      if (worker === undefined || before?.status !== 200) return
      const number = subscribers.push({ topic: '', shown: shownIn(before.body) }) - 1
      const form = {
        'hub.mode': 'subscribe',
        'hub.topic': `${siteUrl}${topic}`,
        'hub.callback': `${address()}/callback/${number}`,
        'hub.lease_seconds': String(30 * 86_400),
      }
      const answer = await site.ask(worker, '/hub', {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: String(new URLSearchParams(form)),
      })
      report.step(`${worker} ${answer?.status ?? 'no answer'} subscribe ${number} to ${topic}`)
      // Without an acknowledgement the subscription may exist or not, so nothing is demanded of it.
      if (answer?.status === 202) (subscribers[number] as Subscriber).topic = topic
    },
    answer(request, body, response) {
      const { pathname, searchParams } = new URL(request.url ?? '', siteUrl)
      if (request.method === 'GET') {
        response.end(searchParams.get('hub.challenge'))
        return
      }
      if (random.chance(refusal)) {
        tally.add('refused deliveries')
        if (random.chance(0.5)) response.destroy()
        else response.writeHead(503).end()
        return
      }
      tally.add('deliveries')
      const subscriber = subscribers[Number(pathname.split('/').at(-1))]
      if (subscriber) subscriber.shown = shownIn(body)
      response.writeHead(204).end()
    },
  }
}

type Handler = (request: IncomingMessage, body: string, response: ServerResponse) => void

/** Starts the server of the run, which Workers call, on a free port. */
export async function listen(handler: Handler): Promise<{ address: string; close: () => void }> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('error', () => {})
    request.on('data', (part) => parts.push(part))
    request.on('end', () => handler(request, Buffer.concat(parts).toString(), response))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
