import { expect, test, vi } from 'vitest'
import { deltaResponse } from '../../src/http/delta.ts'
import { deltaAgents } from '../../src/http/delta-agents.ts'
import { forDelta, newsboat } from '../readers.ts'

const etag = 'W/"zz-rss-0a1b"'
const base = 'W/"1-rss-0a1b"'
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
  expect(await answerTo({ ...forDelta(base), 'A-IM': field })).toBe(expected)
})

const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const known: [agent: string][] = [
  ['newsboat/2.10 (Linux x86_64)'],
  ['newsboat/2.44.0 (Macintosh; Intel Mac OS X)'],
  ['newsraft/0.1'],
  ['newsraft/0.34 (Linux)'],
  ['Liferea/1.12.0 (Linux; fr_CA.UTF-8; https://lzone.de/liferea/) AppleWebKit (KHTML, like Gecko)'],
  ['Liferea/0.28.0 (Android; Mobile; https://lzone.de/liferea/) AppleWebKit (KHTML, like Gecko)'],
  ['NewsBlur Feed Fetcher - 1 subscriber - https://www.newsblur.com/site/1/ (Mozilla/5.0)'],
  ['NewsBlur Feed Fetcher - 12345 subscribers - https://www.newsblur.com/site/1/ (Mozilla/5.0)'],
  ['python-reader/2.0 (+https://github.com/lemon24/reader)'],
]
test.for(known)('a delta is given to %s', async ([agent]) => {
  expect(await answerTo({ ...forDelta(base), 'User-Agent': agent })).toBe('since 1')
})

const others: [agent: string][] = [
  [''],
  ['feedparser/6.0.10 +https://github.com/kurtmckee/feedparser/'],
  ['feedparser/6.0.14 +https://github.com/kurtmckee/feedparser/'],
  ['UniversalFeedParser/5.2.1 +https://code.google.com/p/feedparser/'],
  ['rss2email/3.13.1 (https://github.com/rss2email/rss2email)'],
  ['rss2email/3.14 (https://github.com/rss2email/rss2email)'],
  ['Vienna/8260 (Macintosh; Intel macOS 14_5_0)'],
  ['FreshRSS/1.27 (Linux; https://freshrss.org)'],
  ['Miniflux/2.2.0'],
  ['curl/8.14.1'],
  [browser],
  [`${browser} newsboat/2.21.0`],
  ['notnewsboat/2'],
  ['my-newsboat/2'],
  ['newsboat-sync/2.21.0'],
  ['newsboater/2.21.0'],
  ['newsboat'],
  ['newsboat/'],
  ['newsboat 2.21.0'],
  ['(newsboat/2.21.0)'],
  ['proxy/1.0 (like newsboat/2.21.0)'],
  ['feedparser/6.0.10 python-reader/3.26 (+https://github.com/lemon24/reader)'],
  ['liferea-plugin/1.0'],
  ['NewsBlur Page Fetcher - 2 subscribers - https://www.newsblur.com/site/1/'],
  ['NewsBlur Feed Fetcher - 1000000 subscribers'],
  ['NewsBlur/14.0 (iPhone)'],
]
test.for(others)('the whole feed is given to "%s"', async ([agent]) => {
  expect(await answerTo({ ...forDelta(base), 'User-Agent': agent })).toBeUndefined()
})

test('the whole feed is given to a client without User-Agent', async () => {
  const { 'User-Agent': _, ...anonymous } = forDelta(base)
  expect(await answerTo(anonymous)).toBeUndefined()
})

test('every feed reader with a name in the list gets a delta, and the example of its row is its User-Agent', async () => {
  expect(deltaAgents.length).toBeGreaterThan(0)
  for (const { name, example } of deltaAgents) {
    const matching = deltaAgents.filter(({ pattern }) => pattern.test(example))
    expect([name, matching.map((agent) => agent.name)]).toEqual([name, [name]])
    expect(await answerTo({ ...forDelta(base), 'User-Agent': example }), name).toBe('since 1')
  }
})

const long: [what: string, agent: string][] = [
  ['a known name at the end', `${'x'.repeat(8000)}${newsboat}`],
  ['a known name many times', ` ${'newsboat '.repeat(900)}`],
  ['a number that does not end', `NewsBlur Feed Fetcher - ${'1'.repeat(8000)}`],
  ['many numbers', 'NewsBlur Feed Fetcher - 1'.repeat(320)],
]
test.for(long)('a User-Agent of 8 kB with %s is no known name', async ([, agent]) => {
  expect(await answerTo({ ...forDelta(base), 'User-Agent': agent })).toBeUndefined()
})

test('a pattern looks only at the beginning of a User-Agent, so that its cost is linear at most', () => {
  for (const { name, pattern } of deltaAgents) {
    // After the anchor, each quantifier repeats one kind of character, which the next character of the pattern is not.
    expect(pattern.source, name).toMatch(/^\^[^^.*()[\]|{}]+$/)
    expect(pattern.flags, name).toBe('')
  }
})

test('of thousands of items and entity-tags, only those that can match are parsed', async () => {
  const items = Array.from({ length: 3000 }, (_, at) => `x;q=0.${at}`)
  const tags = Array.from({ length: 2000 }, (_, at) => `W/"${at}x-rss-0-gzip"`)
  const [split, replace] = [vi.spyOn(String.prototype, 'split'), vi.spyOn(String.prototype, 'replace')]
  const asked = {
    'User-Agent': newsboat,
    'A-IM': [...items, 'feed'].join(', '),
    'If-None-Match': [...tags, 'W/"1-rss-0a1b"'].join(', '),
  }
  expect(await answerTo(asked)).toBe('since 1')
  expect(split.mock.calls.length).toBeLessThan(20)
  expect(replace.mock.calls.length).toBeLessThan(20)
})
