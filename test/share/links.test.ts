import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareData, shareLinks } from '../../src/share/links.ts'
import { type Network, type Shared, sample } from '../../src/share/network.ts'
import { defaultNetworks, networks } from '../../src/share/networks.ts'
import { renderParameters } from '../../src/share/parameters.ts'
import { cleanTitle } from '../../src/share/title.ts'
import { examples } from '../laws.ts'

/** The parameters of a share link, decoded by RFC 3986 and RFC 6068: a `+` is a plus sign, not a space. */
function decode(href: string): Record<string, string> {
  const parameters = href.slice(
    Math.min(...[href.indexOf('?'), href.indexOf('#')].filter((at) => at >= 0)) + 1,
  )
  return Object.fromEntries(
    parameters
      .split('&')
      .filter(Boolean)
      .map((pair) => pair.split('=').map(decodeURIComponent)),
  )
}

/**
 * The networks whose share link has parameters. The networks of the group `take` are left out, because their
 * link is the article's URL itself.
 */
const composed = networks.filter(({ group }) => group !== 'take')

/** The networks that need no more data than an article's title and URL. */
const offered = networks.filter(({ needs }) => needs === undefined)

/**
 * The parameters that a network's share link must have: the parameters of the documented example, with the
 * sample title and URL replaced by the given title and URL.
 */
function told({ example }: Network, { title, url }: Shared): Record<string, string> {
  const values = Object.entries(decode(example)).map(([name, value]) => {
    const text = value.replace(sample.title, () => title).replace(sample.url, () => url)
    return [name, title ? text : text.trimStart()] as const
  })
  return Object.fromEntries(values.filter(([, value]) => value))
}

const linkOf = (id: string, shared: Shared) =>
  shareLinks({ ...sample, ...shared }, 'fr-CA', [id])[0] ?? { href: '', truncated: false }

/** A network's share link; the placeholder `{host}` is replaced by a server's name. */
const hrefOf = (id: string, shared: Shared) => linkOf(id, shared).href.replace('{host}', 'serveur.example')

/**
 * Expects that a network's share link carries the title and the URL. If the title is too long for the network,
 * the link carries the start of the title and the whole URL.
 */
function expectTold(network: Network, shared: Shared, title: string): void {
  const carried = decode(hrefOf(network.id, shared))
  const { subject: _, ...expected } = told(network, { ...shared, title })
  if (!linkOf(network.id, shared).truncated) {
    expect(carried).toMatchObject(expected)
    return
  }
  expect(Object.keys(carried).sort()).toEqual(Object.keys(told(network, { ...shared, title })).sort())
  expect(Object.values(carried).some((value) => value.endsWith(shared.url))).toBe(true)
  expect(Object.values(carried).some((value) => /…$|…[\r\n]/.test(value))).toBe(true)
}

const titles: [behaviour: string, title: string, clean: string][] = [
  ['a French title', '« l’été & 100 % #tag »', '« l’été & 100 % #tag »'],
  ['quotes', `"quotes" 'single' \`back\``, `"quotes" 'single' \`back\``],
  ['line breaks', 'un\r\ndeux\ntrois', 'un deux trois'],
  ['a family', '👨‍👩‍👧‍👦 et 🇨🇦', '👨‍👩‍👧‍👦 et 🇨🇦'],
  ['no-break spaces', '«\u00a0100\u202f%\u00a0»', '«\u00a0100\u00a0%\u00a0»'],
  ['signs of URLs', '1 + 1 = 2 ? ; : / @ $ , [] {} \\ ^ |', '1 + 1 = 2 ? ; : / @ $ , [] {} \\ ^ |'],
  ['what looks encoded', '%20 %C3%A9 &amp; 100%', '%20 %C3%A9 &amp; 100%'],
  ['markup', '</a><script>alert(1)</script>', '</a><script>alert(1)</script>'],
  ['a lone surrogate', 'a\ud83d b', 'a\ufffd b'],
  ['an override', 'a\u202egnp.exe', 'agnp.exe'],
  ['10 kB', 'é '.repeat(3400).trim(), 'é '.repeat(3400).trim()],
  ['no title', '', ''],
]
const urls = [
  'https://kiosque.example/articles/ete',
  'https://journal.example/?id=1&page=2#haut',
  'https://journal.example/été/œuvre?q=à la une&r=a+b',
  'https://journal.example/%C3%A9t%C3%A9?q=100%25&empty=',
  "https://journal.example/l'ete?a='b'&u=https://autre.example/?c=d#e",
]

test.for(titles)('every share link carries %s and the exact URL', ([, title, clean]) => {
  for (const url of urls) {
    for (const network of composed) {
      expectTold(network, { title, url }, clean)
    }
    expect(hrefOf('copy', { title, url }), url).toBe(url)
  }
})

test.for(titles)('every share link is well formed with %s', ([, title]) => {
  for (const url of urls) {
    for (const href of composed.map(({ id }) => hrefOf(id, { title, url }))) {
      // A share link contains no `+`, no quotation mark, no space and no character outside ASCII.
      expect(href).toMatch(/^[A-Za-z0-9\-._~:/?#&=%!*()]+$/)
      expect(href).not.toMatch(/=(&|$)|&&|[?#&]$/)
      expect(new URL(href).href, href).toBe(href)
      expect(new URL(href).protocol, href).toMatch(/^(https|mailto|sms|viber|threema):$/)
    }
  }
})

const broken = fc.constantFrom(
  '\ud83d',
  '\udc00',
  '\u202e',
  '\u200f',
  '\r',
  '\n',
  '\0',
  '\u0301',
  ' ',
  '+',
  '%',
  "'",
)

/**
 * Random titles with characters that often break links: unpaired surrogates, bidirectional controls, line
 * breaks, `+`, `%`.
 */
const anyTitle = fc.string({
  unit: fc.oneof(broken, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })),
})

const anyText = fc.string({ unit: 'grapheme' })

/**
 * Random absolute URLs: ASCII URLs, and URLs with letters of every script and characters that are not
 * percent-encoded.
 */
const anyUrl = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.tuple(anyText, anyText, anyText).map(([a, b, c]) => `https://journal.example/${a}?q=${b}&r=+%20#${c}`),
)

test('law: a clean title is one well-formed line in NFC, and clean already', () => {
  fc.assert(
    fc.property(anyTitle, (title) => {
      const clean = cleanTitle(title)
      expect(clean).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Cs}\p{Zl}\p{Zp}]|^ | $| {2}/u)
      expect(clean).toBe(clean.normalize('NFC'))
      expect(cleanTitle(clean)).toBe(clean)
    }),
  )
})

test('law: any title and URL come back out of every share link', () => {
  fc.assert(
    fc.property(anyTitle, anyUrl, fc.constantFrom(...composed), (title, url, network) => {
      expectTold(network, { title, url }, cleanTitle(title))
    }),
    { numRuns: examples(1000) },
  )
})

test('law: the copied link is the URL itself', () => {
  fc.assert(fc.property(anyTitle, anyUrl, (title, url) => hrefOf('copy', { title, url }) === url))
})

test('a broken URL throws from no network', () => {
  const ids = networks.map(({ id }) => id)
  expect(shareLinks({ title: 'a', url: 'https://journal.example/\ud83d' }, 'en', ids)).toHaveLength(
    offered.length,
  )
  const lone = { title: '\ud83d', text: '\ud83d', url: '\udc00' }
  expect(networks.map(({ href }) => href(lone, renderParameters))).toHaveLength(networks.length)
})

const idsOf = (ids?: readonly string[]) => shareLinks(sample, 'fr-CA', ids).map(({ id }) => id)
const choices: [rule: string, ids: string[] | undefined, expected: readonly string[]][] = [
  ['without ids, those of tier A in table order', undefined, defaultNetworks],
  ['the order of the ids holds', ['email', 'x', 'bluesky'], ['email', 'x', 'bluesky']],
  ['an unknown id is ignored', ['pocket', 'x', '', '__proto__'], ['x']],
  ['a repeated id is one link', ['x', 'email', 'x'], ['x', 'email']],
  ['no ids, no links', [], []],
]
test.for(choices)('shareLinks: %s', ([, ids, expected]) => {
  expect(idsOf(ids)).toEqual(expected)
})

test('share data is the contract’s JSON', () => {
  const shared = { title: 'Le\nsommet', url: 'https://kiosque.example/articles/sommet' }
  expect(shareData(shared, 'fr-CA', ['email', 'linkedin'])).toEqual({
    url: 'https://kiosque.example/articles/sommet',
    title: 'Le sommet',
    text: 'Le sommet',
    networks: [
      {
        id: 'email',
        label: 'Envoyer par courriel',
        href: 'mailto:?subject=Le%20sommet&body=Le%20sommet%0D%0A%0D%0Ahttps%3A%2F%2Fkiosque.example%2Farticles%2Fsommet',
        kind: 'app',
        length: 105,
        limit: 2000,
        truncated: false,
      },
      {
        id: 'linkedin',
        label: 'Partager sur LinkedIn',
        href: 'https://www.linkedin.com/sharing/share-offsite/?url=https%3A%2F%2Fkiosque.example%2Farticles%2Fsommet',
        kind: 'popup',
        popup: { width: 640, height: 640 },
        truncated: false,
      },
    ],
  })
})

test('a network is left out where what it needs is not known', () => {
  const shared = { title: 'a', url: 'https://journal.example/' }
  const ids = ['pinterest', 'messenger', 'qr', 'copy']
  expect(shareLinks(shared, 'en', ids).map(({ id }) => id)).toEqual(['copy'])
  const image = 'https://journal.example/a.jpg'
  expect(shareLinks({ ...shared, image }, 'en', ids).map(({ id }) => id)).toEqual(['pinterest', 'copy'])
})

test('the editor’s own share text replaces the title, and a quoted passage precedes the text', () => {
  const shared = { ...sample, text: 'Lisez\nceci', quote: 'un  passage' }
  const data = shareData(shared, 'en', ['telegram', 'reddit'])
  expect(data.text).toBe('“un passage” — Lisez ceci')
  expect(data.url).toBe(`${sample.url}:~:text=un%20passage`)
  expect(data.networks.map(({ href }) => decode(href))).toEqual([
    { url: data.url, text: data.text },
    { url: data.url, title: sample.title },
  ])
})

const counted: [what: string, id: string, quote: string | undefined, url: string][] = [
  [
    'a network gets its own short link',
    'telegram',
    undefined,
    'https://kiosque.example/s/4mTBRMsJx9k.telegram#haut',
  ],
  [
    'with the passage that is quoted',
    'telegram',
    'un mot',
    'https://kiosque.example/s/4mTBRMsJx9k.telegram#haut:~:text=un%20mot',
  ],
  ['whoever copies gets the clean address', 'copy', undefined, sample.url],
]
test.for(counted)('on a site that shares short links: %s', ([, id, quote, url]) => {
  const shared = {
    ...sample,
    short: 'https://kiosque.example/s/4mTBRMsJx9k',
    ...(quote !== undefined && { quote }),
  }
  const data = shareData(shared, 'en', [id])
  expect(
    data.networks.map(({ href }) => (id === 'copy' ? href : new URL(href).searchParams.get('url'))),
  ).toEqual([url])
  expect(data.url).toBe(quote === undefined ? sample.url : `${sample.url}:~:text=un%20mot`)
})
