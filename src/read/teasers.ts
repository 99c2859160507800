// I/O: calls the function that the caller passes for reading, if memory has no teasers; writes nothing.
import type { Article } from '../domain/article.ts'
import { type From, sideOf } from '../domain/cursor.ts'
import type { Memory } from '../domain/ports.ts'
import type { Head } from '../domain/store.ts'

/** The largest number of articles on the page that a browser shows for a feed. */
export const maxTeasers = 10

/** The title of a selection, and some of its articles, without their bodies. */
export interface Teasers {
  title: string
  articles: readonly Article[]
}

/**
 * Returns the key under which an isolate's memory keeps teasers. The key contains the path and revision of
 * the selection, and says whether the teasers are the newest articles or which page they are.
 */
export function teasersKey(
  { path, query = '', revision }: Pick<Head, 'path' | 'query' | 'revision'>,
  from?: From,
): string {
  return [path, query, revision, ...(from ? sideOf(from) : ['newest'])].join(' ')
}

/** Removes the bodies and attachments of articles, so that a list of articles takes little memory. */
const withoutBodies = ({ title, articles }: Teasers): Teasers => ({
  title,
  articles: articles.map((article) => ({ ...article, html: '', attachments: [] })),
})

/**
 * Keeps teasers in memory, made of articles that were just read. The key must contain the selection, its
 * revision and everything else that determined which articles were read, so that one key always has one
 * content. The key must contain no text that a visitor can choose.
 */
export function keepTeasers(memory: Memory | undefined, key: string, read: Teasers): Teasers {
  const teasers = withoutBodies(read)
  memory?.set(`teasers ${key}`, teasers, 2 * JSON.stringify(teasers).length)
  return teasers
}

/**
 * The teasers for a key from memory; if memory has none, the articles that `read` returns, without bodies. The
 * function `read` decides whether to keep them in memory.
 */
export async function recallTeasers(
  memory: Memory | undefined,
  key: string,
  read: () => Promise<Teasers>,
): Promise<Teasers> {
  return memory?.get<Teasers>(`teasers ${key}`) ?? withoutBodies(await read())
}
