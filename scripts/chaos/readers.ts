import { setTimeout as pause } from 'node:timers/promises'
import { newsboat } from '../../test/readers.ts'
import type { Held } from './laws.ts'
import { anyPlace, type Place, singlePlaces } from './places.ts'
import type { Run } from './run.ts'

const isFeed = ({ address }: Place): boolean => address.includes('/feed.')

/** Sends one request of a reader to a Worker, and checks the answer. */
export async function read(
  { site, laws }: Run,
  worker: string,
  place: Place,
  held?: Held,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Held | undefined> {
  const answer = await site.ask(worker, place.address, { headers, method })
  return answer ? laws.check(place, answer, held) : held
}

/** A reader that polls random addresses of random Workers, with and without conditions, until the run ends. */
export async function pollAll(run: Run): Promise<void> {
  const { random, site, ledger } = run
  const copies = new Map<string, Held>()
  while (run.goesOn()) {
    await pause(random.between(10, 60))
    const workers = site.workers()
    if (workers.length === 0) continue
    const place = anyPlace(random, ledger.slugs())
    const held = copies.get(place.address)
    const copy = await read(
      run,
      random.pick(workers),
      place,
      held,
      conditionOf(run, place, held),
      methodOf(run),
    )
    if (copy) copies.set(place.address, copy)
  }
}

/** The feeds that some readers poll more often than others. */
const hotPlaces = singlePlaces.filter(({ address }) =>
  ['/feed.json', '/feed.rss', '/tags/ete/feed.atom'].includes(address),
)

/** The headers of a request for the articles that are new since the reader's copy. */
export const forDelta = ({ etag }: Partial<Held>): Record<string, string> => ({
  'User-Agent': newsboat,
  'A-IM': 'feed',
  ...(etag !== undefined && { 'If-None-Match': etag }),
})

/** The headers of a request that only the date of the reader's copy makes conditional. */
export const byDate = ({ date }: Partial<Held>): Record<string, string> =>
  date === undefined ? {} : { 'If-Modified-Since': date }

/** A reader that polls a few feeds often, with the same kind of condition each time, until the run ends. */
export async function pollHot(
  run: Run,
  condition: (held: Partial<Held>) => Record<string, string>,
): Promise<void> {
  const { random, site } = run
  const copies = new Map<Place, Held>()
  while (run.goesOn()) {
    await pause(random.between(50, 200))
    const workers = site.workers()
    if (workers.length === 0) continue
    const place = random.pick(hotPlaces)
    const held = copies.get(place)
    const copy = await read(run, random.pick(workers), place, held, condition(held ?? {}))
    if (copy) copies.set(place, copy)
  }
}

const methodOf = ({ random }: Run): string => (random.chance(0.1) ? 'HEAD' : 'GET')

/** The headers of a request of a reader with this copy: none, or a condition by tag, by date, or for a delta. */
function conditionOf({ random }: Run, place: Place, held?: Held): Record<string, string> {
  const { etag } = held ?? {}
  const byTag = etag === undefined ? {} : { 'If-None-Match': etag }
  const since = byDate(held ?? {})
  return random.pick<() => Record<string, string>>([
    () => ({}),
    () => byTag,
    () => byTag,
    () => since,
    () => ({ ...byTag, ...since }),
    () => (isFeed(place) ? forDelta(held ?? {}) : {}),
  ])()
}
