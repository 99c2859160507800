import { env } from 'cloudflare:workers'
import type { RecordedStore } from '../../scripts/recorded-store.ts'
import { unnoted } from './meter.ts'

const { MIGRATIONS: migrations } = env as unknown as { MIGRATIONS: { queries: string[] }[] }

interface Schema {
  type: string
  name: string
  sql: string
}

const schemaSql = `SELECT type, name, sql FROM sqlite_master WHERE sql NOT NULL AND name NOT GLOB '_cf*' ORDER BY name`
/**
 * The SQL query for the schema's signature: the names of all tables, indexes and triggers, followed by the
 * total length of their SQL. The signature is short, because it is read after each test.
 */
const signatureSql = `SELECT group_concat(name) || total(length(sql)) AS signature FROM (${schemaSql})`

/**
 * The schema's signature after the migrations, and the statements that reset the database to its state after
 * the migrations. The variable is undefined until the migrations have run.
 */
let migrated: { signature: string | undefined; widest: string; emptying: string[] } | undefined

async function run<T>(statements: readonly string[]): Promise<T[]> {
  const results = await env.DB.batch<T>(statements.map((sql) => env.DB.prepare(sql)))
  return results.at(-1)?.results ?? []
}

/** The SQL query for the bytes of the widest row of each table. */
async function widestSql(schema: readonly Schema[]): Promise<string> {
  const tables = schema.filter(({ type }) => type === 'table').map(({ name }) => name)
  const widths = tables.map(async (table) => {
    const { results } = await env.DB.prepare(`PRAGMA table_info(${table})`).all<{ name: string }>()
    const bytes = results.map(({ name }) => `coalesce(octet_length("${name}"), 0)`).join(' + ')
    return `(SELECT max(${bytes}) FROM ${table}) AS ${table}`
  })
  return `SELECT ${(await Promise.all(widths)).join(', ')}`
}

/** The INSERT statements that restore the rows of a table. */
async function fillingsOf(table: string): Promise<string[]> {
  const { results } = await env.DB.prepare(`PRAGMA table_info(${table})`).all<{ name: string }>()
  const names = results.map(({ name }) => `"${name}"`)
  const quoted = names.map((name) => `quote(${name})`).join(` || ', ' || `)
  const rows = await env.DB.prepare(`SELECT ${quoted} FROM ${table}`).raw<[string]>()
  return rows.map(([values]) => `INSERT INTO ${table} (${names.join(', ')}) VALUES (${values})`)
}

/** The statements that give all tables of the schema the rows that they have now. */
async function refilling(schema: readonly Schema[]): Promise<string[]> {
  const tables = schema.filter(({ type }) => type === 'table').map(({ name }) => name)
  const triggers = schema.filter(({ type }) => type === 'trigger')
  const fillings = await Promise.all(tables.map(fillingsOf))
  // The triggers are dropped first, because a table without triggers is emptied faster, and because restoring
  // rows must not run the triggers.
  return [
    ...triggers.map(({ name }) => `DROP TRIGGER ${name}`),
    ...tables.map((table) => `DELETE FROM ${table}`),
    ...fillings.flat(),
    ...triggers.map(({ sql }) => sql),
  ]
}

/** Keeps the present rows of all tables. Returns a function that restores these rows. */
export async function keepRows(): Promise<() => Promise<unknown>> {
  const statements = await refilling(await run<Schema>([schemaSql]))
  return () => run(statements)
}

/** Drops all tables, and runs migrations. Returns the new schema. */
async function makeTables(from: readonly { queries: string[] }[]): Promise<Schema[]> {
  const former = await run<Schema>([schemaSql])
  return run<Schema>([
    ...former.filter(({ type }) => /table|view/.test(type)).map(({ type, name }) => `DROP ${type} ${name}`),
    ...from.flatMap(({ queries }) => queries),
    schemaSql,
  ])
}

/**
 * The instant at which the tests' database counts as made. The migrations date it by the real clock, which may be later
 * than the clock of the tests.
 */
export const made = Date.parse('2024-01-01T00:00:00Z')

/** Makes the tables again, which takes several times as long as deleting all rows. */
async function migrate() {
  const schema = await makeTables(migrations)
  await env.DB.prepare("UPDATE selection SET revised = ?1 WHERE path = ''").bind(made).run()
  const emptying = [...(await refilling(schema)), signatureSql]
  return { signature: await signatureAfter([signatureSql]), widest: await widestSql(schema), emptying }
}

/**
 * Makes the tables as the first `length` migrations make them, fills them with rows, and runs the other migrations. Tables and
 * columns that came later are left out.
 */
export async function fillOldTables(length: number, tables: RecordedStore['tables']): Promise<void> {
  const schema = await makeTables(migrations.slice(0, length))
  const triggers = schema.filter(({ type }) => type === 'trigger')
  const known = new Map<string, string[]>()
  for (const { name } of schema.filter(({ type }) => type === 'table')) {
    const columns = await run<{ name: string }>([`SELECT name FROM pragma_table_xinfo('${name}')`])
    known.set(
      name,
      columns.map((column) => column.name),
    )
  }
  // No trigger may run, because the rows that the triggers wrote are among the rows.
  await run([
    ...triggers.map(({ name }) => `DROP TRIGGER ${name}`),
    ...tables.filter(({ table }) => known.has(table)).map(({ table }) => `DELETE FROM ${table}`),
  ])
  const rows = tables.flatMap(({ table, columns, rows }) => {
    const at = columns.flatMap((column, index) => (known.get(table)?.includes(column) ? index : []))
    if (at.length === 0) return []
    const sql = `INSERT INTO ${table} (${at.map((index) => columns[index])}) VALUES (${at.map(() => '?')})`
    return rows.map((row) => env.DB.prepare(sql).bind(...at.map((index) => row[index])))
  })
  await env.DB.batch(rows)
  await run([
    ...triggers.map(({ sql }) => sql),
    ...migrations.slice(length).flatMap(({ queries }) => queries),
  ])
}

/**
 * Runs a batch whose last statement is the query `signatureSql`, and returns the signature that this query
 * reads.
 */
async function signatureAfter(statements: readonly string[]): Promise<string | undefined> {
  return (await run<{ signature: string }>(statements))[0]?.signature
}

/** Runs the migrations unless the database already is in its state after the migrations. */
export async function prepareDatabase(): Promise<void> {
  migrated ??= await migrate()
}

/**
 * Resets the database to its state after the migrations, and returns the bytes of the widest row that each table had. If
 * a test has changed the schema, the next call of `prepareDatabase` runs the migrations again.
 */
export async function emptyDatabase(): Promise<Record<string, number>> {
  const before = migrated
  migrated = undefined
  if (!before) return {}
  const statements = (sqls: readonly string[]) => unnoted(sqls.map((sql) => env.DB.prepare(sql)))
  type Rows = D1Result<Record<string, unknown>>[]
  const empty = (sqls: readonly string[]): Promise<Rows> => env.DB.batch([...statements(sqls)])
  // If a test has changed the schema, the batch fails, and the rows are measured by themselves.
  const results = await empty([before.widest, ...before.emptying]).catch(() =>
    empty([before.widest]).catch(() => []),
  )
  if (results.at(-1)?.results[0]?.signature === before.signature) migrated = before
  return (results[0]?.results[0] ?? {}) as Record<string, number>
}
