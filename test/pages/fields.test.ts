import { describe, expect, test } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import { renderArticlePage } from '../../src/pages/article/page.tsx'
import { renderEmbed } from '../../src/pages/embed/page.tsx'
import { renderListPage } from '../../src/pages/list/page.tsx'
import { sampleArticle, site } from '../render/samples.ts'
import { changes, whole } from '../whole.ts'

type Render = (differs: Partial<Article>) => string

const article: Render = (differs) =>
  renderArticlePage({ site, article: sampleArticle(differs), share: [], feeds: [] })
const list: Render = (differs) =>
  renderListPage({
    site,
    selection: { path: '', title: '' },
    articles: [sampleArticle(differs)],
    feeds: [],
  })
const embed: Render = (differs) => renderEmbed({ site, article: sampleArticle(differs) })

const section = '<a href="https://kiosque.example/sections/local">Local</a>'
const image = { url: '/a.jpg', alt: 'Un pont' }

const day = {
  published: '2024-07-01T12:00:00Z',
  updated: '2024-07-01T12:00:00Z',
  dayOnly: ['published'],
} as const
const differsByDay: Partial<Article> = { ...day, dayOnly: [...day.dayOnly] }
const changedOnDay: Partial<Article> = {
  ...day,
  updated: '2024-07-03T12:00:00Z',
  dayOnly: ['published', 'updated'],
}

const rows: [what: string, render: Render, differs: Partial<Article>, html: string][] = [
  [
    'a day without an hour',
    article,
    differsByDay,
    '<time datetime="2024-07-01">1er juillet 2024</time></span></p>',
  ],
  [
    'a day of change without an hour',
    article,
    changedOnDay,
    'Mis à jour le <time datetime="2024-07-03">3 juillet 2024</time>',
  ],
  ['a day in a list', list, differsByDay, '<time datetime="2024-07-01">1er juillet 2024</time>'],
  ['a day on a card', embed, differsByDay, '<time datetime="2024-07-01">1er juillet 2024</time>'],
  ['a day for machines', article, differsByDay, '"datePublished":"2024-07-01","dateModified":"2024-07-01"'],
  [
    'a day for previews',
    article,
    changedOnDay,
    '<meta property="article:modified_time" content="2024-07-03"/>',
  ],
  [
    'a kicker',
    article,
    { kicker: 'R & D' },
    `<p class="kicker">${section} · <span>R &amp; D</span></p> <h1>`,
  ],
  ['no kicker', article, {}, `<p class="kicker">${section}</p> <h1>`],
  [
    'a kicker alone',
    article,
    { kicker: 'Reportage', section: undefined as never },
    '<p class="kicker"><span>Reportage</span></p> <h1>',
  ],
  ['a kicker in a list', list, { kicker: 'Reportage' }, `${section} · <span>Reportage</span></p><h2>`],
  [
    'a kicker in a list of another language',
    list,
    { kicker: 'Report', language: 'en' },
    '<span lang="en">Report</span></p><h2 lang="en">',
  ],
  ['a kicker on a card', embed, { kicker: 'Reportage' }, '<p class="kicker">Reportage</p>'],
  ['a section on a card', embed, {}, '<p class="kicker">Local</p>'],
  ['a short title on a card', embed, { shortTitle: 'Le marché' }, '>Le marché</a></h1>'],
  ['no short title on a card', embed, { title: 'Le marché d’été' }, '>Le marché d’été</a></h1>'],
  ['a place', article, { place: 'Montréal' }, '<p class="times"><span>Montréal</span> <span>Publié le'],
  ['a place for machines', article, { place: 'Montréal' }, '"dateline":"Montréal"'],
  ['no place', article, {}, '<p class="times"><span>Publié le'],
  ['a caption', article, { image: { ...image, caption: 'Été' } }, '<figcaption>Été</figcaption>'],
  [
    'a caption and a credit',
    article,
    { image: { ...image, caption: 'L’été.', credit: 'Ève' } },
    '<figcaption>L’été. Photo\u00a0: Ève</figcaption>',
  ],
  ['a credit', article, { image: { ...image, credit: 'Ève' } }, '<figcaption>Photo\u00a0: Ève</figcaption>'],
  ['neither', article, { image }, '</figure>'],
  ['a caption for machines', article, { image: { ...image, caption: 'Été' } }, '"caption":"Été"'],
  ['what a picture shows, for machines', article, { image }, '"caption":"Un pont"'],
]

describe('pages show', () => {
  test.for(rows)('%s', ([, render, differs, html]) => {
    expect(render(differs)).toContain(html)
  })

  test('no caption where there is none', () => {
    expect(article({ image })).not.toContain('<figcaption>')
  })

  test('every field of an article except those listed here, which change no page', () => {
    const outside = ['urgency', 'authors.0.email', 'image.bytes', 'embargo', 'expires', 'comments', 'status']
    const pages = (one: Article) => [article, list, embed].map((render) => render(one)).join()
    const without = changes.filter(([, one]) => pages(one) === pages(whole)).map(([field]) => field)
    expect(without).toEqual(outside)
  })

  test('the title itself, not the short one, on the article’s page and in lists', () => {
    for (const render of [article, list])
      expect(render({ shortTitle: 'Le marché' }), render.name).toBe(render({}))
  })
})
