import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { root, textOf } from '../source.ts'

/** `table.column`, `table index name` and `table trigger name` of all that the migrations make, in order. */
function schemaOf(sql: readonly string[]): string[] {
  const database = new DatabaseSync(':memory:')
  for (const text of sql) database.exec(text)
  const rows = database
    .prepare("SELECT type, name, tbl_name AS owner FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    .all() as { type: string; name: string; owner: string }[]
  const columns = database.prepare('SELECT name FROM pragma_table_xinfo(?)')
  const found = rows.flatMap(({ type, name, owner }) =>
    type === 'table' || type === 'view'
      ? (columns.all(name) as { name: string }[]).map((column) => `${name} column ${column.name}`)
      : [`${owner} ${type} ${name}`],
  )
  database.close()
  return found.sort()
}

/** The same as docs/storage.md has it: each row of the tables under a heading that is a table's name. */
function documentedIn(page: string): string[] {
  return page
    .split(/^### /m)
    .slice(1)
    .flatMap((section) => {
      const owner = /^`(\w+)`/.exec(section)?.[1]
      let kind = ''
      return section.split('\n').flatMap((line) => {
        kind = /^\| (column|index|trigger) \|/.exec(line)?.[1] ?? kind
        const name = /^\| `(\w+)` \| [^|]+ \| [^|]+ \|$/.exec(line)?.[1]
        return name ? [`${owner} ${kind} ${name}`] : []
      })
    })
    .sort()
}

const migrations = readdirSync(join(root, 'migrations'))
  .sort()
  .map((file) => textOf(`migrations/${file}`))

describe('docs/storage.md lists what the migrations make', () => {
  test('every table, column, index and trigger, and no other', () => {
    const [schema, documented] = [schemaOf(migrations), documentedIn(textOf('docs/storage.md'))]
    expect(schema.length).toBeGreaterThan(100)
    expect({
      undocumented: schema.filter((one) => !documented.includes(one)),
      unknown: documented.filter((one) => !schema.includes(one)),
      twice: documented.filter((one, at) => documented[at - 1] === one),
    }).toEqual({ undocumented: [], unknown: [], twice: [] })
  })

  test('what a later migration adds is missed', () => {
    const later = [
      'ALTER TABLE article ADD COLUMN nowhere TEXT',
      'CREATE INDEX article_nowhere ON article (nowhere)',
      'CREATE TRIGGER never AFTER INSERT ON place BEGIN DELETE FROM refusal; END',
    ]
    const documented = documentedIn(textOf('docs/storage.md'))
    const missed = schemaOf([...migrations, ...later]).filter((one) => !documented.includes(one))
    expect(missed).toEqual(['article column nowhere', 'article index article_nowhere', 'place trigger never'])
  })
})
