import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { everyAddress } from '../../scripts/every-address.ts'
import { readBackup } from '../../src/cli/backup.ts'
import type { BackupState } from '../../src/domain/backup.ts'
import { openSmall, restoreInto, settings, sourceOf, targetOf } from './backups.ts'
import { emptyDatabase, prepareDatabase } from './database.ts'
import { openHub, textOf } from './hub-site.ts'
import { slugsIn, start, type TestSite } from './site.ts'

const hour = 3_600_000
const day = 24 * hour

/** A site on which everything has happened that can happen to articles, sections, tags and authors. */
async function livedSite() {
  const site = await openSmall()
  const body = (at: number) => ({
    title: `Article ${at}`,
    text: `Le corps de l’article ${at}.`,
    section: ['monde', 'Monde', 'Sport'][at % 3],
    tags: at % 2 ? ['Été', 'Marché'] : ['ete'],
    authors: [`Auteur ${at % 5}`],
    published: `2024-0${1 + (at % 6)}-${String(10 + (at % 3)).padStart(2, '0')}T12:00:00Z`,
  })
  for (let at = 0; at < 14; at++) {
    site.wait(1000)
    await site.put(`a${at}`, body(at))
  }
  await site.put('brouillon', { status: 'draft', section: 'Inédit' })
  await site.put('supprime', { status: 'draft' })
  await site.call('DELETE', '/api/articles/supprime')
  await site.put('embargo', { embargo: '2024-06-25T12:00:00Z', section: 'Secret', tags: ['ETE'] })
  await site.put('embargo2', { embargo: '2024-06-25T12:00:00Z', section: 'SECRET' })
  await site.put('expire', { expires: '2024-06-20T12:00:00Z', section: 'Monde' })
  await site.put('expirera', { expires: '2024-06-27T12:00:00Z', section: 'Monde' })
  await site.put('jour', { published: '2024-06-10T12:00:00Z', dayOnly: ['published'] })
  await site.put('prive', { section: 'Monde', rights: { syndicate: 'none' } })
  await site.put('signes', {
    section: 'Canal+',
    tags: ['C', 'C++', 'C#', '.NET', 'Net', '★'],
    authors: ['🎉'],
  })
  await site.put('signes-ebauches', { status: 'draft', section: 'Canal', tags: ['.Net!', 'Net?'] })
  for (const at of [3, 7, 13]) {
    site.wait(hour)
    await site.put(`a${at}`, { ...body(at), note: 'Une correction.', title: `Corrigé ${at}` })
  }
  await site.put('a5', { ...body(5), published: '2019-01-01T00:00:00Z' })
  await site.put('a6', { ...body(6), section: 'Monde' })
  for (const at of [8, 9, 12]) await site.call('DELETE', `/api/articles/a${at}`)
  await site.call('DELETE', '/api/articles/expirera')
  await site.put('a9', { ...body(9), status: 'withdrawn', title: 'Retiré et corrigé' })
  await site.put('renomme', { ...body(10), id: 'urn:x:1' })
  await site.put('renomme-deux', { ...body(10), id: 'urn:x:1' })
  site.wait(hour)
  await site.call('PUT', '/api/sections/sport', { name: 'Sports et loisirs' })
  await site.call('PUT', '/api/tags/marche', { name: 'Marchés' })
  await site.call('PUT', '/api/tags/c-sharp', { name: 'C Sharp' })
  await site.call('POST', '/api/paths', { paths: [{ path: 'tags/vide', title: 'Vide' }] })
  site.wait(2 * day)
  await site.put('dernier', { section: 'Monde' })
  site.wait(hour)
  return site
}

const first = [
  ...['/', '/feeds', '/feeds.opml', '/sitemap.xml', '/feed.rss', '/feed.atom', '/feed.json'],
  ...['/sections/monde', '/feed.atom?section=monde&tag=ete', '/feed.rss?before=1718000000000.60'],
  ...['/articles/a8', '/articles/embargo', '/articles/brouillon', '/articles/supprime', '/articles/expire'],
  ...[
    '/articles/renomme',
    '/sections/sport/feed.rss',
    '/sections/secret',
    '/tags/vide/feed.json',
    '/articles/prive',
  ],
]

/** The lists for editors by section and tag, which also have the articles that are not public. */
async function listsOf(site: TestSite): Promise<string[]> {
  const filters = ['section=inedit', 'section=secret', 'tag=ete&status=scheduled', 'status=withdrawn']
  const lists: string[] = []
  for (const filter of filters)
    lists.push(`${filter} ${await (await site.call('GET', `/api/articles?${filter}`)).text()}`)
  return lists
}

/** The paths of an article's names that differ from the slugs of the names. */
async function keysOf(site: TestSite, slug: string): Promise<unknown> {
  const list = await (await site.call('GET', '/api/articles?form=stored')).json()
  return (list as { articles: { slug: string; keys?: unknown }[] }).articles.find((one) => one.slug === slug)
    ?.keys
}

const answersOf = (site: TestSite) => everyAddress((path) => site.get(path), first)

/** Empties the database, and opens a site on it at the same time. */
async function emptySite(at: number): Promise<TestSite> {
  await emptyDatabase()
  await prepareDatabase()
  return openSmall(at)
}

describe('a backup', () => {
  test('restored into an empty store, answers every address with the same bytes and ETag', async () => {
    const site = await livedSite()
    const before = await answersOf(site)
    const listed = await listsOf(site)
    expect(listed.join()).toContain('"brouillon"')
    const { lines, bad } = await readBackup(sourceOf(site))
    expect(bad).toEqual([])
    const other = await emptySite(site.ports.clock() + 5000)
    const { tally, refused } = await restoreInto(other, lines)
    expect(refused).toEqual([])
    expect(Object.keys(tally)).toEqual(['restored'])
    other.wait(5000)
    const after = await answersOf(other)
    expect(after.size).toBe(before.size)
    expect(before.size).toBeGreaterThan(150)
    for (const [path, answer] of before) expect([path, after.get(path)]).toEqual([path, answer])
    expect((await readBackup(sourceOf(other))).lines).toEqual(lines)
    expect(await listsOf(other)).toEqual(listed)
    // The names have the keys of the former store, also a name that a rename has replaced and the names of a draft.
    const signs = ['C#', 'C sharp', 'Net!', 'Net?', 'Net', '.net', '★', 'C+']
    await other.put('signes-encore', { tags: signs, section: 'canal+' })
    expect(await keysOf(other, 'signes-encore')).toEqual([
      { path: 'sections/canal-plus', name: 'canal+' },
      { path: 'tags/c-sharp', name: 'C#' },
      { path: 'tags/net-5', name: 'Net!' },
      { path: 'tags/net-4', name: 'Net?' },
      { path: 'tags/net-2', name: 'Net' },
      { path: 'tags/u2605', name: '★' },
      { path: 'tags/c-plus', name: 'C+' },
    ])
    // A draft that was never public is deleted, and its address does not say that there was an article.
    const removed = await other.call('DELETE', '/api/articles/brouillon')
    expect(removed.headers.get('Kiosque-Saved')).toBe('deleted')
    expect((await other.get('/articles/brouillon')).status).toBe(404)
  })
})

/** A small site, and its backup. */
async function smallBackup() {
  const site = await openSmall()
  for (let at = 0; at < 12; at++) {
    site.wait(1000)
    await site.put(`a${at}`, { section: 'Monde', tags: ['Été'], published: '2024-05-01T00:00:00Z' })
  }
  await site.put('embargo', { section: 'Monde', embargo: '2024-06-21T00:00:00Z' })
  site.wait(hour)
  await site.call('DELETE', '/api/articles/a3')
  site.wait(hour)
  const { lines } = await readBackup(sourceOf(site))
  return { lines, site, now: site.ports.clock() }
}

const feedOf = async (site: TestSite) => {
  const feed = await site.get('/feed.rss')
  return { etag: feed.headers.get('ETag'), text: await feed.text() }
}

const stateOf = ([header]: readonly object[]) => header as BackupState & { kind: string }

/** Begins to import a backup, of which no line is imported yet. */
async function beginImport(site: TestSite, lines: readonly object[]) {
  const [target, state] = [targetOf(site), stateOf(lines)]
  expect(await target.open(state)).toBe(true)
  return { target, state }
}

const tagsOf = async (site: TestSite) => {
  const tags: string[] = []
  for (const path of ['/feed.rss', '/sections/monde/feed.atom', '/tags/ete', '/archive/2024/05/1/feed.json'])
    tags.push((await site.get(path)).headers.get('ETag') ?? '')
  return tags
}

describe('an import into an empty store', () => {
  test('that was interrupted, is completed by the same import', async () => {
    const { lines, site, now } = await smallBackup()
    const tags = await tagsOf(site)
    const other = await emptySite(now)
    const { target, state } = await beginImport(other, lines)
    await target.restore(state, lines.slice(1, 8))
    const { tally, refused } = await restoreInto(other, lines)
    expect([refused, tally]).toEqual([[], { unchanged: 6, restored: expect.any(Number) }])
    expect(await tagsOf(other)).toEqual(tags)
    expect((await readBackup(sourceOf(other))).lines).toEqual(lines)
  })

  test('shows no selection with an ETag of the backup before it is complete, and takes no other save', async () => {
    const { lines, site, now } = await smallBackup()
    const tags = await tagsOf(site)
    const other = await emptySite(now)
    const { target, state } = await beginImport(other, lines)
    const seen = new Set<string>()
    for (const line of lines.slice(1)) {
      await target.restore(state, [line])
      // Another isolate, whose memory has no earlier answer.
      const front = await (await openSmall(now)).get('/feed.rss?before=9999999999999.9')
      const tag = `${front.headers.get('ETag')} ${(await front.text()).match(/<guid/g)?.length ?? 0}`
      seen.add(tag)
      const what = JSON.stringify(line)
      expect(tags, what).not.toContain((await other.get('/feed.rss')).headers.get('ETag'))
      expect((await other.get('/sections/monde/feed.atom')).status, what).toBe(404)
    }
    const etags = [...seen].map((tag) => tag.split(' ')[0])
    expect(seen.size).toBeGreaterThan(5)
    expect(etags).toHaveLength(new Set(etags).size)
    const refused = await other.put('neuf')
    expect([refused.status, refused.headers.has('Retry-After')]).toEqual([503, true])
    expect(await refused.text()).toContain('the import of a backup is not complete')
    const { findings } = await other.ports.examine(0, false)
    expect(findings.map(({ check }) => check)).toEqual(['import'])
    await expect(readBackup(sourceOf(other))).rejects.toThrow(
      'Cannot export: the import of a backup is not complete',
    )
    other.wait(5 * day)
    expect(await other.ports.store.release()).toEqual([])
    expect(await target.complete(state, true)).toBe(true)
    expect((await other.put('neuf')).status).toBe(201)
    expect((await other.get('/articles/embargo')).status).toBe(200)
  })

  test('answers no date from before the import with 304 while it lasts', async () => {
    const { lines, now } = await smallBackup()
    const other = await emptySite(now)
    await other.get('/feed.rss')
    other.wait(day)
    // A correction that the backup lacks: the former store sent this date with it.
    const held = new Date(now + hour).toUTCString()
    const state = stateOf(lines)
    await targetOf(other).open(state)
    await targetOf(other).restore(state, lines.slice(1))
    other.wait(5000)
    for (const path of ['/feed.rss', '/articles/a1'])
      expect((await other.get(path, { 'If-Modified-Since': held })).status, path).toBe(200)
  })

  test('gives every later save a higher revision, and every answer a date of the import or later', async () => {
    const { lines, now } = await smallBackup()
    const other = await emptySite(now + day)
    await restoreInto(other, lines)
    const began = other.ports.clock()
    other.wait(5000)
    for (const path of ['/feed.rss', '/sections/monde', '/articles/a1', '/archive/2024/05/1/feed.rss'])
      expect(Date.parse((await other.get(path)).headers.get('Last-Modified') ?? ''), path).toBeGreaterThan(
        began,
      )
    const state = await targetOf(other).state()
    expect(state.revision).toBe(stateOf(lines).revision)
    other.at(start - day)
    await other.put('neuf')
    expect((await targetOf(other).state()).revision).toBeGreaterThan(state.revision)
  })

  test('of a backup whose rows have the absolute addresses of an earlier version, keeps its ETags', async () => {
    const site = await openSmall()
    await site.put('un', { text: undefined, html: '<p><a href="/sections/monde">Monde</a></p>' })
    site.wait(hour)
    const sql = `UPDATE article SET json = replace(json, 'href=\\"/', 'href=\\"https://kiosque.example/')`
    await env.DB.prepare(sql).run()
    const { lines } = await readBackup(sourceOf(site))
    expect(JSON.stringify(lines)).toContain('https://kiosque.example/sections/monde')
    const { etag, text } = await feedOf(site)
    const other = await emptySite(site.ports.clock())
    const { tally, refused } = await restoreInto(other, lines)
    expect([refused, Object.keys(tally)]).toEqual([[], ['restored']])
    expect(await feedOf(other)).toEqual({ etag, text })
  })

  const incomplete: [what: string, why: string, change: (lines: object[]) => object[]][] = [
    [
      'a missing article',
      'lines refused: ',
      (lines) => lines.filter((line) => !('slug' in line && line.slug === 'a1')),
    ],
    [
      'an article that could not be exported',
      'lines refused: ',
      (lines) =>
        lines
          .filter((line) => !('slug' in line && line.slug === 'a1'))
          .map((line, at) => (at === 0 ? { ...line, articles: stateOf(lines).articles - 1 } : line)),
    ],
    [
      'a missing archive',
      'lines are missing that its first line counts',
      (lines) => lines.filter((line) => !('kind' in line && line.kind === 'archive')),
    ],
    ['a line of an unknown kind', 'lines refused: 1;', (lines) => [...lines, { kind: 'media', hash: 'x' }]],
    [
      'an article whose body is not clean',
      'articles stored in another form (cleaned): 1;',
      (lines) =>
        lines.map((line) =>
          'slug' in line && line.slug === 'a1' ? { ...line, html: '<p onclick="x">1</p>' } : line,
        ),
    ],
    [
      'an article that lacks a field',
      'articles stored in another form (cleaned): 1;',
      (lines) =>
        lines.map((line) => ('slug' in line && line.slug === 'a1' ? { ...line, authors: undefined } : line)),
    ],
  ]
  test.for(incomplete)('of a backup with %s gives new ETags, and says why', async ([, why, change]) => {
    const { lines, site, now } = await smallBackup()
    const tags = await tagsOf(site)
    const other = await emptySite(now)
    const { refused } = await restoreInto(other, change(lines))
    expect(refused.at(-1)).toContain('the backup is not complete: ')
    expect(refused.at(-1)).toContain(why)
    const after = await tagsOf(other)
    expect(after.filter((tag) => tags.includes(tag))).toEqual([])
    const archive = await other.get('/archive/2024/05/1/feed.json')
    expect(archive.status).toBe(200)
    expect((await other.get('/sections/monde')).status).toBe(200)
    expect((await other.put('neuf', { section: 'Monde' })).status).toBe(201)
  })

  test('is refused if anything was saved in the store', async () => {
    const { lines, site } = await smallBackup()
    const body = lines.map((line) => JSON.stringify(line)).join('\n')
    const answer = await site.call('POST', '/api/restore', body, { 'Content-Type': 'application/x-ndjson' })
    expect(answer.status).toBe(409)
    expect(await targetOf(site).open(stateOf(lines))).toBe(false)
    const other = await emptySite(site.ports.clock())
    await other.call('POST', '/api/paths', { paths: [{ path: 'tags/x', title: 'X' }] })
    expect(await targetOf(other).open(stateOf(lines))).toBe(false)
  })

  test('that nobody can complete, is ended by the command `restored`', async () => {
    const { lines, now } = await smallBackup()
    const other = await emptySite(now)
    const { target, state } = await beginImport(other, lines)
    await target.restore(state, lines.slice(1, 9))
    expect((await other.call('POST', '/api/restored')).status).toBe(200)
    expect((await other.put('neuf', { section: 'Monde' })).status).toBe(201)
    expect((await other.get('/sections/monde')).status).toBe(200)
  })
})

const effects = async () =>
  (await env.DB.prepare('SELECT effect, revision, paths, urgent FROM effect ORDER BY effect, revision').all())
    .results

describe('the effects of an import', () => {
  const ends: [what: string, change: (lines: object[]) => object[]][] = [
    ['a whole backup', (lines) => lines],
    ['an incomplete backup', (lines) => lines.filter((line) => !('slug' in line && line.slug === 'a1'))],
  ]
  test.for(ends)('of %s are one purge of all copies, and a delivery', async ([, change]) => {
    const { lines, now } = await smallBackup()
    await emptyDatabase()
    await prepareDatabase()
    const other = await openHub(await settings(), {}, now)
    await other.subscribe('/feed.json')
    other.calls.length = 0
    const { target, state } = await beginImport(other, lines)
    await target.restore(state, change(lines).slice(1))
    expect(await effects()).toEqual([])
    await other.sweep()
    expect([other.deliveries(), other.invalidated]).toEqual([[], []])
    const { kind: _, ...counts } = state
    expect((await other.call('POST', '/api/restore/complete', { ...counts, exact: true })).status).toBe(200)
    expect(other.invalidated).toEqual(['all'])
    const { revision } = await target.state()
    const front = await env.DB.prepare("SELECT revision FROM selection WHERE path = ''").first('revision')
    expect(await effects()).toEqual([
      { effect: 'purge', revision, paths: null, urgent: 1 },
      { effect: 'websub', revision: front, paths: '[""]', urgent: 0 },
    ])
    await other.drain()
    expect(other.deliveries()).toHaveLength(1)
    expect(textOf(other.deliveries()[0] as never)).toContain('/articles/a11')
    other.calls.length = 0
    await other.sweep()
    expect(other.deliveries()).toEqual([])
    await other.put('neuf', { section: 'Monde' })
    expect((await effects()).map(({ effect, paths }) => [effect, paths === null])).toEqual([
      ['purge', true],
      ['purge', false],
      ['websub', false],
    ])
  })

  test('a value that was written into another store by hand stops no save and no effect', async () => {
    const site = await openSmall()
    await site.put('un')
    for (const value of ["'x'", '7', '9e15', "x'00'"]) {
      await env.DB.batch([
        env.DB.prepare(`UPDATE site SET restoring = ${value}`),
        env.DB.prepare("INSERT OR IGNORE INTO restoring VALUES ('', 1, 1, 1, 1, 1, 1)"),
        env.DB.prepare('DELETE FROM effect'),
      ])
      site.wait(1000)
      expect((await site.put('un', { title: `Titre ${value}` })).status, value).toBe(200)
      expect(await effects(), value).toHaveLength(2)
    }
    const { findings } = (await (await site.call('GET', '/api/doctor')).json()) as { findings: object[] }
    expect(findings).toEqual([expect.objectContaining({ table: 'site', remedy: expect.any(String) })])
    const fixed = await (await site.call('POST', '/api/doctor')).json()
    const reason = expect.stringMatching(/^restoring: must be null/)
    expect(fixed).toMatchObject({ findings: [], corrected: [{ table: 'site', reason }] })
  })
})

test('while a backup is imported, what time hides is hidden, and the log does not say that the store fails', async () => {
  const site = await openSmall()
  await site.put('reste')
  await site.put('expire', { expires: '2024-06-20T12:00:00Z' })
  await site.put('arrive', { embargo: '2024-06-20T12:00:00Z' })
  site.wait(hour)
  const { lines } = await readBackup(sourceOf(site))
  const other = await emptySite(site.ports.clock())
  const { target, state } = await beginImport(other, lines)
  await target.restore(state, lines.slice(1))
  other.wait(5000)
  expect(await slugsIn(await other.get('/feed.json'))).toEqual(['expire', 'reste'])
  other.at('2024-06-20T13:00:00Z')
  const feed = await other.get('/feed.json')
  expect(feed.headers.get('ETag')).toBeNull()
  expect(await slugsIn(feed)).toEqual(['arrive', 'reste'])
  const statuses = async () =>
    Promise.all(
      ['expire', 'arrive', 'reste'].map(async (slug) => (await other.get(`/articles/${slug}`)).status),
    )
  expect(await statuses()).toEqual([410, 200, 200])
  const list = await (await other.call('GET', '/api/articles?status=published')).json()
  expect((list as { articles: { slug: string }[] }).articles.map(({ slug }) => slug)).toEqual([
    'arrive',
    'reste',
  ])
  expect(other.logged).toEqual([])
  await target.complete(state, true)
  other.wait(5000)
  expect(await slugsIn(await other.get('/feed.json'))).toEqual(['arrive', 'reste'])
  expect(await statuses()).toEqual([410, 200, 200])
  expect((await other.get('/feed.json')).headers.get('ETag')).not.toBeNull()
})

describe('an export of a store with bad rows', () => {
  test('names an article that cannot be read, with the reason, and has all others', async () => {
    const { lines, site } = await smallBackup()
    await env.DB.prepare("UPDATE article SET json = json_set(json, '$.note', NULL) WHERE slug = 'a1'").run()
    const backup = await readBackup(sourceOf(site))
    expect(backup.bad).toEqual([
      { slug: 'a1', id: expect.any(String), field: 'note', reason: 'must be a text' },
    ])
    const others = lines.slice(1).filter((line) => !('slug' in line && line.slug === 'a1'))
    expect(backup.lines.slice(1)).toEqual(others)
  })

  const faults = [
    "archive SET articles = '{'",
    "archive SET revised = 'x'",
    "archive SET earlier = x'00'",
    "selection SET title = x'00'",
    "selection SET departed = x'00'",
    "selection SET number = 'x', name_revision = x'00', name_revised = x'00'",
    "tombstone SET withdrawn = x'00'",
    "tombstone SET revision = x'00'",
    "article SET revision = x'00'",
    "article SET appears = x'00'",
  ]
  test.for(faults)('goes on after UPDATE %s', async (fault) => {
    const { lines, site } = await smallBackup()
    await env.DB.prepare(`UPDATE ${fault}`).run()
    const backup = await readBackup(sourceOf(site))
    expect([backup.bad, backup.lines.length]).toEqual([[], lines.length])
    const other = await emptySite(site.ports.clock())
    await restoreInto(other, backup.lines)
    expect((await other.get('/articles/a1')).status).toBe(200)
    expect((await other.put('neuf')).status).toBe(201)
  })
})
