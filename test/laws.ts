import fc from 'fast-check'
import { inject } from 'vitest'

/** Every run of the gate tries the laws on the same examples; `SEED=7 npm test` looks for others. */
fc.configureGlobal({ seed: inject('seed') })
