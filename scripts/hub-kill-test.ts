import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { migrate } from '../src/cli/migrate.ts'
import { remoteTarget } from '../src/cli/remote.ts'
import { freePort, temporaryStore } from './local-server.ts'
import { kill, serve, token } from './worker-process.ts'

const kills = Number(process.argv[2] ?? 20)
const subscribers = 300

/** The last wording that each callback took, and how many deliveries there were. */
const taken = new Map<string, number>()
let deliveries = 0
let started = () => {}

const receiver = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    const wording = /version (\d+)/.exec(Buffer.concat(parts).toString())?.[1]
    deliveries++
    started()
    setTimeout(() => {
      taken.set(request.url ?? '', Math.max(Number(wording), taken.get(request.url ?? '') ?? 0))
      response.writeHead(204).end()
    }, 5)
  })
})
const receivingPort = await freePort()
receiver.listen(receivingPort, '127.0.0.1')

/** The database file of a local store. */
function databaseOf(store: string): DatabaseSync {
  const folder = join(store, 'v3', 'd1', 'miniflare-D1DatabaseObject')
  const name = readdirSync(folder).find((one) => one.endsWith('.sqlite') && !one.startsWith('metadata'))
  return new DatabaseSync(join(folder, name ?? ''))
}

function subscribeAll(store: string): void {
  const database = databaseOf(store)
  database.exec("INSERT INTO topic (topic, path, others, revision) VALUES ('feed.rss', '', '[]', 0)")
  const insert = database.prepare(
    `INSERT INTO subscription (topic, asked, callback, host, expires, delivered)
     VALUES ('feed.rss', 'x', ?, '127.0.0.1', ?, 0)`,
  )
  const expires = Date.now() + 864e5
  for (let at = 0; at < subscribers; at++) insert.run(`http://127.0.0.1:${receivingPort}/${at}`, expires)
  database.close()
}

/** As if the two minutes had passed for which a caller has a subscription for itself. */
function letClaimsLapse(store: string): void {
  const database = databaseOf(store)
  database.exec('UPDATE subscription SET next = 0')
  database.close()
}

const save = (port: number, version: number) =>
  remoteTarget(`http://localhost:${port}`, token).save([
    { slug: 'un', title: `Article, version ${version}`, text: 'Un paragraphe.' },
  ])

const { store, remove } = temporaryStore()
migrate(store)
const start = async (port: number) =>
  serve(store, port, { SITE_URL: `http://localhost:${port}`, HUB_LOOPBACK: 'true' })

const first = await freePort()
let server = await start(first)
await fetch(`http://localhost:${first}/feed.rss`)
await kill(server)
subscribeAll(store)

let within = 0
for (let version = 1; version <= kills; version++) {
  const port = await freePort()
  server = await start(port)
  const begun = new Promise<void>((resolve) => {
    started = resolve
  })
  await save(port, version)
  // The kill comes between the commit and the last delivery: at once, or some way into the fan-out.
  if (version % 4 !== 0) await begun
  await pause((version % 4) * 40)
  await kill(server)
  const left = [...Array(subscribers).keys()].filter((at) => (taken.get(`/${at}`) ?? 0) < version).length
  if (left > 0) within++
  letClaimsLapse(store)
}

const port = await freePort()
server = await start(port)
try {
  await fetch(`http://localhost:${port}/cdn-cgi/local/scheduled`)
  const missing = () => [...Array(subscribers).keys()].filter((at) => taken.get(`/${at}`) !== kills)
  for (let wait = 0; wait < 300 && missing().length > 0; wait++) await pause(100)
  assert.deepEqual(missing(), [], 'every callback has taken the last revision')
  console.log(
    `hub kill test: ${kills} kills, ${within} of them within a fan-out to ${subscribers} callbacks; every one has the last revision (${deliveries} deliveries)`,
  )
} finally {
  await kill(server)
  receiver.closeAllConnections()
  receiver.close()
  remove()
}
assert.ok(within > kills / 2, `only ${within} of ${kills} kills fell into a fan-out`)
