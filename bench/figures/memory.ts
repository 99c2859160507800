import { setTimeout as pause } from 'node:timers/promises'
import { ask } from '../client.ts'
import type { Environment } from '../environment.ts'
import { usageOf } from '../process.ts'
import { figure, type Section } from '../table.ts'
import type { Running } from '../worker.ts'

/**
 * Measures the memory of workerd when idle, under load and ten seconds after the load. The measured Workers
 * are Kiosque and the bare Worker, which only sends stored answers (`bench/baselines/bare.js`).
 */
export async function memory(environment: Environment): Promise<Section> {
  const [least = 20, most = least] = [environment.articles[0], environment.articles.at(-1)]
  const kiosque = await environment.serve(least)
  const workers: [string, Running][] = [
    [`Kiosque, ${figure(least)} articles`, kiosque],
    ...(most === least
      ? []
      : [[`Kiosque, ${figure(most)} articles`, await environment.serve(most)] as [string, Running]]),
    ['bare', await environment.bare(`${kiosque.address}/feed.rss`)],
  ]
  const rows: string[][] = []
  for (const [name, worker] of workers) rows.push([name, ...(await held(environment, worker))])
  return {
    title: 'Memory',
    columns: ['Worker', 'MiB at first', 'after load', 'ten seconds later'],
    rows,
    notes: [
      'Resident memory of the whole workerd process, D1 included. It frees lazily where nothing presses, so what it ' +
        'holds under load says little by itself: compare with the bare Worker. The soak shows whether it grows.',
    ],
  }
}

async function held(environment: Environment, { address, pid }: Running): Promise<string[]> {
  const now = () => figure((pid === undefined ? undefined : usageOf(pid))?.memory ?? Number.NaN)
  const url = `${address}/feed.rss`
  const { headers } = await ask(url)
  const idle = now()
  for (const asked of [{}, { 'If-None-Match': headers.get('ETag') ?? '' }]) {
    await environment.tool.load({ url, headers: asked }, environment.pace.seconds * 2)
  }
  const loaded = now()
  await pause(10_000)
  return [idle, loaded, now()]
}
