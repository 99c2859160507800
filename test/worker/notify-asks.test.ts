import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { wordsIn } from '../../src/domain/language.ts'
import { type NotifySite, openNotify } from './notify-site.ts'

const minute = 60_000
const hour = 3_600_000
const kim = 'kim@example.com'
const { notify } = wordsIn('fr')

let site: NotifySite

beforeEach(async () => {
  site = await openNotify()
  await site.put('avant', { section: 'Monde', tags: ['Ponts', 'Trains', 'Ports'], title: 'Avant' })
})

/** Asks by the form, and does what jobs do at once. Returns the page that answers. */
async function ask(selection: string | string[], email = kim, when = 'now'): Promise<string> {
  const page = await site.send('/subscribe', { email, selection, when })
  await site.drain()
  return page.text()
}

/** Waits, and does what the cron run does each minute. */
async function pass(milliseconds: number): Promise<void> {
  site.wait(milliseconds)
  await site.sweep()
}

/** The names of the choices that a mail lists. */
const listed = (at: number): string[] =>
  ['Monde', 'Ponts', 'Trains', 'Ports'].filter((name) => site.mails.at(at)?.text.includes(name))

const chosen = async (): Promise<string[]> => {
  const { results } = await env.DB.prepare('SELECT selection FROM choice ORDER BY selection').all<{
    selection: string
  }>()
  return results.map(({ selection }) => selection)
}

describe('who asks again within the hour, for something else,', () => {
  test('gets a second mail when the hour has passed, and each link confirms what its mail lists', async () => {
    await ask('sections/monde')
    site.wait(minute)
    await ask('tags/ponts')
    await pass(hour - 2 * minute)
    expect(site.mails).toHaveLength(1)
    await pass(minute)
    expect(site.mails).toHaveLength(2)
    expect([listed(0), listed(1)]).toEqual([['Monde'], ['Ponts']])
    await site.send(site.link(0), '')
    expect(await chosen()).toEqual(['sections/monde'])
    await site.send(site.link(1), '')
    expect(await chosen()).toEqual(['sections/monde', 'tags/ponts'])
  })

  test('gets one mail for all that was asked for in the hour, however often', async () => {
    await ask('sections/monde')
    for (const selection of ['tags/ponts', 'tags/trains', 'tags/ponts', 'tags/ports']) {
      site.wait(minute)
      await ask(selection)
    }
    for (let passed = 0; passed < 3; passed++) await pass(hour)
    expect(site.mails).toHaveLength(2)
    expect(listed(1)).toEqual(['Ponts', 'Trains', 'Ports'])
  })

  test('gets one mail for both, if the first is not made yet', async () => {
    await site.send('/subscribe', { email: kim, selection: 'sections/monde' })
    await site.send('/subscribe', { email: kim, selection: 'tags/ponts' })
    await site.drain()
    await pass(hour + minute)
    expect(site.mails).toHaveLength(1)
    expect(listed(0)).toEqual(['Monde', 'Ponts'])
    await site.send(site.link(0), '')
    expect(await chosen()).toEqual(['sections/monde', 'tags/ponts'])
  })

  test('confirms by the first link only what that mail lists, if the request comes while it is sent', async () => {
    let isAsked = false
    site.answer(async () => {
      if (!isAsked) {
        isAsked = true
        await site.send('/subscribe', { email: kim, selection: 'tags/ponts' })
      }
      return { kind: 'accepted' }
    })
    await ask('sections/monde')
    expect(listed(0)).toEqual(['Monde'])
    await site.send(site.link(0), '')
    expect(await chosen()).toEqual(['sections/monde'])
    await pass(hour + 20 * minute)
    expect(listed(1)).toEqual(['Ponts'])
  })

  test.each(['while it is sent', 'afterwards'])(
    'gets the second an hour after the first, also if that was late, if the request comes %s',
    async (when) => {
      const askAgain = () => site.send('/subscribe', { email: kim, selection: 'tags/ponts' })
      let asked: Promise<Response> | undefined
      site.answer(async () => {
        if (when === 'while it is sent') asked ??= askAgain()
        await asked
        return { kind: 'accepted' }
      })
      await site.send('/subscribe', { email: kim, selection: 'sections/monde' })
      await pass(50 * minute)
      if (when === 'afterwards') await askAgain()
      await pass(hour - minute)
      expect(site.mails).toHaveLength(1)
      await pass(12 * minute)
      expect(site.mails).toHaveLength(2)
    },
  )

  test('gets the mail at the address as it was written last, with the rhythm that was named last', async () => {
    await ask('sections/monde')
    await ask('tags/ponts', kim, 'now')
    await ask('tags/ponts', 'KIM@example.com', 'weekly')
    await pass(hour)
    expect(site.mails.at(1)?.to).toBe('KIM@example.com')
    await site.send(site.link(1), '')
    const { results } = await env.DB.prepare('SELECT selection, schedule FROM choice').all()
    expect(results).toEqual([{ selection: 'tags/ponts', schedule: 'weekly' }])
  })

  test('has 48 hours from the second mail on to confirm it', async () => {
    await ask('sections/monde')
    await ask('tags/ponts')
    await pass(hour)
    await pass(48 * hour - minute)
    expect((await site.get(site.link(1))).status).toBe(200)
    await pass(2 * minute)
    expect((await site.get(site.link(1))).status).toBe(410)
    expect((await env.DB.prepare('SELECT * FROM opt_in').all()).results).toEqual([])
  })

  test('gets no mail of what was erased meanwhile, and can ask anew', async () => {
    await ask('sections/monde')
    await ask('tags/ponts')
    await site.notify.subscribers.erase(kim, [])
    await ask('tags/trains')
    await pass(hour)
    expect(site.mails).toHaveLength(2)
    expect(listed(1)).toEqual(['Trains'])
  })

  test('whose mail was refused, gets one when the hour has passed', async () => {
    site.answer(() => ({ kind: 'refused', at: 'recipient', code: 550, text: '' }))
    await ask('sections/monde')
    site.answer(() => ({ kind: 'accepted' }))
    await ask('sections/monde')
    expect(site.mails).toEqual([])
    await pass(hour)
    expect(listed(0)).toEqual(['Monde'])
  })
})

describe('who asks again for the same', () => {
  test('gets no second mail while the link of the first can be confirmed', async () => {
    await ask(['sections/monde', 'tags/ponts'])
    await ask(['sections/monde', 'tags/ponts'])
    await ask('tags/ponts')
    await pass(hour + minute)
    expect(site.mails).toHaveLength(1)
  })

  test('after an hour gets a new link', async () => {
    await ask('sections/monde')
    await pass(hour)
    await ask('sections/monde')
    expect(site.mails).toHaveLength(2)
  })
})

test('a request that waits has at most 50 choices: those that were added last', async () => {
  const names = (at: number) => Array.from({ length: 20 }, (_, one) => `T${at}${one}`)
  const groups = [10, 11, 12, 13].map(names)
  for (const [at, tags] of groups.entries()) await site.put(`a${at}`, { tags })
  await ask('sections/monde')
  for (const tags of groups) await ask(tags.map((tag) => `tags/${tag.toLowerCase()}`))
  await pass(hour)
  await site.send(site.link(1), '')
  const made = await chosen()
  expect(made).toHaveLength(50)
  for (const tag of [...names(12), ...names(13)]) expect(made, tag).toContain(`tags/${tag.toLowerCase()}`)
})

test('the pages that answer are the same for an address that is known, waits, or is new', async () => {
  await site.subscribe('lea@example.com', 'sections/monde')
  const pages = [
    await ask('tags/ponts', 'lea@example.com'),
    await ask('tags/ponts', 'lea@example.com'),
    await ask('tags/ponts', 'new@example.com'),
    await ask('tags/trains', 'new@example.com'),
  ]
  for (const page of pages) expect(page, page).toBe(pages[0])
  expect(pages[0]).toContain(notify.askedInVain)
})

test('who changes to an address waits for 48 hours at most, and what is known of the request is kept for two days more', async () => {
  await site.subscribe(kim, 'sections/monde')
  site.wait(2 * hour)
  const victim = { address: 'victim@example.com', addressHash: 'a'.repeat(43) }
  const asked = site.ports.clock()
  for (let subscriber = 101; subscriber <= 160; subscriber++)
    await site.notify.subscribers.ask(
      { ...victim, subscriber, language: 'fr-CA', choices: [], words: '', asked },
      1000,
    )
  const kept = async () =>
    (
      await env.DB.prepare(`SELECT subscriber, sent IS NOT NULL AS sent FROM opt_in WHERE address_hash = ?1`)
        .bind(victim.addressHash)
        .all<{ subscriber: number; sent: number }>()
    ).results
  const before = site.mails.length
  const until = async (hours: number) => {
    while (site.ports.clock() < asked + hours * hour) await pass(20 * minute)
  }
  expect(await kept()).toHaveLength(60)
  await until(47)
  const mailed = site.mails.length - before
  expect(mailed).toBeGreaterThan(20)
  expect(await kept()).toHaveLength(60)
  await until(49)
  expect((await kept()).filter(({ sent }) => sent === 0)).toEqual([])
  expect(site.mails.length - before).toBeLessThanOrEqual(49)
  await until(98)
  expect(await kept()).toEqual([])
})

test('what waits for its turn counts for the cap as the one mail that the address gets in an hour', async () => {
  site = await openNotify({ MAIL_CAP: '4' })
  await site.put('avant', { section: 'Monde', tags: ['Ponts'], title: 'Avant' })
  const strangers: string[] = []
  for (const at of [1, 2, 3]) strangers.push(await site.subscribe(`m${at}@example.com`, 'all'))
  await pass(2 * hour)
  for (const manage of strangers) await site.send(manage, { action: 'address', email: kim })
  await ask('tags/ponts')
  for (const email of ['lea', 'max', 'eve', 'ada', 'ida']) await ask('sections/monde', `${email}@example.com`)
  expect(site.mails.slice(3).map(({ to }) => to)).toEqual([kim, 'lea@example.com', 'max@example.com'])
})

test('a mail that waits counts for the cap of the hour in which it is due', async () => {
  site = await openNotify({ MAIL_CAP: '2' })
  await site.put('avant', { section: 'Monde', tags: ['Ponts'], title: 'Avant' })
  await ask('sections/monde')
  await ask('tags/ponts')
  await pass(hour + minute)
  for (const email of ['lea@example.com', 'max@example.com']) await ask('sections/monde', email)
  expect(site.mails.map(({ to }) => to)).toEqual([kim, kim, 'lea@example.com'])
})

describe('a change of the address', () => {
  test('to one that has had a mail in this hour is asked for when the hour has passed', async () => {
    await ask('tags/ponts', 'new@example.com')
    const manage = await site.subscribe(kim, 'sections/monde')
    await site.send(manage, { action: 'address', email: 'new@example.com' })
    await site.drain()
    expect(site.mails.map(({ to }) => to)).toEqual(['new@example.com', kim])
    await pass(hour)
    expect(site.mails.at(-1)?.headers.Subject).toBe(notify.mail.confirmAddress.subject)
    await site.send(site.link(2), '')
    expect((await site.notify.subscribers.known('email', 'new@example.com'))?.choices).toHaveLength(1)
  })

  test('to one for which the form was sent too is asked for in its turn, and each link confirms its own request', async () => {
    await ask('tags/ponts', 'new@example.com')
    site.wait(minute)
    await ask('tags/trains', 'new@example.com')
    site.wait(minute)
    const manage = await site.subscribe(kim, 'sections/monde')
    await site.send(manage, { action: 'address', email: 'new@example.com' })
    const subjects = async (hours: number) => {
      const before = site.mails.length
      for (let passed = 0; passed < hours * 12; passed++) await pass(5 * minute)
      return site.mails.slice(before).map(({ to, headers }) => [to, headers.Subject])
    }
    const change = ['new@example.com', notify.mail.confirmAddress.subject]
    expect(await subjects(1)).toEqual([change])
    await site.send(site.link(), '')
    expect((await site.notify.subscribers.known('email', 'new@example.com'))?.choices).toHaveLength(1)
    expect((await subjects(3)).map(([to]) => to)).toEqual(['new@example.com'])
    expect(listed(-1)).toEqual(['Trains'])
    await site.send(site.link(), '')
    expect(await chosen()).toEqual(['sections/monde', 'tags/trains'])
  })

  test('that strangers ask for each hour keeps nobody from an own request for the address', async () => {
    const strangers: string[] = []
    for (const at of [1, 2, 3]) strangers.push(await site.subscribe(`m${at}@example.com`, 'all'))
    site.wait(2 * hour)
    const before = site.mails.length
    const change = (at: number) =>
      site.send(strangers[at % 3] ?? '', { action: 'address', email: 'victim@example.com' })
    await change(0)
    await site.drain()
    for (let passed = 0; passed < 6; passed++) {
      await pass(minute)
      await change(passed + 1)
      await pass(10 * minute)
      await ask('sections/monde', 'victim@example.com')
      for (let more = 0; more < 10; more++) await pass(5 * minute)
    }
    const mails = site.mails.slice(before)
    const own = mails.filter(({ headers }) => headers.Subject !== notify.mail.confirmAddress.subject)
    expect(mails.length).toBeLessThanOrEqual(7)
    expect(own.length).toBeGreaterThanOrEqual(2)
  })

  test('to the present one says so, sends no mail, and takes back what was asked for before', async () => {
    const manage = await site.subscribe(kim, 'sections/monde')
    const link = await site.askAddress(manage, 'typo@example.com')
    site.wait(2 * hour)
    const answer = await site.send(manage, { action: 'address', email: ' kim@EXAMPLE.com ' })
    const location = answer.headers.get('Location') ?? ''
    expect(location).toBe(`${manage}?done=addressKept`)
    expect(await (await site.get(location)).text()).toContain(notify.addressKept)
    await pass(hour)
    expect(site.mails).toHaveLength(2)
    expect((await site.send(link, '')).status).toBe(410)
    expect((await site.get(manage)).status).toBe(200)
  })
})

describe('the link of a confirmation', () => {
  test.each(['end', 'erase'])('that waits says after %s what happened', async (action) => {
    const manage = await site.subscribe(kim, 'sections/monde')
    site.wait(2 * hour)
    await ask('tags/ponts')
    await site.send(manage, { action })
    const answer = await site.send(site.link(1), '')
    expect(answer.status).toBe(410)
    expect(await answer.text()).toContain(notify.erasedRequest.detail)
    expect(await chosen()).toEqual([])
  })

  test('to the page of a subscription says after 60 days that nothing is left', async () => {
    const manage = await site.subscribe(kim, 'sections/monde')
    await site.send(manage, { action: 'end' })
    await pass(60 * 24 * hour - minute)
    expect(await (await site.get(manage)).text()).toContain(notify.ended.detail)
    await pass(2 * minute)
    const answer = await site.get(manage)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain(notify.invalid.detail)
  })
})
