import { appearsAt, expiresAt } from '../domain/article.ts'
import type { Examination, Finding } from '../domain/doctor.ts'
import { filedUnder, selectionsOf } from '../domain/selection.ts'
import { checkStored } from '../domain/sound.ts'
import { listOr, nextChange, objectOr } from './columns.ts'
import { newestOf } from './newest.ts'
import { newestTombstones } from './tombstones.ts'

/**
 * One kind of fault that the command `doctor` looks for. To add a kind, add a row to `checks`. `find` examines the
 * articles whose number is in the portion; a check of other tables looks only with the first portion. `fix` corrects
 * the same rows, and loses nothing.
 */
interface Check {
  name: string
  remedy: string
  find: (database: D1Database, portion: Portion) => Promise<Omit<Finding, 'check' | 'remedy'>[]>
  fix?: (database: D1Database, portion: Portion) => Promise<unknown>
}

/** A range of article numbers: more than `after`, and at most `last`. */
interface Portion {
  after: number
  last: number
}

/** How many articles one call examines, and how many findings of one check it reports. */
const articlesPerPortion = 500
const maxFindings = 100

const fixIt = 'run `npx kiosque doctor --fix`'
const isNoInteger = (column: string): string => `typeof(${column}) <> 'integer'`
const isNoText = (column: string): string => `typeof(${column}) <> 'text'`
const isNoList = (column: string): string => `${listOr(column, 'NULL')} IS NULL`

/** A column that can be computed from other rows: SQL for whether its value is bad, and for the right value. */
type Derived = readonly [table: string, id: string, column: string, isBad: string, right: string]

const siteRevision = '(SELECT revision FROM site)'
const placed = `(SELECT json_group_array(article) FROM place
  WHERE place.selection = archive.selection AND place.part = archive.part AND typeof(article) = 'integer')`
const datesOfYear = `(SELECT json_group_object(printf('%d', number), revised) FROM (
  SELECT (part - 1) / 10 AS number, max(revised) AS revised FROM archive WHERE selection = ''
  AND part > sitemap_year.year * 10000000 AND part <= (sitemap_year.year + 1) * 10000000 GROUP BY 1))`

const derived: readonly Derived[] = [
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
  [
    'selection',
    'path',
    'size',
    isNoInteger('size'),
    '(SELECT count(*) FROM membership WHERE membership.selection = selection.path)',
  ],
  [
    'selection',
    'path',
    'latest',
    `latest IS NOT NULL AND ${isNoInteger('latest')}`,
    '(SELECT max(part) FROM archive WHERE archive.selection = selection.path)',
  ],
  ['selection', 'path', 'departed', isNoInteger('departed'), siteRevision],
  ['selection', 'path', 'revision', `revision IS NOT NULL AND ${isNoInteger('revision')}`, siteRevision],
  ['selection', 'path', 'due', `due IS NOT NULL AND ${isNoInteger('due')}`, nextChange],
  ['archive', `selection || ' ' || part`, 'articles', isNoList('archive.articles'), placed],
  ['archive', `selection || ' ' || part`, 'revision', isNoInteger('archive.revision'), siteRevision],
  ['sitemap_year', 'year', 'revised', `${objectOr('revised', 'NULL')} IS NULL`, datesOfYear],
]

/** Columns that no other row contains. A person must correct them. */
const original: readonly [table: string, id: string, columns: readonly [column: string, isBad: string][]][] =
  [
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
      'effect',
      `effect || ' ' || revision`,
      [['paths', `${isNoList('paths')} AND NOT (effect = 'purge' AND paths IS NULL)`]],
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

/** Every check, in the order in which findings are reported. */
const checks: readonly Check[] = [
  {
    name: 'article',
    remedy: 'save the article again under its slug, which replaces it, or withdraw it',
    async find(database, portion) {
      const rows = await articlesIn(database, portion)
      return rows.flatMap(({ slug, json }) => {
        const checked = checkStored(json)
        return 'issue' in checked
          ? [{ table: 'article', id: String(slug), reason: reasonOf(checked.issue) }]
          : []
      })
    },
  },
  {
    name: 'article columns',
    remedy: fixIt,
    async find(database, portion) {
      const rows = await articlesIn(database, portion, badArticle)
      return rows
        .filter(({ json }) => 'article' in checkStored(json))
        .map(({ slug }) => ({
          table: 'article',
          id: String(slug),
          reason: 'a column is not as its JSON says',
        }))
    },
    async fix(database, portion) {
      const rows = await articlesIn(database, portion, badArticle)
      const statements = rows.flatMap(({ number, json }) => {
        const checked = checkStored(json)
        return 'article' in checked ? [correcting(database, number, checked.article)] : []
      })
      if (statements.length > 0) await database.batch(statements)
    },
  },
  {
    name: 'derived columns',
    remedy: fixIt,
    async find(database, { after }) {
      if (after > 0) return []
      const found = derived.map(([table, id, column, isBad]) => findIn(database, table, id, column, isBad))
      return (await Promise.all(found)).flat()
    },
    async fix(database, { after }) {
      if (after > 0) return
      const sql = derived.map(
        ([table, , column, isBad, right]) => `UPDATE ${table} SET ${column} = ${right} WHERE ${isBad}`,
      )
      await database.batch(sql.map((one) => database.prepare(one)))
    },
  },
  {
    name: 'other columns',
    remedy:
      'correct or delete the row with `npx wrangler d1 execute DB`; docs/storage.md describes the column',
    async find(database, { after }) {
      if (after > 0) return []
      const found = original.flatMap(([table, id, columns]) =>
        columns.map(([column, isBad]) => findIn(database, table, id, column, isBad)),
      )
      return (await Promise.all(found)).flat()
    },
  },
]

/** Examines one portion of the store, and first corrects what can be corrected if `fix` is true. */
export async function examine(database: D1Database, after: number, fix: boolean): Promise<Examination> {
  const end = await database
    .prepare(
      'SELECT max(number) AS last, count(*) AS length FROM (SELECT number FROM article WHERE number > ?1 ORDER BY number LIMIT ?2)',
    )
    .bind(after, articlesPerPortion)
    .first<{ last: number | null; length: number }>()
  const portion = { after, last: end?.last ?? after }
  if (fix) for (const check of checks) await check.fix?.(database, portion)
  const findings: Finding[] = []
  for (const { name, remedy, find } of checks) {
    for (const found of await find(database, portion)) findings.push({ check: name, ...found, remedy })
  }
  return { findings, ...(end?.length === articlesPerPortion && { next: portion.last }) }
}

const reasonOf = ({ field, reason }: { field: string; reason: string }): string => `${field}: ${reason}`

async function findIn(database: D1Database, table: string, id: string, column: string, isBad: string) {
  const { results } = await database
    .prepare(`SELECT ${id} AS id FROM ${table} WHERE ${isBad} LIMIT ${maxFindings}`)
    .all<{ id: unknown }>()
  return results.map((row) => ({ table, id: String(row.id), reason: `${column}: has a wrong type` }))
}

/** SQL for whether a column that is derived from the article's JSON has a wrong type. */
const badArticle = [
  `${objectOr('article.selections', 'NULL')} IS NULL`,
  isNoList('article.filed'),
  isNoInteger('published'),
  ...['appears', 'expires'].map((column) => `${column} IS NOT NULL AND ${isNoInteger(column)}`),
].join(' OR ')

async function articlesIn(database: D1Database, { after, last }: Portion, condition = 'true') {
  const { results } = await database
    .prepare(`SELECT number, slug, json FROM article WHERE number > ?1 AND number <= ?2 AND (${condition})`)
    .bind(after, last)
    .all<{ number: number; slug: string; json: string }>()
  return results
}

/** The statement that writes the columns of an article that are derived from its JSON. */
function correcting(database: D1Database, number: number, article: Parameters<typeof filedUnder>[0]) {
  const selections = Object.fromEntries(selectionsOf(article).map(({ path, title }) => [path, title]))
  const values = [
    JSON.stringify(selections),
    JSON.stringify(filedUnder(article)),
    Date.parse(article.published),
    appearsAt(article) ?? null,
    expiresAt(article) ?? null,
  ]
  return database
    .prepare(
      'UPDATE article SET selections = ?2, filed = ?3, published = ?4, appears = ?5, expires = ?6 WHERE number = ?1',
    )
    .bind(number, ...values)
}
