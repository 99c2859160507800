import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { expect, test } from 'vitest'
import { renderOpml } from '../../src/render/opml.ts'
import { site } from './samples.ts'

const hostile = `]]> & < > " ' <script> \u0000 \u0085 \ud800 \n\t👨‍👩‍👧‍👦`

/** Every element of an XML document with its attributes. Throws if the document is not well-formed. */
function elementsOf(xml: string): SaxesTagPlain[] {
  const elements: SaxesTagPlain[] = []
  const parser = new SaxesParser()
  parser.on('error', (fault) => {
    throw fault
  })
  parser.on('opentag', (tag) => elements.push(tag as SaxesTagPlain))
  parser.write(xml).close()
  return elements
}

const part = {
  folder: 'tags' as const,
  title: hostile,
  selections: [
    { path: 'tags/a', title: hostile },
    { path: 'tags/été', title: 'Été' },
  ],
}

test('OPML 2.0: version, head with title, body, every outline with its text', () => {
  const elements = elementsOf(renderOpml({ ...site, title: hostile }, [part], true))
  expect(elements.slice(0, 5).map(({ name }) => name)).toEqual(['opml', 'head', 'title', 'docs', 'body'])
  expect(elements[0]?.attributes.version).toBe('2.0')
  const outlines = elements.filter(({ name }) => name === 'outline')
  expect(outlines).toHaveLength(4)
  for (const { attributes } of outlines) expect(attributes.text).not.toBe('')
})

test('OPML 2.0: a subscription has type rss, an absolute xmlUrl, and the page as htmlUrl', () => {
  const feeds = elementsOf(renderOpml(site, [part], true)).filter(
    ({ attributes }) => attributes.type === 'rss',
  )
  expect(feeds.map(({ attributes }) => [attributes.xmlUrl, attributes.htmlUrl])).toEqual([
    ['https://kiosque.example/feed.rss', 'https://kiosque.example/'],
    ['https://kiosque.example/tags/a/feed.rss', 'https://kiosque.example/tags/a'],
    ['https://kiosque.example/tags/%C3%A9t%C3%A9/feed.rss', 'https://kiosque.example/tags/%C3%A9t%C3%A9'],
  ])
})

test('OPML 2.0: what was cut goes on by an include', () => {
  const rest = 'https://kiosque.example/feeds.opml?from=tags%2Fb&x'
  const outlines = elementsOf(renderOpml(site, [{ ...part, rest }], false))
  expect(outlines.at(-1)?.attributes).toMatchObject({ type: 'include', url: rest })
  expect(outlines.filter(({ attributes }) => attributes.type === 'rss')).toHaveLength(2)
})
