import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatNames } from '../../../src/domain/format.ts'
import { queryOf } from '../../../src/domain/selection.ts'
import { feedAddress } from '../../../src/domain/site.ts'
import { formatOfTopic, isIntersection, parseTopic } from '../../../src/hub/protocol/topic.ts'
import { site } from '../../render/samples.ts'

const origin = 'https://kiosque.example'

describe('which addresses are topics', () => {
  const rows: [what: string, address: string, expected: { topic: string; paths: string[] } | undefined][] = [
    ['all articles', '/feed.rss', { topic: 'feed.rss', paths: [''] }],
    [
      'a section',
      '/sections/monde/feed.atom',
      { topic: 'sections/monde/feed.atom', paths: ['sections/monde'] },
    ],
    ['an author', '/authors/kim/feed.json', { topic: 'authors/kim/feed.json', paths: ['authors/kim'] }],
    ['an article', '/articles/un/feed.rss', { topic: 'articles/un/feed.rss', paths: ['articles/un'] }],
    [
      'a tag in its own script',
      '/tags/été/feed.rss',
      { topic: 'tags/%C3%A9t%C3%A9/feed.rss', paths: ['tags/été'] },
    ],
    [
      'the same with small hexadecimal digits',
      '/tags/%c3%a9t%c3%a9/feed.rss',
      { topic: 'tags/%C3%A9t%C3%A9/feed.rss', paths: ['tags/été'] },
    ],
    ['letters that need no encoding, encoded', '/%66eed.rss', { topic: 'feed.rss', paths: [''] }],
    [
      'an intersection',
      '/feed.rss?section=monde&tag=sommet',
      { topic: 'feed.rss?section=monde&tag=sommet', paths: ['sections/monde', 'tags/sommet'] },
    ],
    ['an intersection of one', '/feed.rss?tag=a', { topic: 'feed.rss?tag=a', paths: ['tags/a'] }],
    [
      'an intersection that is not spelt as its self address',
      '/feed.rss?tag=sommet&section=monde',
      undefined,
    ],
    ['a page of a feed', '/feed.rss?before=1', undefined],
    ['an empty query', '/feed.rss?', undefined],
    ['a section with a query', '/sections/monde/feed.rss?tag=a', undefined],
    ['an archive', '/archive/2024/06/1/feed.rss', undefined],
    ['negotiation', '/feed', undefined],
    ['a legacy address', '/rss.xml', undefined],
    ['a page', '/sections/monde', undefined],
    ['the API', '/api/articles', undefined],
    ['a folder that is none', '/drafts/x/feed.rss', undefined],
    ['a format that is none', '/feed.xml', undefined],
    ['broken encoding', '/tags/%e0%a4%a/feed.rss', undefined],
    ['a slash that is hidden', '/tags/a%2Fb/feed.rss', undefined],
    ['a fragment', '/feed.rss#top', undefined],
  ]
  test.for(rows)('%s', ([, address, expected]) => {
    const topic = parseTopic(`${origin}${address}`, site)
    expect(topic && { topic: topic.topic, paths: topic.paths }).toEqual(expected)
  })

  const elsewhere = [
    'https://other.example/feed.rss',
    'http://kiosque.example/feed.rss',
    'feed.rss',
    '',
    'x:y',
  ]
  test.for([
    ...elsewhere,
    'https://kiosque.example:8443/feed.rss',
    'https://a:b@kiosque.example/feed.rss',
    'https://a@kiosque.example/feed.rss',
    'https://:b@kiosque.example/feed.rss',
  ])('none on another origin: %s', (address) => expect(parseTopic(address, site)).toBeUndefined())

  test('law: the self address of every feed is its topic', () => {
    const key = fc.stringMatching(/^[a-z0-9éß漢-]{1,12}$/)
    const path = fc.oneof(
      fc.constant(''),
      fc
        .tuple(fc.constantFrom('sections', 'tags', 'authors', 'articles'), key)
        .map((parts) => parts.join('/')),
    )
    const facets = fc.tuple(key, key).map(([section, tag]) => [`sections/${section}`, `tags/${tag}`])
    const format = fc.constantFrom(...formatNames)
    fc.assert(
      fc.property(
        fc.oneof(
          path.map((one) => [one]),
          facets,
        ),
        format,
        (paths, format) => {
          const crossing = paths.length > 1
          const selection = crossing ? { path: '', query: queryOf(paths) } : { path: paths[0] ?? '' }
          const address = feedAddress(site, selection, format)
          const topic = parseTopic(address, site)
          expect(topic).toEqual({ topic: address.slice(origin.length + 1), paths, format })
          expect(formatOfTopic(topic?.topic ?? '')).toBe(format)
          expect(isIntersection(topic?.topic ?? '')).toBe(crossing)
        },
      ),
    )
  })

  test.for(['feed.xml', 'feed.rssx', 'feed.', 'sections/feed.rss/x', ''])(
    'a key that names no format has none: %s',
    (topic) => expect(formatOfTopic(topic)).toBeUndefined(),
  )
})
