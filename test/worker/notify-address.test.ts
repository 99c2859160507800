import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { wordsIn } from '../../src/domain/language.ts'
import { schedules } from '../../src/domain/notify.ts'
import { keepRows } from './database.ts'
import { type NotifySite, openNotify } from './notify-site.ts'
import { openPush } from './push-site.ts'

const minute = 60_000
const hour = 3_600_000
const kim = 'kim@example.com'

let site: NotifySite

beforeEach(async () => {
  site = await openNotify()
  await site.put('avant', { section: 'Monde', tags: ['Ponts'], title: 'Avant' })
  site.wait(hour)
})

/** From now on, the mail server puts off all mails but those that ask for a confirmation. */
const refuseNews = () =>
  site.answer(({ purpose }) =>
    purpose === 'confirmation'
      ? { kind: 'accepted' }
      : { kind: 'refused', at: 'recipient', code: 451, status: '4.7.1', text: 'greylisted' },
  )

/** Publishes an article in Monde, and returns the link to unsubscribe of the last mail about it. */
async function unsubscribeLink(slug: string): Promise<string> {
  site.wait(minute)
  await site.put(slug, { section: 'Monde', title: `Titre de ${slug}` })
  await site.told()
  const header = site.mails.at(-1)?.headers['List-Unsubscribe'] ?? ''
  return /<https:..kiosque.example([^>]+)>/.exec(header)?.[1] ?? ''
}

const rowsOf = async (sql: string) => (await env.DB.prepare(sql).all<Record<string, unknown>>()).results
const addresses = async () => (await rowsOf('SELECT address FROM subscriber')).map(({ address }) => address)
const requested = async () =>
  (await rowsOf("SELECT address FROM opt_in WHERE address <> ''")).map(({ address }) => address)

describe('of several changes of an address that were asked for', () => {
  test('only the last one can be confirmed', async () => {
    const manage = await site.subscribe(kim, 'sections/monde')
    const slip = await site.askAddress(manage, 'typo@example.com')
    site.wait(minute)
    const right = await site.askAddress(manage, 'kim.new@example.com')
    for (const [method, answer] of [
      ['GET', await site.get(slip)],
      ['POST', await site.send(slip, '')],
    ] as const)
      expect(answer.status, method).toBe(410)
    expect((await site.send(right, '')).status).toBe(303)
    expect((await site.send(slip, '')).status).toBe(410)
    expect(await addresses()).toEqual(['kim.new@example.com'])
  })

  test('a request that got no mail, because the address had one in this hour, closes no other', async () => {
    const manage = await site.subscribe(kim, 'sections/monde')
    const link = await site.askAddress(manage, 'kim.new@example.com')
    site.wait(minute)
    await site.send(manage, { action: 'address', email: 'kim.new@example.com' })
    expect((await site.send(link, '')).status).toBe(303)
  })

  test('a confirmation closes those that the database has still open', async () => {
    const manage = await site.subscribe(kim, 'sections/monde')
    const slip = await site.askAddress(manage, 'typo@example.com')
    const kept = await rowsOf('SELECT * FROM opt_in')
    site.wait(minute)
    const right = await site.askAddress(manage, 'kim.new@example.com')
    const [typo] = kept.filter(({ address }) => address === 'typo@example.com')
    await env.DB.prepare('UPDATE opt_in SET address = ?1, token_hash = ?2, done = 0 WHERE number = ?3')
      .bind(typo?.address, typo?.token_hash, typo?.number)
      .run()
    expect((await site.send(right, '')).status).toBe(303)
    expect((await site.send(slip, '')).status).toBe(410)
    expect(await addresses()).toEqual(['kim.new@example.com'])
  })
})

describe('after a change of the address', () => {
  test('the links in mails to the former one can unsubscribe, and nothing else', async () => {
    const manage = await site.subscribe(kim, 'sections/monde')
    const link = await unsubscribeLink('un')
    const own = await site.move(manage, 'kim.new@example.com')
    expect((await site.get(manage)).status).toBe(404)
    expect((await site.send(manage, { action: 'export' })).status).toBe(404)
    expect(await (await site.get(link)).text()).not.toContain('kim.new')
    expect((await site.send(link, 'List-Unsubscribe=One-Click')).status).toBe(200)
    expect(await addresses()).toEqual([null])
    expect(await (await site.get(own)).text()).not.toContain('kim.new')
  })

  /** Takes the database back to an instant, as Time Travel does, and applies the list of erasures that was kept outside. */
  async function goBack(travel: () => Promise<unknown>): Promise<void> {
    const erased = await site.ports.subscribers.listErased('')
    await travel()
    await site.ports.subscribers.eraseAgain(erased)
  }

  test('a restore to before it loses nobody', async () => {
    const manage = await site.subscribe(kim, 'sections/monde')
    site.wait(hour)
    const travel = await keepRows()
    await site.move(manage, 'kim.new@example.com')
    site.wait(hour)
    await goBack(travel)
    expect(await addresses()).toEqual([kim])
  })

  test('and an end, a restore to before the change brings the person not back', async () => {
    const manage = await site.subscribe(kim, 'sections/monde')
    site.wait(hour)
    const travel = await keepRows()
    const own = await site.move(manage, 'kim.new@example.com')
    site.wait(hour)
    await site.send(own, { action: 'end' })
    await goBack(travel)
    expect(await addresses()).toEqual([null])
  })

  test('and an end, somebody who has taken the former address since is not erased', async () => {
    const manage = await site.subscribe(kim, 'sections/monde')
    site.wait(hour)
    const own = await site.move(manage, 'kim.new@example.com')
    site.wait(hour)
    await site.subscribe(kim, 'tags/ponts')
    site.wait(hour)
    await site.send(own, { action: 'end' })
    await goBack(async () => {})
    expect(await addresses()).toEqual([null, kim])
  })

  test('and of a browser that has moved, the same holds', async () => {
    const pushed = await openPush()
    site = pushed
    await pushed.put('avant', { section: 'Monde' })
    const one = await pushed.subscribeIn('sections/monde')
    pushed.wait(hour)
    const before = await keepRows()
    const moved = await pushed.browser()
    await pushed.send('/push/subscriptions', { ...moved.fields, former: one.endpoint })
    pushed.wait(hour)
    const after = await keepRows()
    await goBack(before)
    expect(await addresses()).toEqual([one.endpoint])
    await after()
    await pushed.send(one.manage, { action: 'erase' })
    await goBack(before)
    expect(await addresses()).toEqual([null])
  })

  test('no request says the former one, and after an erasure none says any', async () => {
    const manage = await site.subscribe(kim, 'sections/monde')
    site.wait(2 * hour)
    await site.send('/subscribe', { email: kim, selection: 'tags/ponts' })
    const own = await site.move(manage, 'other@example.com')
    expect(await requested()).toEqual(['other@example.com'])
    await site.send(own, { action: 'erase' })
    expect(await requested()).toEqual([])
  })
})

describe('a change to an address that has a subscription already', () => {
  test('says so, and makes one subscription of both, with the choices, consents and links of the latter', async () => {
    const manage = await site.subscribe(kim, ['sections/monde', 'tags/ponts'], 'now')
    const other = await site.subscribe('other@example.com', ['tags/ponts', 'corrections/avant'], 'weekly')
    site.wait(2 * hour)
    const link = await site.askAddress(manage, 'other@example.com')
    expect(await (await site.get(link)).text()).toContain(wordsIn('fr').notify.confirmAddress.joined)
    const confirmed = await site.send(link, '')
    expect(confirmed.headers.get('Location')?.split('?')[0]).toBe(other)
    expect(await rowsOf('SELECT subscriber, selection, schedule FROM choice ORDER BY selection')).toEqual([
      { subscriber: 2, selection: 'corrections', schedule: 'now' },
      { subscriber: 2, selection: 'sections/monde', schedule: 'now' },
      { subscriber: 2, selection: 'tags/ponts', schedule: 'weekly' },
    ])
    expect(await addresses()).toEqual([null, 'other@example.com'])
    const exported = await (await site.send(other, { action: 'export' })).json<Record<string, unknown[]>>()
    expect(exported.laterConsents).toMatchObject([
      { choices: [{ selection: 'sections/monde' }, { selection: 'tags/ponts' }] },
    ])
    expect((await site.get(link)).status).toBe(200)
    expect(await requested()).not.toContain(kim)
    site.wait(minute)
    await site.put('un', { section: 'Monde', title: 'Titre de un' })
    expect(await site.told()).toEqual(['other@example.com Titre de un'])
  })

  test('lets the links in mails to the former address unsubscribe, also after another change, and nothing else', async () => {
    const manage = await site.subscribe(kim, 'sections/monde')
    const link = await unsubscribeLink('un')
    const second = await site.subscribe('second@example.com', 'tags/ponts')
    const third = await site.subscribe('third@example.com', 'tags/ponts')
    site.wait(2 * hour)
    await site.move(manage, 'second@example.com')
    site.wait(2 * hour)
    await site.move(second, 'third@example.com')
    expect((await site.get(manage)).status).toBe(404)
    expect((await site.send(manage, { action: 'export' })).status).toBe(404)
    const page = await (await site.get(link)).text()
    expect(page).toContain(wordsIn('fr').notify.end.title)
    expect(page).not.toContain('third')
    expect(await addresses()).toEqual([null, null, 'third@example.com'])
    expect((await site.send(link, 'List-Unsubscribe=One-Click')).status).toBe(200)
    expect(await addresses()).toEqual([null, null, null])
    for (const path of [third, link, manage])
      expect(await (await site.get(path)).text(), path).toContain(wordsIn('fr').notify.ended.title)
    site.wait(minute)
    await site.put('deux', { section: 'Monde', title: 'Titre de deux' })
    expect(await site.told()).toEqual([])
  })

  test('tells what was owed of the joined choices, once', async () => {
    const manage = await site.subscribe(kim, 'sections/monde', 'daily')
    await site.subscribe('other@example.com', 'tags/ponts', 'weekly')
    site.wait(2 * hour)
    await site.put('un', { section: 'Monde', title: 'Titre de un' })
    site.wait(minute)
    await site.move(manage, 'other@example.com')
    for (let passed = 0; passed < 9 * 24; passed += 12) {
      await site.sweep()
      site.wait(12 * hour)
    }
    const digests = site.mails.filter(({ purpose }) => purpose === 'digest')
    expect(digests.map(({ to, text }) => [to, text.match(/Titre de un/g)?.length])).toEqual([
      ['other@example.com', 1],
    ])
  })

  test.for(schedules.flatMap((former) => schedules.map((present): [string, string] => [former, present])))(
    'loses nothing and tells nothing twice of what both have chosen, %s and later %s',
    async ([former, present]) => {
      const manage = await site.subscribe(kim, 'sections/monde', former)
      site.wait(minute)
      refuseNews()
      await site.put('un', { section: 'Monde', title: 'Titre de un' })
      await site.told()
      site.wait(minute)
      await site.subscribe('other@example.com', 'sections/monde', present)
      site.wait(minute)
      await site.put('deux', { section: 'Monde', title: 'Titre de deux' })
      await site.told()
      site.wait(2 * hour)
      await site.move(manage, 'other@example.com')
      site.answer(() => ({ kind: 'accepted' }))
      await site.put('trois', { section: 'Monde', title: 'Titre de trois' })
      await site.told()
      for (let passed = 0; passed < 16 * 24; passed += 6) {
        await site.sweep()
        site.wait(6 * hour)
      }
      const told = site.mails.flatMap(({ to, links }) =>
        links.filter((path) => /^\/articles\/(un|deux|trois)$/.test(path)).map((path) => `${to} ${path}`),
      )
      expect(told.toSorted()).toEqual(
        ['deux', 'trois', 'un'].map((slug) => `other@example.com /articles/${slug}`),
      )
      expect(await rowsOf('SELECT * FROM rest')).toEqual([])
    },
  )

  test('what waits for a mail to the former address is sent to the new one, although that is told of others at once', async () => {
    const manage = await site.subscribe(kim, 'sections/monde')
    await site.subscribe('other@example.com', 'tags/ponts')
    site.wait(minute)
    refuseNews()
    await site.put('un', { section: 'Monde', title: 'Titre de un' })
    await site.told()
    site.wait(2 * hour)
    await site.move(manage, 'other@example.com')
    site.answer(() => ({ kind: 'accepted' }))
    site.wait(6 * hour)
    await site.sweep()
    expect(site.mails.filter(({ links }) => links.includes('/articles/un')).map(({ to }) => to)).toEqual([
      'other@example.com',
    ])
  })
})
