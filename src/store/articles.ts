import { selectionsOf } from '../domain/selection.ts'
import type { Stored } from '../domain/store.ts'

/** The columns of an article's database row from which a stored article is parsed. */
export interface StoredRow {
  slug: string
  json: string
  revision: number
}

/** Parses a row into a stored article; undefined if the row's JSON is corrupt. */
export type StoredOf = (row: StoredRow) => Stored | undefined

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
}

/**
 * Reads the articles that have these numbers, are public and are in all of the given selections, in the order
 * of the numbers. With `at`, the articles are those that are public at this instant. The numbers are written
 * into the SQL as VALUES. With the operator IN, D1 would count each entry of the list as a row read, and the
 * result would need sorting.
 */
export async function articlesOf(
  database: D1Database,
  { numbers, paths, at }: ArticlesQuery,
  storedOf: StoredOf,
): Promise<Stored[]> {
  if (numbers.length === 0) return []
  const listed = numbers.map((number) => `(${Math.trunc(number)})`).join(', ')
  const { results } = await database
    .prepare(
      `SELECT slug, json, revision FROM (VALUES ${listed}) AS listed
       CROSS JOIN article ON article.number = listed.column1 WHERE ${isPublicSql(at)}`,
    )
    .all<StoredRow>()
  return results.flatMap((row) => {
    const stored = storedOf(row)
    return stored && isIn(stored, paths) ? [stored] : []
  })
}

/**
 * Tells whether the article still belongs to each of the selections. The article's number came from a stored
 * list, which may be older than the article's last save, and that save may have changed the article's rights or
 * sections.
 */
function isIn({ article }: Stored, paths: readonly string[]): boolean {
  const its = selectionsOf(article)
  return paths.every((path) => its.some((one) => one.path === path))
}
