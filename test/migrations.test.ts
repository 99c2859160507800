import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { root, textOf } from './source.ts'

/*
 * Between the migrations of a new version and its deployment, and after a rollback, a former version of the Worker works
 * on the tables of the new version. So a migration only adds. `npm run durability` also runs the Worker of the previous
 * release on the present tables.
 */

const files = readdirSync(join(root, 'migrations')).sort()

/** A column of a table or view, as `PRAGMA table_xinfo` describes it. */
interface Column {
  name: string
  type: string
  notnull: number
  dflt_value: string | null
  pk: number
  hidden: number
}

interface Schema {
  /** The columns of each table and view. */
  columns: Map<string, Column[]>
  views: string[]
  /** The tables on which an index or a key is unique, with the columns of the index. */
  unique: string[]
  /** The SQL of the triggers by name. */
  triggers: Map<string, string>
}

type Row = Record<string, string>

function schemaIn(database: DatabaseSync): Schema {
  const rows = (sql: string, ...values: string[]) => database.prepare(sql).all(...values) as unknown[]
  const things = rows("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'") as Row[]
  const named = (type: string): string[] =>
    things.filter((one) => one.type === type).map(({ name = '' }) => name)
  const [tables, views] = [named('table'), named('view')]
  return {
    columns: new Map(
      [...tables, ...views].map((table) => [
        table,
        rows('SELECT * FROM pragma_table_xinfo(?)', table) as Column[],
      ]),
    ),
    views,
    unique: tables.flatMap((table) =>
      (rows('SELECT name FROM pragma_index_list(?) WHERE "unique" = 1', table) as Row[]).map(
        ({ name = '' }) =>
          `${table} (${(rows('SELECT name FROM pragma_index_info(?)', name) as Row[]).map((one) => one.name).join(', ')})`,
      ),
    ),
    triggers: new Map(
      things.filter(({ type }) => type === 'trigger').map(({ name = '', sql = '' }) => [name, sql]),
    ),
  }
}

/** What a former version can no longer do after a migration, in words; an empty list if the migration only adds. */
function lossesOf(before: Schema, after: Schema): string[] {
  return [...before.columns].flatMap(([table, columns]) => {
    const present = after.columns.get(table)
    if (!present) return [`${table} is gone`]
    if (after.views.includes(table)) return [...missing(table, columns, present), ...unwritable(table, after)]
    const isNew = ({ name }: Column) => !columns.some((column) => column.name === name)
    return [
      ...missing(table, columns, present),
      ...present
        .filter((column) => isNew(column) && column.notnull === 1 && column.dflt_value === null)
        .map(({ name }) => `${table}.${name} has no default, so former inserts fail`),
      ...columns
        .filter((column) =>
          isStricter(
            column,
            present.find(({ name }) => name === column.name),
          ),
        )
        .map(({ name }) => `${table}.${name} takes less than before`),
      ...after.unique
        .filter((key) => key.startsWith(`${table} (`) && !before.unique.includes(key))
        .map((key) => `${key} is unique, so former writes may fail`),
    ]
  })
}

const missing = (table: string, columns: readonly Column[], present: readonly Column[]): string[] =>
  columns
    .filter(({ name }) => !present.some((column) => column.name === name))
    .map(({ name }) => `${table}.${name} is gone`)

const isStricter = (was: Column, is: Column | undefined): boolean =>
  is !== undefined &&
  (is.notnull > was.notnull || is.type !== was.type || is.pk !== was.pk || is.hidden !== was.hidden)

/** What former versions write to a table that is a view now. A view that is not named here must take every write. */
const formerWrites: Record<string, string[]> = {
  drawer: ['INSERT', 'DELETE'],
  outbox: ['DELETE'],
  spelling: [],
  discussed: [],
}

/** The writes of former versions that a view refuses, because it has no trigger for them. */
function unwritable(view: string, { triggers }: Schema): string[] {
  const sql = [...triggers.values()].join('\n')
  return (formerWrites[view] ?? ['INSERT', 'UPDATE', 'DELETE'])
    .filter((write) => !new RegExp(`INSTEAD OF ${write}\\b.*? ON ${view}\\b`, 'i').test(sql))
    .map((write) => `${view} refuses ${write}`)
}

/** Runs migrations one after the other, and returns what each of them takes away. */
function lossesIn(migrations: readonly [name: string, sql: string][]): string[] {
  const database = new DatabaseSync(':memory:')
  let before = schemaIn(database)
  return migrations.flatMap(([name, sql]) => {
    database.exec(sql)
    const after = schemaIn(database)
    const losses = lossesOf(before, after).map((loss) => `${name}: ${loss}`)
    before = after
    return losses
  })
}

const present = files.map((file): [string, string] => [file, textOf(`migrations/${file}`)])

describe('migrations only add', () => {
  test('no migration takes anything away', () => {
    expect(files.length).toBeGreaterThan(15)
    expect(lossesIn(present)).toEqual([])
  })

  const wrong: [what: string, sql: string, loss: string][] = [
    ['a table is dropped', 'DROP TABLE dead_letter', 'dead_letter is gone'],
    ['a table is renamed', 'ALTER TABLE topic RENAME TO feed', 'topic is gone'],
    ['a view is dropped', 'DROP VIEW drawer', 'drawer is gone'],
    ['a trigger of a view is dropped', 'DROP TRIGGER drawer_delete', 'drawer refuses DELETE'],
    [
      'a view with the former name of a table takes no updates',
      `ALTER TABLE dead_letter RENAME TO refused; CREATE VIEW dead_letter AS SELECT * FROM refused;
       CREATE TRIGGER a INSTEAD OF INSERT ON dead_letter BEGIN SELECT 1; END;
       CREATE TRIGGER b INSTEAD OF DELETE ON dead_letter BEGIN SELECT 1; END`,
      'dead_letter refuses UPDATE',
    ],
    ['a column is dropped', 'ALTER TABLE site DROP COLUMN purged', 'site.purged is gone'],
    ['a column is renamed', 'ALTER TABLE article RENAME COLUMN code TO short', 'article.code is gone'],
    [
      'a table is made again with a column that former inserts do not fill',
      'DROP TABLE dead_letter; CREATE TABLE dead_letter (number INTEGER PRIMARY KEY, job TEXT NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL)',
      'dead_letter.kind has no default, so former inserts fail',
    ],
    [
      'a table is made again with another type',
      'DROP TABLE dead_letter; CREATE TABLE dead_letter (number INTEGER PRIMARY KEY, job TEXT NOT NULL, at TEXT NOT NULL)',
      'dead_letter.at takes less than before',
    ],
    [
      'a key becomes unique',
      'CREATE UNIQUE INDEX one_job ON dead_letter (job)',
      'dead_letter (job) is unique, so former writes may fail',
    ],
  ]

  test.for(wrong)('the check refuses it if %s', ([, sql, loss]) => {
    expect(lossesIn([...present, ['9999', sql]])).toEqual([`9999: ${loss}`])
  })

  test('the check refuses it if a column may not be null any more', () => {
    const former: [string, string] = ['9998', 'CREATE TABLE x (a TEXT)']
    const later: [string, string] = ['9999', 'DROP TABLE x; CREATE TABLE x (a TEXT NOT NULL)']
    expect(lossesIn([...present, former, later])).toEqual(['9999: x.a takes less than before'])
  })

  const right: [what: string, sql: string][] = [
    ['a table is added', 'CREATE TABLE x (a TEXT NOT NULL UNIQUE)'],
    ['a column is added', 'ALTER TABLE site ADD COLUMN x INTEGER NOT NULL DEFAULT 0'],
    ['an index is replaced', 'DROP INDEX article_listed; CREATE INDEX other ON article (status)'],
    [
      'a view keeps the former name of a table',
      `ALTER TABLE dead_letter RENAME TO refused; CREATE VIEW dead_letter AS SELECT * FROM refused;
       CREATE TRIGGER a INSTEAD OF INSERT ON dead_letter BEGIN SELECT 1; END;
       CREATE TRIGGER c INSTEAD OF UPDATE OF job ON dead_letter BEGIN SELECT 1; END;
       CREATE TRIGGER b INSTEAD OF DELETE ON dead_letter BEGIN SELECT 1; END`,
    ],
  ]

  test.for(right)('the check accepts it if %s', ([, sql]) => {
    expect(lossesIn([...present, ['9999', sql]])).toEqual([])
  })
})

test('0018: what the former version put into the outbox still waits for the hub, except what is unreadable', () => {
  const at = files.findIndex((file) => file.startsWith('0018'))
  const database = new DatabaseSync(':memory:')
  for (const [, sql] of present.slice(0, at)) database.exec(sql)
  database.exec(
    `INSERT INTO outbox (revision, paths) VALUES (7, '["","tags/x"]'), (8, '["tags/'), (9, '["tags/y"]')`,
  )
  for (const [, sql] of present.slice(at)) database.exec(sql)
  const rows = [
    { revision: 7, paths: '["","tags/x"]' },
    { revision: 9, paths: '["tags/y"]' },
  ]
  const read = (sql: string) =>
    database
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }))
  expect(read("SELECT revision, paths FROM effect WHERE effect = 'websub' ORDER BY revision")).toEqual(rows)
  expect(read('SELECT revision, paths FROM outbox ORDER BY revision')).toEqual(rows)
  database.close()
})

test('0021: rows keep their numbers, and no version of the Worker gives a number again', () => {
  const at = files.findIndex((file) => file.startsWith('0021'))
  const database = new DatabaseSync(':memory:')
  for (const [, sql] of present.slice(0, at)) database.exec(sql)
  // Inserts a row as version 0.1 does. Returns the number of the row.
  const inserts: Record<string, string> = {
    subscription: `INSERT INTO subscription (topic, asked, callback, host, secret, expires, delivered)
      VALUES ('t', 'a', ?1, 'h', NULL, 1, 1) ON CONFLICT (topic, callback) DO UPDATE SET asked = excluded.asked`,
    verification: `INSERT OR REPLACE INTO verification
      (mode, topic, path, others, asked, callback, host, secret, lease_seconds, revision, asked_at)
      VALUES ('subscribe', 't', '', '[]', 'a', ?1, 'h', NULL, 1, 1, 1)`,
    dead_letter: 'INSERT INTO dead_letter (job, at) VALUES (?1, 1)',
  }
  const insert = (table: string, name: string) => database.prepare(inserts[table] ?? '').run(name)
  const numbersIn = (table: string) =>
    database
      .prepare(`SELECT number FROM ${table} ORDER BY number`)
      .all()
      .map(({ number }) => number)
  for (const table of Object.keys(inserts)) for (const name of ['a', 'b', 'c']) insert(table, name)
  for (const [, sql] of present.slice(at)) database.exec(sql)
  for (const table of Object.keys(inserts)) {
    expect(numbersIn(table), table).toEqual([1, 2, 3])
    database.exec(`DELETE FROM ${table} WHERE number > 1`)
    insert(table, 'd')
    insert(table, 'e')
    expect(numbersIn(table), table).toEqual([1, 4, 5])
    database.exec(`DELETE FROM ${table}`)
    insert(table, 'f')
    expect(numbersIn(table), table).toEqual([6])
    insert(table, 'f')
    const again = table === 'dead_letter' ? [6, 7] : table === 'verification' ? [7] : [6]
    expect(numbersIn(table), table).toEqual(again)
  }
  database.close()
})

test('0023: a site that never published gets the date of the migration; any other keeps its dates', () => {
  const at = files.findIndex((file) => file.startsWith('0023'))
  const datesAfter = (before: string) => {
    const database = new DatabaseSync(':memory:')
    for (const [, sql] of present.slice(0, at)) database.exec(sql)
    database.exec(before)
    for (const [, sql] of present.slice(at)) database.exec(sql)
    const dates = database.prepare('SELECT path, revised FROM selection ORDER BY path').all()
    database.close()
    return dates.map(({ path, revised }) => [path, revised as number] as const)
  }
  const earliest = Math.floor(Date.now() / 1000) * 1000
  const [[path, revised] = ['', 0]] = datesAfter("INSERT INTO selection (path, title) VALUES ('tags/x', 'X')")
  expect(path).toBe('')
  expect(revised).toBeGreaterThanOrEqual(earliest)
  expect(revised).toBeLessThanOrEqual(Date.now())
  expect(revised % 1000).toBe(0)
  expect(datesAfter("UPDATE selection SET revision = 5000, revised = 5000 WHERE path = ''")).toEqual([
    ['', 5000],
  ])
  expect(datesAfter("INSERT INTO selection (path, title) VALUES ('tags/x', 'X')")[1]).toEqual(['tags/x', 0])
})
