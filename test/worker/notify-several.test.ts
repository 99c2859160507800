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
  await site.put('avant', { section: 'Monde', tags: ['ponts'], title: 'Avant' })
  await site.put('ailleurs', { section: 'Sports', title: 'Ailleurs' })
  site.wait(hour)
})

type When = 'now' | 'daily' | 'weekly'

/** Makes a person and a browser with two choices, and returns the paths of their pages. */
async function subscribe(all: When, monde: When): Promise<string[]> {
  const both = { action: 'choose', selection: ['all', 'sections/monde'], 'when.all': all }
  const pages = [
    await site.subscribe('kim@example.com', ['all', 'sections/monde']),
    (await site.subscribeIn(['all', 'sections/monde'])).manage,
  ]
  for (const page of pages) await site.send(page, { ...both, 'when.sections/monde': monde })
  site.wait(1000)
  return pages
}

const publish = async (slug: string, more: object = {}) => {
  await site.put(slug, { section: 'Monde', title: `Titre de ${slug}`, ...more })
  site.wait(1000)
}

/** Does the job after a save. */
const tell = async () => {
  site.queue.push({ kind: 'tell' })
  await site.drain()
}

/** Runs cron at the hour of the digest on as many days. */
async function pass(days: number, first = thursday): Promise<void> {
  for (let at = 0; at < days; at++) {
    site.at(first + at * day)
    await site.sweep()
  }
}

/** The articles of each mail, and the number of the messages to the browser, since `before`. */
const sent = (before: number) => ({
  mails: site.mails
    .slice(before)
    .map(({ links }) => links.filter((path) => path.startsWith('/articles/')).map((path) => path.slice(10))),
  pushes: site.pushes.length,
})

describe('an article that fits two choices is told once', () => {
  test.for<[all: When, monde: When, mails: string[][]]>([
    ['now', 'now', [['un'], ['deux']]],
    ['daily', 'now', [['un'], ['deux']]],
    ['weekly', 'now', [['un'], ['deux']]],
    ['now', 'daily', [['un'], ['deux']]],
    ['weekly', 'daily', [['un'], ['deux']]],
    ['daily', 'weekly', [['deux', 'un']]],
  ])('all %s, and its section %s', async ([all, monde, mails]) => {
    await subscribe(all, monde)
    const before = site.mails.length
    await publish('un')
    await publish('deux', { section: 'Sports' })
    await tell()
    await pass(12)
    expect(sent(before)).toEqual({ mails, pushes: mails.length })
  })

  test('the digest has what the more frequent choice did not tell', async () => {
    await subscribe('daily', 'now')
    const before = site.mails.length
    await publish('un', { section: 'Sports' })
    await tell()
    // An edit tells nobody at once.
    await publish('un')
    await publish('deux')
    await tell()
    await pass(2)
    expect(sent(before)).toEqual({ mails: [['deux'], ['un']], pushes: 2 })
  })

  test('also if the rhythm changes before the digest', async () => {
    const pages = await subscribe('daily', 'now')
    const before = site.mails.length
    await publish('un')
    await tell()
    for (const page of pages)
      await site.send(page, { action: 'choose', selection: ['all', 'sections/monde'], when: 'daily' })
    await pass(3)
    expect(sent(before).mails.flat()).toEqual(['un'])
  })

  test('what came in a pause is in the digest', async () => {
    const pages = await subscribe('daily', 'now')
    const before = site.mails.length
    for (const page of pages) await site.send(page, { action: 'pause' })
    site.wait(1000)
    await publish('un')
    await tell()
    for (const page of pages) await site.send(page, { action: 'resume' })
    await pass(2)
    expect(sent(before)).toEqual({ mails: [['un']], pushes: 1 })
  })

  test('what was to be told at once before a pause of days is in the digest after it', async () => {
    const pages = await subscribe('daily', 'now')
    const before = site.mails.length
    await publish('un')
    for (const page of pages) await site.send(page, { action: 'pause' })
    await pass(3)
    site.wait(hour)
    for (const page of pages) await site.send(page, { action: 'resume' })
    await pass(2, thursday + 3 * day)
    expect(sent(before)).toEqual({ mails: [['un']], pushes: 1 })
  })
})

test.each([10, 20])(
  'what was told at once before a pause of %i days is in no digest after it',
  async (days) => {
    const pages = await subscribe('daily', 'now')
    const before = site.mails.length
    await publish('un')
    await tell()
    for (const page of pages) await site.send(page, { action: 'pause' })
    await pass(days)
    site.wait(hour)
    for (const page of pages) await site.send(page, { action: 'resume' })
    await pass(2, thursday + days * day)
    expect(sent(before)).toEqual({ mails: [['un']], pushes: 1 })
  },
)

test('what was told is kept for 16 days, only of those with digests, and shown to the person', async () => {
  const [page = ''] = await subscribe('weekly', 'now')
  await site.subscribe('lea@example.com', 'all')
  site.wait(1000)
  await publish('un')
  await tell()
  const rows = async () =>
    (await env.DB.prepare('SELECT article, subscriber FROM told_article').all()).results
  expect(await rows()).toHaveLength(2)
  const exported = (await (await site.send(page, { action: 'export' })).json()) as { articlesTold: object[] }
  expect(exported.articlesTold).toHaveLength(1)
  await site.send(page, { action: 'end' })
  expect(await rows()).toHaveLength(1)
  site.wait(16 * day + hour)
  await site.sweep()
  expect(await rows()).toEqual([])
})
