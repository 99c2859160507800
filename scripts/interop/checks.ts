import { setTimeout as pause } from 'node:timers/promises'
import type { Answer, Fields } from './client.ts'

/** What a check does its work with. Each check of each cache has a tag and slugs of its own. */
export interface Bench {
  /** A tag that no other check uses. */
  tag: string
  /** Sends a request through the cache. */
  ask: (path: string, fields?: Fields, method?: string) => Promise<Answer>
  /** Saves an article with the tag; its slug begins with the tag. `name` is in its title. */
  publish: (name: string, fields?: Record<string, unknown>) => Promise<void>
  withdraw: (name: string) => Promise<void>
  /** Kills the Worker as soon as the checks of all caches have asked for it. The caches then reach nothing. */
  kill: () => Promise<void>
}

/** A check returns what is wrong, each fault as one text. */
export type Check = (bench: Bench) => Promise<string[]>

/**
 * Milliseconds after an instant from which answers must show what is new. A Worker's clock stands still while it
 * computes, so it may be some milliseconds late.
 */
const slackMilliseconds = 50

/** Milliseconds until the change by time of a check: long enough for a copy that has a lifetime of some seconds. */
const untilChange = 7300

const feeds = ({ tag }: Bench) => ['rss', 'atom', 'json'].map((format) => `/tags/${tag}/feed.${format}`)
const title = (name: string) => `Titre ${name}.`
const shows = (answer: Answer, name: string) => answer.body.includes(title(name))
const dated = (at: number) => new Date(at).toISOString()
/** The instant of a change by time. Articles have instants in whole seconds. */
const soon = () => dated(Math.ceil((Date.now() + untilChange) / 1000) * 1000)

/** Asks for the addresses again and again until an instant, and returns the answers. */
async function watch(
  bench: Bench,
  paths: readonly string[],
  until: number,
): Promise<(Answer & { path: string })[]> {
  const answers: (Answer & { path: string })[] = []
  while (Date.now() < until) {
    for (const path of paths) answers.push({ path, ...(await bench.ask(path)) })
    await pause(40)
  }
  return answers
}

/** The addresses whose answers change when an article with the tag appears or disappears. */
function listings(bench: Bench): string[] {
  const month = dated(Date.now()).slice(0, 7).replace('-', '/')
  return [...feeds(bench), `/tags/${bench.tag}`, `/tags/${bench.tag}/archive/${month}/1/feed.rss`]
}

/** The faults of answers that must contain an article only before, or only after, an instant. */
function lateIn(
  answers: readonly (Answer & { path: string })[],
  name: string,
  at: number,
  when: 'before' | 'after',
) {
  const wrong = answers.filter((answer) => {
    if (answer.status === 404 && !answer.path.includes('/archive/')) return false
    if (answer.ended < at) return shows(answer, name) === (when === 'after')
    if (answer.sent >= at + slackMilliseconds) return shows(answer, name) === (when === 'before')
    return false
  })
  const paths = [...new Set(wrong.map(({ path }) => path))]
  return paths.map((path) => {
    const late = wrong.filter((answer) => answer.path === path).map(({ sent }) => sent - at)
    return `${path}: ${late.length} wrong answers, from ${Math.min(...late)} to ${Math.max(...late)} ms after the instant`
  })
}

/** No answer shows an article under embargo before the embargo ends, and every answer shows it afterwards. */
const embargo: Check = async (bench) => {
  await bench.publish('un')
  const end = soon()
  await bench.publish('cache', { embargo: end })
  const answers = await watch(bench, listings(bench), Date.parse(end) + 3000)
  return lateIn(answers, 'cache', Date.parse(end), 'after')
}

/** Every answer shows an article until it expires, and no answer afterwards. */
const expiry: Check = async (bench) => {
  await bench.publish('un')
  const end = soon()
  await bench.publish('passe', { expires: end })
  const paths = [
    ...listings(bench),
    `/articles/${bench.tag}-passe`,
    `/articles/${bench.tag}-passe/share.json`,
  ]
  const answers = await watch(bench, paths, Date.parse(end) + 3000)
  return lateIn(answers, 'passe', Date.parse(end), 'before')
}

/**
 * The cache is not told of a withdrawal. It may use a copy for as long as the copy's own `max-age`, and no longer; a
 * change by time in another section makes this time short.
 */
const withdrawal: Check = async (bench) => {
  const end = soon()
  await bench.publish('ailleurs', { embargo: end, tags: ['ailleurs'] })
  await bench.publish('un')
  await bench.publish('retire')
  const paths = listings(bench)
  const before = await watch(bench, paths, Date.now() + 500)
  await bench.withdraw('retire')
  const after = await watch(bench, paths, Date.parse(end) + 3000)
  const unseen = before
    .filter((answer) => !shows(answer, 'retire'))
    .map(({ path }) => `${path}: lacks the article`)
  return [
    ...unseen,
    ...lateIn(
      after.filter(({ sent }) => sent >= Date.parse(end)),
      'retire',
      Date.parse(end),
      'before',
    ),
  ]
}

/** Clients that ask for gzip and clients that do not get bodies that they can read, whoever comes first. */
const compression: Check = async (bench) => {
  await bench.publish('un', { text: 'Un mot et encore un mot. '.repeat(400) })
  const wrong: string[] = []
  const orders = [
    ['gzip', ''],
    ['', 'gzip'],
    ['br', 'gzip'],
    ['gzip, deflate, br', 'identity'],
  ]
  for (const [at, order] of orders.entries()) {
    for (const path of [...feeds(bench), `/tags/${bench.tag}`]) {
      const bodies = new Set<string>()
      for (const accepted of [...order, ...order]) {
        const answer = await bench.ask(`${path}?_=${at}`, accepted ? { 'Accept-Encoding': accepted } : {})
        const coding = answer.headers['content-encoding'] ?? 'identity'
        if (coding !== 'identity' && !accepted.includes(coding))
          wrong.push(`${path}: "${accepted}" got ${coding}`)
        bodies.add(answer.body)
      }
      if (bodies.size !== 1) wrong.push(`${path}: ${bodies.size} different bodies`)
    }
  }
  return wrong
}

/** A client that asks for a delta gets a delta or the whole feed, and nobody else gets the delta. */
const delta: Check = async (bench) => {
  for (const name of ['un', 'deux', 'trois']) await bench.publish(name)
  const wrong: string[] = []
  for (const path of feeds(bench)) {
    const { headers } = await bench.ask(`${path}?_=0`)
    const asks = { 'A-IM': 'feed', 'If-None-Match': headers.etag ?? '' }
    const name = `neuf-${path.slice(-3)}`
    await bench.publish(name)
    for (const order of [
      ['delta', 'whole'],
      ['whole', 'delta'],
    ]) {
      for (const kind of [...order, ...order]) {
        const answer = await bench.ask(`${path}?_=${order[0]}`, kind === 'delta' ? asks : {})
        const isWhole = answer.status === 200 && shows(answer, 'un')
        const isDelta = answer.status === 226 && answer.headers.im === 'feed' && !shows(answer, 'un')
        if (!shows(answer, name) || !(isWhole || (isDelta && kind === 'delta')))
          wrong.push(`${path}: ${kind} after ${order[0]} got ${answer.status}`)
      }
    }
  }
  return wrong
}

const person = { 'Sec-Fetch-Dest': 'document', Accept: 'text/html' }

/** A person gets a page at the address of a feed, and a reader the feed, even if it also accepts HTML. */
const view: Check = async (bench) => {
  await bench.publish('un')
  const wrong: string[] = []
  for (const path of feeds(bench)) {
    for (const order of [
      ['person', 'reader'],
      ['reader', 'person'],
    ]) {
      for (const kind of [...order, ...order]) {
        const { headers } = await bench.ask(
          `${path}?_=${order[0]}`,
          kind === 'person' ? person : { Accept: 'text/html, */*' },
        )
        const isPage = headers['content-type']?.startsWith('text/html') === true
        if (isPage !== (kind === 'person'))
          wrong.push(`${path}: ${kind} after ${order[0]} got ${headers['content-type']}`)
      }
    }
  }
  return wrong
}

/**
 * Only a client with the current ETag or date gets 304, which has no body. A 200 is right for every client: Varnish does
 * not read lists of ETags, and squid answers a weak ETag from its copy with 200.
 */
const validators: Check = async (bench) => {
  await bench.publish('un')
  const wrong: string[] = []
  for (const path of feeds(bench)) {
    let first = await bench.ask(`${path}?_=${Date.now()}`)
    while (first.headers['last-modified'] === undefined) {
      await pause(300)
      first = await bench.ask(`${path}?_=${Date.now()}`)
    }
    const { etag = '', 'last-modified': date = '' } = first.headers
    const rows: [fields: Fields, status: number][] = [
      [{ 'If-None-Match': etag }, 304],
      [{ 'If-None-Match': `"x", ${etag}` }, 304],
      [{ 'If-None-Match': etag.replace('W/', '') }, 304],
      [{ 'If-Modified-Since': date }, 304],
      [{ 'If-None-Match': etag, 'If-Modified-Since': date }, 304],
      [{ 'If-None-Match': 'W/"0-rss-00000000"' }, 200],
      [{ 'If-None-Match': 'W/"0-rss-00000000"', 'If-Modified-Since': date }, 200],
      [{ 'If-Modified-Since': 'Mon, 01 Jan 2024 00:00:00 GMT' }, 200],
    ]
    // The cache has no copy at the first of these addresses, and a copy at the second.
    await bench.ask(`${path}?_=kept`)
    for (const [at, [fields, expected]] of rows.entries()) {
      for (const address of [`${path}?_=${at}`, `${path}?_=kept`]) {
        const { status, body } = await bench.ask(address, fields)
        const isRight = (status === expected || status === 200) && (status === 304) === (body === '')
        if (!isRight)
          wrong.push(`${address} with ${JSON.stringify(fields)}: ${status}, ${body.length} characters`)
      }
    }
  }
  return wrong
}

/** HEAD has the headers of GET and no body, and no HEAD makes a GET empty. */
const head: Check = async (bench) => {
  await bench.publish('un')
  const wrong: string[] = []
  for (const path of [...feeds(bench), `/tags/${bench.tag}`]) {
    for (const order of [
      ['HEAD', 'GET'],
      ['GET', 'HEAD'],
    ]) {
      const answers = []
      for (const method of order)
        answers.push([method, await bench.ask(`${path}?_=${order[0]}`, {}, method)] as const)
      for (const [method, { status, body }] of answers)
        if (status !== 200 || (body === '') !== (method === 'HEAD'))
          wrong.push(`${path}: ${method} in ${order.join(', ')}: ${status}`)
      const kinds = answers.map(([, { headers }]) =>
        [headers.etag, headers['content-type'], headers['cache-control']].join(),
      )
      if (new Set(kinds).size !== 1) wrong.push(`${path}: HEAD and GET differ: ${kinds.join(' / ')}`)
    }
  }
  return wrong
}

/** The 404 of an article that does not exist yet is not kept, nor is the 410 of a withdrawn article. */
const missing: Check = async (bench) => {
  const path = `/articles/${bench.tag}-un`
  const statuses = [(await bench.ask(path)).status]
  await bench.publish('un')
  statuses.push((await bench.ask(path)).status)
  await bench.publish('deux')
  await bench.withdraw('deux')
  const gone = `/articles/${bench.tag}-deux`
  statuses.push((await bench.ask(gone)).status)
  await bench.publish('deux', { status: 'published' })
  statuses.push((await bench.ask(gone)).status)
  return statuses.join() === '404,200,410,200' ? [] : [`404, 200, 410, 200 are right: ${statuses.join(', ')}`]
}

/** If the Worker is down when an article expires, the cache must not show its copy (RFC 9111 §5.2.2.2). */
const downAtExpiry: Check = async (bench) => {
  await bench.publish('un')
  const end = soon()
  await bench.publish('passe', { expires: end })
  const paths = listings(bench)
  const before = await watch(bench, paths, Date.parse(end) - 2500)
  await bench.kill()
  const after = await watch(bench, paths, Date.parse(end) + 3000)
  const unseen = before
    .filter((answer) => !shows(answer, 'passe'))
    .map(({ path }) => `${path}: lacks the article`)
  return [
    ...unseen,
    ...lateIn(
      after.filter(({ sent }) => sent >= Date.parse(end)),
      'passe',
      Date.parse(end),
      'before',
    ),
  ]
}

/** The checks in their order. The last one kills the Worker. */
export const checks: readonly [name: string, check: Check][] = [
  ['gzip and plain clients', compression],
  ['deltas', delta],
  ['a person and a reader', view],
  ['304 with each validator', validators],
  ['HEAD and GET', head],
  ['404 and 410 are not kept', missing],
  ['an embargo ends', embargo],
  ['an article expires', expiry],
  ['an article is withdrawn', withdrawal],
  ['an article expires, no Worker', downAtExpiry],
]
