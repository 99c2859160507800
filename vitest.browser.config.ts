import './src/cli/needed-node.js'
import { defineConfig } from 'vitest/config'

/** How long a browser test waits for one event on a busy machine before the test fails. */
const timeoutMilliseconds = 30_000

export default defineConfig({
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    provide: { timeoutMilliseconds },
    expect: { poll: { timeout: timeoutMilliseconds } },
    // A poll ends before the test's timeout, so that the error names the value that did not appear.
    testTimeout: 2 * timeoutMilliseconds,
    hookTimeout: 4 * timeoutMilliseconds,
  },
})

declare module 'vitest' {
  export interface ProvidedContext {
    timeoutMilliseconds: number
  }
}
