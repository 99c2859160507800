import fc from 'fast-check'
import { inject } from 'vitest'

/**
 * The number of examples that a property test tries: `count`, or the number in `npm run laws -- 500` if that
 * number is greater.
 */
export const examples = (count: number): number => Math.max(count, inject('runs'))

/**
 * By default every run tries the property tests on the same examples; `SEED=7 npm test` tries other examples. A
 * failed property test prints its seed.
 */
fc.configureGlobal({ seed: inject('seed'), numRuns: examples(100) })
