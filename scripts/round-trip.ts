import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from '../src/cli/migrate.ts'
import { freePort, temporaryStore } from './local-server.ts'
import { kill, serve, token } from './worker-process.ts'

const root = join(import.meta.dirname, '..')
const fixtures = join(root, 'fixtures')
const withdrawn = 'la-sieste-courte'
const places = [
  '',
  '/sections/monde',
  '/sections/sciences',
  '/tags/sommeil',
  '/tags/cinema',
  '/authors/kim-tong-hyung',
]

/** Runs the command line as a person would, on the Worker at that port. */
function kiosque(port: number, ...words: string[]): string {
  const run = spawnSync('npx', ['kiosque', ...words, '--to', `http://localhost:${port}`], {
    cwd: root,
    env: { ...process.env, KIOSQUE_TOKEN: token },
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  })
  assert.equal(run.status, 0, `${words[0]}: ${run.stderr}`)
  return run.stdout
}

/** What readers and visitors get: every feed's bytes, and how an article and a withdrawn one answer. */
async function seen(port: number): Promise<string[]> {
  const paths = [
    ...places.flatMap((place) => ['rss', 'atom', 'json'].map((format) => `${place}/feed.${format}`)),
    ...[`/articles/${withdrawn}`, '/articles/brouillon', '/articles/pont-couvert-rouvert/feed.json'],
  ]
  const answers: string[] = []
  for (const path of paths) {
    const response = await fetch(`http://localhost:${port}${path}`)
    answers.push(`${path} ${response.status} ${await response.text()}`)
  }
  return answers
}

/** Does something with a Worker on an empty store of its own. */
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
  const files = readdirSync(fixtures).filter(
    (name) => /\.(txt|json)$/.test(name) && !name.endsWith('.meta.json'),
  )
  kiosque(port, 'import', ...files.map((name) => join(fixtures, name)))
  const draft = join(store, 'brouillon.json')
  writeFileSync(draft, '{"slug":"brouillon","title":"Un brouillon","text":"À suivre.","status":"draft"}')
  kiosque(port, 'import', draft)
  kiosque(port, 'withdraw', withdrawn)
  const before = await seen(port)
  const backup = join(store, 'backup.ndjson')
  writeFileSync(backup, kiosque(port, 'export'))
  await withWorker(async (other) => {
    kiosque(other, 'import', backup)
    assert.deepEqual(await seen(other), before, 'a restored store answers as the old one did')
    assert.match(kiosque(other, 'import', backup), /^(unchanged .*\n)+$/)
    assert.equal(kiosque(other, 'export'), kiosque(port, 'export'))
  })
  console.log(`round trip: ${files.length + 1} articles exported, imported, and every answer equal`)
})
