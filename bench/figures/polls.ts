import type { House } from '../house.ts'
import { type Contender, type Measured, measure, ratioOf } from '../measure.ts'
import { spreadOf } from '../statistics.ts'
import { figure, type Section, spread, verdict } from '../table.ts'
import type { Running } from '../worker.ts'

const formats = ['rss', 'atom', 'json'] as const

/** What a poll costs, beside the bare Worker with the same bytes and the plain one that renders each time. */
export async function polls(house: House): Promise<Section> {
  const size = house.articles[0] ?? 20
  const kiosque = await house.serve(size)
  const rows: Row[] = []
  for (const format of formats) {
    const bare = await house.bare(`${kiosque.address}/feed.${format}`)
    rows.push(...(await rowsOf(format, kiosque, bare)))
  }
  rows.push(...(await plainRows(house, size)))
  const measured = await measure(house.tool, rows, house.pace)
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
      'of its limit',
      'target',
    ],
    rows: rows.map((row) => cellsOf(row, measured)),
    notes: [
      `${size} articles; ${house.pace.rounds} interleaved rounds of ${house.pace.seconds} s by ${house.tool.name} on 8 connections. ` +
        'Medians, in brackets the least and the most of the rounds; ratios are taken round by round. ' +
        'MiB is what workerd holds after its last round; it frees lazily, the bare Worker no less.',
    ],
  }
}

interface Row extends Contender {
  answer: string
  label: string
  /** Whose rate its own is compared with. */
  against?: { name: string; wanted: string }
}

async function rowsOf(format: string, kiosque: Running, bare: Running): Promise<Row[]> {
  const answer = await fetch(`${kiosque.address}/feed.${format}`)
  await answer.arrayBuffer()
  const etag = { 'If-None-Match': answer.headers.get('ETag') ?? '' }
  const date = { 'If-Modified-Since': answer.headers.get('Last-Modified') ?? '' }
  const both = (title: string, headers: Record<string, string>, status: number): Row[] =>
    [
      { worker: kiosque, label: 'Kiosque', against: { name: `${title} bare`, wanted: '≥ 0.9' } },
      { worker: bare, label: 'bare' },
    ].map(({ worker, label, ...rest }) => ({
      ...rest,
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

async function plainRows(house: House, size: number): Promise<Row[]> {
  const small = await house.plain(size)
  const many = await house.plain(2000)
  const tagged = await fetch(`${small.address}/etag/feed.rss`)
  await tagged.arrayBuffer()
  const etag = { 'If-None-Match': tagged.headers.get('ETag') ?? '' }
  const row = (answer: string, label: string, worker: Running, path: string, headers = {}): Row => ({
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
  const limit = row.against && measured.get(row.against.name)
  const plain = row.label.startsWith('plain') && measured.get(`${row.answer} Kiosque`)
  const ratio = limit && ratioOf(own.rates, limit.rates)
  const times = plain && ratioOf(plain.rates, own.rates)
  return [
    row.answer,
    row.label,
    spread(spreadOf(own.rates)),
    spread(spreadOf(own.costs)),
    figure(own.p50.median, 2),
    figure(own.p99.median, 1),
    figure(own.memory),
    figure(own.errors),
    ratio ? spread(ratio, 2) : '',
    ratio
      ? verdict(ratio.median, row.against?.wanted ?? '')
      : times
        ? `beaten ${figure(times.median, 1)}-fold: ${verdict(times.median, '≥ 10')}`
        : '',
  ]
}
