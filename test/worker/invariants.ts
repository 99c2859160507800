import { env } from 'cloudflare:workers'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { expect } from 'vitest'
import { type Format, isFormat } from '../../src/domain/format.ts'
import type { Invariant } from './invariant.ts'
import { charge, rows, rowsOf } from './row-invariants.ts'
import { type Only, slugs } from './steps.ts'
import { walk } from './walk.ts'
import {
  type Answer,
  type Asked,
  count,
  feedLength,
  isCalm,
  type Known,
  now,
  numbersIn,
  perform,
  plainly,
  runCron,
  type World,
} from './world.ts'

const answersOf = ({ given, plain }: Asked): Answer[] => (given ? [given, plain] : [plain])
const isStale = ({ headers }: Answer): boolean => headers['cache-status'] !== undefined
const isPublicAt = ({ status, embargo, expires }: Known, at: number): boolean =>
  status === 'published' && embargo <= at && at < expires
/**
 * Tells whether an answer may show an article. An answer may show the article if it is public now, or was
 * public at the latest instant that the clock has shown, because a step may set the clock back.
 */
const mayShow = (world: World, known: Known): boolean =>
  isPublicAt(known, now(world)) || isPublicAt(known, world.latest)
const mustShow = (world: World, known: Known): boolean =>
  isPublicAt(known, now(world)) && isPublicAt(known, world.latest)

const isArticle = (address: string): boolean => /^\/articles\/[a-z](\/|$)/.test(address)

/**
 * Checks for each address that one ETag never stands for two different bodies, and that one Last-Modified date
 * never stands for two different bodies.
 */
export function validators(): Invariant {
  const contents = new Map<string, string>()
  return {
    name: 'a date never stands for two contents, a tag never for two bodies',
    after(world) {
      for (const { address, ...asked } of world.asked) {
        for (const { status, headers, body } of answersOf({ address, ...asked })) {
          if (status !== 200 || body === '') continue
          for (const name of ['etag', 'last-modified']) {
            if (headers[name] === undefined) continue
            const key = `${address} ${name} ${headers[name]} ${headers['content-type']}`
            expect({ key, body }).toEqual({ key, body: contents.get(key) ?? body })
            contents.set(key, body)
            count(world, name)
          }
        }
      }
    },
  }
}

/**
 * Checks that the site answers 304 only if the reader's copy equals the answer that the site would give without
 * its in-memory caches.
 */
export const notModified: Invariant = {
  name: 'a 304 is sent only to a reader whose copy is current',
  async after(world, step) {
    if (step.do !== 'poll') return
    for (const { address, given } of world.asked) {
      if (given?.status !== 304 || !isCalm(world)) continue
      const held = world.held.get(address)
      const type = held?.headers['content-type']
      const person: Record<string, string> = type?.startsWith('text/html')
        ? { 'Sec-Fetch-Dest': 'document' }
        : {}
      expect({ address, body: held?.body }).toEqual({
        address,
        body: (await plainly(world, address, person)).body,
      })
      count(world, 'not modified')
    }
  },
}

const maxAgeOf = ({ headers }: Answer): number =>
  Number(/max-age=(\d+)/.exec(headers['cache-control'] ?? '')?.[1] ?? 0)

/** Removes from an answer the headers that say how long caches may keep the answer. */
function withoutLifetime({ status, body, headers }: Answer): Answer {
  const { 'cache-control': _, 'cloudflare-cdn-cache-control': __, ...others } = headers
  return { status, body, headers: others }
}

/**
 * Checks that the site gives the same answers with its in-memory caches as without them. There is one
 * exception: the in-memory caches may make the cache lifetime in an answer shorter. This happens if an
 * article is withdrawn before the site has noticed the end of the article's embargo: for a moment, a head in
 * memory then keeps the `due` that it had before the withdrawal.
 */
export const memory: Invariant = {
  name: 'an answer from memory equals the answer from the database',
  after(world) {
    for (const { address, given, plain } of world.asked) {
      if (!given || !isCalm(world) || isStale(given) || given.status === 503) continue
      // The answers are not compared after the clock was set back. A kept answer may then have a Last-Modified
      // date that is in the future again, and the site without the in-memory caches would not send such a date.
      if (now(world) < world.latest) continue
      expect({ address, ...withoutLifetime(given) }).toEqual({ address, ...withoutLifetime(plain) })
      expect([address, maxAgeOf(given)]).toEqual([address, Math.min(maxAgeOf(given), maxAgeOf(plain))])
      count(world, 'compared')
    }
  },
}

/**
 * Checks that no answer contains the title or text of an article that is not public, or a former wording of a
 * public article.
 */
export const hidden: Invariant = {
  name: 'nothing appears that embargo, expiry, withdrawal or rights hide',
  after(world) {
    for (const { address, ...asked } of world.asked) {
      for (const answer of answersOf({ address, ...asked })) {
        const shown = [...world.articles.values()].filter(
          (known) => mayShow(world, known) && (known.syndicate !== 'none' || isArticle(address)),
        )
        const titles = shown.map(({ number }) => number)
        // If `syndicate` is `none`, the article's own page still has its body. Only the value `summary`
        // withholds the body there.
        const bodies = shown.filter(({ syndicate }) => syndicate !== 'summary').map(({ number }) => number)
        if (isStale(answer)) {
          count(world, 'stale')
          continue
        }
        const wrong = numbersIn(answer.body).filter((number) => !titles.includes(number))
        const told = [...answer.body.matchAll(/Corps (\d+)\./g)].map(([, one]) => Number(one))
        const wrongBodies = told.filter((number) => !bodies.includes(number))
        expect({ address, wrong, wrongBodies }).toEqual({ address, wrong: [], wrongBodies: [] })
      }
    }
  },
}

/** Checks that the newest feed shows the newest public articles, in the right order. */
export const newest: Invariant = {
  name: 'the feed shows the newest public articles',
  after(world) {
    for (const { address, plain } of world.asked) {
      if (address !== '/feed.json' || plain.status !== 200 || plain.body === '') continue
      const listed = [...world.articles.values()].filter(({ syndicate }) => syndicate !== 'none')
      const numbers = [...new Set(numbersIn(plain.body))]
      const byNumber = new Map(listed.map((known) => [known.number, known]))
      const dates = numbers.map((number) => byNumber.get(number)?.published ?? 0)
      expect(dates, address).toEqual(dates.toSorted((one, other) => other - one))
      const oldest = dates.length === feedLength ? (dates.at(-1) as number) : -Infinity
      const missing = listed.filter(
        (known) => mustShow(world, known) && known.published > oldest && !numbers.includes(known.number),
      )
      expect(missing, address).toEqual([])
      count(world, 'newest')
    }
  },
}

/** The articles that a feed reader has merged from deltas: each article's title by the article's id. */
type Held = Map<string, string>

/** Reads the id and the title of each article of a feed document, by a parser that shares no code with this project. */
const entriesIn: Record<Format, (text: string) => unknown[][]> = {
  rss: (text) => (parseRssFeed(text).items ?? []).map(({ guid, title }) => [guid?.value, title]),
  atom: (text) => (parseAtomFeed(text).entries ?? []).map(({ id, title }) => [id, title?.value]),
  json: (text) => (parseJsonFeed(text).items ?? []).map(({ id, title }) => [id, title]),
}

/**
 * Merges a feed document into a reader's articles. An entry replaces the article with the same id; a tombstone
 * in an Atom feed removes the article with its id.
 */
function merge(format: Format, text: string, held: Held): void {
  const entries = entriesIn[format](text)
  // A tombstone after an entry is not valid (RFC 4287 appendix B).
  expect(text, format).not.toMatch(/<entry[ >].*<at:deleted-entry/s)
  for (const [, ref] of text.matchAll(/<at:deleted-entry [^>]*ref="([^"]*)"/g)) held.delete(ref as string)
  for (const [id, title] of entries) held.set(String(id), String(title))
}

/**
 * Checks that a feed reader that merges deltas has every article of the complete feed, and no article that is
 * not public.
 */
export function deltas(): Invariant {
  const readers = new Map<Format, Held>()
  return {
    name: 'a reader that merges deltas ends with what the feed shows',
    async after(world, step) {
      if (step.do !== 'read deltas') return
      for (const { address, given } of world.asked) {
        if (
          !given ||
          ![200, 226].includes(given.status) ||
          given.headers.etag === undefined ||
          isStale(given)
        )
          continue
        const format = address.slice('/feed.'.length)
        if (!isFormat(format)) throw new Error(`${address} names no format`)
        const held: Held = readers.get(format) ?? new Map()
        readers.set(format, held)
        world.held.set(`delta ${address}`, given)
        if (given.status === 200) held.clear()
        merge(format, given.body, held)
        const whole: Held = new Map()
        const { body } = await plainly(world, address)
        merge(format, body, whole)
        // Without this check, a parser that reads no articles would satisfy every comparison.
        expect([address, numbersOf([...whole.values()].join())]).toEqual([address, numbersOf(body)])
        agree(world, held, whole)
      }
    },
  }
}

/** The numbers of the articles whose titles a text contains, each once. */
const numbersOf = (text: string): number[] => [...new Set(numbersIn(text))].sort((one, other) => one - other)

function agree(world: World, held: Held, whole: Held): void {
  for (const [id, title] of whole) expect([id, held.get(id)]).toEqual([id, title])
  for (const id of held.keys()) {
    // A reader may keep an article that the feed no longer contains, but only if the article is public: newer
    // articles have then pushed it out of the feed.
    if (whole.has(id)) continue
    const known = world.articles.get(id.replace('urn:a:', ''))
    expect([id, known !== undefined && known.syndicate !== 'none' && mayShow(world, known)]).toEqual([
      id,
      true,
    ])
  }
}

/** Checks that the revision of a selection never falls, even if the clock goes back. */
export function revisions(): Invariant {
  const highest = new Map<string, number>()
  const check = async () => {
    const { results } = await env.DB.prepare('SELECT path, revision FROM selection').all<{
      path: string
      revision: number | null
    }>()
    for (const { path, revision } of results) {
      if (revision === null) continue
      expect([path, revision]).toEqual([path, Math.max(revision, highest.get(path) ?? 0)])
      highest.set(path, revision)
    }
  }
  return { name: 'revisions never fall', between: check, after: check }
}

/**
 * The save that the test makes after all random steps. It saves an article that every topic of the test world
 * shows.
 */
const last: Only<'save'> = {
  ...{ do: 'save', slug: 'z', section: 'Monde', tags: ['Été'], author: 'Kim', day: 105 },
  ...{ status: 'published', syndicate: 'full' },
}

/** Loses all messages on the queue, and then runs cron alone, with waits that are longer than every pause of the hub. */
async function runCronAlone(world: World): Promise<void> {
  world.site.queue.length = 0
  for (let time = 0; time < 4; time++) {
    await runCron(world)
    world.site.wait(13 * 3_600_000)
  }
  await runCron(world)
}

/**
 * The addresses of the feeds that a subscription to a topic may deliver: the topic, and the feeds of the sections
 * that the topic's section became by renaming. A subscription follows a renamed section even if another section
 * later gets the former path, but only if the hub noticed the renaming before.
 */
function deliverable({ renamed }: World, topic: string): string[] {
  const addresses = [topic]
  for (const [from, to] of renamed)
    for (const address of [...addresses])
      if (address.startsWith(`${from}/`)) addresses.push(address.replace(from, to))
  return [...new Set(addresses)]
}

/** Checks that each subscriber finally has the current feed, despite failed deliveries and lost messages. */
export const deliveries: Invariant = {
  name: 'every owed delivery arrives at least once, with the last revision',
  async atEnd(world) {
    await runCronAlone(world)
    // All verifications and due changes are finished now. The queue loses the messages of the last save, so cron
    // can learn of this save only from the database.
    await perform(world, last)
    await runCronAlone(world)
    const live = await env.DB.prepare('SELECT topic, callback FROM subscription WHERE expires > ?1')
      .bind(now(world))
      .all<{ topic: string; callback: string }>()
    for (const { topic, callback } of live.results) {
      const feeds: string[] = []
      for (const address of deliverable(world, topic)) {
        const { status, body } = await plainly(world, `/${address}`)
        if (status === 200) feeds.push(JSON.stringify(numbersIn(body)))
      }
      const delivered = world.delivered.get(callback)
      expect([topic, callback, feeds.find((feed) => feed === delivered) ?? feeds]).toEqual([
        topic,
        callback,
        delivered,
      ])
      count(world, 'subscriber')
    }
  },
}

/**
 * Checks that a walk from the newest feed along its `next` links finds each public article exactly once. A walk
 * along `prev-archive` links may find the newest feed's articles a second time.
 */
export const walks: Invariant = {
  name: 'walking next and prev-archive shows each public article exactly once',
  async atEnd(world) {
    await walkAll(world)
    // After these saves, the walk along `next` visits the newest feed and two pages. Only such a walk can show
    // that an article is missing between two pages.
    for (const [at, slug] of slugs.entries())
      await perform(world, { ...last, slug, day: last.day - Math.min(at, 8) })
    await walkAll(world)
  },
}

/** Walks the newest feed along `next` and along `prev-archive`, and compares the articles with the public ones. */
async function walkAll(world: World): Promise<void> {
  const expected = [...world.articles.entries()]
    .filter(([, known]) => known.syndicate !== 'none' && isPublicAt(known, now(world)))
    .map(([slug]) => `urn:a:${slug}`)
    .sort()
  for (const relation of ['next', 'prev-archive'] as const) {
    const get = async (path: string) => {
      const { status, headers, body } = await plainly(world, path)
      return new Response(body, { status, headers })
    }
    const { ids, repeats, documents } = await walk(get, '/feed.atom', relation, async () => {})
    const again = relation === 'prev-archive' && expected.length > feedLength ? feedLength : 0
    expect([relation, [...ids].sort(), repeats]).toEqual([relation, expected, again])
    count(world, `walked ${documents} documents by ${relation}`)
  }
}

const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, one]) => one as string)

/**
 * Checks that the sitemap of selections lists the same selections as /feeds.opml, each once, and that the
 * sitemap index gives each sitemap of articles the time of its last change.
 */
export const sitemaps: Invariant = {
  name: 'sitemaps list every selection, and the time of each change',
  async atEnd(world) {
    const named = found(
      (await plainly(world, '/sitemap-selections.xml')).body,
      /<loc>https:\/\/kiosque\.example\/([^<]*)</g,
    )
    const followed = found(
      (await plainly(world, '/feeds.opml')).body,
      /htmlUrl="https:\/\/kiosque\.example\/([^"]+)"/g,
    )
    expect(named.slice(2).sort()).toEqual(followed.sort())
    const index = (await plainly(world, '/sitemap.xml')).body
    const parts = [...index.matchAll(/sitemap-(\d.*?)\.xml<\/loc><lastmod>(.*?)</g)].map(([, ...part]) =>
      part.join(' '),
    )
    const changed = `SELECT printf('%d-%02d-%d', part / 10000000, part / 100000 % 100, (part - 1) / 10 % 10000 + 1),
      strftime('%Y-%m-%dT%H:%M:%SZ', max(revised) / 1000, 'unixepoch')
      FROM archive WHERE selection = '' GROUP BY (part - 1) / 10`
    expect([parts.sort()]).toEqual(await rowsOf(changed))
    count(world, 'sitemaps')
  },
}

export const invariants = (): Invariant[] => [
  charge(),
  revisions(),
  validators(),
  notModified,
  memory,
  hidden,
  newest,
  deltas(),
  rows,
  walks,
  sitemaps,
  deliveries,
]
