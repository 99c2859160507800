import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import type { Format } from '../../src/domain/format.ts'
import { legalText } from '../../src/domain/text.ts'
import { formats } from '../../src/render/formats.ts'
import { examples } from '../laws.ts'
import { article, filled } from './arbitrary.ts'
import { all, atomName, contentName, dcName, modifiedName, readXml, rssName, texts } from './read-xml.ts'
import { sampleArticle, sampleFeed } from './samples.ts'

/** The values of an article that a feed reader must find in a feed of every format. */
function expected(
  format: Format,
  { id, title, summary, html, published, updated, section, tags, authors, rights }: Article,
) {
  return {
    id: legalText(id),
    title: legalText(title),
    // An RSS item without a summary has another description.
    summary: legalText(summary) || (format === 'rss' ? expect.stringMatching(/./s) : undefined),
    body: rights.syndicate === 'full' ? legalText(html) || undefined : undefined,
    published: Date.parse(published),
    updated: Date.parse(updated),
    categories: [section ?? '', ...tags.filter((tag) => tag !== section)].map(legalText),
    authors: authors.map(({ name }) => legalText(name)),
  }
}

/** Decodes the HTML in a feed's description element to the text that a browser would show. */
const shown = (html: string | undefined) =>
  html?.replace(
    /&(lt|gt|amp|#13);/g,
    (entity) => ({ '&lt;': '<', '&gt;': '>', '&#13;': '\r' })[entity] ?? '&',
  )

const readRss = (document: string) =>
  all(all(readXml(document), rssName('channel'))[0], rssName('item')).map((item) => ({
    id: texts(item, rssName('guid'))[0],
    title: texts(item, rssName('title'))[0],
    summary: shown(texts(item, rssName('description'))[0]) || undefined,
    body: texts(item, contentName)[0] || undefined,
    published: Date.parse(texts(item, rssName('pubDate'))[0] ?? ''),
    updated: Date.parse(texts(item, modifiedName)[0] ?? ''),
    categories: texts(item, rssName('category')),
    authors: texts(item, dcName('creator')),
  }))

const readAtom = (document: string) =>
  all(readXml(document), atomName('entry')).map((entry) => ({
    id: texts(entry, atomName('id'))[0],
    title: texts(entry, atomName('title'))[0],
    summary: texts(entry, atomName('summary'))[0] || undefined,
    body:
      all(entry, atomName('content')).find(({ attributes }) => attributes.type === 'html')?.text || undefined,
    published: Date.parse(texts(entry, atomName('published'))[0] ?? ''),
    updated: Date.parse(texts(entry, atomName('updated'))[0] ?? ''),
    categories: all(entry, atomName('category')).map(({ attributes }) => attributes.term),
    authors: all(entry, atomName('author')).flatMap((author) => texts(author, atomName('name'))),
  }))

interface JsonItem {
  id: string
  title: string
  summary?: string
  content_html?: string
  date_published: string
  date_modified: string
  tags: string[]
  authors?: { name: string }[]
}

const readJson = (document: string) =>
  (JSON.parse(document).items as JsonItem[]).map((item) => ({
    id: item.id,
    title: item.title,
    summary: item.summary || undefined,
    body: item.content_html || undefined,
    published: Date.parse(item.date_published),
    updated: Date.parse(item.date_modified),
    categories: item.tags,
    authors: (item.authors ?? []).map(({ name }) => name),
  }))

/** Reads the articles of a feed document, in the form in which `expected` gives them. */
const readers: Record<
  Format,
  (document: string) => { title: string | undefined; body: string | undefined }[]
> = {
  rss: readRss,
  atom: readAtom,
  json: readJson,
}

test('law: any feed is well-formed and comes back equal, in every format', () => {
  fc.assert(
    fc.property(fc.array(article, { maxLength: 3 }), filled, (articles, name) => {
      const feed = sampleFeed(articles, { selection: { path: 'tags/x', title: name } })
      for (const { format, render } of formats) {
        const wanted = articles.map((one) => expected(format, one))
        expect([format, readers[format](render(feed))]).toEqual([format, wanted])
      }
    }),
    { numRuns: examples(1000) },
  )
})

test('law: the same feed gives the same bytes', () => {
  fc.assert(
    fc.property(article, (one) => {
      const feed = sampleFeed([one])
      return formats.every(({ render }) => render(feed) === render(structuredClone(feed)))
    }),
    { numRuns: examples(50) },
  )
})

test.for([
  ['a title of 100 kB', 'é&<]]>'.repeat(17_000)],
  ['a body end repeated 10,000 times', ']]>'.repeat(10_000)],
])('%s comes back equal', ([, text = '']) => {
  const one = sampleArticle({ title: text, html: text })
  const feed = sampleFeed([one])
  for (const { format, render } of formats) {
    const [item] = readers[format](render(feed))
    expect([format, item?.title, item?.body]).toEqual([format, text, text])
  }
})
