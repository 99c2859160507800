import { chmodSync } from 'node:fs'
import { migrate } from '../../../src/cli/migrate.ts'
import { temporaryStore } from '../../local-server.ts'
import { freePort } from '../../ports.ts'
import { kill, serve, token } from '../../worker-process.ts'
import { send } from '../client.ts'
import { installedOf, type Outcome, type Part } from '../part.ts'
import { type Bench, title } from './bench.ts'
import { checks } from './checks.ts'
import { type CacheTool, cacheTools, type RunningCache, startCache } from './running.ts'

/**
 * Debian's Varnish, squid and nginx in front of a running Worker: no answer is wrong when an embargo ends, an article
 * expires or is withdrawn, for clients with and without gzip, for deltas, and for people. The caches use the real clock,
 * so the part takes about a minute.
 */
export const caches: Part = {
  name: 'caches',
  what: 'the caches Varnish, squid and nginx in front of a running Worker',
  run: async () => {
    const { installed, skipped } = installedOf(cacheTools)
    const wrong = installed.length > 0 ? await wrongBehind(installed) : 0
    const names = installed.map(({ name }) => name)
    return {
      checked: checks.length * installed.length,
      what: `${checks.length} checks behind ${names.join(', ') || 'no cache'}`,
      wrong,
      skipped,
    } satisfies Outcome
  },
}

/** Runs every check behind every given cache, prints a table of the results, and returns the number of wrong ones. */
async function wrongBehind(tools: readonly CacheTool[]): Promise<number> {
  const { store, remove } = temporaryStore()
  const { store: folder, remove: removeFolder } = temporaryStore()
  chmodSync(folder, 0o755)
  migrate(store)
  const port = await freePort()
  const worker = await serve(store, port, {})
  const running: RunningCache[] = []
  try {
    for (const { name } of tools) running.push(await startCache(name, folder, port))
    const ready = Promise.withResolvers<void>()
    let waiting = 0
    const killWithOthers = async () => {
      waiting++
      if (waiting === running.length) ready.resolve(kill(worker))
      await ready.promise
    }
    let wrong = 0
    for (const [at, [what, check]] of checks.entries()) {
      const results = await Promise.all(
        running.map((cache) =>
          check(benchOf(cache, `c${at}${cache.name}`, port, killWithOthers)).catch((fault: Error) => [
            fault.message,
          ]),
        ),
      )
      console.log(
        what.padEnd(32),
        ...running.map(({ name }, one) => `${name}: ${verdict(results[one])}`.padEnd(16)),
      )
      for (const [one, reasons] of results.entries())
        for (const reason of reasons) console.log(`  ${running[one]?.name}: ${reason}`)
      wrong += results.filter((reasons) => reasons.length > 0).length
    }
    return wrong
  } finally {
    for (const { stop } of running) stop()
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
