import { describe, expect, test } from 'vitest'
import { openSite } from './site.ts'
import { visit } from './visit.ts'

const menu = '/articles/pont-couvert-rouvert/share'
const site = openSite()

const visits: [width: number, script: boolean][] = [
  [360, false],
  [360, true],
  [1280, false],
  [1280, true],
]

describe.for(visits)('the share menu at %d px, script: %s', ([width, javaScriptEnabled]) => {
  const visitor = { javaScriptEnabled, viewport: { width, height: 800 } }

  test('has links that a finger can hit, the short link, and a QR code that is shown', async () => {
    await visit(site, menu, visitor, async ({ page }) => {
      const links = page.getByRole('navigation', { name: 'Partager cet article' }).getByRole('link')
      expect(await links.count()).toBe(11)
      for (const link of await links.all()) {
        expect((await link.boundingBox())?.height, `${link}`).toBeGreaterThanOrEqual(44)
      }
      expect(await page.getByLabel('Lien court').inputValue()).toMatch(/\/s\/\w{11}$/)
      const box = await page.getByRole('img', { name: 'Code QR de cet article' }).boundingBox()
      expect(box?.width).toBeGreaterThanOrEqual(150)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    })
  })
})

test('the short link of the menu leads to the article', async () => {
  await visit(site, menu, { javaScriptEnabled: false }, async ({ page }) => {
    await page.goto(`${await page.getByLabel('Lien court').inputValue()}.qr`)
    expect(new URL(page.url()).pathname).toBe('/articles/pont-couvert-rouvert')
    expect(new URL(page.url()).searchParams.get('utm_source')).toBe('qr')
  })
})
