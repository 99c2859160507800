import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { migrate } from '../src/cli/migrate.ts'
import { formatNames } from '../src/domain/format.ts'
import { type Answered, everyAddress } from './every-address.ts'
import { temporaryStore } from './local-server.ts'
import { freePort } from './ports.ts'
import { fillSampleSite, kiosque, withdrawn } from './sample-site.ts'
import { fillThousand, isWalked } from './thousand.ts'
import { kill, serve } from './worker-process.ts'

const places = [
  '',
  '/sections/monde',
  '/sections/sciences-et-techniques',
  '/sections/vide',
  '/tags/sommeil',
  '/tags/cinema',
  '/authors/kim-tong-hyung',
]

/**
 * Addresses whose answers must be the same in the original and in the restored store. The feeds of `places`
 * are compared in addition to these addresses.
 */
const pages = [
  ...[
    `/articles/${withdrawn}`,
    '/articles/brouillon',
    '/articles/tue-avant',
    '/articles/embargo',
    '/articles/demain',
    '/articles/expire',
  ],
  ...[
    '/articles/un',
    '/articles/un/feed.rss',
    '/articles/deux/feed.json',
    '/articles/ancien',
    '/articles/image',
  ],
  ...['/articles/resume/feed.atom', '/articles/prive', '/articles/prive/feed.rss', '/sections/sciences'],
  ...[
    '/sections/sciences/feed.atom',
    '/sections/secret/feed.rss',
    '/sections/inedit',
    '/tags/cinema',
    '/sections/vide',
  ],
  ...['/articles/pont-couvert-rouvert/feed.json', '/articles/image/share.json'],
]

/** The first addresses of the walk, which finds all others. */
const first = [...places.flatMap((place) => formatNames.map((format) => `${place}/feed.${format}`)), ...pages]

/** Requests every address that a walk finds. */
async function seen(port: number): Promise<Map<string, Answered>> {
  // While a command ran, this process did not notice that the Worker closed idle connections.
  await pause(100)
  return everyAddress(
    (path) => fetch(`http://localhost:${port}${path}`, { redirect: 'manual' }),
    first,
    isWalked,
  )
}

/** The statuses that certain addresses must have, so that the comparison covers each kind of article. */
const expected: [path: string, status: number][] = [
  [`/articles/${withdrawn}`, 410],
  ['/articles/expire', 410],
  ['/articles/tue-avant', 404],
  ['/articles/embargo', 404],
  ['/articles/un/feed.rss', 301],
  ['/sections/sciences/feed.atom', 301],
  ['/sections/vide/feed.rss', 200],
  ['/sections/secret/feed.rss', 404],
]

/** Starts a Worker on a new, empty store, calls `work`, and then kills the Worker and removes the store. */
async function withWorker<T>(work: (port: number, store: string) => Promise<T>): Promise<T> {
  const { store, remove } = temporaryStore()
  migrate(store)
  const port = await freePort()
  const server = await serve(store, port)
  try {
    return await work(port, store)
  } finally {
    await kill(server)
    remove()
  }
}

/** Fails unless two sites answer every address in the same way; names the first address at which they differ. */
function checkEqual(after: Map<string, Answered>, before: Map<string, Answered>, what: string): void {
  for (const [path, answer] of before) assert.deepEqual(after.get(path), answer, `${path}: ${what}`)
  assert.equal(after.size, before.size, what)
}

/** The dates of some answers: the readers of the exported store may hold dates of saves after the backup. */
async function checkDates(port: number, sinceImport: number): Promise<void> {
  // The first answer puts the Worker's version in charge, which then sends dates after two seconds at the latest.
  await pause(100)
  await fetch(`http://localhost:${port}/feed.rss`)
  await pause(3000)
  for (const path of ['/feed.rss', '/articles/n1', '/sections/culture', '/archive/2024/01/1/feed.atom']) {
    const { headers } = await fetch(`http://localhost:${port}${path}`)
    const date = Date.parse(headers.get('Last-Modified') ?? '')
    assert.ok(date >= sinceImport, `${path}: Last-Modified is the time of the import or later`)
  }
}

await withWorker(async (port, store) => {
  const articles = (await fillSampleSite(port, store)) + fillThousand(port, store)
  const before = await seen(port)
  for (const [path, status] of expected) assert.equal(before.get(path)?.status, status, path)
  const bodies = [...before.values()].map(({ body }) => body)
  assert.ok(bodies.some((body) => body.includes('<guid isPermaLink="false">12345</guid>')))
  assert.ok(bodies.some((body) => body.includes('at:deleted-entry')))
  const cursors = [...before.keys()].filter((path) => path.includes('before='))
  assert.ok(cursors.length > 100, 'the walk follows cursors')
  const backup = join(store, 'backup.ndjson')
  writeFileSync(backup, kiosque(port, 'export'))
  await withWorker(async (other) => {
    const began = Math.floor(Date.now() / 1000) * 1000
    assert.match(kiosque(other, 'import', '--verbose', backup), /^(restored .*\n)+$/)
    await checkDates(other, began)
    checkEqual(await seen(other), before, 'a restored store answers as the old one did')
    assert.match(kiosque(other, 'import', '--verbose', backup), /^((unchanged|left out) .*\n)+$/)
    assert.equal(kiosque(other, 'export'), kiosque(port, 'export'))
  })
  console.log(
    `round trip: ${articles} articles exported, imported, and ${before.size} addresses equal: status, bytes, ETag`,
  )
})
