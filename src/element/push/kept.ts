/**
 * What the browser keeps of its subscription: the endpoint, the path of the page on which it is changed and ended, and the instant at
 * which the site said last that it has the subscription.
 */
export interface Kept {
  endpoint: string
  manage: string
  asked?: number
}

const name = 'kiosque-push'
const place = '/push/subscription'

/**
 * Returns what the browser has kept; undefined if it is not subscribed. It is kept in the Cache API, because this is the
 * simplest storage that both pages and the service worker reach.
 */
export async function recall(): Promise<Kept | undefined> {
  const cache = await caches.open(name)
  return (await cache.match(place))?.json()
}

async function remember(kept: Kept): Promise<void> {
  const cache = await caches.open(name)
  await cache.put(place, new Response(JSON.stringify(kept)))
}

export const forget = (): Promise<boolean> => caches.delete(name)

/** Returns the public key of the site with which a subscription was made, in base64url. */
export const keyOf = ({ options: { applicationServerKey } }: PushSubscription): string =>
  btoa(String.fromCharCode(...new Uint8Array(applicationServerKey ?? [])))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

/**
 * Tells the site of a subscription of this browser, with the fields of a form: what the person chose, or the former endpoint
 * that this one replaces. Throws the answer if the site refuses.
 */
export async function enrol(subscription: PushSubscription, form: URLSearchParams): Promise<Kept> {
  const { endpoint = '', keys } = subscription.toJSON()
  for (const [field, value] of Object.entries({ ...keys, endpoint, server: keyOf(subscription) }))
    form.set(field, value)
  const answer = await fetch('/push/subscriptions', { method: 'POST', body: form })
  if (!answer.ok) throw answer
  const { manage } = await answer.json()
  const kept = { endpoint, manage, asked: Date.now() }
  await remember(kept)
  return kept
}
