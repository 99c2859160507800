import type { State } from '../domain/article.ts'
import type { Cursor } from '../domain/cursor.ts'
import { type BadArticle, type Found, isBad, type Query, type Stored } from '../domain/store.ts'
import { type FoundRow, foundColumns } from './articles.ts'
import { listOr } from './columns.ts'

type Row = FoundRow & { listed: number; number: number }

/** A piece of SQL with the values of its parameters. */
type Sql = readonly [sql: string, ...values: unknown[]]

/**
 * Reads one page of a list of articles in any state. The query starts at a key (keyset pagination), so it does
 * not read the articles of earlier pages. `isReleased` says whether all scheduled changes up to `now` are saved; if
 * they are not, the query does not rely on the column `shown`, and may read many more rows.
 */
export async function listArticles(
  database: D1Database,
  query: Query,
  { now, isReleased }: { now: number; isReleased: boolean },
  foundOf: (row: FoundRow) => Found,
): Promise<{ articles: Stored[]; bad: BadArticle[]; next?: Cursor }> {
  const [from, ...values] = query.since === undefined ? orderedFrom(query, isReleased) : savedFrom(query)
  const filters = filtersOf(query, now)
  const where = filters.map(([sql]) => `AND ${sql}`).join(' ')
  const { results } = await database
    .prepare(
      `SELECT ${foundColumns}, listed.published AS listed, listed.number FROM (${from}) AS listed
       CROSS JOIN article ON article.number = listed.number ${where} LIMIT ?`,
    )
    .bind(...values, ...filters.flatMap(([, ...values]) => values), query.limit + 1)
    .all<Row & Record<string, unknown>>()
  const page = results.slice(0, query.limit)
  const found = page.map(foundOf)
  const articles = found.filter((one) => !isBad(one))
  const bad = found.filter(isBad)
  const last = page.at(-1)
  if (results.length <= query.limit || !last) return { articles, bad }
  return { articles, bad, next: { published: last.listed, number: last.number } }
}

/**
 * This LIMIT limits nothing. Without a LIMIT, SQLite would merge the ordered subquery into the outer query and
 * lose the order.
 */
const kept = 'LIMIT -1'

const first: Cursor = { published: 9e15, number: 9e15 }

/**
 * The four ranges of the index, each ordered by date. `shown` contains the public articles. `draft`,
 * `published` and `withdrawn` contain the articles with this status that are not public; those in `published`
 * are scheduled or expired. In the index of one selection, `published` also contains the public articles
 * whose rights exclude them from public lists, and `shown` lacks these articles.
 */
type Range = 'shown' | 'draft' | 'published' | 'withdrawn'

function rangesOf(state: State | undefined, path: string | undefined, isReleased: boolean): readonly Range[] {
  switch (state) {
    case undefined:
      return ['shown', 'draft', 'published', 'withdrawn']
    case 'published':
      return path === undefined && isReleased ? ['shown'] : ['shown', 'published']
    case 'expired':
      return isReleased ? ['published'] : ['shown', 'published']
    case 'scheduled':
      return ['published']
    default:
      return [state]
  }
}

/**
 * Returns SQL for the keys of the articles that the query asks for, the newest first. The SQL merges index
 * ranges, each of which is already ordered with the newest first.
 */
function orderedFrom({ state, within, before = first }: Query, isReleased: boolean): Sql {
  const ranges = rangesOf(state, within?.[0], isReleased).map((range) => keysIn(range, within?.[0], before))
  return [
    `${ranges.map(([sql]) => sql).join(' UNION ALL ')} ORDER BY published DESC, number DESC ${kept}`,
    ...ranges.flatMap(([, ...values]) => values),
  ]
}

function keysIn(range: Range, path: string | undefined, { published, number }: Cursor): Sql {
  const cursor = [published, number]
  if (path === undefined) {
    const sql = `SELECT published, number FROM article
      WHERE shown = ? AND status = ? AND (published, number) < (?, ?)`
    return range === 'shown' ? [sql, 1, 'published', ...cursor] : [sql, 0, range, ...cursor]
  }
  const keys = 'SELECT published, article AS number FROM'
  const behind = '(published, article) < (?, ?)'
  return range === 'shown'
    ? [`${keys} membership WHERE selection = ? AND ${behind}`, path, ...cursor]
    : [`${keys} hidden_index WHERE selection = ? AND status = ? AND ${behind}`, path, range, ...cursor]
}

/**
 * Returns SQL for the keys of the articles saved since a revision, the last saved first. These keys contain the
 * revision instead of the publication date.
 */
const savedFrom = ({ since, before = first }: Query): Sql => [
  `SELECT revision AS published, number FROM article
   WHERE revision >= ? AND (revision, number) < (?, ?) ORDER BY revision DESC, number DESC ${kept}`,
  since,
  before.published,
  before.number,
]

/**
 * Returns the conditions of the query that the SQL for the keys has not checked yet. With `since`, these are
 * the conditions on the state and on all selections; without `since`, those on the state and on all selections
 * except the first.
 */
function filtersOf({ state, within = [], since }: Query, now: number): Sql[] {
  const paths = since === undefined ? within.slice(1) : within
  return [
    ...(state === undefined ? [] : [isIn(state, now)]),
    ...paths.map(
      (path): Sql => [
        `EXISTS (SELECT 1 FROM json_each(${listOr('article.filed', "'[]'")}) WHERE value = ?)`,
        path,
      ],
    ),
  ]
}

/**
 * Returns an SQL condition for the articles in this state, which must agree with the function `stateAt` in
 * src/domain/article.ts. The column `appears` is null unless the article's status is `published`.
 */
function isIn(state: State, now: number): Sql {
  switch (state) {
    case 'scheduled':
      return ['appears > ? AND (expires IS NULL OR expires > ?)', now, now]
    case 'published':
      return ['appears <= ? AND (expires IS NULL OR expires > ?)', now, now]
    case 'expired':
      return ['appears IS NOT NULL AND expires <= ?', now]
    default:
      return ['article.status = ?', state]
  }
}
