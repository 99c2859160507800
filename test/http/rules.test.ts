import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { cachingHeaders } from '../../src/http/caching.ts'
import { type Link, renderLinks } from '../../src/http/link.ts'
import type { Representation } from '../../src/http/representation.ts'
import { respond } from '../../src/http/respond.ts'
import { validatorsOf } from '../../src/http/validators.ts'
import { forDelta } from '../readers.ts'
import { repeated } from '../repeated.ts'

const now = Date.parse('2024-06-20T12:00:00.400Z')
const head = { path: 'tags/ete', title: 'Été', revision: now, revised: now - 5400, since: now - 86_400_400 }
const feed: Representation = {
  type: 'application/rss+xml; charset=utf-8',
  validators: validatorsOf(head, 'rss', 'd1d1d1d1', now),
  now,
  links: [
    {
      rel: 'self',
      href: 'https://kiosque.example/tags/%C3%A9t%C3%A9/feed.rss?a=1,2;b=%22',
      type: 'application/rss+xml',
    },
    { rel: 'alternate', href: 'http://[::1]:8787/feed.atom', type: 'application/atom+xml' },
    { rel: 'hub', href: 'https://kiosque.example/hub' },
  ],
  vary: 'Sec-Fetch-Dest',
  selections: ['tags/ete'],
  headers: { 'Content-Location': 'https://kiosque.example/tags/ete/feed.rss' },
  body: () => '<rss/>',
}

/**
 * Sample representations (answers before rendering); each key names what distinguishes the representation from
 * the others.
 */
const representations: Record<string, Representation> = {
  'nothing to come': feed,
  'due in 42 seconds': { ...feed, due: now + 42_000 },
  'due within the stale windows': { ...feed, due: now + 330_000 },
  'due already': { ...feed, due: now - 1 },
  'saved in this very second': {
    ...feed,
    validators: validatorsOf({ ...head, revised: now + 600 }, 'rss', 'd1', now),
  },
  'by Accept': { ...feed, vary: 'Accept, Sec-Fetch-Dest' },
}

/**
 * An answer with status 200 or 304, together with the headers of the 200 answer and the representation from
 * which the 200 and the 304 answer were made.
 */
interface Answer {
  headers: Headers
  ok: Headers
  representation: Representation
}

/**
 * The results of checking a rule: one entry for each thing that was checked, either a text that says what is
 * wrong or `false` if nothing is wrong.
 */
type Remarks = (string | false)[]
type Rule = [rule: string, check: (answer: Answer) => Remarks, broken: (headers: Headers) => void]

/** The directives of a Cache-Control field with their arguments (RFC 9111 §5.2). */
const directives = (field: string | null) =>
  (field ?? '').split(',').map((part) => /^\s*([\w-]+)(?:=("?)([^"]*)\2)?\s*$/.exec(part)?.slice(1) ?? [part])
const seconds = (field: string | null, name: string) =>
  Number(directives(field).find(([directive]) => directive === name)?.[2] ?? 0)

/** The links of a Link field, parsed by RFC 8288 §B.2. Throws if the field is malformed. */
function linksIn(field: string): Link[] {
  const links: Link[] = []
  let rest = field
  while (rest !== '') {
    const target = /^<([^<>\s"]*)>/.exec(rest)
    if (!target) throw new Error(`no target: ${rest}`)
    rest = rest.slice(target[0].length)
    const link: Record<string, string> = { href: target[1] ?? '' }
    for (let parameter = nextParameter(rest); parameter; parameter = nextParameter(rest)) {
      link[parameter[1] ?? ''] = parameter[2] ?? ''
      rest = rest.slice(parameter[0].length)
    }
    links.push(link as unknown as Link)
    const comma = /^\s*(,\s*|$)/.exec(rest)
    if (!comma) throw new Error(`no comma: ${rest}`)
    rest = rest.slice(comma[0].length)
  }
  return links
}
const nextParameter = (rest: string) => /^\s*;\s*([a-z]+)="([^"\\]*)"/.exec(rest)

const rules: Rule[] = [
  [
    'RFC 9110 §15.4.5: 304 carries what 200 carries',
    ({ headers, ok }) => [...ok].map(([name, value]) => headers.get(name) !== value && name),
    (headers) => headers.delete('Content-Location'),
  ],
  [
    'RFC 9110 §8.8.3: the tag is a weak entity-tag of at most 64 characters',
    ({ headers }) => {
      const etag = headers.get('ETag') ?? ''
      return [(!/^W\/"[\x21\x23-\x7e]+"$/.test(etag) || etag.length > 64) && etag]
    },
    (headers) => headers.set('ETag', 'W/lost-quotes'),
  ],
  [
    'RFC 9110 §8.8.2.1, §5.6.7: Last-Modified is an HTTP date, and not later than the clock',
    ({ headers, representation }) => {
      const date = headers.get('Last-Modified')
      if (date === null) return []
      return [(new Date(date).toUTCString() !== date || Date.parse(date) > representation.now) && date]
    },
    (headers) => headers.set('Last-Modified', 'Thu, 20 Jun 2024 12:00:01 GMT'),
  ],
  [
    'RFC 9110 §12.5.5: Vary names the headers that chose',
    ({ headers, representation }) => [headers.get('Vary') !== representation.vary && 'another Vary'],
    (headers) => headers.delete('Vary'),
  ],
  [
    'RFC 9111 §5.2.2: any cache may keep the answer, and must ask again after its lifetime',
    ({ headers }) => {
      const names = directives(headers.get('Cache-Control')).map(([name = '']) => name)
      return [names.sort().join() !== 'max-age,must-revalidate,public,stale-while-revalidate' && names.join()]
    },
    (headers) => headers.append('Cache-Control', 's-maxage=300'),
  ],
  [
    'RFC 9111 §5.3, §5.4, readers 0.5: no Expires, no Pragma, no Age',
    ({ headers }) => ['Expires', 'Pragma', 'Age'].map((name) => headers.has(name) && name),
    (headers) => headers.set('Expires', '0'),
  ],
  [
    'RFC 9213 §2.1, RFC 5861 §3: the edge’s field is a dictionary of flags and whole seconds',
    ({ headers }) => {
      const members = (headers.get('Cloudflare-CDN-Cache-Control') ?? '').split(', ')
      const keys = members.map((member) => member.split('=')[0])
      return [
        ...members.map((member) => !/^[a-z][a-z0-9_.*-]*(=\d{1,15})?$/.test(member) && member),
        new Set(keys).size !== keys.length && 'a key stands twice',
      ]
    },
    (headers) => headers.set('Cloudflare-CDN-Cache-Control', 'public, max-age=300.5'),
  ],
  [
    'RFC 5861 §3, §4: no copy, fresh or stale, outlives the instant at which time changes the answer',
    ({ headers, representation: { due } }) => {
      if (due === undefined) return []
      const left = Math.max(0, (due - now) / 1000)
      const edge = headers.get('Cloudflare-CDN-Cache-Control')
      const fresh = seconds(edge, 'max-age')
      return [
        seconds(headers.get('Cache-Control'), 'max-age') > left && 'max-age',
        fresh + seconds(edge, 'stale-while-revalidate') > left && 'stale-while-revalidate',
        fresh + seconds(edge, 'stale-if-error') > left && 'stale-if-error',
      ]
    },
    (headers) => headers.set('Cache-Control', 'public, max-age=300'),
  ],
  [
    'RFC 8288 §3: Link reads back as the links that were given, rel first',
    ({ headers, representation }) => {
      const field = headers.get('Link') ?? ''
      return [
        JSON.stringify(linksIn(field)) !== JSON.stringify(representation.links.map(inOrder)) && field,
        !/^<[^>]*>; rel="self"/.test(field) && field,
      ]
    },
    (headers) => headers.set('Link', '<https://kiosque.example/feed.rss>; type="x/y"; rel="self"'),
  ],
  [
    'RFC 9110 §8.3: Content-Type names the charset',
    ({ headers }) => [
      !/^[a-z]+\/[a-z.+-]+; charset=utf-8$/.test(headers.get('Content-Type') ?? '') && 'none',
    ],
    (headers) => headers.set('Content-Type', 'application/rss+xml'),
  ],
]

const inOrder = ({ href, rel, type }: Link) => ({ href, rel, ...(type && { type }) })
const request = (headers: Record<string, string> = {}) => new Request('https://a.example/', { headers })

/**
 * Checks a rule on the 200 and the 304 answer of every sample representation, and returns the results. `change`
 * modifies the headers of the 304 answer before the check, so that a test can break the rule on purpose.
 */
async function remarksOn(check: Rule[1], change: (headers: Headers) => void = () => {}): Promise<Remarks> {
  const remarks = await Promise.all(
    Object.entries(representations).map(async ([title, representation]) => {
      const { headers: ok } = await respond(request(), representation)
      const etag = ok.get('ETag') ?? ''
      const second = await respond(request({ 'If-None-Match': etag }), representation)
      expect(second.status).toBe(304)
      change(second.headers)
      return [ok, second.headers]
        .flatMap((headers) => check({ headers, ok, representation }))
        .map((remark) => remark !== false && `${title}: ${remark}`)
    }),
  )
  return remarks.flat()
}
const violations = (remarks: Remarks) => remarks.filter((remark) => remark !== false)

describe('every public answer, 200 and 304', () => {
  test.for(rules)('%s', async ([, check]) => {
    const remarks = await remarksOn(check)
    expect(remarks.length).toBeGreaterThan(0) // A rule that found nothing to check fails this test.
    expect(violations(remarks)).toEqual([])
  })

  test('RFC 9110 §15.4.5: a 304 has no body, and none is rendered for it', async () => {
    const unrendered = { ...feed, body: () => Promise.reject(new Error('rendered')) }
    const response = await respond(request({ 'If-None-Match': feed.validators?.etag ?? '' }), unrendered)
    expect([response.status, await response.text()]).toEqual([304, ''])
  })

  test('RFC 9110 §9.3.2: HEAD has the headers of GET and no body, and none is rendered for it', async () => {
    const unrendered = { ...feed, body: () => Promise.reject(new Error('rendered')) }
    const head = await respond(new Request('https://a.example/', { method: 'HEAD' }), unrendered)
    expect([head.status, head.body]).toEqual([200, null])
    expect([...head.headers]).toEqual([
      ...(await respond(request(), { ...feed, body: () => null as never })).headers,
    ])
    const asked = forDelta((feed.validators?.etag ?? '').replace(/"\w+-/, '"1-'))
    const delta = await respond(new Request('https://a.example/', { method: 'HEAD', headers: asked }), {
      ...unrendered,
      delta: async () => '<rss/>',
    })
    expect([delta.status, delta.body]).toEqual([226, null])
  })
})

describe('an answer that breaks the rule is found', () => {
  test.for(rules)('%s', async ([, check, broken]) => {
    expect(violations(await remarksOn(check, broken))).not.toEqual([])
  })
})

describe('laws', () => {
  const instant = fc.integer({ min: 0, max: 4_102_444_800_000 })
  const second = fc.integer({ min: 0, max: 4_102_444_800 }).map((count) => count * 1000)

  test('RFC 9110 §8.8.2.1: a date that is sent is never later than the clock, and holds for revision and digest', () => {
    fc.assert(
      fc.property(second, second, instant, (revised, since, clock) => {
        const { lastModified } = validatorsOf({ ...head, revised, since }, 'rss', 'd1', clock)
        const date = lastModified?.getTime()
        return date === undefined || (date <= clock && date >= revised && date >= since)
      }),
    )
  })

  test('RFC 9110 §8.8.3: tags are short at any revision, and differ by revision, format and digest', () => {
    const tags = [1, now, Number.MAX_SAFE_INTEGER].flatMap((revision) =>
      [...formatNames, 'html', 'share'].flatMap((format) =>
        ['d1d1d1d1', 'e2e2e2e2'].map(
          (digest) => validatorsOf({ ...head, revision }, format, digest, now).etag,
        ),
      ),
    )
    expect(repeated(tags)).toEqual([])
    expect(tags.filter((tag) => tag.length > 64)).toEqual([])
  })

  test('RFC 9111 §1.2.2: every lifetime is a whole number of seconds, never below zero', () => {
    fc.assert(
      fc.property(instant, instant, fc.boolean(), (clock, due, settled) =>
        Object.values(cachingHeaders({ now: clock, due, settled }))
          .flatMap((field) => field.match(/=[^,]*/g) ?? [])
          .every((value) => /^=\d+$/.test(value)),
      ),
    )
  })

  test('RFC 8288 §3: any web address reads back from Link', () => {
    fc.assert(
      fc.property(fc.array(fc.webUrl({ withQueryParameters: true, withFragments: true })), (urls) => {
        const links = urls.map((url) => ({ rel: 'alternate', href: new URL(url).href, type: 'text/html' }))
        expect(linksIn(renderLinks(links))).toEqual(links)
      }),
    )
  })
})
