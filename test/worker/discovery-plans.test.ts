import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { selectionsWithin } from '../../src/store/directory.ts'
import { newsEntries, sitemapEntries, sitemapHead, sitemapParts } from '../../src/store/sitemap.ts'

/** What SQLite means to do for each statement that a question asks. */
async function plansOf(ask: (database: D1Database) => Promise<unknown>): Promise<string[]> {
  const plans: string[] = []
  const prepare = (sql: string) => ({
    bind: (...values: unknown[]) => {
      const explain = async () => {
        const plan = env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`).bind(...values)
        const { results } = await plan.all<{ detail: string }>()
        plans.push(...results.map(({ detail }) => detail))
        return { results: [] }
      }
      return { all: explain, first: explain }
    },
  })
  await ask({ prepare } as unknown as D1Database)
  return plans
}

const questions: [what: string, ask: (database: D1Database) => Promise<unknown>][] = [
  ['the directory', (database) => selectionsWithin(database, 'tags', 'ete', 300)],
  ['the sitemap index', (database) => sitemapParts(database)],
  ['a sitemap’s head', (database) => sitemapHead(database, 2024060000)],
  ['a sitemap', (database) => sitemapEntries(database, 2024060000)],
  ['the news sitemap', (database) => newsEntries(database, 0, 1000)],
]

test.for(questions)('%s is found by indexes, without a sort', async ([, ask]) => {
  const plans = await plansOf(ask)
  expect(plans.length).toBeGreaterThan(0)
  const allowed = /^SCAN (sitemap|filed|recent|\(subquery|json_each)|VIRTUAL TABLE/
  expect(plans.filter((plan) => /^SCAN|TEMP B-TREE/.test(plan) && !allowed.test(plan))).toEqual([])
  expect(plans.some((plan) => /^SEARCH .* USING/.test(plan))).toBe(true)
})
