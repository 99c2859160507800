import { setTimeout as pause } from 'node:timers/promises'
import { forDelta } from '../../../test/readers.ts'
import type { Answer, Fields } from '../client.ts'
import { type Bench, type Check, feeds, shows } from './bench.ts'
import { downAtExpiry, embargo, expiry, withdrawal } from './time-checks.ts'

/** Asks for an address, each time with another query, until the answer has a date. It has none just after a save. */
async function askDated(bench: Bench, path: string): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const answer = await bench.ask(`${path}?_=${bench.tag}.${tries}`)
    if (answer.headers['last-modified'] !== undefined) return answer
    await pause(300)
  }
}

/**
 * The cache keeps copies. If it did not, every other check would find nothing wrong.
 */
const copies: Check = async (bench) => {
  await bench.publish('un')
  for (const path of feeds(bench)) {
    await askDated(bench, path)
    await bench.ask(path)
  }
  await bench.publish('deux')
  const answers = await Promise.all(feeds(bench).map(async (path) => ({ path, ...(await bench.ask(path)) })))
  return answers
    .filter((answer) => !shows(answer, 'un') || shows(answer, 'deux'))
    .map(({ path }) => `${path}: no copy`)
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
    const asks = forDelta(headers.etag ?? '')
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
    const { etag = '', 'last-modified': date = '' } = (await askDated(bench, path)).headers
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

/** The checks in their order. The last one kills the Worker. */
export const checks: readonly [name: string, check: Check][] = [
  ['copies are kept', copies],
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
