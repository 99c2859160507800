import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import { foldName, keyAt, wantedKey } from '../../src/domain/name.ts'
import { namesIn, pathOf } from '../../src/domain/selection.ts'
import { sampleArticle } from '../render/samples.ts'
import { fillOldTables } from './database.ts'
import { sendLines, type TestSite } from './site.ts'
import { open, pathsIn, storedIn, tagsOf } from './stored-names.ts'

const saved = (response: Response) => response.headers.get('Kiosque-Saved')

describe('the names of one article', () => {
  const names = { tags: ['C', 'C++', 'C#', '.NET', 'Net', '★'], section: '🎉', authors: ['Kim+', 'Kim', '♥'] }

  test('that differ in a sign are all kept, and each has its feeds', async () => {
    const site = await open()
    const response = await site.put('un', names)
    const shown = (await response.json()) as Article
    expect(shown).toMatchObject({ tags: names.tags, section: '🎉' })
    expect(shown.keys).toBeUndefined()
    expect(await tagsOf(site, 'un')).toEqual([
      'tags/c',
      'tags/c-plus-plus',
      'tags/c-sharp',
      'tags/net',
      'tags/net-2',
      'tags/u2605',
    ])
    const feeds = [
      'tags/c-sharp',
      'tags/net-2',
      'tags/u2605',
      'sections/u1f389',
      'authors/kim-plus',
      'authors/u2665',
    ]
    for (const path of feeds) {
      const feed = await site.get(`/${path}/feed.rss`)
      expect([path, feed.status, (await feed.text()).includes('<item>')]).toEqual([path, 200, true])
      expect((await site.get(`/${path}`)).status, path).toBe(200)
    }
    expect(await (await site.get('/tags/c-sharp/feed.atom')).text()).toContain('C#')
    const narrow = await site.get('/feed.json?section=u1f389&tag=c-sharp')
    expect(((await narrow.json()) as { items: unknown[] }).items).toHaveLength(1)
    expect((await site.call('GET', '/api/articles?tag=c-plus-plus')).status).toBe(200)
  })

  test('are links to their own pages, and lines of the directory in the order of the keys', async () => {
    const site = await open()
    await site.put('un', names)
    const page = await (await site.get('/articles/un')).text()
    for (const path of ['tags/c-sharp', 'tags/net-2', 'tags/u2605', 'sections/u1f389', 'authors/kim-plus'])
      expect(page, path).toContain(`href="https://kiosque.example/${path}"`)
    const directory = await (await site.get('/feeds.opml')).text()
    const tags = [...directory.matchAll(/htmlUrl="https:\/\/kiosque.example\/(tags\/[^"]+)"/g)]
    expect(tags.map(([, path]) => path)).toEqual([
      ...['tags/c', 'tags/c-plus-plus', 'tags/c-sharp', 'tags/net', 'tags/net-2', 'tags/u2605'],
    ])
  })

  test('are one if they are spellings of the same name', async () => {
    const site = await open()
    const tags = ['Grand Est', 'grand-est', 'GRAND EST', 'L’été', "l'été", '★', '★']
    expect(await (await site.put('un', { tags })).json()).toMatchObject({ tags: ['Grand Est', 'L’été', '★'] })
  })

  test('need no other key the second time, in any order and spelling', async () => {
    const site = await open()
    await site.put('un', names)
    expect(saved(await site.put('un', names))).toBe('unchanged')
    await site.put('deux', { tags: ['★', 'NET', '.net', 'c#', 'C++'] })
    expect(await tagsOf(site, 'deux')).toEqual([
      ...['tags/u2605', 'tags/net-2', 'tags/net', 'tags/c-sharp', 'tags/c-plus-plus'],
    ])
  })

  test('cannot be given keys by a request, but the stored form of an article can be sent', async () => {
    const site = await open()
    await site.put('un', names)
    const [stored] = await storedIn(site)
    expect(stored?.keys).toContainEqual({ path: 'tags/c-sharp', name: 'C#' })
    expect(saved(await site.call('PUT', '/api/articles/un', stored))).toBe('unchanged')
    const forged = { ...stored, keys: [{ path: 'tags/monde', name: 'C#' }] }
    expect(saved(await site.call('PUT', '/api/articles/un', forged))).toBe('unchanged')
    expect(await (await site.call('GET', '/api/articles/un')).json()).not.toHaveProperty('keys')
  })
})

describe('names in several articles', () => {
  test('a draft, an embargo and an article without syndication have keys that no other name gets', async () => {
    const site = await open()
    await site.put('un', { status: 'draft', tags: ['Net'] })
    await site.put('deux', { embargo: '2030-01-01T00:00:00Z', tags: ['.NET'] })
    await site.put('trois', { rights: { syndicate: 'none' }, tags: ['Net!'] })
    await site.put('quatre', { tags: ['Net?', 'Net', '.NET', 'Net!'] })
    expect(await tagsOf(site, 'quatre')).toEqual(['tags/net-4', 'tags/net', 'tags/net-2', 'tags/net-3'])
    expect((await site.get('/tags/net-4')).status).toBe(200)
    await site.call('DELETE', '/api/articles/un')
    await site.call('DELETE', '/api/articles/quatre')
    await site.put('cinq', { tags: ['Net?', 'Net!!'] })
    expect(await tagsOf(site, 'cinq')).toEqual(['tags/net-4', 'tags/net-5'])
  })

  test('more than a hundred names that want the same key', async () => {
    const site = await open()
    const marks = Array.from({ length: 120 }, (_, at) => `Net${String.fromCodePoint(0x2500 + at)}`)
    for (let at = 0; at < marks.length; at += 40) await site.put(`a${at}`, { tags: marks.slice(at, at + 40) })
    const paths = (await storedIn(site)).flatMap((article) => pathsIn(article, 'tags'))
    const expected = marks.map((_, at) => (at === 0 ? 'tags/net' : `tags/net-${at + 1}`))
    expect(paths.toSorted()).toEqual(expected.toSorted())
  })

  test('saves at the same time give two names two keys, and one name one key', async () => {
    const site = await open()
    const names = ['Net', '.NET', 'Net!', 'net', '.net', 'Net?']
    const answers = await Promise.all(names.map((tag, at) => site.put(`a${at}`, { tags: [tag] })))
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201))
    const paths = await Promise.all(names.map((_, at) => tagsOf(site, `a${at}`)))
    expect([paths[3], paths[4]]).toEqual([paths[0], paths[1]])
    expect(new Set(paths.flat())).toEqual(new Set(['tags/net', 'tags/net-2', 'tags/net-3', 'tags/net-4']))
  })

  test('a bulk import gives the names of all lines their keys, and a dry run says the same and saves nothing', async () => {
    const site = await open()
    const lines = ['.NET', 'Net', '.net', '★'].map((tag, at) => ({ slug: `a${at}`, title: 'T', tags: [tag] }))
    const tried = await sendLines(site, '/api/dry-run', lines)
    expect((await env.DB.prepare('SELECT * FROM name').all()).results).toEqual([])
    expect(await sendLines(site, '/api/articles', lines)).toEqual(tried)
    const paths = await Promise.all(lines.map(({ slug }) => tagsOf(site, slug)))
    expect(paths.flat()).toEqual(['tags/net', 'tags/net-2', 'tags/net', 'tags/u2605'])
  })

  /** Names of which many want the same key. */
  const name = fc
    .array(
      fc.constantFrom('c', 'C', 'é', 'e', '+', '#', '.', '!', ' ', '-', '’', "'", '★', '🎉', '1', '-2'),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map((parts) => parts.join('').trim())
    .filter((text) => text !== '')
  const article = fc.record({
    slug: fc.constantFrom('a', 'b', 'c', 'd'),
    tags: fc.array(name, { maxLength: 8 }),
    section: fc.option(name, { nil: undefined }),
    authors: fc.array(name, { maxLength: 3 }),
    status: fc.constantFrom('published', 'draft'),
  })

  const title = fc
    .tuple(name, fc.integer({ min: 1, max: 3 }))
    .map(([text, number]) => ({ path: `tags/${keyAt(wantedKey(text), number)}`, title: text }))

  test('two names never have one key, and one name never has two, whatever is saved in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.array(title, { maxLength: 3 }), fc.array(article, { minLength: 1, maxLength: 3 })),
          {
            maxLength: 4,
          },
        ),
        async (saves) => {
          await env.DB.batch(
            ['article', 'name', 'selection'].map((table) =>
              env.DB.prepare(`DELETE FROM ${table} WHERE true`),
            ),
          )
          const site = await open()
          const keyOf = new Map<string, string>()
          const nameOf = new Map<string, string>()
          const check = (folder: string, name: string, path: string) => {
            const folded = `${folder} ${foldName(name)}`
            expect(keyOf.get(folded) ?? path, folded).toBe(path)
            expect(nameOf.get(path) ?? folded, path).toBe(folded)
            keyOf.set(folded, path)
            nameOf.set(path, folded)
          }
          for (const [paths, articles] of saves) {
            const replies = (await (await site.call('POST', '/api/paths', { paths })).json()) as {
              paths: { saved?: string }[]
            }
            for (const [at, { path, title }] of paths.entries())
              if (replies.paths[at]?.saved) check('tags', title, path)
            const lines = articles.map((one) => ({ title: 'T', ...one }))
            if (articles.length > 1) await sendLines(site, '/api/articles', lines)
            else await site.put(articles[0]?.slug ?? '', lines[0])
            for (const stored of await storedIn(site)) {
              for (const { folder, name } of namesIn(stored))
                check(folder, name, pathOf(stored, folder, name))
            }
          }
        },
      ),
      { numRuns: 25 },
    )
  })
})

/** Makes the database as version 21 of the tables left it, with the same articles: it had no table `name`. */
async function makeFormer(): Promise<void> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*' AND name <> 'd1_migrations'",
  ).all<{ name: string }>()
  const tables = []
  for (const { name: table } of results) {
    const columns = (
      await env.DB.prepare(`SELECT name FROM pragma_table_xinfo('${table}') WHERE hidden = 0`).all<{
        name: string
      }>()
    ).results.map(({ name }) => name)
    const rows = await env.DB.prepare(`SELECT ${columns} FROM ${table}`).raw<(string | number | null)[]>()
    tables.push({ table, columns, rows })
  }
  await fillOldTables(21, tables)
}

test('a backup gives names the keys that they had in its store, unless other names have them', async () => {
  const site = await open()
  await site.put('un', { tags: ['Net', 'C+'], section: 'Canal' })
  const backup = { revision: 9_999_999_999_999 }
  const keys = [
    { path: 'tags/net-2', name: '.NET' },
    { path: 'tags/net-7', name: 'Net?' },
    { path: 'tags/monde', name: 'Net!' },
    { path: 'tags/net-7', name: 'NET' },
  ]
  const tags = ['.NET', 'Net?', 'Net!', 'NET', 'C++', 'C', 'C#']
  await sendLines(site, '/api/articles', [
    { slug: 'deux', title: 'T', tags, section: 'Canal+', keys, backup },
  ])
  expect(await tagsOf(site, 'deux')).toEqual([
    ...['tags/net-2', 'tags/net-7', 'tags/net-3', 'tags/net', 'tags/c', 'tags/c-2', 'tags/c-sharp'],
  ])
  const line = {
    slug: 'trois',
    title: 'T',
    tags: ['Net…'],
    backup: { ...backup, keys: [{ path: 'tags/net-9', name: 'Net…' }] },
  }
  await sendLines(site, '/api/articles', [line, { slug: 'quatre', title: 'T' }])
  expect(await tagsOf(site, 'trois')).toEqual(['tags/net-9'])
})

describe('the keys of a former version', () => {
  /** Fills the store as a former version did, which made the same key of several names. */
  async function former(): Promise<TestSite> {
    const site = await open()
    const tagged: [slug: string, more: Partial<Article>][] = [
      ['un', { tags: ['C++', 'L’été'] }],
      ['deux', { tags: ['C#'], status: 'draft' }],
      ['trois', { tags: ['Péché'], authors: [{ name: 'R&B' }], rights: { syndicate: 'none' } }],
    ]
    for (const [slug, more] of tagged) {
      const article = sampleArticle({ slug, id: `urn:x:${slug}`, tags: [], authors: [], ...more })
      await site.ports.store.save([{ article, replaces: null }])
    }
    await makeFormer()
    return site
  }

  test('stay, for every name that had one, in an article of any state and with any rights', async () => {
    const site = await former()
    for (const { slug } of await storedIn(site)) {
      const [stored] = (await storedIn(site)).filter((one) => one.slug === slug)
      expect([slug, saved(await site.call('PUT', `/api/articles/${slug}`, stored))]).toEqual([
        slug,
        'unchanged',
      ])
    }
    await site.put('quatre', {
      tags: ['c#', 'C++', 'L’Été', 'péché', 'C', 'Pêche', 'R B'],
      authors: ['r & b', 'R B'],
    })
    expect(await tagsOf(site, 'quatre')).toEqual([
      ...['tags/c', 'tags/c', 'tags/l-ete', 'tags/peche', 'tags/c-2', 'tags/peche-2', 'tags/r-b'],
    ])
    const quatre = (await storedIn(site)).find(({ slug }) => slug === 'quatre')
    expect(pathsIn(quatre, 'authors')).toEqual(['authors/r-b', 'authors/r-b-2'])
    const feed = await (await site.get('/tags/c/feed.json')).json()
    expect((feed as { items: unknown[] }).items).toHaveLength(2)
  })

  test('are given to names that a former version stores after the migration', async () => {
    const site = await former()
    const article = sampleArticle({ slug: 'quatre', id: 'urn:x:4', tags: ['Net', '.NETs'], authors: [] })
    await site.ports.store.save([{ article, replaces: null }])
    await site.put('cinq', { tags: ['.NET', 'net', '.nets'] })
    expect(await tagsOf(site, 'cinq')).toEqual(['tags/net-2', 'tags/net', 'tags/nets'])
  })
})

describe('a renaming', () => {
  const rename = async (site: TestSite, path: string, name: string) => {
    const answer = await site.call('PUT', `/api/${path}`, { name })
    expect(answer.status, path).toBe(200)
    return ((await answer.json()) as { path: string }).path
  }

  const renamings: [what: string, from: string, name: string, path: string, tags: string[]][] = [
    ['to a new name with a sign', 'tags/c', 'C++', 'tags/c-plus-plus', ['C++', 'Net']],
    ['to a new name whose key is taken', 'tags/c', '.NET', 'tags/net-2', ['.NET', 'Net']],
    ['to a name of stars', 'tags/c', '★', 'tags/u2605', ['★', 'Net']],
    ['to a name that another selection has', 'tags/c', 'NET', 'tags/net', ['NET']],
    ['to a name of a draft', 'tags/c', 'Inédit!', 'tags/inedit-2', ['Inédit!', 'Net']],
    ['to another spelling', 'tags/net', 'NET', 'tags/net', ['C', 'NET']],
    ['that only corrects an accent', 'tags/net', 'Nét', 'tags/net', ['C', 'Nét']],
  ]

  test.for(renamings)('%s', async ([, from, name, path, tags]) => {
    const site = await open()
    await site.put('un', { tags: ['C', 'Net'] })
    await site.put('brouillon', { status: 'draft', tags: ['Inédit', 'Inédit!'] })
    expect(await rename(site, from, name)).toBe(path)
    const stored = (await storedIn(site)).find(({ slug }) => slug === 'un')
    expect(stored?.tags).toEqual(tags)
    expect(pathsIn(stored, 'tags')).toContain(path)
    const feed = await site.get(`/${path}/feed.json`)
    expect(((await feed.json()) as { items: unknown[] }).items).toHaveLength(1)
    const old = await site.get(`/${from}/feed.json`)
    expect([old.status, old.headers.get('Location')]).toEqual(
      from === path ? [200, null] : [301, `https://kiosque.example/${path}/feed.json`],
    )
    expect(await rename(site, from === path ? path : from, name)).toBe(path)
    expect(saved(await site.call('PUT', '/api/articles/un', stored))).toBe('unchanged')
  })

  test('of a section and of an author gives keys by the same rule', async () => {
    const site = await open()
    await site.put('un', { section: 'Canal', authors: ['Kim'] })
    expect(await rename(site, 'sections/canal', 'Canal+')).toBe('sections/canal-plus')
    expect(await rename(site, 'authors/kim', '🎉')).toBe('authors/u1f389')
    expect((await storedIn(site))[0]?.keys).toEqual([
      { path: 'sections/canal-plus', name: 'Canal+' },
      { path: 'authors/u1f389', name: '🎉' },
    ])
    expect(await rename(site, 'authors/u1f389', 'Kim')).toBe('authors/kim')
    expect((await storedIn(site))[0]?.keys).toEqual([{ path: 'sections/canal-plus', name: 'Canal+' }])
  })
})
