import { type Cursor, type From, firstCursor, lastCursor } from '../domain/cursor.ts'
import { maxLookedAtArticles } from '../domain/paging.ts'
import type { Page } from '../domain/store.ts'
import { articlesOf, isPublicSql, revisionsOf, type StoredOf } from './articles.ts'
import { maxInstant } from './columns.ts'

const first: Cursor = { published: 9e15, number: 9e15 }

export interface PageQuery {
  /** The paths of the selections; the selection with the fewest articles comes first. */
  paths: readonly string[]
  /**
   * The cursor from which the page is read, and the direction; without a cursor, the page begins at the newest
   * article.
   */
  from?: From
  limit: number
  /**
   * Present if due changes could not be saved: the instant of the read, in epoch milliseconds. The page then has
   * the articles that are public at this instant.
   */
  at?: number | undefined
}

/**
 * Reads one page of the articles that are in all the selections. The query starts at a key (keyset pagination),
 * so it does not read the articles of other pages.
 */
export async function readPage(database: D1Database, query: PageQuery, storedOf: StoredOf): Promise<Page> {
  const { paths, from, limit, at } = query
  const look = lookOf(query)
  // The schedule is read first. If another request saves its changes between the two reads, an article that appears is in
  // both lists; in the other order it would be in neither.
  const appeared = from || at === undefined ? [] : await readAppeared(database, look, at)
  const searched = await (paths.length > 1 ? keysOfAll(database, look) : keysOfOne(database, look))
  const { end } = searched
  const found = appeared.length > 0 ? merged(searched.found, appeared) : searched.found
  const keys = found.slice(0, limit)
  const rest = found.length > limit ? keys.at(-1) : end
  const numbers = (look.forward ? keys : keys.toReversed()).map(({ number }) => number)
  const read = await articlesOf(database, { numbers, paths, at, ...revisionsOf(paths) }, storedOf)
  // A page that was read from a cursor always has a link back in the direction of that cursor. It has a link in
  // the opposite direction only if more articles follow there. The link back from an empty page leads to the article at the
  // cursor too, because no page that came before has to have it.
  const came = from && (keys[0] ?? withStart(look))
  const [older, newer] = look.forward ? [rest, came] : [came, rest]
  return { ...read, ...(older && { older }), ...(newer && { newer }) }
}

/** Reads the cursor of the article next to a cursor in a selection, in one row. */
export async function readCanonical(database: D1Database, path: string, from: From): Promise<From> {
  const isBefore = 'before' in from
  const { published, number } = isBefore ? from.before : from.after
  const row = await database
    .prepare(
      `SELECT published, article AS number FROM membership WHERE selection = ?1
         AND (published, article) ${isBefore ? '>=' : '<='} (?2, ?3) AND published <= ${maxInstant}
         AND typeof(published) = 'integer' AND typeof(article) = 'integer' ORDER BY ${order(!isBefore)} LIMIT 1`,
    )
    .bind(path, published, number)
    .first<Cursor & Record<string, unknown>>()
  if (isBefore) return { before: row ?? lastCursor }
  return { after: row ?? firstCursor }
}

/**
 * Reads the keys of the newest articles that scheduled changes up to the instant `at` make public, if these changes
 * are not saved yet. An article that appears in an intersection has a scheduled change at the same instant in each
 * of the selections.
 */
async function readAppeared(
  database: D1Database,
  { paths: [path, ...others], wanted }: Look,
  at: number,
): Promise<Cursor[]> {
  const isInAll = others.map(
    (_, index) => `AND EXISTS (SELECT 1 FROM schedule AS other WHERE other.selection = ?${index + 3}
      AND other.at = schedule.at AND other.article = schedule.article)`,
  )
  const { results } = await database
    .prepare(
      `SELECT DISTINCT article.number, article.published
       FROM schedule JOIN article ON article.number = schedule.article
       WHERE schedule.selection = ?1 AND schedule.at <= ?2 AND ${isPublicSql(at)} ${isInAll.join(' ')}
       ORDER BY article.published DESC, article.number DESC LIMIT ${wanted}`,
    )
    .bind(path, at, ...others)
    .all<Cursor & Record<string, unknown>>()
  return results
}

/** Merges two lists of keys into one, the newest first. A key that is in both lists is in the result once. */
function merged(found: readonly Cursor[], appeared: readonly Cursor[]): Cursor[] {
  const keys = new Map(
    [...found, ...appeared].map(({ published, number }) => [number, { published, number }]),
  )
  return [...keys.values()].sort((one, other) => other.published - one.published || other.number - one.number)
}

/**
 * Describes a search for the articles of an intersection. The search reads the selection that has the fewest
 * articles of all intersected selections: where the search begins, in which direction it goes, and how many
 * articles it looks for.
 */
interface Look {
  paths: readonly string[]
  forward: boolean
  start: Cursor
  /** The number of articles to look for: one more than the page has, to find out whether more articles follow. */
  wanted: number
  /** The instant at which the articles must be public, if due changes could not be saved. */
  at: number | undefined
}

function lookOf({ paths, from, limit, at }: PageQuery): Look {
  const wanted = limit + 1
  if (from && 'after' in from) return { paths, forward: false, start: from.after, wanted, at }
  return { paths, forward: true, start: from?.before ?? first, wanted, at }
}

/**
 * The keys that a search found. `end` is the last key that the search examined, from which the search can
 * continue; it is absent if no articles are left.
 */
interface FoundKeys {
  found: Cursor[]
  end?: Cursor
}

const order = (forward: boolean): string => (forward ? 'published DESC, article DESC' : 'published, article')

/**
 * Returns SQL for the articles that a search examines. These are articles of the selection with the path `?1`, from
 * the key in `?2` and `?3` on (`keyBeyond`).
 */
function near({ forward, at }: Look, limit: number): string {
  const isPublic = `EXISTS (SELECT 1 FROM article WHERE number = membership.article AND ${isPublicSql(at)})`
  return `SELECT published, article FROM membership WHERE selection = ?1
     AND (published, article) ${forward ? '<=' : '>='} (?2, ?3) AND published <= ${maxInstant} AND typeof(article) = 'integer'
     ${at === undefined ? '' : `AND ${isPublic}`} ORDER BY ${order(forward)} LIMIT ${limit}`
}

/**
 * The key directly beyond the cursor from which a search begins. With the cursor itself and `<`, SQLite would also read
 * the row of the cursor.
 */
const keyBeyond = ({ start, forward }: Look): [published: number, article: number] => [
  start.published,
  start.number + (forward ? -1 : 1),
]

/** The cursor from which a search in the other direction begins with the article at the start. */
const withStart = (look: Look): Cursor => {
  const [published, number] = keyBeyond(look)
  return { published, number: Math.max(number, 0) }
}

async function keysOfOne(database: D1Database, look: Look): Promise<FoundKeys> {
  const { paths, wanted } = look
  const { results } = await database
    .prepare(near(look, wanted))
    .bind(paths[0], ...keyBeyond(look))
    .all<{ published: number; article: number }>()
  return { found: results.map(({ published, article }) => ({ published, number: article })) }
}

/**
 * Searches an intersection in steps; each step continues where the previous step ended. One step is usually
 * enough. If the first step finds nothing, the second step examines all articles up to the limit.
 */
async function keysOfAll(database: D1Database, look: Look): Promise<FoundKeys> {
  const found: Cursor[] = []
  let end: Cursor | undefined = look.start
  let looked = 0
  while (end && found.length < look.wanted && looked < maxLookedAtArticles) {
    const far = Math.min(stepAfter(looked, found.length, look.wanted), maxLookedAtArticles - looked)
    const step = await stepOf(database, { ...look, start: end }, far)
    found.push(...step.found)
    end = step.end
    looked += far
  }
  return { found, ...(end && { end }) }
}

/**
 * Returns the number of articles that the next step of a search examines. For the first step, the number is a
 * guess. For a later step, the function estimates from the matches of the earlier steps how many articles
 * must be examined, and returns twice this estimate.
 */
function stepAfter(looked: number, found: number, wanted: number): number {
  if (looked === 0) return 4 * wanted
  return found === 0 ? maxLookedAtArticles : Math.ceil((2 * looked * wanted) / found)
}

/**
 * Examines the next `far` articles in one query. Returns the keys of those articles that are in all the
 * selections, and the key of the last examined article.
 */
async function stepOf(database: D1Database, look: Look, far: number): Promise<FoundKeys> {
  const [rarest, ...others] = look.paths
  const isInAll = others.map(
    (_, at) => `EXISTS (SELECT 1 FROM membership AS other WHERE other.selection = ?${at + 4}
      AND other.published = near.published AND other.article = near.article)`,
  )
  const row = await database
    .prepare(
      `SELECT json_group_array(json_array(published, article)) FILTER (WHERE ${isInAll.join(' AND ')}) AS found,
         json_group_array(json_array(published, article)) -> '$[#-1]' AS last, count(*) AS looked
       FROM (${near(look, far)}) AS near`,
    )
    .bind(rarest, ...keyBeyond(look), ...others)
    .first<{ found: string; last: string | null; looked: number }>()
  const found = (JSON.parse(row?.found ?? '[]') as Key[]).map(cursorOf)
  if (!row?.last || row.looked < far) return { found }
  return { found, end: cursorOf(JSON.parse(row.last) as Key) }
}

type Key = [published: number, number: number]

const cursorOf = ([published, number]: Key): Cursor => ({ published, number })
