import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from '../bench/build.ts'
import { save } from '../bench/client.ts'
import { usageOf } from '../bench/process.ts'
import { run, token } from '../bench/worker.ts'
import { migrate } from '../src/cli/migrate.ts'
import { addresses, id, type Question, questions, sharePages, slug } from './worst-inputs/questions.ts'

/**
 * Asks a built Worker for every public address with the worst inputs that it accepts, each of which it has never had
 * before, and prints the CPU time of each kind of request. Nothing is subtracted. Exits with 1 if a target is missed.
 */

/** The largest CPU time of a request of a stranger, and of a request for share links of 100 pages. */
const maxMilliseconds = 5
const maxShareMilliseconds = 300

const { values } = parseArgs({
  options: {
    /** How often each kind of request is sent. CPU time is counted in hundredths of a second, so few are inexact. */
    times: { type: 'string', default: '60' },
    /** Only kinds of requests whose name contains this text. */
    only: { type: 'string', default: '' },
    articles: { type: 'string', default: '25' },
  },
})
const times = Number(values.times)

/** A number that no earlier request has had. */
let asked = Date.now() % 1_000_000

const folder = mkdtempSync(join(tmpdir(), 'kiosque-worst-inputs-'))
migrate(folder)
const worker = await run(await build('src/index.ts'), folder)
try {
  process.exitCode = (await main()) ? 0 : 1
} finally {
  await worker.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function main(): Promise<boolean> {
  const paragraph = `<p>${'Le gouvernement précise « sa position » à Montréal. '.repeat(12)}</p>`
  for (let at = 0; at < Number(values.articles); at++) {
    await save(worker.address, {
      ...{ slug: at === 0 ? slug : `article-${at}`, title: `Un titre ${at}`, html: paragraph.repeat(150) },
      ...(at === 0 && { id }),
      ...{ section: 'Monde', tags: ['Été'], authors: [{ name: 'La rédaction' }] },
      published: `2024-06-${String(1 + (at % 28)).padStart(2, '0')}T12:00:00Z`,
    } as Parameters<typeof save>[1])
  }
  await new Promise((done) => setTimeout(done, 2500))
  console.log(`CPU milliseconds of workerd for a request, mean of ${times}; target ${maxMilliseconds}\n`)
  const base = await cost(() => ({ path: '/robots.txt' }))
  console.log(`${base.toFixed(2)}  the same small address again and again (/robots.txt), for comparison`)
  const polled = await cost(() => ({ path: '/feed.rss' }))
  console.log(`${polled.toFixed(2)}  /feed.rss from memory, for comparison\n`)
  const rows = []
  for (const [what, question] of questions.filter(([what]) => what.includes(values.only))) {
    rows.push({ what, milliseconds: await cost(question), max: maxMilliseconds })
  }
  if ('POST /api/share'.includes(values.only)) {
    const milliseconds = await cost(sharePages, Math.ceil(times / 10))
    rows.push({ what: 'POST /api/share, 100 pages', milliseconds, max: maxShareMilliseconds })
  }
  const missed = rows.filter(({ milliseconds, max }) => !(milliseconds <= max))
  const width = 8
  for (const { what, milliseconds, max } of rows.toSorted(
    (one, other) => other.milliseconds - one.milliseconds,
  )) {
    console.log(
      `${milliseconds.toFixed(2).padStart(width)}  ${milliseconds <= max ? 'ok    ' : 'MISSED'}  ${what}`,
    )
  }
  console.log(
    `\n${addresses.length} addresses, ${rows.length} kinds of requests, ${missed.length} above their target`,
  )
  return missed.length === 0
}

/** The CPU milliseconds of workerd for one request, after a few requests that load the code. */
async function cost(question: (at: number) => Question, count = times): Promise<number> {
  await send(question, Math.min(10, count))
  const before = cpuMilliseconds()
  await send(question, count)
  return (cpuMilliseconds() - before) / count
}

async function send(question: (at: number) => Question, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent++) {
    const { path, method = 'GET', headers = {}, body } = question(asked++)
    const client = `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`
    const answer = await fetch(`${worker.address}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        'CF-Connecting-IP': client,
        ...(path.startsWith('/api/') && { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    })
    await answer.arrayBuffer()
    if (answer.status === 429 || answer.status >= 500 || answer.status === 431) {
      throw new Error(`${method} ${path.slice(0, 100)}: ${answer.status}`)
    }
  }
}

function cpuMilliseconds(): number {
  const usage = worker.pid === undefined ? undefined : usageOf(worker.pid)
  if (!usage) throw new Error('The CPU time of workerd cannot be read on this system')
  return usage.cpuMicroseconds / 1000
}
