import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import type { Examination } from '../../src/domain/doctor.ts'
import { formatNames } from '../../src/domain/format.ts'
import { updateAddresses } from '../../src/store/addresses.ts'
import { withCalls } from './faulty.ts'
import { openSite, start, type TestSite } from './site.ts'

const former = 'http://localhost:8731'
const present = 'https://kiosque.example'

/** An article with an address of this site in each field that may contain one. */
const article = (site: string) => ({
  id: 'tag:kiosque.example,2024:a',
  title: 'Titre',
  text: undefined,
  html: `<p><a href="${site}/sections/monde">Monde</a> href="/x"</p><img src="${site}/media/a.jpg" srcset="${site}/media/a.jpg 1x, ${site}/media/b.jpg 2x">`,
  section: 'Monde',
  authors: [{ name: 'Kim', url: `${site}/authors/kim` }],
  source: { name: 'PC', url: `${site}/pc` },
  image: { url: `${site}/media/a.jpg`, type: 'image/jpeg', width: 1200, height: 800 },
  attachments: [{ url: `${site}/media/a.mp3`, type: 'audio/mpeg', bytes: 5 }],
  rights: { license: `${site}/licence` },
})

/** The addresses whose answers contain the article or addresses of the article. */
const paths = [
  ...formatNames.flatMap((format) => [
    `/feed.${format}`,
    `/articles/a/feed.${format}`,
    `/archive/2024/06/1/feed.${format}`,
  ]),
  ...['/', '/articles/a', '/sections/monde', '/articles/a/share', '/articles/a/share.json', '/embed/a'],
  ...['json', 'xml'].map((format) => `/oembed?url=${present}/articles/a&format=${format}`),
]

const answersOf = (site: TestSite) =>
  Promise.all(
    paths.map(async (path) => {
      const answer = await site.get(path)
      return [path, answer.status, answer.headers.get('ETag'), await answer.text()] as const
    }),
  )

/** Replaces the stored JSON of the article, as an earlier version of Kiosque would have written it. */
const storeAs = (site: string) =>
  env.DB.prepare(`UPDATE article SET json = json_patch(json, ?1) WHERE slug = 'a'`)
    .bind(JSON.stringify({ ...article(site), rights: { syndicate: 'full', license: `${site}/licence` } }))
    .run()

const stored = () =>
  env.DB.prepare(`SELECT json, revision FROM article WHERE slug = 'a'`).first<{
    json: string
    revision: number
  }>()

/** The settings of the site before and after it moved. */
const settings = { FEED_SHARE_ROW: 'true' }
const movedSettings = { ...settings, FORMER_SITE_URLS: `https://ancien.example, ${former}` }

const portion = (site: TestSite, fix: boolean) =>
  updateAddresses(env.DB, site.ports.config.site, { after: 0, last: 1000, fix })

describe('addresses of the site itself', () => {
  test('are stored as paths, and every answer has them absolute', async () => {
    const site = await openSite(settings)
    await site.put('a', article(present))
    const { json } = (await stored()) ?? { json: '' }
    expect(JSON.parse(json)).toMatchObject({
      html: `<p><a href="/sections/monde">Monde</a> href="/x"</p><img src="/media/a.jpg" srcset="/media/a.jpg 1x, /media/b.jpg 2x">`,
      image: { url: '/media/a.jpg' },
      attachments: [{ url: '/media/a.mp3' }],
    })
    for (const [path, status, , text] of await answersOf(site)) {
      expect([path, status]).toEqual([path, 200])
      expect(text, path).not.toMatch(/(?:href|src|url)=(?:"|&quot;|&#34;)\/media/)
    }
    const shown = (await (await site.call('GET', '/api/articles/a')).json()) as { html: string }
    expect(shown.html).toBe(article(present).html)
    const { articles } = (await (await site.call('GET', '/api/articles')).json()) as { articles: object[] }
    expect(articles).toEqual([shown])
  })

  test('the API gives an article another ETag if the addresses in it change without a save', async () => {
    await (await openSite(settings)).put('a', article(former))
    const read = (site: TestSite, headers = {}) => site.call('GET', '/api/articles/a', undefined, headers)
    const before = await read(await openSite(settings))
    const etag = before.headers.get('ETag') ?? ''
    const moved = await openSite(movedSettings)
    const after = await read(moved, { 'If-None-Match': etag })
    expect(after.status).toBe(200)
    expect(await after.text()).not.toBe(await before.text())
    const held = after.headers.get('ETag') ?? ''
    expect((await read(moved, { 'If-None-Match': held })).status).toBe(304)
    const body = article(former)
    expect((await moved.call('PUT', '/api/articles/a', body, { 'If-Match': etag })).status).toBe(412)
    expect((await moved.call('PUT', '/api/articles/a', body, { 'If-Match': held })).status).toBe(200)
  })

  test('an article that a client or a backup sends back is unchanged', async () => {
    const site = await openSite(settings)
    await site.put('a', article(present))
    for (const path of ['/api/articles', '/api/articles?form=stored']) {
      const { articles } = (await (await site.call('GET', path)).json()) as { articles: [{ html: string }] }
      expect(articles[0].html.includes('src="/media/a.jpg"'), path).toBe(path.endsWith('stored'))
      const again = await site.call('PUT', '/api/articles/a', articles[0])
      expect(again.headers.get('Kiosque-Saved'), path).toBe('unchanged')
    }
    expect((await site.call('GET', '/api/articles?form=raw')).status).toBe(400)
  })

  test('an article stored by an earlier version is unchanged if it is sent again, and keeps its bytes when it is rewritten', async () => {
    const site = await openSite(settings)
    await site.put('a', article(present))
    await storeAs(present)
    const before = await answersOf(await openSite(settings))
    expect((await site.put('a', article(present))).headers.get('Kiosque-Saved')).toBe('unchanged')
    const old = await stored()
    expect(await portion(site, false)).toEqual(['a'])
    expect(await stored()).toEqual(old)
    for (const range of [
      { after: 1, last: 1000 },
      { after: 0, last: 0 },
    ]) {
      const found = await updateAddresses(env.DB, site.ports.config.site, { ...range, fix: true })
      expect(found, JSON.stringify(range)).toEqual([])
    }
    expect(await site.ports.examine(0, false)).toMatchObject({
      findings: [{ check: 'addresses', table: 'article', id: 'a' }],
    })
    expect(await site.ports.examine(0, true)).toMatchObject({ findings: [], corrected: [{ id: 'a' }] })
    expect(await portion(site, true)).toEqual([])
    const now = await stored()
    expect(now?.revision).toBe(old?.revision)
    expect(now?.json).not.toContain(`${present}/media`)
    expect(await answersOf(await openSite(settings))).toEqual(before)
  })

  test('after a move, no answer names the former site, with the former addresses and after they are rewritten', async () => {
    const site = await openSite(settings)
    await site.put('a', article(present))
    const wanted = await answersOf(await openSite(movedSettings))
    await storeAs(former)
    const unset = await answersOf(await openSite(settings))
    expect(unset.some(([, , , text]) => text.includes(`${former}/media`))).toBe(true)
    const moved = await openSite(movedSettings)
    const answers = await answersOf(moved)
    expect(answers).toEqual(wanted)
    expect(JSON.stringify(answers)).not.toContain(former)
    const revision = (await stored())?.revision
    await portion(moved, true)
    expect((await stored())?.revision).toBe(revision)
    expect((await stored())?.json).not.toContain(former)
    expect(await answersOf(await openSite(movedSettings))).toEqual(answers)
  })

  test('a store that moves to another address moves whole', async () => {
    await (await openSite(settings)).put('a', article(present))
    const moved = await openSite(
      { ...settings, SITE_URL: 'https://neuf.example' },
      'd2d2d2d2',
      start + 60_000,
    )
    for (const path of ['/feed.rss', '/feed.json', '/articles/a']) {
      const text = await (await moved.get(path)).text()
      expect(text, path).toContain('https://neuf.example/media/b.jpg')
      expect(text, path).not.toContain(`${present}/media`)
    }
  })

  test('articles that are too many or too long to be read at once are all reached', async () => {
    const site = await openSite(settings)
    const lines = Array.from({ length: 110 }, (_, at) =>
      JSON.stringify({ title: `A${at}`, slug: `b${at}`, text: 'b' }),
    )
    const type = { 'Content-Type': 'application/x-ndjson' }
    await (await site.call('POST', '/api/articles', lines.join('\n'), type)).arrayBuffer()
    for (const sql of [
      `UPDATE article SET json = json_set(json, '$.image', json_object('url', '${present}/i.jpg')) WHERE number <> 7`,
      `UPDATE article SET json = json_set(json, '$.html', hex(zeroblob(450000))) WHERE number <= 10`,
      `UPDATE article SET json = json_remove(json, '$.title') WHERE number = 20`,
    ])
      await env.DB.prepare(sql).run()
    let portions = 0
    for (let after: number | undefined = 0; after !== undefined; portions++) {
      const { next }: Examination = await site.ports.examine(after, true)
      after = next
    }
    // Two portions of five long articles each, and a portion with the short ones.
    expect(portions).toBe(3)
    const left = await env.DB.prepare(
      `SELECT count(*) AS left FROM article WHERE number <> 20 AND json LIKE '%kiosque.example/i.jpg%'`,
    ).first()
    expect(left).toEqual({ left: 0 })
  })
})

test('an article that is saved while addresses are rewritten keeps the save', async () => {
  const site = await openSite(settings)
  await site.put('a', article(present))
  await storeAs(present)
  const former = (await stored())?.revision
  let calls = 0
  const database = withCalls(env.DB, async () => {
    if (++calls === 2) await site.put('a', { ...article(present), title: 'Corrigé' })
  })
  await updateAddresses(database, site.ports.config.site, { after: 0, last: 1000, fix: true })
  expect(calls).toBeGreaterThan(1)
  const row = await stored()
  expect(row?.revision).toBeGreaterThan(former ?? 0)
  expect(row?.json).toContain('"Corrigé"')
})
