import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { type NotifySite, openNotify } from './notify-site.ts'

const minute = 60_000
const hour = 3_600_000
const kim = 'kim@example.com'

let site: NotifySite

beforeEach(async () => {
  site = await openNotify()
  await site.put('avant', { section: 'Monde', tags: ['Ponts'], title: 'Avant' })
  site.wait(hour)
})

/** The link in the last mail that asks for a confirmation. */
const linkInMail = (): string =>
  site.mails.at(-1)?.links.find((path) => path.startsWith('/subscriptions/')) ?? ''

/** Asks to change the address, and returns the link in the mail to the new one. */
async function ask(manage: string, email: string): Promise<string> {
  await site.send(manage, { action: 'address', email })
  await site.drain()
  return linkInMail()
}

/** Changes the address, and returns the new page of the subscription. */
async function move(manage: string, email: string): Promise<string> {
  const confirmed = await site.send(await ask(manage, email), '')
  return confirmed.headers.get('Location')?.split('?')[0] ?? `not confirmed: ${confirmed.status}`
}

const rowsOf = async (sql: string) => (await env.DB.prepare(sql).all<Record<string, unknown>>()).results
const addresses = async () => (await rowsOf('SELECT address FROM subscriber')).map(({ address }) => address)
const requested = async () =>
  (await rowsOf("SELECT address FROM opt_in WHERE address <> ''")).map(({ address }) => address)

describe('of several changes of an address that were asked for', () => {
  test('only the last one can be confirmed', async () => {
    const manage = await site.subscribe(kim, 'sections/monde')
    const slip = await ask(manage, 'typo@example.com')
    site.wait(minute)
    const right = await ask(manage, 'kim.new@example.com')
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
    const link = await ask(manage, 'kim.new@example.com')
    site.wait(minute)
    await site.send(manage, { action: 'address', email: 'kim.new@example.com' })
    expect((await site.send(link, '')).status).toBe(303)
  })

  test('a confirmation closes those that the database has still open', async () => {
    const manage = await site.subscribe(kim, 'sections/monde')
    const slip = await ask(manage, 'typo@example.com')
    const kept = await rowsOf('SELECT * FROM opt_in')
    site.wait(minute)
    const right = await ask(manage, 'kim.new@example.com')
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
  test('no request says the former one, and after an erasure none says any', async () => {
    const manage = await site.subscribe(kim, 'sections/monde')
    site.wait(2 * hour)
    await site.send('/subscribe', { email: kim, selection: 'tags/ponts' })
    const own = await move(manage, 'other@example.com')
    expect(await requested()).toEqual(['other@example.com'])
    await site.send(own, { action: 'erase' })
    expect(await requested()).toEqual([])
  })
})
