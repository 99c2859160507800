import { hashOf } from '../../src/http/token.ts'
import type { TestBrowser } from './push-browser.ts'
import { openPush, type PushSite } from './push-site.ts'
import { token } from './site.ts'

export const second = 1000
export const minute = 60_000
export const hour = 3_600_000
export const day = 24 * hour
export const kim = 'kim@example.com'
export const lea = 'lea@example.com'
/** The hour of a Thursday at which digests are due. */
export const thursday = Date.parse('2024-06-20T11:00:00Z')

/** A choice of a test, and its rhythm. */
export type Rhythm = readonly [selection: string, when: string]

/** A test site that says who was told of what. It has two sections, Monde and Sports, and the tag Ponts. */
export interface ToldSite extends Omit<PushSite, 'subscribe' | 'told'> {
  /** Publishes an article in Monde. */
  publish: (slug: string, more?: object) => Promise<unknown>
  /** Lets the mail server put off all mails, or those to one address, but those that ask for a confirmation. */
  refuse: (address?: string) => void
  accept: () => void
  /** Runs cron every six hours for some days. */
  pass: (days: number) => Promise<void>
  /** Does the job after a save, and all that follow. */
  tell: () => Promise<void>
  /** Whom mails have told of which articles. */
  told: () => string[]
  /** The titles of the notifications that a browser has got. */
  titles: (browser: TestBrowser) => Promise<string[]>
  /** Gives a person choices, each with its rhythm, and returns the path of the page of the subscription. */
  subscribe: (email: string, ...rhythms: readonly Rhythm[]) => Promise<string>
  /** Subscribes a browser to articles of Monde at once, and to all in a daily digest. */
  subscribeTwice: () => Promise<TestBrowser & { manage: string }>
  /** The instant after some milliseconds, as JSON has it. */
  instant: (milliseconds: number) => string
}

export async function openTold(): Promise<ToldSite> {
  const settings = { SITE_CONTACT: 'flux@kiosque.example', API_TOKENS: `tests:admin:${await hashOf(token)}` }
  const site = await openPush(settings, thursday - 19 * hour)
  await site.put('avant', { section: 'Monde', tags: ['Ponts'], title: 'Avant' })
  await site.put('match', { section: 'Sports', title: 'Match' })
  site.wait(hour)
  await site.sweep()
  return {
    ...site,
    publish: (slug, more = {}) => site.put(slug, { section: 'Monde', title: `Titre de ${slug}`, ...more }),
    refuse: (address) =>
      site.answer(({ to, purpose }) =>
        purpose === 'confirmation' || (address !== undefined && to !== address)
          ? { kind: 'accepted' }
          : { kind: 'refused', at: 'recipient', code: 451, status: '4.7.1', text: 'later' },
      ),
    accept: () => site.answer(() => ({ kind: 'accepted' })),
    async pass(days) {
      for (let at = 0; at < days * 4; at++) {
        await site.sweep()
        site.wait(6 * hour)
      }
    },
    async tell() {
      site.queue.push({ kind: 'tell' })
      await site.drain()
    },
    told: () =>
      site.mails.flatMap(({ to, links }) =>
        [...new Set(links.filter((path) => path.startsWith('/articles/')))].map(
          (path) => `${to} ${path.slice('/articles/'.length)}`,
        ),
      ),
    titles: (browser) =>
      Promise.all(
        site.pushes
          .filter(({ endpoint }) => endpoint === browser.endpoint)
          .map(async ({ body }) => (await browser.read(body)).notification.title),
      ),
    async subscribe(email, ...rhythms) {
      const selection = rhythms.map(([path]) => path)
      const manage = await site.subscribe(email, selection, 'now')
      const whens = Object.fromEntries(rhythms.map(([path, when]) => [`when.${path}`, when]))
      await site.send(manage, { action: 'choose', selection, ...whens })
      site.wait(second)
      return manage
    },
    async subscribeTwice() {
      const selection = ['sections/monde', 'all']
      const browser = await site.subscribeIn(selection)
      const whens = { 'when.sections/monde': 'now', 'when.all': 'daily' }
      await site.send(browser.manage, { action: 'choose', selection, ...whens })
      site.wait(second)
      return browser
    },
    instant: (milliseconds) => new Date(site.ports.clock() + milliseconds).toJSON(),
  }
}
