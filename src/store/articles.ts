import { selectionsOf } from '../domain/selection.ts'
import type { Stored } from '../domain/store.ts'

/** The columns of an article's row that make a stored article. */
export interface StoredRow {
  slug: string
  json: string
  revision: number
}

/** Parses a row into a stored article; undefined if the row's JSON is corrupt. */
export type StoredOf = (row: StoredRow) => Stored | undefined

/**
 * Reads the articles with these numbers, in the given order, if they are public and in all of the given
 * selections. The numbers are written into the SQL as VALUES, because reading the list of an IN would count as
 * rows read, and would need sorting.
 */
export async function articlesOf(
  database: D1Database,
  numbers: readonly number[],
  paths: readonly string[],
  storedOf: StoredOf,
): Promise<Stored[]> {
  if (numbers.length === 0) return []
  const listed = numbers.map((number) => `(${Math.trunc(number)})`).join(', ')
  const { results } = await database
    .prepare(
      `SELECT slug, json, revision FROM (VALUES ${listed}) AS listed
       CROSS JOIN article ON article.number = listed.column1 WHERE shown = 1`,
    )
    .all<StoredRow>()
  return results.flatMap((row) => {
    const stored = storedOf(row)
    return stored && isIn(stored, paths) ? [stored] : []
  })
}

/**
 * Whether the article still belongs to each of the selections. The list that named the article may be older
 * than the article's last save, which may have changed the rights or the sections of the article.
 */
function isIn({ article }: Stored, paths: readonly string[]): boolean {
  const its = selectionsOf(article)
  return paths.every((path) => its.some((one) => one.path === path))
}
