import './src/cli/needed-node.js'
import { readdirSync, readFileSync } from 'node:fs'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

/**
 * The npm package `feed` names a source map that the package does not contain; without this plugin vitest
 * prints a warning in every run.
 */
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

/** The stores that the Workers of the releases have written, by version (`scripts/record-store.ts`). */
const stores = readdirSync('./fixtures/stores').map((file) => ({
  version: file.replace('.ndjson', ''),
  text: readFileSync(`./fixtures/stores/${file}`, 'utf8'),
}))

/** The timeout of a test: three times as long as the longest test takes on a busy machine (20 s). */
const timeoutMilliseconds = 60_000

/**
 * Test files share a process and its loaded modules, because the project's modules keep no state between calls.
 * Only `src/index.ts` keeps state, separately for each environment object. `restoreMocks` restores replaced
 * functions even after a failed test.
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
    meter: process.env.METER === '1',
  },
}

/**
 * The test files that start a Worker or wrangler in a separate process. `npm run test:long` runs these files, `npm test`
 * does not.
 */
const long = [
  'test/hub/subscriber.test.ts',
  'test/cli/bad-rows.test.ts',
  'test/cli/deploy-wrangler.test.ts',
  'test/notify/mail/site.test.ts',
]

/**
 * The Worker tests that take longest: they try thousands of cases, simulate long times or move stores of releases. `npm run test:long`
 * runs these files, `npm test` does not, so that it takes less than three minutes.
 */
const thorough = [
  'meanwhile',
  'bad-rows',
  'notify-bad-rows',
  'comment-bad-rows',
  'comments-exposed',
  'each-write',
  'large',
  'look',
  'walk',
  'rows',
  'hub-load',
  'embed',
  'world',
  'failing',
  'thousands',
  'purge-rate',
  'former-stores',
  'notify-schedules',
  'notify-failures',
  'notify-waiting',
  'notify-covered',
  'notify-digests',
  'push-services',
  'logs',
  'restored',
  'backup',
  'lost-effects',
  'not-writable',
  'lifetimes',
  'released-meanwhile',
  'overdue',
  'narrowed',
  'notify-once',
  'rate',
  'bad-input',
  'push-sending',
  'notify',
  'notify-address',
  'notify-erased',
  'push-withdrawn',
  'comments-backup',
  'openapi',
  'notify-joined',
  'notify-asks',
  'notify-confirmations',
].map((name) => `test/worker/${name}.test.ts`)

/** The tests of public answers, which run a second time on a site with every optional part. */
const main = ['http', 'memory', 'validators', 'replay', 'edition'].map(
  (name) => `test/worker/${name}.test.ts`,
)

/** The slower ones of them; both of their runs are in `npm run test:long`. */
const slowMain = ['walk', 'rows'].map((name) => `test/worker/${name}.test.ts`)

/** Tests that run inside the Workers runtime. `edition` selects the settings of the sites that `openSite` opens. */
const inWorkerd = (name: string, edition: 'bare' | 'full', include: string[], exclude: string[] = []) => ({
  plugins: [
    withoutFeedMap,
    cloudflareTest({
      main: './src/index.ts',
      wrangler: { configPath: './wrangler.toml' },
      miniflare: {
        assets: {
          directory: './fixtures/public',
          binding: 'ASSETS',
          routerConfig: { has_user_worker: true, invoke_user_worker_ahead_of_assets: true },
        },
        r2Buckets: ['ERASED'],
        bindings: { MIGRATIONS: migrations, STORES: stores, SITE_URL: 'https://kiosque.example' },
      },
    }),
  ],
  test: {
    name,
    ...shared,
    include,
    exclude,
    setupFiles: [...shared.setupFiles, 'test/worker/setup.ts'],
    provide: { ...shared.provide, edition },
  },
})

export default defineConfig({
  test: {
    // By default, vitest leaves one core unused, so a machine with two cores would run one test file at a time.
    maxWorkers: '100%',
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
      inWorkerd('workerd', 'bare', ['test/worker/**/*.test.ts'], thorough),
      inWorkerd('thorough', 'bare', thorough),
      inWorkerd('full', 'full', main),
      inWorkerd('thorough-full', 'full', slowMain),
    ],
  },
})

declare module 'vitest' {
  export interface ProvidedContext {
    seed: number
    /** The minimum number of examples for each property test; 0 lets each property test use its own number. */
    runs: number
    /** The steps that a failed property test has printed, as JSON, in order to run these steps again. */
    steps: string
    /** Whether the Worker tests print the most that each kind of invocation used. */
    meter: boolean
    /** The optional parts that sites have in the tests: none (`bare`) or all (`full`). */
    edition: 'bare' | 'full'
  }
}
