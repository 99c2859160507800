import { expect, test } from 'vitest'
import { type Moved, presentAddress } from '../../src/domain/moved.ts'

const site = { url: 'https://kiosque.example' } as Parameters<typeof presentAddress>[0]
const delta = ['sections/epsilon']

const rows: [what: string, asked: string, moved: Moved, expected: string][] = [
  ['a page', '/sections/delta', { path: 'sections/epsilon' }, '/sections/epsilon'],
  [
    'its feed',
    '/sections/delta/feed.rss?x=1',
    { path: 'sections/epsilon' },
    '/sections/epsilon/feed.rss?x=1',
  ],
  ['what a page’s query says', '/tags/a/feed.rss?tag=b', { path: 'tags/c' }, '/tags/c/feed.rss?tag=b'],
  ['a facet', '/feed.rss?section=delta', { path: '', facets: delta }, '/feed.rss?section=epsilon'],
  ['no facet, no query', '/tags/a/x', { path: 'tags/b', facets: [] }, '/tags/b/x'],
  [
    'a facet that is not there any more',
    '/rss?tag=a&section=d&raw',
    { path: '', facets: delta },
    '/rss?section=epsilon&raw',
  ],
  ['a facet said twice', '/rss?section=d&x&section=e', { path: '', facets: delta }, '/rss?section=epsilon&x'],
  ['an escaped key', '/rss?%73ection=d&x', { path: '', facets: delta }, '/rss?section=epsilon&x'],
  [
    'keys that only look alike',
    '/rss?sections=d&?section=x&section=d',
    { path: '', facets: delta },
    '/rss?sections=d&?section=x&section=epsilon',
  ],
  ['a name with an ampersand', '/rss?tag=a', { path: '', facets: ['tags/r&d é'] }, '/rss?tag=r%26d%20%C3%A9'],
  [
    'what is written oddly',
    '/rss?&a=+%zz&section=d&=',
    { path: '', facets: delta },
    '/rss?&a=+%zz&section=epsilon&=',
  ],
]
test.for(rows)('the present address keeps %s', ([, asked, moved, expected]) => {
  const [path = '', ...query] = asked.split(/(?=\?)/)
  expect(presentAddress(site, { path, search: query.join('') }, moved)).toBe(site.url + expected)
})
