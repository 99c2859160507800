import { beforeEach, expect, test } from 'vitest'
import { type NotifySite, openNotify } from './notify-site.ts'

const second = 1000
const minute = 60_000
const day = 24 * 60 * minute

let site: NotifySite

beforeEach(async () => {
  site = await openNotify({}, Date.parse('2024-06-19T16:00:00Z'))
  await site.put('avant', { section: 'Monde', title: 'Avant' })
  site.wait(minute)
})

const publish = (slug: string) => site.put(slug, { section: 'Monde', title: `Titre de ${slug}` })

/** Commits a save that has read the time two seconds ago. */
async function publishLate(slug: string): Promise<void> {
  site.wait(-2 * second)
  await publish(slug)
  site.wait(2 * second)
}

const change = (manage: string, when: string) =>
  site.send(manage, { action: 'choose', selection: 'sections/monde', 'when.sections/monde': when })

/** Lets eight days pass, and returns how often an article was told. */
async function timesTold(slug: string): Promise<number> {
  await site.told()
  for (let days = 0; days < 8; days++) {
    site.wait(day)
    await site.sweep()
  }
  return site.mails.filter(({ links }) => links.includes(`/articles/${slug}`)).length
}

test('a save that is committed after a digest was read is in the next one, whichever time it has read before', async () => {
  await site.subscribe('kim@example.com', 'sections/monde', 'daily')
  site.wait(minute)
  await publish('un')
  site.wait(day)
  await site.sweep()
  await publishLate('tard')
  expect(await timesTold('tard')).toBe(1)
  expect(await timesTold('un')).toBe(1)
})

test.for<[former: string, present: string]>([
  ['now', 'daily'],
  ['now', 'weekly'],
  ['daily', 'now'],
  ['daily', 'weekly'],
  ['weekly', 'now'],
])(
  'a save that is committed after a change from %s to %s is told once, whichever time it has read before',
  async ([former, present]) => {
    const manage = await site.subscribe('kim@example.com', 'sections/monde', former)
    site.wait(minute)
    await publish('un')
    site.wait(minute)
    await change(manage, present)
    await publishLate('tard')
    for (const slug of ['un', 'tard']) {
      const times = await timesTold(slug)
      expect(times, slug).toBe(1)
    }
  },
)
