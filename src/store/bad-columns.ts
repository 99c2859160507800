import { countedSize, integerOr, lastArchive, listOr, nextChange, objectOr } from './columns.ts'
import { newestOf } from './newest.ts'
import { isRestoring } from './restore.ts'
import { siteRevision } from './revisions.ts'
import { newestTombstones } from './tombstones.ts'

/** How many findings of one check one call reports. */
export const maxFindings = 100

const isNoInteger = (column: string): string => `typeof(${column}) <> 'integer'`
const isNoText = (column: string): string => `typeof(${column}) <> 'text'`
const isNoList = (column: string): string => `${listOr(column, 'NULL')} IS NULL`

/** A column that can be computed from other rows: SQL for whether its value is bad, and for the right value. */
type Derived = readonly [table: string, id: string, column: string, isBad: string, right: string]

const placed = `(SELECT json_group_array(article) FROM place
  WHERE place.selection = archive.selection AND place.part = archive.part AND typeof(article) = 'integer')`
const datesOfYear = `(SELECT json_group_object(printf('%d', number), revised) FROM (
  SELECT (part - 1) / 10 AS number, max(${integerOr('archive.revised', '0')}) AS revised FROM archive WHERE selection = ''
  AND part > sitemap_year.year * 10000000 AND part <= (sitemap_year.year + 1) * 10000000 GROUP BY 1))`

/** The columns that `npx kiosque doctor --fix` computes again. */
export const derived: readonly Derived[] = [
  // A backup is imported only into an empty store.
  ['site', `'1'`, 'restoring', 'restoring IS NOT NULL AND revision <> 0', 'NULL'],
  ['selection', 'path', 'newest', isNoList('newest'), newestOf],
  [
    'selection',
    'path',
    'tombstones',
    `tombstones IS NOT NULL AND ${isNoList('tombstones')}`,
    newestTombstones,
  ],
  ['selection', 'path', 'size', isNoInteger('size'), countedSize],
  ['selection', 'path', 'latest', `latest IS NOT NULL AND ${isNoInteger('latest')}`, lastArchive],
  ['selection', 'path', 'departed', isNoInteger('departed'), siteRevision],
  ['selection', 'path', 'revision', `revision IS NOT NULL AND ${isNoInteger('revision')}`, siteRevision],
  [
    'selection',
    'path',
    'due',
    `due IS NOT ${nextChange} AND NOT EXISTS (SELECT 1 FROM site WHERE ${isRestoring})`,
    nextChange,
  ],
  ['archive', `selection || ' ' || part`, 'articles', isNoList('archive.articles'), placed],
  ['archive', `selection || ' ' || part`, 'revision', isNoInteger('archive.revision'), siteRevision],
  ['sitemap_year', 'year', 'revised', `${objectOr('revised', 'NULL')} IS NULL`, datesOfYear],
]

/** Columns that no other row contains. A person must correct them. */
export const original: readonly [
  table: string,
  id: string,
  columns: readonly [column: string, isBad: string][],
][] = [
  [
    'selection',
    'path',
    [
      ['title', isNoText('title')],
      ['revised', isNoInteger('revised')],
    ],
  ],
  ['archive', `selection || ' ' || part`, [['revised', isNoInteger('revised')]]],
  [
    'schedule',
    'selection',
    [
      ['at', isNoInteger('at')],
      ['article', isNoInteger('article')],
    ],
  ],
  ['redirect', 'path', [['target', isNoText('target')]]],
  [
    'tombstone',
    'selection',
    [
      ['withdrawn', isNoInteger('withdrawn')],
      ['until', isNoInteger('until')],
      ['id', isNoText('id')],
    ],
  ],
  [
    'topic',
    'topic',
    [
      ['others', isNoList('others')],
      ['revision', isNoInteger('revision')],
    ],
  ],
  [
    'subscription',
    'number',
    ['expires', 'delivered', 'next', 'attempts'].map((column): [string, string] => [
      column,
      isNoInteger(column),
    ]),
  ],
  [
    'verification',
    'number',
    [
      ['others', isNoList('others')],
      ['asked_at', isNoInteger('asked_at')],
    ],
  ],
  ['dead_letter', 'number', [['job', `${objectOr('job', 'NULL')} IS NULL`]]],
  ['share_count', 'code', [['count', isNoInteger('count')]]],
]

/** SQL for whether a column that is derived from the article's JSON has a wrong type. */
export const badArticle = [
  `${objectOr('article.selections', 'NULL')} IS NULL`,
  isNoList('article.filed'),
  isNoInteger('published'),
  ...['appears', 'expires'].map((column) => `${column} IS NOT NULL AND ${isNoInteger(column)}`),
].join(' OR ')

/** Finds the rows of a table in which a column is bad. `id` is SQL that names a row. */
export async function findIn(database: D1Database, table: string, id: string, column: string, isBad: string) {
  const { results } = await database
    .prepare(`SELECT ${id} AS id FROM ${table} WHERE ${isBad} LIMIT ${maxFindings}`)
    .all<{ id: unknown }>()
  return results.map((row) => ({
    table,
    id: String(row.id),
    reason: `${column}: is not the value that it must be`,
  }))
}
