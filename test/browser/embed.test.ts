import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Newsroom, openNewsroom } from './newsroom.ts'
import { openSite } from './site.ts'
import { type Visitor, visit } from './visit.ts'

const slug = 'pont-couvert-rouvert'
const site = openSite()
let newsroom: Newsroom

/** Requests the oEmbed response of an article for a maximum width, and returns the response's `html` member. */
async function oembedHtml(maxWidth: number): Promise<string> {
  const query = new URLSearchParams({ url: `${site.address}/articles/${slug}`, maxwidth: `${maxWidth}` })
  const { html } = (await (await fetch(`${site.address}/oembed?${query}`)).json()) as { html: string }
  return html
}

beforeAll(async () => {
  const page = (html: string) =>
    `<!doctype html><html lang="fr"><title>Journal</title><meta name="viewport" content="width=device-width">${html}`
  const strict = (await oembedHtml(600)).replace(/sandbox="[^"]*"/, 'sandbox="allow-scripts"')
  newsroom = await openNewsroom(
    {
      '/wide': page(await oembedHtml(600)),
      '/narrow': page(await oembedHtml(320)),
      '/strict': page(strict),
      '/article': page(`<iframe src="${site.address}/articles/${slug}"></iframe>`),
    },
    `default-src 'none'; frame-src ${site.address}`,
  )
})

afterAll(() => newsroom?.stop())

/**
 * Opens a page of the newsroom's website, waits until the embedded article card has loaded completely, and
 * passes the card to the test.
 */
const see = (path: string, visitor: Visitor, look: (card: Frame, page: Page) => Promise<void>) =>
  visit(site, newsroom.address + path, visitor, async ({ page }) => {
    const element = await page.waitForSelector('iframe')
    const card = (await element.contentFrame()) as Frame
    await card.waitForURL('**/embed/*')
    await look(card, page)
  })

const frames = [
  ['wide', { viewport: { width: 1280, height: 800 } }],
  ['narrow', { viewport: { width: 360, height: 740 }, isMobile: true }],
  ['strict', {}],
] as const

test.for(frames)('the card fits its frame, with its picture, %s', async ([path, options]) => {
  await see(`/${path}`, options, async (card) => {
    const overflow = `[...document.querySelectorAll('html, .text')].map((box) => [box.scrollWidth - box.clientWidth, box.scrollHeight - box.clientHeight])`
    expect(await card.evaluate(overflow)).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect(await card.evaluate('document.querySelector("img").decode().then(() => 1)')).toBe(1)
    expect(await card.getByRole('heading').innerText()).toBe('Le vieux pont couvert rouvre aux piétons')
  })
})

test('the links of the card open in a new tab, outside the sandbox', async () => {
  await see('/wide', {}, async (card, page) => {
    const tab = page.context().waitForEvent('page')
    await card.getByRole('link').first().click()
    const opened = await tab
    await opened.waitForURL(`${site.address}/articles/${slug}`)
    expect(await opened.evaluate('window.opener')).toBe(null)
    expect(card.url()).toContain('/embed/')
  })
})

test('a frame of small height also shows why there is no card', async () => {
  const visitor = { viewport: { width: 300, height: 120 }, expected: [/404/] }
  await visit(site, '/embed/nulle-part', visitor, async ({ page }) => {
    await page.getByText('Cette page est introuvable').waitFor()
  })
})

test('the card is dark if the visitor prefers dark colours', async () => {
  await see('/wide', { colorScheme: 'dark' }, async (card) => {
    const dark =
      'getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number).every((one) => one < 60)'
    await expect.poll(() => card.evaluate(dark)).toBe(true)
  })
})

test('a page of the site itself may not be framed', async () => {
  await visit(site, `${newsroom.address}/article`, { expected: [/frame-ancestors/] }, async () => {})
})
