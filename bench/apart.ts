import worker from '../src/index.ts'

/** A statement with its values, as it is sent to the process that has the database. */
export interface Sent {
  sql: string
  values: readonly unknown[]
}

/** A D1 database in another process. The environment has its address as `DATABASE_URL`. */
const databaseAt = (url: string): D1Database => {
  const send = async <T>(statements: readonly Sent[]): Promise<D1Result<T>[]> => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(statements) })
    if (!response.ok) throw new Error(`D1_ERROR: ${await response.text()}`)
    return response.json()
  }
  const all = async <T>(sent: Sent): Promise<D1Result<T>> => {
    const [result] = await send<T>([sent])
    if (!result) throw new Error('D1_ERROR: no result')
    return result
  }
  const statement = (sent: Sent): D1PreparedStatement & { sent: Sent } =>
    ({
      sent,
      bind: (...values: unknown[]) => statement({ ...sent, values }),
      all: () => all(sent),
      run: () => all(sent),
      first: async (column?: string) => {
        const [row] = (await all<Record<string, unknown>>(sent)).results
        return (column === undefined ? row : row?.[column]) ?? null
      },
    }) as unknown as D1PreparedStatement & { sent: Sent }
  return {
    prepare: (sql: string) => statement({ sql, values: [] }),
    batch: (statements: readonly { sent: Sent }[]) => send(statements.map(({ sent }) => sent)),
  } as unknown as D1Database
}

let apart: Env | undefined

/**
 * Kiosque whose database and counter of forms (`SUBSCRIBERS`) are not in its process, as on Cloudflare. Locally both are programs in
 * JavaScript that run on the thread of the Worker, and cost more than the Worker itself.
 */
export default {
  async fetch(request, env, context): Promise<Response> {
    const limit = async () => ({ success: true })
    const url = (env as unknown as { DATABASE_URL: string }).DATABASE_URL
    apart ??= { ...env, DB: databaseAt(url), SUBSCRIBERS: { limit } as RateLimit }
    return worker.fetch(request, apart, context)
  },
} satisfies ExportedHandler<Env>
