import { rfc3339 } from '../../src/domain/instant.ts'
import { newsboat } from '../../test/readers.ts'
import { articleAt, interval, newest } from '../articles.ts'
import { type Answer, ask, save } from '../client.ts'
import type { Environment } from '../environment.ts'
import { figure, type Section } from '../table.ts'

/**
 * The number of polls of a feed reader in a simulated day: one every half hour. Before each poll between six
 * o'clock in the morning and ten at night, two articles are published.
 */
const polls = 48
const published = (poll: number): number => (poll >= 12 && poll < 44 ? 2 : 0)
const isCorrected = (poll: number): boolean => published(poll) > 0 && poll % 4 === 0

/**
 * Measures how many bytes a feed reader receives in a day: without conditional requests, with If-None-Match,
 * and with deltas.
 */
export async function deltas(environment: Environment): Promise<Section> {
  const { address } = await environment.serve(environment.articles[0] ?? 20, { saves: true })
  const url = `${address}/feed.rss`
  const readers: Reader[] = [
    { name: 'without conditions', bytes: 0, answers: {}, ask: () => ask(url) },
    reader('If-None-Match', url, {}),
    reader('If-None-Match, A-IM: feed', url, { 'User-Agent': newsboat, 'A-IM': 'feed' }),
  ]
  for (const one of readers) await poll(one)
  for (const one of readers) Object.assign(one, { bytes: 0, answers: {} })
  let age = 0
  for (let turn = 0; turn < polls; turn++) {
    for (let count = 0; count < published(turn); count++) await save(address, later(--age))
    if (isCorrected(turn)) await save(address, { ...later(age + 1), title: `Correction de ${turn}` })
    for (const one of readers) await poll(one)
  }
  const whole = readers[1]?.bytes ?? 0
  return {
    title: 'A reader’s day: what deltas save',
    columns: ['requests', '200', '226', '304', 'kB of bodies', 'of If-None-Match'],
    rows: readers.map(({ name, bytes, answers }) => [
      name,
      ...[200, 226, 304].map((status) => figure(answers[status] ?? 0)),
      figure(bytes / 1000),
      `${figure((bytes / whole) * 100)} %`,
    ]),
    notes: [
      'A poll every half hour; 64 articles and 8 corrections in a day. A feed holds 20 articles; bodies uncompressed.',
    ],
  }
}

interface Reader {
  name: string
  bytes: number
  answers: Record<number, number>
  ask: () => Promise<Answer>
}

function reader(name: string, url: string, headers: Record<string, string>): Reader {
  let etag = ''
  return {
    name,
    bytes: 0,
    answers: {},
    async ask() {
      const answer = await ask(url, { ...headers, ...(etag && { 'If-None-Match': etag }) })
      etag = answer.headers.get('ETag') ?? ''
      return answer
    },
  }
}

async function poll(one: Reader): Promise<void> {
  const { status, body } = await one.ask()
  one.bytes += Buffer.byteLength(body)
  one.answers[status] = (one.answers[status] ?? 0) + 1
}

/**
 * Returns an article that is newer than every article in the stores. `age` is -1 for the article published
 * first, -2 for the next article, and so on.
 */
function later(age: number) {
  const { id: _, ...article } = articleAt(-age)
  const instant = rfc3339(newest - age * interval)
  return { ...article, slug: `nouvelle${age}`, published: instant, updated: instant }
}
