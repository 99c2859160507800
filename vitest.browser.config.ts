import './src/cli/needed-node.js'
import { defineConfig } from 'vitest/config'

/** How long a test waits for one thing on a busy machine; what takes longer does not come. */
const timeoutMilliseconds = 30_000

export default defineConfig({
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    provide: { timeoutMilliseconds },
    expect: { poll: { timeout: timeoutMilliseconds } },
    // Longer than one wait, so that the wait says what did not come.
    testTimeout: 2 * timeoutMilliseconds,
    hookTimeout: 4 * timeoutMilliseconds,
  },
})

declare module 'vitest' {
  export interface ProvidedContext {
    timeoutMilliseconds: number
  }
}
