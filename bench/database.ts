import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

/** A database file of the local store, opened by this process in place of the Worker. */
interface OpenDatabase {
  /** What the store's own code needs of D1: prepare, bind, all, first, run and batch. */
  database: D1Database
  close: () => void
}

/**
 * Opens it without the care for power cuts that a real store has: a store of the bench is made anew when it is
 * lost. So the statements of a save run here as they do in D1, without a request for each.
 */
export function openDatabase(file: string): OpenDatabase {
  const sqlite = new DatabaseSync(file)
  for (const pragma of [
    'journal_mode = MEMORY',
    'synchronous = OFF',
    'cache_size = -1000000',
    'temp_store = MEMORY',
  ]) {
    sqlite.exec(`PRAGMA ${pragma}`)
  }
  const prepared = new Map<string, StatementSync>()
  const statementOf = (sql: string): StatementSync => {
    const statement = prepared.get(sql) ?? sqlite.prepare(sql)
    prepared.set(sql, statement)
    return statement
  }

  interface Bound {
    rows: () => Record<string, unknown>[]
  }
  const bind = (sql: string, values: readonly unknown[]) => {
    const rows = () => statementOf(sql).all(...(values as SQLInputValue[]))
    const resultOf = () => ({ success: true, results: rows(), meta: {} })
    return {
      rows,
      bind: (...others: unknown[]) => bind(sql, others),
      all: async () => resultOf(),
      run: async () => resultOf(),
      first: async () => rows()[0] ?? null,
    }
  }
  const batch = async (statements: readonly Bound[]) => {
    sqlite.exec('BEGIN')
    try {
      const results = statements.map((statement) => ({ success: true, results: statement.rows(), meta: {} }))
      sqlite.exec('COMMIT')
      return results
    } catch (fault) {
      sqlite.exec('ROLLBACK')
      throw fault
    }
  }
  return {
    database: { prepare: (sql: string) => bind(sql, []), batch } as unknown as D1Database,
    close: () => sqlite.close(),
  }
}
