import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { commentsPath } from '../src/domain/comment.ts'
import { build } from './build.ts'
import type { Writing, Written } from './comment-thread.ts'
import { bindings, saveArticles } from './comment-writer.ts'
import { type Running, run } from './worker.ts'

interface Burst {
  /** For how long comments come, and how many of them and of polls come in a second. */
  seconds: number
  rate: number
  polls: number
}

/** Polls an address at a fixed rate as long as `isOn`, and returns the milliseconds until each answer. */
async function poll(url: string, rate: number, isOn: () => boolean): Promise<number[]> {
  const times: number[] = []
  const pending: Promise<void>[] = []
  const begin = performance.now()
  let etag = ''
  const ask = async (number: number) => {
    const start = performance.now()
    const headers = {
      'If-None-Match': etag,
      'CF-Connecting-IP': `10.${number % 250}.${(number >> 8) % 250}.1`,
    }
    const response = await fetch(url, { headers })
    etag = response.headers.get('ETag') ?? etag
    await response.arrayBuffer()
    times.push(performance.now() - start)
  }
  for (let number = 0; isOn(); number++) {
    const wait = begin + (number * 1000) / rate - performance.now()
    if (wait > 0) await pause(wait)
    pending.push(ask(number))
  }
  await Promise.all(pending)
  return times
}

const share = (times: readonly number[], part: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * part)] ?? 0

/** Polls for as long as some work takes. */
async function pollDuring<T>(
  url: string,
  rate: number,
  work: Promise<T>,
): Promise<[times: number[], done: T]> {
  let isOn = true
  const polling = poll(url, rate, () => isOn)
  const done = await work
  isOn = false
  return [await polling, done]
}

/** Sends comments from a thread of its own, so that polls are not measured while this thread makes forms. */
async function writing(data: Writing): Promise<Written> {
  const thread = new Worker(`${import.meta.dirname}/comment-thread.ts`, { workerData: data })
  const [written] = await once(thread, 'message')
  return written as Written
}

/** Polls while nothing happens and while many comments come, and prints both, and how many comments are stored. */
async function measure(
  worker: Running,
  database: D1Database,
  { seconds, rate, polls }: Burst,
): Promise<void> {
  await saveArticles(worker.address)
  await pause(3000)
  let sent = 0
  for (const address of ['/feed.rss', `/${commentsPath('a0')}/feed.atom`, `/${commentsPath('a0')}.json`]) {
    const url = worker.address + address
    await pollDuring(url, polls, pause(2000))
    const [before] = await pollDuring(url, polls, pause(seconds * 1000))
    const count = seconds * rate
    const [after, written] = await pollDuring(
      url,
      polls,
      writing({ address: worker.address, from: sent, count, rate }),
    )
    sent += count
    const stored = await database.prepare('SELECT count(*) AS n FROM comment').first<number>('n')
    const purges = await database
      .prepare("SELECT count(*) AS n FROM effect WHERE effect = 'purge'")
      .first<number>('n')
    const statuses = Object.entries(written.statuses).map(([status, times]) => `${times} times ${status}`)
    const ratio = share(after, 0.95) / share(before, 0.95)
    console.log(
      `${address}: ${count} comments in ${written.seconds.toFixed(1)} s (${statuses.join(', ')}), ${stored} of ${sent} stored, ${purges} purges waiting`,
    )
    console.log(
      `  polls, ${before.length} and ${after.length}: p50 ${share(before, 0.5).toFixed(2)} and ${share(after, 0.5).toFixed(2)} ms, p95 ${share(before, 0.95).toFixed(2)} and ${share(after, 0.95).toFixed(2)} ms: ${ratio.toFixed(2)} times, target at most 1.1: ${ratio <= 1.1 ? 'met' : 'MISSED'}`,
    )
  }
}

/** Measures what many comments a second cost the polls, with the database in the Worker's process and in another one. */
export async function measureBurst(burst: Burst): Promise<void> {
  console.log('the database in the process of the Worker, as `npm start` runs it')
  const whole = await run(await build('src/index.ts'), undefined, { bindings })
  await measure(whole, await whole.migrate(), burst)
  await whole.stop()
  console.log('the database in another process, as on Cloudflare')
  const store = await run(await build('bench/apart-database.ts'))
  const database = await store.migrate()
  const settings = { bindings: { ...bindings, DATABASE_URL: store.address } }
  const worker = await run(await build('bench/apart.ts'), undefined, settings)
  await measure(worker, database, burst)
  await worker.stop()
  await store.stop()
}
