import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { type NotifySite, openNotify } from './notify-site.ts'

const hour = 3_600_000

let site: NotifySite

beforeEach(async () => {
  site = await openNotify()
  await site.put('avant', { section: 'Monde', tags: ['Ponts'], title: 'Avant' })
})

const subscribers = async (): Promise<string[]> => {
  const { results } = await env.DB.prepare(
    'SELECT address FROM subscriber WHERE address IS NOT NULL ORDER BY number',
  ).all<{ address: string }>()
  return results.map(({ address }) => address)
}

/** Subscribes a person more than an hour after the last request, and returns the path of the page of the subscription. */
async function subscribe(email: string, selection: string | string[]): Promise<string> {
  site.wait(hour + 1)
  return site.subscribe(email, selection)
}

describe('an address in whatever letter case is one subscriber', () => {
  test('who confirms again has the choices of both, and mails go to the address as it is written now', async () => {
    const first = await subscribe('Kim@example.com', 'sections/monde')
    const second = await subscribe('kim@Example.com', 'tags/ponts')
    expect(second).toBe(first)
    expect(await subscribers()).toEqual(['kim@example.com'])
    site.wait(1000)
    await site.put('un', { section: 'Monde', tags: ['Ponts'], title: 'Un' })
    expect(await site.told()).toEqual(['kim@example.com Un'])
  })

  test('who asks for the same again gets the mail that says so', async () => {
    const manage = await subscribe('Kim@example.com', 'sections/monde')
    site.wait(hour + 1)
    await site.send('/subscribe', { email: 'KIM@example.com', selection: 'sections/monde', when: 'now' })
    await site.drain()
    expect(site.mails.at(-1)?.to).toBe('KIM@example.com')
    expect(site.mails.at(-1)?.links).toContain(manage)
  })

  test('a change of the address to other letters of it ends nobody, and lists nothing as erased', async () => {
    const manage = await subscribe('Kim@example.com', 'sections/monde')
    site.wait(hour + 1)
    await site.send(manage, { action: 'address', email: 'kim@example.com' })
    await site.drain()
    const link = site.mails.at(-1)?.links.find((path) => path.startsWith('/subscriptions/')) ?? ''
    expect((await site.send(link, '')).status).toBe(303)
    expect(await subscribers()).toEqual(['kim@example.com'])
    expect((await env.DB.prepare('SELECT * FROM erased').all()).results).toEqual([])
  })

  test('a change of the address to that of another subscriber ends the other one', async () => {
    await subscribe('Lea@example.com', 'all')
    const manage = await subscribe('kim@example.com', 'sections/monde')
    site.wait(hour + 1)
    await site.send(manage, { action: 'address', email: 'lea@example.com' })
    await site.drain()
    const link = site.mails.at(-1)?.links.find((path) => path.startsWith('/subscriptions/')) ?? ''
    expect((await site.send(link, '')).status).toBe(303)
    expect(await subscribers()).toEqual(['lea@example.com'])
  })

  test('two rows of an earlier version stay as they are, and a request belongs to the one with the same letters', async () => {
    const first = await subscribe('kim@example.com', 'sections/monde')
    await env.DB.prepare(
      `INSERT INTO subscriber (id, channel, address, address_hash, language, state, created, proof)
       VALUES ('${'k'.repeat(22)}', 'email', 'Kim@example.com', '${'h'.repeat(43)}', 'fr', 'active', 1, '{"at":1,"words":"oui"}')`,
    ).run()
    const second = await subscribe('Kim@example.com', 'tags/ponts')
    expect(second).not.toBe(first)
    expect(await subscribe('kim@example.com', 'tags/ponts')).toBe(first)
    expect(await subscribe('KIM@example.com', 'all')).toBe(first)
    expect(await subscribers()).toEqual(['KIM@example.com', 'Kim@example.com'])
  })

  test('a subscriber of a backup is not restored beside one with the same address', async () => {
    await subscribe('Kim@example.com', 'sections/monde')
    const { subscribers: lines } = await site.ports.subscribers.exportSubscribers(0)
    const [line] = lines
    if (line?.state !== 'active') throw new Error('no line')
    const other = { ...line, id: 'o'.repeat(22), address: 'kim@example.com' }
    expect(await site.ports.subscribers.restoreSubscribers([other])).toMatchObject({
      restored: 0,
      unchanged: 1,
    })
  })
})
