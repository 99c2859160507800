import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { openSite } from './site.ts'

/** The content of the database: the schema, and the first nine rows of each table. */
async function stored() {
  const { results: schema } = await env.DB.prepare(
    "SELECT type, name, sql FROM sqlite_master WHERE name NOT GLOB '_cf*' ORDER BY name",
  ).all<{ type: string; name: string }>()
  const tables = schema
    .filter(({ type }) => type === 'table')
    .map(({ name }) => `SELECT * FROM ${name} LIMIT 9`)
  const rows = await env.DB.batch(tables.map((sql) => env.DB.prepare(sql)))
  return { schema, rows: rows.map(({ results }) => results) }
}

describe('each test finds the database as the migrations make it', () => {
  let made: Awaited<ReturnType<typeof stored>> | undefined
  const changes: [what: string, change: () => Promise<unknown>][] = [
    ['nothing', async () => {}],
    ['rows', async () => (await openSite()).put('un', { section: 'Monde', tags: ['Été'] })],
    ['a row that the migrations wrote', () => env.DB.prepare('UPDATE site SET revision = 7').run()],
    ['a table’s name', () => env.DB.prepare('ALTER TABLE topic RENAME TO away').run()],
    ['a trigger', () => env.DB.prepare('DROP TRIGGER site_due').run()],
    ['nothing again', async () => {}],
  ]
  test.for(changes)('before a test that changes %s', async ([, change]) => {
    const found = await stored()
    made ??= found
    expect(found).toEqual(made)
    expect(found.schema.length).toBeGreaterThan(40)
    expect(found.rows.flat()).toHaveLength(5)
    await change()
  })
})
