import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { numbersIn, type RecordedStore, readStore } from '../../scripts/recorded-store.ts'
import { type Article, stateAt } from '../../src/domain/article.ts'
import type { Examination } from '../../src/domain/doctor.ts'
import { formatNames } from '../../src/domain/format.ts'
import { checkStored } from '../../src/domain/sound.ts'
import { hashOf } from '../../src/http/token.ts'
import { fillOldTables } from './database.ts'
import { openHub } from './hub-site.ts'
import { token } from './site.ts'
import { walk } from './walk.ts'

/*
 * The stores that the Workers of the releases have written. The present version must read them after the later
 * migrations: nothing that a release showed may disappear.
 */

const { STORES: stores } = env as unknown as { STORES: { version: string; text: string }[] }

/** The values of a column of a recorded store. */
function columnOf({ tables }: RecordedStore, table: string, column: string): (string | number | null)[] {
  const { columns = [], rows = [] } = tables.find((one) => one.table === table) ?? {}
  return rows.map((row) => row[columns.indexOf(column)] ?? null)
}

/** Opens a site on a recorded store, at the instant after the recording. */
async function openRecorded(text: string) {
  const store = readStore(text)
  const migrations = columnOf(store, 'd1_migrations', 'name')
  await fillOldTables(
    migrations.length,
    store.tables.filter(({ table }) => table !== 'd1_migrations'),
  )
  const now = Number(columnOf(store, 'site', 'revision')[0]) + 5000
  const site = await openHub({ API_TOKENS: `tests:admin:${await hashOf(token)}` }, {}, now)
  const articles = columnOf(store, 'article', 'json').map((json) => JSON.parse(String(json)) as Article)
  return { store, site, now, articles }
}

const numberOf = ({ title }: Article): string => numbersIn(title)[0] ?? title

describe.for(stores)('the store of version $version', ({ text }) => {
  test('every article is sound, and `doctor` finds nothing but absolute addresses', async () => {
    const { store, site } = await openRecorded(text)
    const jsons = columnOf(store, 'article', 'json').map(String)
    const issues = jsons.map(checkStored).flatMap((checked) => ('issue' in checked ? [checked.issue] : []))
    expect(jsons.length).toBeGreaterThan(40)
    expect(issues).toEqual([])
    await site.sweep()
    const { findings } = (await (await site.call('GET', '/api/doctor')).json()) as Examination
    expect(findings.filter(({ check }) => check !== 'addresses')).toEqual([])
    const mended = (await (await site.call('POST', '/api/doctor')).json()) as Examination
    expect(mended.findings).toEqual([])
  })

  test('every address that showed articles shows them still', async () => {
    const { store, site } = await openRecorded(text)
    const lost: unknown[] = []
    for (const { address, status, shows } of store.answers) {
      const isApi = address.startsWith('/api/')
      const response = await (isApi ? site.call('GET', address) : site.get(address))
      const present = numbersIn(await response.text())
      const missing = status === 200 ? shows.filter((number) => !present.includes(number)) : []
      if (response.status !== status || missing.length > 0)
        lost.push({ address, was: status, is: response.status, missing })
    }
    expect(store.answers.length).toBeGreaterThan(200)
    expect(lost).toEqual([])
    expect(site.logged.filter((event) => event === 'bad-row')).toEqual([])
  })

  test('every public article has its page, and is in its feeds, in the archives and in the sitemaps', async () => {
    const { site, now, articles } = await openRecorded(text)
    const shown = articles.filter((article) => stateAt(article, now) === 'published')
    const listed = shown.filter(({ rights }) => rights.syndicate !== 'none')
    expect(listed.length).toBeGreaterThan(30)
    for (const { slug } of shown)
      expect([slug, (await site.get(`/articles/${slug}`)).status]).toEqual([slug, 200])
    const ids = listed.map(({ id }) => id).toSorted()
    for (const format of formatNames) {
      const pages = await walk(site.get, `/feed.${format}`, 'next', async () => {})
      expect([format, [...pages.ids].toSorted()]).toEqual([format, ids])
      const archives = await walk(site.get, `/feed.${format}`, 'prev-archive', async () => {})
      expect([format, [...archives.ids].toSorted()]).toEqual([format, ids])
    }
    const index = await (await site.get('/sitemap.xml')).text()
    const parts = [...index.matchAll(/<loc>https:\/\/kiosque.example(.*?)<\/loc>/g)].map(
      ([, path = '']) => path,
    )
    const sitemaps = await Promise.all(parts.map(async (path) => (await site.get(path)).text()))
    const here = listed.filter(({ url }) => url === undefined).map(numberOf)
    expect(numbersIn(sitemaps.join('\n'))).toEqual(here.toSorted())
  })

  test('what the release has scheduled comes out and expires, and articles can be corrected and withdrawn', async () => {
    const { store, site, now, articles } = await openRecorded(text)
    site.at(now + 2 * 3_600_000)
    await site.sweep()
    const feed = numbersIn(await (await site.get('/feed.json')).text())
    expect(['r20', 'r21', 'r22'].map((number) => feed.includes(number))).toEqual([true, false, true])
    for (const [at, article] of articles.entries()) {
      const { slug, status } = article
      const isCorrected = at % 2 === 0 || status === 'withdrawn'
      const body = { ...article, html: '<p>Corrigé.</p>' }
      const response = await site.call(
        isCorrected ? 'PUT' : 'DELETE',
        `/api/articles/${slug}`,
        isCorrected ? body : undefined,
      )
      expect([slug, response.status]).toEqual([slug, isCorrected ? 200 : 204])
    }
    expect(columnOf(store, 'subscription', 'topic').length).toBeGreaterThan(0)
    const sent = site.deliveries().length
    await site.drain()
    expect(site.deliveries().length).toBeGreaterThan(sent)
  })
})
