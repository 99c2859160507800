/** A statement that was prepared on a watched database. `rowsRead` is set if the statement was run outside a batch. */
export interface Watched {
  sql: string
  values: readonly unknown[]
  rowsRead?: number
}

/** Wraps a database so that every prepared statement is recorded in `seen`. */
export function watch(database: D1Database): { database: D1Database; seen: Watched[] } {
  const seen: Watched[] = []
  const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>()
  const watchStatement = (original: D1PreparedStatement, entry: Watched): D1PreparedStatement => {
    const count = <T extends { meta: { rows_read?: number } }>(result: T): T => {
      entry.rowsRead = result.meta.rows_read ?? 0
      return result
    }
    const statement = {
      bind: (...values: unknown[]) => {
        entry.values = values
        return watchStatement(original.bind(...values), entry)
      },
      all: async () => count(await original.all()),
      run: async () => count(await original.run()),
      first: async () => (count(await original.all()).results[0] as unknown) ?? null,
    } as unknown as D1PreparedStatement
    originals.set(statement, original)
    return statement
  }
  const watched = {
    prepare: (sql: string) => {
      const entry: Watched = { sql, values: [] }
      seen.push(entry)
      return watchStatement(database.prepare(sql), entry)
    },
    batch: (statements: D1PreparedStatement[]) =>
      database.batch(statements.map((statement) => originals.get(statement) ?? statement)),
  } as unknown as D1Database
  return { database: watched, seen }
}
