import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Mail } from './notify-site.ts'
import { sendLines } from './site.ts'
import { hour, kim, minute, openTold, second, type ToldSite, thursday } from './told-site.ts'

let site: ToldSite

beforeEach(async () => {
  site = await openTold()
})

describe('a save after the end of an embargo, and before a reader or cron has carried it out', () => {
  const saves: Record<string, () => Promise<unknown>> = {
    'another title': () => site.publish('x', { embargo: site.instant(-20 * second), title: 'Mieux' }),
    'no embargo any more': () => site.publish('x', { title: 'Mieux' }),
    'another title, in a bulk of lines': () =>
      sendLines(site, '/api/articles', [{ slug: 'x', title: 'Mieux', section: 'Monde', text: 'Un.' }]),
    'another title, by an import': () =>
      sendLines(site, '/api/articles', [
        { slug: 'x', title: 'Mieux', section: 'Monde', text: 'Un.', import: { run: 1 } },
      ]),
    'a correction': () => site.publish('x', { note: 'Le nom était faux.' }),
    'a rename of its section': () => site.call('PUT', '/api/sections/monde', { name: 'International' }),
  }
  test.each(Object.keys(saves).flatMap((name) => ['now', 'daily'].map((when) => ({ name, when }))))(
    'tells of the article once: $name, $when',
    async ({ name, when }) => {
      await site.subscribe(kim, ['sections/monde', when])
      await site.publish('x', { embargo: site.instant(minute) })
      await site.tell()
      site.wait(minute + 20 * second)
      await saves[name]?.()
      await site.tell()
      await site.pass(2)
      expect(site.told()).toEqual([`${kim} x`])
    },
  )

  test.each(['another title', 'a rename of its section'])(
    'tells nobody of an article of an import: %s',
    async (name) => {
      await site.subscribe(kim, ['sections/monde', 'now'])
      const line = { slug: 'x', title: 'X', section: 'Monde', text: 'Un.', embargo: site.instant(minute) }
      await sendLines(site, '/api/articles', [{ ...line, import: { run: 1 } }])
      site.wait(minute + 20 * second)
      await saves[name]?.()
      await site.tell()
      await site.pass(1)
      expect(site.told()).toEqual([])
    },
  )
})

test('a save after an article has expired, and before cron, takes the notification back', async () => {
  const browser = await site.subscribeIn('sections/monde')
  site.wait(second)
  const expires = site.instant(hour)
  await site.publish('x', { expires })
  await site.tell()
  site.wait(hour + 20 * second)
  await site.publish('x', { expires, title: 'Mieux' })
  await site.tell()
  expect(await site.titles(browser)).toEqual(['Titre de x', 'Article retiré'])
})

test('an import that is taken back takes the notifications back', async () => {
  const browser = await site.subscribeIn('sections/monde')
  site.wait(second)
  const line = { slug: 'x', title: 'Titre de x', section: 'Monde', import: { run: 1, notify: true } }
  await sendLines(site, '/api/articles', [line])
  await site.tell()
  await site.call('POST', '/api/imports/undo', { after: '' })
  await site.tell()
  expect(await site.titles(browser)).toEqual(['Titre de x', 'Article retiré'])
})

describe('what could not be sent at once is in the digest of another choice', () => {
  test('although it waits still, and then is not told at once', async () => {
    await site.subscribe(kim, ['sections/monde', 'now'], ['tags/ponts', 'daily'])
    site.at(thursday - 4 * minute)
    site.refuse()
    await site.publish('x', { tags: ['Ponts'] })
    await site.tell()
    site.accept()
    site.at(thursday)
    // The first attempt after a refusal is later than the digest.
    await env.DB.prepare('UPDATE notification SET next = ?')
      .bind(thursday + hour)
      .run()
    await site.sweep()
    expect(site.mails.at(-1)?.purpose).toBe('digest')
    await site.pass(3)
    expect(site.told()).toEqual([`${kim} x`])
  })

  test('if the choice is not made any more', async () => {
    const manage = await site.subscribe(kim, ['sections/monde', 'now'], ['tags/ponts', 'daily'])
    site.refuse()
    await site.publish('x', { tags: ['Ponts'] })
    await site.tell()
    await site.reschedule(manage, 'tags/ponts', 'daily')
    site.accept()
    await site.pass(4)
    expect(site.told()).toEqual([`${kim} x`])
  })

  test('if the article leaves the section', async () => {
    await site.subscribe(kim, ['sections/monde', 'now'], ['tags/ponts', 'daily'])
    site.refuse()
    await site.publish('x', { tags: ['Ponts'] })
    await site.tell()
    await site.publish('x', { tags: ['Ponts'], section: 'Sports' })
    await site.tell()
    site.accept()
    await site.pass(4)
    expect(site.told()).toEqual([`${kim} x`])
  })

  test('if it was dropped after three days', async () => {
    await site.subscribe(kim, ['sections/monde', 'now'], ['tags/ponts', 'weekly'])
    site.refuse()
    await site.publish('x', { tags: ['Ponts'] })
    await site.tell()
    await site.pass(3.5)
    site.accept()
    await site.pass(10)
    expect(site.told()).toEqual([`${kim} x`])
  })

  test('in a browser, after a day', async () => {
    const browser = await site.subscribeTwice()
    site.answerPush(() => ({ status: 503, text: '' }))
    await site.publish('x')
    await site.tell()
    await site.pass(1.25)
    site.answerPush(() => ({ status: 201, text: '' }))
    await site.pass(3)
    expect(await site.titles(browser)).toHaveLength(1)
  })
})

describe('what may have been sent at once, although nobody knows, is sent again and in no digest', () => {
  test('a mail whose answer was lost', async () => {
    await site.subscribe(kim, ['sections/monde', 'now'], ['tags/ponts', 'daily'])
    site.at(thursday - 4 * minute)
    const ids: (string | undefined)[] = []
    const keep = ({ headers, purpose }: Mail) => purpose !== 'confirmation' && ids.push(headers['Message-ID'])
    site.answer((mail) => {
      keep(mail)
      return { kind: 'lost', reason: 'no answer', isMaybeAccepted: true, isPermanent: false }
    })
    await site.publish('x', { tags: ['Ponts'] })
    await site.tell()
    site.answer((mail) => {
      keep(mail)
      return { kind: 'accepted' }
    })
    await env.DB.prepare('UPDATE notification SET next = ?')
      .bind(thursday + hour)
      .run()
    site.at(thursday)
    await site.pass(3)
    expect(ids).toHaveLength(2)
    expect(new Set(ids)).toHaveLength(1)
    expect(site.told()).toEqual([`${kim} x`])
  })

  test('a message to a browser whose push service gave no answer', async () => {
    const browser = await site.subscribeTwice()
    site.at(thursday - 4 * minute)
    site.answerPush(() => ({ fault: 'took too long' }))
    await site.publish('x')
    await site.tell()
    site.answerPush(() => ({ status: 201, text: '' }))
    await env.DB.prepare('UPDATE notification SET next = ?')
      .bind(thursday + hour)
      .run()
    site.at(thursday)
    await site.pass(3)
    expect(await site.titles(browser)).toEqual(['Titre de x'])
  })
})

test('a browser that gets an article at once and a digest in one job is told of it once', async () => {
  const browser = await site.subscribeTwice()
  site.at(thursday)
  await site.publish('x')
  await site.notify.subscribers.settle()
  await site.notify.subscribers.settleDigest('daily', thursday)
  await site.sweep()
  expect(await site.titles(browser)).toEqual(['Titre de x'])
})

test('the 31st article of a digest is in the digest of another choice', async () => {
  await site.subscribe(kim, ['sections/monde', 'daily'], ['all', 'weekly'])
  for (let at = 0; at < 31; at++) {
    await site.publish(`n${at}`)
    site.wait(second)
  }
  await site.pass(8)
  expect(site.told()).toHaveLength(31)
})

describe('a message that is read before a save is settled leaves it to the next one', () => {
  test('a digest', async () => {
    await site.subscribe(kim, ['sections/monde', 'now'], ['all', 'daily'])
    await site.publish('a', { section: 'Sports' })
    await site.tell()
    site.at(thursday + second)
    await site.notify.subscribers.settleDigest('daily', thursday)
    const { digested } = site.notify.subscribers
    site.notify.subscribers.digested = async (...given) => {
      await site.publish('x')
      return digested(...given)
    }
    site.queue.push({ kind: 'notify', channel: 'email' })
    await site.drain()
    site.notify.subscribers.digested = digested
    site.wait(second)
    await site.tell()
    await site.pass(2)
    expect(site.told().toSorted()).toEqual([`${kim} a`, `${kim} x`])
  })

  test('a correction', async () => {
    await site.subscribe(kim, ['corrections/avant', 'now'])
    const correct = (note: string) => site.put('avant', { section: 'Monde', title: 'Avant', note })
    site.refuse()
    await correct('Un.')
    await site.tell()
    site.accept()
    site.wait(2 * minute)
    await correct('Deux.')
    const before = site.mails.length
    site.queue.push({ kind: 'notify', channel: 'email' })
    await site.drain()
    site.wait(second)
    await site.tell()
    expect(site.mails.slice(before).map(({ text }) => text.includes('Deux'))).toEqual([true])
  })
})
