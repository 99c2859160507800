import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { languages, wordsIn } from '../../src/domain/language.ts'
import { isOfSingles } from '../../src/share/graphemes.ts'
import { cleanShared, shareLinks } from '../../src/share/links.ts'
import { fitFor } from '../../src/share/message.ts'
import { networkOf, networks } from '../../src/share/networks.ts'
import { openSegmentation } from '../../src/share/segmentation.ts'
import { weightOf } from '../../src/share/weight.ts'
import { examples } from '../laws.ts'
import { plainFit, plainLimits, plainWeightOf } from './plain-fit.ts'

/** Pieces of text at whose borders graphemes and web addresses begin, end or join in unusual ways. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      'a',
      'é',
      '漢',
      ' ',
      ' ',
      '.',
      '.',
      '/',
      'http',
      's',
      '://',
      'https://',
      'HTTPS://a.ca/x',
      'a.b',
      'exemple.ca',
    ],
    ...[
      '@',
      '-',
      '_',
      '#',
      '?',
      '=',
      '&',
      ',',
      '…',
      '«',
      '»',
      '“',
      '"',
      "'",
      '~',
      ':80',
      '!',
      '$',
      '{}',
      '$&',
      '1',
    ],
    ...[
      '\u00a0',
      '\u0301',
      '\u0327',
      '\u200d',
      '\ufe0f',
      '\u20e3',
      '\u0345',
      '\u017f',
      '\u212a',
      '\u0600',
      '\u{110bd}',
    ],
    ...[
      '👨‍👩‍👧‍👦',
      '🇨🇦',
      '🇨',
      '😀',
      '☺',
      'ℹ',
      '™',
      '👍🏽',
      'क',
      '्',
      '\u1100',
      '\u1161',
      '\u{20000}',
      '\ud800',
      '\udc00',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
)

/** Random texts, of which many repeat a piece as often as the limits of a request allow. */
const anyText = fc
  .tuple(fc.array(piece, { maxLength: 14 }), fc.nat(60), fc.array(piece, { maxLength: 40 }))
  .map(([unit, times, others]) => (unit.join('').repeat(times) + others.join('')).slice(0, 990))

describe('law: each text has the length that the plain computation gives', () => {
  test('weight', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(weightOf(text)).toBe(plainWeightOf(text))
      }),
      { numRuns: examples(200) },
    )
  })

  test.for(Object.entries(plainLimits))('%s', ([id, { max, measure }]) => {
    const network = networkOf(id)
    if (!network) throw new Error(`no network ${id}`)
    const url = fc.constantFrom('https://kiosque.example/a', 'https://é.example/été#haut')
    fc.assert(
      fc.property(
        anyText,
        anyText,
        url,
        fc.constantFrom('fr', 'en', 'de'),
        (title, quote, address, language) => {
          const shared = cleanShared({ title, url: address, quote })
          const around = (text: string): string =>
            [wordsIn(language).quote.replace('{}', () => text), shared.title].filter(Boolean).join(' — ')
          const quoted = shared.quote && plainFit(shared.quote, max, (text) => measure(around(text), shared))
          const expected =
            quoted && quoted.text !== '' && quoted.length <= max
              ? { ...quoted, text: around(quoted.text) }
              : plainFit(shared.title, max, (text) => measure(text, shared))
          const found = fitFor(network, shared, language, openSegmentation())
          expect({ ...found, truncated: found.truncated && !shared.quote }).toEqual({
            ...expected,
            truncated: expected.truncated && !shared.quote,
          })
        },
      ),
      { numRuns: examples(40) },
    )
  })
})

test.for([
  '漢',
  'a',
  '.',
  '😀',
  '👨‍👩‍👧‍👦',
  'a.b ',
  'a.b☺\ufe0f',
  '漢 ',
  'e\u0301\u0316',
  '\u0600 ',
  "a.ca/'",
  'a.漢',
  'a.क् ',
])('the share links of a text of %j read each part of it only a few times', (unit) => {
  const text = unit.repeat(Math.floor(990 / unit.length))
  const segment = vi.spyOn(Intl.Segmenter.prototype, 'segment')
  const characters = vi.spyOn(String.prototype, 'codePointAt')
  const encode = vi.spyOn(globalThis, 'encodeURIComponent')
  const shared = { title: 'Un titre', url: 'https://kiosque.example/a', text, quote: text }
  shareLinks(
    shared,
    'fr',
    networks.map(({ id }) => id),
  )
  const segmented = segment.mock.calls.reduce((sum, [part]) => sum + (part?.length ?? 0), 0)
  expect(segmented).toBeLessThan(5 * text.length)
  // Of a text of single characters, only the ends of the passage are segmented, but all characters are read.
  if (isOfSingles(text)) expect(segmented).toBeLessThanOrEqual(200)
  expect(characters.mock.calls.length / text.length).toBeLessThan(60)
  expect(encode.mock.calls.length).toBeLessThan(networks.length)
})

test.for(Object.keys(languages))(
  'what closes a quotation in the language %s ends an address and a grapheme',
  (tag) => {
    const [before = '', after = ''] = wordsIn(tag).quote.split('{}')
    expect(`${before}{}${after}`).toBe(wordsIn(tag).quote)
    expect(after).toMatch(/^[\u00a0»”“]/)
  },
)
