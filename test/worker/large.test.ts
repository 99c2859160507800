import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { hashOf } from '../../src/http/token.ts'
import { emptyDatabase } from './database.ts'
import { openSite, start, type TestSite, token } from './site.ts'
import { watch } from './watched.ts'

/**
 * The maximum number of bytes of a text in D1. The local D1 accepts longer texts, so the test checks the length
 * itself.
 */
const maxBytes = 2_000_000

const bytesOf = (value: unknown): number => new TextEncoder().encode(String(value)).length

async function largestOf(work: (site: Awaited<ReturnType<typeof openSite>>) => Promise<void>) {
  const { database, seen } = watch(env.DB)
  await work(await openSite({}, 'd1d1d1d1', start, database))
  return Math.max(...seen.flatMap(({ values }) => values.map(bytesOf)))
}

/**
 * An HTML body of 520,000 quotation marks. JSON needs two bytes for each quotation mark, so the article is
 * nearly as large as the API accepts.
 */
const quotes = `<p>${'"'.repeat(520_000)}</p>`

test('the largest article that is kept goes to the store as a text that D1 takes', async () => {
  const largest = await largestOf(async (site) => {
    const saved = await site.call('PUT', '/api/articles/un', { title: 'Un', html: quotes, summary: 'S' })
    expect(saved.status).toBe(201)
    const { html } = (await (await site.call('GET', '/api/articles/un')).json()) as { html: string }
    expect(html).toBe(quotes)
  })
  expect(largest).toBeGreaterThan(1_000_000)
  expect(largest).toBeLessThanOrEqual(maxBytes)
})

test('a bulk import of long articles is as many saves as fit into memory, each of texts that D1 takes', async () => {
  const articles = Array.from({ length: 30 }, (_, at) => ({
    slug: `a${at}`,
    title: `Article ${at}`,
    text: 'Une phrase de texte. '.repeat(12_000),
  }))
  const largest = await largestOf(async (site) => {
    const body = articles.map((article) => JSON.stringify(article)).join('\n')
    const answer = await site.call('POST', '/api/articles', body, { 'Content-Type': 'application/x-ndjson' })
    const lines = new TextDecoder()
      .decode(await answer.arrayBuffer())
      .trim()
      .split('\n')
    expect(lines.map((line) => JSON.parse(line).status)).toEqual(articles.map(() => 201))
    for (const { slug } of [articles[0], articles[29]] as typeof articles)
      expect((await site.get(`/articles/${slug}`)).status, slug).toBe(200)
    const revisions = await env.DB.prepare('SELECT count(DISTINCT revision) AS saves FROM article').first()
    expect(revisions).toEqual({ saves: 2 })
  })
  expect(largest).toBeLessThanOrEqual(maxBytes)
})

test('a renamed section of long articles is renamed in texts that D1 takes', async () => {
  const { database, seen } = watch(env.DB)
  const admin = { API_TOKENS: `tests:admin:${await hashOf(token)}` }
  const site = await openSite(admin, 'd1d1d1d1', start, database)
  for (let at = 0; at < 4; at++) await site.put(`a${at}`, { text: 'x'.repeat(900_000), section: 'Monde' })
  expect((await site.call('PUT', '/api/sections/monde', { name: 'Planète' })).status).toBe(200)
  expect(Math.max(...seen.flatMap(({ values }) => values.map(bytesOf)))).toBeLessThanOrEqual(maxBytes)
  expect((await site.get('/sections/planete/feed.json')).status).toBe(200)
})

const longNames = (letter: string, at: number) =>
  Array.from({ length: 50 }, (_, which) => `${String(at * 50 + which).padStart(5, '0')}${letter.repeat(195)}`)

describe('articles with the longest names are saved in as many texts and rows as D1 takes', () => {
  const count = 26
  const lines = Array.from({ length: count }, (_, at) =>
    JSON.stringify({
      ...{ slug: `a${at}`, title: 'Un', section: 'Monde' },
      ...{ tags: longNames('標', at), authors: longNames('者', at) },
    }),
  )
  const send = async (site: TestSite, path: string, lines: readonly string[]) => {
    const answer = await site.call('POST', path, lines.join('\n'), { 'Content-Type': 'application/x-ndjson' })
    return new TextDecoder().decode(await answer.arrayBuffer())
  }
  const read = async (site: TestSite, path: string) =>
    (await site.call('GET', path)).json() as Promise<{ lines: object[]; next?: string }>

  const works: Record<string, (site: TestSite) => Promise<void>> = {
    'by a bulk import': async () => {},
    'by a renaming': async (site) => {
      expect((await site.call('PUT', '/api/sections/monde', { name: 'Planète' })).status).toBe(200)
    },
    'by a restore': async (site) => {
      const backup: object[] = [{ kind: 'backup', ...(await read(site, '/api/backup')) }]
      for (let next: string | undefined = '/api/backup/articles'; next; ) {
        const page = await read(site, next)
        backup.push(...page.lines)
        next = page.next
      }
      await emptyDatabase()
      const text = await send(
        site,
        '/api/restore',
        backup.map((line) => JSON.stringify(line)),
      )
      expect(text.match(/"restored"/g)).toHaveLength(count)
    },
  }
  test.for(Object.keys(works))('%s', async (what) => {
    const { database, seen } = watch(env.DB)
    const admin = { API_TOKENS: `tests:admin:${await hashOf(token)}` }
    const site = await openSite(admin, 'd1d1d1d1', start, database)
    expect((await send(site, '/api/articles', lines)).match(/"status":201/g)).toHaveLength(count)
    await works[what]?.(site)
    expect(Math.max(...seen.flatMap(({ values }) => values.map(bytesOf)))).toBeLessThanOrEqual(maxBytes)
  })
})
