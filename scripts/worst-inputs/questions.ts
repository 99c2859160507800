import { formatNames } from '../../src/domain/format.ts'
import { shareLimits } from '../../src/domain/share.ts'
import { makeVapidKeys } from '../../src/notify/push/vapid.ts'
import { codeOf } from '../../src/share/code.ts'
import { networks } from '../../src/share/networks.ts'
import { encodedLength } from '../../src/share/parameters.ts'
import { forDelta, newsboat } from '../../test/readers.ts'

/** One request of the script; `at` makes its input one that no earlier request had. */
export interface Question {
  path: string
  method?: 'POST'
  headers?: Record<string, string>
  body?: string
  /** Set for inputs that are as long as allowed: if the Worker refuses them, nothing is measured. */
  isAccepted?: true
}

/** The article of the addresses below, and its id. */
export const slug = 'un'
export const id = 'tag:kiosque.example,2024:un'

/** The longest query that is sent: with the rest of the address, the 16 kB that Cloudflare accepts. */
const maxQueryCharacters = 14_000

/**
 * A text that repeats a piece up to a number of characters, also after normalization, and that no earlier request had.
 */
const filled = (piece: string, characters: number, at: number): string =>
  `${at} ${piece.repeat(Math.floor((characters - 12) / Math.max(piece.length, piece.normalize('NFC').length)))}`

/** Pieces of the texts that cost most in Unicode's rules or in patterns. */
const hardest = [
  ...[
    '漢',
    'a',
    '.',
    '☺',
    '😀',
    '👨‍👩‍👧‍👦',
    '🇨🇦',
    '1\ufe0f\u20e3',
    'e\u0301\u0316',
    'क्',
    '\u0600 ',
    '\u05d0\u202e',
  ],
  ...['\u0958', '\ufb2c', '¼', "'", 'é ', 'a.漢', '漢.ca ', 'a.क् ', 'a.b☺\ufe0f', '字。', '👍🏽'],
  ...['a.b ', 'a.ca/x ', 'https://a.ca/ ', '漢 ', "a.ca/'", '-.-!', '\u1100\u1161', '\u{20000}'],
]

const encode = encodeURIComponent

/** The beginning of a text that has at most `max` characters when it is normalized and percent-encoded. */
function cut(text: string, max: number): string {
  let end = text.length
  while (encodedLength(text.slice(0, end).normalize('NFC')) > max) end -= 4
  return text.slice(0, end).toWellFormed()
}

/**
 * The length of an encoded text that leaves room for a second one in the 16 kB that an address may have. A text of a
 * thousand characters of three bytes each needs 9 kB.
 */
const halfAddress = 7900

const networkIds = networks.map(({ id }) => id)
/** The length of each of two encoded texts with which every network may be named, and of each of three. */
const half = shareLimits.encoded / networkIds.length / 2
const third = shareLimits.encoded / networkIds.length / 3

const everyNetwork = networkIds.join(',')

/** A query of the greatest length with a name, so that the whole query must be parsed. */
const longQuery = (at: number): string => {
  const query = `_=${at}&section=monde&tag=ete&author=la-redaction&before=1.${at}&lang=fr&host=${'%E6%BC%A2'.repeat(50)}`
  return `${query}&${'a=%F0%9F%98%80%zz&'.repeat(Math.floor((maxQueryCharacters - query.length) / 18))}`
}

const selections = ['', '/sections/monde', '/tags/ete', '/authors/la-redaction']
const guessed = [
  ...['/rss', '/rss/', '/rss.xml', '/rss/feed.xml', '/index.rss', '/index.xml', '/feed.xml', '/feed/'],
  ...['/feed/rss2', '/feed/rss2/', '/atom', '/atom/', '/atom.xml', '/index.atom'],
  ...formatNames.flatMap((format) => [`/feed/${format}`, `/feed/${format}/`]),
]

/** An address of each public route (`test/worker/worst-inputs.test.ts` names missing ones). */
export const addresses: readonly string[] = [
  ...[...selections, `/articles/${slug}`].flatMap((path) => [
    ...[path || '/', `${path}/feed`, `${path}/feed/`],
    ...formatNames.map((format) => `${path}/feed.${format}`),
  ]),
  ...selections.map((path) => `${path}/archive/2024/06/1/feed.rss`),
  ...guessed,
  ...['/feeds', '/feeds.opml', '/robots.txt', '/sitemap.xml', '/sitemap-news.xml', '/sitemap-2024-06-1.xml'],
  ...[
    '/favicon.ico',
    '/card.png',
    '/apple-touch-icon.png',
    '/site.webmanifest',
    `/articles/${slug}/share`,
    `/articles/${slug}/share.json`,
  ],
  ...[`/s/${await codeOf(id)}`, `/qr/${await codeOf(id)}.svg`, '/e/v1.js', '/e/v1.css', `/e/${slug}.html`],
  ...[
    `/embed/${slug}`,
    '/oembed',
    '/hub',
    '/media/programme.pdf',
    '/subscribe',
    `/subscriptions/${linkOf(0)}`,
    ...['/push/v1.js', '/push/page.js', '/push/subscriptions'],
  ],
]

/** Values of headers that are as long as workerd accepts, or that ask for the answer that costs most. */
const headerRows: readonly [what: string, headers: (at: number) => Record<string, string>][] = [
  ['If-None-Match', (at) => ({ 'If-None-Match': `"${at}", W/"${at}x-rss-0-gzip", `.repeat(1500) })],
  ['If-None-Match of quotes', (at) => ({ 'If-None-Match': `${at}${'W/"'.repeat(15_000)}` })],
  [
    'A-IM',
    (at) => ({
      'User-Agent': newsboat,
      'A-IM': `x;q=0.${at}, `.repeat(3000).concat('feed'),
      'If-None-Match': `W/"${at}", `.repeat(2000),
    }),
  ],
  ['Accept', (at) => ({ Accept: `text/x${at};q=0.5;a="b, c", `.repeat(1500) })],
  ['If-Modified-Since', (at) => ({ 'If-Modified-Since': `Wed, 19 Jun 2024 ${at}${' '.repeat(40_000)}x` })],
  [
    'User-Agent',
    (at) => ({
      ...forDelta('W/"1-rss-0"'),
      'User-Agent': `NewsBlur Feed Fetcher - ${at}${'1'.repeat(15_000)} newsboat/`.concat(
        'newsboat/2 '.repeat(1500),
      ),
    }),
  ],
  [
    'others',
    (at) => ({
      Cookie: `a${at}=b; `.repeat(4000),
      'Accept-Language': `fr-${at};q=0.1, `.repeat(2000),
      'User-Agent': 'CUBOT '.repeat(4000),
      Authorization: `Bearer ${'a'.repeat(10_000)}`,
    }),
  ],
  ['a browser', () => ({ 'Sec-Fetch-Dest': 'document', Accept: 'text/html' })],
]

/** The questions that are not one address with a long query. */
const specialQuestions: readonly [what: string, question: (at: number) => Question][] = [
  ...hardest.map((piece): [string, (at: number) => Question] => [
    `share.json, text and quote of ${JSON.stringify(piece)}`,
    (at) => {
      const text = encode(cut(filled(piece, 990, at), halfAddress))
      return { path: `/articles/${slug}/share.json?text=${text}&quote=${text}`, isAccepted: true }
    },
  ]),
  ...hardest.map((piece): [string, (at: number) => Question] => [
    `share.json of all networks, text and quote of ${JSON.stringify(piece)}`,
    (at) => {
      const text = encode(cut(filled(piece, 990, at), half))
      return {
        path: `/articles/${slug}/share.json?networks=${everyNetwork}&text=${text}&quote=${text}`,
        isAccepted: true,
      }
    },
  ]),
  [
    'oembed of a long address',
    (at) => ({ path: `/oembed?url=${encode(`https://kiosque.example/articles/${filled('漢', 1400, at)}`)}` }),
  ],
  ['an unknown article', (at) => ({ path: `/articles/${encode(filled('漢', 1400, at))}` })],
  ['an unknown path, deep', (at) => ({ path: `/${at}${'/a'.repeat(7000)}` })],
  ['an unknown path of wrong escapes', (at) => ({ path: `/articles/${at}${'%E6%zz'.repeat(2000)}` })],
  [
    'an intersection that has no articles',
    (at) => ({ path: `/feed.rss?section=monde&tag=${at}&author=${at}` }),
  ],
  ['an unknown short link', (at) => ({ path: `/s/${String(at).padStart(11, '1').replaceAll('0', '2')}.x` })],
  [
    'POST /hub, a form of 16 kB',
    (at) => ({
      path: '/hub',
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: `hub.mode=subscribe&hub.topic=${encode(`https://kiosque.example/feed.rss?${at}`)}&hub.callback=${'%E6%BC%A2'.repeat(1700)}`,
    }),
  ],
]

/** A link to the page of a subscription that does not exist, in the form of those in mails. */
function linkOf(at: number): string {
  return `${String(at).padStart(22, 'A')}.${'B'.repeat(43)}`
}

const unknownSelections = (at: number): string =>
  Array.from(
    { length: 50 },
    (_, one) => `&selection=${encode(`tags/${at}-${one}-${'漢'.repeat(280)}`)}`,
  ).join('')

/** The keys of the site for Web Push, and those of a browser. */
export const siteKeys = await makeVapidKeys()
const browserKey = (await makeVapidKeys()).publicKey

const browserFields = (at: number): string =>
  `endpoint=${encode(`https://fcm.googleapis.com/fcm/send/${at}${'a'.repeat(400)}`)}&p256dh=${browserKey}&auth=${'A'.repeat(22)}&server=${siteKeys.publicKey}`

/** Forms of people, each of a client of its own, because a client may send few. */
const forms: readonly [what: string, path: (at: number) => string, fields: (at: number) => string][] = [
  [
    'with 50 unknown selections',
    () => '/subscribe',
    (at) => `email=kim${at}@example.com${unknownSelections(at)}`,
  ],
  ['that is accepted', () => '/subscribe', (at) => `email=kim${at}@example.com&selection=all&when=now`],
  ['of 64 kB of fields', () => '/subscribe', (at) => `email=${at}${'&a=b'.repeat(16_000)}`],
  ['of one long address', () => '/subscribe', (at) => `email=${at}${'a.'.repeat(32_000)}&selection=all`],
  ['with an invented token', (at) => `/subscriptions/${linkOf(at)}`, () => 'action=end'],
  ['with an endpoint', () => '/push/subscriptions', (at) => `${browserFields(at)}&selection=all&when=now`],
  [
    'with an endpoint and 50 unknown selections',
    () => '/push/subscriptions',
    (at) => `${browserFields(at)}${unknownSelections(at)}`,
  ],
  ['with an invented confirmation', (at) => `/subscriptions/${String(at).padStart(43, 'A')}`, () => ''],
]

const formQuestions = forms.map(([what, path, fields]): [string, (at: number) => Question] => [
  `POST ${path(0).split('/', 2).join('/')}, a form ${what}`,
  (at) => ({
    path: path(at),
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'CF-Connecting-IP': `2001:db8:${Math.trunc(at / 10_000)}:${at % 10_000}::1`,
    },
    body: fields(at),
  }),
])

/** Cursors that no link has: each address is another one, but all have the same articles. */
const inventedCursors = [
  ...[...formatNames.map((format) => `/feed.${format}`), '/sections/monde/feed.rss', '/rss'].map(
    (path) => `${path}?`,
  ),
  '/feed.rss?section=monde&tag=ete&',
].flatMap((path) =>
  (['before=1893456000000.', 'before=1718409600000.', 'after=1718409600000.', 'after=1000.'] as const).map(
    (cursor): [string, (at: number) => Question] => [
      `${path}${cursor}, an invented cursor`,
      (at) => ({ path: `${path}${cursor}${at}` }),
    ],
  ),
)

/** All questions of public addresses: each with a long query, and with each row of headers. */
export const questions: readonly [what: string, question: (at: number) => Question][] = [
  ...specialQuestions,
  ...formQuestions,
  ...inventedCursors,
  ...addresses.flatMap((path): [string, (at: number) => Question][] => [
    [`${path} and a long query`, (at) => ({ path: `${path}?${longQuery(at)}` })],
    ...headerRows.map(([what, headers]): [string, (at: number) => Question] => [
      `${path} and ${what}`,
      (at) => ({ path: `${path}?_=${at}`, headers: headers(at) }),
    ]),
  ]),
]

/** The largest requests for share links of pages that are not articles. */
export const sharePages: readonly [what: string, question: (at: number) => Question][] = [
  ['POST /api/share, 100 pages', (at) => hundredPages(at, {})],
  ['POST /api/share, 100 pages, all networks', (at) => hundredPages(at, { networks: networkIds }, third)],
]

const hundredPages = (at: number, options: object, max = Number.POSITIVE_INFINITY): Question => ({
  path: '/api/share',
  method: 'POST',
  isAccepted: true,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({
    ...options,
    pages: Array.from({ length: 100 }, (_, page) => {
      const piece = hardest[page % hardest.length] as string
      const text = cut(filled(piece, 990, at * 100 + page), max)
      return { title: text, text, quote: text, url: `https://kiosque.example/pages/${page}` }
    }),
  }),
})
