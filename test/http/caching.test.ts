import { expect, test } from 'vitest'
import { cachingHeaders, type Lifetime } from '../../src/http/caching.ts'

const now = 1_718_800_000_000

const rows: [title: string, lifetime: Lifetime, browser: string, edge: string][] = [
  [
    'nothing to come',
    { now, settled: true },
    'public, max-age=300, must-revalidate',
    'public, max-age=300, stale-while-revalidate=60, stale-if-error=86400',
  ],
  [
    'due long after every window',
    { now, due: now + 200_000_000, settled: true },
    'public, max-age=300, must-revalidate',
    'public, max-age=300, stale-while-revalidate=60, stale-if-error=86400',
  ],
  [
    'due within the windows of stale copies',
    { now, due: now + 330_000, settled: true },
    'public, max-age=300, must-revalidate',
    'public, max-age=300, stale-while-revalidate=30, stale-if-error=30',
  ],
  [
    'due within max-age: nothing outlives it',
    { now, due: now + 42_999, settled: true },
    'public, max-age=42, must-revalidate',
    'public, max-age=42, stale-while-revalidate=0, stale-if-error=0',
  ],
  [
    'due already',
    { now, due: now - 5000, settled: true },
    'public, max-age=0, must-revalidate',
    'public, max-age=0, stale-while-revalidate=0, stale-if-error=0',
  ],
  [
    'saved in this very second: the edge keeps nothing',
    { now, settled: false },
    'public, max-age=300, must-revalidate',
    'no-store',
  ],
]

test.for(rows)('caching: %s', ([, lifetime, browser, edge]) => {
  expect(cachingHeaders(lifetime)).toEqual({
    'Cache-Control': browser,
    'Cloudflare-CDN-Cache-Control': edge,
  })
})
