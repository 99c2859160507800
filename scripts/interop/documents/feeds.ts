import type { Article } from '../../../src/domain/article.ts'
import type { Feed } from '../../../src/domain/feed.ts'
import type { History } from '../../../src/domain/paging.ts'
import type { Selection } from '../../../src/domain/selection.ts'
import { slugOf } from '../../../src/domain/slug.ts'
import { cleanHtml } from '../../../src/ingest/html.ts'
import { behaviours, sampleFeed, site, siteWithTexts } from '../../../test/render/samples.ts'
import { fixtureArticles, fuzzedArticles, hostileArticles } from './articles.ts'

const seeds = [1, 2, 3, 4]
const articlesPerSeed = 25

const ofPage: History = {
  part: { before: { published: 1718798400000, number: 12 } },
  links: [
    { rel: 'first', part: 'newest' },
    { rel: 'previous', part: { after: { published: 1718798400000, number: 11 } } },
  ],
}
const ofArchive: History = {
  part: { archive: 20240600001 },
  mark: 'archive',
  links: [
    { rel: 'current', part: 'newest' },
    { rel: 'next-archive', part: { archive: 20240600002 } },
  ],
}
const intersection: Selection = {
  path: '',
  query: 'section=monde&tag=diplomatie',
  title: 'Monde · Diplomatie',
  archives: { path: 'tags/diplomatie', query: 'section=monde' },
}
const withdrawn = [1, 2, 3].map((number) => ({
  id: `tag:kiosque.example,2024:retire-${number}`,
  withdrawn: Date.parse(`2024-06-2${number}T09:30:00Z`),
}))
const ofArticle = ({ slug, title }: Article): Selection => ({ path: `articles/${slug}`, title })

/** The feeds of the fixtures: all of them, each selection, each article, and each kind of document. */
function ofFixtures(): [name: string, feed: Feed][] {
  const articles = fixtureArticles()
  const names = new Map<string, Selection>()
  for (const { section, tags, authors } of articles) {
    if (section) names.set(`sections/${slugOf(section)}`, { path: '', title: section })
    for (const tag of tags) names.set(`tags/${slugOf(tag)}`, { path: '', title: tag })
    for (const { name } of authors) names.set(`authors/${slugOf(name)}`, { path: '', title: name })
  }
  const selections = [...names].map(([path, { title }]) => ({ path, title }))
  const has = ({ section, tags, authors }: Article, title: string) =>
    [section, ...tags, ...authors.map(({ name }) => name)].includes(title)
  return [
    ['fixtures', sampleFeed(articles)],
    ['fixtures-hub-texts', sampleFeed(articles, { site: siteWithTexts, hub: `${site.url}/hub` })],
    ['fixtures-page', sampleFeed(articles.slice(0, 3), { history: ofPage })],
    ['fixtures-archive', sampleFeed(articles.slice(3, 6), { history: ofArchive })],
    ['fixtures-intersection', sampleFeed(articles.slice(0, 2), { selection: intersection })],
    [
      'fixtures-intersection-archive',
      sampleFeed(articles.slice(0, 2), { selection: intersection, history: ofArchive }),
    ],
    ['fixtures-tombstones', sampleFeed(articles, { withdrawn })],
    ...articles.map((article): [string, Feed] => [
      `fixture-${article.slug}`,
      sampleFeed([article], { selection: ofArticle(article) }),
    ]),
    ...selections.map((selection): [string, Feed] => [
      `fixtures-${selection.path.replace('/', '-')}`,
      sampleFeed(
        articles.filter((article) => has(article, selection.title)),
        { selection },
      ),
    ]),
  ]
}

/** Feeds without an article: of each kind of selection and document, with and without tombstones. */
const ofNothing = (): [name: string, feed: Feed][] => [
  ['empty-all', sampleFeed([])],
  ['empty-tag', sampleFeed([], { selection: { path: 'tags/cinema', title: 'Cinéma' } })],
  ['empty-author', sampleFeed([], { selection: { path: 'authors/kim', title: 'Kim' } })],
  ['empty-page', sampleFeed([], { history: ofPage })],
  ['empty-intersection', sampleFeed([], { selection: intersection })],
  ['empty-complete', sampleFeed([], { history: { part: 'newest', links: [], mark: 'complete' } })],
  ['only-tombstones', sampleFeed([], { selection: { path: 'sections/monde', title: 'Monde' }, withdrawn })],
]

/** For each hostile text, the feed of an article, and a feed whose selection and site have the text. */
const ofHostile = (): [name: string, feed: Feed][] =>
  hostileArticles().flatMap(([name, article]): [string, Feed][] => {
    const { title } = article
    const named = { ...site, title, description: title, copyright: title }
    return [
      [`hostile-${name}`, sampleFeed([article], { selection: ofArticle(article) })],
      [`hostile-site-${name}`, sampleFeed([article], { site: named })],
      [`hostile-tag-${name}`, sampleFeed([article], { selection: { path: `tags/${name}`, title } })],
    ]
  })

/** Feeds of random hostile articles, the same in every run. */
const ofFuzz = (): [name: string, feed: Feed][] =>
  seeds.map((seed) => [`fuzz-${seed}`, sampleFeed(fuzzedArticles(seed, articlesPerSeed))])

/** The sample feeds of the tests, with bodies as the importer stores them. */
const ofBehaviours = (): [name: string, feed: Feed][] =>
  Object.entries(behaviours).map(([name, feed]) => [
    `behaviour-${name}`,
    { ...feed, articles: feed.articles.map(withStoredBody) },
  ])

function withStoredBody(article: Article): Article {
  const body = cleanHtml(article.html, site.url)
  if (!body.ok) throw new Error(`The importer refuses the body of ${article.slug}`)
  return { ...article, html: body.value }
}

/** All feeds that the part `documents` renders, each with a name that occurs once. */
export const sampleFeeds = (): [name: string, feed: Feed][] => [
  ...ofFixtures(),
  ...ofNothing(),
  ...ofBehaviours(),
  ...ofHostile(),
  ...ofFuzz(),
]
