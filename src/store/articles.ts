import { selectionsOf } from '../domain/selection.ts'
import type { Stored } from '../domain/store.ts'

/** An article as its row holds it. */
export interface StoredRow {
  slug: string
  json: string
  revision: number
}

/** A row as an article, or undefined where it is unsound. */
export type StoredOf = (row: StoredRow) => Stored | undefined

/**
 * The articles of these numbers, in their order, that anybody can see in all of these selections. Their rows
 * are all that is read: a list of constants costs no row, which IN would, and needs no sorting.
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

/** Asked again when it is read: the list may be older than the article, and rights rank above everything. */
function isIn({ article }: Stored, paths: readonly string[]): boolean {
  const its = selectionsOf(article)
  return paths.every((path) => its.some((one) => one.path === path))
}
