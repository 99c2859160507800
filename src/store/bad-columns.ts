import { neighbour } from './archives.ts'
import { countedSize, integerOr, lastArchive, listOr, nextChange, objectOr } from './columns.ts'
import { newestOf } from './newest.ts'
import { isRestoring } from './restore.ts'
import { siteRevision } from './revisions.ts'
import { newestTombstones } from './tombstones.ts'

/** How many rows of one table one call reports. */
export const maxFindings = 100

const isNoInteger = (column: string): string => `typeof(${column}) <> 'integer'`
const isNoText = (column: string): string => `typeof(${column}) <> 'text'`
const isNoList = (column: string): string => `${listOr(column, 'NULL')} IS NULL`

/** A column, SQL for whether its value is bad, and, if other rows contain what it must be, SQL for the right value. */
type Column = readonly [column: string, isBad: string, right?: string | undefined]

/** The columns of one table; `id` is SQL that names a row. */
interface ExaminedTable {
  table: string
  id: string
  columns: readonly Column[]
}

const integer = (column: string, right?: string): Column => [column, isNoInteger(column), right]

/** A column of numbers or instants that may be null. */
const optionalInteger = (column: string, right?: string): Column => [
  column,
  `${column} IS NOT NULL AND ${isNoInteger(column)}`,
  right,
]

const integers = (...columns: string[]): Column[] => columns.map((column) => integer(column))

const placed = `(SELECT json_group_array(article) FROM place
  WHERE place.selection = archive.selection AND place.part = archive.part AND typeof(article) = 'integer')`
const datesOfYear = `(SELECT json_group_object(printf('%d', number), revised) FROM (
  SELECT (part - 1) / 10 AS number, max(${integerOr('archive.revised', '0')}) AS revised FROM archive WHERE selection = ''
  AND part > sitemap_year.year * 10000000 AND part <= (sitemap_year.year + 1) * 10000000 GROUP BY 1))`

/** SQL for the next change of the selection of all articles. */
const frontDue = `(SELECT due FROM selection WHERE path = '')`

/**
 * The columns that `npx kiosque doctor` examines, except those of `article`. `--fix` computes the columns that have a
 * right value; a person must correct the others.
 */
export const examined: readonly ExaminedTable[] = [
  {
    table: 'selection',
    id: 'path',
    columns: [
      ['newest', isNoList('newest'), newestOf],
      ['tombstones', `tombstones IS NOT NULL AND ${isNoList('tombstones')}`, newestTombstones],
      integer('size', countedSize),
      optionalInteger('shown', 'size > 0'),
      optionalInteger('latest', lastArchive),
      integer('departed', siteRevision),
      optionalInteger('revision', siteRevision),
      integer('name_revision', siteRevision),
      [
        'due',
        `due IS NOT ${nextChange} AND NOT EXISTS (SELECT 1 FROM site WHERE ${isRestoring})`,
        nextChange,
      ],
      ['title', isNoText('title')],
      ...integers('revised', 'name_revised'),
      optionalInteger('number'),
    ],
  },
  {
    table: 'site',
    id: `'1'`,
    columns: [
      // A backup is imported only into an empty store.
      ['restoring', 'restoring IS NOT NULL AND revision <> 0', 'NULL'],
      ['due', `due IS NOT ${frontDue}`, frontDue],
      ...integers('revision', 'since', 'charged', 'purged'),
    ],
  },
  {
    table: 'archive',
    id: `selection || ' ' || part`,
    columns: [
      ['articles', isNoList('archive.articles'), placed],
      integer('revision', siteRevision),
      optionalInteger('earlier', neighbour('max', '<', 'archive')),
      optionalInteger('later', neighbour('min', '>', 'archive')),
      ...integers('part', 'revised'),
    ],
  },
  {
    table: 'sitemap_year',
    id: 'year',
    columns: [['revised', `${objectOr('revised', 'NULL')} IS NULL`, datesOfYear]],
  },
  { table: 'membership', id: 'selection', columns: integers('published', 'article') },
  { table: 'hidden_index', id: 'selection', columns: integers('published', 'article') },
  { table: 'place', id: 'selection', columns: integers('article', 'part', 'revision') },
  { table: 'schedule', id: 'selection', columns: integers('at', 'article') },
  { table: 'redirect', id: 'path', columns: [['target', isNoText('target')]] },
  {
    table: 'tombstone',
    id: 'selection',
    columns: [['id', isNoText('id')], ...integers('withdrawn', 'article', 'until', 'revision')],
  },
  {
    table: 'topic',
    id: 'topic',
    columns: [['others', isNoList('others')], ...integers('revision')],
  },
  {
    table: 'subscription',
    id: 'number',
    columns: [
      ...integers('expires', 'delivered', 'next', 'attempts'),
      ...['delivered_at', 'tried_at', 'failing_since'].map((column) => optionalInteger(column)),
    ],
  },
  {
    table: 'verification',
    id: 'number',
    columns: [['others', isNoList('others')], ...integers('lease_seconds', 'revision', 'asked_at', 'next')],
  },
  {
    table: 'dead_letter',
    id: 'number',
    columns: [['job', `${objectOr('job', 'NULL')} IS NULL`], ...integers('at')],
  },
  { table: 'share_count', id: 'code', columns: integers('count') },
]

/** SQL for whether a column of `article` that its JSON or other rows contain too has a wrong value. */
export const badArticle = [
  `${objectOr('article.selections', 'NULL')} IS NULL`,
  isNoList('article.filed'),
  ...['article.published', 'article.revision'].map(isNoInteger),
  ...['appears', 'expires'].map((column) => `${column} IS NOT NULL AND ${isNoInteger(column)}`),
  ...['shown', 'was_shown'].map((column) => `${column} NOT IN (0, 1)`),
].join(' OR ')

/**
 * SQL assignments for the columns of `article` that other rows contain: whether the article is and was public, and
 * its revision. The revision becomes that of the article's page, so that the page keeps its validators.
 */
export const rightArticle = `shown = EXISTS (SELECT 1 FROM membership WHERE selection = 'articles/' || slug),
  was_shown = EXISTS (SELECT 1 FROM selection WHERE path = 'articles/' || slug AND revision IS NOT NULL),
  revision = ${integerOr('article.revision', `coalesce((SELECT revision FROM selection WHERE path = 'articles/' || slug), ${siteRevision})`)}`

/** Finds the rows of a table in which one of these columns is bad. Reads the table once. */
export async function findIn(
  database: D1Database,
  { table, id, columns }: ExaminedTable,
): Promise<{ table: string; id: string; reason: string }[]> {
  if (columns.length === 0) return []
  const faults = columns.map(([, isBad]) => `coalesce(${isBad}, 0)`)
  const { results } = await database
    .prepare(
      `SELECT ${id} AS id, json_array(${faults.join(', ')}) AS faults FROM ${table}
       WHERE ${faults.join(' OR ')} LIMIT ${maxFindings}`,
    )
    .all<{ id: unknown; faults: string }>()
  return results.flatMap((row) => {
    const isFault = JSON.parse(row.faults) as number[]
    return columns
      .filter((_, at) => isFault[at] === 1)
      .map(([column]) => ({
        table,
        id: String(row.id),
        reason: `${column}: is not the value that it must be`,
      }))
  })
}
