import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { app } from '../../src/app.ts'
import { formatNames } from '../../src/domain/format.ts'
import { rfc3339 } from '../../src/domain/instant.ts'
import { slugOf } from '../../src/domain/slug.ts'
import { hashOf } from '../../src/http/token.ts'
import { d1Store } from '../../src/store/d1.ts'
import { forDelta } from '../readers.ts'
import { type Faults, withFaults } from './faulty.ts'
import { type HubSite, obliging, openHub, textOf } from './hub-site.ts'
import { start, token } from './site.ts'
import { addresses, conditions, type Step, topics } from './steps.ts'

/** An answer of the site to a reader. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

/**
 * One request to the site: the answer that the site gave, and the answer that it gives at the same instant
 * without its in-memory caches and without faults of the database.
 */
export interface Asked {
  address: string
  given?: Answer
  plain: Answer
}

/** The last saved state of an article. Its title and text contain its number; no other article has the same number. */
export interface Known {
  number: number
  status: 'published' | 'draft' | 'withdrawn'
  syndicate: 'full' | 'summary' | 'none'
  published: number
  embargo: number
  expires: number
}

/**
 * A test site with random readers, subscribers and faults. The list of steps alone determines everything that
 * happens in it.
 */
export interface World {
  site: HubSite
  faults: Faults
  /** The latest instant that the site's clock has shown. */
  latest: number
  /** The articles of the test world, by slug. */
  articles: Map<string, Known>
  /** The requests that readers sent during the last step. */
  asked: Asked[]
  /** The readers' copies: for each address, the last answer with status 200. */
  held: Map<string, Answer>
  /**
   * For each callback of a subscriber, the numbers of the articles in the feed that the subscriber received
   * last.
   */
  delivered: Map<string, string>
  failing: Set<number>
  /** The path of each section that was renamed, or perhaps renamed if the answer was lost, with its new path. */
  renamed: [from: string, to: string][]
  /**
   * How often each kind of event has happened. The test compares these numbers with a minimum, so that an
   * invariant that checked nothing does not pass.
   */
  tally: Map<string, number>
}

const origin = 'https://kiosque.example'
export const feedLength = 3

/** The article numbers that a text contains, in the order in which the text contains them. */
export const numbersIn = (text: string): number[] =>
  [...text.matchAll(/Titre (\d+)\./g)].map(([, one]) => Number(one))

/** The titles of the site in the two versions of the Worker that serve it side by side. */
const titles = ['Kiosque', 'Kiosque, suite']

async function openHubSite(faults: Faults, opened: number, version: number): Promise<HubSite> {
  const settings = {
    FEED_LENGTH: `${feedLength}`,
    API_TOKENS: `tests:admin:${await hashOf(token)}`,
    SITE_TITLE: titles[version] as string,
  }
  return openHub(settings, {}, opened, withFaults(env.DB, faults), `version${version}`)
}

export async function openWorld(tally: Map<string, number>): Promise<World> {
  const faults: Faults = { refused: 0, lost: false }
  const world: World = {
    site: await openHubSite(faults, start, 0),
    faults,
    latest: start,
    articles: new Map(),
    asked: [],
    held: new Map(),
    delivered: new Map(),
    failing: new Set(),
    renamed: [],
    tally,
  }
  connect(world)
  return world
}

export const count = ({ tally }: World, what: string): unknown => tally.set(what, (tally.get(what) ?? 0) + 1)
export const now = ({ site }: World): number => site.ports.clock()
export const isCalm = ({ faults }: World): boolean => faults.refused === 0 && !faults.lost

const read = async (response: Response): Promise<Answer> => ({
  status: response.status,
  headers: Object.fromEntries(response.headers),
  body: await response.text(),
})

/** The answer that the site gives without in-memory caches, from a database without faults. */
export async function plainly(
  { site }: World,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  const { answers: _, memory: __, ...ports } = site.ports
  const store = d1Store(env.DB, ports.clock, ports.log)
  const request = new Request(`${origin}${path}`, { headers, method })
  return read(await app.fetch(request, { ...ports, store }, createExecutionContext()))
}

/**
 * Sends a request to the site. At the same instant the function also requests the answer that the site gives
 * without in-memory caches and without faults of the database.
 */
export async function ask(
  world: World,
  address: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Asked> {
  const { site } = world
  const isHeld =
    site.ports.answers?.find(new Request(`${origin}${address}`, { headers, method })) !== undefined
  if (isHeld) count(world, 'held')
  const asked: Asked = {
    address,
    given: await read(await site.get(address, headers, method)),
    plain: await plainly(world, address, headers, method),
  }
  world.asked.push(asked)
  count(world, `answered ${asked.given?.status}`)
  return asked
}

/**
 * Sets what the subscribers answer to the hub. The hub cannot reach the subscribers in `failing`; all other
 * subscribers accept every delivery.
 */
function connect(world: World): void {
  const { site, delivered, failing } = world
  site.answer(async (request) => {
    const { origin: host, pathname, searchParams } = new URL(request.url)
    const callback = `${host}${pathname}`
    if (failing.has(Number(host.at(-'.example'.length - 1)))) return { fault: 'could not be reached' }
    if (request.method === 'POST') {
      delivered.set(callback, JSON.stringify(numbersIn(textOf(request))))
      count(world, 'delivered')
    } else if (searchParams.get('hub.mode') === 'subscribe') {
      // The test treats the articles that the feed shows now as received by a new subscriber.
      const { body } = await plainly(world, topics[Number(pathname.slice(1))] as string)
      delivered.set(callback, JSON.stringify(numbersIn(body)))
      count(world, 'subscribed')
    } else delivered.delete(callback)
    return obliging(request)
  })
}

/** Performs one step. If a fault makes the step fail, the next step follows, as on a real site. */
export async function perform(world: World, step: Step): Promise<void> {
  const { site, faults } = world
  count(world, step.do)
  world.asked = []
  switch (step.do) {
    case 'save':
      return save(world, step)
    case 'withdraw': {
      const { status } = await site.call('DELETE', `/api/articles/${step.slug}`)
      return note(world, step.slug, status, (known) => ({ ...known, status: 'withdrawn' }))
    }
    case 'rename': {
      const { status } = await site.call('PUT', `/api/sections/${step.section}`, { name: step.name })
      if (status === 200) count(world, 'renamed')
      if (status === 200 || status >= 500)
        world.renamed.push([`sections/${step.section}`, `sections/${slugOf(step.name)}`])
      return
    }
    case 'spell':
      await site.call('POST', '/api/paths', { paths: [{ path: 'tags/ete', title: step.name }] })
      // After a backup import has changed names, an isolate may use the former names for up to a second. The
      // test empties the in-memory caches, so that the site uses the new names at once.
      site.ports.memory?.clear()
      site.ports.answers?.drop()
      return
    case 'wait':
      site.wait(step.milliseconds)
      world.latest = Math.max(world.latest, now(world))
      return
    case 'poll':
      return poll(world, step)
    case 'read deltas':
      for (const format of formatNames) {
        const address = `/feed.${format}`
        const tag = world.held.get(`delta ${address}`)?.headers.etag ?? '""'
        await ask(world, address, forDelta(tag))
      }
      return
    case 'subscribe': {
      const topic = `${origin}${topics[step.topic]}`
      const callback = `https://r${step.reader}.example/${step.topic}`
      const form = { 'hub.mode': 'subscribe', 'hub.topic': topic, 'hub.callback': callback }
      await site.ask({ ...form, 'hub.lease_seconds': `${30 * 86_400}` })
      return
    }
    case 'deliver':
      return bear(world, () => site.drain())
    case 'run cron':
      return runCron(world)
    case 'refuse calls of D1':
      faults.refused = step.count
      return
    case 'lose an answer of D1':
      faults.lost = true
      return
    case 'lose messages':
      site.queue.length = 0
      return
    case 'open a new isolate': {
      const pending = { ...faults }
      Object.assign(faults, { refused: 0, lost: false })
      world.site = await openHubSite(faults, now(world), step.version)
      world.site.queue.push(...site.queue)
      Object.assign(faults, pending)
      return connect(world)
    }
    case 'fail callbacks':
      world.failing.clear()
      for (const reader of step.readers) world.failing.add(reader)
  }
}

/**
 * Runs the given work. An error of the database is accepted if the test has set a fault; every other error is
 * thrown.
 */
async function bear(world: World, work: () => Promise<unknown>): Promise<void> {
  const wasCalm = isCalm(world)
  try {
    await work()
  } catch (fault) {
    const isExpected = !wasCalm && /D1_ERROR/.test(`${fault} ${(fault as Error).cause}`)
    if (!isExpected) throw fault
    count(world, 'failed by D1')
  }
}

/** Runs cron: saves changes that are due, and sends the missing deliveries to subscribers. */
export const runCron = (world: World): Promise<void> =>
  bear(world, async () => {
    const { ports, sweep } = world.site
    if (await ports.store.takeCharge(ports.digest)) count(world, 'took charge')
    await ports.store.release()
    await sweep()
  })

async function save(world: World, step: Extract<Step, { do: 'save' }>): Promise<void> {
  const number = (world.tally.get('save') ?? 0) + 1000
  /**
   * The instant that is the given number of seconds after the next whole second. It is a whole second because
   * the API stores no milliseconds.
   */
  const after = (seconds: number) => (Math.ceil(now(world) / 1000) + seconds) * 1000
  const published = Date.parse('2024-03-01T00:00:00Z') + step.day * 86_400_000
  const embargo = step.embargo === undefined ? undefined : after(step.embargo)
  const expires = step.expires === undefined ? undefined : after((step.embargo ?? 0) + step.expires)
  const { status } = await world.site.put(step.slug, {
    id: `urn:a:${step.slug}`,
    title: `Titre ${number}.`,
    summary: `Titre ${number}.`,
    text: `Corps ${number}.`,
    section: step.section,
    tags: step.tags,
    authors: [step.author],
    published: rfc3339(published),
    status: step.status,
    rights: { syndicate: step.syndicate },
    ...(embargo !== undefined && { embargo: rfc3339(embargo) }),
    ...(expires !== undefined && { expires: rfc3339(expires) }),
  })
  const { syndicate } = step
  const made = {
    number,
    syndicate,
    published,
    status: step.status,
    embargo: embargo ?? 0,
    expires: expires ?? Infinity,
  }
  return note(world, step.slug, status, () => made)
}

/**
 * Records the outcome of a save. After an answer with a server error the function reads the outcome from the
 * database, because the article may have been saved.
 */
async function note(
  world: World,
  slug: string,
  status: number,
  change: (known: Known) => Known,
): Promise<void> {
  count(world, `saving answered ${status}`)
  if (status >= 400 && status < 500) return
  const known = world.articles.get(slug)
  const made = change(known as Known)
  const isLost = status >= 500
  const stored = isLost
    ? await d1Store(
        env.DB,
        () => now(world),
        () => {},
      ).find(slug)
    : undefined
  const isDone =
    !isLost || (stored?.article?.status === made.status && stored.article.title === `Titre ${made.number}.`)
  if (isDone) world.articles.set(slug, made)
}

async function poll(
  world: World,
  { address: at, condition: kind, method }: Extract<Step, { do: 'poll' }>,
): Promise<void> {
  const address = addresses[at] as string
  const condition = conditions[kind] as (typeof conditions)[number]
  if (!world.held.has(address)) await get(world, address, {})
  const { etag = '"none"', 'last-modified': date = '' } = world.held.get(address)?.headers ?? {}
  const headers: Record<(typeof conditions)[number], Record<string, string>> = {
    none: {},
    tag: { 'If-None-Match': etag },
    'coded tag': { 'If-None-Match': `"x", ${etag.replace(/^W\//, '').replace(/"$/, '-gzip"')}` },
    date: date ? { 'If-Modified-Since': date } : {},
    'old date': { 'If-Modified-Since': 'Sat, 01 Jan 2000 00:00:00 GMT' },
    'tag of a person': { 'If-None-Match': etag, 'Sec-Fetch-Dest': 'document' },
  }
  await get(world, address, headers[condition], method)
}

/** Sends a request of a reader to the site. An answer with status 200 to GET becomes the reader's copy. */
async function get(
  world: World,
  address: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<void> {
  const { given } = await ask(world, address, headers, method)
  if (given?.status === 200 && method === 'GET') world.held.set(address, given)
}
