import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mapConcurrently } from '../../src/hub/deliver.ts'

test('law: no more is done at once than allowed, and the results keep their order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 5 })),
      fc.integer({ min: 1, max: 6 }),
      async (items, concurrency) => {
        let now = 0
        let peak = 0
        const done = await mapConcurrently(items, concurrency, async (item) => {
          peak = Math.max(peak, ++now)
          for (let turn = 0; turn < item; turn++) await Promise.resolve()
          now--
          return item * 2
        })
        expect(done).toEqual(items.map((item) => item * 2))
        expect(peak).toBeLessThanOrEqual(concurrency)
        if (items.every((item) => item > 0)) expect(peak).toBe(Math.min(concurrency, items.length))
      },
    ),
  )
})
