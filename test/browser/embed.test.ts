import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LocalServer, startServer, temporaryStore } from '../../scripts/local-server.ts'
import { launch } from './chromium.ts'
import { type Newsroom, openNewsroom } from './newsroom.ts'

const slug = 'pont-couvert-rouvert'
const { store, remove } = temporaryStore()
let server: LocalServer
let newsroom: Newsroom
let browser: Browser

/** The html of the oEmbed response within that width. */
async function oembedHtml(maxWidth: number): Promise<string> {
  const query = new URLSearchParams({ url: `${server.address}/articles/${slug}`, maxwidth: `${maxWidth}` })
  const { html } = (await (await fetch(`${server.address}/oembed?${query}`)).json()) as { html: string }
  return html
}

beforeAll(async () => {
  server = await startServer(store)
  browser = await launch()
  const page = (html: string) =>
    `<!doctype html><html lang="fr"><title>Journal</title><meta name="viewport" content="width=device-width">${html}`
  const strict = (await oembedHtml(600)).replace(/sandbox="[^"]*"/, 'sandbox="allow-scripts"')
  newsroom = await openNewsroom(
    {
      '/wide': page(await oembedHtml(600)),
      '/narrow': page(await oembedHtml(320)),
      '/strict': page(strict),
      '/article': page(`<iframe src="${server.address}/articles/${slug}"></iframe>`),
    },
    `default-src 'none'; frame-src ${server.address}`,
  )
})

afterAll(async () => {
  await browser?.close()
  newsroom?.stop()
  await server?.stop()
  remove()
})

type Options = NonNullable<Parameters<Browser['newContext']>[0]>

/** Opens a page of the newsroom and hands over the card in it; nothing may be complained of, no cookie set. */
async function visit(path: string, options: Options, look: (card: Frame, page: Page) => Promise<void>) {
  const context = await browser.newContext(options)
  try {
    const complaints: string[] = []
    const page = await context.newPage()
    page.on('console', (message) => complaints.push(message.text()))
    page.on('request', (request) => {
      if (!request.url().startsWith('http://localhost:')) complaints.push(request.url())
    })
    const framed = page.waitForEvent('framenavigated', (frame) =>
      frame.url().startsWith(`${server.address}/embed/`),
    )
    await page.goto(`${newsroom.address}${path}`)
    const card = await framed
    await card.waitForLoadState()
    await look(card, page)
    expect(complaints).toEqual([])
    expect(await context.cookies()).toEqual([])
  } finally {
    await context.close()
  }
}

const frames = [
  ['wide', { viewport: { width: 1280, height: 800 } }],
  ['narrow', { viewport: { width: 360, height: 740 }, isMobile: true }],
  ['strict', {}],
] as const

test.for(frames)('the card fits its frame, with its picture, %s', async ([path, options]) => {
  await visit(`/${path}`, options, async (card) => {
    const overflow = `[...document.querySelectorAll('html, .text')].map((box) => [box.scrollWidth - box.clientWidth, box.scrollHeight - box.clientHeight])`
    expect(await card.evaluate(overflow)).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect(await card.evaluate('document.querySelector("img").decode().then(() => 1)')).toBe(1)
    expect(await card.getByRole('heading').innerText()).toBe('Le vieux pont couvert rouvre aux piétons')
  })
})

test('its links open a tab of their own, out of the sandbox', async () => {
  await visit('/wide', {}, async (card, page) => {
    const tab = page.context().waitForEvent('page')
    await card.getByRole('link').first().click()
    const opened = await tab
    await opened.waitForLoadState()
    expect(opened.url()).toBe(`${server.address}/articles/${slug}`)
    expect(await opened.evaluate('window.opener')).toBe(null)
    expect(card.url()).toContain('/embed/')
  })
})

test('in a low frame, too, it is said why there is no card', async () => {
  const context = await browser.newContext({ viewport: { width: 300, height: 120 } })
  const page = await context.newPage()
  await page.goto(`${server.address}/embed/nulle-part`)
  expect(await page.getByText('Cette page est introuvable').isVisible()).toBe(true)
  await context.close()
})

test('dark where the reader wants it dark', async () => {
  await visit('/wide', { colorScheme: 'dark' }, async (card) => {
    const dark =
      'getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number).every((one) => one < 60)'
    expect(await card.evaluate(dark)).toBe(true)
  })
})

test('a page of the house itself lets nobody frame it', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const refused = page.waitForEvent('requestfailed')
  await page.goto(`${newsroom.address}/article`)
  expect((await refused).failure()?.errorText).toBe('net::ERR_BLOCKED_BY_RESPONSE')
  await context.close()
})
