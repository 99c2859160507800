import { defineConfig } from 'vitest/config'

/** No test is a timed one: a busy machine may take this long for what a test waits for, in milliseconds. */
const timeoutMilliseconds = 60_000

export default defineConfig({
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    provide: { timeoutMilliseconds },
    expect: { poll: { timeout: timeoutMilliseconds } },
    // Longer than one wait, so that the wait says what did not come.
    testTimeout: 2 * timeoutMilliseconds,
    hookTimeout: 5 * timeoutMilliseconds,
  },
})

declare module 'vitest' {
  export interface ProvidedContext {
    timeoutMilliseconds: number
  }
}
