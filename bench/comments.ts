import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { commentsPath } from '../src/domain/comment.ts'
import { build } from './build.ts'
import { measureBurst } from './comment-burst.ts'
import { bindings, saveArticles, writeComment } from './comment-writer.ts'
import { run } from './worker.ts'

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

/** The path of the comments on the article of the bench. */
const path = commentsPath('a0')

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
  const worker = await run(await build('bench/counting.ts'), undefined, { bindings })
  const database = await worker.migrate()
  await saveArticles(worker.address)
  await writeComment(worker.address, 'a0', 0)
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

if (values.only !== 'burst') await measureRows()
if (values.only !== 'rows')
  await measureBurst({
    seconds: Number(values.seconds),
    rate: Number(values.rate),
    polls: Number(values.polls),
  })
process.exit()
