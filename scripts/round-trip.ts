import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from '../src/cli/migrate.ts'
import { temporaryStore } from './local-server.ts'
import { freePort } from './ports.ts'
import { kill, serve, token } from './worker-process.ts'

const root = join(import.meta.dirname, '..')
const fixtures = join(root, 'fixtures')
const withdrawn = 'la-sieste-courte'
const places = [
  '',
  '/sections/monde',
  '/sections/sciences-et-techniques',
  '/sections/vide',
  '/tags/sommeil',
  '/tags/cinema',
  '/authors/kim-tong-hyung',
]

/** What the fixtures lack: every stage of a life, pictures, notes, rights, a foreign id, names in two spellings. */
const lives = [
  { slug: 'brouillon', title: 'Un brouillon', text: 'À suivre.', status: 'draft', section: 'Inédit' },
  {
    slug: 'embargo',
    title: 'Sous embargo',
    text: 'Plus tard.',
    embargo: '2199-01-01T00:00:00Z',
    section: 'Secret',
  },
  { slug: 'tue-avant', title: 'Tué avant', text: 'Jamais vu.', status: 'draft' },
  { slug: 'tue-avant', title: 'Tué avant', text: 'Jamais vu.', status: 'withdrawn' },
  { slug: 'demain', title: 'Demain', text: 'Demain.', published: '2199-01-01T00:00:00Z' },
  {
    slug: 'expire',
    title: 'Expiré',
    text: 'Fini.',
    published: '2024-01-01T00:00:00Z',
    expires: '2024-02-01T00:00:00Z',
  },
  {
    slug: 'un',
    id: 'urn:kiosque:guid:12345',
    title: 'Un',
    text: 'Un.',
    published: '2024-05-02T00:00:00Z',
    section: 'Vide',
  },
  {
    slug: 'deux',
    id: 'urn:kiosque:guid:12345',
    title: 'Un',
    text: 'Deux.',
    published: '2024-05-02T00:00:00Z',
    tags: ['Cinéma'],
  },
  {
    slug: 'ancien',
    title: 'Ancien',
    text: 'A.',
    published: '2020-01-01T00:00:00Z',
    tags: ['CINÉMA'],
    note: 'Une faute.',
  },
  {
    slug: 'resume',
    title: 'Résumé',
    summary: 'S.',
    text: 'B.',
    published: '2024-05-01T00:00:00Z',
    rights: { syndicate: 'summary', copyright: '© X', license: 'https://x.example/l' },
  },
  {
    slug: 'prive',
    title: 'Privé',
    text: 'B.',
    published: '2024-05-01T00:00:00Z',
    rights: { syndicate: 'none' },
  },
  {
    slug: 'image',
    title: 'Image',
    html: '<p>Voici.</p><figure><img src="https://x.example/b.png" alt="Une rue"><figcaption>La rue</figcaption></figure>',
    published: '2024-05-03T00:00:00Z',
    image: {
      url: '/media/pont-couvert.jpg',
      type: 'image/jpeg',
      width: 1200,
      height: 800,
      alt: 'Un pont',
      credit: 'Roy',
    },
    attachments: [{ url: 'https://x.example/a.mp3', type: 'audio/mpeg', bytes: 5, seconds: 3, title: 'Son' }],
    source: { name: 'Agence', url: 'https://agence.example/' },
  },
]

/** Addresses beside the feeds, with what a visitor gets there. */
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

async function rename(port: number, section: string, name: string): Promise<void> {
  const response = await fetch(`http://localhost:${port}/api/sections/${section}`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ name }),
  })
  assert.equal(response.status, 200, await response.text())
}

/** The statuses that make the comparison mean something. */
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
  const lived = join(store, 'vies.ndjson')
  writeFileSync(lived, lives.map((life) => JSON.stringify(life)).join('\n'))
  kiosque(port, 'import', lived)
  kiosque(port, 'withdraw', withdrawn)
  await rename(port, 'sciences', 'Sciences et techniques')
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
    `round trip: ${files.length + lives.length - 2} articles, their tombstones and former addresses exported, imported, and every answer equal`,
  )
})
