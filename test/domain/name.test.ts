import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldName, isKeyOf, isVisible, keyAt, wantedKey } from '../../src/domain/name.ts'
import { slugOf } from '../../src/domain/slug.ts'

const spellings: [what: string, one: string, other: string, same: boolean][] = [
  ['letter case', 'MONDE', 'Monde', true],
  ['letter case with an accent', 'ÉTÉ', 'été', true],
  ['the Turkish capital i', 'İstanbul', 'istanbul', true],
  ['composed and decomposed letters', 'Été', 'E\u0301te\u0301', true],
  ['letters in full width', 'Ｃ＋＋', 'C++', true],
  ['a ligature of typesetting', 'ﬁnance', 'finance', true],
  ['apostrophes', 'L’Europe', "L'Europe", true],
  ['quotation marks', '« Gilets »', '"Gilets"', true],
  ['a sharp as music writes it', 'C♯', 'C#', true],
  ['an ellipsis', 'Et…', 'Et...', true],
  ['a hyphen for white space', 'Grand Est', 'Grand-Est', true],
  ['a dash with white space', 'Paris – Dakar', 'Paris-Dakar', true],
  ['a no-break space', 'New\u00a0York', 'New York', true],
  ['white space before a colon', 'Le monde : hier', 'Le monde: hier', true],
  ['white space beside an ampersand', 'R & B', 'R&B', true],
  ['an accent', 'Pêche', 'Péché', false],
  ['no accent', 'Elections', 'Élections', false],
  ['two letters for one', 'Coeur', 'Cœur', false],
  ['two letters for a sharp s', 'Masse', 'Maße', false],
  ['a letter without its dot', 'sınır', 'sinir', false],
  ['plus signs', 'C', 'C++', false],
  ['another sign', 'C++', 'C#', false],
  ['one sign less', 'C+', 'C++', false],
  ['a sign for white space', 'R&B', 'R B', false],
  ['a dot', '.NET', 'Net', false],
  ['a hyphen at the end', 'A-', 'A', false],
  ['no white space', 'Net Works', 'Networks', false],
  ['the number of stars', '★★', '★★★', false],
  ['another emoji', '🎉', '🎈', false],
]

test.for(spellings)('the same name or not: %s', ([, one, other, same]) => {
  expect(foldName(one) === foldName(other)).toBe(same)
})

const keys: [name: string, key: string][] = [
  ['C', 'c'],
  ['C++', 'c-plus-plus'],
  ['C#', 'c-sharp'],
  ['F♯', 'f-sharp'],
  ['Canal+', 'canal-plus'],
  ['A+ et A-', 'a-plus-et-a'],
  ['60+', '60-plus'],
  ['C ++', 'c'],
  ['#MeToo', 'metoo'],
  ['+1', '1'],
  ['R&B', 'r-b'],
  ['Arts & Culture', 'arts-culture'],
  ['.NET', 'net'],
  ['L’Œuvre d’Été', 'l-oeuvre-d-ete'],
  ['Péché', 'peche'],
  ['서울', '서울'],
  ['Сергей', 'сергеи'],
  ['★', 'u2605'],
  ['★★★', 'u2605-u2605-u2605'],
  ['🎉', 'u1f389'],
  ['❤️', 'u2764'],
  ['👨‍👩‍👧', 'u1f468-u1f469-u1f467'],
  ['\u0301', 'u0301'],
  ['!?', 'u0021-u003f'],
  ['★'.repeat(200), Array(13).fill('u2605').join('-')],
]

test.for(keys)('the key that %s wants is %s', ([name, key]) => {
  expect(wantedKey(name)).toBe(key)
})

test('a key with a number has at most 80 characters, and ends at a word', () => {
  const long = wantedKey('mot '.repeat(40))
  expect([keyAt('c', 1), keyAt('c', 2), keyAt('c', 12)]).toEqual(['c', 'c-2', 'c-12'])
  expect([long.length, keyAt(long, 2)]).toEqual([79, `${'mot-'.repeat(19)}2`])
})

test('a name can have the key that it wants, the key of a former version, and both with a number', () => {
  const taken = ['c', 'c-plus-plus', 'c-2', 'c-plus-plus-2', 'c-plus-plus-999999']
  expect(taken.filter((key) => isKeyOf('C++', key))).toEqual(taken)
  const refused = [
    '',
    '-',
    'd',
    'c-1',
    'c-plus',
    'c-02',
    'c-plus-plus-1',
    'c-plus-plus-1000000',
    'c-plus-plus-2-3',
  ]
  expect(refused.filter((key) => isKeyOf('C++', key))).toEqual([])
  expect([isKeyOf('Top 10', 'top-10'), isKeyOf('Top', 'top-10'), isKeyOf('★', '')]).toEqual([
    true,
    true,
    false,
  ])
})

describe('of any names', () => {
  /** Texts with letters of several scripts, marks, digits, signs, white space and invisible characters. */
  const names = fc
    .array(
      fc.oneof(
        fc.constantFrom(...'aAbcCéÉ1+#&@.-–’\'"«»…  ★🎉İıßœς'),
        fc.constantFrom(
          '\u0301',
          '\ufe0f',
          '\u200d',
          '\u200b',
          '\u00ad',
          'ﬁ',
          '½',
          '한',
          'م',
          'x\u0307',
          'I\u0307',
        ),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }),
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map((parts) => parts.join('').toWellFormed())
    // The lower case of Σ depends on its neighbours, and a soft hyphen is a neighbour only before it is folded.
    .filter((name) => isVisible(name) && !name.normalize('NFKC').includes('Σ'))

  test('a folded form is its own folded form, and wants the same key as every spelling', () => {
    fc.assert(
      fc.property(names, (name) => {
        const folded = foldName(name)
        expect([foldName(folded), slugOf(folded), wantedKey(folded)], JSON.stringify(name)).toEqual([
          folded,
          slugOf(name),
          wantedKey(name),
        ])
      }),
    )
  })

  test('every key is a part of an address, is not empty, and is accepted by a restore', () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 99_999 }), (name, number) => {
        const key = keyAt(wantedKey(name), number)
        expect([key, slugOf(key), isKeyOf(name, key)], JSON.stringify(name)).toEqual([key, key, true])
        expect(key, JSON.stringify(name)).toMatch(/^[\p{L}\p{M}\p{N}-]{1,80}$/u)
      }),
    )
  })
})

test('a name of many plus signs costs little time', () => {
  const start = performance.now()
  expect(wantedKey(`a${'+'.repeat(200_000)}`)).toMatch(/^a(?:-plus)+$/)
  expect(performance.now() - start).toBeLessThan(1000)
})
