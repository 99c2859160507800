import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { openSite } from './site.ts'
import { type Visitor, visit } from './visit.ts'

const widths = [
  ['phone', { width: 360, height: 740 }],
  ['desktop', { width: 1280, height: 800 }],
] as const

const site = openSite()

/** Opens a page in a browser in which JavaScript is off, unless `visitor` turns JavaScript on. */
const read = (path: string, visitor: Visitor, look: (page: Page) => Promise<void>) =>
  visit(site, path, { javaScriptEnabled: false, ...visitor }, ({ page }) => look(page))

describe.for(widths)('on a %s', ([, viewport]) => {
  test.for([
    '/feed.rss',
    '/sections/monde/feed.json',
    '/feeds',
    '/feed.atom?host=lecture.example%2Fun%2Flong%2Fchemin',
  ])('%s scrolls in one direction only, and what is pressed is large enough', async (path) => {
    await read(path, { viewport, javaScriptEnabled: true }, async (page) => {
      expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0)
      for (const one of await page.locator('main .row a, main .feed-list a, main input, main button').all()) {
        if ((await one.getAttribute('type')) === 'hidden') continue
        expect((await one.boundingBox())?.height, `${one}`).toBeGreaterThanOrEqual(44)
      }
    })
  })
})

test.for(widths)(
  'a name of several lines has the same distance to the lines around it as a name of one line: %s',
  async ([, viewport]) => {
    await read('/feeds', { viewport, javaScriptEnabled: true }, async (page) => {
      const above = (name: string) =>
        page.evaluate(`{
        const link = document.querySelector('section .feed-list .of')
        link.textContent = '${name}'
        const text = document.createRange()
        text.selectNodeContents(link)
        text.getBoundingClientRect().top - link.closest('li').getBoundingClientRect().top
      }`) as Promise<number>
      const [one, several] = [
        await above('Monde'),
        await above('La politique étrangère et le monde '.repeat(4)),
      ]
      expect(Math.abs(one - several)).toBeLessThan(3)
    })
  },
)

test('a feed that is opened in a browser is a page, whose address can be marked with the keyboard', async () => {
  await read('/feed.rss', {}, async (page) => {
    const field = page.getByLabel('Adresse du flux, à copier')
    expect(await field.inputValue()).toBe(`${site.address}/feed.rss`)
    expect(await field.isEditable()).toBe(false)
    expect(await page.getByRole('link', { name: 'Feedly' }).getAttribute('href')).toContain('feedly.com')
    expect(await page.locator('main .articles > li').count()).toBe(10)
  })
})

test('the form for the visitor’s own feed reader returns links, without a script', async () => {
  await read('/sections/monde/feed.atom', {}, async (page) => {
    await page.getByLabel('Adresse de votre lecteur').fill('lecture.example')
    await page.getByRole('button', { name: 'Afficher les liens' }).click()
    const link = page.getByRole('link', { name: 'Miniflux sur lecture.example' })
    expect(await link.getAttribute('href')).toBe(
      `https://lecture.example/bookmarklet?uri=${encodeURIComponent(`${site.address}/sections/monde/feed.atom`)}`,
    )
  })
})

test('the directory leads to every feed, and each of them opens as a page', async () => {
  await read('/', {}, async (page) => {
    await page.getByRole('link', { name: 'Tous les flux' }).first().click()
    await page.waitForURL('**/feeds')
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('S’inscrire')
    expect(await page.locator('.feed-list a.of').count()).toBeGreaterThan(10)
    await page.getByRole('link', { name: 'Atom, Monde' }).click()
    await page.waitForURL('**/sections/monde/feed.atom')
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Monde')
    await page.getByRole('link', { name: 'Voir le flux tel quel' }).click()
    await page.waitForURL(`${site.address}/sections/monde/feed.atom?raw=`)
  })
})

test('the page is dark if the visitor prefers dark colours, and the text field stays readable', async () => {
  await read('/feed.rss', { colorScheme: 'dark', javaScriptEnabled: true }, async (page) => {
    const shades = (of: string, property: string) =>
      page.evaluate(
        `getComputedStyle(document.querySelector('${of}')).${property}.match(/\\d+/g).slice(0, 3).map(Number)`,
      ) as Promise<number[]>
    for (const shade of await shades('#address', 'backgroundColor')) expect(shade).toBeLessThan(60)
    for (const shade of await shades('#address', 'color')) expect(shade).toBeGreaterThan(180)
  })
})
