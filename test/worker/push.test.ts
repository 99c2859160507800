import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { makeVapidKeys } from '../../src/notify/push/vapid.ts'
import { repeated } from '../repeated.ts'
import { takeLines } from './logged.ts'
import { claimsIn } from './push-browser.ts'
import { openPush, type PushSite } from './push-site.ts'

const hour = 3_600_000
let site: PushSite

beforeEach(async () => {
  site = await openPush({ SITE_CONTACT: 'flux@kiosque.example' })
  await site.put('avant', { section: 'Monde', tags: ['Ponts'], title: 'Avant' })
  await site.put('match', { section: 'Sports', title: 'Le match' })
  site.wait(hour)
})

const publish = (slug: string, more: object = {}) =>
  site.put(slug, { section: 'Monde', title: `Titre de ${slug}`, text: 'Les premiers mots.', ...more })

async function importOne(): Promise<void> {
  const published = new Date(site.ports.clock()).toISOString()
  const line = {
    title: 'Importé',
    slug: 'importe',
    text: 'Texte.',
    section: 'Monde',
    published,
    import: { run: 1 },
  }
  const answer = await site.call('POST', '/api/articles', JSON.stringify(line), {
    'Content-Type': 'application/x-ndjson',
  })
  expect(await answer.text()).toContain('importe')
}

const titlesOf = (shown: { title: string }[]) => shown.map(({ title }) => title)

describe('who is told of what is published', () => {
  test('a browser is told of its section at once, and of nothing else', async () => {
    const one = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un', { image: { url: 'https://images.example/un.jpg', width: 10, height: 10 } })
    await site.put('score', { section: 'Sports' })
    expect(await site.shown(one)).toEqual([
      {
        title: 'Titre de un',
        body: 'Les premiers mots.',
        navigate: 'https://kiosque.example/articles/un',
        lang: 'fr-CA',
        dir: 'ltr',
        tag: expect.stringMatching(/^[\w-]{32}$/),
        icon: 'https://kiosque.example/favicon.ico',
        image: 'https://images.example/un.jpg',
        data: { group: '# nouveaux articles', navigate: 'https://kiosque.example/' },
      },
    ])
    expect(await site.shown(one)).toEqual([])
    expect(site.mails).toEqual([])
  })

  test('the message has the headers of RFC 8030, 8188 and 8292', async () => {
    const one = await site.subscribeIn('all')
    site.wait(1000)
    await publish('un')
    site.wait(hour)
    await site.shown(one)
    const [{ headers, body } = { headers: {} as Record<string, string>, body: new Uint8Array() }] =
      site.pushes
    expect(headers).toMatchObject({
      'Content-Encoding': 'aes128gcm',
      Urgency: 'normal',
      Topic: expect.stringMatching(/^[\w-]{32}$/),
    })
    const ttl = Number(headers.TTL)
    expect(ttl).toBeGreaterThan(23 * 3600)
    expect(ttl).toBeLessThanOrEqual(24 * 3600)
    const { aud, exp, sub } = claimsIn(headers.Authorization ?? '')
    expect([aud, sub]).toEqual(['https://fcm.googleapis.com', 'mailto:flux@kiosque.example'])
    expect(exp * 1000 - site.ports.clock()).toBeLessThanOrEqual(24 * hour)
    expect(headers.Authorization).toContain(`, k=${site.pushKey}`)
    expect(body.length).toBeLessThanOrEqual(4096)
  })

  test('no topic tells what a browser is told, or that two are told the same', async () => {
    await site.subscribeIn('all')
    await site.subscribeIn('all')
    for (const slug of ['un', 'deux']) {
      site.wait(1000)
      await publish(slug)
    }
    site.queue.push({ kind: 'tell' })
    await site.drain()
    expect(site.pushes).toHaveLength(4)
    expect(repeated(site.pushes.map(({ headers }) => headers.Topic))).toEqual([])
  })

  test('mail and browser of one person are two subscribers, and nothing joins them', async () => {
    const one = await site.browser()
    await site.subscribe('kim@example.com', 'sections/monde')
    const form = { ...one.fields, selection: 'sections/monde', when: 'now', email: 'kim@example.com' }
    await site.send('/push/subscriptions', form)
    site.wait(1000)
    await publish('un')
    expect(titlesOf(await site.shown(one))).toEqual(['Titre de un'])
    expect(site.mails.at(-1)?.headers.Subject).toBe('Titre de un')
    const { results } = await env.DB.prepare("SELECT * FROM subscriber WHERE channel = 'webpush'").all()
    expect(JSON.stringify(results)).not.toContain('kim@')
  })

  test.for<[what: string, change: () => unknown]>([
    ['is not public', () => publish('un', { status: 'draft' })],
    ['is under embargo', () => publish('un', { embargo: new Date(site.ports.clock() + hour).toISOString() })],
    ['may not be syndicated', () => publish('un', { rights: { syndicate: 'none' } })],
    ['has a date before the subscription', () => publish('un', { published: '2024-06-19T12:00:00Z' })],
    ['was public before', () => publish('avant', { title: 'Un autre titre', tags: ['Ponts'] })],
    ['is in another section', () => publish('un', { section: 'Sports' })],
  ])('a browser is not told of an article that %s', async ([, change]) => {
    const one = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await change()
    expect(await site.shown(one)).toEqual([])
  })

  test.for<[what: string, change: () => unknown]>([
    ['was withdrawn', () => site.call('DELETE', '/api/articles/un')],
    ['may not be syndicated any more', () => publish('un', { rights: { syndicate: 'none' } })],
    ['has left the section', () => publish('un', { section: 'Sports' })],
    ['is more than a day old', () => site.wait(25 * hour)],
  ])('at the instant of sending, nobody is told of an article that %s', async ([, change]) => {
    const one = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un')
    await site.notify.subscribers.settle()
    await change()
    expect(await site.shown(one)).toEqual([])
    expect(await site.notify.subscribers.due()).toEqual({ email: 0, webpush: 0 })
  })

  test('at the end of an embargo, browsers are told', async () => {
    const one = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un', { embargo: new Date(site.ports.clock() + hour).toISOString() })
    expect(await site.shown(one)).toEqual([])
    site.wait(hour + 1000)
    await site.ports.store.release()
    expect(titlesOf(await site.shown(one))).toEqual(['Titre de un'])
  })

  test('an import tells nobody', async () => {
    const one = await site.subscribeIn('all')
    site.wait(1000)
    await importOne()
    expect(await site.shown(one)).toEqual([])
  })
})

describe('what was shown is corrected and taken back', () => {
  test('a correction says so, in place of the notification of the same article', async () => {
    const one = await site.subscribeIn(['sections/monde', 'corrections/avant'])
    const other = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('avant', { title: 'Avant', tags: ['Ponts'], note: 'Une date a été corrigée.' })
    const [corrected] = await site.shown(one)
    expect(corrected).toMatchObject({ title: 'Correction\u00a0: Avant', body: 'Une date a été corrigée.' })
    expect(corrected?.data).toBeUndefined()
    expect(site.pushes.filter(({ endpoint }) => endpoint === other.endpoint)).toEqual([])
  })

  test('a withdrawal replaces what was shown, and contains nothing of the article', async () => {
    const one = await site.subscribeIn('sections/monde')
    const late = await site.subscribeIn('sections/sports')
    site.wait(1000)
    await publish('un')
    const [published] = await site.shown(one)
    site.wait(hour)
    await site.call('DELETE', '/api/articles/un')
    const [withdrawn, ...others] = await site.shown(one)
    expect(others).toEqual([])
    expect(withdrawn).toMatchObject({
      title: 'Article retiré',
      navigate: 'https://kiosque.example/',
      tag: published?.tag,
    })
    expect(JSON.stringify(withdrawn)).not.toMatch(/Titre de un|premiers mots|articles\/un/)
    const [first, second] = site.pushes.filter(({ endpoint }) => endpoint === one.endpoint)
    expect(first?.headers.Topic).toBe(second?.headers.Topic)
    expect(site.pushes.filter(({ endpoint }) => endpoint === late.endpoint)).toEqual([])
  })

  test.for<[what: string, change: () => unknown]>([
    ['is hidden as a draft', () => publish('un', { status: 'draft' })],
    ['gets an embargo', () => publish('un', { embargo: new Date(site.ports.clock() + hour).toISOString() })],
  ])('so does an article that %s', async ([, change]) => {
    const one = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un')
    await site.shown(one)
    await change()
    expect(titlesOf(await site.shown(one))).toEqual(['Article retiré'])
  })

  test.for<[what: string, change: () => unknown]>([
    ['is more than two days old', () => site.wait(49 * hour)],
    ['was not told yet', () => env.DB.prepare('DELETE FROM notification').run()],
  ])('nobody is told of the withdrawal of an article that %s', async ([what, change]) => {
    const one = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un')
    if (what.includes('day')) await site.shown(one)
    await change()
    if (what.includes('yet')) {
      // The browser subscribes after the article.
      await env.DB.prepare('UPDATE choice SET since = ?1').bind(site.ports.clock()).run()
      await env.DB.prepare("DELETE FROM effect WHERE effect = 'notify'").run()
    }
    await site.call('DELETE', '/api/articles/un')
    expect(await site.shown(one)).toEqual([])
  })

  test('what waits to be told is not told, and its withdrawal is not either', async () => {
    const one = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un')
    await site.notify.subscribers.settle()
    await site.call('DELETE', '/api/articles/un')
    expect(await site.shown(one)).toEqual([])
  })

  test('the withdrawal of an imported article, of which nobody was told, is told to nobody', async () => {
    const one = await site.subscribeIn('all')
    site.wait(1000)
    await importOne()
    await site.shown(one)
    await site.call('DELETE', '/api/articles/importe')
    expect(await site.shown(one)).toEqual([])
  })

  test('an article that came back is not told again, and its withdrawal is not told any more', async () => {
    const one = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un')
    await site.shown(one)
    await site.call('DELETE', '/api/articles/un')
    await site.notify.subscribers.settle()
    await publish('un', { status: 'published' })
    expect(await site.shown(one)).toEqual([])
  })

  test('no mail is sent of a withdrawal', async () => {
    await site.subscribe('kim@example.com', 'sections/monde')
    site.wait(1000)
    await publish('un')
    await site.told()
    const before = site.mails.length
    await site.call('DELETE', '/api/articles/un')
    await site.told()
    expect(site.mails.length).toBe(before)
  })
})

describe('a digest', () => {
  test('is one message, with the titles, and leads to the selection', async () => {
    const one = await site.subscribeIn('sections/monde', 'daily')
    site.wait(1000)
    await publish('un')
    site.wait(1000)
    await publish('deux')
    expect(await site.shown(one)).toEqual([])
    site.wait(24 * hour)
    const before = site.pushes.length
    await site.sweep()
    const [pushed, ...others] = site.pushes.slice(before)
    expect(others).toEqual([])
    expect(pushed?.headers).toMatchObject({ Urgency: 'low' })
    const { notification } = await one.read(pushed?.body ?? new Uint8Array())
    expect(notification).toMatchObject({
      title: '2 nouveaux articles',
      body: 'Titre de deux\nTitre de un',
      navigate: 'https://kiosque.example/sections/monde',
    })
    site.wait(24 * hour)
    await site.sweep()
    expect(site.pushes.length).toBe(before + 1)
  })
})

describe('what push services answer', () => {
  const told = async () => {
    site.queue.push({ kind: 'tell' })
    await site.drain()
  }

  test('an endpoint that is gone ends the subscription, and its address is erased', async () => {
    const one = await site.subscribeIn('sections/monde')
    const other = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un')
    site.answerPush(({ endpoint }) => ({ status: endpoint === one.endpoint ? 410 : 201, text: '' }))
    await told()
    expect(site.pushes.map(({ endpoint }) => endpoint)).toEqual([other.endpoint])
    const { results } = await env.DB.prepare(
      'SELECT state, address, keys FROM subscriber ORDER BY number',
    ).all()
    expect(results[0]).toEqual({ state: 'ended', address: null, keys: null })
    expect(results[1]).toMatchObject({ state: 'active', address: other.endpoint })
    const page = await site.get(one.manage)
    expect(await page.text()).toContain('pris fin')
  })

  test('a service that is busy gets nothing more of the job, and the messages after the time that it asks', async () => {
    const browsers = await Promise.all(Array.from({ length: 12 }, () => site.subscribeIn('sections/monde')))
    const elsewhere = await site.subscribeIn('sections/monde', 'now', 'https://web.push.apple.com/a')
    site.wait(1000)
    await publish('un')
    let calls = 0
    site.answerPush(({ endpoint }) => {
      if (endpoint === elsewhere.endpoint) return { status: 201, text: '' }
      calls += 1
      return { status: 429, text: '', retryAfter: '600' }
    })
    await told()
    expect(calls).toBeLessThanOrEqual(5)
    expect(site.pushes.map(({ endpoint }) => endpoint)).toEqual([elsewhere.endpoint])
    site.answerPush(() => ({ status: 201, text: '' }))
    site.wait(599_000)
    await told()
    expect(site.pushes).toHaveLength(1)
    site.wait(2000)
    await told()
    expect(site.pushes).toHaveLength(browsers.length + 1)
    expect(repeated(site.pushes.map(({ endpoint }) => endpoint))).toEqual([])
    expect((await site.notify.subscribers.state()).failing).toEqual([])
  })

  test('a refusal of our signature stops the channel, says so, and loses nothing', async () => {
    const one = await site.subscribeIn('sections/monde')
    for (let at = 0; at < 2; at++) await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un')
    await site.shown(one)
    site.answerPush(() => ({ status: 403, text: '' }))
    site.wait(1000)
    await publish('deux')
    takeLines()
    expect(await site.shown(one)).toEqual([])
    const lines = takeLines().filter(({ event }) => String(event).startsWith('push-'))
    expect(lines).toEqual([
      { event: 'push-failed', host: 'fcm.googleapis.com', failure: '403', messages: 3 },
      { event: 'push-held', host: 'fcm.googleapis.com', failure: '403' },
    ])
    expect((await site.notify.subscribers.state()).holds).toMatchObject([{ channel: 'webpush' }])
    site.answerPush(() => ({ status: 201, text: '' }))
    site.wait(hour / 2)
    expect(await site.shown(one)).toEqual([])
    site.wait(hour / 2 + 1000)
    expect(titlesOf(await site.shown(one))).toEqual(['Titre de deux'])
  })

  test('an endpoint that was moved to one of another site does not stop the channel', async () => {
    const stranger = await site.subscribeIn('sections/monde')
    const one = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un')
    await site.shown(one)
    const moved = await site.browser()
    await site.send('/push/subscriptions', { ...moved.fields, former: stranger.endpoint })
    site.answerPush(({ endpoint }) => ({ status: endpoint === moved.endpoint ? 403 : 201, text: '' }))
    site.wait(1000)
    await publish('deux')
    expect(titlesOf(await site.shown(one))).toEqual(['Titre de deux'])
    expect((await site.notify.subscribers.state()).holds).toEqual([])
  })

  test('a service that does not answer is asked again until the news is a day old', async () => {
    const one = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un')
    let calls = 0
    site.answerPush(() => {
      calls += 1
      return { fault: 'could not be reached' }
    })
    for (let minutes = 0; minutes < 26 * 60; minutes += 10) {
      await told()
      site.wait(600_000)
    }
    expect(calls).toBeGreaterThan(20)
    expect(calls).toBeLessThan(40)
    expect(await site.notify.subscribers.due()).toEqual({ email: 0, webpush: 0 })
    expect((await site.notify.subscribers.state()).waiting).toBe(0)
    site.answerPush(() => ({ status: 201, text: '' }))
    expect(await site.shown(one)).toEqual([])
    site.wait(1000)
    await publish('deux')
    expect(titlesOf(await site.shown(one))).toEqual(['Titre de deux'])
  })

  test('a bad row stops no message to others', async () => {
    await site.subscribeIn('sections/monde')
    const one = await site.subscribeIn('sections/monde')
    const bad = ['{}', '{"p256dh":"a","auth":"b","server":"c"}', 'null', '[]']
    for (const keys of bad) {
      await env.DB.prepare('UPDATE subscriber SET keys = ?1 WHERE number = 1').bind(keys).run()
      site.wait(1000)
      await publish(`article-${bad.indexOf(keys)}`)
      expect(titlesOf(await site.shown(one)), keys).toEqual([`Titre de article-${bad.indexOf(keys)}`])
    }
    await env.DB.prepare("UPDATE subscriber SET address = 'nulle part' WHERE number = 1").run()
    site.wait(1000)
    await publish('dernier')
    expect(titlesOf(await site.shown(one))).toEqual(['Titre de dernier'])
    expect((await site.notify.subscribers.state()).waiting).toBe(0)
  })

  test('a job that was killed after it had sent is done again, and browsers replace what they show', async () => {
    const one = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un')
    const { recordAll } = site.notify.subscribers
    site.notify.subscribers.recordAll = async () => Promise.reject(new Error('killed'))
    await expect(told()).rejects.toThrow('killed')
    site.notify.subscribers.recordAll = recordAll
    await told()
    expect(site.pushes).toHaveLength(1)
    site.wait(600_000)
    await told()
    const shown = await Promise.all(site.pushes.map(async ({ body }) => (await one.read(body)).notification))
    expect(shown).toHaveLength(2)
    expect(shown[0]).toEqual(shown[1])
    expect((await site.notify.subscribers.state()).waiting).toBe(0)
  })

  test('a job that was killed while it sent goes on where it was, but for the last ten messages', async () => {
    for (let at = 0; at < 40; at++) await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un')
    const { recordAll } = site.notify.subscribers
    let records = 0
    site.notify.subscribers.recordAll = (results) =>
      ++records > 2 ? Promise.reject(new Error('killed')) : recordAll(results)
    await expect(told()).rejects.toThrow('killed')
    site.notify.subscribers.recordAll = recordAll
    expect((await site.notify.subscribers.state()).waiting).toBe(20)
    site.wait(600_000)
    await told()
    expect(new Set(site.pushes.map(({ endpoint }) => endpoint))).toHaveProperty('size', 40)
  })

  test('a hundred browsers are told in jobs of forty, five at once', async () => {
    const browsers = []
    for (let at = 0; at < 100; at++) browsers.push(await site.subscribeIn('sections/monde'))
    site.wait(1000)
    await publish('un')
    let [open, most] = [0, 0]
    site.answerPush(async () => {
      open += 1
      most = Math.max(most, open)
      await scheduler.wait(1)
      open -= 1
      return { status: 201, text: '' }
    })
    await told()
    expect(site.pushes).toHaveLength(100)
    expect(repeated(site.pushes.map(({ endpoint }) => endpoint))).toEqual([])
    expect(most).toBe(5)
  })
})

describe('keys', () => {
  test('a browser of a former key is told with that key; without it, nothing is sent and nothing ends', async () => {
    const [present, former] = [await makeVapidKeys(), await makeVapidKeys()]
    const pairOf = ({ publicKey, privateKey }: typeof present) => `${publicKey}.${privateKey}`
    site = await openPush({ VAPID_KEYS: `${pairOf(present)}, ${pairOf(former)}` })
    await site.put('avant', { section: 'Monde' })
    const one = await site.browser(undefined, former.publicKey)
    await site.send('/push/subscriptions', { ...one.fields, selection: 'all', when: 'now' })
    site.wait(1000)
    await publish('un')
    expect(titlesOf(await site.shown(one))).toEqual(['Titre de un'])
    expect(site.pushes.at(-1)?.headers.Authorization).toContain(`k=${former.publicKey}`)
    if (site.notify.push) site.notify.push.keys = [present]
    site.wait(1000)
    await publish('deux')
    expect(await site.shown(one)).toEqual([])
    expect((await site.notify.subscribers.state()).failing).toMatchObject([
      { channel: 'webpush', failure: 'its key is not in VAPID_KEYS' },
    ])
  })
})
