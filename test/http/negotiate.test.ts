import { describe, expect, test } from 'vitest'
import { negotiate } from '../../src/http/negotiate.ts'
import { formats } from '../../src/render/formats.ts'
import { accepts } from '../readers.ts'

type Row = [what: string, accept: string | undefined, expected: string | undefined]

const rows: Row[] = [
  ['no header', undefined, 'rss'],
  ['an empty header says nothing', '', 'rss'],
  ['what cannot be read says nothing', 'rss', 'rss'],
  ['anything', '*/*', 'rss'],
  ['anything by one asterisk', '*', 'rss'],
  ['anything, as old Java says it', 'text/html, image/gif, *; q=.2, */*; q=.2', 'rss'],
  ['any application', 'application/*', 'rss'],
  ['one type', 'application/rss+xml', 'rss'],
  ['one type', 'application/atom+xml', 'atom'],
  ['one type', 'application/feed+json', 'json'],
  ['in any case', 'Application/ATOM+XML', 'atom'],
  ['a charset changes nothing', 'application/atom+xml; charset=utf-8', 'atom'],
  ['a feed is a feed', 'application/atom+xml;type=feed', 'atom'],
  ['an entry is not a feed', 'application/atom+xml;type=entry', undefined],
  ['an entry, else JSON', 'application/atom+xml;type=entry, application/feed+json;q=0.1', 'json'],
  ['the higher q wins, wherever it stands', 'application/rss+xml;q=0.5, application/feed+json;q=0.6', 'json'],
  ['a q without its zero', 'application/atom+xml, application/rss+xml;q=.9', 'atom'],
  ['a q in capitals', 'application/rss+xml;Q=0.1, application/atom+xml;Q=0.2', 'atom'],
  ['a tie: RSS, Atom, JSON', 'application/feed+json, application/atom+xml, application/rss+xml', 'rss'],
  ['a tie: Atom before JSON', 'application/feed+json, application/atom+xml', 'atom'],
  ['q=0 refuses', 'application/rss+xml;q=0, */*', 'atom'],
  ['q=0.000 refuses', 'application/rss+xml;q=0.000, application/atom+xml;q=0.0, */*;q=0.1', 'json'],
  ['q=0 for all', '*/*;q=0', undefined],
  ['q=0 for all but one', '*/*;q=0, application/feed+json;q=0.1', 'json'],
  ['q=0 for a family', 'application/*;q=0, */*', undefined],
  ['the more specific range decides, not the better', 'application/rss+xml;q=0.1, */*;q=0.2', 'atom'],
  ['a family is more specific than anything', 'application/*;q=0.1, */*;q=0.9', 'rss'],
  [
    'of a range that is repeated, the best q counts',
    'application/rss+xml;q=0.1, application/rss+xml;q=0.9, application/atom+xml;q=0.5',
    'rss',
  ],
  [
    'the best q wherever it stands',
    'application/rss+xml;q=0.9, application/rss+xml;q=0.1, application/atom+xml;q=0.5',
    'rss',
  ],
  ['one that is not refused each time is not refused', '*/*;q=0, */*;q=0.1', 'rss'],
  ['parameters are more specific', 'application/atom+xml;q=0.1, application/atom+xml;type=feed', 'atom'],
  ['parameters may refuse', 'application/atom+xml, application/atom+xml;type=feed;q=0, */*;q=0.1', 'rss'],
  ['XML of any kind', 'application/xml', 'rss'],
  ['XML of any kind', 'text/xml', 'rss'],
  ['XML, but not RSS', 'application/xml, application/rss+xml;q=0', 'atom'],
  ['Atom rather than XML of any kind', 'application/atom+xml, application/xml;q=0.9', 'atom'],
  ['JSON of any kind', 'application/json', 'json'],
  ['a tie through wildcards', 'application/json, text/plain, */*', 'rss'],
  ['JSON rather than anything', 'application/json, */*;q=0.1', 'json'],
  ['a browser', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'rss'],
  ['a page only', 'text/html', undefined],
  ['another feed only', 'application/rdf+xml', undefined],
  ['a picture only', 'image/*', undefined],
  ['commas in quotes', 'application/atom+xml;x="a,b", application/rss+xml;q=0.3', 'atom'],
  ['rubbish beside sense', ',,;q=1, ;, application/feed+json;;q=0.5,', 'json'],
]

describe('the format that an Accept header likes best', () => {
  test.for(rows)('%s: %s', ([, accept, expected]) => {
    expect(negotiate(accept, formats)?.format).toBe(expected)
  })

  test.for(accepts)('%s sends %s', ([, accept, expected]) => {
    expect(negotiate(accept, formats)?.format).toBe(expected)
  })

  test('a hostile Accept header throws nothing and is still parsed', () => {
    for (const filler of [',', ';', '"', 'a/b;', 'a/b;c="', ' ']) {
      expect(() => negotiate(filler.repeat(30_000), formats), filler).not.toThrow()
    }
    expect(negotiate(`${','.repeat(100_000)}application/atom+xml`, formats)?.format).toBe('atom')
  })
})
