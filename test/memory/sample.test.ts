import { expect, test } from 'vitest'
import { createSample } from '../../src/memory/sample.ts'

test.for([0, 0.5, 0.999])(
  'one of ten calls is sampled, whatever the first is (random number %s)',
  (random) => {
    const isSampled = createSample(10, () => random)
    const sampled = Array.from({ length: 100 }, () => isSampled())
    expect(sampled.filter(Boolean)).toHaveLength(10)
    const first = sampled.indexOf(true)
    expect(sampled.filter((one, at) => one !== (at % 10 === first))).toEqual([])
  },
)

test('the first sampled call is each of the ten equally often', () => {
  const firsts = Array.from({ length: 10 }, (_, at) => {
    const isSampled = createSample(10, () => at / 10)
    return Array.from({ length: 10 }, () => isSampled()).indexOf(true)
  })
  expect(firsts.toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})
