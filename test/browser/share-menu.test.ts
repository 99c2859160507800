import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LocalServer, startServer, temporaryStore } from '../../scripts/local-server.ts'
import { launch } from './chromium.ts'

const menu = '/articles/pont-couvert-rouvert/share'
const { store, remove } = temporaryStore()
let server: LocalServer
let browser: Browser

beforeAll(async () => {
  server = await startServer(store)
  browser = await launch()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  remove()
})

/** Opens the menu and hands it over; nothing may be asked of others, and the console may not complain. */
async function visit(
  width: number,
  javaScriptEnabled: boolean,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 800 } })
  try {
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('request', (request) => {
      if (!request.url().startsWith(server.address)) complaints.push(request.url())
    })
    await page.goto(server.address + menu)
    await look(page)
    expect(complaints).toEqual([])
    expect(await context.cookies()).toEqual([])
  } finally {
    await context.close()
  }
}

const visits: [width: number, script: boolean][] = [
  [360, false],
  [360, true],
  [1280, false],
  [1280, true],
]

describe.for(visits)('the share menu at %d px, script: %s', ([width, script]) => {
  test('has links that a finger can hit, the short link, and a QR code that is shown', async () => {
    await visit(width, script, async (page) => {
      const links = page.getByRole('navigation', { name: 'Partager cet article' }).getByRole('link')
      expect(await links.count()).toBe(11)
      for (const link of await links.all()) {
        expect((await link.boundingBox())?.height).toBeGreaterThanOrEqual(44)
      }
      expect(await page.getByLabel('Lien court').inputValue()).toMatch(/\/s\/\w{11}$/)
      const box = await page.getByRole('img', { name: 'Code QR de cet article' }).boundingBox()
      expect(box?.width).toBeGreaterThanOrEqual(150)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    })
  })
})

test('the short link of the menu leads to the article', async () => {
  await visit(1280, false, async (page) => {
    await page.goto(`${await page.getByLabel('Lien court').inputValue()}.qr`)
    expect(new URL(page.url()).pathname).toBe('/articles/pont-couvert-rouvert')
    expect(new URL(page.url()).searchParams.get('utm_source')).toBe('qr')
  })
})
