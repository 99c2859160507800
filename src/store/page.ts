import { mostLookedAt } from '../domain/history.ts'
import type { Cursor, From, Page } from '../domain/ports.ts'
import { articlesOf, type StoredOf } from './articles.ts'

const first: Cursor = { published: 9e15, number: 9e15 }

export interface PageQuery {
  /** The rarest selection comes first. */
  paths: readonly string[]
  /** Without it, the page begins at the newest. */
  from?: From
  most: number
}

/** A page of the articles that are in every one of the selections, by keyset. */
export async function readPage(
  database: D1Database,
  { paths, from, most }: PageQuery,
  storedOf: StoredOf,
): Promise<Page> {
  const look = lookOf(paths, from, most)
  const found = await keysOf(database, paths, look)
  const keys = found.slice(0, most)
  const rest = found.length > most ? keys.at(-1) : await endOf(database, paths, look)
  const numbers = (look.forward ? keys : keys.toReversed()).map(({ number }) => number)
  const articles = await articlesOf(database, numbers, paths, storedOf)
  // The side that the reader came from is always there, the other one where something is left.
  const came = from && (keys[0] ?? look.start)
  const [older, newer] = look.forward ? [rest, came] : [came, rest]
  return { articles, ...(older && { older }), ...(newer && { newer }) }
}

/** From where, in which direction and how far the rarest selection is looked at, and for how many articles. */
interface Look {
  forward: boolean
  start: Cursor
  far: number
  most: number
}

function lookOf(paths: readonly string[], from: From | undefined, most: number): Look {
  const far = paths.length > 1 ? mostLookedAt : most + 1
  if (from && 'after' in from) return { forward: false, start: from.after, far, most: most + 1 }
  return { forward: true, start: from?.before ?? first, far, most: most + 1 }
}

const order = (forward: boolean): string => (forward ? 'published DESC, article DESC' : 'published, article')

/** The part of the rarest selection that is looked at. */
const near = (forward: boolean, limit: string): string =>
  `SELECT published, article FROM membership WHERE selection = ?1
     AND (published, article) ${forward ? '<' : '>'} (?2, ?3) ORDER BY ${order(forward)} LIMIT ${limit}`

async function keysOf(
  database: D1Database,
  [rarest, ...others]: readonly string[],
  { forward, start, far, most }: Look,
): Promise<Cursor[]> {
  const joins = others.map((_, at) => {
    const other = `other${at}`
    return `CROSS JOIN membership AS ${other} ON ${other}.selection = ?${at + 4}
      AND ${other}.published = near.published AND ${other}.article = near.article`
  })
  const { results } = await database
    .prepare(
      `SELECT near.published, near.article AS number FROM (${near(forward, String(far))}) AS near
       ${joins.join(' ')} LIMIT ${most}`,
    )
    .bind(rarest, start.published, start.number, ...others)
    .all<Cursor & Record<string, unknown>>()
  return results.map(({ published, number }) => ({ published, number }))
}

/** The last key that was looked at, where there were so many; all of a single selection are. */
async function endOf(
  database: D1Database,
  [rarest, ...others]: readonly string[],
  { forward, start, far }: Look,
): Promise<Cursor | undefined> {
  if (others.length === 0) return undefined
  const row = await database
    .prepare(`SELECT published, article AS number FROM (${near(forward, `1 OFFSET ${far - 1}`)})`)
    .bind(rarest, start.published, start.number)
    .first<Cursor & Record<string, unknown>>()
  return row ? { published: row.published, number: row.number } : undefined
}
