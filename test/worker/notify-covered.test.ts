import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { openPush, type PushSite } from './push-site.ts'

const hour = 3_600_000
const day = 24 * hour
/** The hour of a Thursday at which digests are due. */
const thursday = Date.parse('2024-06-20T11:00:00Z')

let site: PushSite

beforeEach(async () => {
  site = await openPush({ SITE_CONTACT: 'flux@kiosque.example' }, thursday - 19 * hour)
  await site.put('avant', { section: 'Monde', tags: ['ponts', 'vieux'], title: 'Avant' })
  site.wait(hour)
})

const publish = async (slug: string, more: object = {}) => {
  const { status } = await site.put(slug, { section: 'Monde', title: `Titre de ${slug}`, ...more })
  site.wait(1000)
  return status
}

/** Runs cron at the hour of the digest on as many days. */
async function pass(days: number, first = thursday): Promise<void> {
  for (let at = 0; at < days; at++) {
    site.at(first + at * day)
    await site.sweep()
  }
}

/** The articles of each digest that is sent from now on, by mail and to browsers, whose messages have titles. */
async function sent(send: () => Promise<unknown>): Promise<string[][]> {
  const mails = site.mails.length
  const pushes = site.pushes.length
  await send()
  return [
    ...site.mails
      .slice(mails)
      .map(({ links }) =>
        links.filter((path) => path.startsWith('/articles/')).map((path) => path.slice(10)),
      ),
    ...site.pushes.slice(pushes).map(() => ['a message to a browser']),
  ]
}

const changes: Record<string, [before: object, change: () => Promise<unknown>]> = {
  'gets the tag': [{}, () => publish('un', { tags: ['ponts'] })],
  'has a tag that becomes this one': [
    { tags: ['vieux'] },
    () => site.call('PUT', '/api/tags/vieux', { name: 'ponts' }),
  ],
  'may be syndicated from then on': [
    { tags: ['ponts'], rights: { syndicate: 'none' } },
    () => publish('un', { tags: ['ponts'] }),
  ],
  'was withdrawn at once, and comes back': [
    { tags: ['ponts'], status: 'withdrawn' },
    () => publish('un', { tags: ['ponts'], status: 'published' }),
  ],
}
const table = Object.entries(changes).flatMap(([what, [before, change]]) =>
  (['daily', 'weekly'] as const).map((when) => ({ what, when, before, change })),
)

describe('an article that became public before a digest that had nothing to tell is in no later one', () => {
  test.for(table)('if it $what: $when', async ({ when, before, change }) => {
    await site.subscribe('kim@example.com', 'tags/ponts', when)
    await site.subscribeIn('tags/ponts', when)
    site.wait(1000)
    await publish('un')
    await publish('un', before)
    expect(await sent(() => pass(15))).toEqual([])
    site.wait(hour)
    await change()
    expect(await sent(() => pass(15, thursday + 15 * day))).toEqual([])
    await publish('deux', { tags: ['ponts'] })
    expect(await sent(() => pass(8, thursday + 30 * day))).toEqual([['deux'], ['a message to a browser']])
  })

  test('but in the next one if it changes before the first digest', async () => {
    await site.subscribe('kim@example.com', 'tags/ponts', 'daily')
    site.wait(1000)
    await publish('un')
    await publish('un', { tags: ['ponts'] })
    expect(await sent(() => pass(2))).toEqual([['un']])
  })
})

test.for<[schedule: 'daily' | 'weekly', days: number, articles: string[]]>([
  ['daily', 8, ['deux', 'un']],
  ['daily', 9, ['deux']],
  ['weekly', 7, ['deux', 'un']],
  ['weekly', 14, ['deux']],
])(
  'after no %s digest could be sent for %i days, the next one has %s',
  async ([schedule, days, articles]) => {
    await site.subscribe('kim@example.com', 'tags/ponts', schedule)
    site.wait(1000)
    await publish('un', { tags: ['ponts'] })
    site.answer(() => ({ kind: 'refused', at: 'recipient', code: 451, text: '' }))
    const monday = thursday + 4 * day
    const end = (schedule === 'daily' ? thursday : monday) + (days - 1) * day
    for (let at = thursday; at < end; at += day) await pass(1, at)
    await publish('deux', { tags: ['ponts'] })
    site.answer(() => ({ kind: 'accepted' }))
    expect(await sent(() => pass(8, end))).toEqual([articles])
  },
)

test('the last digest of a choice that had nothing to tell leaves no rest', async () => {
  const manage = await site.subscribe('kim@example.com', 'tags/ponts', 'daily')
  await pass(1)
  site.wait(hour)
  await publish('un')
  await site.reschedule(manage, 'tags/ponts', 'now')
  expect(await sent(() => site.sweep())).toEqual([])
  expect((await env.DB.prepare('SELECT * FROM rest').all()).results).toEqual([])
})
