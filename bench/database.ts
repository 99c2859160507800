import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

/** The database file of a local store, opened by this process instead of the Worker. */
interface OpenDatabase {
  /** The part of the D1 interface that the store's code uses: prepare, bind, all, first, run and batch. */
  database: D1Database
  close: () => void
}

/**
 * Opens the database file without protection against power cuts, because a damaged store of the bench can
 * simply be made again. The statements of a save are the same as in D1, but run in this process, without a
 * request to the database.
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
