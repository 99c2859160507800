import { readFileSync } from 'node:fs'
import { source } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { serverFile } from '../../src/cli/paths.ts'
import { notificationsIn, openPushService, subscribeAt } from './push-service.ts'
import { openSite } from './site.ts'

const site = openSite()
const service = openPushService()
const slug = 'la-russie-et-la-coree-du-nord-s-engagent-a-se-defendre-mutuellement'

/** Sends a request to the API of the Worker under test. */
async function call(method: string, path: string, body?: object): Promise<void> {
  const { token } = JSON.parse(readFileSync(serverFile, 'utf8'))
  const answer = await fetch(`${site.address}/api/articles/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  expect(answer.ok, await answer.text()).toBe(true)
}

const publish = (path: string, title: string, section: string, more: object = {}) =>
  call('PUT', path, { title, section, text: 'Les premiers mots.', ...more })

/** The dates of articles have no milliseconds, so what is published within the second of a subscription is not after it. */
async function nextSecond(): Promise<void> {
  const now = Date.now()
  await expect.poll(() => Date.now() - now).toBeGreaterThan(1100)
}

const button = (page: Page) => page.getByRole('button', { name: 'Me notifier dans ce navigateur' })
const said = (page: Page) => page.locator('[data-push]').getByRole('status')

async function openArticle(page: Page, path = slug): Promise<void> {
  await page.goto(`${site.address}/articles/${path}`)
  await page.getByText('Me notifier des…').click()
}

/** Opens a new browser, which has the permission to notify unless it is denied. */
async function withBrowser(
  permissions: string[],
  look: (page: Page, hashes: string[], complaints: string[]) => Promise<void>,
): Promise<void> {
  const context = await site.browser.newContext({ locale: 'fr-CA' })
  context.setDefaultTimeout(inject('timeoutMilliseconds'))
  await context.grantPermissions(permissions, { origin: site.address })
  const hashes = await subscribeAt(service, context)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (fault) => complaints.push(String(fault)))
  try {
    await look(page, hashes, complaints)
    expect(complaints).toEqual([])
  } finally {
    await context.close()
  }
}

const messagesOf = (hash = ''): string[] => service.model.messages[hash] ?? []

test('a reader subscribes, is told of the right article, of a correction and of a withdrawal, and ends it', async () => {
  await publish('avant', 'Avant le sommet', 'Monde')
  await withBrowser(['notifications'], async (page, hashes) => {
    await openArticle(page, 'avant')
    await button(page).click()
    await expect.poll(() => said(page).textContent()).toBe('Cochez au moins un choix.')
    await page.getByLabel('Articles de la section Monde').check()
    await page.getByLabel('Corrections de cet article').check()
    await button(page).click()
    await expect.poll(() => said(page).textContent()).toBe('C’est fait\u00a0: ce navigateur vous avisera.')
    expect(await page.getByText('vous avise déjà').count()).toBe(0)
    expect(await page.getByLabel('Articles de la section Monde').isChecked()).toBe(true)
    expect(hashes).toHaveLength(1)
    const manage = page.getByRole('link', { name: 'Changer mes choix, mettre en pause ou mettre fin' })
    expect(await manage.getAttribute('href')).toMatch(/^\/subscriptions\/[\w-]{22}\.[\w-]{43}$/)

    await nextSecond()
    await publish('sommet', 'Le sommet', 'Monde')
    await publish('finale', 'La finale', 'Sports')
    await expect.poll(() => messagesOf(hashes[0])).toHaveLength(1)
    const { deliver, shown } = await notificationsIn(page)
    await deliver(messagesOf(hashes[0])[0] ?? '')
    await expect.poll(shown).toMatchObject([
      {
        title: 'Le sommet',
        body: 'Les premiers mots.',
        lang: 'fr-CA',
        data: { navigate: `${site.address}/articles/sommet` },
      },
    ])

    await publish('avant', 'Avant le sommet', 'Monde', { note: 'La date était fausse.' })
    await expect.poll(() => messagesOf(hashes[0])).toHaveLength(2)
    await deliver(messagesOf(hashes[0])[1] ?? '')
    const correction = { title: 'Correction\u00a0: Avant le sommet', body: 'La date était fausse.' }
    const byTitle = async () => (await shown()).toSorted((a, b) => a.title.localeCompare(b.title))
    await expect.poll(byTitle).toMatchObject([correction, { title: 'Le sommet' }])

    await call('DELETE', 'sommet')
    await expect.poll(() => messagesOf(hashes[0])).toHaveLength(3)
    const withdrawal = messagesOf(hashes[0])[2] ?? ''
    expect(withdrawal).not.toContain('sommet')
    await deliver(withdrawal)
    const withdrawn = { title: 'Article retiré', data: { navigate: `${site.address}/` } }
    await expect.poll(byTitle).toMatchObject([withdrawn, correction])

    // The page says in another visit that this browser is subscribed, and leads to the page of the subscription.
    await openArticle(page, 'avant')
    await expect.poll(() => said(page).textContent()).toContain('Ce navigateur vous avise déjà.')
    await manage.click()
    await page.getByText('Ce navigateur vous avise de nos articles').waitFor()
    await page.evaluate(source)
    const broken = await page.evaluate(
      'axe.run(document).then(({ violations }) => violations.map(({ id }) => id))',
    )
    expect(broken).toEqual([])
    await page.getByRole('button', { name: 'Me désinscrire' }).click()
    await page.getByRole('heading', { name: 'Les notifications ont pris fin' }).waitFor()
    await expect.poll(() => page.evaluate("localStorage.getItem('stub')")).toBeNull()
    await nextSecond()
    await publish('suite', 'La suite', 'Monde')
    await openArticle(page)
    expect(await manage.isVisible()).toBe(false)
    expect(messagesOf(hashes[0])).toHaveLength(3)
  })
})

const message = (tag: string, more: object = { data: { group: '# nouveaux articles', navigate: '/' } }) =>
  JSON.stringify({
    web_push: 8030,
    notification: {
      title: `Titre ${tag}`,
      body: 'a',
      navigate: `/${tag}`,
      lang: 'fr',
      dir: 'ltr',
      tag,
      ...more,
    },
  })

test('the service worker shows several articles as one, and takes one of them back', async () => {
  await withBrowser(['notifications'], async (page) => {
    await openArticle(page)
    await page.getByLabel('Corrections de cet article').check()
    await button(page).click()
    await expect.poll(() => said(page).textContent()).toContain('C’est fait')
    const { deliver, shown } = await notificationsIn(page)
    const titles = async () => (await shown()).map(({ title }) => title).sort()
    for (const tag of ['a', 'b', 'c']) await deliver(message(tag))
    await expect.poll(titles).toEqual(['Titre a', 'Titre b', 'Titre c'])
    await deliver(message('c'))
    await deliver(message('d'))
    await expect.poll(titles).toEqual(['4 nouveaux articles'])
    await deliver(message('e'))
    await deliver(message('e'))
    await expect.poll(shown).toMatchObject([
      {
        title: '5 nouveaux articles',
        body: 'Titre e\nTitre d\nTitre c\nTitre b',
        data: {
          navigate: '/',
          items: [{ tag: 'e' }, { tag: 'd' }, { tag: 'c' }, { tag: 'b' }, { tag: 'a' }],
        },
      },
    ])
    await deliver(message('d', { title: 'Article retiré' }), 2)
    await expect.poll(titles).toEqual(['4 nouveaux articles', 'Article retiré'])
    const [one] = (await shown()).filter(({ tag }) => tag === 'group')
    expect(one?.body).toBe('Titre e\nTitre c\nTitre b\nTitre a')
    await deliver(message('f', { title: 'Correction : f' }))
    await expect.poll(titles).toEqual(['4 nouveaux articles', 'Article retiré', 'Correction : f'])
  })
})

test('a new endpoint of the push service takes the place of the former one', async () => {
  await withBrowser(['notifications'], async (page, hashes) => {
    await openArticle(page)
    await page.getByLabel('Articles de la section Monde').check()
    await button(page).click()
    await expect.poll(() => said(page).textContent()).toContain('C’est fait')
    const key = (await page.locator('[data-push]').getAttribute('data-push')) ?? ''
    const { clientHash, ...made } = await service.model.subscribe({
      userVisibleOnly: 'true',
      applicationServerKey: key,
    })
    const [worker] = page.context().serviceWorkers()
    const given = JSON.stringify({ ...made, key })
    await worker?.evaluate(`new Promise((resolve) => {
      const { endpoint, keys, key } = ${given}
      const bytes = Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
      const event = new ExtendableEvent('pushsubscriptionchange')
      event.newSubscription = { endpoint, options: { applicationServerKey: bytes.buffer }, toJSON: () => ({ endpoint, keys }) }
      event.waitUntil = (work) => resolve(work)
      self.dispatchEvent(event)
    })`)
    await nextSecond()
    await publish('retour', 'Le retour', 'Monde')
    await expect.poll(() => messagesOf(clientHash)).toHaveLength(1)
    expect(messagesOf(hashes[0])).toEqual([])
  })
})

test('a browser whose subscription the site has ended elsewhere learns it within a day, and can subscribe again', async () => {
  await withBrowser(['notifications'], async (page, _, complaints) => {
    const subscribe = async () => {
      await openArticle(page)
      await page.getByLabel('Articles de la section Monde').check()
      await button(page).click()
      await expect.poll(() => said(page).textContent()).toContain('C’est fait')
    }
    await subscribe()
    const manage = page.getByRole('link', { name: 'Changer mes choix, mettre en pause ou mettre fin' })
    const address = new URL((await manage.getAttribute('href')) ?? '', site.address)
    const ended = await fetch(address, { method: 'POST', body: new URLSearchParams({ action: 'end' }) })
    expect(ended.status).toBe(200)
    await openArticle(page)
    await expect.poll(() => said(page).textContent()).toContain('Ce navigateur vous avise déjà.')
    await page.evaluate(`(async () => {
      const cache = await caches.open('kiosque-push')
      const kept = await (await cache.match('/push/subscription')).json()
      await cache.put('/push/subscription', new Response(JSON.stringify({ ...kept, asked: Date.now() - 86400001 })))
    })()`)
    const asked = page.waitForResponse((answer) => answer.url().endsWith('/push/subscriptions'))
    await openArticle(page)
    expect((await asked).status()).toBe(404)
    await expect.poll(() => page.evaluate("caches.has('kiosque-push')")).toBe(false)
    expect(await page.locator('[data-push] [role=status]').textContent()).toBe('')
    expect(await manage.isVisible()).toBe(false)
    await subscribe()
    // Chromium itself complains of each answer 404.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('404')])
  })
})

/** Clicks on the only notification, and returns the address that the service worker opens in a new window. */
const click = (page: Page): Promise<unknown> | undefined =>
  page
    .context()
    .serviceWorkers()[0]
    ?.evaluate(`new Promise(async (resolve) => {
    Object.defineProperty(self.clients, 'openWindow', { value: async (address) => resolve(address) })
    const [notification] = await self.registration.getNotifications()
    self.dispatchEvent(new NotificationEvent('notificationclick', { notification }))
  })`)

test('a click on the notification of a correction opens the corrected article, although the browser keeps an earlier copy', async () => {
  await publish('copie', 'La copie', 'Monde')
  await withBrowser(['notifications'], async (page, hashes) => {
    await openArticle(page, 'copie')
    await page.getByLabel('Corrections de cet article').check()
    await button(page).click()
    await expect.poll(() => said(page).textContent()).toContain('C’est fait')
    const { deliver, shown } = await notificationsIn(page)
    await publish('copie', 'La copie', 'Monde', { note: 'Le nom était faux.' })
    await expect.poll(() => messagesOf(hashes[0])).toHaveLength(1)
    await deliver(messagesOf(hashes[0])[0] ?? '')
    await expect.poll(shown).toHaveLength(1)
    const address = `${site.address}/articles/copie`
    const textOf = async () => {
      const opened = await page.context().newPage()
      await opened.goto(address)
      return opened.locator('main').textContent()
    }
    // A reader who opens the article by other means sees the copy for as long as the browser may keep it.
    expect(await textOf()).not.toContain('Le nom était faux.')
    expect(await click(page)).toBe(address)
    expect(await textOf()).toContain('Le nom était faux.')
    await expect.poll(shown).toEqual([])
  })
})

test.for([
  ['an address elsewhere', 'https://journal.invalid/a'],
  ['an address that does not answer', 'http://localhost:9/a'],
])('a click opens %s too', async ([, navigate]) => {
  await withBrowser(['notifications'], async (page) => {
    await openArticle(page)
    await page.getByLabel('Articles de la section Monde').check()
    await button(page).click()
    await expect.poll(() => said(page).textContent()).toContain('C’est fait')
    const { deliver, shown } = await notificationsIn(page)
    await deliver(message('a', { navigate }))
    await expect.poll(shown).toHaveLength(1)
    expect(await click(page)).toBe(navigate)
  })
})

test('a browser that blocks notifications is told how to allow them, and nothing is stored', async () => {
  await withBrowser([], async (page, hashes) => {
    await page.addInitScript("Notification.requestPermission = async () => 'denied'")
    await openArticle(page)
    await page.getByLabel('Articles de la section Monde').check()
    await button(page).click()
    await expect.poll(() => said(page).textContent()).toContain('bloque les notifications')
    expect(hashes).toEqual([])
  })
})

test.for([
  ['without a script', { javaScriptEnabled: false }, ''],
  ['without push', {}, 'delete window.PushManager'],
] as const)('a browser %s sees no button', async ([, options, before]) => {
  const context = await site.browser.newContext(options)
  try {
    if (before) await context.addInitScript(before)
    const page = await context.newPage()
    await openArticle(page)
    await page.getByRole('button', { name: 'S’inscrire' }).waitFor()
    expect(await button(page).isVisible()).toBe(false)
  } finally {
    await context.close()
  }
})
