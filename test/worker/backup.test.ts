import { describe, expect, test } from 'vitest'
import { everyAddress } from '../../scripts/every-address.ts'
import { readBackup } from '../../src/cli/backup.ts'
import { localBackup } from '../../src/cli/local-backup.ts'
import { restoreAll } from '../../src/cli/restore.ts'
import type { BackupTarget } from '../../src/cli/target.ts'
import type { BackupState } from '../../src/domain/backup.ts'
import { hashOf } from '../../src/http/token.ts'
import { emptyDatabase, prepareDatabase } from './database.ts'
import { openSite, start, type TestSite, token } from './site.ts'

const hour = 3_600_000
const day = 24 * hour
const settings = async () => ({
  API_TOKENS: `tests:admin:${await hashOf(token)}`,
  FEED_LENGTH: '3',
  ARTICLES_PER_PAGE: '5',
})
const open = async (at = start) => openSite(await settings(), 'd1d1d1d1', at)

/** The part of the command line's target that makes and restores backups. */
function targetOf({ ports }: TestSite): BackupTarget {
  return localBackup(ports.config.site, ports.backups)
}

const sourceOf = (site: TestSite) => ({
  backup: targetOf(site),
  async *paths() {
    yield* await site.ports.paths.list('', 1000)
  },
})

/** A site on which everything has happened that can happen to articles, sections, tags and authors. */
async function livedSite() {
  const site = await open()
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
  await site.put('prive', { section: 'Monde', rights: { syndicate: 'none' } })
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

const answersOf = (site: TestSite) => everyAddress((path) => site.get(path), first)

/** Empties the database, and opens a site on it at the same time. */
async function emptySite(at: number): Promise<TestSite> {
  await emptyDatabase()
  await prepareDatabase()
  return open(at)
}

async function restoreInto(site: TestSite, lines: readonly object[]) {
  const [header, ...others] = lines
  const { kind: _, ...state } = header as BackupState & { kind: string }
  const target = targetOf(site)
  expect(await target.open(state)).toBe(true)
  const refused: string[] = []
  const found = others.map((line) => ({ where: JSON.stringify(line).slice(0, 60), line, leftOut: '' }))
  const items = [{ where: '1', state: { ok: true, value: state } as const }, ...found]
  const tally = await restoreAll(items, state, target, (where, reply) => {
    site.wait(1000)
    if (!reply.ok) refused.push(`${where}: ${reply.reason}`)
  })
  return { tally, refused }
}

describe('a backup', () => {
  test('restored into an empty store, answers every address with the same bytes and ETag', async () => {
    const site = await livedSite()
    const before = await answersOf(site)
    const { lines, corrupt } = await readBackup(sourceOf(site))
    expect(corrupt).toEqual([])
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
  })
})

/** A small site, and its backup. */
async function smallBackup() {
  const site = await open()
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

const stateOf = ([header]: readonly object[]) => header as BackupState & { kind: string }
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
    const target = targetOf(other)
    const state = stateOf(lines)
    await target.open(state)
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
    const target = targetOf(other)
    const state = stateOf(lines)
    await target.open(state)
    const seen = new Set<string>()
    for (const line of lines.slice(1)) {
      await target.restore(state, [line])
      // Another isolate, whose memory has no earlier answer.
      const front = await (await open(now)).get('/feed.rss?before=9999999999999.9')
      const tag = `${front.headers.get('ETag')} ${(await front.text()).match(/<guid/g)?.length ?? 0}`
      seen.add(tag)
      const what = JSON.stringify(line)
      expect(tags, what).not.toContain((await other.get('/feed.rss')).headers.get('ETag'))
      expect((await other.get('/sections/monde/feed.atom')).status, what).toBe(404)
    }
    const etags = [...seen].map((tag) => tag.split(' ')[0])
    expect(seen.size).toBeGreaterThan(5)
    expect(etags).toHaveLength(new Set(etags).size)
    expect((await other.put('neuf')).status).toBe(503)
    other.wait(5 * day)
    expect(await other.ports.store.release()).toEqual([])
    expect(await target.complete(state, true)).toBe(true)
    expect((await other.put('neuf')).status).toBe(201)
    expect((await other.get('/articles/embargo')).status).toBe(200)
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

  const spoilt: [what: string, spoil: (lines: object[]) => object[]][] = [
    ['a missing article', (lines) => lines.filter((line) => !('slug' in line && line.slug === 'a1'))],
    ['a missing archive', (lines) => lines.filter((line) => !('kind' in line && line.kind === 'archive'))],
    ['a line of an unknown kind', (lines) => [...lines, { kind: 'media', hash: 'x' }]],
    [
      'an article whose body is not clean',
      (lines) =>
        lines.map((line) =>
          'slug' in line && line.slug === 'a1' ? { ...line, html: '<p onclick="x">1</p>' } : line,
        ),
    ],
  ]
  test.for(spoilt)('of a backup with %s gives new ETags, and says so', async ([, spoil]) => {
    const { lines, site, now } = await smallBackup()
    const tags = await tagsOf(site)
    const other = await emptySite(now)
    const { refused } = await restoreInto(other, spoil(lines))
    expect(refused.at(-1)).toContain('the backup is not complete')
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
    await targetOf(other).open(stateOf(lines))
    await targetOf(other).restore(stateOf(lines), lines.slice(1, 9))
    expect((await other.call('POST', '/api/restored')).status).toBe(200)
    expect((await other.put('neuf', { section: 'Monde' })).status).toBe(201)
    expect((await other.get('/sections/monde')).status).toBe(200)
  })
})
