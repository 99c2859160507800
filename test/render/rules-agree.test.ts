import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import type { Element, Nodes } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { toText } from 'hast-util-to-text'
import { describe, expect, test } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import type { Feed } from '../../src/domain/feed.ts'
import { type Format, formatNames } from '../../src/domain/format.ts'
import { formatNamed, formats } from '../../src/render/formats.ts'
import { repeated } from '../repeated.ts'
import { changes, whole } from '../whole.ts'
import { behaviours, givenId, sampleFeed } from './samples.ts'

/** An article as the npm package feedsmith reads it from a feed; feedsmith shares no code with this project. */
interface View {
  id: string | undefined
  title: string | undefined
  url: string | undefined
  published: number
  updated: number
  summary: string | undefined
  body: string | undefined
  authors: (string | undefined)[]
  categories: (string | undefined)[]
}

const words = (html: string | undefined) => html && toText(fromHtml(html, { fragment: true }))

const renderIn = (format: Format, feed: Feed): string => formatNamed(format).render(feed)

const viewsOf: Record<Format, (feed: Feed) => View[]> = {
  rss: (feed) =>
    (parseRssFeed(renderIn('rss', feed)).items ?? []).map((item, at) => ({
      id: item.guid?.value,
      title: item.title,
      url: item.link,
      published: Date.parse(item.pubDate ?? ''),
      updated: Date.parse(item.dcterms?.modified?.[0] ?? ''),
      // RSS needs a description where the other formats have no summary.
      summary: feed.articles[at]?.summary === '' ? undefined : words(item.description),
      body: item.content?.encoded,
      authors: item.dc?.creators ?? [],
      categories: (item.categories ?? []).map(({ name }) => name),
    })),
  atom: (feed) =>
    (parseAtomFeed(renderIn('atom', feed)).entries ?? []).map((entry) => ({
      id: entry.id,
      title: entry.title?.value,
      url: entry.links?.find(({ rel = 'alternate' }) => rel === 'alternate')?.href,
      published: Date.parse(entry.published ?? ''),
      updated: Date.parse(entry.updated ?? ''),
      summary: entry.summary?.value,
      body: entry.content?.type === 'html' ? entry.content.value : undefined,
      authors: (entry.authors ?? []).map(({ name }) => name),
      categories: (entry.categories ?? []).map(({ term }) => term),
    })),
  json: (feed) =>
    (parseJsonFeed(renderIn('json', feed)).items ?? []).map((item) => ({
      id: item.id,
      title: item.title,
      url: item.url,
      published: Date.parse(item.date_published ?? ''),
      updated: Date.parse(item.date_modified ?? ''),
      summary: item.summary,
      body: item.content_html,
      authors: (item.authors ?? []).map(({ name }) => name),
      categories: item.tags ?? [],
    })),
}

const members: (keyof View)[] = [
  'id',
  'title',
  'url',
  'published',
  'updated',
  'summary',
  'body',
  'authors',
  'categories',
]

const all = Object.entries(behaviours).map(([behaviour, feed]) => ({
  behaviour,
  feed,
  views: Object.entries(viewsOf).map(([format, read]) => ({ format, articles: read(feed) })),
}))

describe('feedsmith reads the same articles, in the same order, from every format', () => {
  test.for(all)('$behaviour', ({ feed, views }) => {
    for (const { format, articles } of views) {
      expect([format, articles.length]).toEqual([format, feed.articles.length])
      const ids = feed.articles.map((article) => (format === 'atom' ? article.id : givenId(article)))
      expect([format, articles.map(({ id: _, ...one }) => one)]).toEqual([
        format,
        views[0]?.articles.map(({ id: _, ...one }) => one),
      ])
      expect([format, articles.map(({ id }) => id)]).toEqual([format, ids])
    }
  })

  test.for(members)('%s is somewhere given, so that agreement means something', (member) => {
    const values = all
      .flatMap(({ views }) => views.flatMap(({ articles }) => articles))
      .map((one) => one[member])
    const given = values.filter((value) => value && !Number.isNaN(value) && [value].flat().length > 0)
    expect(given.length).toBeGreaterThan(0)
  })

  test('readers 0.4: an id is once in a feed', () => {
    for (const { behaviour, views } of all) {
      for (const { format, articles } of views) {
        const ids = articles.map(({ id }) => id)
        expect(repeated(ids), `${behaviour}.${format}`).toEqual([])
      }
    }
  })
})

/**
 * The results of checking a rule: one entry for each thing that was checked, either a text that says what is
 * wrong or `false` if nothing is wrong.
 */
type Answers = (string | false)[]
type Rule = [
  rule: string,
  check: (body: Nodes, article: Article, feed: Feed) => Answers,
  broken: (html: string) => string,
]

const elementsOf = (node: Nodes): Element[] => [
  ...(node.type === 'element' ? [node] : []),
  ...('children' in node ? node.children.flatMap(elementsOf) : []),
]
const named = (body: Nodes, name: string) => elementsOf(body).filter(({ tagName }) => tagName === name)

const rules: Rule[] = [
  [
    'readers 0.9: every address in the HTML is absolute',
    (body) =>
      elementsOf(body).flatMap(({ properties }) =>
        [properties.src, properties.href, properties.poster, properties.cite]
          .filter((url) => url !== undefined && url !== null)
          .map((url) => !/^(https?:\/\/[^/\s]+\/|mailto:|tel:)/.test(String(url)) && String(url)),
      ),
    (html) => html.replace(/src="https:\/\/[^/]*/, 'src="'),
  ],
  [
    'readers 0.9: the lead picture stands in the HTML exactly once',
    (body, { image }, { site }) => {
      if (!image) return []
      const url = new URL(image.url, site.url).href
      const count = named(body, 'img').filter(({ properties }) => properties.src === url).length
      return [count !== 1 && `${count} times`]
    },
    (html) => html.replace(/<img [^>]*>/, '$&$&'),
  ],
  [
    'HTML §4.8.4: a picture has an alt text, if only an empty one',
    (body) =>
      named(body, 'img').map(({ properties }) => properties.alt === undefined && String(properties.src)),
    (html) => html.replace(/ alt="[^"]*"/, ''),
  ],
  [
    'no script, style or handler stands in the HTML',
    (body) =>
      elementsOf(body).map(
        ({ tagName, properties }) =>
          (/^(script|style)$/.test(tagName) ||
            Object.keys(properties).some((name) => name.startsWith('on'))) &&
          tagName,
      ),
    (html) => html.replace('<p>', '<p onclick="x()">'),
  ],
]

/**
 * Checks a rule on the HTML of every sample article in every feed format, and returns the results. `change`
 * modifies the HTML before the check, so that a test can break the rule on purpose.
 */
const answersTo = (check: Rule[1], change = (html: string) => html): Answers =>
  all.flatMap(({ behaviour, feed, views }) =>
    views.flatMap(({ format, articles }) =>
      articles.flatMap(({ body }, at) => {
        const article = feed.articles[at]
        if (body === undefined || !article) return []
        const answers = check(fromHtml(change(body), { fragment: true }), article, feed)
        return answers.map((answer) => answer !== false && `${behaviour}.${format}: ${answer}`)
      }),
    ),
  )
const violations = (answers: Answers) => answers.filter((answer) => answer !== false)

describe('the HTML of articles, in every format', () => {
  test.for(rules)('%s', ([, check]) => {
    const answers = answersTo(check)
    expect(answers.length).toBeGreaterThan(0) // A rule that found nothing to check fails this test.
    expect(violations(answers)).toEqual([])
  })
})

describe('a correction', () => {
  const scheme = 'http://cv.iptc.org/newscodes/signal/'
  const { articles } = behaviours['correction-tags'] as Feed
  const isCorrected = articles.map(({ note }) => note !== undefined)
  const documentIn = (format: Format) => renderIn(format, behaviours['correction-tags'] as Feed)
  const read: Record<Format, () => boolean[]> = {
    rss: () =>
      (parseRssFeed(documentIn('rss')).items ?? []).map(({ categories = [] }) =>
        categories.some(({ name, domain }) => name === 'correction' && domain === scheme),
      ),
    atom: () =>
      (parseAtomFeed(documentIn('atom')).entries ?? []).map(({ categories = [] }) =>
        categories.some((one) => one.term === 'correction' && one.scheme === scheme),
      ),
    json: () =>
      JSON.parse(documentIn('json')).items.map(({ _kiosque }: Kiosque) => _kiosque?.correction !== undefined),
  }

  interface Kiosque {
    _kiosque?: { correction?: { date: string; text?: string } }
  }

  test.for(formatNames)('is a category of the IPTC in %s, only where the article has a note', (format) => {
    expect(isCorrected).toContain(false)
    expect(read[format]()).toEqual(isCorrected)
  })

  test.for(formatNames)('and a tag of the same name are one category: %s', (format) => {
    const views = viewsOf[format](behaviours['correction-tags'] as Feed)
    expect(views.map(({ categories }) => categories)).toEqual([
      ['Marché', 'Correction!', 'correction'],
      ['Local', 'correction'],
      ['Local', 'Marché', 'correction'],
    ])
  })

  test('has a date in JSON Feed, and its text only with the body', () => {
    const { items } = JSON.parse(documentIn('json')) as { items: Kiosque[] }
    expect(items.map((item) => item._kiosque?.correction)).toEqual([
      { date: '2024-06-20T01:00:00Z', text: 'Un nom.' },
      undefined,
      { date: '2024-06-20T03:00:00Z' },
    ])
    for (const format of formatNames) expect(documentIn(format), format).not.toContain('Secret.')
  })

  test('has a label in the language of the article in Atom', () => {
    expect(
      [...documentIn('atom').matchAll(/term="correction" scheme="[^"]*signal\/" label="(.*?)"/g)].map(
        ([, label]) => label,
      ),
    ).toEqual(['Correction', 'Korrektur'])
  })
})

test('rights: where only a summary may be passed on, no format has a body', () => {
  const closed = all.flatMap(({ feed, views }) =>
    views.flatMap(({ articles }) =>
      articles.filter((_, at) => feed.articles[at]?.rights.syndicate !== 'full').map(({ body }) => body),
    ),
  )
  expect(closed.length).toBeGreaterThanOrEqual(2 * formatNames.length)
  expect(closed).toEqual(closed.map(() => undefined))
})

test.for(formats)(
  'withdrawals: $title lists them exactly if its row says so',
  ({ render, saysWithdrawn }) => {
    const feed = behaviours.withdrawn as Feed
    const document = render(feed)
    const ids = (feed.withdrawn ?? []).map(({ id }) => id)
    expect(ids.length).toBeGreaterThan(0)
    const isThere = (id: string) => document.includes(id) || document.includes(id.replaceAll('&', '&amp;'))
    expect(ids.filter(isThere)).toEqual(saysWithdrawn ? ids : [])
  },
)

describe('HTML that breaks the rule is found', () => {
  test.for(rules)('%s', ([, check, broken]) => {
    expect(violations(answersTo(check, broken))).not.toEqual([])
  })
})

describe('a field of an article', () => {
  /**
   * The fields of an article whose values are in no feed of an article with a summary. The values of all other fields are in
   * the feeds.
   */
  const outside = [
    'shortTitle',
    'kicker',
    'dayOnly.0',
    'place',
    'urgency',
    'image.caption',
    'embargo',
    'expires',
    'comments',
    'status',
  ]

  test.for(formats)('of those outside of feeds changes no byte of one: $title', ({ render }) => {
    const feed = render(sampleFeed([whole]))
    const others = changes.filter(([field]) => outside.includes(field))
    expect(others.map(([field]) => field)).toEqual(outside)
    expect(
      others.filter(([, article]) => render(sampleFeed([article])) !== feed).map(([field]) => field),
    ).toEqual([])
  })

  test('that changes no feed is listed as outside of feeds', () => {
    const feeds = (article: Article) => formats.map(({ render }) => render(sampleFeed([article]))).join()
    const without = changes.filter(([, article]) => feeds(article) === feeds(whole)).map(([field]) => field)
    expect(without).toEqual(outside)
  })
})
