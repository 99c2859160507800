import { expect, test, vi } from 'vitest'
import { deltaResponse } from '../../src/http/delta.ts'

const etag = 'W/"zz-rss-0a1b"'
const feed = { validators: { etag }, delta: async (since: number) => `since ${since}` }

const answerTo = async (headers: Record<string, string>): Promise<string | undefined> =>
  (
    await deltaResponse(new Request('https://kiosque.example/feed.rss', { headers }), feed, new Headers())
  )?.text()

test.for([
  ['feed', 'since 1'],
  [' FEED ', 'since 1'],
  ['x, feed;q=0.1', 'since 1'],
  ['feed ; q=0, feed', 'since 1'],
  ['feed;q=0', undefined],
  ['feed; Q = 0.0', undefined],
  ['feeds', undefined],
  ['x-feed', undefined],
  ['x;feed', undefined],
  ['', undefined],
])('A-IM: %s', async ([field = '', expected]) => {
  expect(await answerTo({ 'A-IM': field, 'If-None-Match': 'W/"1-rss-0a1b"' })).toBe(expected)
})

test('of thousands of items and entity-tags, only those that can match are parsed', async () => {
  const items = Array.from({ length: 3000 }, (_, at) => `x;q=0.${at}`)
  const tags = Array.from({ length: 2000 }, (_, at) => `W/"${at}x-rss-0-gzip"`)
  const [split, replace] = [vi.spyOn(String.prototype, 'split'), vi.spyOn(String.prototype, 'replace')]
  const asked = {
    'A-IM': [...items, 'feed'].join(', '),
    'If-None-Match': [...tags, 'W/"1-rss-0a1b"'].join(', '),
  }
  expect(await answerTo(asked)).toBe('since 1')
  expect(split.mock.calls.length).toBeLessThan(20)
  expect(replace.mock.calls.length).toBeLessThan(20)
})
