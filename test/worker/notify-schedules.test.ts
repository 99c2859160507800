import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { schedules } from '../../src/domain/notify.ts'
import { type NotifySite, openNotify } from './notify-site.ts'
import { openPush } from './push-site.ts'

const second = 1000
const minute = 60_000
const hour = 3_600_000

let site: NotifySite

beforeEach(async () => {
  site = await openNotify({}, Date.parse('2024-06-19T16:00:00Z'))
  await site.put('avant', { section: 'Monde', tags: ['Ponts'], title: 'Avant' })
  site.wait(minute)
  await site.sweep()
})

const publish = (slug: string, more: object = {}) =>
  site.put(slug, { section: 'Monde', title: `Titre de ${slug}`, ...more })

const change = (manage: string, when: string) => site.reschedule(manage, 'sections/monde', when)

/** Lets as many hours pass, with a cron run every six hours. */
async function pass(hours: number): Promise<void> {
  for (let passed = 0; passed < hours; passed += 6) {
    await site.sweep()
    site.wait(6 * hour)
  }
}

/** The articles of all mails, in the order of their slugs. */
const told = (): string[] =>
  site.mails
    .flatMap(({ links }) => links.filter((path) => path.startsWith('/articles/')))
    .map((path) => path.slice('/articles/'.length))
    .toSorted()

const refuseNews = () =>
  site.answer(({ purpose }) =>
    purpose === 'confirmation'
      ? { kind: 'accepted' }
      : { kind: 'refused', at: 'recipient', code: 451, status: '4.7.1', text: 'greylisted' },
  )
const accept = () => site.answer(() => ({ kind: 'accepted' }))

/** What happens between the save of an article and its mail while the schedule changes, by a name. */
const moments: Record<string, (change: () => Promise<unknown>, manage: string) => Promise<unknown>> = {
  'between the save and its job': async (change) => {
    await change()
    site.wait(second)
    await site.told()
  },
  'after the job': async (change) => {
    await site.told()
    site.wait(second)
    await change()
  },
  'while the mail waits': async (change) => {
    refuseNews()
    await site.told()
    site.wait(second)
    await change()
    accept()
  },
  'while the mail is sent': async (change) => {
    let isDone = false
    site.answer(async ({ purpose }) => {
      if (!isDone && purpose !== 'confirmation') {
        isDone = true
        await change()
      }
      return { kind: 'accepted' }
    })
    await site.told()
    site.wait(second)
  },
  'while the last digest waits too': async (change) => {
    await site.told()
    site.wait(second)
    await change()
    refuseNews()
    await site.told()
    site.wait(minute)
    accept()
  },
  'in a pause': async (change, manage) => {
    await site.told()
    site.wait(second)
    await site.send(manage, { action: 'pause' })
    site.wait(minute)
    await change()
    site.wait(minute)
    await site.send(manage, { action: 'resume' })
  },
  'before a pause, while the mail waits': async (change, manage) => {
    refuseNews()
    await site.told()
    site.wait(second)
    await change()
    site.wait(second)
    await site.send(manage, { action: 'pause' })
    await site.sweep()
    accept()
    await site.sweep()
    await site.send(manage, { action: 'resume' })
  },
}

const changes = schedules.flatMap((from) =>
  schedules.flatMap((to) => (from === to ? [] : [[from, to] as const])),
)
const table = changes.flatMap(([from, to]) =>
  Object.keys(moments).map((moment) => [from, to, moment] as const),
)

describe('what becomes public is told exactly once', () => {
  test.each(table)('from %s to %s %s', async (from, to, moment) => {
    const manage = await site.subscribe('kim@example.com', 'sections/monde', from)
    site.wait(minute)
    await publish('a')
    await moments[moment]?.(() => change(manage, to), manage)
    site.wait(minute)
    await publish('b')
    await site.told()
    await pass(9 * 24)
    expect(told()).toEqual(['a', 'b'])
  })

  const again = table.filter(([from, to]) => from === 'now' || to === 'now')
  test.each(again)('from %s to %s %s, and back a minute after the next article', async (from, to, moment) => {
    const manage = await site.subscribe('kim@example.com', 'sections/monde', from)
    site.wait(minute)
    await publish('a')
    await moments[moment]?.(() => change(manage, to), manage)
    site.wait(minute)
    await publish('b')
    site.wait(minute)
    await change(manage, from)
    site.wait(minute)
    await publish('c')
    site.wait(minute)
    await change(manage, to)
    await pass(9 * 24)
    expect(told()).toEqual(['a', 'b', 'c'])
  })

  test('from weekly to daily while another digest of the day is sent', async () => {
    const both = { action: 'choose', selection: ['tags/ponts', 'sections/monde'], 'when.tags/ponts': 'daily' }
    const manage = await site.subscribe('kim@example.com', 'tags/ponts', 'daily')
    await site.send(manage, { ...both, 'when.sections/monde': 'weekly' })
    site.wait(minute)
    await publish('a')
    await publish('b', { section: 'Sports', tags: ['Ponts'] })
    site.answer(async ({ purpose }) => {
      if (purpose === 'digest') await site.send(manage, { ...both, 'when.sections/monde': 'daily' })
      return { kind: 'accepted' }
    })
    await pass(9 * 24)
    expect(told()).toEqual(['a', 'b'])
  })

  test('by the form, which changes the schedule of a person who is known', async () => {
    await site.subscribe('kim@example.com', 'sections/monde', 'now')
    site.wait(2 * hour)
    await publish('a')
    refuseNews()
    await site.told()
    await site.subscribe('kim@example.com', 'sections/monde', 'daily')
    accept()
    await pass(3 * 24)
    expect(told()).toEqual(['a'])
  })

  test('by a browser, whose push service is busy', async () => {
    const pushed = await openPush()
    await pushed.put('avant', { section: 'Monde' })
    const one = await pushed.subscribeIn('sections/monde')
    pushed.wait(minute)
    await pushed.put('a', { section: 'Monde', title: 'Titre de a' })
    pushed.answerPush(() => ({ status: 503, text: '', retryAfter: '600' }))
    await pushed.told()
    await pushed.send(one.manage, {
      action: 'choose',
      selection: 'sections/monde',
      'when.sections/monde': 'daily',
    })
    pushed.answerPush(() => ({ status: 201, text: '' }))
    for (let passed = 0; passed < 48; passed += 6) {
      await pushed.sweep()
      pushed.wait(6 * hour)
    }
    const shown = await Promise.all(pushed.pushes.map(({ body }) => one.read(body)))
    expect(shown.map(({ notification }) => notification.title)).toEqual(['Titre de a'])
  })
})

test('a change of the rhythm just after an embargo has ended counts from then on', async () => {
  const manage = await site.subscribe('kim@example.com', 'sections/monde')
  site.wait(minute)
  await publish('a', { embargo: new Date(site.ports.clock() + minute).toJSON() })
  site.wait(minute + second)
  await change(manage, 'weekly')
  await site.told()
  expect(told()).toEqual(['a'])
})

describe('a pause', () => {
  test.each(schedules)('loses nothing that came before it: %s', async (when) => {
    const manage = await site.subscribe('kim@example.com', 'sections/monde', when)
    site.wait(minute)
    await publish('a')
    site.wait(second)
    await site.send(manage, { action: 'pause' })
    site.wait(minute)
    await site.told()
    await site.send(manage, { action: 'resume' })
    await pass(9 * 24)
    expect(told()).toEqual(['a'])
  })

  test.each(schedules)('loses no article whose embargo has just ended: %s', async (when) => {
    const manage = await site.subscribe('kim@example.com', 'sections/monde', when)
    site.wait(minute)
    await publish('a', { embargo: new Date(site.ports.clock() + minute).toJSON() })
    site.wait(minute + second)
    await site.send(manage, { action: 'pause' })
    await site.sweep()
    site.wait(second)
    await site.send(manage, { action: 'resume' })
    await pass(9 * 24)
    expect(told()).toEqual(['a'])
  })

  test('ends also after the rhythm was changed several times in it, and tells nothing of it', async () => {
    const manage = await site.subscribe('kim@example.com', 'sections/monde', 'daily')
    site.wait(minute)
    await publish('a')
    site.wait(minute)
    await site.send(manage, { action: 'pause' })
    for (const [at, when] of ['now', 'daily', 'now'].entries()) {
      site.wait(minute)
      await publish(`b${at}`)
      site.wait(minute)
      await change(manage, when)
    }
    expect((await site.send(manage, { action: 'resume' })).status).toBe(303)
    await pass(9 * 24)
    expect(told()).toEqual(['a'])
  })

  test.each(['daily', 'weekly'])(
    'over the instant at which a %s digest is due loses only itself',
    async (when) => {
      const manage = await site.subscribe('kim@example.com', 'sections/monde', when)
      site.wait(minute)
      await publish('a')
      site.at('2024-06-24T09:00:00Z')
      if (when === 'daily') await pass(1)
      site.at('2024-06-24T10:00:00Z')
      await site.send(manage, { action: 'pause' })
      site.wait(minute)
      await publish('b')
      site.at('2024-06-24T11:30:00Z')
      await publish('c')
      site.wait(minute)
      await site.send(manage, { action: 'resume' })
      await pass(9 * 24)
      expect(told()).toEqual(['a', 'c'])
    },
  )

  test('while a digest waits keeps the digest', async () => {
    const manage = await site.subscribe('kim@example.com', 'sections/monde', 'daily')
    site.wait(minute)
    await publish('a')
    site.at('2024-06-20T11:00:00Z')
    refuseNews()
    await site.sweep()
    await site.send(manage, { action: 'pause' })
    site.wait(12 * hour)
    await site.sweep()
    await site.send(manage, { action: 'resume' })
    accept()
    await pass(48)
    expect(told()).toEqual(['a'])
  })

  test('in which the schedule changed leaves out what came in it', async () => {
    const manage = await site.subscribe('kim@example.com', 'sections/monde', 'daily')
    site.wait(minute)
    await publish('a')
    site.wait(minute)
    await site.send(manage, { action: 'pause' })
    site.wait(minute)
    await publish('b')
    site.wait(minute)
    await change(manage, 'now')
    site.wait(48 * hour)
    await site.send(manage, { action: 'resume' })
    await publish('c')
    await pass(48)
    expect(told()).toEqual(['a', 'c'])
  })
})

test('nothing of a rest is left when it is told, and when the choice is given up', async () => {
  const rests = async () => (await env.DB.prepare('SELECT * FROM rest').all()).results.length
  const manage = await site.subscribe('kim@example.com', 'sections/monde', 'daily')
  site.wait(minute)
  await publish('a')
  site.wait(minute)
  await change(manage, 'now')
  expect(await rests()).toBe(1)
  await site.sweep()
  expect(await rests()).toBe(0)
  await change(manage, 'daily')
  site.wait(minute)
  await publish('b')
  site.wait(minute)
  await change(manage, 'now')
  expect(await rests()).toBe(1)
  await site.send(manage, { action: 'choose', selection: 'tags/ponts', when: 'daily' })
  expect(await rests()).toBe(0)
})
