import fc from 'fast-check'
import { expect, test } from 'vitest'
import { legalText, lineOf, nameLineOf } from '../../src/domain/text.ts'

const rows: [what: string, text: string, legal: string][] = [
  ['ordinary text stays', 'Été « 100 % » 👩‍👩‍👧 日本 \u{10fffd}', 'Été « 100 % » 👩‍👩‍👧 日本 \u{10fffd}'],
  ['tabs and line ends stay', 'a\tb\nc\r\nd\re', 'a\tb\nc\r\nd\re'],
  ['no-break spaces and bidi marks stay', '«\u00a0a\u202f»\u200f\u202e', '«\u00a0a\u202f»\u200f\u202e'],
  ['C0 controls go', 'a\u0000\u0008\u000b\u000c\u000e\u001fb', 'ab'],
  ['the delete control goes', 'a\u007fb', 'ab'],
  ['C1 controls go, U+0085 too', 'a\u0080\u0085\u0092\u009fb', 'ab'],
  ['lone surrogates go, pairs stay', '\udc00a\ud83db\u{1f600}\ud83d', 'ab\u{1f600}'],
  ['noncharacters go', 'a\ufdd0\ufdef\ufffe\uffff\u{1fffe}\u{10ffff}b', 'ab'],
  ['a replacement character stays', 'a\ufffdb', 'a\ufffdb'],
]

test.for(rows)('legalText: %s', ([, text, legal]) => expect(legalText(text)).toBe(legal))

test('legalText removes exactly the characters that XML 1.0 §2.2 forbids or discourages', () => {
  const isLegal = (character: string): boolean =>
    /[\t\n\r]/.test(character) || !/[\p{Control}\p{Surrogate}\p{Noncharacter_Code_Point}]/u.test(character)
  for (let block = 0; block < 0x110000; block += 0x1000) {
    const characters = Array.from({ length: 0x1000 }, (_, at) => String.fromCodePoint(block + at))
    const expected = characters.map((one) => (isLegal(one) ? one : '')).join(' ')
    expect(legalText(characters.join(' ')) === expected, `block ${block.toString(16)}`).toBe(true)
  }
})

test('law: legal text stays legal, and has no character that the text lacked', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const legal = legalText(text)
      expect(legalText(legal)).toBe(legal)
      expect(legal.isWellFormed()).toBe(true)
      expect([...legal].filter((character) => !text.includes(character))).toEqual([])
    }),
  )
})

test('lineOf: controls go, white space becomes one space', () => {
  expect(lineOf(' a\u0085\u0000b \t\r\n c\u007f ')).toBe('ab c')
})

const names: [what: string, name: string, line: string][] = [
  ['overrides and embeddings go', 'La rédaction\u202e evil \u202aa\u202c', 'La rédaction evil a'],
  ['isolates and marks of direction go', '\u2067Kim\u2069\u200e\u200f\u061c', 'Kim'],
  ['signs that nobody sees go', '\ufeffK\u200bi\u2060m\u206a\ufff9', 'Kim'],
  ['line ends and other controls are no part of it', ' Kim\u2028\u2029\r\nBcc:\u0007 a ', 'Kim Bcc: a'],
  ['joiners stay', 'نیما می\u200cخواهد 👩\u200d🚀', 'نیما می\u200cخواهد 👩\u200d🚀'],
]
test.for(names)('nameLineOf: %s', ([, name, line]) => expect(nameLineOf(name)).toBe(line))
