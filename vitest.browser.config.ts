import { defineConfig } from 'vitest/config'

/** No test is a timed one: a busy machine may take this long for what a test waits for, in milliseconds. */
const patience = 60_000

export default defineConfig({
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    provide: { patience },
    expect: { poll: { timeout: patience } },
    // Longer than one wait, so that the wait says what did not come.
    testTimeout: 2 * patience,
    hookTimeout: 5 * patience,
  },
})

declare module 'vitest' {
  export interface ProvidedContext {
    patience: number
  }
}
