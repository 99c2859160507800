import { formatNames } from '../../src/domain/format.ts'
import type { Environment } from '../environment.ts'
import { type Contender, type Measured, measure, ratioOf } from '../measure.ts'
import { spreadOf } from '../statistics.ts'
import { figure, type Section, spread, verdict } from '../table.ts'
import type { Running } from '../worker.ts'

/**
 * Measures the cost of a poll for three Workers: Kiosque, the bare Worker, which sends the same bytes, and the
 * plain Worker, which renders the feed for every request.
 */
export async function polls(environment: Environment): Promise<Section> {
  const size = environment.articles[0] ?? 20
  const plain = await plainRows(environment, size)
  let pairs: Pair[] = []
  let rows: Row[] = []
  const measured = await measure(
    environment.tool,
    async () => {
      await environment.stop(pairs.flatMap(({ kiosque, bare }) => [kiosque, bare]))
      pairs = []
      for (const format of formatNames) pairs.push(await pairOf(environment, size, format))
      rows = [...(await Promise.all(pairs.map(rowsOf))).flat(), ...plain]
      return rows
    },
    environment.pace,
  )
  return {
    title: 'Polls of the newest feed',
    columns: [
      'answer',
      'Worker',
      'answers/s',
      'CPU µs',
      'p50 ms',
      'p99 ms',
      'MiB',
      'failed',
      'rate ÷ bare',
      'CPU ÷ bare',
      'target',
    ],
    rows: rows.map((row) => cellsOf(row, measured)),
    notes: [
      `${size} articles; ${environment.pace.rounds} interleaved rounds of ${environment.pace.seconds} s by ${environment.tool.name} on 8 connections. ` +
        'Medians, in brackets the least and the most of the rounds; ratios are taken round by round. ' +
        'MiB is what workerd holds after its last spell; it frees lazily, the bare Worker no less. ' +
        'Each format has a Kiosque and a bare Worker of its own, asked alike, and each round begins with new ones.',
    ],
  }
}

interface Row extends Contender {
  answer: string
  label: 'Kiosque' | 'bare' | `plain${string}`
}

/** A Worker that runs Kiosque, and the bare Worker that sends the same bytes. */
interface Pair {
  format: string
  kiosque: Running
  bare: Running
}

/**
 * Starts Kiosque and a bare Worker in new processes. A process is a few percent faster or slower for its whole
 * life, depending on its memory layout and its past; therefore each round uses new processes. Each Kiosque gets
 * its own copy of the store, because only one process may write to a store.
 */
async function pairOf(environment: Environment, size: number, format: string): Promise<Pair> {
  const kiosque = await environment.serve(size, { saves: true })
  return { format, kiosque, bare: await environment.bare(`${kiosque.address}/feed.${format}`) }
}

async function rowsOf({ format, kiosque, bare }: Pair): Promise<Row[]> {
  const answer = await fetch(`${kiosque.address}/feed.${format}`)
  await answer.arrayBuffer()
  const etag = { 'If-None-Match': answer.headers.get('ETag') ?? '' }
  const date = { 'If-Modified-Since': answer.headers.get('Last-Modified') ?? '' }
  const both = (title: string, headers: Record<string, string>, status: number): Row[] =>
    [
      { worker: kiosque, label: 'Kiosque' as const },
      { worker: bare, label: 'bare' as const },
    ].map(({ worker, label }) => ({
      worker,
      label,
      answer: title,
      name: `${title} ${label}`,
      question: { url: `${worker.address}/feed.${format}`, headers },
      status,
    }))
  return [
    ...both(`200 ${format}`, {}, 200),
    ...(format === 'rss' ? [...both('304 by ETag', etag, 304), ...both('304 by date', date, 304)] : []),
  ]
}

async function plainRows(environment: Environment, size: number): Promise<Row[]> {
  const small = await environment.plain(size)
  const many = await environment.plain(2000)
  const tagged = await fetch(`${small.address}/etag/feed.rss`)
  await tagged.arrayBuffer()
  const etag = { 'If-None-Match': tagged.headers.get('ETag') ?? '' }
  const row = (
    answer: string,
    label: `plain${string}`,
    worker: Running,
    path: string,
    headers = {},
  ): Row => ({
    answer,
    label,
    name: `${answer} ${label}`,
    worker,
    question: { url: `${worker.address}${path}`, headers },
    status: answer.startsWith('304') ? 304 : 200,
  })
  return [
    row('200 rss', 'plain', small, '/feed.rss'),
    row('200 rss', 'plain, 2,000 articles', many, '/feed.rss'),
    row('304 by ETag', 'plain with hono/etag', small, '/etag/feed.rss', etag),
  ]
}

function cellsOf(row: Row, measured: ReadonlyMap<string, Measured>): string[] {
  const own = measured.get(row.name) as Measured
  return [
    row.answer,
    row.label,
    spread(spreadOf(own.rates)),
    spread(spreadOf(own.costs)),
    figure(own.p50.median, 2),
    figure(own.p99.median, 1),
    figure(own.memory),
    figure(own.errors),
    ...comparison(row, own, measured),
  ]
}

/**
 * Returns the cells in which a Worker's table row compares it with the other Workers. For Kiosque and the
 * plain Worker: the rate and the CPU time relative to the bare Worker, and whether the target is met. The row
 * of the plain Worker also says how many times faster Kiosque is. The bare Worker's cells are empty.
 */
function comparison(
  { answer, label }: Row,
  own: Measured,
  measured: ReadonlyMap<string, Measured>,
): string[] {
  const [kiosque, bare] = ['Kiosque', 'bare'].map((one) => measured.get(`${answer} ${one}`)) as [
    Measured,
    Measured,
  ]
  if (label === 'bare') return ['', '', '']
  if (label === 'Kiosque') {
    const ofLimit = ratioOf(own.rates, bare.rates)
    return [
      spread(ofLimit, 2),
      figure(ratioOf(own.costs, bare.costs).median, 2),
      verdict(ofLimit.median, '≥ 0.9'),
    ]
  }
  const beaten = ratioOf(kiosque.rates, own.rates)
  return [
    figure(ratioOf(own.rates, bare.rates).median, 3),
    figure(ratioOf(own.costs, bare.costs).median, 1),
    `beaten ${figure(beaten.median, 1)}-fold: ${verdict(beaten.median, '≥ 10')}`,
  ]
}
