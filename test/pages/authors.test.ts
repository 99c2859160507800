import { Readability } from '@mozilla/readability'
import { DOMParser, parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import { renderArticlePage } from '../../src/pages/article/page.tsx'
import { renderEmbed } from '../../src/pages/embed/page.tsx'
import { renderFeedPage } from '../../src/pages/feed/page.tsx'
import { renderListPage } from '../../src/pages/list/page.tsx'
import { type FeedLink, feedLinksOf } from '../../src/pages/parts/feed-links.ts'
import { renderShareMenu } from '../../src/pages/share-menu/page.tsx'
import { renderOembed } from '../../src/render/oembed.ts'
import { sampleArticle, site } from '../render/samples.ts'

const languages = ['fr-CA', 'en', 'de']
const longBody = `<p>${'Quarante maraîchers s’installent au bord du canal, et ils y restent. '.repeat(12)}</p>`
const page = (name: string) => `https://kiosque.example/authors/${name}`
const person = (name: string, url?: string) => ({
  '@type': 'Person',
  name,
  ...(url !== undefined && { url }),
})
const organization = (name: string, url?: string) => ({ ...person(name, url), '@type': 'Organization' })

const eve = { name: 'Ève Roy', url: 'https://eve.example/' }
const agency = { name: 'The Associated Press', url: 'https://agence.example/' }

interface Case {
  differs: Partial<Article>
  /** The authors in the structured data; their names are also the page's `meta name="author"`. */
  authors: object[]
  /** The values of the property `article:author`. */
  profiles?: string[]
  /** The texts of the elements that are marked as the author, and the address of each that is a link. */
  marked: [name: string, href?: string][]
  /** The byline that people read, for each of `languages`. */
  bylines: [string, string, string]
  oembed: { author_name?: string; author_url?: string }
}

const cases: Record<string, Case> = {
  'one author, and an agency': {
    differs: { authors: [{ name: 'Kim Tong-hyung' }], source: agency },
    authors: [person('Kim Tong-hyung', page('kim-tong-hyung'))],
    profiles: [page('kim-tong-hyung')],
    marked: [['Kim Tong-hyung', page('kim-tong-hyung')]],
    bylines: [
      'Par Kim Tong-hyung Source : The Associated Press',
      'By Kim Tong-hyung Source: The Associated Press',
      'Von Kim Tong-hyung Quelle: The Associated Press',
    ],
    oembed: { author_name: 'Kim Tong-hyung' },
  },
  'a desk': {
    differs: { authors: [{ name: 'Service local' }] },
    authors: [organization('Service local', page('service-local'))],
    profiles: [page('service-local')],
    marked: [['Service local', page('service-local')]],
    bylines: ['Par Service local', 'By Service local', 'Von Service local'],
    oembed: { author_name: 'Service local' },
  },
  'an author with an address': {
    differs: { authors: [eve] },
    authors: [person('Ève Roy', 'https://eve.example/')],
    profiles: ['https://eve.example/'],
    marked: [['Ève Roy', page('eve-roy')]],
    bylines: ['Par Ève Roy', 'By Ève Roy', 'Von Ève Roy'],
    oembed: { author_name: 'Ève Roy', author_url: 'https://eve.example/' },
  },
  'an author whose stored address is no address': {
    differs: { authors: [{ name: 'Ève Roy', url: 'eve' }] },
    authors: [person('Ève Roy', page('eve-roy'))],
    profiles: [page('eve-roy')],
    marked: [['Ève Roy', page('eve-roy')]],
    bylines: ['Par Ève Roy', 'By Ève Roy', 'Von Ève Roy'],
    oembed: { author_name: 'Ève Roy' },
  },
  'several authors': {
    differs: { authors: [{ name: 'Ann Lee' }, { name: 'AFP' }, eve] },
    authors: [
      person('Ann Lee', page('ann-lee')),
      organization('AFP', page('afp')),
      person('Ève Roy', 'https://eve.example/'),
    ],
    profiles: [page('ann-lee'), page('afp'), 'https://eve.example/'],
    marked: [
      ['Ann Lee', page('ann-lee')],
      ['AFP', page('afp')],
      ['Ève Roy', page('eve-roy')],
    ],
    bylines: ['Par Ann Lee, AFP et Ève Roy', 'By Ann Lee, AFP, and Ève Roy', 'Von Ann Lee, AFP und Ève Roy'],
    oembed: { author_name: 'Ann Lee, AFP, Ève Roy' },
  },
  'an author without a page': {
    differs: { authors: [{ name: 'Ann Lee' }], rights: { syndicate: 'none' } },
    authors: [person('Ann Lee')],
    marked: [['Ann Lee']],
    bylines: ['Par Ann Lee', 'By Ann Lee', 'Von Ann Lee'],
    oembed: { author_name: 'Ann Lee' },
  },
  'an agency alone': {
    differs: { authors: [], source: agency },
    authors: [organization('The Associated Press', 'https://agence.example/')],
    marked: [['The Associated Press', 'https://agence.example/']],
    bylines: [
      'Source : The Associated Press',
      'Source: The Associated Press',
      'Quelle: The Associated Press',
    ],
    oembed: { author_name: 'The Associated Press', author_url: 'https://agence.example/' },
  },
  'an agency alone, without an address': {
    differs: { authors: [], source: { name: 'AFP' } },
    authors: [organization('AFP')],
    marked: [['AFP']],
    bylines: ['Source : AFP', 'Source: AFP', 'Quelle: AFP'],
    oembed: { author_name: 'AFP' },
  },
  nobody: {
    differs: { authors: [] },
    authors: [],
    marked: [],
    bylines: ['', '', ''],
    oembed: {},
  },
}

const rows = Object.entries(cases).flatMap(([what, expected]) =>
  languages.map((language, at) => ({
    what,
    language,
    ...expected,
    byline: expected.bylines[at] ?? '',
    article: sampleArticle({ html: longBody, ...expected.differs, language }),
  })),
)

const feeds = feedLinksOf(site, { path: '' })
const articlePage = (article: Article) => renderArticlePage({ site, article, share: [], feeds })
/** The page without its metadata, so that a program has only the marks in the text. */
const unmarked = (html: string) =>
  html.replace(/<meta (?:name|property)="[^"]*author"[^>]*>|<script type="application\/ld.*?<\/script>/gs, '')
const read = (html: string) => new Readability(new DOMParser().parseFromString(html, 'text/html')).parse()
const markedIn = (html: string) => [...parseHTML(html).document.querySelectorAll('[rel=author], .author')]
const plain = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim()
const namesOf = (authors: object[]) => authors.map((author) => ('name' in author ? author.name : undefined))

describe('the page of an article tells programs its authors', () => {
  test.for(rows)('$what, in $language: metadata', ({ article, authors, profiles = [] }) => {
    const { document } = parseHTML(articlePage(article))
    const contents = (selector: string) =>
      [...document.querySelectorAll(selector)].map((meta) => meta.getAttribute('content'))
    expect(contents('meta[name="author"]')).toEqual(namesOf(authors))
    expect(contents('meta[property="article:author"]')).toEqual(profiles)
    const data = JSON.parse(document.querySelector('[type="application/ld+json"]')?.textContent ?? '')
    expect(data.author).toEqual(authors.length > 0 ? authors : undefined)
  })

  test.for(rows)('$what, in $language: each marked element has one name and nothing else', (row) => {
    const found = markedIn(articlePage(row.article)).map((one) => [
      one.textContent,
      ...(one.hasAttribute('href') ? [one.getAttribute('href')] : []),
    ])
    expect(found).toEqual(row.marked)
  })

  test.for(rows)('$what, in $language: people read the byline', ({ article, byline }) => {
    const { document } = parseHTML(articlePage(article))
    expect(plain(document.querySelector('.credits')?.textContent)).toBe(byline)
  })

  test.for(rows)('$what, in $language: Readability reads the names alone', ({ article, authors }) => {
    const html = articlePage(article)
    expect(read(html)?.byline ?? '').toBe(namesOf(authors).join(', '))
    expect(read(unmarked(html))?.byline ?? '').toBe(namesOf(authors)[0] ?? '')
  })

  test.for(rows)('$what, in $language: the text of the parts does not run together', ({ article }) => {
    const { document } = parseHTML(
      articlePage({ ...article, place: 'PYONGYANG', updated: '2024-07-01T12:00:00Z' }),
    )
    const parts = [...document.querySelectorAll('main header > *, main header > p > *')].map((one) =>
      plain(one.textContent),
    )
    const words = plain(document.querySelector('main header')?.textContent).split(' ')
    for (const part of parts) expect(words, part).toEqual(expect.arrayContaining(part.split(' ')))
    const whole = plain(document.querySelector('main')?.textContent)
    expect(whole).toContain(`${words.join(' ')} ${plain(parseHTML(article.html).document.textContent)}`)
  })
})

describe('the other pages and answers of an article', () => {
  test.for(rows)('$what, in $language: the embedded card', ({ article, authors }) => {
    const html = renderEmbed({ site, article })
    expect(markedIn(html).map((one) => one.textContent)).toEqual(namesOf(authors))
    const footer = plain(parseHTML(html).document.querySelector('footer')?.textContent)
    for (const name of namesOf(authors))
      expect(`${footer} `, `${name}`).toMatch(new RegExp(` ${name}(?:,| )`))
  })

  test.for(rows)('$what, in $language: oEmbed', ({ article, oembed }) => {
    const bounds = { width: 600, height: 400 }
    const { author_name, author_url } = JSON.parse(renderOembed(site, article, bounds, 'json'))
    expect({ author_name, author_url }).toEqual({ author_name: undefined, author_url: undefined, ...oembed })
  })

  test.for(rows)('$what, in $language: a page that is not the article’s has no author', ({ article }) => {
    const selection = { path: '', title: '' }
    const addresses = { short: 'https://kiosque.example/s/a', qr: 'https://kiosque.example/qr/a.svg' }
    const list = renderListPage({ site, selection, articles: [article], feeds })
    const view = renderFeedPage({
      ...{ site, selection, articles: [article], feeds, feed: feeds[0] as FeedLink },
      ...{ newest: true, raw: 'https://kiosque.example/feed.rss?raw=' },
    })
    const menu = renderShareMenu({ site, article, share: [], addresses })
    for (const [name, html] of Object.entries({ list, view, menu })) {
      expect(markedIn(html).length, name).toBe(0)
      expect(html, name).not.toMatch(/<meta [^>]*author|class="[^"]*(?:byline|author)/)
    }
  })
})
