// Input: what the caller's function reads, if memory holds nothing. Output: none.
import type { Article } from '../domain/article.ts'
import { sideOf } from '../domain/paging.ts'
import type { Memory } from '../domain/ports.ts'
import type { From, Head } from '../domain/store.ts'

/** The largest number of articles on the page that a browser shows for a feed. */
export const maxTeasers = 10

/** The title of a selection, and articles of it without bodies. */
export interface Teasers {
  title: string
  articles: readonly Article[]
}

/** The key, in an isolate's memory, for the newest articles of a selection, or a page of them, at a revision. */
export function teasersKey(
  { path, query = '', revision }: Pick<Head, 'path' | 'query' | 'revision'>,
  from?: From,
): string {
  return [path, query, revision, ...(from ? sideOf(from) : ['newest'])].join(' ')
}

/** Removes the bodies and attachments of articles, so that lists of them take little memory. */
const withoutBodies = ({ title, articles }: Teasers): Teasers => ({
  title,
  articles: articles.map((article) => ({ ...article, html: '', attachments: [] })),
})

/**
 * Keeps the teasers of articles that were read in memory. The key contains the selection, its revision and all
 * else that chose the articles, so that one key always has one content; it contains no text that a visitor can
 * choose.
 */
export function keepTeasers(memory: Memory | undefined, key: string, read: Teasers): Teasers {
  const teasers = withoutBodies(read)
  memory?.set(`teasers ${key}`, teasers, 2 * JSON.stringify(teasers).length)
  return teasers
}

/**
 * The teasers for a key, from memory; otherwise read, without bodies. The function `read` keeps them if that is
 * right.
 */
export async function recallTeasers(
  memory: Memory | undefined,
  key: string,
  read: () => Promise<Teasers>,
): Promise<Teasers> {
  return memory?.get<Teasers>(`teasers ${key}`) ?? withoutBodies(await read())
}
