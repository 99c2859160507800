import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { openSite } from './site.ts'
import { type Visit, type Visitor, visit } from './visit.ts'

const agencyArticle = '/articles/la-russie-et-la-coree-du-nord-s-engagent-a-se-defendre-mutuellement'
const title = 'La Russie et la Corée du Nord s’engagent à se défendre mutuellement'
const widths = [
  ['phone', { width: 360, height: 740 }],
  ['desktop', { width: 1280, height: 800 }],
] as const

const site = openSite()

/** Opens a page in a browser in which JavaScript is off, unless `visitor` turns JavaScript on. */
const read = (path: string, visitor: Visitor, look: (visit: Visit) => Promise<void>) =>
  visit(site, path, { javaScriptEnabled: false, ...visitor }, look)

const row = (page: Page) => page.getByRole('navigation', { name: 'Partager cet article' })

describe.for(widths)('the share row, %s', ([, viewport]) => {
  test('is labelled, and has twelve links that a finger can hit', async () => {
    await read(agencyArticle, { viewport }, async ({ page }) => {
      const links = row(page).getByRole('link')
      expect(await links.count()).toBe(12)
      for (const link of await links.all()) {
        const box = await link.boundingBox()
        expect(box?.height, `${link}`).toBeGreaterThanOrEqual(44)
        expect(box?.width, `${link}`).toBeGreaterThanOrEqual(44)
        expect((await link.innerText()).trim(), `${link}`).not.toBe('')
      }
    })
  })

  test('the page never scrolls horizontally', async () => {
    for (const path of [
      '/',
      agencyArticle,
      '/articles/cinema-sous-les-etoiles',
      '/articles/caracteres-difficiles',
    ]) {
      await read(path, { viewport, javaScriptEnabled: true }, async ({ page }) => {
        const wide = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
        expect([path, wide]).toEqual([path, 0])
      })
    }
  })
})

test('network links open in a new tab without a referrer; e-mail and copy do not', async () => {
  await read(agencyArticle, {}, async ({ page }) => {
    for (const link of await row(page).getByRole('link').all()) {
      const href = (await link.getAttribute('href')) ?? ''
      const leaves = href.startsWith('https://')
      expect([href, await link.getAttribute('target')]).toEqual([href, leaves ? '_blank' : null])
      if (leaves) expect(await link.getAttribute('rel'), `${link}`).toContain('noopener noreferrer')
    }
  })
})

test('every share link carries the address, and every shared text the title', async () => {
  await read(agencyArticle, {}, async ({ page }) => {
    const address = `${site.address}${agencyArticle}`
    const hrefs = await Promise.all(
      (await row(page).getByRole('link').all()).map((link) => link.getAttribute('href')),
    )
    for (const href of hrefs) expect(decodeURIComponent(href ?? ''), `${href}`).toContain(address)
    expect(hrefs.filter((href) => decodeURIComponent(href ?? '').includes(title))).toHaveLength(8)
  })
})

test('a focused link is visibly focused', async () => {
  await read(agencyArticle, { javaScriptEnabled: true }, async ({ page }) => {
    await row(page).getByRole('link').nth(1).focus()
    await page.keyboard.press('Shift+Tab')
    const outline = () => page.evaluate('getComputedStyle(document.activeElement).outlineStyle')
    await expect.poll(outline).toBe('solid')
  })
})

test('the picture of an article loads, from the site itself', async () => {
  await read('/articles/pont-couvert-rouvert', { javaScriptEnabled: true }, async ({ page }) => {
    const width = await page.evaluate(
      'document.querySelector("figure img").decode().then(() => document.querySelector("figure img").naturalWidth)',
    )
    expect(width).toBe(1200)
  })
})

test('the page is dark if the visitor prefers dark colours', async () => {
  const background =
    'getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number).every((one) => one < 60)'
  await read(agencyArticle, { colorScheme: 'dark', javaScriptEnabled: true }, async ({ page }) => {
    await expect.poll(() => page.evaluate(background)).toBe(true)
  })
})

test('a printed page has the article and no share row', async () => {
  await read(agencyArticle, {}, async ({ page }) => {
    await page.emulateMedia({ media: 'print' })
    await page.locator('nav[aria-label="Partager cet article"]').waitFor({ state: 'hidden' })
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true)
  })
})

test('the front page shows every article, and its links lead there', async () => {
  await read('/', {}, async ({ page }) => {
    const hrefs = await Promise.all(
      (await page.locator('main h2 a').all()).map((link) => link.getAttribute('href')),
    )
    expect(hrefs).toHaveLength(11)
    for (const href of hrefs) expect((await page.request.get(href ?? '')).status(), href ?? '').toBe(200)
  })
})
