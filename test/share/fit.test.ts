import * as fc from 'fast-check'
import twitter from 'twitter-text'
import { describe, expect, test } from 'vitest'
import { fitText } from '../../src/share/fit.ts'
import { byGraphemesAndBytes, byServer, byThreads } from '../../src/share/limits.ts'
import { shareLinks } from '../../src/share/links.ts'
import type { Limit, Measure } from '../../src/share/network.ts'
import { openSegmentation } from '../../src/share/segmentation.ts'

const count: Measure = (...parts) => parts.join('').length
const rows: [what: string, text: string, most: number, fitted: string][] = [
  ['what fits stays', 'un deux', 7, 'un deux'],
  ['a cut is at a word', 'un deux trois', 10, 'un deux…'],
  ['the ellipsis is counted', 'un deux trois', 7, 'un…'],
  ['a no-break space holds', 'le prix de 100\u00a0%', 15, 'le prix de…'],
  ['what leads on is left out', 'oui, « non »', 7, 'oui…'],
  ['an ellipsis is not doubled', 'Il attend… encore et encore', 14, 'Il attend…'],
  ['one long word is cut between graphemes', '👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 24, '👨‍👩‍👧‍👦👨‍👩‍👧‍👦…'],
  ['a space at the beginning is no end of a word', ' abcdef', 4, ' ab…'],
  ['nothing where nothing fits', 'un deux', 0, ''],
]
test.for(rows)('fitText: %s', ([, text, most, fitted]) => {
  expect(fitText(text, most, count, openSegmentation())).toEqual({
    text: fitted,
    length: fitted.length,
    truncated: fitted !== text,
  })
})

const measures: [what: string, limit: Limit, text: string, measure: number][] = [
  ['Bluesky: graphemes, the address and a line break', byGraphemesAndBytes, 'été', 3 + 1 + 18],
  [
    'Bluesky: a tenth of the bytes where that is more',
    byGraphemesAndBytes,
    '👨‍👩‍👧‍👦'.repeat(20),
    (20 * 25 + 1 + 18 + 1) / 10,
  ],
  ['Threads: graphemes, the address and a line break', byThreads, 'été', 3 + 1 + 18],
  ['Threads: an emoji by its bytes', byThreads, '👍 a', 4 + 2 + 1 + 18],
  ['Mastodon: graphemes, a space and a link', byServer, '👍 été', 5 + 1 + 23],
  ['Mastodon: a link alone', byServer, '', 23],
]
test.for(measures)('%s', ([, { openMeasure }, text, expected]) => {
  const measure = openMeasure({ title: '', url: 'https://a.example/' }, openSegmentation())
  expect(measure(text, '', '')).toBe(expected)
})

const url = 'https://journal.example/œuvre/été?a=1#haut'
const linkOf = (id: string, title: string, quote?: string) => {
  const [link] = shareLinks({ title, url, ...(quote !== undefined && { quote }) }, 'fr-CA', [id])
  if (!link) throw new Error(`no link for ${id}`)
  return link
}
const parametersOf = (href: string): URLSearchParams =>
  new URLSearchParams(href.slice(href.search(/[?#]/) + 1).replaceAll('+', '%2B'))
const textIn = (id: string, title: string, quote?: string): string => {
  const parameters = parametersOf(linkOf(id, title, quote).href)
  return ['text', 'title', 't', 'body', 'description'].map((name) => parameters.get(name)).find(Boolean) ?? ''
}

/** Random titles, some of which are far longer than the limit of any network. */
const anyTitle = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom(
        'été',
        '…',
        'exemple.ca',
        '👨‍👩‍👧‍👦',
        '你好',
        '«',
        '»',
        '100\u00a0%',
        'a'.repeat(60),
        'é'.repeat(300),
      ),
    ),
    { maxLength: 120 },
  )
  .map((words) => words.join(' '))

const graphemes = (text: string): number => [...new Intl.Segmenter('fr').segment(text)].length
const bytes = (text: string): number => new TextEncoder().encode(text).length

describe('law: whatever the title, a text fits its network by that network’s own count', () => {
  const laws: [id: string, fits: (text: string) => void][] = [
    [
      'x',
      (text) => {
        const { weightedLength } = twitter.parseTweet(`${text} https://journal.ca/a`)
        expect(weightedLength).toBeLessThanOrEqual(280)
      },
    ],
    [
      'bluesky',
      (text) => {
        expect(graphemes(text)).toBeLessThanOrEqual(300)
        expect(bytes(text)).toBeLessThanOrEqual(3000)
        expect(text.endsWith(url)).toBe(true)
      },
    ],
    ['threads', (text) => expect(graphemes(text)).toBeLessThanOrEqual(500)],
    [
      'mastodon',
      (text) => {
        expect(graphemes(text.replace(url, 'x'.repeat(23)))).toBeLessThanOrEqual(500)
        expect(text.endsWith(url)).toBe(true)
      },
    ],
    ['reddit', (text) => expect(text.length).toBeLessThanOrEqual(300)],
    ['hackernews', (text) => expect(text.length).toBeLessThanOrEqual(80)],
    ['viber', (text) => expect(text.length).toBeLessThanOrEqual(200)],
    ['email', (text) => expect(text.endsWith(url)).toBe(true)],
  ]
  test.for(laws)('%s', ([id, fits]) => {
    fc.assert(
      fc.property(anyTitle, (title) => {
        fits(textIn(id, title))
        const { length = 0, limit = 0, truncated } = linkOf(id, title)
        expect(length).toBeLessThanOrEqual(limit)
        expect(textIn(id, title).includes('…') || !truncated).toBe(true)
      }),
    )
  })

  test('email: the whole link', () => {
    fc.assert(fc.property(anyTitle, (title) => linkOf('email', title).href.length <= 2000))
  })
})

const quotes: [what: string, id: string, title: string, quote: string, text: string][] = [
  ['stands before the title', 'telegram', 'Le titre', 'Un passage.', '«\u00a0Un passage.\u00a0» — Le titre'],
  [
    'is cut inside its marks',
    'x',
    'Le titre',
    `${'mot '.repeat(80)}fin`,
    `«\u00a0${'mot '.repeat(59)}mot…\u00a0» — Le titre`,
  ],
  ['is left out of a title', 'reddit', 'Le titre', 'Un passage.', 'Le titre'],
]
test.for(quotes)('a passage %s', ([, id, title, quote, text]) => {
  expect(textIn(id, title, quote)).toBe(text)
})

test('a passage is left out where the title leaves no room, and that is said', () => {
  const title = 'mot '.repeat(69).trim()
  expect(textIn('viber', title, 'Un passage.')).not.toContain('«')
  expect(linkOf('viber', title, 'Un passage.').truncated).toBe(true)
})
