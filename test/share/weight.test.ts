import * as fc from 'fast-check'
import twitter from 'twitter-text'
import { expect, test } from 'vitest'
import { weightOf } from '../../src/share/weight.ts'
import { examples } from '../laws.ts'

/** The length of a text that X's own library `twitter-text` computes. */
const official = (text: string): number => twitter.parseTweet(text).weightedLength

const rows: [what: string, text: string, weight: number][] = [
  ['nothing', '', 0],
  ['French letters and quotes', 'é œ « » ’ –', 11],
  ['a no-break space', 'a\u00a0b', 3],
  ['a narrow no-break space', 'a\u202fb', 4],
  ['an ellipsis', '…', 2],
  ['a euro sign', '5 €', 4],
  ['Chinese', '你好', 4],
  ['a family', '👨‍👩‍👧‍👦', 2],
  ['a flag', '🇨🇦', 2],
  ['a key cap', '1️⃣', 2],
  ['a skin tone', '🙋🏽', 2],
  ['an address', 'Voir https://exemple.ca/été?a=1&b=2#haut ici', 32],
  ['a long address', `https://exemple.ca/${'a'.repeat(200)}`, 23],
  ['an address that nobody can have', `https://exemple.inexistant/${'a'.repeat(60)}`, 87],
  ['a number instead of a name', `https://192.168.1.1/${'a'.repeat(60)}`, 80],
  ['a typographic apostrophe, which ends a link', `https://exemple.ca/l’${'a'.repeat(60)}`, 84],
  ['a dash, which ends a link', `exemple.ca/l—${'a'.repeat(60)}`, 84],
  ['Japanese, which ends a link', 'https://exemple.ca/記事', 27],
  ['marks behind a link', '(https://exemple.ca/a,b).', 26],
  ['a bare domain', 'exemple.ca', 23],
  ['a bare domain with a path', 'Lire exemple.ca/x', 28],
  ['a bare domain in brackets', '(exemple.com)', 25],
  ['an accent in two characters', 'e\u0301', 1],
  ['a sign beside a place that is kept for an emoji to come', '\u{1fc7e}\u0eb8', 3],
  ['a key cap on what is no key', '\u{ac776}\u20e3', 4],
  ['a key cap without its selector', '1\u20e3', 2],
  ['Hangul letters', '\u1100', 2],
]
test.for(rows)('%s weighs as X says', ([, text, weight]) => {
  expect(official(text)).toBe(weight)
  expect(weightOf(text)).toBe(weight)
})

test('each character before the Chinese ones weighs what X says, at the edges of the ranges too', () => {
  const all = Array.from({ length: 0x3400 }, (_, code) => String.fromCodePoint(code))
  const wrong = all.filter((character) => weightOf(character) !== official(character))
  expect(wrong.map((character) => `U+${character.codePointAt(0)?.toString(16)}`)).toEqual([])
})

const plain = fc.string({ unit: 'binary' }).map((text) => text.replace(/[.。．｡]|\p{Emoji}/gu, '').trim())

test('law: plain text of any script weighs what X says', () => {
  fc.assert(
    fc.property(plain, (text) => {
      expect(weightOf(text)).toBe(official(text))
    }),
    { numRuns: examples(2000) },
  )
})

const word = fc.constantFrom(
  ...[
    'été',
    'l’article',
    'exemple.ca',
    'a.b',
    'M.Roy',
    '100',
    '%',
    '…',
    '你好',
    '👩‍🚀',
    '«',
    '»',
    'p.m.',
    '3.14',
  ],
  ...['https://exemple.ca/a', 'journal.example/x', 'un@exemple.ca', '#tag', '@nom', 'xn--t-cma.com', 'fin.'],
)

const piece = fc.oneof(
  fc.constantFrom(
    ' https://',
    'exemple.ca',
    'a.com',
    '/',
    '?',
    '#',
    '=',
    '&',
    '’',
    '—',
    '…',
    '«',
    '(',
    ')',
    '.',
    ',',
  ),
  fc.constantFrom(
    ' ',
    '\u00a0',
    'é',
    '日本',
    '👩‍🚀',
    '|',
    '<',
    '"',
    '@nom',
    ':80',
    '.inexistant',
    '-',
    '_',
    'mot',
  ),
)

test('law: no address weighs more at X than here, whatever it stands between', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('')
      expect(weightOf(text)).toBeGreaterThanOrEqual(official(text))
    }),
    { numRuns: examples(3000) },
  )
})

test('law: no text weighs more at X than here', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 20 }), (words) => {
      const text = words.join(' ')
      expect(weightOf(text)).toBeGreaterThanOrEqual(official(text))
    }),
    { numRuns: examples(2000) },
  )
})
