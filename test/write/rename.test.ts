import { expect, test } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import { type Cursor, parseCursor } from '../../src/domain/cursor.ts'
import { articlesPerSave, statementsPerRequest, statementsPerSave } from '../../src/domain/limits.ts'
import type { Store } from '../../src/domain/store.ts'
import { statementsPerRead, withinBudget } from '../../src/write/budget.ts'
import { rename } from '../../src/write/rename.ts'
import { sampleArticle, site } from '../render/samples.ts'

/** A store of articles of the section `monde`, whose cursors are positions, and that counts the saves. */
function storeOf(count: number, section = 'Monde') {
  const articles = Array.from({ length: count }, (_, at) => sampleArticle({ slug: `a${at}`, section }))
  const seen = { saves: 0, renames: 0 }
  const store = {
    names: async () => [{ path: 'sections/monde', name: 'monde' }],
    isKnown: async () => true,
    list: async ({ limit, before }: { limit: number; before?: Cursor }) => {
      const left = articles
        .map((article, at) => ({ article, at }))
        .filter(({ article, at }) => at >= (before?.number ?? 0) && /monde/i.test(article.section ?? ''))
      const found = left.slice(0, limit)
      const next = left.length > limit && { published: 1, number: (found.at(-1)?.at ?? 0) + 1 }
      return {
        articles: found.map(({ article }) => ({ article, revision: 1 })),
        bad: [],
        ...(next && { next }),
      }
    },
    save: async (changes: { article: Article }[]) => {
      seen.saves++
      for (const { article } of changes)
        articles[articles.findIndex(({ slug }) => slug === article.slug)] = article
      return { kind: 'saved', revision: 2, touched: [] }
    },
    prepareRename: async () => {},
    rename: async () => {
      seen.renames++
      return { kind: 'saved', revision: 3, touched: [] }
    },
  } as unknown as Store
  return { articles, seen, ports: { site, store, clock: () => 0, invalidate: async () => {} } }
}

test.for<[what: string, name: string]>([
  ['another key', 'Planète'],
  ['the same key', 'MONDE'],
])(
  'a renaming of more articles than one request may save goes on at the next position: %s',
  async ([, name]) => {
    const { articles, seen, ports } = storeOf(2000)
    let before: Cursor | undefined
    let requests = 0
    for (let done = false; !done; requests++) {
      seen.saves = 0
      const tried = await withinBudget(ports, (within) => rename(within, 'sections', 'monde', name, before))
      expect(seen.saves, `saves of request ${requests}`).toBeLessThanOrEqual(
        statementsPerRequest / statementsPerSave,
      )
      done = tried.ok
      if (tried.ok) continue
      expect(tried.problem).toMatchObject({ kind: 'partly-renamed', path: 'sections/monde' })
      const { next = '' } = tried.problem as { next?: string }
      before = parseCursor(new URLSearchParams(next.split('?')[1]).get('before') ?? '')
      expect(before, next).toBeDefined()
      expect(seen.renames).toBe(0)
    }
    expect(requests).toBe(3)
    expect(new Set(articles.map(({ section }) => section))).toEqual(new Set([name]))
    expect(seen.renames).toBe(1)
  },
)

test('a renaming ends, also if its last page uses up what a request may use', async () => {
  const readable = Math.floor((statementsPerRequest - statementsPerSave) / statementsPerRead)
  for (const pages of [readable, readable + 1, readable + 2]) {
    const { seen, ports } = storeOf(pages * articlesPerSave, 'MONDE')
    let before: Cursor | undefined
    for (let requests = 0; requests < 3 && seen.renames === 0; requests++) {
      const tried = await withinBudget(ports, (within) =>
        rename(within, 'sections', 'monde', 'MONDE', before),
      )
      if (tried.ok) continue
      const { next = '' } = tried.problem as { next?: string }
      before = parseCursor(new URLSearchParams(next.split('?')[1]).get('before') ?? '')
    }
    expect(seen.renames, `${pages} pages`).toBe(1)
  }
})
