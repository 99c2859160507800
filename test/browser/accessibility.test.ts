import { source } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { languages } from '../../src/domain/language.ts'
import { renderArticlePage } from '../../src/pages/article/page.tsx'
import { renderListPage } from '../../src/pages/list/page.tsx'
import { feedLinksOf } from '../../src/pages/parts/feed-links.ts'
import { shareLinks } from '../../src/share/links.ts'
import { commentPages } from '../pages/comments/pages.ts'
import { notifyPages } from '../pages/notify/pages.ts'
import { letters } from '../render/mail/letters.ts'
import { site as french, sampleArticle } from '../render/samples.ts'
import { launch } from './site.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

/** The rules of WCAG 2.2 of the levels A and AA. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const [postal, pushKey] = ['Montréal', 'B']

/** Every page about notifications and comments, the page of an article with the form, and the front page with the link, in a language. */
function pagesIn(language: string): [name: string, html: string][] {
  const site = { ...french, language, contact: 'courriel@kiosque.example' }
  const article = sampleArticle({ language, kicker: 'Reportage', note: 'Une date.' })
  const html =
    '<p>Un <mark data-question="Oui ?">passage</mark>.</p><ul><li><mark data-question="Non ?">a</mark></li></ul>'
  const asking = { ...article, html }
  const feeds = feedLinksOf(site, { path: 'articles/marche-d-ete' })
  const share = shareLinks({ title: article.title, url: 'https://kiosque.example/a' }, language)
  return [
    ...Object.entries(notifyPages(site, 'Sommet')),
    ...Object.entries(commentPages({ ...site, comments: 'open' })).map(([name, html]): [string, string] => [
      `comments: ${name}`,
      html,
    ]),
    ['article', renderArticlePage({ site, article, share, feeds, notify: { postal, pushKey } })],
    [
      'article with comments',
      renderArticlePage({ site: { ...site, comments: 'open' }, article, share, feeds }),
    ],
    [
      'article with questions',
      renderArticlePage({ site: { ...site, comments: 'open' }, article: asking, share, feeds }),
    ],
    [
      'front',
      renderListPage({
        site,
        selection: { path: '', title: '' },
        articles: [article],
        feeds,
        notify: { postal },
      }),
    ],
  ]
}

/** A phone in daylight, and a desktop at night. */
const screens = [
  { width: 360, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
] as const

/** Shows HTML on each of the screens, with every `<details>` open, and returns what `look` returns of each. */
async function show<T>(html: string, look: (page: Page) => Promise<T>): Promise<T[]> {
  const page = await browser.newPage()
  page.setDefaultTimeout(inject('timeoutMilliseconds'))
  try {
    await page.setContent(html)
    await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true')
    // A script shows what is about this browser.
    await page.evaluate('for (const one of document.querySelectorAll("form [hidden]")) one.hidden = false')
    await page.evaluate(source)
    const found: T[] = []
    for (const { width, colorScheme } of screens) {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme })
      found.push(await look(page))
    }
    return found
  } finally {
    await page.close()
  }
}

/** What axe finds in a page: each broken rule with the first element that breaks it. */
const brokenIn = (page: Page, tags: readonly string[]): Promise<string[]> =>
  page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
  )

/** How many pixels a page is wider than its window. */
const excessOf = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - window.innerWidth')

/** The texts of those controls of forms that are lower than 44 pixels, or that are lower together with their label. */
const lowIn = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll('.notify :is(button, select, summary, label:has(input), .field input), .comments :is(button, label:has(input), input:not(.trap *, label input), textarea, .acts a)')]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
    .map((one) => one.outerHTML)`)

test('axe finds a mistake where there is one', async () => {
  const html =
    '<!DOCTYPE html><html lang="fr"><title>a</title><p style="color:#ccc;background:#fff">Bonjour</p><input>'
  const [broken = []] = await show(html, (page) => brokenIn(page, rules))
  expect(broken.map((one) => one.split(':')[0])).toEqual(['color-contrast', 'label'])
})

describe.for(Object.values(languages).map(({ words }) => words.tag))('in %s', (language) => {
  test.for(pagesIn(language))('the page "%s" is accessible, and fits a phone', async ([, html]) => {
    const found = await show(html, async (page) => ({
      broken: await brokenIn(page, [...rules, 'best-practice']),
      excess: await excessOf(page),
      low: await lowIn(page),
    }))
    const right = { broken: [], excess: 0, low: [] }
    expect(found).toEqual([right, right])
  })
})

test.for(Object.entries(letters))('the mail %s is accessible, and fits a phone', async ([, { html }]) => {
  const found = await show(html, async (page) => ({
    broken: await brokenIn(page, rules),
    excess: await excessOf(page),
  }))
  const right = { broken: [], excess: 0 }
  expect(found).toEqual([right, right])
})
