import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import type { Invariant } from './invariant.ts'
import { count } from './world.ts'

/** Runs SQL queries and returns the rows of each query as sorted lines of text. */
export async function rowsOf(...queries: string[]): Promise<string[][]> {
  const results = await env.DB.batch<object>(queries.map((sql) => env.DB.prepare(sql)))
  return results.map(({ results }) => results.map((row) => Object.values(row).join(' ')).sort())
}

/**
 * Redundant data in the database. Each entry has a query that reads the stored copy, and a query that computes
 * the same rows from the source.
 */
const worked: [what: string, kept: string, truth: string][] = [
  [
    'an archive’s articles',
    'SELECT value, selection, part FROM archive, json_each(articles)',
    'SELECT article, selection, part FROM place',
  ],
  [
    'sizes',
    'SELECT path, size FROM selection WHERE size > 0',
    'SELECT selection, count(*) FROM membership GROUP BY selection',
  ],
  [
    'the newest',
    'SELECT selection.path, json_each.value FROM selection, json_each(newest)',
    `SELECT selection, article FROM membership WHERE 100 >
       (SELECT count(*) FROM membership AS m WHERE m.selection = membership.selection AND m.published > membership.published)`,
  ],
  [
    'the hidden index',
    'SELECT selection, article FROM hidden_index',
    `SELECT named.value, number FROM article, json_each(filed) AS named
       WHERE shown = 0 OR json_type(selections, '$.""') IS NULL`,
  ],
  [
    'whether a section, tag or author shows something',
    `SELECT path FROM selection WHERE shown = 1`,
    `SELECT DISTINCT selection FROM membership WHERE selection NOT GLOB 'articles/*'`,
  ],
  [
    'the tombstones',
    `SELECT selection.path, json_extract(value, '$.article') FROM selection, json_each(tombstones)`,
    'SELECT selection, article FROM tombstone',
  ],
  [
    // A release (the statements that carry out due changes) relies on the equality that this entry checks: the
    // release deletes the tombstones of every article whose scheduled change is due.
    'the only scheduled change of a withdrawn article, the end of its tombstones',
    'SELECT DISTINCT article, at FROM schedule WHERE article IN (SELECT article FROM tombstone)',
    'SELECT article, min(until) FROM tombstone GROUP BY article',
  ],
  [
    // A release relies on the equality that this entry checks: the release treats every public article whose
    // scheduled change is due as expired.
    'the only scheduled change of a public article, its expiry',
    'SELECT DISTINCT number, at FROM schedule JOIN article ON number = article WHERE shown = 1',
    'SELECT number, expires FROM article WHERE shown = 1 AND expires IS NOT NULL',
  ],
  [
    // A release sets `was_shown` for every article whose scheduled change is due. This entry checks that only
    // articles that were public at some time get this mark.
    'whether an article was ever public, as its page says',
    'SELECT slug FROM article WHERE was_shown = 1',
    "SELECT substr(path, 10) FROM selection WHERE path GLOB 'articles/*' AND revision IS NOT NULL",
  ],
]

/**
 * Checks that redundant rows in the database equal the rows from which they are derived, and that every public
 * article has a place in an archive.
 */
export const rows: Invariant = {
  name: 'redundant rows equal the rows from which they are derived',
  async after(world, step) {
    if (['wait', 'poll', 'read deltas', 'subscribe', 'deliver'].includes(step.do)) return
    const [placed = [], members = [], ...pairs] = await rowsOf(
      'SELECT article, selection FROM place',
      "SELECT article, selection FROM membership WHERE selection NOT GLOB 'articles/*'",
      ...worked.flatMap(([, kept, truth]) => [kept, truth]),
    )
    for (const [at, [what]] of worked.entries())
      expect([what, pairs[2 * at]]).toEqual([what, pairs[2 * at + 1]])
    expect(members.filter((member) => !placed.includes(member))).toEqual([])
    count(world, 'rows')
  },
}

/**
 * Checks that a reader never puts a version in charge, except the first one, and that the dates of the version
 * in charge begin at most two seconds after it took charge.
 */
export function charge(): Invariant {
  let before: { digest: string; since: number } | undefined
  return {
    name: 'only cron changes which version is in charge',
    async after(world, step) {
      const site = await env.DB.prepare('SELECT digest, since FROM site').first<{
        digest: string
        since: number
      }>()
      if (!site) throw new Error('The table `site` has no row')
      const isChanged = before !== undefined && before.digest !== '' && before.digest !== site.digest
      expect([isChanged, step.do]).toEqual([isChanged, isChanged ? 'run cron' : step.do])
      if (!isChanged && before?.digest) expect(site.since).toBe(before.since)
      expect(site.since).toBeLessThanOrEqual(world.latest + 2000)
      if (isChanged) count(world, 'another version in charge')
      before = site
    },
  }
}
