import * as fc from 'fast-check'
import { getQueryParam } from 'hono/utils/url'
import { expect, test } from 'vitest'
import { knownQuery } from '../../src/routes/query.ts'
import { examples } from '../laws.ts'
import { codeIn, textOf } from '../source.ts'

const piece = fc.constantFrom(
  ...[
    '&',
    '&',
    '=',
    '=',
    '?',
    'tag',
    'text',
    'te%78t',
    '%74ag',
    'TAG',
    'a',
    '%zz',
    '%',
    '%E6',
    '%E6%BC%A2',
    '+',
    '%26',
    '%3D',
    '漢',
  ],
)

test('law: a parameter has the value that Hono finds in the whole query', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.constantFrom('', '#a?tag=b'), (pieces, rest) => {
      const url = `https://kiosque.example/feed.rss?${pieces.join('')}${rest}`
      for (const name of ['tag', 'text']) {
        expect(getQueryParam(knownQuery(url) || 'https://a.invalid/', name), name).toBe(
          getQueryParam(url, name),
        )
      }
    }),
    { numRuns: examples(2000) },
  )
})

test('a query of other parameters is left out, whatever its length', () => {
  expect(knownQuery(`https://a.example/?tag=a&${'tag=b&x=%zz&'.repeat(5000)}`)).toBe(
    'https://a.invalid/?tag=a',
  )
})

test('every parameter that a public route asks for is known, and no route parses the query itself', () => {
  const files = codeIn('src/routes').filter((file) => !/\/api\/|query\.ts$/.test(file))
  expect(files.length).toBeGreaterThan(10)
  expect(files.filter((file) => /\breq\.quer(?:y|ies)\(/.test(textOf(file)))).toEqual([])
  const asked = files.flatMap((file) =>
    [...textOf(file).matchAll(/queryParameter\(exchange, '(\w+)'\)/g)].map(([, name]) => name as string),
  )
  const all = [
    ...asked,
    'section',
    'tag',
    'author',
    'before',
    'after',
    'from',
    'url',
    'lang',
    'networks',
    'text',
    'quote',
  ]
  expect(all.length).toBeGreaterThan(14)
  expect(all.filter((name) => knownQuery(`https://a.example/?${name}=1`) === '')).toEqual([])
})
