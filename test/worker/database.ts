import { env } from 'cloudflare:workers'

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
let made: { signature: string | undefined; emptying: string[] } | undefined

async function run<T>(statements: readonly string[]): Promise<T[]> {
  const results = await env.DB.batch<T>(statements.map((sql) => env.DB.prepare(sql)))
  return results.at(-1)?.results ?? []
}

/** The INSERT statements that restore the rows of a table. */
async function fillingsOf(table: string): Promise<string[]> {
  const { results } = await env.DB.prepare(`PRAGMA table_info(${table})`).all<{ name: string }>()
  const quoted = results.map(({ name }) => `quote("${name}")`).join(` || ', ' || `)
  const rows = await env.DB.prepare(`SELECT ${quoted} FROM ${table}`).raw<[string]>()
  return rows.map(([values]) => `INSERT INTO ${table} VALUES (${values})`)
}

/** Drops all tables and runs the migrations again, which takes several times as long as deleting all rows. */
async function migrate() {
  const former = await run<Schema>([schemaSql])
  const schema = await run<Schema>([
    ...former.filter(({ type }) => /table|view/.test(type)).map(({ type, name }) => `DROP ${type} ${name}`),
    ...migrations.flatMap(({ queries }) => queries),
    schemaSql,
  ])
  const emptying = [...(await returningTo(schema)), signatureSql]
  return { signature: await signatureAfter([signatureSql]), emptying }
}

/** The statements that give every table its present rows again. */
async function returningTo(schema: readonly Schema[]): Promise<string[]> {
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

/**
 * Remembers the present rows of the database. The returned function travels back to them, as D1 Time Travel does,
 * and forgets everything that was saved since.
 */
export async function timeMachine(): Promise<() => Promise<void>> {
  const statements = await returningTo(await run<Schema>([schemaSql]))
  return async () => {
    await run(statements)
  }
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
  made ??= await migrate()
}

/**
 * Resets the database to its state after the migrations. If a test has changed the schema, the next call of
 * `prepareDatabase` runs the migrations again.
 */
export async function emptyDatabase(): Promise<void> {
  const before = made
  made = undefined
  if (!before) return
  const signature = await signatureAfter(before.emptying).catch(() => undefined)
  if (signature === before.signature) made = before
}
