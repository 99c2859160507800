import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hash32 } from '../../src/domain/hash.ts'

test('law: the hash of a text is a whole number below 2³², and depends on the text and the seed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(), (text, seed) => {
      const hash = hash32(text, seed)
      expect(Number.isInteger(hash) && hash >= 0 && hash < 2 ** 32).toBe(true)
      expect(hash32(text, seed)).toBe(hash)
      expect(hash32(`${text}a`, seed)).not.toBe(hash)
    }),
  )
})

test('few of many similar texts share a counter of the rate limit', () => {
  for (const seed of [0, 1, 2 ** 31, 2 ** 32 - 1]) {
    const texts = Array.from({ length: 10_000 }, (_, at) => `192.0.2.${at % 256} /tags/t${at}/feed.rss `)
    const counters = new Set(texts.map((text) => hash32(text, seed) % 262_144))
    expect(counters.size, `seed ${seed}`).toBeGreaterThan(9700)
  }
})
