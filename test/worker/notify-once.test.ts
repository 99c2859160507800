import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { hashOf } from '../../src/http/token.ts'
import type { TestBrowser } from './push-browser.ts'
import { openPush, type PushSite } from './push-site.ts'
import { sendLines, token } from './site.ts'

const second = 1000
const minute = 60_000
const hour = 3_600_000
const day = 24 * hour
const kim = 'kim@example.com'
const lea = 'lea@example.com'
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

/** Lets the mail server put off every mail but those that ask for a confirmation. */
const refuse = () =>
  site.answer(({ purpose }) =>
    purpose === 'confirmation'
      ? { kind: 'accepted' }
      : { kind: 'refused', at: 'recipient', code: 451, status: '4.7.1', text: 'later' },
  )
const accept = () => site.answer(() => ({ kind: 'accepted' }))

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

describe('what could not be sent at once is in the digest of another choice', () => {
  test('although it waits still, and then is not told at once', async () => {
    await subscribe(kim, ['sections/monde', 'now'], ['tags/ponts', 'daily'])
    site.at(thursday - 4 * minute)
    refuse()
    await publish('x', { tags: ['Ponts'] })
    await tell()
    accept()
    site.at(thursday)
    // The first attempt after a refusal is later than the digest.
    await env.DB.prepare('UPDATE notification SET next = ?')
      .bind(thursday + hour)
      .run()
    await site.sweep()
    expect(site.mails.at(-1)?.purpose).toBe('digest')
    await pass(3)
    expect(told()).toEqual([`${kim} x`])
  })

  test('if the choice is not made any more', async () => {
    const manage = await subscribe(kim, ['sections/monde', 'now'], ['tags/ponts', 'daily'])
    refuse()
    await publish('x', { tags: ['Ponts'] })
    await tell()
    await site.reschedule(manage, 'tags/ponts', 'daily')
    accept()
    await pass(4)
    expect(told()).toEqual([`${kim} x`])
  })

  test('if the article leaves the section', async () => {
    await subscribe(kim, ['sections/monde', 'now'], ['tags/ponts', 'daily'])
    refuse()
    await publish('x', { tags: ['Ponts'] })
    await tell()
    await publish('x', { tags: ['Ponts'], section: 'Sports' })
    await tell()
    accept()
    await pass(4)
    expect(told()).toEqual([`${kim} x`])
  })

  test('if it was dropped after three days', async () => {
    await subscribe(kim, ['sections/monde', 'now'], ['tags/ponts', 'weekly'])
    refuse()
    await publish('x', { tags: ['Ponts'] })
    await tell()
    await pass(3.5)
    accept()
    await pass(10)
    expect(told()).toEqual([`${kim} x`])
  })

  test('in a browser, after a day', async () => {
    const browser = await site.subscribeIn(['sections/monde', 'all'])
    const rhythms = { 'when.sections/monde': 'now', 'when.all': 'daily' }
    await site.send(browser.manage, { action: 'choose', selection: ['sections/monde', 'all'], ...rhythms })
    site.wait(second)
    site.answerPush(() => ({ status: 503, text: '' }))
    await publish('x')
    await tell()
    await pass(1.25)
    site.answerPush(() => ({ status: 201, text: '' }))
    await pass(3)
    expect(await titles(browser)).toHaveLength(1)
  })
})

test('an article that a job may have shown before it was killed is taken back, although a digest has told it', async () => {
  const browser = await site.subscribeIn(['sections/monde', 'all'])
  const rhythms = { 'when.sections/monde': 'now', 'when.all': 'daily' }
  await site.send(browser.manage, { action: 'choose', selection: ['sections/monde', 'all'], ...rhythms })
  site.at(thursday - minute)
  await publish('x')
  await site.notify.subscribers.settle()
  await env.DB.prepare('UPDATE notification SET reached = 1, next = ?')
    .bind(thursday + hour)
    .run()
  site.at(thursday)
  await site.sweep()
  expect(await titles(browser)).toEqual(['Un nouvel article'])
  site.wait(2 * hour)
  await site.sweep()
  await site.call('DELETE', '/api/articles/x')
  await tell()
  // One for the notification of the article, one for the digest.
  expect((await titles(browser)).slice(1)).toEqual(['Article retiré', 'Article retiré'])
})

test('a browser that gets an article at once and a digest in one job is told of it once', async () => {
  const browser = await site.subscribeIn(['sections/monde', 'all'])
  const rhythms = { 'when.sections/monde': 'now', 'when.all': 'daily' }
  await site.send(browser.manage, { action: 'choose', selection: ['sections/monde', 'all'], ...rhythms })
  site.at(thursday)
  await publish('x')
  await site.notify.subscribers.settle()
  await site.notify.subscribers.settleDigest('daily', thursday)
  await site.sweep()
  expect(await titles(browser)).toEqual(['Titre de x'])
})

test('the 31st article of a digest is in the digest of another choice', async () => {
  await subscribe(kim, ['sections/monde', 'daily'], ['all', 'weekly'])
  for (let at = 0; at < 31; at++) {
    await publish(`n${at}`)
    site.wait(second)
  }
  await pass(8)
  expect(told()).toHaveLength(31)
})

describe('a message that is read before a save is settled leaves it to the next one', () => {
  test('a digest', async () => {
    await subscribe(kim, ['sections/monde', 'now'], ['all', 'daily'])
    await publish('a', { section: 'Sports' })
    await tell()
    site.at(thursday + second)
    await site.notify.subscribers.settleDigest('daily', thursday)
    const { digested } = site.notify.subscribers
    site.notify.subscribers.digested = async (...given) => {
      await publish('x')
      return digested(...given)
    }
    site.queue.push({ kind: 'notify', channel: 'email' })
    await site.drain()
    site.notify.subscribers.digested = digested
    site.wait(second)
    await tell()
    await pass(2)
    expect(told().toSorted()).toEqual([`${kim} a`, `${kim} x`])
  })

  test('a correction', async () => {
    await subscribe(kim, ['corrections/avant', 'now'])
    const correct = (note: string) => site.put('avant', { section: 'Monde', title: 'Avant', note })
    refuse()
    await correct('Un.')
    await tell()
    accept()
    site.wait(2 * minute)
    await correct('Deux.')
    const before = site.mails.length
    site.queue.push({ kind: 'notify', channel: 'email' })
    await site.drain()
    site.wait(second)
    await tell()
    expect(site.mails.slice(before).map(({ text }) => text.includes('Deux'))).toEqual([true])
  })
})

describe('two subscriptions that become one', () => {
  test.each([
    [
      'a digest of another choice',
      [
        ['sections/monde', 'now'],
        ['sections/sports', 'daily'],
      ],
      [['tags/ponts', 'daily']],
    ],
    [
      'a more frequent digest',
      [
        ['sections/monde', 'now'],
        ['all', 'weekly'],
      ],
      [['sections/monde', 'daily']],
    ],
    ['the same choice', [['sections/monde', 'now']], [['sections/monde', 'now']]],
    ['no choice of its own', [['sections/monde', 'now']], [['sections/sports', 'now']]],
  ] as [string, Rhythm[], Rhythm[]][])(
    'tell once what waits for the former address: %s',
    async (_, its, others) => {
      const manage = await subscribe(kim, ...its)
      await subscribe(lea, ...others)
      refuse()
      await publish('x', { tags: ['Ponts'] })
      await tell()
      site.wait(2 * hour)
      await site.move(manage, lea)
      accept()
      await pass(10)
      expect(told()).toEqual([`${lea} x`])
    },
  )

  test.each([true, false])(
    'tell not again what the latter was told, with a digest: %s',
    async (hasDigest) => {
      const manage = await subscribe(kim, ['sections/monde', 'now'])
      await subscribe(lea, ['sections/monde', 'now'], ...(hasDigest ? [['all', 'daily'] as const] : []))
      site.answer(({ to, purpose }) =>
        to === lea || purpose === 'confirmation'
          ? { kind: 'accepted' }
          : { kind: 'refused', at: 'recipient', code: 451, status: '4.7.1', text: 'later' },
      )
      await publish('x')
      await tell()
      site.wait(2 * hour)
      await site.move(manage, lea)
      accept()
      await pass(4)
      expect(told()).toEqual([`${lea} x`])
    },
  )

  test.each(['x before the pause', 'x in the pause'])('go on if the latter was paused: %s', async (when) => {
    const manage = await subscribe(kim, ['sections/monde', 'now'])
    const other = await subscribe(lea, ['sections/monde', 'now'])
    const pause = () => site.send(other, { action: 'pause' })
    refuse()
    if (when === 'x in the pause') await pause()
    site.wait(minute)
    await publish('x')
    await tell()
    site.wait(minute)
    if (when === 'x before the pause') await pause()
    site.wait(2 * hour)
    await site.move(manage, lea)
    accept()
    await pass(4)
    expect(told()).toEqual([`${lea} x`])
  })

  test('tell what waits of an article that is dated by a day, from before the latter was made', async () => {
    const manage = await subscribe(kim, ['sections/monde', 'now'])
    refuse()
    await publish('x', { published: '2024-06-19T12:00:00Z', dayOnly: ['published'] })
    await tell()
    site.wait(minute)
    await subscribe(lea, ['sections/monde', 'daily'])
    site.wait(2 * hour)
    await site.move(manage, lea)
    accept()
    await pass(4)
    expect(told()).toEqual([`${lea} x`])
  })

  test('go on if the former was paused, with what it was owed', async () => {
    const manage = await subscribe(kim, ['sections/monde', 'now'])
    await subscribe(lea, ['sections/sports', 'now'])
    refuse()
    await publish('x')
    await tell()
    await site.send(manage, { action: 'pause' })
    site.wait(2 * hour)
    await site.move(manage, lea)
    accept()
    await pass(10)
    expect(told()).toEqual([`${lea} x`])
  })

  test('have a daily digest of one day, if the former was paused', async () => {
    const manage = await subscribe(kim, ['sections/monde', 'daily'])
    await subscribe(lea, ['sections/sports', 'now'])
    await site.send(manage, { action: 'pause' })
    for (let at = 0; at < 6; at++) {
      site.wait(day)
      await publish(`n${at}`)
      await site.sweep()
    }
    site.wait(2 * hour)
    await site.move(manage, lea)
    await pass(2)
    expect(told()).toEqual([`${lea} n5`])
  })

  test('are told in a browser whose other subscription was paused', async () => {
    const from = await site.subscribeIn('sections/monde')
    const into = await site.subscribeIn('sections/sports')
    await site.send(into.manage, { action: 'pause' })
    site.wait(second)
    const moved = await site.send('/push/subscriptions', { ...into.fields, former: from.endpoint })
    site.wait(second)
    await publish('x')
    await tell()
    expect([moved.status, await titles(into)]).toEqual([201, ['Titre de x']])
  })

  test('keep all consents of both', async () => {
    const manage = await subscribe(kim, ['sections/monde', 'now'])
    site.wait(2 * hour)
    await site.subscribe(kim, 'tags/ponts', 'now')
    site.wait(hour)
    const other = await subscribe(lea, ['sections/sports', 'now'])
    site.wait(2 * hour)
    await site.move(manage, lea)
    const exported = await (await site.send(other, { action: 'export' })).json<{
      laterConsents: { at: string; choices: { selection: string }[] }[]
    }>()
    const consents = exported.laterConsents.map(({ choices }) => choices.map(({ selection }) => selection))
    expect(consents).toEqual([['sections/monde'], ['tags/ponts']])
    const instants = exported.laterConsents.map(({ at }) => at)
    expect(instants).toEqual(instants.toSorted())
  })

  test('can be ended by a link in a mail to the former address while they are told', async () => {
    const manage = await subscribe(kim, ['sections/monde', 'now'])
    await publish('x')
    await tell()
    const header = site.mails.at(-1)?.headers['List-Unsubscribe'] ?? ''
    const [, link = ''] = /<https:\/\/kiosque\.example([^>]+)>/.exec(header) ?? []
    await subscribe(lea, ['sections/sports', 'now'])
    site.wait(2 * hour)
    await site.move(manage, lea)
    site.wait(62 * day)
    await site.notify.subscribers.expire()
    await publish('y')
    expect(await site.told()).toHaveLength(1)
    expect((await site.send(link, 'List-Unsubscribe=One-Click')).status).toBe(200)
    site.wait(62 * day)
    await site.notify.subscribers.expire()
    expect(await env.DB.prepare('SELECT count(*) AS left FROM subscriber').first()).toEqual({ left: 0 })
  })
})
