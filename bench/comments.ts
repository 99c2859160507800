import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { makeForm } from '../src/comments/form.ts'
import { commentsPath } from '../src/domain/comment.ts'
import { build } from './build.ts'
import { type Running, run, token } from './worker.ts'

/*
 * Measures the rows that D1 reads for pages and feeds of an article with many comments, and what many comments a second cost the
 * polls of feed readers.
 */

const { values } = parseArgs({
  options: {
    comments: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '50' },
    polls: { type: 'string', default: '200' },
    only: { type: 'string' },
  },
})

const secret = 'a-secret-of-the-bench-of-32-characters'
const bindings = { COMMENTS: 'open', SUBSCRIPTION_SECRET: secret }

/** The path of the comments on the article of the bench. */
const path = commentsPath('a0')

async function opened(source: string): Promise<{ worker: Running; database: D1Database }> {
  const worker = await run(await build(source), undefined, { bindings })
  const database = await worker.migrate()
  for (let at = 0; at < 30; at++) await save(worker, `a${at}`)
  return { worker, database }
}

async function save(worker: Running, slug: string): Promise<void> {
  const response = await fetch(`${worker.address}/api/articles/${slug}`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ title: `Titre de ${slug}`, text: 'Le conseil a voté hier soir.\n\n'.repeat(90) }),
  })
  if (!response.ok) throw new Error(`Cannot save: ${response.status} ${await response.text()}`)
  await response.body?.cancel()
}

/** Sends a comment on an article as a browser does whose form was made ten seconds ago. Returns the status. */
async function write(worker: Running, slug: string, number: number): Promise<number> {
  const ports = {
    secrets: [secret] as const,
    clock: () => Date.now() - 10_000,
    bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
  }
  const form = await makeForm(ports, commentsPath(slug))
  const response = await fetch(`${worker.address}/${commentsPath(slug)}/new`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Accept: 'application/json',
      'CF-Connecting-IP': `10.9.${number % 250}.${(number >> 8) % 250}`,
    },
    body: new URLSearchParams({ form, name: 'Kim', text: `Texte ${number}` }).toString(),
  })
  await response.body?.cancel()
  return response.status
}

/** Stores comments on the article: every third one answers one of the first comments, which have up to a hundred answers each. */
async function fill(database: D1Database, count: number): Promise<void> {
  const batch = 5000
  for (let from = 0; from < count; from += batch) {
    const numbers = JSON.stringify(
      Array.from({ length: Math.min(batch, count - from) }, (_, at) => from + at),
    )
    await database
      .prepare(
        `INSERT INTO comment (number, id, article, parent, thread, state, name, text, html, written, published, revision, changed)
         SELECT value + 10, printf('%022d', value), article, answered, answered, 'approved', 'Kim', 'Oui.', '<p>Oui.</p>', ?2 + value, ?2 + value, ?2 + value, ?2 + value
         FROM (SELECT value, iif(value % 3 = 2, (value / 300) * 300 + 10, NULL) AS answered FROM json_each(?1))
         CROSS JOIN (SELECT article FROM discussion WHERE path = ?3)`,
      )
      .bind(numbers, Date.now() - 10 * count, path)
      .run()
  }
}

/** Prints the rows that D1 read for each kind of answer, each of which is the first one of its address. */
async function measureRows(): Promise<void> {
  const { worker, database } = await opened('bench/counting.ts')
  await write(worker, 'a0', 0)
  await fill(database, Number(values.comments))
  const read = async (address: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${worker.address}${address}`, { headers })
    const body = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body,
      rows: Number(response.headers.get('Rows-Read')),
    }
  }
  console.log('answer                                    rows  comments  rows a comment')
  const show = (what: string, rows: number, comments: number) =>
    console.log(
      `${what.padEnd(40)} ${String(rows).padStart(5)} ${String(comments).padStart(9)} ${comments ? (rows / comments).toFixed(1).padStart(15) : ''}`,
    )
  for (const order of ['newest', 'oldest', 'answered']) {
    let next: string | undefined = `/${path}${order === 'newest' ? '' : `?order=${order}`}`
    for (const which of ['first', 'second']) {
      if (next === undefined) continue
      const { body, rows } = await read(next, { Accept: 'text/html' })
      show(`page of threads, ${order}, ${which}`, rows, body.match(/id="c-/g)?.length ?? 0)
      next = /href="([^"]*[?&;]before=[^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
    }
  }
  const json = await read(`/${path}.json`)
  show('comments.json', json.rows, json.body.match(/"id"/g)?.length ?? 0)
  for (const feed of [`/${path}/feed`, '/comments/feed']) {
    const first = await read(`${feed}.atom`)
    show(`${feed}.atom`, first.rows, first.body.match(/<entry/g)?.length ?? 0)
    const next = /rel="next"[^>]*href="([^"]*)"|href="([^"]*)"[^>]*rel="next"/.exec(first.body)
    const address = next?.[1] ?? next?.[2]
    if (address) {
      const second = await read(
        new URL(address.replaceAll('&amp;', '&').replaceAll('&#x26;', '&')).href.replace(
          /^https?:\/\/[^/]+/,
          '',
        ),
      )
      show('  its second page', second.rows, second.body.match(/<entry/g)?.length ?? 0)
    }
    // The copy of the head in the isolate's memory ends after its two seconds, so that the poll reads it.
    await pause(2500)
    const poll = await read(`${feed}.atom`, { 'If-None-Match': first.headers.get('ETag') ?? '' })
    show(`poll of ${feed}.atom: ${poll.status}`, poll.rows, 0)
  }
  await worker.stop()
}

/** Polls an address at a fixed rate as long as `isOn`, and returns the milliseconds until each answer. */
async function poll(worker: Running, address: string, isOn: () => boolean): Promise<number[]> {
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
    const response = await fetch(worker.address + address, { headers })
    etag = response.headers.get('ETag') ?? etag
    await response.arrayBuffer()
    times.push(performance.now() - start)
  }
  for (let number = 0; isOn(); number++) {
    const wait = begin + (number * 1000) / Number(values.polls) - performance.now()
    if (wait > 0) await pause(wait)
    pending.push(ask(number))
  }
  await Promise.all(pending)
  return times
}

const share = (times: readonly number[], part: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * part)] ?? 0

/** Polls while nothing happens and while many comments come, and prints both, and how many comments are stored. */
async function measureBurst(): Promise<void> {
  const { worker, database } = await opened('src/index.ts')
  const [seconds, rate] = [Number(values.seconds), Number(values.rate)]
  await pause(3000)
  let sent = 0
  for (const address of ['/feed.rss', `/${path}/feed.atom`]) {
    let isOn = true
    const quiet = poll(worker, address, () => isOn)
    await pause(seconds * 1000)
    isOn = false
    const before = await quiet
    isOn = true
    const busy = poll(worker, address, () => isOn)
    const statuses = new Map<number, number>()
    const begin = performance.now()
    const pending: Promise<void>[] = []
    for (let number = 0; number < seconds * rate; number++) {
      const wait = begin + (number * 1000) / rate - performance.now()
      if (wait > 0) await pause(wait)
      const comment = sent++
      pending.push(
        write(worker, `a${comment % 3}`, comment).then(
          (status) => void statuses.set(status, (statuses.get(status) ?? 0) + 1),
        ),
      )
    }
    await Promise.all(pending)
    const took = (performance.now() - begin) / 1000
    isOn = false
    const after = await busy
    const stored = await database.prepare('SELECT count(*) AS n FROM comment').first<number>('n')
    const purges = await database
      .prepare("SELECT count(*) AS n FROM effect WHERE effect = 'purge'")
      .first<number>('n')
    const ratio = share(after, 0.95) / share(before, 0.95)
    console.log(
      `${address}: ${seconds * rate} comments in ${took.toFixed(1)} s (${[...statuses].map(([status, count]) => `${count} times ${status}`).join(', ')}), ${stored} of ${sent} stored, ${purges} purges waiting`,
    )
    console.log(
      `  polls, ${before.length} and ${after.length}: p50 ${share(before, 0.5).toFixed(2)} and ${share(after, 0.5).toFixed(2)} ms, p95 ${share(before, 0.95).toFixed(2)} and ${share(after, 0.95).toFixed(2)} ms: ${ratio.toFixed(2)} times, target at most 1.1: ${ratio <= 1.1 ? 'met' : 'MISSED'}`,
    )
  }
  await worker.stop()
}

if (values.only !== 'burst') await measureRows()
if (values.only !== 'rows') await measureBurst()
process.exit()
