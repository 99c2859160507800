import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from '../src/cli/migrate.ts'
import { formatNames } from '../src/domain/format.ts'
import { temporaryStore } from './local-server.ts'
import { freePort } from './ports.ts'
import { fillSampleSite, kiosque, withdrawn } from './sample-site.ts'
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

/** Requests every address, and returns each answer's status, Location and body. */
async function seen(port: number): Promise<string[]> {
  const paths = [
    ...places.flatMap((place) => formatNames.map((format) => `${place}/feed.${format}`)),
    ...pages,
  ]
  const answers: string[] = []
  for (const path of paths) {
    const response = await fetch(`http://localhost:${port}${path}`, { redirect: 'manual' })
    const location = response.headers.get('Location') ?? ''
    answers.push(`${path} ${response.status} ${location} ${await response.text()}`)
  }
  return answers
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

await withWorker(async (port, store) => {
  const articles = await fillSampleSite(port, store)
  const before = await seen(port)
  for (const [path, status] of expected)
    assert.ok(
      before.some((answer) => answer.startsWith(`${path} ${status} `)),
      `${path} is ${status}`,
    )
  assert.ok(before.some((answer) => answer.includes('<guid isPermaLink="false">12345</guid>')))
  assert.ok(before.some((answer) => answer.includes('at:deleted-entry')))
  const backup = join(store, 'backup.ndjson')
  writeFileSync(backup, kiosque(port, 'export'))
  await withWorker(async (other) => {
    kiosque(other, 'import', backup)
    assert.deepEqual(await seen(other), before, 'a restored store answers as the old one did')
    assert.match(kiosque(other, 'import', backup), /^(unchanged .*\n)+$/)
    assert.equal(kiosque(other, 'export'), kiosque(port, 'export'))
  })
  console.log(
    `round trip: ${articles} articles, their tombstones and former addresses exported, imported, and every answer equal`,
  )
})
