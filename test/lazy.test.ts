import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readD1Migrations } from '@cloudflare/vitest-plugin'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Running, run, token } from '../bench/worker.ts'
import { type BuiltFile, bundleWorker, modulesAtStart } from '../scripts/worker-bundle.ts'
import { formatNames, formatPattern } from '../src/domain/format.ts'
import { root } from './source.ts'

/*
 * Runs the bundled Worker twice on one store: once complete, and once with each lazily loaded module replaced
 * by a module that throws. If both Workers give the same answer to a request, the answer needs no lazily loaded
 * module.
 */

const folder = mkdtempSync(join(tmpdir(), 'kiosque-lazy-'))
let whole: Answers
let broken: Answers
let lazy: string[] = []
/** The modules that speak SMTP. */
let mail: string[] = []

/**
 * Addresses that feed readers, browsers, crawlers and subscribers request. Their answers must not need a lazily
 * loaded module.
 */
const polled = [
  ...['', '/articles/un', '/sections/ville', '/tags/marche'].flatMap((place) =>
    [...formatNames.map((format) => `/feed.${format}`), '/feed', ''].map((file) => place + file || '/'),
  ),
  ...['/feed.rss?tag=marche&section=ville', '/feed.json?before=2000000000000.1', '/?feed=rss', '/rss.xml'],
  // A site without comments answers these addresses without the modules of comments.
  ...[
    '/articles/un/comments',
    '/articles/un/comments/new',
    '/articles/un/comments/feed.rss',
    '/comments/feed.atom',
    '/e/comments/v1.js',
  ],
  ...['/feeds', '/feeds.opml', '/sitemap.xml', '/sitemap-news.xml', '/robots.txt'],
  ...['/articles/un/share', '/articles/un/share.json', '/oembed?url=https://kiosque.example/articles/un'],
  ...[
    '/e/un.html',
    '/e/v1.js',
    '/e/v1.css',
    '/card.png',
    '/apple-touch-icon.png',
    '/site.webmanifest',
    '/favicon.ico',
    '/hub',
    '/nulle-part',
    '/api-x',
  ],
]

/** Addresses whose answers need a lazily loaded module. */
const late = ['/api/articles', '/api/openapi.json', '/api/paths', '/api/shares', '/api/hub', '/api/x']

interface Answer {
  status: number
  type: string | null
  body: string
  /** The status of the answer to a second request, which sends the ETag of the first answer. */
  again: number
}
type Answers = Map<string, Answer>

/**
 * Saves one article, and collects the answers of the complete Worker and of the Worker whose lazily loaded
 * modules throw.
 */
beforeAll(async () => {
  const files = await bundleWorker('src/index.ts')
  for (const { name, text } of files) writeFileSync(join(folder, name), text)
  const modules = files.filter(({ name }) => name.endsWith('.mjs'))
  const atStart = await modulesAtStart(folder)
  lazy = modules.map(({ name }) => name).filter((name) => !atStart.includes(name))
  mail = modules.filter(({ text }) => text.includes('RCPT TO:')).map(({ name }) => name)
  whole = await served(modules, async (worker) => {
    await fill(worker)
    polled.push(await qrCodeIn(worker))
    return answersOf(worker, [...polled, ...late])
  })
  const torn = modules.map(({ name, text }) => ({
    name,
    text: lazy.includes(name) ? "throw new Error('cannot be loaded')" : text,
  }))
  broken = await served(torn, (worker) => answersOf(worker, [...late, ...polled]))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function served<T>(modules: readonly BuiltFile[], use: (worker: Running) => Promise<T>): Promise<T> {
  const worker = await run(
    modules.map(({ name, text }) => ({ type: 'ESModule', path: name, contents: text })),
    folder,
  )
  try {
    return await use(worker)
  } finally {
    await worker.stop()
  }
}

async function fill(worker: Running): Promise<void> {
  const database = await worker.database()
  for (const { queries } of await readD1Migrations(join(root, 'migrations')))
    for (const query of queries) await database.prepare(query).run()
  const response = await fetch(`${worker.address}/api/articles/un`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ title: 'Un', markdown: 'Le *marché*.', section: 'Ville', tags: ['Marché'] }),
  })
  expect(response.status).toBe(201)
}

/** The path of an article's QR code, read from the article's share links. */
async function qrCodeIn({ address }: Running): Promise<string> {
  const shared = (await (await fetch(`${address}/articles/un/share.json`)).json()) as { qr: string }
  return new URL(shared.qr).pathname
}

async function answersOf({ address }: Running, paths: readonly string[]): Promise<Answers> {
  const answers: Answers = new Map()
  for (const path of paths) {
    const headers = { Authorization: `Bearer ${token}` }
    const response = await fetch(address + path, { headers, redirect: 'manual' })
    const tag = { 'If-None-Match': response.headers.get('ETag') ?? '"none"' }
    const again = await fetch(address + path, { headers: { ...headers, ...tag }, redirect: 'manual' })
    await again.arrayBuffer()
    const { status, headers: got } = response
    const body = await response.text()
    answers.set(path, { status, type: got.get('Content-Type'), body, again: again.status })
  }
  return answers
}

describe('with every module broken that is not loaded at the start', () => {
  test('polls and pages are answered as before', () => {
    expect(lazy.length).toBeGreaterThanOrEqual(2)
    const feeds = polled
      .filter((path) => new RegExp(`\\.(?:${formatPattern})$`).test(path))
      .map((path) => whole.get(path))
    expect(feeds.filter((one) => one?.status === 200 && one.again === 304).length).toBeGreaterThanOrEqual(12)
    for (const path of polled) expect({ path, ...broken.get(path) }).toEqual({ path, ...whole.get(path) })
  })

  test('mail is sent by one of them', () => {
    expect(mail).toHaveLength(1)
    expect(lazy).toEqual(expect.arrayContaining(mail))
  })

  test('what needs one of them is a problem with status 500', () => {
    expect(late.map((path) => whole.get(path)?.status)).toEqual([200, 200, 200, 200, 200, 404])
    for (const path of late) {
      const { status, type, body } = broken.get(path) as Answer
      expect({ path, status, type }).toEqual({ path, status: 500, type: 'application/problem+json' })
      expect(JSON.parse(body), path).toEqual({ type: 'about:blank', title: 'Internal error', status: 500 })
    }
  })
})
