import { setTimeout as pause } from 'node:timers/promises'
import type { Held } from './laws.ts'
import { anyPlace, type Place } from './places.ts'
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

/** The feeds of which readers ask for deltas. */
const deltaPlaces: readonly Place[] = ['/feed.json', '/feed.rss', '/tags/ete/feed.atom'].map((address) => ({
  address,
}))

/** A reader that asks for the articles that are new since its copy, until the run ends. */
export async function pollDeltas(run: Run): Promise<void> {
  const { random, site } = run
  const copies = new Map<Place, Held>()
  while (run.goesOn()) {
    await pause(random.between(100, 300))
    const worker = site.workers()[0]
    if (worker === undefined) continue
    const place = random.pick(deltaPlaces)
    const held = copies.get(place)
    const condition: Record<string, string> = held?.etag === undefined ? {} : { 'If-None-Match': held.etag }
    const copy = await read(run, worker, place, held, { ...condition, 'A-IM': 'feed' })
    if (copy) copies.set(place, copy)
  }
}

const methodOf = ({ random }: Run): string => (random.chance(0.1) ? 'HEAD' : 'GET')

/** The headers of a request of a reader with this copy: none, or a condition by tag, by date, or for a delta. */
function conditionOf({ random }: Run, place: Place, held?: Held): Record<string, string> {
  const { etag, date } = held ?? {}
  const byTag = etag === undefined ? {} : { 'If-None-Match': etag }
  const byDate = date === undefined ? {} : { 'If-Modified-Since': date }
  return random.pick<() => Record<string, string>>([
    () => ({}),
    () => byTag,
    () => byTag,
    () => byDate,
    () => ({ ...byTag, ...byDate }),
    () => (isFeed(place) ? { ...byTag, 'A-IM': 'feed' } : {}),
  ])()
}
