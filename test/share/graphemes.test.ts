import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOf, graphemeEndsOf, graphemesOf, isOfSingles } from '../../src/share/graphemes.ts'

const characters = Array.from({ length: 0x110000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code))
const singles = characters.filter(isOfSingles)

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
const segmented = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment)

const lone = fc.constantFrom('\ud800', '\udfff')

/** A character of each kind that the pattern for single characters accepts. */
const kinds = [...'aé漢あア\u05d0\u06271٣ 「+€☺😀©\u00a0\u3000𠀀#*']

test('law: a text of characters that are taken for single ones has one grapheme for each character', () => {
  expect(kinds.filter((kind) => !isOfSingles(kind))).toEqual([])
  // The rules of UAX #29 join a character to what stands before it by the kinds of the two neighbours, and only by
  // rules for kinds that are not single ones by more than the two.
  for (const kind of kinds) {
    const text = singles.map((single) => single + kind).join('')
    const wrong = segmented(text).filter((grapheme) => [...grapheme].length > 1)
    expect(wrong, `beside ${kind}`).toEqual([])
  }
  expect(segmented(singles.join('')).filter((grapheme) => [...grapheme].length > 1)).toEqual([])
  const text = singles.join('')
  expect(graphemesOf(text)).toEqual([...text])
})

test.for([
  ['a mark', 'e\u0301'],
  ['a variation selector', '☺\ufe0f'],
  ['a joiner', '👩\u200d🚀'],
  ['a skin tone', '👍🏽'],
  ['a flag', '🇨🇦'],
  ['Hangul letters', '\u1100\u1161'],
  ['a conjunct', 'क्ष'],
  ['a sign before its letter', '\u0600a'],
  ['a letter before its letter', '\u0d4eക'],
  ['a line break', '\r\n'],
  ['a tag', '🏴\u{e0067}\u{e007f}'],
  ['a lone surrogate', '\ud83d'],
])('a text with %s is segmented by the rules of Unicode', ([, text = '']) => {
  expect(isOfSingles(text)).toBe(false)
  expect(graphemesOf(`a${text}b`)).toEqual(['a', text, 'b'])
  expect(graphemeEndsOf(`a${text}b`)).toEqual([1, 1 + text.length, 2 + text.length])
})

test('the ends of graphemes are positions in UTF-16 units', () => {
  expect(graphemeEndsOf('a😀é𠀀')).toEqual([1, 3, 4, 6])
  expect(graphemeEndsOf('')).toEqual([])
})

test('law: the number of bytes is that of the text in UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), lone) }), (text) => {
      expect(bytesOf(text)).toBe(new TextEncoder().encode(text).length)
    }),
  )
})
