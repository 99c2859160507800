import { join } from 'node:path'
import { readD1Migrations } from '@cloudflare/vitest-plugin'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'
import { quiet, root } from '../src/cli/paths.ts'
import { hashOf } from '../src/http/token.ts'
import type { Module } from './build.ts'
import { children } from './process.ts'

/** A Worker that runs in its own workerd process and listens on a direct socket, without a proxy in front of it. */
export interface Running {
  /** The address, `http://127.0.0.1:port`, without a final slash. */
  address: string
  /** The process id of workerd; undefined if the system does not tell. */
  pid: number | undefined
  /** Opens the Worker's local D1 database. */
  database: () => Promise<D1Database>
  /** Makes the tables, and returns the database. */
  migrate: () => Promise<D1Database>
  stop: () => Promise<void>
}

/** The API token of the bench's Workers, with every scope. */
export const token = 'a-token-of-the-bench'

/** How many articles the feeds of the bench show. */
export const feedLength = 20

Object.assign(process.env, quiet)

/** The settings in which a bench Worker differs from a deployed one. */
interface Differs {
  bindings?: Record<string, string>
  /** How many jobs of the hub run at the same time. */
  consumers?: number
  /** Seconds that a queue waits for further messages before it delivers a batch. */
  rest?: number
}

/** Runs a Worker with the bindings of wrangler.toml. Its local store is in the given folder, or in memory. */
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
  const database = () => miniflare.getD1Database('DB') as unknown as Promise<D1Database>
  return {
    address: origin,
    pid,
    database,
    migrate: async () => migrated(await database()),
    stop: () => miniflare.dispose(),
  }
}

async function migrated(database: D1Database): Promise<D1Database> {
  for (const { queries } of await readD1Migrations(join(root, 'migrations')))
    for (const query of queries) await database.prepare(query).run()
  return database
}

/**
 * The settings of the hub's local queues. A queue handles batches one after another, but the messages of a batch at
 * the same time. Therefore the batch size is the number of jobs of a queue that run at the same time.
 */
const queues = (consumers: number, rest: number) =>
  Object.fromEntries(
    ['deliver', 'verify', 'slow'].map((name) => [
      `kiosque-${name}`,
      { maxBatchSize: consumers, maxBatchTimeout: rest, maxRetries: 5 },
    ]),
  )

const variables = async () => ({
  SITE_URL: 'https://kiosque.example',
  FEED_LENGTH: String(feedLength),
  API_TOKENS: `bench:admin:${await hashOf(token)}`,
})
