// Input: what its caller reads, where memory holds nothing.
import type { Article } from '../domain/article.ts'
import { sideOf } from '../domain/paging.ts'
import type { Memory } from '../domain/ports.ts'
import type { From, Head } from '../domain/store.ts'

/** How many articles of a feed a person is shown who opens it: enough to see what it is about. */
export const maxTeasers = 10

/** What a list shows: the name of a selection, and articles of it. */
export interface Teasers {
  title: string
  articles: readonly Article[]
}

/** What names the newest articles of a selection, or a page of them, at a revision of it, within one isolate. */
export function teasersKey(
  { path, query = '', revision }: Pick<Head, 'path' | 'query' | 'revision'>,
  from?: From,
): string {
  return [path, query, revision, ...(from ? sideOf(from) : ['newest'])].join(' ')
}

/** Articles without their bodies and files, so that many of them take little room. */
const withoutBodies = ({ title, articles }: Teasers): Teasers => ({
  title,
  articles: articles.map((article) => ({ ...article, html: '', attachments: [] })),
})

/**
 * Keeps what lists show of what was read. The key names the selection, its revision and whatever else chose the
 * articles, so that one key is one content; nothing that a person types stands in it.
 */
export function keepTeasers(memory: Memory | undefined, key: string, read: Teasers): Teasers {
  const teasers = withoutBodies(read)
  memory?.set(`teasers ${key}`, teasers, 2 * JSON.stringify(teasers).length)
  return teasers
}

/** What lists show of a key: as it was kept, else as it is read, which keeps it where that may be kept. */
export async function recallTeasers(
  memory: Memory | undefined,
  key: string,
  read: () => Promise<Teasers>,
): Promise<Teasers> {
  return memory?.get<Teasers>(`teasers ${key}`) ?? withoutBodies(await read())
}
