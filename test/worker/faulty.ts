/**
 * The faults of a test database: how many of the next calls the database refuses, and whether the answer to the
 * next batch is lost.
 */
export interface Faults {
  refused: number
  lost: boolean
}

/**
 * Wraps a database so that `before` runs before each call, and `after` after each batch. If one of them throws, the
 * call fails.
 */
export function withCalls(
  database: D1Database,
  before: () => Promise<void> | void,
  after: () => void = () => {},
): D1Database {
  const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>()
  const wrap = (original: D1PreparedStatement): D1PreparedStatement => {
    const calling =
      (method: 'all' | 'run' | 'first' | 'raw') =>
      async (...values: never[]) => {
        await before()
        return (original[method] as (...values: never[]) => unknown)(...values)
      }
    const statement = {
      bind: (...values: unknown[]) => wrap(original.bind(...values)),
      ...{ all: calling('all'), run: calling('run'), first: calling('first'), raw: calling('raw') },
    } as unknown as D1PreparedStatement
    originals.set(statement, original)
    return statement
  }
  return {
    prepare: (sql: string) => wrap(database.prepare(sql)),
    batch: async (statements: D1PreparedStatement[]) => {
      await before()
      const done = await database.batch(statements.map((statement) => originals.get(statement) ?? statement))
      after()
      return done
    },
  } as unknown as D1Database
}

/**
 * Wraps a database so that it fails as `faults` says. Each call reads `faults` again, so a test may change the
 * faults at any time.
 */
export const withFaults = (database: D1Database, faults: Faults): D1Database =>
  withCalls(
    database,
    () => {
      if (faults.refused === 0) return
      faults.refused--
      throw new Error('D1_ERROR: refused')
    },
    () => {
      if (!faults.lost) return
      faults.lost = false
      throw new Error('D1_ERROR: the answer is lost')
    },
  )
