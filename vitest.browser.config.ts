import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    hookTimeout: 60_000,
    testTimeout: 30_000,
  },
})
