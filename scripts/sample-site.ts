import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { token } from './worker-process.ts'

const root = join(import.meta.dirname, '..')
const fixtures = join(root, 'fixtures')

/** The slug of a fixture that is withdrawn in the sample site. */
export const withdrawn = 'la-sieste-courte'

/**
 * Articles of the kinds that the fixtures lack: every status, pictures, corrections, rights, an id from another
 * system, names in two spellings.
 */
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
  {
    slug: 'tue-avant',
    title: 'Tué avant',
    text: 'Jamais vu.',
    status: 'withdrawn',
    published: '2024-05-01T00:00:00Z',
  },
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
    section: 'Ville',
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
      caption: 'Le pont, samedi',
      credit: 'Roy',
    },
    ...{ kicker: 'Patrimoine', shortTitle: 'Une image', place: 'Québec', urgency: 5, comments: 'off' },
    attachments: [{ url: 'https://x.example/a.mp3', type: 'audio/mpeg', bytes: 5, seconds: 3, title: 'Son' }],
    source: { name: 'Agence', url: 'https://agence.example/' },
  },
]

/** Runs `npx kiosque` with the given arguments against the Worker at the given port. Returns the output. */
export function kiosque(port: number, ...words: string[]): string {
  const run = spawnSync('npx', ['kiosque', ...words, '--to', `http://localhost:${port}`], {
    cwd: root,
    env: { ...process.env, KIOSQUE_TOKEN: token },
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  })
  assert.equal(run.status, 0, `${words[0]}: ${run.stderr}`)
  return run.stdout
}

async function rename(port: number, section: string, name: string): Promise<void> {
  const response = await fetch(`http://localhost:${port}/api/sections/${section}`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ name }),
  })
  assert.equal(response.status, 200, await response.text())
}

/**
 * Fills an empty store with the fixtures and with articles of the kinds that the fixtures lack, withdraws an
 * article and renames a section. Returns the number of articles.
 */
export async function fillSampleSite(port: number, folder: string): Promise<number> {
  const files = readdirSync(fixtures).filter(
    (name) => /\.(txt|json)$/.test(name) && !name.endsWith('.meta.json'),
  )
  kiosque(port, 'import', ...files.map((name) => join(fixtures, name)))
  const lived = join(folder, 'vies.ndjson')
  writeFileSync(lived, lives.map((life) => JSON.stringify(life)).join('\n'))
  kiosque(port, 'import', lived)
  kiosque(port, 'withdraw', '--yes', withdrawn)
  await rename(port, 'sciences', 'Sciences et techniques')
  return files.length + lives.length - 2
}
