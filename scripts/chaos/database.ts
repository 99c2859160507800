import { machineNow } from './clock.ts'
import type { Random } from './random.ts'
import type { Weather } from './weather.ts'

/** The state that the failing database shares with the Worker of the run. All instants are those of the machine. */
export interface Trouble {
  weather: Weather
  random: Random
  /** When a read, and when a write, last failed or was slow. */
  reads: number
  writes: number
  /** The start of each call that has not ended. */
  pending: Set<number>
  /** The number of failed calls since the last answer. */
  failed: number
  /** Has all processes of the run killed, and never ends. */
  die: () => Promise<never>
}

/** Milliseconds from which a call counts as slow, because the Worker may then answer without its result. */
export const slowMilliseconds = 800

const isWrite = (sql: string): boolean =>
  !/^\s*(?:SELECT|WITH\b(?![\s\S]*\b(?:INSERT|UPDATE|DELETE)\b))/i.test(sql)

/** Wraps a database so that its calls fail as `trouble.weather` says. */
export function failingDatabase(database: D1Database, trouble: Trouble): D1Database {
  const originals = new WeakMap<D1PreparedStatement, { statement: D1PreparedStatement; sql: string }>()

  const fail = (writes: boolean, reason: string): never => {
    trouble.failed++
    trouble[writes ? 'writes' : 'reads'] = machineNow()
    throw new Error(`D1_ERROR: ${reason}`)
  }

  const call = async <T>(writes: boolean, work: () => Promise<T>): Promise<T> => {
    const { weather, random } = trouble
    const begun = machineNow()
    trouble.pending.add(begun)
    try {
      if (random.chance(weather.delay)) await scheduler.wait(random.between(1, 200))
      if (random.chance(writes ? weather.refuseWrites : weather.refuseReads))
        fail(writes, writes ? 'the database refuses writes' : 'the database does not answer')
      const done = await work()
      if (writes && random.chance(weather.kill)) await trouble.die()
      if (writes && random.chance(weather.loseWrites)) fail(writes, 'the answer is lost')
      return done
    } finally {
      trouble.pending.delete(begun)
      if (machineNow() - begun > slowMilliseconds) trouble.reads = machineNow()
    }
  }

  const wrap = (sql: string, statement: D1PreparedStatement): D1PreparedStatement => {
    const calling =
      (method: 'all' | 'run' | 'first' | 'raw') =>
      (...values: never[]) =>
        call(isWrite(sql), () => (statement[method] as (...values: never[]) => Promise<unknown>)(...values))
    const wrapped = {
      bind: (...values: unknown[]) => wrap(sql, statement.bind(...values)),
      all: calling('all'),
      run: calling('run'),
      first: calling('first'),
      raw: calling('raw'),
    } as unknown as D1PreparedStatement
    originals.set(wrapped, { statement, sql })
    return wrapped
  }

  const original = (wrapped: D1PreparedStatement) => {
    const found = originals.get(wrapped)
    if (!found) throw new Error('The statement belongs to another database')
    return found
  }

  return {
    prepare: (sql: string) => wrap(sql, database.prepare(sql)),
    batch: (statements: D1PreparedStatement[]) => {
      const found = statements.map(original)
      return call(
        found.some(({ sql }) => isWrite(sql)),
        () => database.batch(found.map(({ statement }) => statement)),
      )
    },
  } as unknown as D1Database
}
