import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { root, textOf } from '../source.ts'

/** The texts of the migrations, in their order. */
export const migrations: readonly string[] = readdirSync(join(root, 'migrations'))
  .sort()
  .map((file) => textOf(`migrations/${file}`))

/**
 * The names of everything that SQL creates, as `table column name`, `table index name` and `table trigger name`, in alphabetical
 * order.
 */
export function schemaOf(sql: readonly string[]): string[] {
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
