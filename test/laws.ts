import fc from 'fast-check'
import { inject } from 'vitest'

/** How many examples a law tries: as many as it wants, or as `npm run laws -- 500` asks for where that is more. */
export const examples = (count: number): number => Math.max(count, inject('runs'))

/** Every run of the gate tries the laws on the same examples; `SEED=7 npm test` tries others. A failure prints its seed. */
fc.configureGlobal({ seed: inject('seed'), numRuns: examples(100) })
