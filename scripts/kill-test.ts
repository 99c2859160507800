import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { migrate } from '../src/cli/migrate.ts'
import { remoteTarget } from '../src/cli/remote.ts'
import { freePort, temporaryStore } from './local-server.ts'
import { kill, serve, token } from './worker-process.ts'

const kills = Number(process.argv[2] ?? 50)
const articles = 300
const places = ['', '/sections/monde', '/tags/ete', '/authors/la-redaction', '/articles/a7']

/** The same articles in another wording each time; their dates are given, so only the wording differs. */
const wording = (time: number) =>
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

async function importAll(port: number, time: number): Promise<void> {
  const target = remoteTarget(`http://localhost:${port}`, token)
  const inputs = wording(time)
  for (let at = 0; at < inputs.length; at += 50) {
    const replies = await target.save(inputs.slice(at, at + 50))
    for (const reply of replies) assert.ok(reply.ok, JSON.stringify(reply))
  }
}

/** Every feed's bytes, and every article with its wording. */
async function stateOf(port: number): Promise<{ feeds: string[]; titles: Map<string, string> }> {
  const feeds: string[] = []
  for (const place of places) {
    for (const format of ['rss', 'atom', 'json']) {
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

/** A small generator of numbers from 0 to 1, the same in every run. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

async function undisturbed(time: number): Promise<{ feeds: string[]; duration: number }> {
  const { store, remove } = temporaryStore()
  migrate(store)
  const port = await freePort()
  const server = await serve(store, port)
  try {
    const start = performance.now()
    await importAll(port, 0)
    const duration = performance.now() - start
    await importAll(port, time)
    return { feeds: (await stateOf(port)).feeds, duration }
  } finally {
    await kill(server)
    remove()
  }
}

const wanted = await undisturbed(kills)
const { store, remove } = temporaryStore()
migrate(store)
const next = numbers(20_240_619)
let cut = 0
for (let time = 1; time <= kills; time++) {
  const port = await freePort()
  const server = await serve(store, port)
  const work = importAll(port, time).then(
    () => 'whole',
    () => 'cut',
  )
  await pause(next() * wanted.duration)
  await kill(server)
  if ((await work) === 'cut') cut++
}
const port = await freePort()
const server = await serve(store, port)
try {
  const left = await stateOf(port)
  assert.equal(left.titles.size, articles, 'every article is there once')
  const versions = new Set([...left.titles.values()].map((title) => title.replace(/^.*version /, '')))
  assert.ok([...versions].every((version) => Number(version) <= kills))
  await importAll(port, kills)
  const healed = await stateOf(port)
  assert.deepEqual(healed.feeds, wanted.feeds, 'the feeds are those of an undisturbed run, byte for byte')
  console.log(`kill test: ${kills} kills, ${cut} of them within an import; feeds equal byte for byte`)
} finally {
  await kill(server)
  remove()
}
assert.ok(cut > kills / 2, `only ${cut} of ${kills} kills fell into an import`)
