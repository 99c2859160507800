import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readD1Migrations } from '@cloudflare/vitest-plugin'
import { root } from '../src/cli/paths.ts'
import { writeKeys } from '../src/cli/push-keys.ts'
import { base64url } from '../src/notify/base64.ts'
import { freshPair } from '../src/notify/push/encryption.ts'
import { makeVapidKeys } from '../src/notify/push/vapid.ts'
import { build } from './build.ts'
import { usageOf } from './process.ts'
import { type Running, run, token } from './worker.ts'

const { values } = parseArgs({
  options: {
    browsers: { type: 'string', default: '5000' },
    consumers: { type: 'string', default: '1,10' },
    saves: { type: 'string', default: '41' },
    only: { type: 'string' },
  },
})
const count = Number(values.browsers)

/** Milliseconds without any message after which the bench ends. */
const maxSilenceMilliseconds = 120_000

/** The push service: the browsers that have got a message since the last save, and the instant and size of the last message. */
const service = { told: new Set<string>(), last: 0, bytes: 0, port: 0 }

const server = createServer((request, response) => {
  let bytes = 0
  request.on('data', (part: Buffer) => (bytes += part.length))
  request.on('end', () => {
    service.told.add(request.url ?? '')
    service.last = performance.now()
    service.bytes = bytes
    response.writeHead(201).end()
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
service.port = (server.address() as { port: number }).port

const keys = await makeVapidKeys()
const modules = await build('src/index.ts')

async function opened(consumers: number, rest = 0): Promise<{ worker: Running; database: D1Database }> {
  const bindings = {
    SITE_URL: 'http://localhost:1',
    HUB_LOOPBACK: 'true',
    VAPID_KEYS: writeKeys(keys),
    SUBSCRIPTION_SECRET: 'a-secret-of-the-bench-of-32-characters',
  }
  const worker = await run(modules, undefined, { bindings, consumers, rest })
  const database = await worker.database()
  for (const { queries } of await readD1Migrations(join(root, 'migrations')))
    for (const query of queries) await database.prepare(query).run()
  await save(worker, 'avant')
  return { worker, database }
}

/** Saves an article, and returns the milliseconds until the answer. */
async function save(worker: Running, slug: string): Promise<number> {
  const start = performance.now()
  const response = await fetch(`${worker.address}/api/articles/${slug}`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      title: `Le conseil a voté (${slug})`,
      text: 'Le conseil a voté hier soir, à huit voix contre cinq.\n\n'.repeat(90),
    }),
  })
  if (!response.ok) throw new Error(`Cannot save: ${response.status} ${await response.text()}`)
  await response.body?.cancel()
  return performance.now() - start
}

/** Replaces all browsers. Each is told of all articles at once. */
async function subscribe(database: D1Database, browsers: number): Promise<void> {
  const point = await crypto.subtle.exportKey('raw', (await freshPair()).publicKey)
  const auth = base64url(crypto.getRandomValues(new Uint8Array(16)))
  const stored = { p256dh: base64url(new Uint8Array(point as ArrayBuffer)), auth, server: keys.publicKey }
  const endpoints = Array.from({ length: browsers }, (_, at) => `http://127.0.0.1:${service.port}/${at}`)
  await database.batch([
    database.prepare('DELETE FROM choice'),
    database.prepare('DELETE FROM subscriber'),
    database
      .prepare(
        `INSERT INTO subscriber (id, channel, address, keys, language, state, created, proof)
         SELECT 'browser' || key, 'webpush', value, ?2, 'fr', 'active', 0, '{"at":0,"words":""}' FROM json_each(?1)`,
      )
      .bind(JSON.stringify(endpoints), JSON.stringify(stored)),
    database.prepare(
      "INSERT INTO choice (subscriber, selection, schedule, since) SELECT number, '', 'now', 0 FROM subscriber",
    ),
  ])
}

/** Saves an article, and waits until every browser has a message. Returns the milliseconds until the answer, and until the last message. */
async function told(
  worker: Running,
  slug: string,
  browsers: number,
): Promise<{ saved: number; last: number }> {
  service.told.clear()
  const start = performance.now()
  const saved = await save(worker, slug)
  while (service.told.size < browsers) {
    if (performance.now() - Math.max(start, service.last) > maxSilenceMilliseconds)
      throw new Error(`only ${service.told.size} of ${browsers} browsers were told`)
    await pause(10)
  }
  return { saved, last: service.last - start }
}

/** Measures the time from a save to the last message, and the processor time of a message, for numbers of jobs at once. */
async function measureMessages(): Promise<void> {
  console.log('browsers  at once  save ms  last ms  messages/s  CPU ms each  bytes each')
  for (const consumers of values.consumers.split(',').map(Number)) {
    const { worker, database } = await opened(consumers)
    await subscribe(database, count)
    const cpu = () => (worker.pid === undefined ? 0 : (usageOf(worker.pid)?.cpuMicroseconds ?? 0))
    const before = cpu()
    const { saved, last } = await told(worker, 'neuf', count)
    const columns = [
      String(count).padStart(8),
      String(consumers).padStart(7),
      saved.toFixed(1).padStart(7),
      last.toFixed(0).padStart(7),
      String(Math.round(count / (last / 1000))).padStart(10),
      ((cpu() - before) / 1000 / count).toFixed(2).padStart(11),
      String(service.bytes).padStart(10),
    ]
    console.log(columns.join('  '))
    await worker.stop()
  }
}

const median = (list: number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0

/** Seconds for which the queue waits in the comparison of saves, and jobs with which it waits no longer: the most that there are. */
const restSeconds = 60
const restJobs = 100

/**
 * Compares saves with many browsers with saves without any, by turns in two Workers. The queue waits until all are done, so that no
 * message takes time from a save, and the bench need not wait for messages.
 */
async function measureSaves(): Promise<void> {
  const [none, all] = [await opened(restJobs, restSeconds), await opened(restJobs, restSeconds)]
  await subscribe(all.database, count)
  const times: Record<'none' | 'all', number[]> = { none: [], all: [] }
  for (let round = 0; round <= Number(values.saves); round++)
    for (const name of round % 2 ? (['all', 'none'] as const) : (['none', 'all'] as const)) {
      const saved = await save({ none, all }[name].worker, `article-${round}`)
      // The first save of each Worker prepares its statements.
      if (round > 0) times[name].push(saved)
      await pause(20) // What a save does after its answer must be finished before the next save is measured.
    }
  const owed = await all.database
    .prepare("SELECT count(*) AS saves FROM effect WHERE effect = 'notify'")
    .first()
  await Promise.all([none.worker.stop(), all.worker.stop()])
  if (owed?.saves !== Number(values.saves) + 1)
    throw new Error('messages were sent meanwhile: compare fewer saves (--saves)')
  const [without, many] = [median(times.none), median(times.all)]
  console.log(
    `a save with ${count} browsers ${many.toFixed(1)} ms, with none ${without.toFixed(1)} ms: ratio ${(many / without).toFixed(2)}`,
  )
}

/** The parts of the bench; the option `--only` names one of them. */
const parts = { messages: measureMessages, saves: measureSaves }

try {
  for (const [name, measure] of Object.entries(parts))
    if (values.only === undefined || values.only === name) await measure()
} finally {
  server.closeAllConnections()
  server.close()
}
