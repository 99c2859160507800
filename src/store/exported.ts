import type { State } from '../domain/article.ts'
import type {
  ArchiveLine,
  ArticleFacts,
  BackupState,
  BadLine,
  ExportedLine,
  LinePage,
  ListedKind,
  SelectionLine,
} from '../domain/backup.ts'
import { foldName } from '../domain/name.ts'
import { checkRow } from '../domain/sound.ts'
import { articlesOfArchive } from './archives.ts'
import { revisionIn } from './articles.ts'
import { integerOr, integerOrNullOr, textOr } from './columns.ts'
import { exportedComments, exportedDiscussions } from './comments/exported.ts'
import { foldedNames, namesAt } from './names.ts'
import { siteRevision } from './revisions.ts'

/** The largest numbers of lines on a page. An archive may have a hundred articles. */
const linesPerPage: Record<ListedKind, number> = {
  ...{ selections: 100, articles: 50, archives: 50, origins: 100, discussions: 100, comments: 50 },
}

/** About the largest number of characters of JSON on a page of articles, because an article may have a megabyte. */
const maxCharacters = 4_000_000

const isExported = "revision IS NOT NULL AND path NOT GLOB 'articles/*' AND typeof(path) = 'text'"

const isArchive = "typeof(selection) = 'text' AND typeof(part) = 'integer'"

/** Reads the revision of the last save, and the number of lines of each kind, in one statement. */
export async function readState(database: D1Database): Promise<BackupState> {
  const row = await database
    .prepare(
      `SELECT revision, (SELECT count(*) FROM article) AS articles, (SELECT count(*) FROM archive WHERE ${isArchive}) AS archives,
         (SELECT count(*) FROM selection WHERE ${isExported}) AS selections FROM site`,
    )
    .first<BackupState & Record<string, unknown>>()
  const { revision = 0, selections = 0, articles = 0, archives = 0 } = row ?? {}
  return { revision, selections, articles, archives }
}

/** Reads one page of lines of a backup, from a position on. With `since`, reads only what changed after it. */
export async function readLines(
  database: D1Database,
  kind: ListedKind,
  after: string | undefined,
  since = -1,
): Promise<LinePage> {
  const { sql, position, line } = kinds[kind]
  const limit = linesPerPage[kind]
  const { results } = await database
    .prepare(`${sql} LIMIT ${limit}`)
    .bind(...position(after), since)
    .all<Row>()
  const found = results.map(line)
  const isFull = results.length === limit || Number(results.at(-1)?.characters) >= maxCharacters
  const last = found.at(-1)
  return { lines: found.map((one) => one.line), ...(isFull && last && { next: last.at }) }
}

type Row = Record<string, unknown>

interface Kind {
  /** The parameters before the last are the position after which the page begins; the last one is `since`. */
  sql: string
  position: (after: string | undefined) => unknown[]
  line: (row: Row) => { at: string; line: ExportedLine }
}

/** SQL for the state of an article. An article is scheduled as long as its appearance is scheduled. */
const state = `CASE WHEN shown = 1 THEN 'published' WHEN status <> 'published' THEN status
  WHEN EXISTS (SELECT 1 FROM schedule WHERE schedule.selection = 'articles/' || slug AND at = appears
    AND schedule.article = number) THEN 'scheduled' ELSE 'expired' END`

/** A rename moves tombstones to another selection without a save of their articles. */
const withMovedTombstones = `SELECT tombstone.article FROM tombstone
  JOIN selection ON selection.path = tombstone.selection WHERE selection.revision > ?2`

/** The validators of a selection. A bad row costs its own validators, and not the whole backup. */
const pageFacts = `${integerOr('revision', siteRevision)} AS revision, ${integerOr('revised', '0')} AS revised,
  ${integerOr('departed', siteRevision)} AS departed`

const kinds: Record<ListedKind, Kind> = {
  discussions: exportedDiscussions,
  comments: exportedComments,
  selections: {
    sql: `SELECT path, ${textOr('title', "''")} AS title, ${pageFacts}, ${integerOrNullOr('number', 'NULL')} AS number,
        ${integerOr('name_revision', '0')} AS name_revision, ${integerOr('name_revised', '0')} AS name_revised,
        ${namesAt('selection.path')} AS names FROM selection
      WHERE path >= ?1 AND ${isExported} AND revision > ?2 ORDER BY path`,
    position: (after) => [after ?? ''],
    line: selectionLine,
  },
  articles: {
    sql: `SELECT number, id, slug, json, revision, was_shown, ${state} AS state,
        (SELECT json_object('revision', revision, 'revised', revised, 'departed', departed) FROM
          (SELECT ${pageFacts} FROM selection WHERE path = 'articles/' || slug AND revision IS NOT NULL)) AS page,
        (SELECT json_group_array(json_array(selection, withdrawn, tombstone.revision)) FROM tombstone
          WHERE tombstone.article = number AND typeof(selection) = 'text' AND typeof(withdrawn) = 'integer'
            AND typeof(tombstone.revision) = 'integer') AS tombstones, characters
      FROM (SELECT *, sum(length(json)) OVER (ORDER BY number) AS characters FROM
          (SELECT * FROM article WHERE number > ?1 AND (revision > ?2 OR number IN (${withMovedTombstones}))
            ORDER BY number LIMIT ${linesPerPage.articles}))
      WHERE characters - length(json) < ${maxCharacters} ORDER BY number`,
    position: (after) => [Number(after ?? 0)],
    line: articleLine,
  },
  archives: {
    sql: `SELECT selection, part, ${integerOr('revision', siteRevision)} AS revision, ${integerOr('revised', '0')} AS revised,
        ${integerOrNullOr('earlier', 'NULL')} AS earlier, ${integerOrNullOr('later', 'NULL')} AS later,
        ${articlesOfArchive} AS articles FROM archive
      WHERE (selection, part) > (?1, ?2) AND revision > ?3 AND ${isArchive} ORDER BY selection, part`,
    position: (after) => {
      const [, part = '0', selection = ''] = /^(\d+) (.*)$/.exec(after ?? '') ?? []
      return [selection, Number(part)]
    },
    line: archiveLine,
  },
  // The origin of an article may change without a save, so all of them are listed, whatever `since` is.
  origins: {
    sql: `SELECT imported.article, imported.origin FROM imported JOIN article ON article.id = imported.article
      WHERE imported.article > ?1 AND origin IS NOT NULL AND ?2 = ?2 ORDER BY imported.article`,
    position: (after) => [after ?? ''],
    line: ({ article, origin }) => {
      const id = String(article)
      return { at: id, line: { kind: 'origin', id, path: String(origin) } }
    },
  },
}

function selectionLine(row: Row): { at: string; line: SelectionLine } {
  const { path, title, revision, revised, departed, number, name_revision, name_revised } = row as Record<
    string,
    number
  > & { path: string; title: string; number: number | null }
  const names = foldedNames(row.names).filter((name) => name !== foldName(title))
  const named: [number, number] = [name_revision ?? 0, name_revised ?? 0]
  const facts = { revision: revision ?? 0, revised: revised ?? 0, departed: departed ?? 0, named }
  // No path has a space, so this text comes directly after the path.
  return {
    at: `${path} `,
    line: {
      path,
      title,
      backup: { ...facts, ...(number !== null && { number }), ...(names.length > 0 && { names }) },
    },
  }
}

function articleLine(row: Row): { at: string; line: ExportedLine } {
  const { number, id, slug, json, was_shown, state, page, tombstones } = row as {
    number: number
    id: string
    slug: string
    json: string
    was_shown: number
    state: State
    page: string | null
    tombstones: string
  }
  const at = String(number)
  const checked = checkRow({ id, slug, json })
  if ('issue' in checked) {
    const bad = { slug: String(slug), id: String(id), ...checked.issue }
    return { at, line: { bad, number } satisfies BadLine }
  }
  const revision = revisionIn({ revision: row.revision as number })
  const facts: ArticleFacts = { number, revision, state, seen: was_shown === 1 }
  if (page !== null) facts.page = JSON.parse(page)
  if (tombstones !== '[]') facts.tombstones = JSON.parse(tombstones)
  return { at, line: { ...checked.article, backup: facts } }
}

function archiveLine(row: Row): { at: string; line: ArchiveLine } {
  const { selection, part, revision, revised, earlier, later, articles } = row as {
    selection: string
    part: number
    revision: number
    revised: number
    earlier: number | null
    later: number | null
    articles: string
  }
  const links = { ...(earlier !== null && { earlier }), ...(later !== null && { later }) }
  const facts = { selection, part, revision, revised, ...links, articles: JSON.parse(articles) as number[] }
  return { at: `${part} ${selection}`, line: { kind: 'archive', ...facts } }
}
