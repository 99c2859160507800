import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { PushApiModel } from 'web-push-testing/src/PushApiModel.js'
import WebPushTestingServer from 'web-push-testing/src/server.js'
import { freePort } from '../../scripts/ports.ts'

/** A push service of another project. It checks the signature of each message, and decrypts it as a browser does. */
export interface PushService {
  model: PushApiModel
}

/** Starts the push service before the first test of the file, and stops it after the last one. */
export function openPushService(): PushService {
  const service = {} as PushService
  let server: WebPushTestingServer | undefined
  beforeAll(async () => {
    vi.spyOn(console, 'log').mockImplementationOnce(() => {})
    service.model = new PushApiModel()
    server = new WebPushTestingServer(service.model, await freePort())
    server.startServer()
  })
  afterAll(() => void server?._server.close())
  return service
}

/**
 * Has the pages of a browser subscribe at the push service, as Chromium does at Google's. `hashes` are the names of the
 * browser at the push service, in the order in which it subscribed.
 */
export async function subscribeAt({ model }: PushService, context: BrowserContext): Promise<string[]> {
  const hashes: string[] = []
  await context.exposeFunction('pushService', async (applicationServerKey: string) => {
    const { clientHash, ...made } = await model.subscribe({ userVisibleOnly: 'true', applicationServerKey })
    hashes.push(clientHash)
    return made
  })
  await context.addInitScript(stub)
  return hashes
}

/** A script that replaces the methods of PushManager, which would ask a push service on the network. */
const stub = `{
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
  const kept = () => JSON.parse(localStorage.getItem('stub') ?? 'null')
  const made = ({ endpoint, keys, key }) => ({
    endpoint,
    options: { applicationServerKey: bytes(key).buffer },
    toJSON: () => ({ endpoint, keys }),
    unsubscribe: async () => { localStorage.removeItem('stub'); return true },
  })
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey: key }) => {
    if (!userVisibleOnly) throw new DOMException('', 'NotAllowedError')
    localStorage.setItem('stub', JSON.stringify({ ...await pushService(key), key }))
    return made(kept())
  }
  PushManager.prototype.getSubscription = async () => kept() && made(kept())
}`

/** What a browser shows as notifications, in the order of their tags. */
export interface ShownNotification {
  title: string
  body: string
  tag: string
  lang: string
  data: { navigate: string; items?: { tag: string; title: string }[] }
}

/**
 * Returns a function that hands a message to the service worker of the page's site, as the browser does, and one that looks at
 * what the browser shows. Chromium forgets a notification if a page looks while it is being shown, so the first function waits
 * until the service worker has shown the message.
 */
export async function notificationsIn(page: Page) {
  const session = await page.context().newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const found = registrations.find(({ scopeURL, isDeleted }) => scopeURL.endsWith('/push/') && !isDeleted)
      if (found) resolve(found.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  const registrationId = await registered
  const { origin } = new URL(page.url())
  const [worker] = page.context().serviceWorkers()
  if (!worker) throw new Error('The page has no service worker')
  await worker.evaluate(`{
    self.shows = 0
    const { registration } = self
    const show = registration.showNotification.bind(registration)
    registration.showNotification = async (...values) => {
      await show(...values)
      self.shows += 1
    }
  }`)
  let expected = 0
  return {
    /** Hands over a message. The service worker shows as many notifications: the message, and one that it changes. */
    deliver: async (data: string, shows = 1) => {
      await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data })
      expected += shows
      await expect.poll(() => worker.evaluate('self.shows')).toBe(expected)
    },
    shown: (): Promise<ShownNotification[]> =>
      page.evaluate(`navigator.serviceWorker.getRegistration('/push/')
        .then((registration) => registration?.getNotifications() ?? [])
        .then((all) => all.map(({ title, body, tag, lang, data }) => ({ title, body, tag, lang, data })))`),
  }
}
