import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import { boundsOf, oembedLinks, renderOembed, sizeWithin, slugIn } from '../../src/render/oembed.ts'
import { sampleArticle, site } from './samples.ts'

const image = { url: '/media/a.jpg', type: 'image/jpeg', width: 400, height: 200 }
const hostile = `« L’été » & 100 % "d'ici" <script>alert(1)</script> ]]> \u0000\u0085`
const card = { width: 600, height: 220 }

const json = (differs: Partial<Article> = {}, size = card) =>
  JSON.parse(renderOembed(site, sampleArticle(differs), size, 'json'))

/** The elements of an oEmbed response in XML, each with its text. */
function xml(differs: Partial<Article> = {}): Record<string, string> {
  const found: Record<string, string> = {}
  let name = ''
  const parser = new SaxesParser()
  parser.on('error', (fault) => {
    throw fault
  })
  parser.on('opentag', (tag) => {
    name = tag.name
    found[name] = ''
  })
  parser.on('text', (text) => {
    if (name in found) found[name] += text
  })
  parser.on('closetag', () => {
    name = 'oembed'
  })
  parser.write(renderOembed(site, sampleArticle(differs), card, 'xml')).close()
  const { oembed: _, ...members } = found
  return members
}

test('a response of the type rich has what the specification requires', () => {
  expect(json()).toEqual({
    version: '1.0',
    type: 'rich',
    title: 'Le marché d’été ouvre samedi',
    author_name: 'La rédaction',
    provider_name: 'Le Kiosque',
    provider_url: 'https://kiosque.example/',
    html: expect.stringContaining(
      '<iframe src="https://kiosque.example/embed/marche-d-ete" width="600" height="220"',
    ),
    width: 600,
    height: 220,
  })
})

test.for([
  {},
  { image },
  { title: hostile, authors: [{ name: hostile, url: 'https://a.example/?b=1&c=2' }] },
])('XML says what JSON says: %j', (differs) => {
  const expected = Object.entries(json(differs)).map(([name, value]) => [name, `${value}`])
  expect(xml(differs)).toEqual(Object.fromEntries(expected))
})

test('the html is a quotation and a frame, with no script whatever the title says', () => {
  const { html } = json({ title: hostile })
  expect(html).not.toMatch(/<script|\son\w+=/i)
  expect(html.match(/<[a-z]+/g)).toEqual(['<blockquote', '<a', '<iframe'])
  expect(html).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"')
  expect(html).toMatch(/<a href="https:\/\/kiosque.example\/articles\/marche-d-ete">/)
})

test("the quotation links to the newsroom's own page", () => {
  expect(json({ url: 'https://journal.example/a?b=1&c=2' }).html).toContain(
    '<a href="https://journal.example/a?b=1&amp;c=2">',
  )
})

const thumbnails: [what: string, differs: Partial<Article>, size: typeof card, there: boolean][] = [
  ['within the bounds', { image }, { width: 600, height: 220 }, true],
  [
    'of a large picture where nothing bounds it',
    { image: { ...image, width: 1200, height: 630 } },
    boundsOf(undefined, undefined),
    true,
  ],
  ['too wide', { image }, { width: 399, height: 220 }, false],
  ['too high', { image }, { width: 600, height: 199 }, false],
  ['of unknown height', { image: { url: '/media/a.jpg', width: 10 } }, card, false],
  ['absent', {}, card, false],
]

test.for(thumbnails)('thumbnail %s: all three members or none', ([, differs, size, there]) => {
  const members = Object.keys(json(differs, size)).filter((name) => name.startsWith('thumbnail'))
  expect(members).toEqual(there ? ['thumbnail_url', 'thumbnail_width', 'thumbnail_height'] : [])
})

const sizes: [maxWidth: string | undefined, maxHeight: string | undefined, size: [number, number]][] = [
  [undefined, undefined, [600, 220]],
  ['800', '800', [600, 220]],
  ['500', undefined, [500, 220]],
  ['360', undefined, [360, 320]],
  ['360', '200', [360, 200]],
  ['1', '1', [1, 1]],
  ['0600', '0', [600, 220]],
  ['-5', '1e3', [600, 220]],
  ['wide', '', [600, 220]],
  ['99999999999999999999', '10.5', [600, 220]],
]

test.for(sizes)('maxwidth %s, maxheight %s: %j', ([maxWidth, maxHeight, [width, height]]) => {
  expect(sizeWithin(boundsOf(maxWidth, maxHeight))).toEqual({ width, height })
})

const addresses: [url: string, slug: string | undefined][] = [
  ['https://kiosque.example/articles/marche', 'marche'],
  ['http://kiosque.example/articles/marche/', 'marche'],
  ['https://kiosque.example/articles/marche?utm_source=x#haut', 'marche'],
  ['https://kiosque.example/articles/%E8%AE%B0', '记'],
  ['https://kiosque.example/articles/a%2Fb', 'a/b'],
  ['https://kiosque.example/articles/%FF', undefined],
  ['https://kiosque.example/articles/', undefined],
  ['https://kiosque.example/articles/marche/feed.rss', undefined],
  ['https://kiosque.example/sections/local', undefined],
  ['https://kiosque.example:8443/articles/marche', undefined],
  ['https://kiosque.example.evil.example/articles/marche', undefined],
  ['https://kiosque.example@evil.example/articles/marche', undefined],
  ['javascript://kiosque.example/articles/marche', undefined],
  ['/articles/marche', undefined],
  ['', undefined],
]

test.for(addresses)('the article at %s: %s', ([url, slug]) => {
  expect(slugIn(site, url)).toBe(slug)
})

describe('discovery', () => {
  test('names both formats, with the address of the page', () => {
    expect(oembedLinks(site, sampleArticle()).map(({ type, href }) => [type, href])).toEqual([
      [
        'application/json+oembed',
        'https://kiosque.example/oembed?url=https%3A%2F%2Fkiosque.example%2Farticles%2Fmarche-d-ete&format=json',
      ],
      [
        'text/xml+oembed',
        'https://kiosque.example/oembed?url=https%3A%2F%2Fkiosque.example%2Farticles%2Fmarche-d-ete&format=xml',
      ],
    ])
  })

  test('is not offered where the article may not be passed on', () => {
    expect(oembedLinks(site, sampleArticle({ rights: { syndicate: 'none' } }))).toEqual([])
  })
})
