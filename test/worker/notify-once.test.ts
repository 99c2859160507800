import { beforeEach, describe, expect, test } from 'vitest'
import { hashOf } from '../../src/http/token.ts'
import type { TestBrowser } from './push-browser.ts'
import { openPush, type PushSite } from './push-site.ts'
import { sendLines, token } from './site.ts'

const second = 1000
const minute = 60_000
const hour = 3_600_000
const kim = 'kim@example.com'
/** The hour of a Thursday at which digests are due. */
const thursday = Date.parse('2024-06-20T11:00:00Z')

let site: PushSite

beforeEach(async () => {
  const tokens = { API_TOKENS: `tests:admin:${await hashOf(token)}` }
  site = await openPush({ SITE_CONTACT: 'flux@kiosque.example', ...tokens }, thursday - 19 * hour)
  await site.put('avant', { section: 'Monde', tags: ['Ponts'], title: 'Avant' })
  await site.put('match', { section: 'Sports', title: 'Match' })
  site.wait(hour)
  await site.sweep()
})

const publish = (slug: string, more: object = {}) =>
  site.put(slug, { section: 'Monde', title: `Titre de ${slug}`, ...more })

/** Runs cron every six hours for some days. */
async function pass(days: number) {
  for (let at = 0; at < days * 4; at++) {
    await site.sweep()
    site.wait(6 * hour)
  }
}

/** Does the job after a save. */
const tell = async () => {
  site.queue.push({ kind: 'tell' })
  await site.drain()
}

/** Whom mails have told of which articles. */
const told = () =>
  site.mails.flatMap(({ to, links }) =>
    [...new Set(links.filter((path) => path.startsWith('/articles/')))].map(
      (path) => `${to} ${path.slice('/articles/'.length)}`,
    ),
  )

/** The titles of the notifications that a browser has got. */
const titles = (browser: TestBrowser) =>
  Promise.all(
    site.pushes
      .filter(({ endpoint }) => endpoint === browser.endpoint)
      .map(async ({ body }) => (await browser.read(body)).notification.title),
  )

type Rhythm = readonly [selection: string, when: string]

/** Gives a person choices, each with its rhythm. */
async function subscribe(email: string, ...rhythms: Rhythm[]): Promise<string> {
  const selection = rhythms.map(([path]) => path)
  const manage = await site.subscribe(email, selection, 'now')
  const whens = Object.fromEntries(rhythms.map(([path, when]) => [`when.${path}`, when]))
  await site.send(manage, { action: 'choose', selection, ...whens })
  site.wait(second)
  return manage
}

const instant = (milliseconds: number) => new Date(site.ports.clock() + milliseconds).toJSON()

describe('a save after the end of an embargo, and before a reader or cron has carried it out', () => {
  const saves: Record<string, () => Promise<unknown>> = {
    'another title': () => publish('x', { embargo: instant(-20 * second), title: 'Mieux' }),
    'no embargo any more': () => publish('x', { title: 'Mieux' }),
    'another title, in a bulk of lines': () =>
      sendLines(site, '/api/articles', [{ slug: 'x', title: 'Mieux', section: 'Monde', text: 'Un.' }]),
    'a correction': () => publish('x', { note: 'Le nom était faux.' }),
    'a rename of its section': () => site.call('PUT', '/api/sections/monde', { name: 'International' }),
  }
  test.each(Object.keys(saves).flatMap((name) => ['now', 'daily'].map((when) => ({ name, when }))))(
    'tells of the article once: $name, $when',
    async ({ name, when }) => {
      await subscribe(kim, ['sections/monde', when])
      await publish('x', { embargo: instant(minute) })
      await tell()
      site.wait(minute + 20 * second)
      await saves[name]?.()
      await tell()
      await pass(2)
      expect(told()).toEqual([`${kim} x`])
    },
  )

  test('tells nobody of an article of an import, also not by a rename', async () => {
    await subscribe(kim, ['sections/monde', 'now'])
    const line = { slug: 'x', title: 'X', section: 'Monde', text: 'Un.', embargo: instant(minute) }
    await sendLines(site, '/api/articles', [{ ...line, import: { run: 1 } }])
    await site.call('PUT', '/api/sections/monde', { name: 'International' })
    site.wait(minute + 20 * second)
    await tell()
    await pass(1)
    expect(told()).toEqual([])
  })
})

test('a save after an article has expired, and before cron, takes the notification back', async () => {
  const browser = await site.subscribeIn('sections/monde')
  site.wait(second)
  const expires = instant(hour)
  await publish('x', { expires })
  await tell()
  site.wait(hour + 20 * second)
  await publish('x', { expires, title: 'Mieux' })
  await tell()
  expect(await titles(browser)).toEqual(['Titre de x', 'Article retiré'])
})

test('an import that is taken back takes the notifications back', async () => {
  const browser = await site.subscribeIn('sections/monde')
  site.wait(second)
  const line = { slug: 'x', title: 'Titre de x', section: 'Monde', import: { run: 1, notify: true } }
  await sendLines(site, '/api/articles', [line])
  await tell()
  await site.call('POST', '/api/imports/undo', { after: '' })
  await tell()
  expect(await titles(browser)).toEqual(['Titre de x', 'Article retiré'])
})
