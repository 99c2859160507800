import { env } from 'cloudflare:workers'
import { describe, expect, test, vi } from 'vitest'
import { hashOf } from '../../src/http/token.ts'
import { repeated } from '../repeated.ts'
import { openSite, slugsIn, type TestSite, token } from './site.ts'

const admin = async () => openSite({ API_TOKENS: `tests:admin:${await hashOf(token)}` })

const listed = async (site: TestSite) =>
  (await (await site.call('GET', '/api/paths')).json()) as { paths: object[]; next?: string }

const save = async (site: TestSite, ...paths: unknown[]) =>
  (await (await site.call('POST', '/api/paths', { paths })).json()) as {
    paths: { path?: string; saved?: string; detail?: string }[]
  }

/** Opens a test site with a section that was renamed twice and an article whose slug has changed. */
async function lived() {
  const site = await admin()
  await site.put('un', { id: 'urn:x:1', section: 'Monde', tags: ['Été'] })
  await site.put('deux', { id: 'urn:x:1', section: 'Monde', tags: ['Été'] })
  await site.put('cache', { section: 'Secret', embargo: '2030-01-01T00:00:00Z' })
  await site.call('PUT', '/api/sections/monde', { name: 'International' })
  await site.call('PUT', '/api/sections/international', { name: 'Planète' })
  return site
}

const known = [
  { path: 'articles/un', to: 'articles/deux' },
  { path: 'sections/international', to: 'sections/planete', names: ['international'] },
  { path: 'sections/monde', to: 'sections/planete', names: ['monde'] },
  { path: 'sections/planete', title: 'Planète' },
  { path: 'tags/ete', title: 'Été' },
]

describe('known paths', () => {
  test('are listed to the end although a row is bad', async () => {
    const site = await lived()
    await env.DB.batch(
      [
        `INSERT INTO redirect (path, target)
         WITH RECURSIVE counted (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < 150)
         SELECT printf('articles/r%03d', number), 'articles/deux' FROM counted`,
        `UPDATE redirect SET target = x'00' WHERE path = 'articles/r007'`,
      ].map((sql) => env.DB.prepare(sql)),
    )
    const first = await listed(site)
    expect(first.paths).toHaveLength(100)
    const second = (await (await site.call('GET', first.next ?? '')).json()) as typeof first
    expect(first.paths.length + second.paths.length).toBe(known.length + 149)
  })

  test('are listed without paths that are not public', async () => {
    expect(await listed(await lived())).toEqual({ paths: known })
  })

  test('importing the listed paths into the same store changes nothing', async () => {
    const site = await lived()
    site.wait(3000)
    const tag = (await site.get('/feed.atom')).headers.get('ETag')
    expect((await save(site, ...known)).paths.map(({ saved }) => saved)).toEqual(known.map(() => 'unchanged'))
    expect((await site.get('/feed.atom')).headers.get('ETag')).toBe(tag)
  })

  test('a name that is given back is in the next answer, though the former one is held', async () => {
    const site = await admin()
    await site.put('un', { section: 'planète', tags: ['ÉTÉ'] })
    site.wait(2000)
    const titles = async () => {
      const [section, front] = [await site.get('/sections/planete/feed.rss'), await site.get('/feeds')]
      return [/<title>(.*?) —/.exec(await section.text())?.[1], /Été/.test(await front.text())]
    }
    expect([await titles(), await titles()]).toEqual([
      ['planète', false],
      ['planète', false],
    ])
    await save(site, { path: 'sections/planete', title: 'Planète' }, { path: 'tags/ete', title: 'Été' })
    expect(await titles()).toEqual(['Planète', true])
  })

  test('give a higher revision each time, although the clock went back', async () => {
    const site = await admin()
    await site.put('un', { section: 'planète' })
    site.wait(-60_000)
    const { store, digest } = site.ports
    const revisions = async () =>
      (await store.heads(['', 'sections/planete'], digest))?.map(({ revision }) => revision) ?? []
    const before = await revisions()
    await save(site, { path: 'sections/planete', title: 'Planète' })
    for (const [at, revision] of (await revisions()).entries())
      expect([at, revision]).toEqual([at, Math.max(revision, Number(before[at]) + 1)])
    expect(before).toHaveLength(2)
  })

  test('what came of a save that fails is unknown, so nothing is held after it', async () => {
    const site = await admin()
    await site.put('un', { section: 'planète' })
    site.wait(2000)
    const title = async () => /<title>(.*?) —/.exec(await (await site.get(feed)).text())?.[1]
    const feed = '/sections/planete/feed.rss'
    expect(await title()).toBe('planète')
    const original = env.DB.batch.bind(env.DB)
    const batch = vi.spyOn(env.DB, 'batch').mockImplementation(async (statements) => {
      const results = await original(statements)
      // The first batch reads names, with one statement.
      if (statements.length > 1) throw new Error('the answer is lost')
      return results as never
    })
    const answer = await site.call('POST', '/api/paths', {
      paths: [{ path: 'sections/planete', title: 'Planète' }],
    })
    expect([answer.status, batch.mock.calls.length]).toEqual([503, 2])
    batch.mockRestore()
    expect(await title()).toBe('Planète')
  })

  test('imported together with the articles, they redirect as before', async () => {
    const site = await admin()
    await site.put('deux', { id: 'urn:x:1', section: 'Planète', tags: ['ÉTÉ'] })
    const { paths } = await save(site, ...known)
    expect(paths.map(({ saved }) => saved)).toEqual(['saved', 'saved', 'saved', 'unchanged', 'saved'])
    expect((await site.get('/articles/un/feed.rss')).headers.get('Location')).toBe(
      'https://kiosque.example/articles/deux/feed.rss',
    )
    for (const old of ['monde', 'international'])
      expect((await site.get(`/sections/${old}/feed.atom`)).headers.get('Location'), old).toBe(
        'https://kiosque.example/sections/planete/feed.atom',
      )
    expect(await (await site.get('/tags/ete/feed.json')).json()).toMatchObject({ title: 'Été — Kiosque' })
    expect((await listed(site)).paths).toEqual(known)
  })

  test('a section without articles is a valid empty feed again, and keeps its name', async () => {
    const site = await admin()
    expect((await save(site, { path: 'sections/vide', title: 'VIDE' })).paths).toEqual([
      { path: 'sections/vide', saved: 'saved' },
    ])
    expect(await slugsIn(await site.get('/sections/vide/feed.json'))).toEqual([])
    site.wait(2000)
    const before = await site.get('/sections/vide/feed.rss')
    await site.put('un', { section: 'Vide' })
    const after = await site.get('/sections/vide/feed.rss', {
      'If-Modified-Since': before.headers.get('Last-Modified') ?? '',
    })
    expect(after.status).toBe(200)
    expect(await after.text()).toContain('<title>VIDE — Kiosque</title>')
  })

  test('are listed page by page', async () => {
    const site = await admin()
    for (let at = 0; at < 3; at++)
      await save(
        site,
        ...Array.from({ length: 100 }, (_, one) => ({
          path: `tags/a${at * 100 + one}`,
          title: `A${at * 100 + one}`,
        })),
      )
    const seen: object[] = []
    let next: string | undefined = '/api/paths'
    for (let page = 0; next && page < 10; page++) {
      const body = (await (await site.call('GET', next)).json()) as { paths: object[]; next?: string }
      seen.push(...body.paths)
      next = body.next
    }
    expect(seen).toHaveLength(300)
    expect(repeated(seen.map((one) => JSON.stringify(one)))).toEqual([])
  })

  test('distinguish a withdrawn article that was public from one that never was, in a restored store too', async () => {
    const site = await admin()
    await site.put('vu')
    await site.put('cache', { embargo: '2030-01-01T00:00:00Z' })
    await site.put('brouillon', { status: 'draft' })
    for (const slug of ['vu', 'cache', 'brouillon']) await site.put(slug, { status: 'withdrawn' })
    const status = async (slug: string) => (await site.get(`/articles/${slug}`)).status
    const told = async () => (await (await site.get('/feed.atom')).text()).match(/deleted-entry[^>]*/g)
    const before = [await status('vu'), await status('cache'), await status('brouillon'), await told()]
    expect(before).toEqual([410, 404, 404, [expect.stringContaining('tag:kiosque.example,2024:vu')]])
    const { paths } = await listed(site)
    expect(paths).toEqual([{ path: 'articles/vu', seen: true }])
    expect((await save(site, ...paths)).paths).toEqual([{ path: 'articles/vu', saved: 'unchanged' }])
    const { articles } = (await (await site.call('GET', '/api/articles')).json()) as { articles: object[] }
    for (const table of [
      'article',
      'selection',
      'tombstone',
      'membership',
      'archive',
      'place',
      'hidden_index',
    ])
      await env.DB.exec(`DELETE FROM ${table} WHERE ${table === 'selection' ? "path <> ''" : '1'}`)
    expect(await status('vu')).toBe(404)
    expect((await save(site, ...paths)).paths).toEqual([{ path: 'articles/vu', saved: 'saved' }])
    expect(await status('vu')).toBe(404)
    const lines = articles.map((article) => JSON.stringify(article)).join('\n')
    const done = await site.call('POST', '/api/articles', lines, { 'Content-Type': 'application/x-ndjson' })
    await done.arrayBuffer()
    expect([await status('vu'), await status('cache'), await status('brouillon'), await told()]).toEqual(
      before,
    )
    expect((await listed(site)).paths).toEqual(paths)
  })

  const refused: [what: string, given: unknown, says: string][] = [
    ['no path', { title: 'X' }, 'path: must be text'],
    ['no object', 'tags/x', 'path: must be text'],
    ['null', null, 'path: must be text'],
    ['another folder', { path: 'hub/x', title: 'X' }, 'path: must be such as'],
    ['the feed of all', { path: '', title: 'X' }, 'path: must be such as'],
    ['an article by title', { path: 'articles/x', title: 'X' }, 'path: must be such as'],
    ['a section that is seen', { path: 'tags/x', seen: true }, 'path: must be such as articles/sommet'],
    ['what is not seen', { path: 'articles/x', seen: false }, 'seen: must be true'],
    ['a longer path', { path: 'tags/x/y', title: 'X' }, 'path: must be such as'],
    ['a key that is none', { path: 'tags/Été', title: 'Été' }, 'path: must be such as'],
    ['a title of another key', { path: 'tags/x', title: 'Y' }, 'title: must be a name that makes this path'],
    ['former names that are no list', { path: 'tags/x', title: 'X', names: 'Y' }, 'names: must be a list'],
    [
      'a former name that is no text',
      { path: 'tags/x', title: 'X', names: [7] },
      'names.0: must be a name that makes this path',
    ],
    [
      'a former name of another path',
      { path: 'tags/x', title: 'X', names: ['x!', 'Y'] },
      'names.1: must be a name',
    ],
    [
      'a former name with a control',
      { path: 'tags/x', title: 'X', names: ['x\u0001'] },
      'names.0: must be a name',
    ],
    [
      'former names of an article',
      { path: 'articles/x', seen: true, names: ['X'] },
      'names: belong to a section',
    ],
    ['a title that is no text', { path: 'tags/x', title: 7 }, 'title: must be a name'],
    ['both', { path: 'tags/x', title: 'X', to: 'tags/ete' }, 'must have a title or a to'],
    ['neither', { path: 'tags/x' }, 'must have a title or a to'],
    ['an unknown field', { path: 'tags/x', title: 'X', since: 1 }, 'since: is not a field'],
    [
      'a move to another folder',
      { path: 'tags/x', to: 'sections/planete' },
      'to: must be another path in tags',
    ],
    [
      'a move to another website',
      { path: 'tags/x', to: 'https://evil.example/' },
      'to: must be another path',
    ],
    ['a move to itself', { path: 'tags/x', to: 'tags/x' }, 'to: must be another path'],
    [
      'a move to what is not there',
      { path: 'tags/x', to: 'tags/y' },
      'to: must be the path of an existing article',
    ],
    [
      'a move to a selection that is not public',
      { path: 'sections/x', to: 'sections/secret' },
      'to: must be the path',
    ],
    [
      'a move of an article that is there',
      { path: 'articles/deux', to: 'articles/cache' },
      'path: is in use',
    ],
    ['a move of a tag that is there', { path: 'tags/ete', to: 'tags/x' }, 'path: is in use'],
    [
      'a redirect to a title that is refused',
      { path: 'tags/x', to: 'tags/ete-3' },
      'to: must be the path of an existing',
    ],
    ['a circle', { path: 'sections/planete', to: 'sections/monde' }, 'path: is in use'],
  ]
  test.for(refused)('%s is refused, and the next one saved', async ([, given, says]) => {
    const site = await lived()
    const { paths } = await save(site, given, { path: 'tags/hiver', title: 'Hiver' })
    expect(paths[0]?.saved).toBeUndefined()
    expect(paths[0]?.detail).toContain(says)
    expect(paths[1]).toEqual({ path: 'tags/hiver', saved: 'saved' })
    expect((await listed(site)).paths).toHaveLength(known.length + 1)
  })

  test('a dry run says of redirects what the run says, and saves nothing', async () => {
    const site = await lived()
    const paths = [
      { path: 'tags/ete', to: 'tags/x' },
      { path: 'articles/deux', to: 'articles/cache' },
      { path: 'sections/vieux', to: 'sections/monde' },
      { path: 'sections/monde', to: 'sections/planete' },
      { path: 'tags/y', to: 'tags/z' },
      { path: 'tags/z', title: 'Z', names: ['Z.'] },
      { path: 'tags/z', title: 'Z!' },
      { path: 'tags/sport', title: '.Été' },
    ]
    const ask = async (address: string) =>
      ((await (await site.call('POST', address, { paths })).json()) as { paths: object[] }).paths
    const tried = await ask('/api/paths/dry-run')
    expect(await listed(site)).toEqual({ paths: known })
    const done = await ask('/api/paths')
    // In a dry run, the target of a redirect does not exist yet if it comes with the same call.
    const later = [4]
    expect(tried.filter((_, at) => !later.includes(at))).toEqual(done.filter((_, at) => !later.includes(at)))
    expect(done.map((reply) => 'saved' in reply)).toEqual([
      ...[false, false, true, true, true, true, false, false],
    ])
  })

  test('need the scope admin to be saved, and a list of at most 100', async () => {
    const site = await openSite()
    expect((await site.call('POST', '/api/paths', { paths: [] })).status).toBe(403)
    const other = await admin()
    for (const body of [{ paths: Array(101).fill({}) }, { paths: 'x' }, [], null, 7])
      expect((await other.call('POST', '/api/paths', body)).status, JSON.stringify(body)).toBe(422)
  })
})
