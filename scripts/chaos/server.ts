import { appendFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'
import { root } from '../../src/cli/paths.ts'

/** What this process gets as its only argument, as JSON. */
export interface Serving {
  /** The folder of the store. */
  store: string
  /** The folder of the Worker's modules; `worker.mjs` is the entry module. */
  modules: string
  /** The file to which the Workers' logs are added. */
  log: string
  workers: readonly { name: string; bindings: Record<string, string> }[]
}

/**
 * Serves several Workers on one store. The first Worker handles the messages of the queues, because a local queue
 * has one consumer. Prints the address of each Worker, by name, as one line of JSON.
 */
async function serve({ store, modules, log, workers }: Serving): Promise<void> {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(root, 'wrangler.toml'))
  const { modulesRules: _, rootPath: __, queueConsumers, ...options } = workerOptions
  const names = readdirSync(modules).toSorted(
    (one, other) => Number(other === 'worker.mjs') - Number(one === 'worker.mjs'),
  )
  const code = names.map((name) => ({
    type: 'ESModule',
    path: name,
    contents: readFileSync(join(modules, name), 'utf8'),
  }))
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      logRequests: false,
      log: new Log(LogLevel.NONE),
      handleStructuredLogs: ({ message }: { message: string }) => appendFileSync(log, `${message}\n`),
      resourcePersistencePath: join(store, 'v3'),
      workers: workers.map(({ name, bindings }, at) => ({
        ...options,
        name,
        bindings,
        modules: code,
        ...(at === 0 && { queueConsumers }),
        unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
      })),
    } as Parameters<typeof convertV4MiniflareOptions>[0]),
  )
  await miniflare.ready
  const addresses = await Promise.all(
    workers.map(async ({ name }) => [name, (await miniflare.unsafeGetDirectURL(name)).origin]),
  )
  process.stdout.write(`${JSON.stringify(Object.fromEntries(addresses))}\n`)
}

await serve(JSON.parse(process.argv[2] ?? '') as Serving)
