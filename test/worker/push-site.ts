import { pushOf } from '../../src/config/push.ts'
import type { Call } from '../../src/domain/ports.ts'
import { makeVapidKeys } from '../../src/notify/push/vapid.ts'
import type { PushMessage } from '../../src/render/push.ts'
import { type NotifySite, openNotify } from './notify-site.ts'
import { subscribeBrowser, type TestBrowser } from './push-browser.ts'
import { start } from './site.ts'

/** A message that a push service has got. */
export interface Pushed {
  endpoint: string
  headers: Readonly<Record<string, string>>
  body: Uint8Array
}

type Answer = Awaited<ReturnType<Call>>

/** A test site that sends mail and Web Push. The test decides what the push services answer. */
export interface PushSite extends NotifySite {
  /** The public key of the site. */
  pushKey: string
  /** The messages that the push services have accepted, in the order in which they were sent. */
  pushes: Pushed[]
  /** Sets what the push services answer. By default they accept each message. */
  answerPush: (answer: (pushed: Pushed) => Answer | Promise<Answer>) => void
  /** Makes a browser that is not subscribed at the site yet. */
  browser: (endpoint?: string, server?: string) => Promise<TestBrowser>
  /** Subscribes a browser to selections, and returns it with the path of the page of its subscription. */
  subscribeIn: (
    selection: string | string[],
    when?: string,
    endpoint?: string,
  ) => Promise<TestBrowser & { manage: string }>
  /** Does the job after a save, and all that follow. Returns the messages that the browser has got of it. */
  shown: (browser: TestBrowser) => Promise<PushMessage['notification'][]>
}

const service = 'https://fcm.googleapis.com/fcm/send/'

export async function openPush(settings: Record<string, string> = {}, opened = start): Promise<PushSite> {
  const { publicKey, privateKey } = await makeVapidKeys()
  const site = await openNotify({ VAPID_KEYS: `${publicKey}.${privateKey}`, ...settings }, opened)
  const state = pushOf(site.ports.config)
  if (state.kind !== 'on') throw new Error(`Web Push is ${state.kind}`)
  const { keys, subject, isLocal } = state.push
  const pushes: Pushed[] = []
  let answer: (pushed: Pushed) => Answer | Promise<Answer> = () => ({ status: 201, text: '' })
  site.notify.push = {
    ...{ keys, subject, isLocal },
    call: async ({ url, headers = {}, body = new Uint8Array() }) => {
      const pushed = { endpoint: url, headers, body }
      const answered = await answer(pushed)
      if ('status' in answered && answered.status < 300) pushes.push(pushed)
      return answered
    },
  }
  let made = 0
  const browser: PushSite['browser'] = (endpoint, server) => {
    made += 1
    return subscribeBrowser(server ?? keys[0].publicKey, endpoint ?? `${service}${made}`)
  }
  return {
    ...site,
    ...{ pushKey: keys[0].publicKey, pushes, browser },
    answerPush: (to) => {
      answer = to
    },
    subscribeIn: async (selection, when = 'now', endpoint) => {
      const one = await browser(endpoint)
      const answered = await site.send('/push/subscriptions', { ...one.fields, selection, when })
      const { manage } = (await answered.json()) as { manage: string }
      return { ...one, manage }
    },
    shown: async (one) => {
      const before = pushes.length
      site.queue.push({ kind: 'tell' })
      await site.drain()
      const mine = pushes.slice(before).filter(({ endpoint }) => endpoint === one.endpoint)
      return Promise.all(mine.map(async ({ body }) => (await one.read(body)).notification))
    },
  }
}
