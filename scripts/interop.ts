import { chmodSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { migrate } from '../src/cli/migrate.ts'
import { type Bench, title } from './interop/bench.ts'
import { cacheNames, missingCaches, type RunningCache, startCache } from './interop/caches.ts'
import { checks } from './interop/checks.ts'
import { send } from './interop/client.ts'
import { readers } from './interop/readers/part.ts'
import { temporaryStore } from './local-server.ts'
import { freePort } from './ports.ts'
import { kill, serve, token } from './worker-process.ts'

/**
 * Puts Debian's Varnish, squid and nginx in front of a running Worker and checks that no answer is wrong: when an
 * embargo ends, an article expires or is withdrawn, for clients with and without gzip, for deltas, and for people.
 * The caches use the real clock, so the run takes about a minute. Exits with 1 if an answer is wrong, and with 2 if a
 * cache is not installed.
 */
async function run(): Promise<boolean> {
  const { store, remove } = temporaryStore()
  const { store: folder, remove: removeFolder } = temporaryStore()
  chmodSync(folder, 0o755)
  migrate(store)
  const port = await freePort()
  const worker = await serve(store, port, {})
  const caches: RunningCache[] = []
  try {
    for (const name of cacheNames) caches.push(await startCache(name, folder, port))
    const ready = Promise.withResolvers<void>()
    let waiting = 0
    const killWithOthers = async () => {
      waiting++
      if (waiting === caches.length) ready.resolve(kill(worker))
      await ready.promise
    }
    let isRight = true
    for (const [at, [what, check]] of checks.entries()) {
      const results = await Promise.all(
        caches.map((cache) =>
          check(benchOf(cache, `c${at}${cache.name}`, port, killWithOthers)).catch((fault: Error) => [
            fault.message,
          ]),
        ),
      )
      console.log(
        what.padEnd(32),
        ...caches.map(({ name }, one) => `${name}: ${verdict(results[one])}`.padEnd(16)),
      )
      for (const [one, reasons] of results.entries())
        for (const reason of reasons) console.log(`  ${caches[one]?.name}: ${reason}`)
      isRight &&= results.every((reasons) => reasons.length === 0)
    }
    return isRight
  } finally {
    for (const { stop } of caches) stop()
    await kill(worker)
    remove()
    removeFolder()
  }
}

const verdict = (reasons: readonly string[] | undefined): string =>
  reasons?.length === 0 ? 'right' : 'WRONG'

function benchOf(cache: RunningCache, tag: string, port: number, killWithOthers: () => Promise<void>): Bench {
  const save = async (method: string, slug: string, body = '') => {
    const fields = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
    const { status, body: said } = await send(port, `/api/articles/${slug}`, fields, { method, body })
    if (status >= 300) throw new Error(`${method} ${slug}: ${status} ${said}`)
  }
  return {
    tag,
    ask: (path, fields = {}, method = 'GET') => send(cache.port, path, fields, { method }),
    publish: (name, fields = {}) =>
      save(
        'PUT',
        `${tag}-${name}`,
        JSON.stringify({ title: title(name), text: 'Un mot.', tags: [tag], ...fields }),
      ),
    withdraw: (name) => save('DELETE', `${tag}-${name}`),
    kill: killWithOthers,
  }
}

if (parseArgs({ options: { only: { type: 'string' } } }).values.only === 'readers') {
  const { checked, wrong, skipped } = await readers.run()
  for (const text of skipped) console.log(`skipped: ${text}`)
  process.exit(wrong > 0 ? 1 : checked > 0 ? 0 : 2)
}
const missing = missingCaches()
if (missing.length > 0) {
  console.error(
    `Cannot check ${missing.join(', ')}: not installed; run: apt-get install -y varnish squid nginx`,
  )
  process.exit(2)
}
process.exit((await run()) ? 0 : 1)
