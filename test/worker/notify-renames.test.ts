import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { schedules } from '../../src/domain/notify.ts'
import { hashOf } from '../../src/http/token.ts'
import { type NotifySite, openNotify } from './notify-site.ts'
import { token } from './site.ts'

const minute = 60_000
const hour = 3_600_000
const kim = 'kim@example.com'

let site: NotifySite

beforeEach(async () => {
  site = await openNotify({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
  await site.put('avant', { section: 'Monde', title: 'Avant' })
  await site.put('sport', { section: 'Sports', title: 'Sport' })
  site.wait(hour)
  await site.sweep()
})

const rename = async (from: string, name: string) =>
  expect((await site.call('PUT', `/api/sections/${from}`, { name })).status).toBe(200)

const choices = async () =>
  (await env.DB.prepare('SELECT selection, schedule FROM choice ORDER BY selection').all()).results

/** Publishes an article in a section, and returns who is told at once. */
async function publish(slug: string, section: string): Promise<string[]> {
  site.wait(minute)
  await site.put(slug, { section, title: `Titre de ${slug}` })
  return site.told()
}

test('a section that is renamed while a request waits is that which the person gets', async () => {
  await site.send('/subscribe', { email: kim, selection: 'sections/monde', when: 'now' })
  await site.drain()
  const link = site.link()
  await rename('monde', 'International')
  expect(await (await site.get(link)).text()).toContain('International')
  expect((await site.send(link, '')).status).toBe(303)
  expect(await choices()).toEqual([{ selection: 'sections/international', schedule: 'now' }])
  expect(await publish('un', 'International')).toEqual([`${kim} Titre de un`])
})

test('a backup from before a renaming has the present section', async () => {
  await site.subscribe(kim, 'sections/monde', 'now')
  const { subscribers } = await site.ports.subscribers.exportSubscribers(0)
  await rename('monde', 'International')
  await env.DB.batch(['subscriber', 'choice'].map((table) => env.DB.prepare(`DELETE FROM ${table}`)))
  await site.ports.subscribers.restoreSubscribers(subscribers)
  expect(await choices()).toEqual([{ selection: 'sections/international', schedule: 'now' }])
  expect(await publish('un', 'International')).toEqual([`${kim} Titre de un`])
})

test('a section that exists again under a former name is another one', async () => {
  await rename('monde', 'International')
  await publish('deux', 'Monde')
  const again = await choicesAfter('sections/monde')
  expect(again).toHaveLength(1)
  const [{ selection = '' } = {}] = again as { selection?: string }[]
  const exists = await env.DB.prepare('SELECT 1 FROM selection WHERE path = ?1').bind(selection).first()
  expect(exists).not.toBeNull()
})

async function choicesAfter(selection: string) {
  await site.subscribe(kim, selection, 'now')
  return choices()
}

test.each(schedules.flatMap((kept) => schedules.map((other) => [kept, other] as const)))(
  'of two sections that become one, with the rhythms %s and %s, the more frequent one stays',
  async (kept, other) => {
    const manage = await site.subscribe(kim, ['sections/monde', 'sections/sports'], kept)
    await site.send(manage, {
      ...{ action: 'choose', selection: ['sections/monde', 'sections/sports'] },
      ...{ 'when.sections/monde': kept, 'when.sections/sports': other },
    })
    await rename('sports', 'Monde')
    const schedule = schedules.find((one) => one === kept || one === other)
    expect(await choices()).toEqual([{ selection: 'sections/monde', schedule }])
    const before = site.mails.length
    await publish('un', 'Monde')
    for (let passed = 0; passed < 9 * 24; passed += 12) {
      await site.sweep()
      site.wait(12 * hour)
    }
    expect(site.mails.slice(before).map(({ text }) => text.match(/Titre de un/g)?.length)).toEqual([1])
  },
)
