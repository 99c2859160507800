import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { lineOf } from '../../src/domain/event.ts'
import { hashOf } from '../../src/http/token.ts'
import { type NotifySite, openNotify } from './notify-site.ts'
import { sendLines, token } from './site.ts'

const hour = 3_600_000
const address = 'kim@example.com'

let site: NotifySite

beforeEach(async () => {
  site = await openNotify()
  await site.put('avant', { section: 'Monde', tags: ['Ponts'], title: 'Avant' })
  await site.put('match', { section: 'Sports', title: 'Le match' })
  site.wait(hour)
})

const publish = (slug: string, more: object = {}) =>
  site.put(slug, { section: 'Monde', title: `Titre de ${slug}`, ...more })

describe('from the form to the mail', () => {
  test('a person asks, confirms, is told once of what was published, and ends it by one POST', async () => {
    const asked = await site.send('/subscribe', { email: address, selection: 'sections/monde', when: 'now' })
    expect(asked.status).toBe(200)
    expect(asked.headers.get('Cache-Control')).toBe('no-store')
    expect(asked.headers.get('Referrer-Policy')).toBe('no-referrer')
    await site.drain()
    expect(site.mails.map(({ to, purpose }) => `${purpose} ${to}`)).toEqual([`confirmation ${address}`])
    const link = site.link(0)

    // To open the link confirms nothing.
    const page = await site.get(link)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Monde')
    await publish('un')
    expect(await site.told()).toEqual([])

    const confirmed = await site.send(link, '', { Origin: 'null' })
    expect(confirmed.status).toBe(303)
    expect((await site.send(link, '')).status).toBe(200)
    const manage = confirmed.headers.get('Location') ?? ''
    const shown = await (await site.get(manage)).text()
    expect(shown).toContain(address)

    site.wait(1000)
    await publish('deux')
    await site.put('score', { section: 'Sports' })
    expect(await site.told()).toEqual([`${address} Titre de deux`])
    expect(await site.told()).toEqual([])
    const headers = site.mails.at(-1)?.headers ?? {}
    expect(headers).toMatchObject({
      To: address,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
    })
    expect(headers['List-Id']).toMatch(/<now\.kiosque\.example>$/)

    const oneClick = headers['List-Unsubscribe']?.slice('<https://kiosque.example'.length, -1) ?? ''
    expect((await site.get(oneClick)).status).toBe(200)
    expect(await (await site.get(oneClick)).text()).not.toContain(manage.split('?')[0])
    const ended = await site.send(oneClick, 'List-Unsubscribe=One-Click')
    expect(ended.status).toBe(200)
    expect((await site.send(oneClick, 'List-Unsubscribe=One-Click')).status).toBe(200)
    site.wait(1000)
    await publish('trois')
    expect(await site.told()).toEqual([])
    expect(await (await site.get(manage)).text()).not.toContain(address)
  })

  test('the answer is the same for an address that is known, and the mail says so', async () => {
    await site.subscribe(address, 'sections/monde')
    site.wait(2 * hour)
    const form = { selection: 'sections/monde', when: 'now' }
    const known = await (await site.send('/subscribe', { ...form, email: address })).text()
    const unknown = await (await site.send('/subscribe', { ...form, email: 'lea@example.com' })).text()
    expect(known).toBe(unknown)
    await site.drain()
    const [first, second] = site.mails.slice(-2)
    expect(first?.headers.Subject).not.toBe(second?.headers.Subject)
    expect(first?.links.filter((path) => /^\/subscriptions\/[\w-]{22}\./.test(path)).length).toBeGreaterThan(
      0,
    )
  })

  test.each<[what: string, form: Record<string, string | string[]>]>([
    ['no address', { selection: 'sections/monde', when: 'now' }],
    ['what is no address', { email: 'kim@', selection: 'sections/monde' }],
    ['two addresses', { email: 'kim@example.com,lea@example.com', selection: 'all' }],
    ['a line end', { email: 'kim@example.com\r\nBcc: lea@example.com', selection: 'all' }],
    ['nothing ticked', { email: address }],
    ['an unknown section', { email: address, selection: 'sections/rien' }],
    ['an unknown article', { email: address, selection: 'corrections/rien' }],
    ['an unknown schedule', { email: address, selection: 'all', when: 'hourly' }],
    [
      'too many selections',
      { email: address, selection: Array.from({ length: 51 }, (_, at) => `tags/${at}`) },
    ],
  ])('a form with %s is refused, with the page for people', async (_, form) => {
    expect((await site.send('/subscribe', form)).status).toBe(422)
    const page = await site.send('/subscribe', form, { 'Sec-Fetch-Dest': 'document' })
    expect(page.status).toBe(422)
    expect(await page.text()).toContain('role="alert"')
    await site.drain()
    expect(site.mails).toEqual([])
  })
})

describe('at most one mail for an address in an hour', () => {
  const ask = (email = address) => site.send('/subscribe', { email, selection: 'all', when: 'now' })

  test('whatever is asked', async () => {
    for (let times = 0; times < 200; times++) await ask()
    await ask('KIM@EXAMPLE.COM')
    await site.drain()
    expect(site.mails).toHaveLength(1)
    site.wait(hour + 1)
    await ask()
    await site.drain()
    expect(site.mails).toHaveLength(2)
  })

  test('also after a confirmation and an erasure', async () => {
    const manage = await site.subscribe(address, 'all')
    await site.send(manage, { action: 'erase' })
    await ask()
    await site.drain()
    expect(site.mails).toHaveLength(1)
  })

  test('and a cap for all addresses together', async () => {
    site = await openNotify({ MAIL_CAP: '3' })
    await site.put('avant', { section: 'Monde' })
    for (const name of ['a', 'b', 'c', 'd', 'e']) await ask(`${name}@example.com`)
    await site.drain()
    expect(site.mails.map(({ to }) => to)).toEqual(['a@example.com', 'b@example.com', 'c@example.com'])
  })

  test('and what the cap refuses is counted and logged, once in an hour and without an address', async () => {
    site = await openNotify({ MAIL_CAP: '2' })
    await site.put('avant', { section: 'Monde' })
    const lines: string[] = []
    site.notify.log = (event, fields) => void lines.push(lineOf(event, fields))
    const pages = await Promise.all(
      ['a', 'b', 'c', 'd', 'a'].map(async (name) => (await ask(`${name}@example.com`)).text()),
    )
    // Nobody learns from the answer what became of a request.
    expect(pages.filter((page) => page !== pages[0])).toEqual([])
    const capped = async () => (await site.notify.subscribers.state()).capped
    // The second request for an address that has had a mail is not one that the cap refuses.
    expect(await capped()).toBe(2)
    expect(lines).toEqual(['{"event":"mail-capped","cap":2}'])
    site.wait(hour)
    for (const name of ['e', 'f', 'g']) await ask(`${name}@example.com`)
    expect(await capped()).toBe(3)
    expect(lines).toHaveLength(2)
    site.wait(48 * hour + 1)
    await site.sweep()
    expect(await capped()).toBe(0)
  })
})

describe('at the instant of sending', () => {
  test.each<[what: string, change: () => unknown]>([
    ['was withdrawn', () => site.call('DELETE', '/api/articles/un')],
    ['may not be syndicated any more', () => publish('un', { rights: { syndicate: 'none' } })],
    ['has left the section', () => publish('un', { section: 'Sports' })],
    ['has waited for more than three days', () => site.wait(73 * hour)],
  ])('nobody is told of an article that %s', async (_, change) => {
    await site.subscribe(address, 'sections/monde')
    site.wait(1000)
    await publish('un')
    await site.notify.subscribers.settle()
    await change()
    expect(await site.told()).toEqual([])
    expect(await site.notify.subscribers.due()).toEqual({ email: 0, webpush: 0 })
  })

  test('the text is that of this instant', async () => {
    await site.subscribe(address, 'sections/monde')
    site.wait(1000)
    await publish('un')
    await site.notify.subscribers.settle()
    await publish('un', { title: 'Un autre titre' })
    expect(await site.told()).toEqual([`${address} Un autre titre`])
  })

  test('a correction is told to whom asked for it, and to nobody if it is taken back', async () => {
    await site.subscribe(address, 'corrections/avant')
    await site.subscribe('lea@example.com', 'sections/monde')
    site.wait(1000)
    const corrected = { section: 'Monde', tags: ['Ponts'], title: 'Avant', note: 'Une date a été corrigée.' }
    await site.put('avant', corrected)
    const [told, ...others] = await site.told()
    expect(told).toContain(`${address} `)
    expect(others).toEqual([])
    expect(site.mails.at(-1)?.text).toContain('Une date a été corrigée.')
    await site.put('avant', { ...corrected, note: 'Une autre date a été corrigée.' })
    await site.notify.subscribers.settle()
    await site.put('avant', { ...corrected, note: undefined })
    expect(await site.told()).toEqual([])
  })

  const notes = ['a', 'b', 'c', 'd', 'e'].map((letter) => letter.repeat(2000))

  test('a correction that a former version has told, which has stored it alone, is not told again', async () => {
    await site.subscribe(address, 'corrections/avant')
    await env.DB.prepare("UPDATE article SET corrected = 'Un' WHERE slug = 'avant'").run()
    for (const [note, times] of [
      ['Un', 0],
      ['Deux', 1],
      ['Un.', 0],
    ] as const) {
      site.wait(1000)
      await site.put('avant', { section: 'Monde', tags: ['Ponts'], title: 'Avant', note })
      expect(await site.told(), note).toHaveLength(times)
    }
  })

  test('of an article that comes back, the correction that was made meanwhile is told only if it is saved then', async () => {
    await site.subscribe(address, 'corrections/avant')
    const article = { section: 'Monde', tags: ['Ponts'], title: 'Avant' }
    site.wait(1000)
    await site.call('DELETE', '/api/articles/avant')
    await site.put('avant', { ...article, status: 'withdrawn', note: 'Un' })
    await site.put('avant', { ...article, status: 'published', note: 'Un' })
    expect(await site.told()).toEqual([])
    await site.call('DELETE', '/api/articles/avant')
    await site.put('avant', { ...article, status: 'published' })
    await site.put('avant', { ...article, note: 'Un' })
    expect(await site.told()).toHaveLength(1)
  })

  test.each<[what: string, notes: (string | undefined)[], told: number]>([
    ['the same again', ['La date était fausse.', undefined, 'La date était fausse.'], 1],
    ['another full stop', ['La date était fausse.', 'La date était fausse', 'La date était fausse. '], 1],
    ['other white space', ['La date était fausse.', undefined, 'La  date était\u00a0fausse .'], 1],
    ['other words', ['La date était fausse.', 'La date et le lieu étaient faux.'], 2],
    ['other words, and the first again', ['La date était fausse.', 'Le lieu.', 'La date était fausse.'], 2],
    ['one of the last five again', ['Un', 'Deux', 'Trois', 'Quatre', 'Cinq', 'Un', 'Trois'], 5],
    ['one that begins like another', ['Un lieu', 'Un', 'Un lieu de plus'], 3],
    ['five of the greatest length', [...notes, ...notes], notes.length],
    ['more than are kept', [...notes, 'Autre', 'Autre encore', ...notes.slice(0, 2)], notes.length + 4],
  ])('a correction is told once: %s', async (_, notes, times) => {
    await site.subscribe(address, 'corrections/avant')
    const told: string[] = []
    for (const note of notes) {
      site.wait(1000)
      await site.put('avant', { section: 'Monde', tags: ['Ponts'], title: 'Avant', note })
      told.push(...(await site.told()))
    }
    expect(told).toHaveLength(times)
  })

  test('a correction of an article that must not be syndicated is told without its text', async () => {
    const none = { title: 'Dépêche', rights: { syndicate: 'none' }, summary: 'Un résumé.' }
    await site.put('depeche', none)
    await site.subscribe(address, 'corrections/depeche')
    site.wait(1000)
    await site.put('depeche', { ...none, note: 'Une date a été corrigée.' })
    expect(await site.told()).toEqual([`${address} Correction\u00a0: Dépêche`])
    expect(site.mails.at(-1)?.text).toContain('/articles/depeche')
    expect(site.mails.at(-1)?.text).not.toMatch(/résumé|corrigée/)
  })

  test('two corrections are two messages, also if the second one comes while the first one is sent', async () => {
    await site.subscribe(address, 'corrections/avant')
    site.wait(1000)
    const correct = (note: string) =>
      site.put('avant', { section: 'Monde', tags: ['Ponts'], title: 'Avant', note })
    await correct('La première.')
    let times = 0
    site.answer(async () => {
      times++
      if (times === 1) {
        site.wait(1000)
        await correct('La seconde.')
        await site.notify.subscribers.settle()
      }
      return { kind: 'accepted' }
    })
    await site.told()
    site.wait(11 * 60_000)
    await site.sweep()
    const [first, second, ...others] = site.mails.slice(1)
    expect(
      [first?.text, second?.text].map((text = '') => /La (?:première|seconde)\./.exec(text)?.[0]),
    ).toEqual(['La première.', 'La seconde.'])
    expect(others).toEqual([])
    expect(first?.headers['Message-ID']).not.toBe(second?.headers['Message-ID'])
  })

  test('who ends, pauses or changes the address while a job sends gets nothing more at the former address', async () => {
    const pages: string[] = []
    const names = ['a', 'ends', 'erases', 'pauses', 'z']
    for (const name of names) pages.push(await site.subscribe(`${name}@example.com`, 'all'))
    site.wait(1000)
    const before = site.mails.length
    await publish('un')
    const actions = ['', 'end', 'erase', 'pause', '']
    let isFirst = true
    site.answer(async () => {
      if (isFirst) {
        isFirst = false
        for (const [at, action] of actions.entries()) if (action) await site.send(pages[at] ?? '', { action })
      }
      return { kind: 'accepted' }
    })
    await site.told()
    expect(site.mails.slice(before).map(({ to }) => to)).toEqual(['a@example.com', 'z@example.com'])
  })

  test('who was told at once and then asks for a digest gets in it only what comes from then on', async () => {
    const manage = await site.subscribe(address, 'all')
    site.wait(1000)
    await publish('un')
    await site.told()
    await site.send(manage, { action: 'choose', selection: 'all', when: 'daily' })
    site.wait(1000)
    await publish('deux')
    site.wait(24 * hour)
    await site.sweep()
    expect(site.mails.at(-1)?.links.filter((path) => path.startsWith('/articles/'))).toEqual([
      '/articles/deux',
    ])
  })

  test('an erasure also erases the address that waits to become that of the person', async () => {
    const manage = await site.subscribe(address, 'all')
    await site.send(manage, { action: 'address', email: 'autre@example.com' })
    await site.send(manage, { action: 'erase' })
    const { results } = await env.DB.prepare("SELECT address FROM opt_in WHERE address <> ''").all()
    expect(results).toEqual([])
  })

  test('nobody who has paused or ended is told; what waited is told after the pause', async () => {
    const manage = await site.subscribe(address, 'all')
    site.wait(1000)
    await publish('un')
    await site.notify.subscribers.settle()
    await site.send(manage, { action: 'pause' })
    expect(await site.told()).toEqual([])
    await site.send(manage, { action: 'resume' })
    site.wait(1000)
    await publish('deux')
    expect((await site.told()).toSorted()).toEqual([`${address} Titre de deux`, `${address} Titre de un`])
    await publish('trois')
    await site.notify.subscribers.settle()
    await site.send(manage, { action: 'end' })
    expect(await site.told()).toEqual([])
  })
})

describe('who is told', () => {
  const line = (slug: string, more: object = {}) => ({
    slug,
    title: `Titre de ${slug}`,
    section: 'Monde',
    ...more,
  })
  const post = (...lines: object[]) => sendLines(site, '/api/articles', lines)
  const ago = (milliseconds: number) => new Date(site.ports.clock() - milliseconds).toJSON()

  test.each<[what: string, save: () => unknown, isTold: boolean]>([
    ['a new article', () => publish('un'), true],
    ['one of several new articles', () => post(line('un'), line('deux', { section: 'Sports' })), true],
    [
      'one that was a draft',
      async () => {
        await publish('un', { status: 'draft' })
        expect(await site.told()).toEqual([])
        await publish('un')
      },
      true,
    ],
    ['one that was dated before the subscription', () => publish('un', { published: ago(2 * hour) }), false],
    ['one dated in the same second', () => publish('un', { published: ago(2000) }), false],
    [
      'one of which only today is known',
      () => publish('un', { published: '2024-06-19T12:00:00Z', dayOnly: ['published'] }),
      true,
    ],
    [
      'one of which only yesterday is known',
      () => publish('un', { published: '2024-06-18T12:00:00Z', dayOnly: ['published'] }),
      false,
    ],
    ['one of an import', () => post(line('un', { import: { run: 1 } })), false],
    ['one of an import that asks for it', () => post(line('un', { import: { run: 1, notify: true } })), true],
    ['one of a backup', () => post(line('un', { backup: { revision: 1 } })), false],
    [
      'one of a backup in an import that asks for it',
      () => post(line('un', { backup: { revision: 1 }, import: { run: 1, notify: true } })),
      false,
    ],
    ['an article that is edited', () => publish('avant', { title: 'Après' }), false],
  ])('%s', async (_, save, isTold) => {
    site.at('2024-06-19T16:00:00Z')
    await site.subscribe(address, 'sections/monde')
    site.wait(2000)
    await save()
    expect(await site.told()).toHaveLength(isTold ? 1 : 0)
  })

  test.each<[what: string, more: object, isTold: boolean]>([
    ['ends is told', {}, true],
    ['of an import ends is not', { import: { run: 1 } }, false],
    ['of an import that asks for it ends is told', { import: { run: 1, notify: true } }, true],
  ])('an article whose embargo %s', async (_, more, isTold) => {
    await site.subscribe(address, 'sections/monde')
    await post(line('un', { embargo: ago(-hour), ...more }))
    expect(await site.told()).toEqual([])
    site.wait(hour + 1000)
    await site.ports.store.release()
    expect(await site.told()).toHaveLength(isTold ? 1 : 0)
  })
})

describe('a subscriber of a selection', () => {
  beforeEach(async () => {
    site = await openNotify({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
    await site.put('avant', { section: 'Monde' })
    await site.put('match', { section: 'Sports' })
  })

  test('that is renamed is told under its new path', async () => {
    await site.subscribe(address, 'sections/monde')
    await site.subscribe('lea@example.com', ['sections/monde', 'sections/sports'])
    const renamed = await site.call('PUT', '/api/sections/monde', { name: 'International' })
    expect(renamed.status).toBe(200)
    site.wait(1000)
    await publish('un', { section: 'International' })
    expect((await site.told()).toSorted()).toEqual([`${address} Titre de un`, 'lea@example.com Titre de un'])
  })
})

describe('20 kills', () => {
  test('lose nothing, and tell nobody twice', async () => {
    const people = Array.from({ length: 45 }, (_, at) => `p${at}@example.com`)
    for (const one of people) await site.subscribe(one, 'sections/monde')
    site.wait(1000)
    const before = site.mails.length
    await publish('un')
    let sent = 0
    site.answer(() => {
      sent++
      // The process is killed before the mail is submitted.
      if (sent % 3 === 0 && sent <= 60) throw new Error('killed')
      return { kind: 'accepted' }
    })
    let kills = 0
    for (let run = 0; run < 60; run++) {
      await site.sweep().catch(() => kills++)
      site.queue.length = 0
      site.wait(11 * 60_000)
    }
    expect(kills).toBe(20)
    const told = site.mails.slice(before).map(({ to }) => to)
    expect(told.toSorted()).toEqual(people.toSorted())
  })
})
