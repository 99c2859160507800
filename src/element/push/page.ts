import { enrol, forget, type Kept, keyOf, recall } from './kept.ts'

const box = document.querySelector<HTMLElement>('[data-push]')
if (box && 'PushManager' in window && 'serviceWorker' in navigator && 'Notification' in window)
  start(box, box.dataset.push as string)

/** Does what the page asks for: it offers the subscription, with the site's public key, or says that it has ended. */
function start(box: HTMLElement, push: string): Promise<void> {
  return push === 'ended' ? end() : offer(box, push)
}

/** Shows the button that subscribes this browser, and says whether it is subscribed already. `key` is the site's public key. */
async function offer(box: HTMLElement, key: string): Promise<void> {
  const button = box.querySelector('button') as HTMLButtonElement
  const form = box.closest('form') as HTMLFormElement
  for (const hidden of [box, ...form.querySelectorAll<HTMLElement>('.of-browser')]) hidden.hidden = false
  form.querySelector('.unavailable')?.remove()
  button.onclick = async () => {
    button.disabled = true
    say(box, await press(box, key))
    button.disabled = false
  }
  const kept = await recall()
  if (!kept) return
  try {
    show(box, await renew(kept, key))
    say(box, 'already')
  } catch (answer) {
    // The subscription was ended elsewhere.
    if (isGone(answer)) await forget()
  }
}

/** Subscribes this browser to what is ticked. Returns the name of the sentence that says how it went. */
async function press(box: HTMLElement, key: string): Promise<string> {
  const form = new URLSearchParams([...new FormData(box.closest('form') as HTMLFormElement)] as [
    string,
    string,
  ][])
  // The site need not know that a browser and an e-mail address belong together.
  form.delete('email')
  if (!form.has('selection')) return 'choose'
  if ((await Notification.requestPermission()) !== 'granted') return 'denied'
  try {
    const present = await subscribe(key)
    await move(present)
    show(box, await enrol(present, form))
    return 'done'
  } catch (answer) {
    return answer instanceof Response && (await refusesMany(answer)) ? 'many' : 'failed'
  }
}

/** Gives what was subscribed at another endpoint the present one. If the site has ended that, there is nothing to move. */
async function move(present: PushSubscription): Promise<void> {
  const kept = await recall()
  if (!kept || kept.endpoint === present.endpoint) return
  await enrol(present, new URLSearchParams({ former: kept.endpoint })).catch((answer) => {
    if (!isGone(answer)) throw answer
  })
}

const isGone = (answer: unknown): boolean => answer instanceof Response && answer.status === 404

/** Whether the site refuses a subscription because it would have too many choices. */
async function refusesMany(answer: Response): Promise<boolean> {
  const { issues = [] } = (await answer.json().catch(() => ({}))) as { issues?: { reason: string }[] }
  return issues.some(({ reason }) => reason.startsWith('must be at most'))
}

function say(box: HTMLElement, name: string): void {
  const status = box.querySelector('[role=status]') as HTMLElement
  status.className = name === 'done' || name === 'already' ? 'done' : 'wrong'
  status.textContent = box.getAttribute(`data-${name}`)
}

/** Shows the link to the page on which the subscription is changed and ended. */
function show(box: HTMLElement, { manage }: Kept): void {
  const link = box.querySelector('a') as HTMLAnchorElement
  link.href = manage
  ;(link.parentElement as HTMLElement).hidden = false
}

const registered = (): Promise<ServiceWorkerRegistration | undefined> =>
  navigator.serviceWorker.getRegistration('/push/')

/** Returns the subscription of this browser with the site's present key, and makes it if there is none. */
async function subscribe(key: string): Promise<PushSubscription> {
  const registration = await navigator.serviceWorker.register('/push/v1.js')
  await activated(registration)
  const { pushManager } = registration
  const former = await pushManager.getSubscription()
  if (former && keyOf(former) === key) return former
  await former?.unsubscribe()
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
}

/** Waits until a service worker is active. The property `ready` waits only for one that controls this page. */
async function activated({ active, waiting, installing }: ServiceWorkerRegistration): Promise<void> {
  const worker = waiting ?? installing
  if (active || !worker) return
  await new Promise<void>((resolve) => {
    worker.onstatechange = () => worker.state === 'activated' && resolve()
  })
}

/** Milliseconds after which a page asks the site again whether it has the subscription, which may have been ended elsewhere. */
const askMilliseconds = 86_400_000

/**
 * Subscribes this browser anew if the site has another key than before, or if the browser has lost its subscription, and asks the site
 * once a day whether it still has it. Without the permission, nothing can be done. Throws the answer 404 if the site has it no more.
 */
async function renew(kept: Kept, key: string): Promise<Kept> {
  const present = await (await registered())?.pushManager.getSubscription()
  const isPresent = present && keyOf(present) === key && present.endpoint === kept.endpoint
  if (isPresent && Date.now() - (kept.asked ?? 0) < askMilliseconds) return kept
  if (Notification.permission !== 'granted') return kept
  try {
    return await enrol(await subscribe(key), new URLSearchParams({ former: kept.endpoint }))
  } catch (answer) {
    if (isPresent && !isGone(answer)) return kept
    throw answer
  }
}

/** Ends the subscription in this browser too, if it is the one that was ended on this page. */
async function end(): Promise<void> {
  const kept = await recall()
  if (kept?.manage !== location.pathname) return
  const subscription = await (await registered())?.pushManager.getSubscription()
  await subscription?.unsubscribe()
  await forget()
}
