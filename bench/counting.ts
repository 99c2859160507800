import worker from '../src/index.ts'

/** The number of rows that D1 read for one request, and the number of statements that D1 ran. */
interface Count {
  rows: number
  statements: number
}

/** A wrapper of a D1 statement. It adds the rows that the wrapped statement reads to the count. */
interface Counted {
  statement: D1PreparedStatement
}

let count: Count = { rows: 0, statements: 0 }

function add<T>(result: D1Result<T>): D1Result<T> {
  count.rows += result.meta.rows_read
  count.statements++
  return result
}

const countedStatement = (statement: D1PreparedStatement): D1PreparedStatement & Counted =>
  ({
    statement,
    bind: (...values: unknown[]) => countedStatement(statement.bind(...values)),
    all: async () => add(await statement.all()),
    run: async () => add(await statement.run()),
    first: async () => add(await statement.all()).results[0] ?? null,
  }) as unknown as D1PreparedStatement & Counted

const countedDatabase = (database: D1Database): D1Database =>
  ({
    prepare: (sql: string) => countedStatement(database.prepare(sql)),
    batch: async (statements: readonly Counted[]) =>
      (await database.batch(statements.map(({ statement }) => statement))).map(add),
  }) as unknown as D1Database

let counted: Env | undefined

/**
 * Kiosque with two more headers in each answer: the number of rows that D1 read for the answer, and the number
 * of statements that D1 ran.
 */
export default {
  async fetch(request, env, context): Promise<Response> {
    counted ??= { ...env, DB: countedDatabase(env.DB) }
    count = { rows: 0, statements: 0 }
    const answer = await worker.fetch(request, counted, context)
    const response = new Response(answer.body, answer)
    response.headers.set('Rows-Read', String(count.rows))
    response.headers.set('Statements', String(count.statements))
    return response
  },
} satisfies ExportedHandler<Env>
