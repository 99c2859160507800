import type { ArticleFacts, RestoredLine, RestoreReply } from '../domain/backup.ts'
import { foldName, type NamedPath } from '../domain/name.ts'
import { namesIn, pathOf } from '../domain/selection.ts'
import { archivePathSql, placing, revisedAs } from './archives.ts'
import { laterThanAllDates } from './charge.ts'
import { nextChange } from './columns.ts'
import {
  commentStatements,
  completeDiscussions,
  discussionStatements,
  isDiscussion,
  placeOfAdding,
  restoredComment,
} from './comments/restore.ts'
import { purgeAll } from './effects.ts'
import { addToHiddenIndex } from './hidden-index.ts'
import { passLostNumbers } from './hub/numbers.ts'
import { restoreOrigins } from './imports.ts'
import { nameStatements } from './names.ts'
import { listNewest } from './newest.ts'
import { siteRevision } from './revisions.ts'
import { listsOf, rowOf } from './rows.ts'
import { listTombstones, tombstoneLifetimeMilliseconds } from './tombstones.ts'

const given = (name: string): string => `incoming.value ->> '${name}'`
const incoming = 'json_each(?1) AS incoming'

/**
 * SQL condition on the row of `site`: a backup is imported. Only an empty store imports one, so a value that was written
 * by hand into another store means nothing.
 */
export const isRestoring = 'restoring >= 0 AND revision = 0'

/** Aborts a batch unless the backup with the revision ?1 is open. */
const unlessOpen = `INSERT INTO refusal (reason)
  SELECT 'conflict' WHERE NOT EXISTS (SELECT 1 FROM site WHERE restoring = ?1 AND ${isRestoring})`

/** Opens a backup with the revision ?1, at the time ?2, if the store is empty or the backup is open already. */
export const openBackup = `UPDATE site SET restoring = ?1,
    since = iif(restoring IS NULL, ${laterThanAllDates('?2')}, since)
  WHERE revision = 0 AND (restoring = ?1 OR restoring IS NULL AND NOT EXISTS (SELECT 1 FROM article))`

/** How many lines of each kind are restored. */
export const restoredCounts = `SELECT (SELECT count(*) FROM restoring WHERE NOT ${isDiscussion}) AS selections,
  (SELECT count(*) FROM article) AS articles, (SELECT count(*) FROM archive) AS archives`

/** SQL that joins the given articles with the rows of those that the store contains exactly as given. */
const ofArticles = `FROM ${incoming} JOIN article ON article.number = ${given('number')} AND article.id = ${given('id')}
  AND article.revision = ${given('revision')}`
const numbers = `SELECT article.number ${ofArticles}`
const filed = `${ofArticles}, json_each(article.selections) AS named`

const insertArticles = `INSERT INTO article
   (number, id, code, slug, json, selections, filed, published, appears, expires, shown, was_shown, revision)
 SELECT ${['number', 'id', 'code', 'slug', 'article', 'selections', 'filed', 'published', 'appears', 'expires', 'shown', 'seen', 'revision'].map(given).join(', ')}
 FROM ${incoming} WHERE true ON CONFLICT DO NOTHING RETURNING id`

/** The statements that restore articles, after `insertArticles`. ?1 is a list of their facts. */
const articleStatements = [
  // The selections of a backup have their names already. Others become public later, and have the last name given.
  `INSERT INTO selection (path, title, departed) SELECT named.key, named.value, article.revision ${filed}
     WHERE ${given('state')} IN ('published', 'scheduled') ORDER BY article.number
   ON CONFLICT (path) DO UPDATE SET title = excluded.title, departed = excluded.departed
     WHERE selection.revision IS NULL AND selection.departed < excluded.departed
       AND NOT EXISTS (SELECT 1 FROM restoring WHERE restoring.path = selection.path)`,
  `INSERT INTO selection (path, title, revision, revised, departed)
   SELECT 'articles/' || article.slug, incoming.value ->> '$.title', incoming.value ->> '$.page.revision',
     incoming.value ->> '$.page.revised', incoming.value ->> '$.page.departed' ${ofArticles}
     WHERE ${given('page')} IS NOT NULL
   ON CONFLICT (path) DO UPDATE SET revision = excluded.revision, revised = excluded.revised, departed = excluded.departed
     WHERE selection.revision IS NULL`,
  `INSERT INTO membership (selection, published, article)
   SELECT named.key, published, article.number ${filed} WHERE article.shown = 1 ON CONFLICT DO NOTHING`,
  addToHiddenIndex(numbers),
  `INSERT INTO tombstone (selection, withdrawn, article, until, id, revision)
   SELECT stone.value ->> 0, stone.value ->> 1, article.number, (stone.value ->> 1) + ${tombstoneLifetimeMilliseconds},
     article.id, stone.value ->> 2 ${ofArticles}, json_each(incoming.value, '$.tombstones') AS stone
   WHERE true ON CONFLICT DO NOTHING`,
  `INSERT INTO schedule (selection, at, article)
   SELECT named.key, appears, article.number ${filed} WHERE ${given('state')} = 'scheduled'
   UNION SELECT named.key, expires, article.number ${filed}
     WHERE ${given('state')} IN ('scheduled', 'published') AND expires IS NOT NULL
   UNION SELECT selection, until, article FROM tombstone WHERE article IN (${numbers})
   ON CONFLICT DO NOTHING`,
  // The other selections are not public before the end of the import, which then finds when they change.
  `UPDATE selection SET ${listNewest}, due = ${nextChange}
   WHERE path = '' OR path IN (SELECT 'articles/' || article.slug ${ofArticles})`,
  listTombstones,
  `SELECT article.id ${ofArticles}`,
]

/** The selection of all articles gets another revision with each batch, because its pages show the articles. */
const touchFront = `UPDATE selection SET revision = revision + 1, revised = ${revisedAs('?1')} WHERE path = ''`

const selectionStatements = [
  `INSERT INTO restoring (path, revision, revised, departed, number, name_revision, name_revised)
   SELECT ${given('path')}, ${['revision', 'revised', 'departed', 'number', 'named[0]', 'named[1]'].map((name) => `incoming.value ->> '$.backup.${name}'`).join(', ')}
   FROM ${incoming} WHERE true ON CONFLICT DO NOTHING RETURNING path`,
  `INSERT INTO selection (path, title) SELECT ${given('path')}, ${given('title')} FROM ${incoming} WHERE true
   ON CONFLICT (path) DO UPDATE SET title = excluded.title WHERE selection.revision IS NULL`,
]

/** SQL condition: the selection and all articles of an archive are restored. */
const isWhole = `EXISTS (SELECT 1 FROM restoring WHERE restoring.path = ${given('selection')})
  AND NOT EXISTS (SELECT 1 FROM json_each(incoming.value, '$.articles') AS listed
    WHERE listed.value NOT IN (SELECT number FROM article))`

const archiveStatements = [
  `INSERT INTO archive (selection, part, articles, earlier, later, revision, revised)
   SELECT ${['selection', 'part', 'articles', 'earlier', 'later', 'revision', 'revised'].map(given).join(', ')}
   FROM ${incoming} WHERE ${isWhole} ON CONFLICT DO NOTHING
   RETURNING selection, part`,
  `INSERT INTO place (article, selection, part, revision)
   SELECT listed.value, ${given('selection')}, ${given('part')}, 0
   FROM ${incoming}, json_each(incoming.value, '$.articles') AS listed WHERE ${isWhole} ON CONFLICT DO NOTHING`,
  `INSERT INTO schedule (selection, at, article)
   SELECT ${archivePathSql('place')}, at, article.number FROM ${incoming}
     JOIN place ON place.selection = ${given('selection')} AND place.part = ${given('part')}
       AND place.article IN (SELECT value FROM json_each(incoming.value, '$.articles'))
     JOIN article ON article.number = place.article AND article.status = 'published'
     JOIN schedule ON schedule.selection = place.selection AND schedule.article = article.number
   WHERE true ON CONFLICT DO NOTHING`,
  `SELECT archive.selection, archive.part FROM ${incoming} JOIN archive ON archive.selection = ${given('selection')}
     AND archive.part = ${given('part')} AND archive.revision = ${given('revision')}`,
]

const moveStatements = [
  `INSERT INTO redirect (path, target) SELECT ${given('path')}, ${given('to')} FROM ${incoming} WHERE true
   ON CONFLICT DO NOTHING RETURNING path`,
]

const originStatements = [`${restoreOrigins} RETURNING article`]

type ArticleToRestore = Extract<RestoredLine, { facts: ArticleFacts }>
const isArticle = (line: RestoredLine): line is ArticleToRestore => 'facts' in line

/** The row of an article from a backup, in the form that `insertArticles` and the other statements read. */
async function rowFor({ article, facts }: ArticleToRestore, now: number) {
  const row = await rowOf({ article, replaces: null }, now)
  const shown = facts.state === 'published' ? 1 : 0
  return { ...row, ...facts, seen: facts.seen ? 1 : 0, title: article.title, shown }
}

/** The names of which a line of a backup says that they have a path. A trigger adds the title of a selection. */
function namesOfLine(line: RestoredLine): NamedPath[] {
  if ('selection' in line) {
    const { path, backup } = line.selection
    return (backup.names ?? []).map((name) => ({ path, name }))
  }
  if ('to' in line) return (line.names ?? []).map((name) => ({ path: line.path, name: foldName(name) }))
  if (!isArticle(line)) return []
  const { article } = line
  return namesIn(article).map(({ folder, name }) => ({
    path: pathOf(article, folder, name),
    name: foldName(name),
  }))
}

/** Restores lines in one batch. Throws if the backup is not open. */
export async function restoreLines(
  database: D1Database,
  revision: number,
  lines: readonly RestoredLine[],
  times: { now: number; next: number },
): Promise<RestoreReply[]> {
  const statements: D1PreparedStatement[] = []
  /** Adds a statement to the batch. Returns the position of its rows in the results. */
  const add = (sql: string, value: unknown): number =>
    statements.push(database.prepare(sql).bind(...(sql.includes('?1') ? [value] : []))) - 1
  /**
   * Adds the statements that restore lines of one kind, as often as D1's limit on the size of a text demands. Returns, for
   * each of the statements, the positions of its rows.
   */
  const addAll = (sqls: readonly string[], lines: readonly object[]): number[][] => {
    const lists = listsOf(lines.map((line) => JSON.stringify(line)))
    const added = lists.map((list) => sqls.map((sql) => add(sql, list)))
    return sqls.map((_, at) => added.flatMap((positions) => positions[at] ?? []))
  }
  const selections = lines.flatMap((line) => ('selection' in line ? [line.selection] : []))
  const archives = lines.flatMap((line) => ('archive' in line ? [line.archive] : []))
  const moves = lines.flatMap((line) => ('to' in line ? [line] : []))
  const origins = lines.flatMap((line) => ('origin' in line ? [line.origin] : []))
  const comments = lines.flatMap((line) =>
    'comment' in line ? [restoredComment(line.comment, line.commentFacts)] : [],
  )
  const discussions = lines.flatMap((line) => ('discussion' in line ? [line.discussion] : []))
  const rows = await Promise.all(lines.filter(isArticle).map((line) => rowFor(line, times.now)))
  const keys = rows.map(({ article: _, ...row }) => row)

  add(unlessOpen, revision)
  const selectionsAt = addAll(selectionStatements, selections)
  const insertedAt = listsOf(rows.map((row) => JSON.stringify(row))).map((list) => add(insertArticles, list))
  if (rows.length > 0) add(touchFront, times.next)
  const articlesAt = addAll(articleStatements, keys)
  const archivesAt = addAll(archiveStatements, archives)
  const movesAt = addAll(moveStatements, moves)
  const originsAt = addAll(originStatements, origins)
  const commentsAt = addAll(commentStatements, comments)
  const discussionsAt = addAll(discussionStatements, discussions)
  statements.push(...nameStatements(database, lines.flatMap(namesOfLine)))
  const results = (await database.batch<Row>(statements)).map((result) => result.results)

  const keysAt = (positions: readonly number[] = [], keyOf: (row: Row) => string) =>
    new Set(positions.flatMap((at) => (results[at] ?? []).map(keyOf)))
  const made = {
    selections: keysAt(selectionsAt[0], ({ path }) => String(path)),
    articles: keysAt(insertedAt, ({ id }) => String(id)),
    archives: keysAt(archivesAt[0], archiveKey),
    moves: keysAt(movesAt[0], ({ path }) => String(path)),
    origins: keysAt(originsAt[0], ({ article }) => String(article)),
    comments: keysAt(commentsAt[placeOfAdding()], ({ id }) => String(id)),
    discussions: keysAt(discussionsAt[0], ({ path }) => String(path)),
  }
  const stored = {
    articles: keysAt(articlesAt.at(-1), ({ id }) => String(id)),
    archives: keysAt(archivesAt.at(-1), archiveKey),
    comments: keysAt(commentsAt.at(-1), ({ id }) => String(id)),
  }
  return lines.map((line): RestoreReply => {
    if ('selection' in line) return made.selections.has(line.selection.path) ? 'restored' : 'unchanged'
    if ('to' in line) return made.moves.has(line.path) ? 'restored' : 'unchanged'
    if ('archive' in line) return replyTo(archiveKey(line.archive), made.archives, stored.archives)
    if ('comment' in line) return replyTo(line.comment.id, made.comments, stored.comments)
    if ('discussion' in line) return made.discussions.has(line.discussion.path) ? 'restored' : 'unchanged'
    if ('origin' in line) return made.origins.has(line.origin.id) ? 'restored' : 'unchanged'
    return replyTo(line.article.id, made.articles, stored.articles)
  })
}

type Row = Record<string, unknown>

const archiveKey = ({ selection, part }: { selection?: unknown; part?: unknown }): string =>
  `${selection} ${part}`

/** A line is refused if the store does not contain it as given, even if a statement has just made a row for it. */
function replyTo(key: string, made: ReadonlySet<string>, stored: ReadonlySet<string>): RestoreReply {
  if (!stored.has(key)) return 'refused'
  return made.has(key) ? 'restored' : 'unchanged'
}

/**
 * Returns the statements that complete a backup. If `exact` is true, the selections get the revisions of the backup;
 * otherwise they get a new one, and articles without a place get one. The last statement reads the revision of the store.
 */
export function completeStatements(
  database: D1Database,
  revision: number,
  exact: boolean,
  { now, next }: { now: number; next: number },
): D1PreparedStatement[] {
  const run = (sql: string, ...values: unknown[]) => database.prepare(sql).bind(...values)
  const since = `since = ${laterThanAllDates('?1')}, restoring = -1`
  const newest = `UPDATE selection SET ${listNewest} WHERE path IN (SELECT path FROM restoring)`
  const heads = exact
    ? [
        run(`UPDATE site SET ${since}, revision = max(revision, ?2)`, now, revision),
        run(
          // A backup of a former version has no date of a site that never published.
          `UPDATE selection SET revision = given.revision, departed = given.departed,
             revised = iif(given.revised > 0, given.revised, selection.revised)
           FROM restoring AS given WHERE given.path = selection.path`,
        ),
      ]
    : [
        run(`UPDATE site SET ${since}, revision = max(revision + 1, ?1, ?2)`, now, revision + 1),
        ...placing('SELECT number FROM article WHERE shown = 1', revisedAs('?1')).map((sql) =>
          sql.includes('?1') ? run(sql, next) : run(sql),
        ),
        run(`UPDATE archive SET revision = ${siteRevision}, revised = ${revisedAs('?1')}`, next),
        run(
          `UPDATE selection SET revision = ${siteRevision}, revised = ${revisedAs('?1')}, departed = ${siteRevision}
           WHERE path IN (SELECT path FROM restoring UNION SELECT selection FROM membership UNION SELECT '')`,
          next,
        ),
      ]
  return [
    run(unlessOpen, revision),
    ...heads,
    // Triggers have given each selection a number and the date of its name, so these are restored afterwards.
    run(
      `UPDATE selection SET number = given.number, name_revision = given.name_revision, name_revised = given.name_revised
       FROM restoring AS given WHERE given.path = selection.path`,
    ),
    run(exact ? newest : `UPDATE selection SET ${listNewest} WHERE revision IS NOT NULL`),
    run(`UPDATE selection SET due = ${nextChange} WHERE path IN (SELECT selection FROM schedule)`),
    run(listTombstones),
    ...completeDiscussions(exact).map((sql) => (sql.includes('?1') ? run(sql, now) : run(sql))),
    run('DELETE FROM restoring'),
    run(passLostNumbers, now),
    run('UPDATE site SET restoring = NULL'),
    ...purgeAll.map((sql) => run(sql)),
    // Only the feed of all articles can have subscribers, because an empty store has no other feed.
    run(
      `INSERT INTO effect (effect, revision, paths) SELECT 'websub', revision, '[""]' FROM selection WHERE path = ''`,
    ),
    run('SELECT revision FROM site'),
  ]
}
