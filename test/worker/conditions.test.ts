import { describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { repeated } from '../repeated.ts'
import { openHub } from './hub-site.ts'
import { addresses, un } from './public-routes.ts'

/** The answers without a date, and why: each is compared by its ETag alone. */
const undated: Readonly<Record<string, string>> = {
  '/media/pont-couvert.jpg': 'the platform does not say when a static file changed',
  '/api/openapi.json': 'its source is not in the digest of the version in charge',
}

/** Short links redirect, and a redirect has no validator. */
const answered = [...addresses.filter((address) => !address.startsWith('/s/')), '/api/openapi.json']

interface Validators {
  etag: string
  opaque: string
  date: string
}

type Condition = [name: string, headers: (validators: Validators) => Record<string, string>, status: number]

const shifted = (date: string, milliseconds: number): string =>
  new Date(Date.parse(date) + milliseconds).toUTCString()

/** Conditions on the ETag (RFC 9110 §13.1.2, §13.2.2): weak comparison, lists, and `*`. */
const byTag: Condition[] = [
  ['the ETag', ({ etag }) => ({ 'If-None-Match': etag }), 304],
  ['the ETag in its strong form', ({ opaque }) => ({ 'If-None-Match': `"${opaque}"` }), 304],
  ['a list', ({ etag }) => ({ 'If-None-Match': `"autre, autre",W/"x" , ${etag}, "y"` }), 304],
  ['the ETag of a compressed copy', ({ opaque }) => ({ 'If-None-Match': `W/"${opaque}-gzip"` }), 304],
  ['*', () => ({ 'If-None-Match': '*' }), 304],
  ['another ETag', ({ opaque }) => ({ 'If-None-Match': `"x${opaque}"` }), 200],
  ['a list without the ETag', () => ({ 'If-None-Match': '"a", W/"b"' }), 200],
  [
    'the ETag, with an older date',
    ({ etag }) => ({ 'If-None-Match': etag, 'If-Modified-Since': 'Sat, 01 Jan 2000 00:00:00 GMT' }),
    304,
  ],
  [
    'another ETag, with a later date',
    () => ({ 'If-None-Match': '"x"', 'If-Modified-Since': 'Tue, 01 Jan 2030 00:00:00 GMT' }),
    200,
  ],
]

/** The conditions that only writes obey (docs/protocols.md, deliberate deviations). */
const ofWrites: Condition[] = [
  ['If-Match with another ETag, which a read ignores', () => ({ 'If-Match': '"x"' }), 200],
  [
    'If-Unmodified-Since with an old date, which a read ignores',
    () => ({ 'If-Unmodified-Since': 'Sat, 01 Jan 2000 00:00:00 GMT' }),
    200,
  ],
]

/** Conditions on the date (RFC 9110 §13.1.3). */
const byDate: Condition[] = [
  ['the date', ({ date }) => ({ 'If-Modified-Since': date }), 304],
  ['a later date', ({ date }) => ({ 'If-Modified-Since': shifted(date, 86_400_000) }), 304],
  ['an earlier date', ({ date }) => ({ 'If-Modified-Since': shifted(date, -1000) }), 200],
  ['a date that is none', () => ({ 'If-Modified-Since': 'hier' }), 200],
]

/** The conditions on the date of an answer that has none: they are ignored. */
const withoutDate: Condition[] = [
  ['any date', () => ({ 'If-Modified-Since': 'Tue, 01 Jan 2030 00:00:00 GMT' }), 200],
]

async function open() {
  const site = await openHub({ COMMENTS: 'off' })
  await site.put('un', un)
  site.wait(5000)
  return site
}

/** The headers that a 304 must have if the 200 has them (RFC 9110 §15.4.5), and all others of this project. */
const headersOf = ({ headers }: Response): Record<string, string> => {
  const { 'content-length': _, ...others } = Object.fromEntries(headers)
  return others
}

describe('the conditions of RFC 9110 §13 hold at every public address', () => {
  test.for(answered)('%s', async (address) => {
    const site = await open()
    const whole = await site.get(address)
    const etag = whole.headers.get('ETag') ?? ''
    const date = whole.headers.get('Last-Modified') ?? ''
    expect([whole.status, etag]).toEqual([200, expect.stringMatching(/^W\/"[^"]+"$/)])
    expect(date !== '').toBe(!(address in undated))
    const body = await whole.arrayBuffer()
    expect(body.byteLength).toBeGreaterThan(0)
    const validators = { etag, date, opaque: etag.slice(3, -1) }
    for (const [name, headers, status] of [...byTag, ...ofWrites, ...(date ? byDate : withoutDate)]) {
      for (const method of ['GET', 'HEAD']) {
        const got = await site.get(address, headers(validators), method)
        expect([name, method, got.status]).toEqual([name, method, status])
        expect([name, method, headersOf(got)]).toEqual([name, method, headersOf(whole)])
        const length = status === 200 && method === 'GET' ? body.byteLength : 0
        expect([name, method, (await got.arrayBuffer()).byteLength]).toEqual([name, method, length])
      }
    }
  })

  test('and at none where nothing is', async () => {
    const site = await open()
    for (const address of ['/media/rien.jpg', '/rien', '/articles/rien/feed.rss']) {
      expect([address, (await site.get(address, { 'If-None-Match': '*' })).status]).toEqual([address, 404])
    }
  })
})

describe('an answer that only a deployment changes', () => {
  test.for(['/e/v1.js', '/e/comments/v1.js', '/favicon.ico'])(
    '%s has no date in a version that is not in charge',
    async (path) => {
      const site = await open()
      const ports = { ...site.ports, digest: 'd2d2d2d2' }
      const request = new Request(`https://kiosque.example${path}`, {
        headers: { 'If-Modified-Since': 'Tue, 01 Jan 2030 00:00:00 GMT' },
      })
      const response = await app.fetch(request, ports)
      expect([response.status, response.headers.get('Last-Modified')]).toEqual([200, null])
    },
  )

  test('after a rollback has a later date than the version that was rolled back', async () => {
    const site = await open()
    const dateIn = async (digest: string) => {
      const request = new Request('https://kiosque.example/e/v1.js')
      const response = await app.fetch(request, { ...site.ports, digest })
      return Date.parse(response.headers.get('Last-Modified') ?? '')
    }
    const dates = [await dateIn('d1d1d1d1')]
    for (const digest of ['d2d2d2d2', 'd1d1d1d1']) {
      site.wait(120_000)
      await site.ports.store.takeCharge(digest)
      site.wait(5000)
      dates.push(await dateIn(digest))
    }
    expect(dates).toEqual(dates.toSorted((one, other) => one - other))
    expect([dates.length, repeated(dates)]).toEqual([3, []])
  })

  test.for(['/e/v1.js', '/e/comments/v1.js', '/favicon.ico', '/card.png'])(
    '%s does not need the store',
    async (path) => {
      const site = await open()
      const heads = () => Promise.reject(new Error('D1 is down'))
      const ports = { ...site.ports, store: { ...site.ports.store, heads } }
      const response = await app.fetch(new Request(`https://kiosque.example${path}`), ports)
      expect([response.status, response.headers.get('Last-Modified')]).toEqual([200, null])
      expect(site.logged).toEqual(['store-not-answering'])
    },
  )
})

test('the icon at /favicon.ico is a PNG by type and content, which no server compresses', async () => {
  const response = await (await open()).get('/favicon.ico')
  expect(response.headers.get('Content-Type')).toBe('image/png')
  const bytes = new Uint8Array(await response.arrayBuffer())
  expect([...bytes.slice(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
})
