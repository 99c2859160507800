import { describe, expect, test } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import type { ArticleInput } from '../../src/domain/input.ts'
import { statementsPerRequest, statementsPerSave } from '../../src/domain/limits.ts'
import type { Invalidate } from '../../src/domain/ports.ts'
import type { Outcome, Store } from '../../src/domain/store.ts'
import { withinBudget } from '../../src/write/budget.ts'
import { publish, withdraw } from '../../src/write/publish.ts'
import { publishMany } from '../../src/write/publish-many.ts'
import { rename } from '../../src/write/rename.ts'
import { sampleArticle, site } from '../render/samples.ts'

/**
 * Test ports whose store contains the given articles. The store answers each save with the next of the given
 * outcomes, and counts the saves.
 */
function portsWith(outcomes: Outcome[], articles: readonly Article[] = []) {
  const seen = { saves: 0, invalidated: [] as string[] }
  const stored = articles.map((article) => ({ article, revision: 1 }))
  const nothing = { found: [], revision: 1 }
  const store: Store = {
    heads: async () => undefined,
    newest: async () => ({ articles: [], revisions: [] }),
    page: async () => ({ articles: [], revisions: [] }),
    canonical: async (_, from) => from,
    archive: async () => undefined,
    archived: async () => ({ title: '', articles: [], revisions: [] }),
    withdrawn: async () => [],
    find: async (slug) => stored.find(({ article }) => article.slug === slug),
    findMany: async () => stored,
    findImported: async () => stored.map((found) => ({ found })),
    addOrigins: async () => {},
    openImport: async () => ({ run: 1, goesOn: false }),
    completeImport: async () => {},
    lastImport: async () => [],
    names: async () => [],
    freeSlugs: async (slugs) => [...slugs],
    deletedSlugs: async () => [],
    moved: async () => undefined,
    movedAmong: async () => new Map(),
    selections: async () => nothing,
    initials: async () => nothing,
    lastNumber: async () => ({ found: 0, revision: 1 }),
    pathsNumbered: async () => nothing,
    sitemapParts: async () => nothing,
    sitemapHead: async () => undefined,
    sitemapEntries: async () => nothing,
    newsEntries: async () => nothing,
    list: async () => ({ articles: [], bad: [] }),
    remove: async () => false,
    isKnown: async () => false,
    rename: async () => ({ kind: 'conflict' }),
    prepareRename: async () => {},
    save: async () => outcomes[seen.saves++] ?? { kind: 'conflict' },
    release: async () => [],
    takeCharge: async () => false,
    isEmpty: async () => true,
  }
  const invalidate: Invalidate = async ({ paths }) => {
    seen.invalidated.push(...paths)
  }
  return { seen, ports: { site, store, clock: () => 0, invalidate } }
}

const input = { title: 'Titre', text: 'Corps.' }

test('a save that another save preceded is tried again on the current article', async () => {
  const { seen, ports } = portsWith([
    { kind: 'conflict' },
    { kind: 'saved', revision: 7, touched: ['', 'tags/x'] },
  ])
  expect(await publish(ports, input)).toMatchObject({ ok: true, value: { kind: 'created', revision: 7 } })
  expect(seen).toEqual({ saves: 2, invalidated: ['', 'tags/x'] })
})

test('after ten failed tries the caller gets a conflict', async () => {
  const { seen, ports } = portsWith([])
  expect(await publish(ports, input)).toEqual({ ok: false, problem: { kind: 'conflict', slug: 'titre' } })
  expect(seen).toEqual({ saves: 10, invalidated: [] })
})

test('a title that makes no slug needs one', async () => {
  const { seen, ports } = portsWith([])
  expect(await publish(ports, { title: '…' })).toMatchObject({
    ok: false,
    problem: { kind: 'invalid-article', issues: [{ field: 'slug' }] },
  })
  expect(seen.saves).toBe(0)
})

test('a renaming that concurrent saves interrupt every time is refused as a conflict that names its path', async () => {
  const { ports } = portsWith([])
  const store = { ...ports.store, isKnown: async () => true }
  expect(await rename({ ...ports, store }, 'sections', 'monde', 'Ailleurs')).toEqual({
    ok: false,
    problem: { kind: 'rename-conflict', path: 'sections/monde' },
  })
})

describe('a save after which readers see less of an article marks its copies stale without waiting', () => {
  const later = '2025-01-01T00:00:00Z'
  const rows: [what: string, was: Partial<Article>, becomes: Partial<ArticleInput>, urgent: boolean][] = [
    ['a correction', {}, { title: 'Corrigé' }, false],
    ['another licence', {}, { rights: { syndicate: 'full', license: 'CC BY 4.0' } }, false],
    ['a withdrawal', {}, { status: 'withdrawn' }, true],
    ['a draft again', {}, { status: 'draft' }, true],
    ['an embargo', {}, { embargo: later }, true],
    ['a later embargo', { embargo: '2024-06-20T00:00:00Z' }, { embargo: later }, true],
    ['a later publication', {}, { published: later, updated: later }, true],
    ['another date in the past', {}, { published: '2024-05-01T00:00:00Z' }, false],
    ['an expiry', {}, { expires: later }, true],
    ['an earlier expiry', { expires: later }, { expires: '2024-07-01T00:00:00Z' }, true],
    ['its summary only', {}, { rights: { syndicate: 'summary' } }, true],
    ['in no feed any more', { rights: { syndicate: 'summary' } }, { rights: { syndicate: 'none' } }, true],
    ['a draft that gets an embargo', { status: 'draft' }, { status: 'draft', embargo: later }, false],
    ['a draft that is published', { status: 'draft' }, { status: 'published' }, false],
  ]

  /**
   * Runs a function that saves or withdraws an article. For each save, returns whether the purge that the save
   * stores is urgent, and for each purge that is done at once, whether that purge is urgent.
   */
  async function urgencies(
    was: Partial<Article>,
    work: (ports: Parameters<typeof publish>[0], article: Article, other: Article) => Promise<unknown>,
  ): Promise<(boolean | undefined)[]> {
    const article = sampleArticle(was)
    const other = sampleArticle({ slug: 'autre', id: 'tag:kiosque.example,2024:autre' })
    const told: (boolean | undefined)[] = []
    const { ports } = portsWith([{ kind: 'saved', revision: 2, touched: [''] }], [article, other])
    const invalidate: Invalidate = async ({ urgent }) => void told.push(urgent)
    const store: Store = {
      ...ports.store,
      save: (changes, urgent) => {
        told.push(urgent)
        return ports.store.save(changes, urgent)
      },
    }
    const clock = () => Date.parse('2024-07-01T00:00:00Z')
    await work({ ...ports, store, clock, invalidate }, article, other)
    return told
  }

  test.for(rows)('%s, alone', async ([, was, becomes, urgent]) => {
    const told = await urgencies(was, (ports, article) => publish(ports, { ...article, ...becomes }))
    expect(told).toEqual([urgent, urgent])
  })

  test.for(rows)('%s, among others of one save', async ([, was, becomes, urgent]) => {
    const told = await urgencies(was, (ports, article, other) =>
      publishMany(ports, [
        { ...other, title: 'Corrigé' },
        { ...article, ...becomes },
      ]),
    )
    expect(told).toEqual([urgent, urgent])
  })

  test('a withdrawal by its slug', async () => {
    expect(await urgencies({}, (ports, { slug }) => withdraw(ports, slug))).toEqual([true, true])
  })

  test('no new article', async () => {
    const { ports } = portsWith([{ kind: 'saved', revision: 2, touched: [''] }])
    const told: (boolean | undefined)[] = []
    const invalidate: Invalidate = async ({ urgent }) => void told.push(urgent)
    await publish({ ...ports, invalidate }, { ...input, embargo: later })
    expect(told).toEqual([false])
  })
})

describe('a change is answered only after the copies at the edge were marked stale', () => {
  const saved: Outcome = { kind: 'saved', revision: 2, touched: [''] }
  const rows: [what: string, work: (ports: Parameters<typeof publish>[0]) => Promise<unknown>][] = [
    ['publish', (ports) => publish(ports, { ...sampleArticle({}), status: 'draft' })],
    ['publishMany', (ports) => publishMany(ports, [{ ...sampleArticle({}), status: 'draft' }])],
    ['withdraw', (ports) => withdraw(ports, sampleArticle({}).slug)],
    ['rename', (ports) => rename(ports, 'sections', 'monde', 'Ailleurs')],
  ]
  test.for(rows)('%s', async ([, work]) => {
    const { ports } = portsWith([saved], [sampleArticle({})])
    const events: string[] = []
    const store = { ...ports.store, isKnown: async () => true, rename: async () => saved }
    const invalidate = async () => {
      await new Promise((resolve) => setImmediate(resolve))
      events.push('marked stale')
    }
    await work({ ...ports, store, invalidate })
    events.push('answered')
    expect(events).toEqual(['marked stale', 'answered'])
  })
})

describe('many articles of which one save is refused', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ title: `Titre ${at}`, slug: `a${at}`, text: 'Corps.' }))

  /** Ports whose store refuses each save that contains one of these slugs. */
  function refusing(
    slugs: readonly string[],
    kind: 'slug-taken' | 'conflict',
    times = Number.POSITIVE_INFINITY,
  ) {
    const { ports } = portsWith([])
    const saves: string[][] = []
    let left = times
    const store: Store = {
      ...ports.store,
      save: async (changes) => {
        const given = changes.map(({ article }) => article.slug)
        saves.push(given)
        if (left === 0 || !slugs.some((slug) => given.includes(slug)))
          return { kind: 'saved', revision: 2, touched: [] }
        left--
        return { kind }
      },
    }
    return { saves, ports: { ...ports, store } }
  }

  test('are saved by halves, and only the refused one is not', async () => {
    const { saves, ports } = refusing(['a17'], 'slug-taken')
    const answers = await publishMany(ports, many(50))
    expect(answers.flatMap(({ ok }, at) => (ok ? [] : [at]))).toEqual([17])
    // One save of all, two of each size from a half to single articles, at most.
    expect(saves.length).toBeLessThanOrEqual(13)
  })

  test('are saved by halves if another request has changed one of them', async () => {
    const { saves, ports } = refusing(['a17'], 'conflict', 1)
    const answers = await publishMany(ports, many(50))
    expect(answers.filter(({ ok }) => !ok)).toEqual([])
    expect(saves.map(({ length }) => length)).toEqual([50, 25, 25])
  })

  test('are refused one by one if each is', async () => {
    const { ports } = refusing(
      many(8).map(({ slug }) => slug),
      'slug-taken',
    )
    const answers = await publishMany(ports, many(8))
    expect(answers.map((answer) => !answer.ok && answer.problem.kind)).toEqual(
      many(8).map(() => 'slug-taken'),
    )
  })

  test('are named as unfinished when their request may save nothing more, and nothing is read for them', async () => {
    const { saves, ports } = refusing(
      many(50).map(({ slug }) => slug),
      'slug-taken',
    )
    const answers = await withinBudget(ports, (within) => publishMany(within, many(50)))
    const kinds = answers.map((answer) => (answer.ok ? 'saved' : answer.problem.kind))
    expect(saves.length).toBeGreaterThan(10)
    expect(saves.length).toBeLessThanOrEqual(statementsPerRequest / statementsPerSave)
    expect(kinds.at(-1)).toBe('unfinished')
    expect(new Set(kinds)).toEqual(new Set(['slug-taken', 'unfinished']))
    const reads: string[] = []
    const findMany = async (): Promise<[]> => {
      reads.push('findMany')
      return []
    }
    await publishMany({ ...ports, isSpent: () => true, store: { ...ports.store, findMany } }, many(50))
    expect(reads).toEqual([])
  })
})
