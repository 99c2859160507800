import type { Article } from '../domain/article.ts'
import { isInstant, rfc3339 } from '../domain/instant.ts'
import { selectionsOf } from '../domain/selection.ts'
import { checkRow, salvage } from '../domain/sound.ts'
import type { Found, Stored } from '../domain/store.ts'
import { readWithRevisions, revisionOf, withRevisions } from './revisions.ts'

/** The columns of an article's database row from which a stored article is parsed. */
export interface StoredRow {
  id: string
  slug: string
  json: string
  revision: number
}

/** Parses a row into a stored article; undefined if the article cannot be rendered. */
export type StoredOf = (row: StoredRow) => Stored | undefined

/** The columns from which an article with a bad row is salvaged. */
export interface FoundRow extends StoredRow {
  published: number
  shown: number
}

/** The columns of `FoundRow`, for a SELECT. */
export const foundColumns = ['id', 'slug', 'json', 'revision', 'published', 'shown']
  .map((name) => `article.${name}`)
  .join(', ')

/** Parses a row into a stored article, or into the reason why the article cannot be rendered. */
export function foundIn(row: FoundRow): Found {
  const checked = checkRow(row)
  const revision = revisionIn(row)
  if ('article' in checked) return { article: checked.article, revision }
  const { id, slug } = row
  const others = withNothing(isInstant(row.published) ? row.published : 0)
  const salvaged = { ...salvage(row.json, others), id, slug }
  return { salvaged, revision, shown: row.shown === 1, issue: checked.issue }
}

/** The revision in a row; 0 if the row has none, as in the SQL of a save. */
export const revisionIn = ({ revision }: Pick<StoredRow, 'revision'>): number =>
  Number.isSafeInteger(revision) ? revision : 0

/** An article without content. Its rights keep it out of all feeds. */
const withNothing = (published: number): Article => ({
  id: '',
  slug: '',
  title: '',
  summary: '',
  html: '',
  language: 'und',
  published: rfc3339(published),
  updated: rfc3339(published),
  tags: [],
  authors: [],
  attachments: [],
  rights: { syndicate: 'none' },
  status: 'published',
})

/**
 * Returns an SQL condition for the articles that are public at the instant `at` (epoch milliseconds). Without
 * `at`, the condition uses the column `shown`, which is right only if every due change is saved.
 */
export const isPublicSql = (at: number | undefined): string =>
  at === undefined
    ? 'article.shown = 1'
    : `article.appears <= ${Math.trunc(at)} AND coalesce(article.expires > ${Math.trunc(at)}, 1)`

interface ArticlesQuery {
  numbers: readonly number[]
  paths: readonly string[]
  at?: number | undefined
  /** The SQL of the revisions to read with the articles, and the values that this SQL binds. */
  revisions: readonly string[]
  values: readonly unknown[]
}

/**
 * Reads the articles that have these numbers, are public and are in all of the given selections, in the order
 * of the numbers. With `at`, the articles are those that are public at this instant. The numbers are written
 * into the SQL as VALUES. With the operator IN, D1 would count each entry of the list as a row read, and the
 * result would need sorting. The same statement reads the revisions, so they are those of the articles' content.
 */
export async function articlesOf(
  database: D1Database,
  { numbers, paths, at, revisions: wanted, values }: ArticlesQuery,
  storedOf: StoredOf,
): Promise<{ articles: Stored[]; revisions: (number | null)[] }> {
  const listed = numbers.filter(Number.isSafeInteger).map((number) => `(${number})`)
  const query = `SELECT id, slug, json, revision FROM (VALUES ${listed.join(', ') || '(NULL)'}) AS listed
    CROSS JOIN article ON article.number = listed.column1 WHERE ${isPublicSql(at)}`
  const { rows, revisions } = await readWithRevisions<StoredRow>(
    database.prepare(withRevisions(query, 4, wanted)).bind(...values),
  )
  const articles = rows.flatMap((row) => {
    const stored = storedOf(row)
    return stored && isIn(stored, paths) ? [stored] : []
  })
  return { articles, revisions }
}

/** The part of a query that reads the present revisions of selections. */
export const revisionsOf = (paths: readonly string[]): Pick<ArticlesQuery, 'revisions' | 'values'> => ({
  revisions: paths.map((_, at) => revisionOf(`?${at + 1}`)),
  values: paths,
})

/**
 * Tells whether the article still belongs to each of the selections. The article's number came from a stored
 * list, which may be older than the article's last save, and that save may have changed the article's rights or
 * sections.
 */
function isIn({ article }: Stored, paths: readonly string[]): boolean {
  const its = selectionsOf(article)
  return paths.every((path) => its.some((one) => one.path === path))
}
