import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { d1Counts } from '../../src/store/counts.ts'
import { shortLinks } from '../../src/store/short-link.ts'

/** Runs `ask` with a database, and returns SQLite's query plan for each statement that `ask` prepares. */
async function plansOf(ask: (database: D1Database) => Promise<unknown>): Promise<string[]> {
  const plans: string[] = []
  const prepare = (sql: string) => {
    const bind = (...values: unknown[]) => {
      const explain = async () => {
        const plan = env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`).bind(...values)
        const { results } = await plan.all<{ detail: string }>()
        plans.push(...results.map(({ detail }) => detail))
        return { results: sql.startsWith('SELECT number') ? [{ number: 1, id: 'urn:x' }] : [] }
      }
      return { all: explain, first: explain, run: explain }
    }
    return { bind, ...bind() }
  }
  await ask({ prepare } as unknown as D1Database)
  return plans
}

const period = { since: '2024-06-01', until: '2024-06-30' }
const questions: [what: string, ask: (database: D1Database) => Promise<unknown>][] = [
  [
    'a short link, and codes to be written down',
    async (database) => {
      const shorts = shortLinks(database)
      await shorts.find('x')
      await shorts.isFilled()
      await shorts.fill(10)
    },
  ],
  ['the counts of an article', (database) => d1Counts(database).ofArticle('x', 'x', period)],
  ['the counts of the site', (database) => d1Counts(database).ofSite(period, 10)],
]
test.for(questions)('%s: found by indexes, without a sort', async ([, ask]) => {
  const plans = await plansOf(ask)
  expect(plans.length).toBeGreaterThan(0)
  const allowed = /^SCAN (given|json_each) VIRTUAL TABLE/
  expect(plans.filter((plan) => /^SCAN|TEMP B-TREE/.test(plan) && !allowed.test(plan))).toEqual([])
  expect(plans.some((plan) => /^SEARCH .* USING/.test(plan))).toBe(true)
})
