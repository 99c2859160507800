import { type Article, appearsAt, expiresAt, isPublicAt, stateAt } from '../domain/article.ts'
import { filedUnder, selectionsOf } from '../domain/selection.ts'
import type { Change } from '../domain/store.ts'
import { codeOf } from '../share/code.ts'

/** The largest number of bytes in one JSON list. D1 accepts texts of 2 MB, and an article has at most half of that. */
export const maxListBytes = 1_800_000

/** Returns the articles as rows in JSON lists, in as few lists as D1's limit on the size of a text allows. */
export async function rowLists(changes: readonly Change[], now: number): Promise<string[]> {
  const rows: string[] = []
  for (const change of changes) rows.push(JSON.stringify(await rowOf(change, now)))
  return listsOf(rows)
}

/** Joins JSON texts to JSON lists, as few as D1's limit on the size of a text allows. */
export function listsOf(rows: readonly string[]): string[] {
  const lists: string[][] = []
  let bytesLeft = 0
  for (const row of rows) {
    const bytes = new TextEncoder().encode(row).length + 1
    if (lists.length === 0 || bytes > bytesLeft) {
      lists.push([])
      bytesLeft = maxListBytes
    }
    bytesLeft -= bytes
    lists.at(-1)?.push(row)
  }
  return lists.map((rows) => `[${rows.join(',')}]`)
}

/**
 * Returns the facts about an article that all statements of a save read. Only the row from `rowOf` contains
 * the complete article.
 */
export function keysOf({ article, replaces, from, undoes, isQuiet, correction }: Change, now: number) {
  const { id, slug, status, updated, published } = article
  return {
    id,
    slug,
    replaces,
    withdrawn: status === 'withdrawn' ? Date.parse(updated) : null,
    restored: mayBeRestored(article, replaces, now) ? 1 : 0,
    shown: isPublicAt(article, now) ? 1 : 0,
    now,
    published: Date.parse(published),
    selections: titlesByPath(article),
    ...(from && { from }),
    ...(undoes && { undoes: 1 }),
    ...(isQuiet !== undefined && { quiet: isQuiet ? 1 : 0 }),
    ...(correction !== undefined && { corrected: correction }),
  }
}

/**
 * Returns the row of an article, in which the article is nested as JSON. As a string inside JSON, the article
 * would be longer, because each quotation mark in its texts would take four bytes.
 */
export async function rowOf({ article, replaces, isQuiet, correction }: Change, now: number) {
  return {
    id: article.id,
    code: await codeOf(article.id),
    slug: article.slug,
    article,
    selections: titlesByPath(article),
    filed: filedUnder(article),
    published: Date.parse(article.published),
    appears: appearsAt(article) ?? null,
    expires: expiresAt(article) ?? null,
    shown: isPublicAt(article, now) ? 1 : 0,
    withdrawn: article.status === 'withdrawn' ? 1 : null,
    restored: mayBeRestored(article, replaces, now) ? 1 : 0,
    quiet: isQuiet === undefined ? null : isQuiet ? 1 : 0,
    now,
    corrected: correction ?? null,
  }
}

const mayBeRestored = (article: Article, replaces: number | null, now: number): boolean =>
  replaces === null && ['withdrawn', 'expired'].includes(stateAt(article, now))

const titlesByPath = (article: Article): Record<string, string> =>
  Object.fromEntries(selectionsOf(article).map(({ path, title }) => [path, title]))
