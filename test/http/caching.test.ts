import { expect, test } from 'vitest'
import { cachingHeaders, type Lifetime } from '../../src/http/caching.ts'

const now = 1_718_800_000_000

const rows: [title: string, lifetime: Lifetime, browser: string, edge: string][] = [
  [
    'nothing to come',
    { now, settled: true },
    'public, max-age=300, must-revalidate, stale-while-revalidate=0',
    'public, max-age=300, stale-while-revalidate=60, stale-if-error=86400',
  ],
  [
    'due long after every window',
    { now, due: now + 200_000_000, settled: true },
    'public, max-age=300, must-revalidate, stale-while-revalidate=0',
    'public, max-age=300, stale-while-revalidate=60, stale-if-error=86400',
  ],
  [
    'due within the windows of stale copies',
    { now, due: now + 330_000, settled: true },
    'public, max-age=300, must-revalidate, stale-while-revalidate=0',
    'public, max-age=300, stale-while-revalidate=29, stale-if-error=29',
  ],
  [
    'due within max-age: nothing outlives it',
    { now, due: now + 42_999, settled: true },
    'public, max-age=41, must-revalidate, stale-while-revalidate=0',
    'public, max-age=41, stale-while-revalidate=0, stale-if-error=0',
  ],
  [
    'due in less than two seconds: nothing is kept, because some copies are used a second too long',
    { now, due: now + 1999, settled: true },
    'public, max-age=0, must-revalidate, stale-while-revalidate=0',
    'public, max-age=0, stale-while-revalidate=0, stale-if-error=0',
  ],
  [
    'due already',
    { now, due: now - 5000, settled: true },
    'public, max-age=0, must-revalidate, stale-while-revalidate=0',
    'public, max-age=0, stale-while-revalidate=0, stale-if-error=0',
  ],
  [
    'saved in this very second: the edge keeps nothing',
    { now, settled: false },
    'public, max-age=300, must-revalidate, stale-while-revalidate=0',
    'no-store',
  ],
  [
    'saved in this very second, but of a short lifetime: a copy without a date does no harm for so long',
    { now, settled: false, edgeSeconds: 30, browserSeconds: 30 },
    'public, max-age=30, must-revalidate, stale-while-revalidate=0',
    'public, max-age=30, stale-while-revalidate=60, stale-if-error=86400',
  ],
  [
    'saved in this very second, of a lifetime that is not short',
    { now, settled: false, edgeSeconds: 31 },
    'public, max-age=300, must-revalidate, stale-while-revalidate=0',
    'no-store',
  ],
]

test.for(rows)('caching: %s', ([, lifetime, browser, edge]) => {
  expect(cachingHeaders(lifetime)).toEqual({
    'Cache-Control': browser,
    'Cloudflare-CDN-Cache-Control': edge,
  })
})
