import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { migrate } from '../src/cli/migrate.ts'
import { remoteTarget } from '../src/cli/remote.ts'
import { formatNames } from '../src/domain/format.ts'
import { articlesPerSave } from '../src/domain/limits.ts'
import { temporaryStore } from './local-server.ts'
import { freePort } from './ports.ts'
import type { ProcessGroup } from './process-group.ts'
import { kill, serve, token } from './worker-process.ts'

const kills = Number(process.argv[2] ?? 50)
const articles = 300
const places = ['', '/sections/monde', '/tags/ete', '/authors/la-redaction', '/articles/a7']

/**
 * Makes the articles of one import: in every import the same articles, each time with another text. The dates
 * are fixed, so that only the texts differ.
 */
const wording = (time: number | string) =>
  Array.from({ length: articles }, (_, at) => ({
    slug: `a${at}`,
    title: `Article ${at}, version ${time}`,
    text: `Le corps de l’article ${at}, version ${time}.`,
    section: at % 2 ? 'Monde' : 'Culture',
    tags: at % 3 ? ['Été'] : ['Hiver', 'Été'],
    authors: ['La rédaction'],
    published: `2024-06-${String(1 + (at % 28)).padStart(2, '0')}T12:00:00Z`,
    updated: '2024-07-01T00:00:00Z',
  }))

async function importAll(port: number, time: number | string, saved = () => {}): Promise<void> {
  const target = remoteTarget(`http://localhost:${port}`, token)
  const inputs = wording(time)
  for (let at = 0; at < inputs.length; at += articlesPerSave) {
    const replies = await target.save(inputs.slice(at, at + articlesPerSave))
    for (const reply of replies) assert.ok(reply.ok, JSON.stringify(reply))
    saved()
  }
}

/**
 * Imports the articles again and again, and kills the Worker when the given part of the save requests of an
 * import is done. If that is not a whole number of requests, the Worker is killed during a request. The
 * moment depends on the progress of the import, so that the Worker is killed during an import on slow
 * machines too.
 */
async function killWithin(server: ProcessGroup, port: number, time: number, part: number): Promise<void> {
  const chunks = articles / articlesPerSave
  const start = performance.now()
  let left = Math.floor(part * chunks)
  let killed = false
  const reached = new Promise<void>((resolve, reject) => {
    const saved = () => {
      if (left-- === 0) resolve()
    }
    const work = async () => {
      for (let lap = 1; ; lap++) await importAll(port, `${time}.${lap}`, saved)
    }
    work().catch((fault) => {
      if (!killed) reject(new Error('The import ended before its Worker was killed', { cause: fault }))
    })
  })
  await reached
  const chunkTime = (performance.now() - start) / (1 + Math.floor(part * chunks))
  await pause(((part * chunks) % 1) * chunkTime)
  killed = true
  await kill(server)
}

/** Reads the bytes of every feed, and the title of every article. */
async function stateOf(port: number): Promise<{ feeds: string[]; titles: Map<string, string> }> {
  const feeds: string[] = []
  for (const place of places) {
    for (const format of formatNames) {
      const response = await fetch(`http://localhost:${port}${place}/feed.${format}`)
      feeds.push(`${response.status} ${await response.text()}`)
    }
  }
  const titles = new Map<string, string>()
  for await (const { slug, title } of remoteTarget(`http://localhost:${port}`, token).list({})) {
    assert.ok(!titles.has(slug), `article "${slug}" is there twice`)
    titles.set(slug, title)
  }
  return { feeds, titles }
}

/** Makes pseudo-random numbers from 0 to below 1, the same in every run. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

async function undisturbed(time: number): Promise<string[]> {
  const { store, remove } = temporaryStore()
  migrate(store)
  const port = await freePort()
  const server = await serve(store, port)
  try {
    await importAll(port, 0)
    await importAll(port, time)
    return (await stateOf(port)).feeds
  } finally {
    await kill(server)
    remove()
  }
}

/**
 * Starts a Worker on the store, and kills the Worker during an import. No Worker is left running, even if this
 * fails.
 */
async function killOnce(store: string, time: number, part: number): Promise<void> {
  const port = await freePort()
  const server = await serve(store, port)
  try {
    await killWithin(server, port, time, part)
  } finally {
    await kill(server)
  }
}

/**
 * Checks that the store has every article exactly once after the kills, and that one more import makes its
 * feeds equal to the feeds of a store whose Worker was never killed.
 */
async function checkHealed(port: number, wanted: string[]): Promise<void> {
  const left = await stateOf(port)
  assert.equal(left.titles.size, articles, 'every article is there once')
  const versions = new Set([...left.titles.values()].map((title) => title.replace(/^.*version /, '')))
  assert.ok([...versions].every((version) => Math.trunc(Number(version)) <= kills))
  await importAll(port, kills)
  const healed = await stateOf(port)
  assert.deepEqual(healed.feeds, wanted, 'the feeds are those of an undisturbed run, byte for byte')
}

const wanted = await undisturbed(kills)
const { store, remove } = temporaryStore()
try {
  migrate(store)
  const next = numbers(20_240_619)
  for (let time = 1; time <= kills; time++) await killOnce(store, time, next())
  const port = await freePort()
  const server = await serve(store, port)
  try {
    await checkHealed(port, wanted)
  } finally {
    await kill(server)
  }
  console.log(`kill test: ${kills} kills, each within an import; feeds equal byte for byte`)
} finally {
  remove()
}
