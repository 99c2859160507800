import './src/cli/needed-node.js'
import { readFileSync } from 'node:fs'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

/** `feed` names a source map that its package lacks; vitest would report that at every run. */
const withoutFeedMap = {
  name: 'without-feed-map',
  enforce: 'pre' as const,
  load: {
    filter: { id: /\/feed\/lib\/feed\.js$/ },
    handler: (id: string) => ({
      code: readFileSync(id.split('?')[0] as string, 'utf8').replace(/\/\/# sourceMappingURL=.*/, ''),
      map: null,
    }),
  },
}

const migrations = await readD1Migrations('./migrations')

/** A test fails after three times as long as the longest test takes on a busy machine (20 s). */
const timeoutMilliseconds = 60_000

/**
 * Files share their process and what it has loaded: our modules keep no state of their own, but of `src/index.ts`,
 * which keeps it by environment. What a test replaces is put back even when it fails.
 */
const shared = {
  isolate: false,
  restoreMocks: true,
  testTimeout: timeoutMilliseconds,
  // A hook may take longer than a test because some hooks start a Worker in a separate process.
  hookTimeout: 2 * timeoutMilliseconds,
  // A poll ends before the test's timeout, so that the error names the value that did not appear.
  expect: { poll: { timeout: timeoutMilliseconds / 2 } },
  setupFiles: ['test/laws.ts'],
  provide: {
    seed: Number(process.env.SEED ?? 20_240_619),
    runs: Number(process.env.RUNS ?? 0),
    steps: process.env.STEPS ?? '',
  },
}

/** What starts a Worker in a process of its own; `npm run test:long` runs it, `npm test` does not. */
const long = ['test/hub/subscriber.test.ts']

/** The tests of what readers get, which also run with every optional part on. */
const main = ['http', 'walk', 'memory', 'rows', 'validators', 'replay', 'edition'].map(
  (name) => `test/worker/${name}.test.ts`,
)

/** Tests inside the Worker's runtime; `openHouse` opens a site with the edition's settings. */
const inWorkerd = (name: string, edition: 'bare' | 'full', include: string[]) => ({
  plugins: [
    withoutFeedMap,
    cloudflareTest({
      main: './src/index.ts',
      wrangler: { configPath: './wrangler.toml' },
      miniflare: { bindings: { MIGRATIONS: migrations, SITE_URL: 'https://kiosque.example' } },
    }),
  ],
  test: {
    name,
    ...shared,
    include,
    setupFiles: [...shared.setupFiles, 'test/worker/setup.ts'],
    provide: { ...shared.provide, edition },
  },
})

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [withoutFeedMap],
        test: {
          name: 'unit',
          ...shared,
          include: ['test/**/*.test.ts'],
          exclude: ['test/{browser,worker}/**', ...long],
        },
      },
      { test: { name: 'long', ...shared, include: long } },
      inWorkerd('workerd', 'bare', ['test/worker/**/*.test.ts']),
      inWorkerd('full', 'full', main),
    ],
  },
})

declare module 'vitest' {
  export interface ProvidedContext {
    seed: number
    /** How many examples each law tries at least; 0 leaves it to the law. */
    runs: number
    /** The steps that a failed law printed, as JSON, to be run again. */
    steps: string
    /** Which optional parts a site has in the tests: none, or all. */
    edition: 'bare' | 'full'
  }
}
