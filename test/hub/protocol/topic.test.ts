import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Format, formatNames } from '../../../src/domain/format.ts'
import { narrow } from '../../../src/domain/selection.ts'
import { feedAddress, type Site } from '../../../src/domain/site.ts'
import { findTopic, formatOfTopic, isIntersection } from '../../../src/hub/protocol/topic.ts'
import { site } from '../../render/samples.ts'

const origin = 'https://kiosque.example'

/** The sites that the tests use: on a standard port, and in development. */
const sites: Site[] = [
  { ...site, formerUrls: ['https://ancien.example'] },
  { ...site, url: 'http://localhost:8787' },
]

describe('which feed an address leads to', () => {
  const rows: [what: string, address: string, expected: { self: string; paths: string[] } | undefined][] = [
    ['all articles', '/feed.rss', { self: '/feed.rss', paths: [''] }],
    [
      'a section',
      '/sections/monde/feed.atom',
      { self: '/sections/monde/feed.atom', paths: ['sections/monde'] },
    ],
    ['an author', '/authors/kim/feed.json', { self: '/authors/kim/feed.json', paths: ['authors/kim'] }],
    ['an article', '/articles/un/feed.rss', { self: '/articles/un/feed.rss', paths: ['articles/un'] }],
    [
      'a tag in its own script',
      '/tags/été/feed.rss',
      { self: '/tags/%C3%A9t%C3%A9/feed.rss', paths: ['tags/été'] },
    ],
    ['letters that need no encoding, encoded', '/%66eed.rss', { self: '/feed.rss', paths: [''] }],
    [
      'an intersection',
      '/feed.rss?section=monde&tag=sommet',
      { self: '/feed.rss?section=monde&tag=sommet', paths: ['sections/monde', 'tags/sommet'] },
    ],
    [
      'an intersection in another order',
      '/feed.rss?tag=sommet&section=monde',
      { self: '/feed.rss?section=monde&tag=sommet', paths: ['sections/monde', 'tags/sommet'] },
    ],
    ['an intersection of one', '/feed.rss?tag=a', { self: '/tags/a/feed.rss', paths: ['tags/a'] }],
    ['a page of a feed', '/feed.rss?before=1', { self: '/feed.rss', paths: [''] }],
    [
      'a section with a query, which the feed ignores',
      '/sections/monde/feed.rss?tag=a',
      { self: '/sections/monde/feed.rss', paths: ['sections/monde'] },
    ],
    ['a key with a slash in a query', '/feed.rss?section=a%2Fb&tag=c', undefined],
    ['an archive', '/archive/2024/06/1/feed.rss', undefined],
    ['negotiation', '/feed', undefined],
    ['a legacy address', '/rss.xml', undefined],
    ['a page', '/sections/monde', undefined],
    ['the API', '/api/articles', undefined],
    ['a folder that is none', '/drafts/x/feed.rss', undefined],
    ['a format that is none', '/feed.xml', undefined],
    ['broken encoding', '/tags/%e0%a4%a/feed.rss', undefined],
    ['a slash that is hidden', '/tags/a%2Fb/feed.rss', undefined],
    ['nothing', '', undefined],
  ]
  test.for(rows)('%s', ([, address, expected]) => {
    for (const value of [address, `${origin}${address}`]) {
      const found = findTopic(value, site)
      const seen = found && { self: found.self.slice(origin.length), paths: found.topic.paths }
      expect(seen, value).toEqual(expected)
    }
  })

  test.for([
    'https://other.example/feed.rss',
    'https://kiosque.example.net/feed.rss',
    'x:y',
    'data:,feed.rss',
  ])('none on another host: %s', (address) => expect(findTopic(address, site)).toBeUndefined())

  const key = fc.stringMatching(/^[a-z0-9éß漢-]{1,12}$/).map((text) => text.normalize('NFC'))
  const selection = fc.oneof(
    fc.constant(['']),
    fc
      .tuple(fc.constantFrom('sections', 'tags', 'authors', 'articles'), key)
      .map((parts) => [parts.join('/')]),
    fc.tuple(key, key).map(([section, tag]) => [`sections/${section}`, `tags/${tag}`]),
    fc
      .tuple(key, key, key)
      .map(([section, tag, author]) => [`sections/${section}`, `tags/${tag}`, `authors/${author}`]),
  )

  /** The `rel=self` address of a feed, as the renderers write it. */
  function selfOf(of: Site, [first = '', ...others]: readonly string[], format: Format): string {
    return feedAddress(of, narrow(first, others), format)
  }

  test('law: the self address of every feed is its topic', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sites),
        selection,
        fc.constantFrom(...formatNames),
        (of, paths, format) => {
          const self = selfOf(of, paths, format)
          const topic = self.slice(of.url.length + 1)
          expect(findTopic(self, of)).toEqual({ self, topic: { topic, paths, format } })
          expect(formatOfTopic(topic)).toBe(format)
          expect(isIntersection(topic)).toBe(paths.length > 1)
        },
      ),
    )
  })

  /** Ways to write an address differently, so that it still leads to the same feed. */
  const spellings: Record<string, (self: string) => string> = {
    'a space before it': (self) => ` ${self}`,
    'a line break after it': (self) => `${self}\n`,
    'a tab within it': (self) => self.replace('feed', 'fe\ted'),
    'an upper-case scheme': (self) => self.replace(/^http/, 'HTTP'),
    'an upper-case host': (self) => self.replace(/\/\/\w+/, (host) => host.toUpperCase()),
    'the port': (self) => self.replace(/^(https:\/\/[^/:]+)/, '$1:443').replace(':8787', ':08787'),
    'another port': (self) => self.replace(/^(https?:\/\/[^/:]+)(:\d+)?/, '$1:8443'),
    'the other scheme': (self) => self.replace(/^https?/, (scheme) => (scheme === 'http' ? 'https' : 'http')),
    'a user name': (self) => self.replace('//', '//me@'),
    'a question mark or an ampersand after it': (self) => `${self}${self.includes('?') ? '&' : '?'}`,
    'a number sign after it': (self) => `${self}#`,
    'a fragment': (self) => `${self}#top`,
    'a folder that is left again': (self) => self.replace('feed.', 'x/../feed.'),
    'this folder': (self) => self.replace('feed.', './feed.'),
    'a backslash': (self) => self.replace(/\/(?=[^/]*feed\.)/, '\\'),
    'an encoded letter': (self) => self.replace('feed.', '%66eed.'),
    'an encoded letter in the query': (self) => self.replace('section=', '%73ection='),
    'small hexadecimal digits': (self) => self.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    'no encoding': (self) => decodeURI(self),
    'another order of the query': (self) =>
      self.replace(/\?(.+)$/, (_, query: string) => `?${query.split('&').reverse().join('&')}`),
    'an unknown parameter': (self) => `${self}${self.includes('?') ? '&' : '?'}utm=1`,
    'a parameter twice': (self) => self.replace(/tag=[^&]+/, '$&&tag=x'),
    'one selection in the query': (self) =>
      self.replace(/\/(section|tag|author)s\/([^/]+)\/(feed\.\w+)$/, '/$3?$1=$2'),
    'no host': (self) => self.replace(/^https?:\/\/[^/]+/, ''),
    'no slash before it': (self) => self.replace(/^https?:\/\/[^/]+\//, ''),
    'the former host': (self) => self.replace('https://kiosque.example', 'https://ancien.example'),
  }

  test('law: any other spelling leads to the same self address, and is another text', () => {
    const used = new Set<string>()
    fc.assert(
      fc.property(
        fc.constantFrom(...sites),
        selection,
        fc.constantFrom(...formatNames),
        fc.constantFrom(...Object.keys(spellings)),
        (of, paths, format, name) => {
          const self = selfOf(of, paths, format)
          const spelled = spellings[name]?.(self) ?? ''
          if (spelled === self) return
          used.add(name)
          expect(findTopic(spelled, of)?.self, spelled).toBe(self)
        },
      ),
      { numRuns: 1000 },
    )
    expect(Object.keys(spellings).filter((name) => !used.has(name))).toEqual([])
  })

  test.for(['feed.xml', 'feed.rssx', 'feed.', 'sections/feed.rss/x', ''])(
    'a key that names no format has none: %s',
    (topic) => expect(formatOfTopic(topic)).toBeUndefined(),
  )
})
