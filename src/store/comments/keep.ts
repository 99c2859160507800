import { allComments } from '../../domain/comment.ts'
import type { CommentToKeep, KeptReply } from '../../domain/kept-comment.ts'
import { listsOf } from '../rows.ts'
import { nextRevision } from './changes.ts'
import { erasedAt, markOf, unlessErased } from './erased.ts'

/** How many times comments are stored anew because some of them were stored by another request meanwhile. */
const attempts = 5

/** What the store has of the comments and articles that are named. */
interface Known {
  comments: ReadonlyMap<string, { number: number; thread: number; article: number }>
  articles: ReadonlyMap<string, number>
}

/** The number of a comment: one of the store, or the place among those that are stored with it, from 1. */
type Place = { number: number } | { place: number }

/** A comment to store, and where it belongs. */
interface Placed {
  comment: CommentToKeep
  article: number
  parent: Place | undefined
  thread: Place | undefined
}

/**
 * Stores comments with their ids, states and dates at the instant `now`. The order of the list does not matter, and a comment may answer
 * one of the list. Ids that the store has stay as they are. What was erased since it was written is stored as deleted.
 */
export async function keepComments(
  database: D1Database,
  comments: readonly CommentToKeep[],
  now: number,
): Promise<KeptReply[]> {
  const replies = new Map<CommentToKeep, KeptReply>()
  // D1 limits the size of a text, so that a long list is stored in parts.
  for (const list of partsOf(answeredFirst(comments)))
    for (const [comment, reply] of await keepPart(database, list, now)) replies.set(comment, reply)
  return comments.map((one) => replies.get(one) ?? 'unchanged')
}

/** Splits comments into parts whose JSON is no larger than a text of D1. */
function partsOf(comments: readonly CommentToKeep[]): CommentToKeep[][] {
  let at = 0
  return listsOf(comments.map((one) => JSON.stringify(one))).map((list) => {
    const { length } = JSON.parse(list) as unknown[]
    at += length
    return comments.slice(at - length, at)
  })
}

/** Orders comments so that each comes after the one that it answers, if that one is among them; an id that comes again is left out. */
function answeredFirst(comments: readonly CommentToKeep[]): CommentToKeep[] {
  const byId = new Map(comments.toReversed().map((one) => [one.id, one]))
  const ordered = new Set<CommentToKeep>()
  for (const comment of byId.values().toArray().toReversed()) {
    const line: CommentToKeep[] = []
    let one: CommentToKeep | undefined = comment
    while (one && !ordered.has(one) && !line.includes(one)) {
      line.push(one)
      one = byId.get(one.parent ?? '')
    }
    for (const each of line.toReversed()) ordered.add(each)
  }
  return [...ordered]
}

async function keepPart(
  database: D1Database,
  comments: readonly CommentToKeep[],
  now: number,
): Promise<Map<CommentToKeep, KeptReply>> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const replies = new Map<CommentToKeep, KeptReply>()
    const placed = place(comments, await readKnown(database, comments), replies)
    if (placed.length === 0 || (await insert(database, placed, now))) return replies
  }
  throw new Error('the same comments are stored by other requests again and again')
}

async function readKnown(database: D1Database, comments: readonly CommentToKeep[]): Promise<Known> {
  const ids = comments.flatMap(({ id, parent }) => [id, ...(parent === undefined ? [] : [parent])])
  const slugs = comments.map(({ article }) => article)
  const run = (sql: string, values: readonly string[]) =>
    database.prepare(sql).bind(JSON.stringify([...new Set(values)]))
  const [found, articles] = await Promise.all([
    run(
      `SELECT id, number, coalesce(thread, number) AS thread, article FROM comment
       WHERE id IN (SELECT value FROM json_each(?1))`,
      ids,
    ).all<{ id: string; number: number; thread: number; article: number }>(),
    // A draft that nobody saw can be deleted, and another article may get its number.
    run(
      'SELECT slug, number FROM article WHERE slug IN (SELECT value FROM json_each(?1)) AND was_shown = 1',
      slugs,
    ).all<{
      slug: string
      number: number
    }>(),
  ])
  return {
    comments: new Map(found.results.map(({ id, ...row }) => [id, row])),
    articles: new Map(articles.results.map(({ slug, number }) => [slug, number])),
  }
}

/** Finds out where comments belong, of which each comes after the one that it answers, and notes the replies. */
function place(
  comments: readonly CommentToKeep[],
  known: Known,
  replies: Map<CommentToKeep, KeptReply>,
): Placed[] {
  const placed: Placed[] = []
  const places = new Map<string, { at: Place; thread: Place; article: number }>()
  for (const [id, { number, thread, article }] of known.comments)
    places.set(id, { at: { number }, thread: { number: thread }, article })
  for (const comment of comments) {
    const article = known.articles.get(comment.article)
    const answered = comment.parent === undefined ? undefined : places.get(comment.parent)
    const isOrphan = comment.parent !== undefined && answered?.article !== article
    const reply: KeptReply = known.comments.has(comment.id)
      ? 'unchanged'
      : article === undefined
        ? 'no-article'
        : isOrphan
          ? 'no-parent'
          : 'kept'
    replies.set(comment, reply)
    if (reply !== 'kept' || article === undefined) continue
    const at = { place: placed.length + 1 }
    placed.push({ comment, article, parent: answered?.at, thread: answered?.thread })
    places.set(comment.id, { at, thread: answered?.thread ?? at, article })
  }
  return placed
}

const given = (name: string): string => `given.value ->> '${name}'`

/** SQL for a number of a comment, which is that of the store, or comes after the last one of the store. */
const numberOf = (name: string): string =>
  `coalesce(${given(`$.${name}.number`)}, (SELECT coalesce(max(number), 0) FROM comment) + ${given(`$.${name}.place`)})`

const columns = [
  'id',
  'article',
  'question',
  'state',
  'name',
  'email',
  'email_hash',
  'text',
  'html',
  'written',
  'published',
]

/** SQL for the instant at which a given comment or its author was erased since it was written; null if neither was. */
const erased = erasedAt([given('email_hash'), markOf(given('id'))], given('written'))

const storedIn = (column: string): string => unlessErased(erased, column, given(column))

/**
 * SQL that adds the comments in ?2 at the instant ?1, unless the store has one of them meanwhile, so that their places would be others.
 * SQLite reads all rows before it adds the first, so that the last number is the same for all.
 */
const adding = `INSERT INTO comment (${columns.join(', ')}, withdrawn, edited, reasons, number, parent, thread, revision, changed)
  SELECT ${columns.map(storedIn).join(', ')}, ${given('withdrawn')}, ${given('edited')}, given.value -> 'reasons',
    ${numberOf('at')}, ${numberOf('parent')}, ${numberOf('thread')},
    iif(${storedIn('state')} = 'approved' OR ${given('withdrawn')} IS NOT NULL, ${nextRevision}, 0), ?1
  FROM json_each(?2) AS given
  WHERE NOT EXISTS (SELECT 1 FROM comment WHERE id IN (SELECT value ->> 'id' FROM json_each(?2))) RETURNING id`

/** SQL for the articles of the comments in ?2 that were public before, which feeds report; and 0, for the comments on all articles. */
const reported = `SELECT ${given('article')} FROM json_each(?2) AS given WHERE ${given('withdrawn')} IS NOT NULL UNION SELECT 0`

/** Adds comments in one batch. Returns false if one of them was added meanwhile. */
async function insert(database: D1Database, placed: readonly Placed[], now: number): Promise<boolean> {
  const list = JSON.stringify(placed.map(rowOf))
  const run = (sql: string, ...values: unknown[]) => database.prepare(sql).bind(...values)
  const results = await database.batch([
    run(`INSERT INTO discussion (path, article) VALUES ('${allComments}', 0) ON CONFLICT DO NOTHING`),
    run(
      `INSERT INTO discussion (path, article, title, language, mode, shown, feeds, expires)
       SELECT path, article, title, language, mode, shown, feeds, expires FROM discussed
       WHERE article IN (SELECT ${given('article')} FROM json_each(?1) AS given) ON CONFLICT DO NOTHING`,
      list,
    ),
    run(adding, now, list),
    // A thread has the place of its first comment, also if only its replies are public.
    run(
      `UPDATE comment SET published = written WHERE published IS NULL AND replies > 0 AND number IN (
         SELECT added.thread FROM json_each(?1) AS given CROSS JOIN comment AS added ON added.id = ${given('id')})`,
      list,
    ),
    // A trigger does this for what is public.
    run(
      `UPDATE discussion SET changed = ?1, revision = max(revision, (SELECT max(comment.revision) FROM json_each(?2) AS given
         CROSS JOIN comment ON comment.id = ${given('id')}))
       WHERE article IN (${reported}) AND revision IS NOT NULL
         AND EXISTS (SELECT 1 FROM json_each(?2) AS given WHERE ${given('withdrawn')} IS NOT NULL)`,
      now,
      list,
    ),
  ])
  return (results[2]?.results.length ?? 0) > 0
}

function rowOf({ comment, article, parent, thread }: Placed, index: number) {
  const { reasons = [], emailHash, written, published, edited, withdrawn, ...others } = comment
  const instants = Object.entries({ written, published, edited, withdrawn })
  return {
    ...others,
    ...{ article, reasons, parent, thread, email_hash: emailHash, at: { place: index + 1 } },
    ...Object.fromEntries(
      instants.flatMap(([field, at]) => (at === undefined ? [] : [[field, Date.parse(at)]])),
    ),
  }
}
