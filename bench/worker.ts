import { join } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'
import { quiet, root } from '../src/cli/paths.ts'
import { hashOf } from '../src/http/token.ts'
import type { Module } from './build.ts'
import { children } from './process.ts'

/** A Worker that runs in a workerd of its own and listens on a direct socket, with no proxy before it. */
export interface Running {
  /** `http://127.0.0.1:port`, without a final slash. */
  address: string
  /** Of its workerd; undefined where the system does not tell. */
  pid: number | undefined
  /** Its local D1. */
  database: () => Promise<D1Database>
  stop: () => Promise<void>
}

/** The token of the bench's Workers, for everything. */
export const token = 'a-token-of-the-bench'

/** How many articles the bench's feeds hold. */
export const feedLength = 20

Object.assign(process.env, quiet)

/** What of the Worker's environment is not as usual. */
interface Differs {
  bindings?: Record<string, string>
  /** How many jobs of the hub are at work at once. */
  consumers?: number
  /** How long a message waits for others before a consumer takes it, in seconds. */
  rest?: number
}

/** Runs a Worker with the bindings of wrangler.toml; its local store is in the folder, or in memory. */
export async function run(
  modules: readonly Module[],
  store?: string,
  differs: Differs = {},
): Promise<Running> {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(root, 'wrangler.toml'))
  const { modulesRules: _, rootPath: __, ...options } = workerOptions
  const before = new Set(children())
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...options,
      name: 'bench',
      modules: [...modules],
      bindings: { ...(await variables()), ...differs.bindings },
      ...(differs.consumers && { queueConsumers: queues(differs.consumers, differs.rest ?? 0) }),
      cf: false,
      logRequests: false,
      log: new Log(LogLevel.NONE),
      handleStructuredLogs: () => {},
      unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
      ...(store && { resourcePersistencePath: join(store, 'v3') }),
    } as Parameters<typeof convertV4MiniflareOptions>[0]),
  )
  await miniflare.ready
  const { origin } = await miniflare.unsafeGetDirectURL('bench')
  const pid = children().find((child) => !before.has(child))
  return {
    address: origin,
    pid,
    database: () => miniflare.getD1Database('DB') as unknown as Promise<D1Database>,
    stop: () => miniflare.dispose(),
  }
}

/** A local queue does one batch after the other; side by side within it, as many invocations would. */
const queues = (consumers: number, rest: number) => ({
  'kiosque-deliver': { maxBatchSize: consumers, maxBatchTimeout: rest, maxRetries: 5 },
})

const variables = async () => ({
  SITE_URL: 'https://kiosque.example',
  FEED_LENGTH: String(feedLength),
  API_TOKENS: `bench:admin:${await hashOf(token)}`,
})
