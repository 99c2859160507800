import { setTimeout as pause } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { writeComment } from './comment-writer.ts'

/** What a thread of writers does: it sends `count` comments at a fixed `rate` a second. The first has the number `from`. */
export interface Writing {
  address: string
  from: number
  count: number
  rate: number
}

/** How often each status was answered, and how many seconds all comments took. */
export interface Written {
  statuses: Record<number, number>
  seconds: number
}

const { address, from, count, rate } = workerData as Writing
const begin = performance.now()
const pending: Promise<number>[] = []
for (let at = 0; at < count; at++) {
  const wait = begin + (at * 1000) / rate - performance.now()
  if (wait > 0) await pause(wait)
  const number = from + at
  pending.push(writeComment(address, `a${number % 3}`, number))
}
const statuses: Record<number, number> = {}
for (const status of await Promise.all(pending)) statuses[status] = (statuses[status] ?? 0) + 1
parentPort?.postMessage({ statuses, seconds: (performance.now() - begin) / 1000 } satisfies Written)
