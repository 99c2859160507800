import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import type { Examination } from '../../src/domain/doctor.ts'
import { formatNames } from '../../src/domain/format.ts'
import { maxLines } from '../../src/domain/limits.ts'
import { hashOf } from '../../src/http/token.ts'
import { fillCodes } from '../../src/read/short-link.ts'
import { examined as examinedTables, ofArticle } from '../../src/store/bad-columns.ts'
import { notifyTables } from '../../src/store/notify/doctor.ts'
import { takeInvocations } from './meter.ts'
import { openSite, slugsIn, type TestSite, token } from './site.ts'

const open = async () => openSite({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
const plant = (sql: string) => env.DB.prepare(sql).run()
const setField = (slug: string, field: string, value: string) =>
  plant(`UPDATE article SET json = json_set(json, '$.${field}', ${value}) WHERE slug = '${slug}'`)

const examined = async (site: TestSite, method = 'GET'): Promise<Examination> =>
  (await site.call(method, '/api/doctor')).json()

/** Faults of an article's JSON: the field, SQL for its wrong value, and the field that the reason names. */
const faults: [field: string, value: string, named: string][] = [
  ['note', 'NULL', 'note'],
  ['section', 'NULL', 'section'],
  ['tags', `'x'`, 'tags'],
  ['tags', `json('[1]')`, 'tags.0'],
  ['language', `'fr_CA'`, 'language'],
  ['language', `'français'`, 'language'],
  ['source', `json('{}')`, 'source.name'],
  ['source', `json('{"name":1}')`, 'source.name'],
  ['rights.copyright', '1', 'rights.copyright'],
  ['rights.license', '1', 'rights.license'],
  ['url', '1', 'url'],
  // A header with this address could not be sent.
  ['url', `'https://autre.example/' || char(10) || 'a'`, 'url'],
  ['image', `json('{"url":"/a.jpg","alt":1}')`, 'image.alt'],
  ['image', `json('{"url":"/a.jpg","credit":1}')`, 'image.credit'],
  ['attachments', `json('[{"url":"/a.mp3","type":"audio/mpeg","title":1}]')`, 'attachments.0.title'],
  ['authors', `json('[{"name":"Kim","url":1}]')`, 'authors.0.url'],
  ['expires', `'demain'`, 'expires'],
  ['title', 'NULL', 'title'],
  // Half of a surrogate pair, which no address can contain.
  ['slug', `json('"\\ud800"')`, 'slug'],
]

const addresses = [
  ...[
    '/',
    '/sections/monde',
    '/feeds',
    '/feeds.opml',
    '/sitemap.xml',
    '/sitemap-news.xml',
    '/sitemap-2024-06-1.xml',
  ],
  ...formatNames.flatMap((format) => [`/feed.${format}`, `/archive/2024/06/1/feed.${format}`]),
]

describe('an article whose JSON is bad', () => {
  test('is left out of every list, which goes on; the log names its id once', async () => {
    const site = await open()
    const common = { section: 'Monde', tags: ['Été'], authors: ['Kim'] }
    await site.put('bon', common)
    for (const at of faults.keys()) await site.put(`a${at}`, common)
    for (const [at, [field, value]] of faults.entries()) await setField(`a${at}`, field, value)
    site.wait(2000)
    for (const address of addresses) expect((await site.get(address)).status, address).toBe(200)
    expect(await slugsIn(await site.get('/feed.json'))).toEqual(['bon'])
    expect(site.logged.filter((event) => event === 'bad-row')).toHaveLength(faults.length)
    const list = (await (await site.call('GET', '/api/articles')).json()) as { bad: { field: string }[] }
    expect(list.bad.map(({ field }) => field).sort()).toEqual(faults.map(([, , named]) => named).sort())
    const { findings } = await examined(site)
    expect(findings.map(({ reason }) => reason.split(':')[0]).sort()).toEqual(
      faults.map(([, , named]) => named).sort(),
    )
  })

  test('the API names the reason, and a page does not say that the article does not exist', async () => {
    const site = await open()
    await site.put('a')
    await setField('a', 'note', 'NULL')
    for (const address of ['/api/articles/a', '/articles/a', '/articles/a/feed.rss']) {
      const response = await site.call('GET', address)
      expect(response.status, address).toBe(500)
      expect(await response.json(), address).toMatchObject({
        issues: [{ field: 'note', reason: 'must be a text' }],
      })
    }
  })

  test('PUT by slug replaces it, and its id and date stay', async () => {
    const site = await open()
    const before = (await (await site.put('a')).json()) as Record<string, unknown>
    await setField('a', 'note', 'NULL')
    site.wait(5000)
    const put = await site.put('a')
    expect(put.headers.get('Kiosque-Saved')).toBe('replaced')
    expect(await put.json()).toMatchObject({ id: before.id, published: before.published })
    expect(await slugsIn(await site.get('/feed.json'))).toEqual(['a'])
    expect((await examined(site)).findings).toEqual([])
  })

  test('PUT by slug also mends a slug in the JSON that no address can contain', async () => {
    const site = await open()
    await site.put('a')
    await setField('a', 'slug', `json('"\\ud800"')`)
    expect(await (await site.put('a')).json()).toMatchObject({ slug: 'a' })
    expect((await examined(site)).findings).toEqual([])
  })

  test('PUT with the ETag of another save is refused', async () => {
    const site = await open()
    const { headers } = await site.put('a')
    await site.put('a', { title: 'Autre' })
    await setField('a', 'note', 'NULL')
    const body = { title: 'Encore', text: 'Un paragraphe.' }
    const call = (etag: string) => site.call('PUT', '/api/articles/a', body, { 'If-Match': etag })
    expect((await call(headers.get('ETag') ?? '')).status).toBe(412)
    expect((await call('*')).status).toBe(200)
  })

  test('DELETE by slug withdraws it, or deletes it if it never was public', async () => {
    const site = await open()
    await site.put('a')
    await site.put('b', { status: 'draft' })
    await setField('a', 'rights', '1')
    await setField('b', 'title', 'NULL')
    for (const [slug, saved] of [
      ['a', 'withdrawn'],
      ['b', 'deleted'],
    ]) {
      const response = await site.call('DELETE', `/api/articles/${slug}`)
      expect([response.status, response.headers.get('Kiosque-Saved')], slug).toEqual([204, saved])
    }
    site.wait(2000)
    expect((await site.get('/articles/a')).status).toBe(410)
    expect(await (await site.get('/feed.atom')).text()).toContain('at:deleted-entry')
    expect((await examined(site)).findings).toEqual([])
  })
})

test('a rename names a bad row, and is completed when the article is saved again', async () => {
  const site = await open()
  const rename = () => site.call('PUT', '/api/sections/monde', { name: 'Planète' })
  await site.put('bon', { section: 'Monde' })
  await site.put('prevu', { section: 'Monde', status: 'draft' })
  await setField('prevu', 'note', 'NULL')
  const refused = await rename()
  expect([refused.status, await refused.text()]).toEqual([
    500,
    expect.stringContaining('article \\"prevu\\": note'),
  ])
  await setField('bon', 'note', 'NULL')
  expect((await rename()).status).toBe(500)
  for (const slug of ['bon', 'prevu']) await site.put(slug, { section: 'Monde' })
  expect((await rename()).status).toBe(200)
  expect(await slugsIn(await site.get('/sections/planete/feed.json'))).toEqual(['prevu', 'bon'])
})

test('a scheduled article whose list of selections is bad comes out in all of them', async () => {
  const site = await open()
  await site.put('bon', { section: 'Monde' })
  await site.put('prevu', { section: 'Monde', embargo: '2024-06-19T17:00:00Z' })
  await plant(`UPDATE article SET selections = '{', filed = '{' WHERE slug = 'prevu'`)
  site.at('2024-06-19T17:00:01Z')
  for (const path of ['', '/sections/monde']) {
    expect((await slugsIn(await site.get(`${path}/feed.json`))).sort(), path).toEqual(['bon', 'prevu'])
  }
  expect((await site.put('prevu', { section: 'Monde' })).status).toBe(200)
  expect((await site.call('DELETE', '/api/articles/prevu')).status).toBe(204)
})

test('a draft whose list of sections and tags is bad can be saved again, and listed once', async () => {
  const site = await open()
  const draft = { status: 'draft', section: 'Monde', tags: ['Été'] }
  await site.put('a', draft)
  await plant(`UPDATE article SET filed = '{'`)
  expect((await site.put('a', { ...draft, title: 'Autre' })).status).toBe(200)
  const list = (await (await site.call('GET', '/api/articles?section=monde&tag=ete')).json()) as {
    articles: { title: string }[]
  }
  expect(list.articles.map(({ title }) => title)).toEqual(['Autre'])
})

test('an article is added to an archive whose list of articles is empty', async () => {
  const site = await open()
  await site.put('a')
  await site.call('DELETE', '/api/articles/a')
  await plant(`UPDATE archive SET articles = '[]'`)
  await site.put('b')
  const articles = await env.DB.prepare(`SELECT articles FROM archive WHERE selection = ''`).first('articles')
  expect(articles).toBe('[2]')
})

test('a feed whose number of articles is bad keeps its ETag and its bytes', async () => {
  const reopened = () => openSite({ FEED_LENGTH: '2' })
  const site = await reopened()
  for (const slug of ['a', 'b', 'c']) await site.put(slug)
  const read = async (feed: Response) => [feed.headers.get('ETag'), await feed.text()]
  const before = await read(await (await reopened()).get('/feed.atom'))
  await plant(`UPDATE selection SET size = 'x' WHERE path = ''`)
  expect(await read(await (await reopened()).get('/feed.atom'))).toEqual(before)
})

test('each bad column of an article is named with what it must be', async () => {
  const site = await open()
  await site.put('a', { section: 'Monde' })
  await plant(
    "UPDATE article SET selections = '5', filed = '{', published = 'x', appears = 'x', expires = 'x' WHERE slug = 'a'",
  )
  const { findings } = await examined(site)
  expect(findings.map(({ id, reason }) => `${id} ${reason}`)).toEqual([
    'a selections: must be a JSON object, the title of each selection of the article by path',
    'a filed: must be a JSON list, the paths of the article’s section, tags and authors',
    'a published: must be an integer, the date of publication',
    'a appears: must be an integer, the instant from which the article is public, or null',
    'a expires: must be an integer, the instant from which the article is no longer public, or null',
  ])
  const { corrected } = await examined(site, 'POST')
  expect(corrected?.map(({ reason }) => reason)).toEqual(findings.map(({ reason }) => reason))
})

test('an article whose JSON has another slug or id than its row is named, and a save mends it', async () => {
  for (const field of ['slug', 'id']) {
    const site = await open()
    await site.put('a')
    await setField('a', field, `'autre'`)
    const reason = `${field}: must be the same in the column and in the JSON, which has "autre"`
    expect((await examined(site)).findings, field).toMatchObject([{ table: 'article', id: 'a', reason }])
    expect((await site.put('a')).status, field).toBe(200)
    expect((await examined(site)).findings, field).toEqual([])
  }
})

test('a bad code of a short link is removed, and cron computes it again', async () => {
  const site = await open()
  await site.put('a')
  const read = () => env.DB.prepare('SELECT code FROM article').first('code')
  const before = await read()
  await plant("UPDATE article SET code = x'00'")
  expect((await examined(site, 'POST')).corrected).toMatchObject([
    { id: 'a', reason: expect.stringMatching(/^code: /) },
  ])
  await fillCodes(site.ports.shorts)
  expect(await read()).toBe(before)
})

test('each rule for a column is valid SQL, and names its column', async () => {
  await open()
  for (const { table, id, rules } of [
    ...examinedTables,
    ...notifyTables,
    { table: 'article', id: 'slug', rules: ofArticle },
  ]) {
    const { results } = await env.DB.prepare('SELECT name FROM pragma_table_info(?1)')
      .bind(table)
      .all<{ name: string }>()
    for (const { column, isBad, must } of rules) {
      expect(
        results.map(({ name }) => name),
        table,
      ).toContain(column)
      expect(must, column).toMatch(/^must be /)
      await env.DB.prepare(`SELECT ${id} FROM ${table} WHERE ${isBad}`).all()
    }
  }
})

test('a bad article that is not public answers 404, like any other that is not public', async () => {
  const site = await open()
  await site.put('public')
  await site.put('brouillon', { status: 'draft' })
  await site.put('retire')
  await site.call('DELETE', '/api/articles/retire')
  for (const slug of ['public', 'brouillon', 'retire']) await setField(slug, 'note', 'NULL')
  const statuses = ['public', 'brouillon', 'retire'].flatMap((slug) =>
    [`/articles/${slug}`, `/articles/${slug}/feed.atom`].map(async (path) => (await site.get(path)).status),
  )
  expect(await Promise.all(statuses)).toEqual([500, 500, 404, 404, 404, 404])
})

/** Columns that `doctor --fix` computes again. */
const spoilt = [
  `UPDATE selection SET newest = '{' WHERE path = ''`,
  `UPDATE selection SET tombstones = '{' WHERE path = ''`,
  `UPDATE selection SET revision = 0 WHERE path = ''`,
  `UPDATE selection SET revision = NULL WHERE path = 'sections/monde'`,
  `UPDATE selection SET size = 'x' WHERE path = ''`,
  `UPDATE selection SET latest = 'x' WHERE path = ''`,
  `UPDATE selection SET due = 'x' WHERE path = ''`,
  `UPDATE archive SET articles = '{' WHERE selection = 'sections/monde'`,
  `UPDATE sitemap_year SET revised = '{'`,
  `UPDATE article SET selections = '5' WHERE slug = 'a'`,
  `UPDATE article SET filed = '{' WHERE slug = 'a'`,
  `UPDATE article SET expires = 'x' WHERE slug = 'a'`,
  `UPDATE article SET shown = 'x' WHERE slug = 'a'`,
  `UPDATE article SET was_shown = 'x' WHERE slug = 'a'`,
  `UPDATE article SET revision = 'x' WHERE slug = 'a'`,
  `UPDATE selection SET shown = 'x' WHERE path = 'sections/monde'`,
  `UPDATE archive SET earlier = 'x' WHERE selection = '' AND earlier IS NOT NULL`,
  `UPDATE archive SET later = 'x' WHERE selection = '' AND later IS NOT NULL`,
  `UPDATE site SET due = 'x'`,
]

test.for(spoilt)('%s: doctor reports it, and --fix restores the same value', async (sql) => {
  const site = await open()
  const common = { section: 'Monde', expires: '2030-01-01T00:00:00Z' }
  await site.put('c', { published: '2024-05-01T00:00:00Z' })
  await site.put('b', common)
  await site.put('a', common)
  await site.call('DELETE', '/api/articles/b')
  const [, table = '', column = ''] = /UPDATE (\w+) SET (\w+)/.exec(sql) ?? []
  const read = () => env.DB.prepare(`SELECT ${column} FROM ${table}`).raw()
  const before = await read()
  await plant(sql)
  const { findings, corrected } = await examined(site)
  expect(findings).toMatchObject([{ table, reason: expect.stringMatching(`^${column}: must be`) }])
  expect(corrected).toBeUndefined()
  const found = findings.map(({ remedy: _, ...rest }) => rest)
  expect(await examined(site, 'POST')).toEqual({ findings: [], corrected: found })
  expect(await read()).toEqual(before)
})

test('the remedy for a column that no other row contains works on a deployed Kiosque', async () => {
  const site = await open()
  await plant("UPDATE selection SET revised = 'bad'")
  const { findings } = await examined(site)
  expect(findings).toMatchObject([
    { remedy: expect.stringContaining('wrangler d1 execute DB` (with `--remote`') },
  ])
})

test.for(['0', '-1', 'NULL'])(
  'the revision %s of the selection of all articles hides nothing',
  async (revision) => {
    const site = await open()
    await site.put('un', { section: 'Monde' })
    await plant(`UPDATE selection SET revision = ${revision} WHERE path = ''`)
    site.wait(2000)
    for (const address of addresses) expect((await site.get(address)).status, address).toBe(200)
  },
)

async function saveMany(site: TestSite, count: number): Promise<void> {
  const articles = Array.from({ length: count }, (_, at) =>
    JSON.stringify({ slug: `a${at}`, title: 'Un', text: 'Un.' }),
  )
  for (let at = 0; at < count; at += maxLines) {
    const lines = articles.slice(at, at + maxLines).join('\n')
    const answer = await site.call('POST', '/api/articles', lines, { 'Content-Type': 'application/x-ndjson' })
    await answer.arrayBuffer()
  }
}

test('doctor corrects all articles of a portion in a few statements', async () => {
  const site = await open()
  await saveMany(site, 500)
  const stored = () =>
    env.DB.prepare('SELECT number, json, selections, filed, published, appears FROM article').all()
  const right = (await stored()).results
  const link = String.raw`<a href=\"https://kiosque.example/a\">Un.</a>`
  await plant(
    `UPDATE article SET selections = '5', appears = 'x', json = replace(json, '<p>Un.', '<p>${link}')`,
  )
  takeInvocations()
  const { corrected, findings } = await examined(site, 'POST')
  const [{ statements = 0 } = {}] = takeInvocations()
  expect(statements).toBeGreaterThan(10)
  expect(statements).toBeLessThan(100)
  expect([corrected?.length, findings]).toEqual([1500, []])
  const relative = String.raw`<a href=\"/a\">Un.</a>`
  expect((await stored()).results).toEqual(
    right.map((row) => ({ ...row, json: String(row.json).replace('<p>Un.', `<p>${relative}`) })),
  )
})

test('doctor examines every article, in portions', async () => {
  const site = await open()
  await saveMany(site, 501)
  await setField('a500', 'note', 'NULL')
  const first = (await (await site.call('GET', '/api/doctor')).json()) as {
    findings: unknown[]
    next: string
  }
  expect(first.findings).toEqual([])
  expect(await (await site.call('GET', first.next)).json()).toMatchObject({ findings: [{ id: 'a500' }] })
})

test('a change that is due for long, and an effect that waits for long, are named', async () => {
  const site = await open()
  await site.put('un', { embargo: '2024-06-19T16:30:00Z', section: 'Monde' })
  await plant(
    "INSERT INTO effect (effect, revision, paths, attempts, next) VALUES ('purge', 1718812800407, '[]', 3, 1718812900000)",
  )
  site.at('2024-06-19T16:40:00Z')
  expect((await examined(site)).findings.filter(({ check }) => check === 'scheduled changes')).toEqual([])
  site.at('2024-06-19T16:40:01Z')
  const { findings } = await examined(site)
  expect(findings.map(({ check, id }) => [check, id])).toEqual(
    expect.arrayContaining([
      ['scheduled changes', ''],
      ['scheduled changes', 'sections/monde'],
      ['effects', '1718812800407'],
    ]),
  )
})

test('a `due` that belongs to no scheduled change costs no feed its validators, and is mended', async () => {
  const site = await open()
  await site.put('un')
  await plant("UPDATE selection SET due = 1718812800000 WHERE path = ''")
  site.wait(60_000)
  expect((await site.get('/feed.rss')).headers.get('ETag')).toBeTruthy()
  expect((await examined(site)).findings).toMatchObject([{ check: 'derived columns', id: '' }])
  expect((await examined(site, 'POST')).findings).toEqual([])
})
