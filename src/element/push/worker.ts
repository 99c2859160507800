import { enrol, recall } from './kept.ts'

/** The notification of a message, as src/render/push.ts writes it. */
interface Told extends NotificationOptions {
  title: string
  tag: string
  navigate: string
  data?: { group: string; navigate: string }
}

/** A notification that is shown. `items` are the articles for which it stands, the newest first. */
interface Shown extends Notification {
  data: { navigate: string; at?: number; group?: { group: string; navigate: string }; items?: Item[] } | null
}

interface Item {
  tag: string
  title: string
}

interface Push extends ExtendableEvent {
  data?: { json: () => { web_push?: number; notification: Told } }
  notification: Shown
  oldSubscription?: PushSubscription
  newSubscription?: PushSubscription
}

interface ExtendableEvent extends Event {
  waitUntil: (work: Promise<unknown>) => void
}

declare const self: {
  registration: ServiceWorkerRegistration
  clients: { openWindow: (url: string) => Promise<unknown> }
  skipWaiting: () => Promise<void>
  addEventListener: (type: string, listen: (event: Push) => void) => void
}

/** The number of notifications of articles from which they become one. */
const minGroupedArticles = 4

/** The largest number of titles that the one notification shows. */
const maxTitles = 4

/** Messages are shown one after another, because each looks at what is shown already. */
let last: Promise<unknown> = Promise.resolve()

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()))

self.addEventListener('push', (event) => {
  const { web_push, notification } = event.data?.json() ?? {}
  if (web_push !== 8030 || !notification) return
  const work = last.then(() => show(notification))
  last = work.catch(() => {})
  event.waitUntil(work)
})

async function show({ title, navigate, data, ...options }: Told): Promise<void> {
  const { registration } = self
  const { tag } = options
  const shown = (await registration.getNotifications()) as Shown[]
  const one = shown.find((each) => each.data?.items)
  const items = one?.data?.items ?? []
  const others = items.filter((item) => item.tag !== tag)
  if (data) {
    const singles = shown
      .filter((each) => each.data?.group && !each.data.items && each.tag !== tag)
      .sort((a, b) => (b.data?.at ?? 0) - (a.data?.at ?? 0))
    const all = [{ tag, title }, ...others, ...singles.map((each) => ({ tag: each.tag, title: each.title }))]
    if (one || all.length >= minGroupedArticles) {
      for (const each of singles) each.close()
      return together(all, data, options)
    }
  } else if (one && others.length < items.length && one.data?.group) {
    // An article for which the one notification stands was corrected or withdrawn.
    if (others.length > 0) await together(others, one.data.group, options)
    else one.close()
  }
  await registration.showNotification(title, { ...options, data: { navigate, group: data, at: Date.now() } })
}

const together = (
  items: Item[],
  group: { group: string; navigate: string },
  { lang, dir, icon }: NotificationOptions,
): Promise<void> =>
  self.registration.showNotification(group.group.replace('#', String(items.length)), {
    ...{ lang, dir, icon, tag: 'group' },
    body: items
      .slice(0, maxTitles)
      .map(({ title }) => title)
      .join('\n'),
    data: { navigate: group.navigate, group, items },
  } as NotificationOptions)

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(event.notification.data?.navigate ?? '/'))
})

/** Milliseconds after which a window opens all the same: a browser allows it only for a second or so after the click. */
const refreshMilliseconds = 600

/**
 * Opens an address in a new window, with the present text: a window that shows the address already has an earlier one, and so may
 * the cache of the browser. This service worker can navigate no window, because none is in its scope.
 */
async function open(address: string): Promise<void> {
  const refreshed = fetch(address, { cache: 'no-cache', mode: 'same-origin' }).then((answer) => answer.text())
  const late = new Promise((resolve) => setTimeout(resolve, refreshMilliseconds))
  // An address elsewhere, or without a network, cannot be refreshed.
  await Promise.race([refreshed.catch(() => {}), late])
  await self.clients.openWindow(address)
}

self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(change(event)))

/** Tells the site that the push service has given this browser another endpoint. */
async function change({ oldSubscription, newSubscription }: Push): Promise<void> {
  const kept = await recall()
  const former = oldSubscription?.endpoint ?? kept?.endpoint
  const { pushManager } = self.registration
  const options = oldSubscription?.options
  const present =
    newSubscription ??
    (await pushManager.getSubscription()) ??
    (options && (await pushManager.subscribe(options)))
  if (former && present) await enrol(present, new URLSearchParams({ former }))
}
