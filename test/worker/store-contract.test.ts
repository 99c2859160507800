import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import { type Cursor, type From, firstCursor, lastCursor } from '../../src/domain/cursor.ts'
import type { WantedArticle } from '../../src/domain/imports.ts'
import { nextSecond, rfc3339 } from '../../src/domain/instant.ts'
import { articleIn, type Change, isBad, type Outcome, type Store } from '../../src/domain/store.ts'
import { openIsolate } from '../../src/memory/isolate.ts'
import { steadyStore } from '../../src/memory/steady.ts'
import { d1Store } from '../../src/store/d1.ts'
import { recorded } from './recorded.ts'

const start = Date.parse('2024-06-19T16:00:00.400Z')
const digest = 'd1d1d1d1'
const part = 202406 * 100_000 + 1

let now = start
const clock = () => now
const log = () => {}
const within = <T>(_: number, work: Promise<T>) => work

/** Every implementation of the port `Store`, opened as the Worker opens the implementation. */
const implementations: [name: string, open: () => Store][] = [
  ['d1Store', () => d1Store(env.DB, clock, log)],
  ['steadyStore', () => steadyStore(d1Store(env.DB, clock, log), within)],
  ['rememberingStore', () => openIsolate(d1Store(env.DB, clock, log), { clock, log, within }).store],
]

/**
 * Makes a public sample article. Articles whose slugs are in alphabetical order have publication dates in the
 * same order.
 */
const article = (slug: string, more: Partial<Article> = {}): Article => ({
  slug,
  id: `urn:${slug}`,
  title: `Titre de ${slug}`,
  summary: '',
  html: '<p>Corps.</p>',
  language: 'fr',
  published: `2024-06-${String(slug.charCodeAt(0) - 96).padStart(2, '0')}T12:00:00Z`,
  updated: '2024-06-19T16:00:00Z',
  section: 'Monde',
  tags: [],
  authors: [],
  attachments: [],
  rights: { syndicate: 'full' },
  status: 'published',
  ...more,
})

const slugsOf = (stored: readonly { article: Article }[]): string[] =>
  stored.map(({ article: { slug } }) => slug)
const revisionOf = (outcome: Outcome): number => (outcome.kind === 'saved' ? outcome.revision : 0)

describe.for(implementations)('%s keeps what the port promises', ([, implementation]) => {
  const { open, called } = recorded(implementation)

  /** Opens a store and saves the given articles one by one, one second apart. */
  async function filled(...articles: Article[]): Promise<Store> {
    now = start
    const store = open()
    for (const one of articles) {
      await store.save([{ article: one, replaces: null }])
      now += 1000
    }
    return store
  }

  const abc = () => filled(article('a', { tags: ['Été'] }), article('b'), article('c', { tags: ['Été'] }))

  /** Saves an article in place of the stored article with the same slug. */
  async function replace(store: Store, one: Article): Promise<Outcome> {
    const stored = await store.find(one.slug)
    return store.save([{ article: one, replaces: stored?.revision ?? null }])
  }

  test('heads: in the order of the paths; none where nobody may know of one', async () => {
    const store = await abc()
    const heads = await store.heads(['tags/ete', ''], digest)
    expect(heads?.map(({ path, size, title }) => [path, size, title])).toEqual([
      ['tags/ete', 2, 'Été'],
      ['', 3, ''],
    ])
    expect(heads?.[0]).toMatchObject({ revised: Math.ceil((now - 1000) / 1000) * 1000, revision: now - 1000 })
    expect(await store.heads(['tags/ete', 'tags/rien'], digest)).toBeUndefined()
  })

  test('heads: one whose time has come is never returned', async () => {
    const store = await filled(article('a', { expires: '2024-06-19T17:00:00Z' }), article('b'))
    const [before] = (await store.heads([''], digest)) ?? []
    expect([before?.due, before?.size]).toEqual([Date.parse('2024-06-19T17:00:00Z'), 2])
    now = Date.parse('2024-06-19T17:00:00Z')
    const [after] = (await store.heads([''], digest)) ?? []
    expect([after?.due, after?.size, (after?.revision ?? 0) > (before?.revision ?? 0)]).toEqual([
      undefined,
      1,
      true,
    ])
  })

  test('heads: only the version in charge learns since when; the first that asks is in charge', async () => {
    const [store, others] = [await abc(), open()]
    const since = nextSecond(now)
    const [first] = (await store.heads([''], digest)) ?? []
    now += 3_600_000
    const [other] = (await others.heads([''], 'e2e2e2e2')) ?? []
    const [again] = (await store.heads([''], digest)) ?? []
    expect([first?.since, other?.since, again?.since]).toEqual([since, undefined, since])
    expect(other?.revision).toBe(first?.revision)
  })

  test('takeCharge: another version is in charge, at most once a minute, with a later since', async () => {
    const [store, others] = [await abc(), open()]
    const since = nextSecond(now)
    await store.heads([''], digest)
    now += 59_999
    expect(await others.takeCharge('e2e2e2e2')).toBe(false)
    now += 1
    expect([await store.takeCharge(digest), await others.takeCharge('e2e2e2e2')]).toEqual([false, true])
    now += 2000
    const [former] = (await store.heads([''], digest)) ?? []
    const [present] = (await others.heads([''], 'e2e2e2e2')) ?? []
    expect([former?.since, present?.since]).toEqual([undefined, since + 61_000])
  })

  test('takeCharge: since is later than the date of every save, even if the clock has gone back', async () => {
    const [store, others] = [await abc(), open()]
    const [head] = (await store.heads([''], digest)) ?? []
    now -= 3_600_000
    expect(await others.takeCharge('e2e2e2e2')).toBe(true)
    const [present] = (await others.heads([''], 'e2e2e2e2')) ?? []
    expect(present?.since).toBeGreaterThan(head?.revised ?? Number.POSITIVE_INFINITY)
  })

  test('newest and page: what is in all of the selections, the newest first, and where the others begin', async () => {
    const store = await abc()
    const first = await store.newest([''], 2)
    expect(slugsOf(first.articles)).toEqual(['c', 'b'])
    const second = await store.page([''], { before: first.older as never }, 2)
    expect([slugsOf(second.articles), second.older]).toEqual([['a'], undefined])
    const back = await store.page([''], { after: second.newer as never }, 2)
    expect(slugsOf(back.articles)).toEqual(['c', 'b'])
    expect(slugsOf((await store.newest(['tags/ete', 'sections/monde'], 9)).articles)).toEqual(['c', 'a'])
  })

  test('newest and page: no article is left out or repeated between two, whatever the order of the saves', async () => {
    /** The days on which the articles were published, in the order in which the articles are saved. */
    const days = [3, 1, 2, 2, 2, 1, 4, 2]
    const saved = days.map((day, at) => ({
      slug: `s${at}`,
      published: `2024-06-0${day}T12:00:00Z`,
      section: at === 1 ? 'Culture' : 'Monde',
    }))
    const store = await filled(...saved.map(({ slug, ...more }) => article(slug, { ...more, tags: ['Été'] })))
    const newestFirst = saved.toReversed().sort((one, other) => other.published.localeCompare(one.published))
    for (const paths of [[''], ['tags/ete', 'sections/monde']]) {
      const isIn = ({ section }: { section: string }) => paths.length === 1 || section === 'Monde'
      const expected = newestFirst.filter(isIn).map(({ slug }) => slug)
      for (let limit = 1; limit <= days.length; limit++) {
        let page = await store.newest(paths, limit)
        const found = slugsOf(page.articles)
        while (page.older) {
          const { older: before } = page
          page = await store.page(paths, { before }, limit)
          found.push(...slugsOf(page.articles))
        }
        expect({ paths, limit, found }).toEqual({ paths, limit, found: expected })
        const back = slugsOf(page.articles).toReversed()
        while (page.newer && back.length < expected.length) {
          const { newer: after } = page
          page = await store.page(paths, { after }, limit)
          back.push(...slugsOf(page.articles).toReversed())
        }
        expect({ paths, limit, back }).toEqual({ paths, limit, back: expected.toReversed() })
      }
    }
  })

  test('canonical: the cursor of the next public article of the selection outside of the page', async () => {
    const day = (number: number) => Date.parse(`2024-06-0${number}T12:00:00Z`)
    const store = await filled(
      article('a', { published: '2024-06-01T12:00:00Z', tags: ['Été'] }),
      article('b', { published: '2024-06-03T12:00:00Z' }),
      article('c', { published: '2024-06-03T12:00:00Z', status: 'draft' }),
      article('d', { published: '2024-06-03T12:00:00Z' }),
    )
    const [one, two, three] = [1, 2, 4].map((number, at) => ({ published: day(at === 0 ? 1 : 3), number }))
    const draft = { published: day(3), number: 3 }
    const rows: [what: string, from: From, canonical: From][] = [
      ['its own, before', { before: two as Cursor }, { before: two as Cursor }],
      ['of a draft, before', { before: draft }, { before: three as Cursor }],
      ['between two days, before', { before: { published: day(2), number: 9 } }, { before: two as Cursor }],
      ['between two days, after', { after: { published: day(2), number: 9 } }, { after: one as Cursor }],
      ['earlier than all, before', { before: { published: -5, number: 1 } }, { before: one as Cursor }],
      ['earlier than all, after', { after: { published: -5, number: 1 } }, { after: firstCursor }],
      ['later than all, before', { before: { published: day(9), number: 1 } }, { before: lastCursor }],
      ['later than all, after', { after: { published: day(9), number: 1 } }, { after: three as Cursor }],
    ]
    for (const [what, from, canonical] of rows) {
      expect(await store.canonical('', from), what).toEqual(canonical)
      for (const paths of [[''], ['tags/ete', '']]) {
        const [page, same] = [await store.page(paths, from, 2), await store.page(paths, canonical, 2)]
        expect(slugsOf(same.articles), `${what} ${paths}`).toEqual(slugsOf(page.articles))
      }
    }
    expect(await store.canonical('tags/ete', { before: one as Cursor })).toEqual({ before: one })
    expect(await store.canonical('tags/ete', { before: two as Cursor })).toEqual({ before: lastCursor })
  })

  test('archive and archived: the head, the names of the others, and what is in all of them', async () => {
    const store = await abc()
    const [head, name] = (await store.archive('', part, ['tags/ete'], digest)) ?? []
    expect([head?.path, head?.archive, name?.title]).toEqual(['archive/2024/06/1', part, 'Été'])
    expect(await store.archive('', part + 1, [], digest)).toBeUndefined()
    expect(await store.archive('', part, ['tags/rien'], digest)).toBeUndefined()
    const { title, articles } = await store.archived('tags/ete', part, [''])
    expect([title, articles.map(({ slug }) => slug)]).toEqual(['Été', ['c', 'a']])
  })

  test('withdrawn: those that were withdrawn from all of the selections, the last one first', async () => {
    const store = await abc()
    for (const slug of ['a', 'c', 'b']) {
      now += 1000
      const updated = rfc3339(now)
      await replace(store, article(slug, { status: 'withdrawn', updated, tags: slug === 'b' ? [] : ['Été'] }))
    }
    const told = await store.withdrawn([''])
    expect(told.map(({ id }) => id)).toEqual(['urn:b', 'urn:c', 'urn:a'])
    expect((await store.withdrawn(['', 'tags/ete'])).map(({ id }) => id)).toEqual(['urn:c', 'urn:a'])
    expect(told[0]).toMatchObject({ revision: now })
  })

  test('find and findMany: by slug, by either; with the revision of the last save', async () => {
    const store = await abc()
    const stored = await store.find('b')
    expect(stored).toEqual({ article: article('b'), revision: start + 1000 })
    expect(await store.find('rien')).toBeUndefined()
    expect(
      slugsOf((await store.findMany(['urn:a', 'urn:rien'], ['c', 'a'])).filter((one) => !isBad(one))).sort(),
    ).toEqual(['a', 'c'])
  })

  test('freeSlugs and moved: a slug that somebody had leads to where its article is', async () => {
    const store = await abc()
    const stored = await store.find('a')
    const renamed = article('a', { slug: 'neuf' })
    expect((await store.save([{ article: renamed, replaces: stored?.revision ?? null }])).kind).toBe('saved')
    expect(await store.freeSlugs(['z', 'a', 'neuf', 'y', 'b'])).toEqual(['z', 'y'])
    expect(await store.moved('articles/a')).toBe('articles/neuf')
    expect(await store.moved('articles/b')).toBeUndefined()
  })

  test('names: by folded name and by path; a save and a rename add names, and refuse a path that is taken', async () => {
    const store = await abc()
    const claims = [{ path: 'tags/c', name: 'c++' }]
    const tagged = (slug: string) => ({ article: article(slug, { tags: ['C++'] }), replaces: null })
    expect((await store.save([{ ...tagged('x'), claims }])).kind).toBe('saved')
    expect(await store.names([{ folded: 'c++', paths: ['tags/ete'] }])).toEqual([
      { path: 'tags/c', name: 'c++' },
      { path: 'tags/ete', name: 'Été' },
    ])
    const taken = [{ path: 'tags/c', name: 'c#' }]
    expect(await store.save([{ ...tagged('y'), claims: taken }])).toEqual({ kind: 'conflict' })
    expect(await store.rename('tags/rien', 'tags/c', 'C#', taken)).toEqual({ kind: 'conflict' })
    const elsewhere = [{ path: 'tags/c-2', name: 'c++' }]
    expect(await store.save([{ ...tagged('y'), claims: elsewhere }])).toEqual({ kind: 'conflict' })
    const shared = [{ path: 'tags/c', name: 'c#', shares: 'c++' }]
    expect((await store.save([{ ...tagged('y'), claims: shared }])).kind).toBe('saved')
    const inOtherFolder = [{ path: 'sections/c', name: 'c#' }]
    expect((await store.save([{ ...tagged('z'), claims: inOtherFolder }])).kind).toBe('saved')
    expect(await store.names([])).toEqual([])
  })

  test('deletedSlugs: only of articles that were scheduled and then deleted', async () => {
    const store = await filled(
      article('a'),
      article('b', { status: 'draft' }),
      article('c', { embargo: '2199-01-01T00:00:00Z' }),
      article('d', { embargo: '2199-01-01T00:00:00Z' }),
    )
    for (const slug of ['b', 'c']) {
      const stored = await store.find(slug)
      expect(await store.remove(`urn:${slug}`, stored?.revision ?? 0), slug).toBe(true)
    }
    expect(await store.deletedSlugs(['a', 'b', 'c', 'd', 'rien'])).toEqual(['c'])
  })

  test('list: by state and selection, by date or by save, in pages', async () => {
    const store = await filled(
      article('a'),
      article('b', { status: 'draft' }),
      article('c', { tags: ['Été'] }),
    )
    const first = await store.list({ limit: 2 })
    expect([slugsOf(first.articles), first.next !== undefined]).toEqual([['c', 'b'], true])
    const rest = await store.list({ limit: 2, ...(first.next && { before: first.next }) })
    expect([slugsOf(rest.articles), rest.next]).toEqual([['a'], undefined])
    expect(slugsOf((await store.list({ state: 'draft', limit: 9 })).articles)).toEqual(['b'])
    expect(slugsOf((await store.list({ within: ['tags/ete'], limit: 9 })).articles)).toEqual(['c'])
    await replace(store, article('a', { title: 'Corrigé' }))
    expect(slugsOf((await store.list({ since: 0, limit: 9 })).articles)).toEqual(['a', 'c', 'b'])
  })

  test('selections, initials, lastNumber, pathsNumbered: those that have public articles, by key and by number', async () => {
    const store = await filled(article('a', { tags: ['Été', 'Hiver'] }), article('b', { tags: ['Automne'] }))
    await store.save([{ article: article('c', { status: 'draft', tags: ['Secret'] }), replaces: null }])
    expect((await store.selections('tags', '', 9)).found.map(({ title }) => title)).toEqual([
      'Automne',
      'Été',
      'Hiver',
    ])
    expect((await store.selections('tags', 'ete', 1)).found.map(({ path }) => path)).toEqual(['tags/ete'])
    const [head] = (await store.heads([''], 'd1')) ?? []
    const revision = head?.revision
    expect(await store.initials('tags', 2)).toEqual({ found: ['a', 'e'], revision })
    expect(await store.selections('tags', 'x', 1)).toEqual({ found: [], revision })
    const { found: last } = await store.lastNumber()
    const paths = ['sections/monde', 'tags/automne', 'tags/ete', 'tags/hiver']
    expect([last, (await store.pathsNumbered(1, last)).found.sort()]).toEqual([4, paths])
    expect(await store.pathsNumbered(last + 1, last + 9)).toEqual({ found: [], revision })
  })

  test('sitemapParts, sitemapHead, sitemapEntries, newsEntries: what search engines may be told of', async () => {
    const store = await filled(article('a'), article('b', { rights: { syndicate: 'none' } }), article('r'))
    const number = Math.floor((part - 1) / 10)
    expect(await store.sitemapParts()).toEqual({
      found: [{ name: '2024-06-1', revised: Math.ceil(start / 1000) * 1000 + 2000 }],
      revision: start + 2000,
    })
    expect(await store.sitemapHead(number)).toMatchObject({ revision: start + 2000 })
    expect(await store.sitemapHead(number + 1)).toBeUndefined()
    const entries = await store.sitemapEntries(number)
    expect(entries.revision).toBe(start + 2000)
    expect(entries.found.map(({ path }) => path).sort()).toEqual(['articles/a', 'articles/r'])
    const news = await store.newsEntries(Date.parse('2024-06-17T00:00:00Z'), 9)
    expect(news.revision).toBe(start + 2000)
    expect(news.found.map(({ path }) => path)).toEqual(['articles/r'])
  })

  test('save: all of them as one revision, or none; whose reading is old or whose slug is taken is refused', async () => {
    const store = await abc()
    const change = (one: Article, replaces: number | null): Change => ({ article: one, replaces })
    const both = await store.save([
      change(article('d'), null),
      change(article('e', { tags: ['Neuf'] }), null),
    ])
    expect(both).toMatchObject({ kind: 'saved', revision: now })
    expect(both.kind === 'saved' && both.touched).toEqual(
      expect.arrayContaining(['', 'sections/monde', 'tags/neuf', 'articles/d', 'articles/e']),
    )
    expect([(await store.find('d'))?.revision, (await store.find('e'))?.revision]).toEqual([now, now])
    const old = [change(article('f'), null), change(article('a', { title: 'Corrigé' }), 1)]
    expect(await store.save(old)).toEqual({ kind: 'conflict' })
    const taken = [change(article('f'), null), change(article('g', { slug: 'a' }), null)]
    expect(await store.save(taken)).toEqual({ kind: 'slug-taken' })
    expect(await store.find('f')).toBeUndefined()
    now -= 60_000
    expect(revisionOf(await replace(store, article('d', { title: 'Corrigé' })))).toBe(revisionOf(both) + 1)
    expect((await store.heads([''], digest))?.[0]?.revision).toBe(revisionOf(both) + 1)
  })

  test('remove: only an article that was never public, and only at the revision that was read', async () => {
    const store = await filled(article('a'), article('b', { status: 'draft' }))
    const [seen, unseen] = [await store.find('a'), await store.find('b')]
    expect(await store.remove('urn:a', seen?.revision ?? 0)).toBe(false)
    expect(await store.remove('urn:b', (unseen?.revision ?? 0) - 1)).toBe(false)
    expect(await store.remove('urn:b', unseen?.revision ?? 0)).toBe(true)
    expect([await store.find('b'), (await store.find('a'))?.article?.slug]).toEqual([undefined, 'a'])
  })

  test('isKnown and rename: a selection in which nothing is seen any more moves, and its former path says where', async () => {
    const store = await abc()
    expect(await store.isKnown('sections/monde')).toBe(true)
    expect(await store.isKnown('sections/rien')).toBe(false)
    await store.prepareRename('sections/monde', 'sections/planete')
    for (const slug of ['a', 'b', 'c']) await replace(store, article(slug, { section: 'Planète' }))
    expect((await store.heads(['sections/monde'], digest))?.[0]?.size).toBe(0)
    expect((await store.rename('sections/monde', 'sections/planete', 'Planète', [])).kind).toBe('saved')
    expect(await store.moved('sections/monde')).toBe('sections/planete')
    const former = ['sections/monde', 'sections/planete', 'sections/rien']
    expect([...(await store.movedAmong(former))]).toEqual([['sections/monde', 'sections/planete']])
    expect(await store.heads(['sections/monde'], digest)).toBeUndefined()
  })

  test('release: what time alone made due, once; its paths are given', async () => {
    const store = await filled(article('a', { embargo: '2024-06-20T12:00:00Z', tags: ['Été'] }))
    expect([await store.release(), await store.isKnown('tags/ete')]).toEqual([[], false])
    now = Date.parse('2024-06-20T12:00:00Z')
    expect(await store.release()).toEqual(expect.arrayContaining(['', 'articles/a', 'tags/ete']))
    expect([await store.release(), await store.isKnown('tags/ete')]).toEqual([[], true])
  })

  const changes: [what: string, change: (store: Store) => Promise<unknown>][] = [
    ['save', (store) => replace(store, article('b', { title: 'Corrigé' }))],
    ['rename', (store) => store.rename('sections/monde', 'sections/monde', 'MONDE', [])],
    ['release', (store) => store.release()],
  ]
  test.for(changes)('%s: a higher revision each time, although the clock went back', async ([, change]) => {
    const expires = '2024-06-19T17:00:00Z'
    const store = await filled(article('a', { expires }), article('b'))
    const revisions = async () =>
      (await store.heads(['', 'sections/monde'], digest))?.map((one) => one.revision)
    now = Date.parse('2024-06-19T18:00:00Z')
    await store.save([{ article: article('c'), replaces: null }])
    now = Date.parse(expires)
    const latest = Date.parse('2024-06-19T18:00:00Z')
    await change(store)
    for (const revision of (await revisions()) ?? []) expect(revision).toBeGreaterThan(latest)
  })

  test('findImported: by id, by the file, by the slug, and by a numbered slug near a date', async () => {
    const store = await filled(
      article('a', { slug: 'x' }),
      article('b', { slug: 'x-2' }),
      article('c'),
      article('d'),
    )
    await store.save([{ article: article('e'), replaces: null, from: { run: 7, path: 'e.txt' } }])
    await store.addOrigins([
      { id: 'urn:d', path: 'd.txt' },
      { id: 'urn:unknown', path: 'z.txt' },
    ])
    const nothing = { id: null, path: null, slug: '', published: null }
    const found = async (wanted: Partial<WantedArticle>) =>
      (await store.findImported([{ ...nothing, ...wanted }])).map((one) => [
        articleIn(one.found).id,
        one.path,
        one.run,
      ])
    expect(await found({ id: 'urn:c' })).toEqual([['urn:c', undefined, undefined]])
    expect(await found({ path: 'e.txt' })).toEqual([['urn:e', 'e.txt', 7]])
    expect(await found({ path: 'd.txt' })).toEqual([['urn:d', 'd.txt', undefined]])
    expect(await found({ path: 'z.txt' })).toEqual([])
    expect(await found({ slug: 'x' })).toEqual([['urn:a', undefined, undefined]])
    const both = await found({ slug: 'x', published: Date.parse('2024-06-02T00:00:00Z') })
    expect(both.map(([id]) => id).toSorted()).toEqual(['urn:a', 'urn:b'])
    const later = await found({ slug: 'x', published: Date.parse('2024-06-09T00:00:00Z') })
    expect(later.map(([id]) => id)).toEqual(['urn:a'])
  })

  test('lastImport: the articles of the last import, with what they were before; none after it was taken back', async () => {
    const store = await filled(article('a'), article('b'))
    const save = async (one: Article, more: Partial<Change>, replaces: number | null) => {
      now += 1000
      return revisionOf(await store.save([{ article: one, replaces, ...more }]))
    }
    const { revision } = (await store.find('a')) ?? { revision: 0 }
    const first = await save(article('c'), { from: { run: 1 } }, null)
    const replaced = await save(
      article('a', { title: 'Corrigé' }),
      { from: { run: 2, path: 'a.txt' } },
      revision,
    )
    const created = await save(article('d'), { from: { run: 2 } }, null)
    const told = (await store.lastImport('', 10)).map((one) => [
      articleIn(one.found).id,
      one.revision,
      one.former && JSON.parse(one.former).title,
    ])
    expect(told).toEqual([
      ['urn:a', replaced, 'Titre de a'],
      ['urn:d', created, undefined],
    ])
    expect((await store.lastImport('urn:a', 10)).map(({ found }) => articleIn(found).id)).toEqual(['urn:d'])
    expect(await store.lastImport('', 1)).toHaveLength(1)
    await save(article('a'), { undoes: true }, replaced)
    await save(article('d', { status: 'withdrawn' }), { undoes: true }, created)
    const known = await Promise.all(
      ['urn:a', 'urn:d'].map((id) => store.findImported([{ id, path: null, slug: '', published: null }])),
    )
    expect(known.map(([one]) => [one?.path, one?.isUndone])).toEqual([
      ['a.txt', undefined],
      [undefined, true],
    ])
    expect([await store.lastImport('', 10), first > 0]).toEqual([[], true])
  })

  test('openImport, completeImport: an import of the same files goes on until it is complete', async () => {
    const store = await filled()
    const { run } = await store.openImport('a')
    expect(await store.openImport('a')).toEqual({ run, goesOn: true })
    await store.completeImport(run - 1)
    expect(await store.openImport('a')).toEqual({ run, goesOn: true })
    await store.completeImport(run)
    expect(await store.openImport('a')).toEqual({ run: run + 1, goesOn: false })
  })

  test('isEmpty: until an article is stored', async () => {
    const store = await filled()
    expect(await store.isEmpty()).toBe(true)
    await store.save([{ article: article('a', { status: 'draft' }), replaces: null }])
    expect(await store.isEmpty()).toBe(false)
  })

  test('every method of the port is called by the tests above', () => {
    expect(called.methods.filter((method) => !called.seen.has(method))).toEqual([])
    expect(called.methods.length).toBeGreaterThan(20)
  })
})
