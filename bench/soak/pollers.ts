import { setTimeout as pause } from 'node:timers/promises'
import { formatNames } from '../../src/domain/format.ts'
import { slugOf } from '../../src/domain/slug.ts'
import { forDelta } from '../../test/readers.ts'
import { articleAt, everywhere } from '../articles.ts'
import { type Answer, ask } from '../client.ts'
import type { Ledger } from './ledger.ts'

/** The results of all pollers together. */
export interface Tally {
  answers: Record<number, number>
  /**
   * Counts wrong answers: an unexpected status, a body in which no edition (version of the article) is found,
   * or a failed request.
   */
  wrong: string[]
  times: number[]
  staleness: number[]
}

/**
 * The title of the article that is saved again and again. Each save is a new edition of the article; pollers
 * recognize the edition by the title.
 */
export const markOf = (edition: number): string => `Édition ${edition} du soir`
const marked = /Édition (\d+) du soir/

const { section = '', authors, tags } = articleAt(0)
/** The feeds that must show each new edition at once (`showing`), and other addresses that are polled (`beside`). */
const showing = ['', `/tags/${slugOf(everywhere)}`, `/sections/${slugOf(section)}`].flatMap((place) =>
  formatNames.map((format) => `${place}/feed.${format}`),
)
const beside = [
  `/authors/${slugOf(authors[0]?.name ?? '')}/feed.rss`,
  `/feed.rss?section=${slugOf(section)}&tag=${slugOf(tags[1] ?? '')}`,
  `/articles/${articleAt(7).slug}`,
  `/articles/${articleAt(8).slug}/share.json`,
  '/',
]

/** The kinds of requests that a poller sends in turn: without conditions, by ETag (twice), by date, and for a delta. */
const manners = [
  () => ({}),
  ({ etag }: Known) => ({ 'If-None-Match': etag }),
  ({ etag }: Known) => ({ 'If-None-Match': etag }),
  ({ date }: Known) => (date ? { 'If-Modified-Since': date } : {}),
  ({ etag }: Known) => forDelta(etag),
]

/** The validators and the edition in the last answer that a poller received from one address. */
interface Known {
  etag: string
  date: string
  edition: number
}

/**
 * Polls one address after another, each time with another kind of request, until `goesOn` returns false. After
 * each answer, records by how many milliseconds the poller's edition is outdated.
 */
export async function poll(
  address: string,
  number: number,
  ledger: Ledger,
  tally: Tally,
  goesOn: () => boolean,
) {
  const known = new Map<string, Known>()
  const paths = [...showing, ...beside]
  for (let turn = number; goesOn(); turn++) {
    const path = paths[turn % paths.length] as string
    const held = known.get(path)
    const manner = manners[(turn + Math.floor(turn / paths.length)) % manners.length]
    const asked = performance.now()
    try {
      const answer = await ask(address + path, {
        ...from(number * 4096 + (turn % 4096)),
        ...(held && manner?.(held)),
      })
      tally.times.push(answer.milliseconds)
      note(tally, path, answer, held)
      const edition = editionOf(answer, held)
      if (showing.includes(path) && edition !== undefined)
        tally.staleness.push(ledger.staleness(edition, asked))
      const etag = answer.headers.get('ETag') ?? ''
      known.set(path, { etag, date: answer.headers.get('Last-Modified') ?? '', edition: edition ?? 0 })
    } catch (fault) {
      tally.wrong.push(`${path}: ${fault}`)
    }
    await pause(5)
  }
}

/**
 * Returns a header with a client address. Each request of a poller has a different client address, because a
 * poller stands for many readers. RFC 2544 reserves these addresses for benchmarks.
 */
const from = (client: number) => ({ 'CF-Connecting-IP': `198.18.${(client >> 8) % 256}.${client % 256}` })

function note(tally: Tally, path: string, { status, body }: Answer, held: Known | undefined): void {
  tally.answers[status] = (tally.answers[status] ?? 0) + 1
  const fits = status === 200 ? body.length > 0 : held !== undefined && (status === 304 || status === 226)
  if (!fits) tally.wrong.push(`${path}: ${status}`)
  else if (status === 200 && showing.includes(path) && !marked.test(body))
    tally.wrong.push(`${path}: no edition`)
}

/**
 * Returns the edition that the poller has after an answer. After a 304, it is the edition that the poller had
 * before.
 */
function editionOf({ status, body }: Answer, held: Known | undefined): number | undefined {
  if (status === 304) return held?.edition
  const [, edition] = marked.exec(body) ?? []
  return edition === undefined ? held?.edition : Number(edition)
}
