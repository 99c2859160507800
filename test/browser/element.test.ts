import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Newsroom, openNewsroom } from './newsroom.ts'
import { openSite } from './site.ts'
import { type Visit, type Visitor, visit } from './visit.ts'

const slug = 'la-russie-et-la-coree-du-nord-s-engagent-a-se-defendre-mutuellement'
const title = 'La Russie et la Corée du Nord s’engagent à se défendre mutuellement'
const site = openSite()
let newsroom: Newsroom

beforeAll(async () => {
  const script = `<script type="module" src="${site.address}/e/v1.js"></script>`
  const page = (body: string, lang = 'fr-CA') =>
    `<!doctype html><html lang="${lang}"><title>Journal</title>${body}`
  const ownList =
    '<kiosque-share><div data-url="https://journal.example/a" data-title="A" data-done="Copié"><ul>' +
    '<li hidden><button data-act="server" data-id="mastodon" data-href="https://{host}/share?text=A">Mastodon</button></li>' +
    '</ul><form hidden><label>Votre serveur <input></label><button>Continuer</button></form>' +
    '<p role="status"></p></div></kiosque-share>'
  newsroom = await openNewsroom(
    {
      '/line': page(`${script}<kiosque-share article="${slug}"></kiosque-share>`),
      '/line-en': page(`<kiosque-share article="${slug}" networks="x,email"></kiosque-share>${script}`, 'en'),
      '/unknown': page(
        `${script}<kiosque-share article="nulle-part"><a href="/">Partager</a></kiosque-share>`,
      ),
      '/server': page(`${script}<kiosque-share article="${slug}" networks="shaarli"></kiosque-share>`),
      '/own-list': page(script + ownList),
    },
    `default-src 'none'; script-src ${site.address}; connect-src ${site.address}; require-trusted-types-for 'script'`,
  )
})

afterAll(() => newsroom?.stop())

const see = (address: string, visitor: Visitor, look: (visit: Visit) => Promise<void>) =>
  visit(site, address, visitor, look)

const article = () => `${site.address}/articles/${slug}`
const row = (page: Page) => page.locator('kiosque-share')
const said = (page: Page) => row(page).getByRole('status')

/**
 * Stops the browser's clock, so that a message that the page shows for a limited time stays visible until the
 * test has read the message, even on a slow machine.
 */
async function stopTime({ clock }: Page): Promise<void> {
  await clock.install({ time: 0 })
  // The installed clock starts at 0 and runs at once, and Playwright cannot pause it at an instant that has
  // passed. The test therefore pauses the clock at an instant one hour later.
  await clock.pauseAt(3_600_000)
}

test('without a script there are links, and no button that does nothing', async () => {
  await see(article(), { javaScriptEnabled: false }, async ({ page }) => {
    expect(await row(page).getByRole('link').count()).toBe(12)
    expect(await row(page).getByRole('button').count()).toBe(0)
    expect(await row(page).getByRole('textbox').count()).toBe(0)
  })
})

const native = (outcome: string) => `
  navigator.canShare = (data) => data.url.startsWith('http') && data.title !== ''
  navigator.share = (data) => { window.shared = data; return ${outcome} }`

test('native sharing is offered only where it works', async () => {
  await see(article(), { before: 'delete Navigator.prototype.canShare' }, async ({ page }) => {
    await row(page).getByRole('button', { name: 'Imprimer' }).waitFor()
    expect(await row(page).getByRole('button', { name: 'Partager…' }).isVisible()).toBe(false)
  })
  await see(article(), { before: native('Promise.resolve()') }, async ({ page }) => {
    await row(page).getByRole('button', { name: 'Partager…' }).click()
    await expect.poll(() => page.evaluate('window.shared')).toEqual({ title, url: article() })
  })
})

test('native sharing that the reader cancels is no error', async () => {
  const cancelled = `Promise.reject(new DOMException('cancelled', 'AbortError'))`
  await see(article(), { before: native(cancelled) }, async ({ page }) => {
    await row(page).getByRole('button', { name: 'Partager…' }).click()
    await expect.poll(() => page.evaluate('window.shared')).toBeTruthy()
    expect(await said(page).innerText()).toBe('')
    expect(await row(page).getByRole('textbox').count()).toBe(0)
  })
})

test('native sharing that fails copies the link instead', async () => {
  const failed = `Promise.reject(new DOMException('no', 'NotAllowedError'))`
  const permissions = ['clipboard-read', 'clipboard-write']
  await see(article(), { before: native(failed), permissions }, async ({ page }) => {
    await stopTime(page)
    await row(page).getByRole('button', { name: 'Partager…' }).click()
    await said(page).getByText('Lien copié').waitFor()
  })
})

test('the copy button copies the clean address and shows a message for five seconds', async () => {
  const permissions = ['clipboard-read', 'clipboard-write']
  await see(`${article()}?utm_source=x#haut`, { permissions }, async ({ page }) => {
    await stopTime(page)
    await row(page).getByRole('link', { name: 'Copier le lien' }).click()
    await said(page).getByText('Lien copié', { exact: true }).waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(article())
    await page.clock.runFor(4999)
    expect(await said(page).innerText()).toBe('Lien copié')
    await page.clock.runFor(1)
    expect(await said(page).innerText()).toBe('')
  })
})

test('without a clipboard the address is shown and selected; Escape hides it', async () => {
  const before = `Object.defineProperty(navigator, 'clipboard', { value: undefined })`
  await see(article(), { before }, async ({ page }) => {
    await row(page).getByRole('link', { name: 'Copier le lien' }).click()
    const field = row(page).getByRole('textbox')
    await expect.poll(() => field.inputValue()).toBe(article())
    await expect.poll(() => page.evaluate('getSelection().toString()')).toBe(article())
    await field.press('Escape')
    await field.waitFor({ state: 'hidden' })
    await expect.poll(() => page.evaluate('document.activeElement.innerText')).toBe('Copier le lien')
  })
})

test('the print button opens the print dialog', async () => {
  await see(article(), { before: 'window.print = () => { window.printed = true }' }, async ({ page }) => {
    await row(page).getByRole('button', { name: 'Imprimer' }).click()
    await expect.poll(() => page.evaluate('window.printed')).toBe(true)
  })
})

const countingWindows = `
  window.calls = []
  const plain = window.open
  window.open = (...parts) => { window.calls.push(parts); return plain.apply(window, parts) }`
const mouse = `
  window.matchMedia = () => ({ matches: true })`

test('a network opens in a small window without access to the page (no opener, no referrer)', async () => {
  await see(article(), { before: countingWindows + mouse }, async ({ page, context, opened }) => {
    const popup = context.waitForEvent('page')
    await row(page).getByRole('link', { name: 'Bluesky' }).click()
    const window = await popup
    await window.waitForURL(/^https:\/\/bsky\.app\/intent\/compose\?text=/)
    expect(await window.evaluate('[opener, document.referrer]')).toEqual([null, ''])
    expect(await page.evaluate('window.calls.length')).toBe(1)
    expect(opened).toHaveLength(1)
  })
})

const keys = [
  ['a middle click', { button: 'middle' }],
  ['Control', { modifiers: ['Control'] }],
] as const

test.for(keys)('a click with %s is left to the browser, which opens a new tab', async ([, how]) => {
  await see(article(), { before: countingWindows + mouse }, async ({ page, context }) => {
    const tab = context.waitForEvent('page')
    await row(page)
      .getByRole('link', { name: 'Bluesky' })
      .click(how as object)
    // The test cannot intercept the first request of a tab that a click opens. That request does not leave this
    // machine, because the browser is started with a rule that lets it resolve no host name except `localhost`.
    await tab
    expect(await page.evaluate('window.calls.length')).toBe(0)
  })
})

test('on a phone the plain link is followed, and every target can be hit', async () => {
  const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }
  await see(article(), { ...phone, before: countingWindows + native('0') }, async ({ page, context }) => {
    for (const target of await row(page).locator('a:visible, button:visible').all()) {
      const box = await target.boundingBox()
      expect(box?.height, `${target}`).toBeGreaterThanOrEqual(44)
      expect(box?.width, `${target}`).toBeGreaterThanOrEqual(44)
    }
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    const tab = context.waitForEvent('page')
    await row(page).getByRole('link', { name: 'Bluesky' }).tap()
    await (await tab).waitForURL(/^https:\/\/bsky\.app\//)
    expect(await page.evaluate('window.calls.length')).toBe(0)
  })
})

test('everything is reached by the keyboard, in order, and shows its focus', async () => {
  await see(article(), { before: native('0') }, async ({ page }) => {
    const targets = await row(page).locator('a:visible, button:visible').all()
    const names = await Promise.all(targets.map((target) => target.locator('.name').innerText()))
    expect([names.length, names.at(0), names.at(1), names.at(-1)]).toEqual([14, 'Partager…', 'X', 'Plus…'])
    await targets[0]?.focus()
    for (const name of names.slice(1)) {
      await page.keyboard.press('Tab')
      await expect
        .poll(() => page.evaluate('document.activeElement.querySelector(".name")?.innerText'))
        .toBe(name)
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle'), name).toBe('solid')
    }
  })
})

test('one line puts the row on a page of the newsroom, under a strict policy with trusted types', async () => {
  await see(`${newsroom.address}/line`, {}, async ({ page }) => {
    const links = row(page).getByRole('link')
    await links.first().waitFor()
    expect(await links.count()).toBe(12)
    expect(await page.getByRole('navigation', { name: 'Partager cet article' }).count()).toBe(1)
    await row(page).getByRole('button', { name: 'Imprimer' }).waitFor()
    expect((await links.first().boundingBox())?.height).toBeGreaterThanOrEqual(44)
  })
})

test('the row speaks the language of the page, and shows the networks that it asks for', async () => {
  await see(`${newsroom.address}/line-en`, {}, async ({ page }) => {
    await row(page).getByRole('link').first().waitFor()
    expect(await row(page).getByRole('link').count()).toBe(3)
    for (const name of ['Share on X (opens in a new tab)', 'Send by email']) {
      expect(await row(page).getByRole('link', { name, exact: true }).count(), name).toBe(1)
    }
  })
})

test('if the article does not exist, the fallback content of the page stays', async () => {
  // Chromium writes a message to the console for each 404 answer, so the test expects that message.
  const expected = [/404/]
  await see(`${newsroom.address}/unknown`, { expected }, async ({ page }) => {
    await page.waitForLoadState('networkidle')
    expect(await row(page).innerText()).toBe('Partager')
  })
})

test('the element asks for the server, opens it, and remembers it in this browser only', async () => {
  await see(`${newsroom.address}/own-list`, {}, async ({ page, context, opened }) => {
    const button = row(page).getByRole('button', { name: 'Mastodon' })
    const field = row(page).getByRole('textbox')
    await button.click()
    await field.fill('  ')
    await field.press('Enter')
    expect(opened).toEqual([])
    const window = context.waitForEvent('page')
    await field.fill('@nom@mastodon.quebec')
    await field.press('Enter')
    await (await window).waitForURL('https://mastodon.quebec/share?text=A')
    expect(opened).toEqual(['https://mastodon.quebec/share?text=A'])
    await field.waitFor({ state: 'hidden' })
    await page.reload()
    await button.click()
    await expect.poll(() => field.inputValue()).toBe('mastodon.quebec')
    expect(await page.evaluate('Object.entries(localStorage)')).toEqual([
      ['kiosque-mastodon', 'mastodon.quebec'],
    ])
  })
})

test('the folder in the address of the reader’s own server is kept', async () => {
  await see(`${newsroom.address}/server`, {}, async ({ page, context, opened }) => {
    await row(page).getByRole('button', { name: 'Enregistrer dans Shaarli' }).click()
    const window = context.waitForEvent('page')
    await row(page).getByLabel('Adresse de votre serveur').fill('https://perso.example/liens/')
    await row(page).getByRole('button', { name: 'Continuer' }).click()
    await (await window).waitForURL(/^https:\/\/perso\.example\/liens\/?\?post=http/)
    expect(opened).toHaveLength(1)
  })
})
