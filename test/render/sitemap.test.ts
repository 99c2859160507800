import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { describe, expect, test } from 'vitest'
import { archivesOf, parseSitemapName, sitemapName } from '../../src/domain/sitemap.ts'
import { renderNewsSitemap, renderSitemap, renderSitemapIndex } from '../../src/render/sitemap.ts'
import { site } from './samples.ts'

const hostile = `]]> & < > " ' <script> \u0000 \u0085 \ud800 👨‍👩‍👧‍👦`

interface Element {
  name: string
  attributes: SaxesTagPlain['attributes']
  text: string
  inside: string
}

/**
 * Every element of an XML document, with its own text and its parent's name. Throws if the document is not
 * well-formed.
 */
function elementsOf(xml: string): Element[] {
  const elements: Element[] = []
  const open: Element[] = []
  const parser = new SaxesParser()
  parser.on('error', (fault) => {
    throw fault
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element = {
      name,
      attributes: attributes as Element['attributes'],
      text: '',
      inside: open.at(-1)?.name ?? '',
    }
    elements.push(element)
    open.push(element)
  })
  parser.on('text', (text) => {
    const element = open.at(-1)
    if (element) element.text += text
  })
  parser.on('closetag', () => open.pop())
  parser.write(xml).close()
  return elements
}

const documents: Record<string, string> = {
  index: renderSitemapIndex(site, [
    { name: 'selections' },
    { name: '2024-06-1', revised: Date.parse('2024-06-19T16:00:01Z') },
  ]),
  sitemap: renderSitemap(site, [
    { path: '' },
    { path: 'articles/marche-d-ete', updated: '2024-06-19T12:00:00Z' },
    { path: 'tags/été & <co>' },
  ]),
  'empty sitemap': renderSitemap(site, []),
  news: renderNewsSitemap({ ...site, title: hostile }, [
    { path: 'articles/a', title: hostile, language: 'fr-CA', published: '2024-06-19T12:00:00Z' },
    { path: 'articles/b', title: 'B', language: 'zh-Hant', published: '2024-06-19T12:00:00Z' },
    { path: 'articles/c', title: 'C', language: 'zh', published: '2024-06-19T12:00:00Z' },
    { path: 'articles/d', title: 'D', language: 'sr-Latn-RS', published: '2024-06-19T12:00:00Z' },
  ]),
}

/**
 * The rules for sitemaps, each with the specification that states the rule, the documents to which the rule
 * applies, and a function that returns the faulty elements.
 */
const rules: [rule: string, of: string[], broken: (elements: Element[]) => unknown[]][] = [
  [
    'sitemaps.org: the root and its namespace',
    Object.keys(documents),
    ([root]) =>
      /^(urlset|sitemapindex)$/.test(root?.name ?? '') &&
      root?.attributes.xmlns === 'http://www.sitemaps.org/schemas/sitemap/0.9'
        ? []
        : [root],
  ],
  [
    'sitemaps.org: at least one url or sitemap, at most 50,000',
    ['index', 'sitemap', 'empty sitemap'],
    (elements) => {
      const { length } = elements.filter(({ name }) => name === 'url' || name === 'sitemap')
      return length >= 1 && length <= 50_000 ? [] : [length]
    },
  ],
  [
    'sitemaps.org: each has exactly one loc, first, an absolute address of this host',
    Object.keys(documents),
    (elements) =>
      elements.flatMap(({ name }, at) => {
        if (name !== 'url' && name !== 'sitemap') return []
        const next = elements[at + 1]
        return next?.name === 'loc' && new URL(next.text).origin === site.url ? [] : [next]
      }),
  ],
  [
    'sitemaps.org: lastmod is a W3C date',
    ['index', 'sitemap'],
    (elements) =>
      elements.filter(
        ({ name, text }) => name === 'lastmod' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text),
      ),
  ],
  [
    'sitemaps.org: a sitemap lists only what its own folder may hold',
    ['index'],
    (elements) =>
      elements.filter(({ name, text }) => name === 'loc' && new URL(text).pathname.split('/').length > 2),
  ],
  [
    'news: each has publication, publication_date and title, and nothing else',
    ['news'],
    (elements) =>
      elements.flatMap(({ name }, at) => {
        if (name !== 'news:news') return []
        const names = elements.slice(at + 1, at + 6).map((one) => one.name)
        const wanted = ['publication', 'name', 'language', 'publication_date', 'title']
        return names.join() === wanted.map((one) => `news:${one}`).join() ? [] : names
      }),
  ],
  [
    'news: its namespace',
    ['news'],
    ([root]) =>
      root?.attributes['xmlns:news'] === 'http://www.google.com/schemas/sitemap-news/0.9' ? [] : [root],
  ],
  [
    'news: the language is one of ISO 639, or zh-cn or zh-tw',
    ['news'],
    (elements) =>
      elements.filter(
        ({ name, text }) => name === 'news:language' && !/^([a-z]{2,3}|zh-cn|zh-tw)$/.test(text),
      ),
  ],
]

const cases = rules.flatMap(([rule, of, broken]) => of.map((name) => [rule, name, broken] as const))

describe('sitemaps', () => {
  test.for(cases)('%s: %s', ([, name, broken]) => {
    const elements = elementsOf(documents[name] ?? '')
    expect(elements.length).toBeGreaterThan(2)
    expect(broken(elements)).toEqual([])
  })

  test('a text is written once, and whole', () => {
    const elements = elementsOf(documents.news ?? '')
    const textOf = (name: string) => elements.filter((one) => one.name === name).map(({ text }) => text)
    expect(textOf('news:title')[0]).toContain(`]]> & < > " ' <script>`)
    expect(textOf('news:language')).toEqual(['fr', 'zh-tw', 'zh-cn', 'sr'])
    expect(textOf('news:publication_date')[0]).toBe('2024-06-19T12:00:00Z')
  })
})

const names: [part: number, number: number, name: string][] = [
  [20240600001, 2024060000, '2024-06-1'],
  [20240600010, 2024060000, '2024-06-1'],
  [20240600011, 2024060001, '2024-06-2'],
  [20241299991, 2024129999, '2024-12-10000'],
  [19000100001, 1900010000, '1900-01-1'],
]

describe('a sitemap’s name', () => {
  test.for(names)('archive %d is in %d, called %s', ([part, number, name]) => {
    expect(sitemapName(number)).toBe(name)
    const [first, last] = archivesOf(number)
    expect(part).toBeGreaterThanOrEqual(first)
    expect(part).toBeLessThanOrEqual(last)
  })

  test.for(names)('of archive %d can be read back', ([, number, name]) => {
    expect(parseSitemapName(name)).toBe(number)
  })

  test.for([
    '',
    '2024',
    '2024-13-1',
    '2024-6-1',
    '2024-06-0',
    '2024-06-01',
    '2024-06-10001',
    'x-06-1',
    '2024-06-1e3',
  ])('%s is none', (name) => expect(parseSitemapName(name)).toBeUndefined())
})
