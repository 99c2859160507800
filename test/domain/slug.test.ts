import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slugOf } from '../../src/domain/slug.ts'
import { examples } from '../laws.ts'

const rows: [name: string, slug: string][] = [
  ['L’Œuvre d’Été', 'l-oeuvre-d-ete'],
  ["L'Œuvre d'Été : cœur & « façade » n° 5 à l’île", 'l-oeuvre-d-ete-coeur-facade-n-5-a-l-ile'],
  ['Ægir & Straße', 'aegir-strasse'],
  ['  --Monde--  ', 'monde'],
  ['R&D <web>', 'r-d-web'],
  ['東京', '東京'],
  ['Київ', 'киів'],
  ['한국', '한국'],
  ['…!?', ''],
  ['👩‍👩‍👧', ''],
  ['a\u0000b', 'a-b'],
]

test.for(rows)('the key of %s is %s', ([name, slug]) => {
  expect(slugOf(name)).toBe(slug)
})

test('a long name is cut at a word', () => {
  expect(slugOf('mot '.repeat(40), 20)).toBe('mot-mot-mot-mot-mot')
  expect(slugOf('m'.repeat(99), 20)).toBe('m'.repeat(20))
})

test('law: a key is its own key, and is safe in an address', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
      const slug = slugOf(name)
      return slugOf(slug) === slug && slug.length <= 80 && /^[^/?#%\s\\]*$/.test(slug) && slug.isWellFormed()
    }),
    { numRuns: examples(500) },
  )
})
