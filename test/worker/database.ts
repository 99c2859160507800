import { env } from 'cloudflare:workers'

const { MIGRATIONS: migrations } = env as unknown as { MIGRATIONS: { queries: string[] }[] }

interface Schema {
  type: string
  name: string
  sql: string
}

const schemaSql = `SELECT type, name, sql FROM sqlite_master WHERE sql NOT NULL AND name NOT GLOB '_cf*' ORDER BY name`
/** Short enough to be asked for after each test: the names, and how long all of it is. */
const signatureSql = `SELECT group_concat(name) || total(length(sql)) AS signature FROM (${schemaSql})`

/** What the migrations made, and the batch that takes the database back to it. */
let made: { signature: string | undefined; emptying: string[] } | undefined

async function run<T>(statements: readonly string[]): Promise<T[]> {
  const results = await env.DB.batch<T>(statements.map((sql) => env.DB.prepare(sql)))
  return results.at(-1)?.results ?? []
}

/** The statements that put back the rows of a table, every value as SQL writes it. */
async function fillingsOf(table: string): Promise<string[]> {
  const { results } = await env.DB.prepare(`PRAGMA table_info(${table})`).all<{ name: string }>()
  const quoted = results.map(({ name }) => `quote("${name}")`).join(` || ', ' || `)
  const rows = await env.DB.prepare(`SELECT ${quoted} FROM ${table}`).raw<[string]>()
  return rows.map(([values]) => `INSERT INTO ${table} VALUES (${values})`)
}

/** Makes the database anew by the migrations, which takes several times as long as emptying it does. */
async function migrate() {
  const former = await run<Schema>([schemaSql])
  const schema = await run<Schema>([
    ...former.filter(({ type }) => /table|view/.test(type)).map(({ type, name }) => `DROP ${type} ${name}`),
    ...migrations.flatMap(({ queries }) => queries),
    schemaSql,
  ])
  const tables = schema.filter(({ type }) => type === 'table').map(({ name }) => name)
  const triggers = schema.filter(({ type }) => type === 'trigger')
  const fillings = await Promise.all(tables.map(fillingsOf))
  // Without its triggers a table is emptied at once, and the rows that are put back write no others.
  const emptying = [
    ...triggers.map(({ name }) => `DROP TRIGGER ${name}`),
    ...tables.map((table) => `DELETE FROM ${table}`),
    ...fillings.flat(),
    ...triggers.map(({ sql }) => sql),
    signatureSql,
  ]
  return { signature: await signatureAfter([signatureSql]), emptying }
}

/** The schema's signature behind a batch that asks for it last. */
async function signatureAfter(statements: readonly string[]): Promise<string | undefined> {
  return (await run<{ signature: string }>(statements))[0]?.signature
}

/** Has the database be as the migrations make it. */
export async function prepareDatabase(): Promise<void> {
  made ??= await migrate()
}

/** Takes the database back to what the migrations made; where a test has changed the schema, the next one finds it made anew. */
export async function emptyDatabase(): Promise<void> {
  const before = made
  made = undefined
  if (!before) return
  const signature = await signatureAfter(before.emptying).catch(() => undefined)
  if (signature === before.signature) made = before
}
