import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { migrate } from '../src/cli/migrate.ts'
import { remoteTarget } from '../src/cli/remote.ts'
import { databaseFileIn, temporaryStore } from './local-server.ts'
import { freePort } from './ports.ts'
import type { ProcessGroup } from './process-group.ts'
import { kill, serve, token } from './worker-process.ts'

const kills = Number(process.argv[2] ?? 20)
const subscribers = 300

/**
 * The last version of the article that each callback received, the number of all deliveries, and the number of
 * deliveries of each version.
 */
const taken = new Map<string, number>()
let deliveries = 0
const delivered = new Map<number, number>()
let came = () => {}

const receiver = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    const wording = Number(/version (\d+)/.exec(Buffer.concat(parts).toString())?.[1])
    deliveries++
    delivered.set(wording, (delivered.get(wording) ?? 0) + 1)
    came()
    setTimeout(() => {
      taken.set(request.url ?? '', Math.max(wording, taken.get(request.url ?? '') ?? 0))
      response.writeHead(204).end()
      came()
    }, 5)
  })
})
receiver.listen(0, '127.0.0.1')
await once(receiver, 'listening')
const { port: receivingPort } = receiver.address() as AddressInfo

function subscribeAll(store: string): void {
  const database = new DatabaseSync(databaseFileIn(store))
  database.exec("INSERT INTO topic (topic, path, others, revision) VALUES ('feed.rss', '', '[]', 0)")
  const insert = database.prepare(
    `INSERT INTO subscription (topic, asked, callback, host, expires, delivered)
     VALUES ('feed.rss', 'x', ?, '127.0.0.1', ?, 0)`,
  )
  const expires = Date.now() + 864e5
  for (let at = 0; at < subscribers; at++) insert.run(`http://127.0.0.1:${receivingPort}/${at}`, expires)
  database.close()
}

/**
 * Ends the claims of all jobs on subscriptions, so that the test need not wait for the two minutes after which
 * a claim ends by itself.
 */
function letClaimsLapse(store: string): void {
  const database = new DatabaseSync(databaseFileIn(store))
  database.exec('UPDATE subscription SET next = 0')
  database.close()
}

async function save(port: number, version: number): Promise<void> {
  const article = { slug: 'un', title: `Article, version ${version}`, text: 'Un paragraphe.' }
  const [reply] = await remoteTarget(`http://localhost:${port}`, token).save([article])
  assert.ok(reply?.ok, JSON.stringify(reply))
}

/** Milliseconds without any delivery after which the test fails. */
const timeoutMilliseconds = 120_000

/**
 * Waits until the condition is true, and fails if no delivery arrives for two minutes. The whole wait has no
 * time limit, because on a slow machine it can last long although deliveries still arrive.
 */
async function until(isSo: () => boolean, server: ProcessGroup): Promise<void> {
  while (!isSo()) {
    const next = new Promise<void>((resolve) => {
      came = resolve
    })
    const waiting = new AbortController()
    const inVain = pause(timeoutMilliseconds, undefined, { signal: waiting.signal }).then(() => {
      throw new Error(`No delivery came any more; ${deliveries} came before`)
    })
    try {
      await Promise.race([next, inVain, server.failed])
    } finally {
      inVain.catch(() => {})
      waiting.abort()
    }
  }
}

const missing = (version: number): number[] =>
  [...Array(subscribers).keys()].filter((at) => (taken.get(`/${at}`) ?? 0) < version)

const { store, remove } = temporaryStore()

/** Starts a Worker on the store, calls `work`, and then kills the Worker, even if `work` fails. */
async function withWorker(work: (server: ProcessGroup, port: number) => Promise<void>): Promise<void> {
  const port = await freePort()
  const server = await serve(store, port, { SITE_URL: `http://localhost:${port}`, HUB_LOOPBACK: 'true' })
  try {
    await work(server, port)
  } finally {
    await kill(server)
  }
}

/**
 * Saves a version of the article, and kills the Worker before the version has reached all callbacks: directly
 * after the save, or after a quarter, half or three quarters of the callbacks were called.
 */
const killWithin = (version: number): Promise<void> =>
  withWorker(async (server, port) => {
    await save(port, version)
    const callbacks = Math.floor(((version % 4) * subscribers) / 4)
    await until(() => (delivered.get(version) ?? 0) >= callbacks, server)
  })

try {
  migrate(store)
  await withWorker(async (_, port) => {
    await (await fetch(`http://localhost:${port}/feed.rss`)).text()
  })
  subscribeAll(store)
  let within = 0
  for (let version = 1; version <= kills; version++) {
    await killWithin(version)
    if (missing(version).length > 0) within++
    letClaimsLapse(store)
  }
  await withWorker(async (server, port) => {
    await (await fetch(`http://localhost:${port}/cdn-cgi/local/scheduled`)).text()
    await until(() => missing(kills).length === 0, server)
  })
  assert.ok(within > kills / 2, `only ${within} of ${kills} kills fell into a fan-out`)
  console.log(
    `hub kill test: ${kills} kills, ${within} of them within a fan-out to ${subscribers} callbacks; every one has the last revision (${deliveries} deliveries)`,
  )
} finally {
  receiver.closeAllConnections()
  receiver.close()
  remove()
}
