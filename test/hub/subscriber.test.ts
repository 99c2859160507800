import { once } from 'node:events'
import type { Server } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { temporaryStore } from '../../scripts/local-server.ts'
import { freePort } from '../../scripts/ports.ts'
import { kill, serve, token } from '../../scripts/worker-process.ts'
import { migrate } from '../../src/cli/migrate.ts'
import { formatNames } from '../../src/domain/format.ts'

/**
 * A WebSub subscriber that is not part of this project: the npm package `pubsubhubbub`, which has no TypeScript
 * types of its own.
 */
interface Subscriber extends NodeJS.EventEmitter {
  listen: (port: number, host: string) => void
  subscribe: (topic: string, hub: string, done: (fault?: Error) => void) => void
  unsubscribe: (topic: string, hub: string, done: (fault?: Error) => void) => void
  server: Server
}

const { default: pubsubhubbub } = (await import('pubsubhubbub' as string)) as {
  default: { createServer: (options: Record<string, unknown>) => Subscriber }
}

const { store, remove } = temporaryStore()
const port = await freePort()
const address = `http://localhost:${port}`
let server: Awaited<ReturnType<typeof serve>>
let subscriber: Subscriber

beforeAll(async () => {
  migrate(store)
  server = await serve(store, port, { SITE_URL: address, HUB_LOOPBACK: 'true' })
  const own = await freePort()
  const callbackUrl = `http://127.0.0.1:${own}/`
  subscriber = pubsubhubbub.createServer({ callbackUrl, secret: 'a secret of its own', leaseSeconds: 3600 })
  subscriber.listen(own, '127.0.0.1')
  await once(subscriber, 'listen')
})

afterAll(async () => {
  subscriber?.server.close()
  if (server) await kill(server)
  remove()
})

const put = async (title: string) => {
  const response = await fetch(`${address}/api/articles/un`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ title, text: 'Un paragraphe.' }),
  })
  expect(response.ok).toBe(true)
}

/**
 * Makes the subscriber subscribe or unsubscribe, waits until the hub has verified the request, and returns the
 * data of the event that the subscriber then emits.
 */
async function agree(mode: 'subscribe' | 'unsubscribe', topic: string, hub: string): Promise<unknown> {
  const verified = once(subscriber, mode)
  const accepted = new Promise<void>((resolve, reject) => {
    subscriber[mode](topic, hub, (fault) => (fault ? reject(fault) : resolve()))
  })
  await accepted
  return (await verified)[0]
}

/** The addresses of the hub and of the feed itself, as the feed's Link header announces them. */
async function discover(feed: string): Promise<{ hub: string; self: string }> {
  const { headers } = await fetch(feed)
  const of = (rel: string) => new RegExp(`<([^>]+)>; rel="${rel}"`).exec(headers.get('Link') ?? '')?.[1] ?? ''
  return { hub: of('hub'), self: of('self') }
}

const hubReport = async () => {
  const response = await fetch(`${address}/api/hub`, { headers: { Authorization: `Bearer ${token}` } })
  return (await response.json()) as { topics: { subscriptions: number }[] }
}

test.for(formatNames)(
  'a subscriber that we did not write discovers, subscribes, receives, checks the signature, renews and leaves: %s',
  async (format) => {
    const { hub, self } = await discover(`${address}/feed.${format}`)
    expect([hub, self]).toEqual([`${address}/hub`, `${address}/feed.${format}`])
    expect(await agree('subscribe', self, hub)).toMatchObject({ topic: self, hub })

    // The subscriber emits the event `feed` only if the signature of the delivery is valid, so the test checks
    // the signature by waiting for the event.
    const received = once(subscriber, 'feed')
    await put(`Premier en ${format}`)
    const [first] = (await received) as [{ topic: string; feed: Buffer; headers: Record<string, string> }]
    expect(first.topic).toBe(self)
    expect(first.feed.toString()).toContain(`Premier en ${format}`)
    expect(first.headers['x-hub-signature']).toMatch(/^sha256=[0-9a-f]{64}$/)
    const feed = await fetch(self)
    expect(first.headers['content-type']).toBe(feed.headers.get('Content-Type'))
    expect(first.feed.toString()).toBe(await feed.text())

    expect(await agree('subscribe', self, hub)).toMatchObject({ topic: self })
    const again = once(subscriber, 'feed')
    await put(`Corrigé en ${format}`)
    expect(((await again)[0] as { feed: Buffer }).feed.toString()).toContain(`Corrigé en ${format}`)

    expect(await agree('unsubscribe', self, hub)).toMatchObject({ topic: self })
    await vi.waitFor(async () => expect((await hubReport()).topics).toEqual([]), { timeout: 30_000 })
  },
)
