import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { formatNames } from '../src/domain/format.ts'
import { token } from './worker-process.ts'

/*
 * What newsrooms do with a Worker, in three phases, and all that readers and editors see afterwards. The phases are
 * the same in each run, except for the instants that must be in the near future.
 */

/** The dates of an article, so that the clock appears nowhere in it. */
const dated = (day: number) => ({
  published: `2024-06-${String(day).padStart(2, '0')}T12:00:00Z`,
  updated: '2024-07-01T00:00:00Z',
})

const text = (slug: string) => ({ title: `Titre de ${slug}`, text: `Le corps de ${slug}.` })

/** An article with a section, two tags and an author. */
const article = (slug: string, day: number, section = 'Monde') => ({
  ...text(slug),
  ...dated(day),
  section,
  tags: ['Été', section === 'Monde' ? 'Sommet' : 'Cinéma'],
  authors: ['La rédaction'],
})

async function call(port: number, method: string, path: string, body?: unknown): Promise<void> {
  const response = await fetch(`http://localhost:${port}/api/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${await response.text()}`)
}

const put = (port: number, slug: string, body: object) => call(port, 'PUT', `articles/${slug}`, body)

/** A phase of the work; the same articles are saved in the same order whatever the Worker. */
export type Phase = (port: number) => Promise<void>

/** Before the new migrations: articles in every state. */
export const before: Phase = async (port) => {
  for (let day = 1; day <= 6; day++)
    await put(port, `a${day}`, article(`a${day}`, day, day % 2 ? 'Monde' : 'Culture'))
  await put(port, 'brouillon', { ...article('brouillon', 7), status: 'draft' })
  await put(port, 'demain', {
    ...article('demain', 8),
    published: '2199-01-01T00:00:00Z',
    updated: undefined,
  })
  await put(port, 'prive', { ...article('prive', 9, 'Secret'), rights: { syndicate: 'none' } })
  await put(port, 'retire', article('retire', 10))
  await call(port, 'DELETE', 'articles/retire')
}

/** On the new tables: saves, corrections, withdrawals, new addresses and names, an embargo that ends, an expiry. */
export const during: Phase = async (port) => {
  await put(port, 'neuf', { ...article('neuf', 11, 'Sciences'), authors: ['Kim Tong-hyung'], tags: ['Ciel'] })
  await put(port, 'a1', { ...article('a1', 1), title: 'Titre corrigé', note: 'Une faute.' })
  await put(port, 'a2', article('a2', 2, 'Société'))
  await call(port, 'DELETE', 'articles/a3')
  await call(port, 'DELETE', 'articles/a4')
  await put(port, 'a4', { ...article('a4', 4, 'Culture'), status: 'published' })
  await put(port, 'brouillon', { ...article('brouillon', 7), status: 'published' })
  await put(port, 'jete', { ...article('jete', 12, 'Jeté'), status: 'draft' })
  await call(port, 'DELETE', 'articles/jete')
  await put(port, 'secret', { ...article('secret', 13, 'Inédit'), embargo: '2199-01-01T00:00:00Z' })
  await call(port, 'PUT', 'sections/culture', { name: 'Arts et culture' })
  await call(port, 'PUT', 'tags/ete', { name: 'ÉTÉ' })
  // On a slow machine, too, both articles are saved before this instant.
  const soon = Math.ceil(Date.now() / 1000) * 1000 + 5000
  await put(port, 'embargo', { ...article('embargo', 14, 'Embargo'), embargo: new Date(soon).toJSON() })
  await put(port, 'expire', { ...article('expire', 15, 'Expire'), expires: new Date(soon).toJSON() })
  while (Date.now() <= soon) await pause(100)
  await call(port, 'GET', 'articles')
}

/** After the deployment: the present version changes what the former version has written. */
export const after: Phase = async (port) => {
  await put(port, 'neuf', { ...article('neuf', 11, 'Sciences'), title: 'Encore corrigé' })
  await put(port, 'a3', { ...article('a3', 3), status: 'published' })
  await call(port, 'DELETE', 'articles/embargo')
  await call(port, 'DELETE', 'articles/a5')
  await put(port, 'secret', article('secret', 13, 'Inédit'))
  await put(port, 'dernier', article('dernier', 16, 'Sciences'))
  await call(port, 'PUT', 'sections/sciences', { name: 'Sciences et techniques' })
}

const places = [
  '',
  ...[
    'monde',
    'culture',
    'arts-et-culture',
    'societe',
    'sciences',
    'sciences-et-techniques',
    'embargo',
    'secret',
  ].map((key) => `/sections/${key}`),
  ...['ete', 'sommet', 'cinema', 'ciel'].map((key) => `/tags/${key}`),
  ...['la-redaction', 'kim-tong-hyung'].map((key) => `/authors/${key}`),
]
const slugs = `a1 a2 a3 a4 a5 brouillon demain prive retire neuf jete secret embargo expire dernier`.split(
  ' ',
)

/** The addresses that are requested first. All addresses of feeds and sitemaps that these answers name follow. */
const first = [
  ...places.flatMap((place) => [place || '/', ...formatNames.map((format) => `${place}/feed.${format}`)]),
  ...slugs.flatMap((slug) => [`/articles/${slug}`, `/articles/${slug}/feed.atom`, `/api/articles/${slug}`]),
  ...['/feeds', '/feeds.opml', '/sitemap.xml', '/sitemap-news.xml', '/articles/a1/share.json'],
  ...['/feed.rss?section=monde&tag=ete', '/feed.json?tag=ete&author=la-redaction'],
  ...['draft', 'scheduled', 'published', 'expired', 'withdrawn'].flatMap((status) => [
    `/api/articles?status=${status}`,
    `/api/articles?status=${status}&section=monde`,
  ]),
  ...['section=secret', 'section=inedit', 'tag=ete', 'author=la-redaction'].map(
    (one) => `/api/articles?${one}`,
  ),
  '/api/paths',
]

const furtherAddresses =
  /https:\/\/kiosque\.example(\/[^\s"'<>#]*(?:archive|sitemap|\/s\/|before=|after=)[^\s"'<>#]*)/g

/**
 * Requests all that readers and editors see. Returns each answer as text: status, type, Location and body, without
 * the instants and revisions of this run.
 */
export async function seen(port: number): Promise<Map<string, string>> {
  const answers = new Map<string, string>()
  const queue = [...first]
  for (const path of queue) {
    const headers = path.startsWith('/api/') ? { Authorization: `Bearer ${token}` } : {}
    const response = await fetch(`http://localhost:${port}${path}`, { redirect: 'manual', headers })
    const body = await response.text()
    const shown = ['Content-Type', 'Location', 'Link'].map((name) => response.headers.get(name) ?? '')
    answers.set(path, timeless([response.status, ...shown, body].join('\n')))
    const linked = [...body.replaceAll('&amp;', '&').matchAll(furtherAddresses)].map(([, next = '']) => next)
    for (const next of linked) if (!queue.includes(next)) queue.push(next)
  }
  return answers
}

/** Articles and their dates are older; every later instant and revision comes from the clock of the run. */
const start = Date.parse('2026-01-01T00:00:00Z')
const end = Date.parse('2199-01-01T00:00:00Z')

const isOfThisRun = (instant: number): boolean => instant >= start && instant < end

/** Replaces instants and revisions that come from the clock by a word. */
export const timeless = (value: string): string =>
  value
    .replaceAll(/\b\d{13}\b/g, (number) => (isOfThisRun(Number(number)) ? 'NOW' : number))
    .replaceAll(/\b\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, (date) =>
      isOfThisRun(Date.parse(date)) ? 'NOW' : date,
    )
    .replaceAll(/\b\w{3}, \d\d \w{3} \d{4} [\d:]{8} \w+/g, (date) =>
      isOfThisRun(Date.parse(date)) ? 'NOW' : date,
    )
    .replaceAll(/revision=[\da-z]+|\?v=[\da-z]+/g, 'REVISION')
