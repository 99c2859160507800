import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { hashOf } from '../../src/http/token.ts'
import { makeVapidKeys } from '../../src/notify/push/vapid.ts'
import { openPush } from './push-site.ts'
import { mailSettings, openSite, token } from './site.ts'

const paths = ['/push/v1.js', '/push/page.js', '/push/subscriptions']
const pages = ['/', '/articles/un', '/feeds', '/sections/monde']
const { publicKey, privateKey } = await makeVapidKeys()
const keys = `${publicKey}.${privateKey}`
const { SUBSCRIPTION_SECRET } = mailSettings

describe('without the keys', () => {
  test.for([{}, mailSettings])('with the settings %j, there is no trace of it', async (settings) => {
    const site = await openSite(settings)
    await site.put('un', { section: 'Monde' })
    for (const path of paths)
      for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) {
        const answer = await site.get(path, {}, method)
        const same = await site.get('/nulle-part', {}, method)
        expect([answer.status, answer.headers.get('Allow')], `${method} ${path}`).toEqual([same.status, null])
      }
    for (const path of [...pages, '/subscribe'])
      expect(await (await site.get(path)).text(), path).not.toMatch(/\/push\/|dans ce navigateur/i)
    const policy = (await site.get('/articles/un')).headers.get('Content-Security-Policy')
    expect(policy).not.toContain('connect-src')
  })

  test('without the secret of links, the addresses say so, and feeds go on', async () => {
    const site = await openSite({ VAPID_KEYS: keys })
    await site.put('un', { section: 'Monde' })
    for (const path of [...paths, '/subscribe', '/subscriptions/a']) {
      const answer = await site.get(path)
      expect(answer.status, path).toBe(503)
      expect(await answer.text(), path).toContain('SUBSCRIPTION_SECRET')
    }
    expect((await site.get('/feed.rss')).status).toBe(200)
    expect(await (await site.get('/articles/un')).text()).not.toContain('/push/')
  })
})

test('no feed, list or ETag of a feed depends on whether browsers can be told, but for the settings in it', async () => {
  const [plain, push] = [await openSite(), await openPush()]
  for (const site of [plain, push]) await site.put('un', { section: 'Monde' })
  for (const path of ['/feed.rss', '/feed.atom', '/feed.json', '/sitemap.xml', '/feeds.opml'])
    expect(await (await push.get(path)).text(), path).toBe(await (await plain.get(path)).text())
})

describe('the scripts', () => {
  test.for(['/push/v1.js', '/push/page.js'])(
    '%s is compared at each use, and not sent again',
    async (path) => {
      const site = await openPush()
      const answer = await site.get(path)
      expect([answer.status, answer.headers.get('Content-Type')]).toEqual([
        200,
        'text/javascript; charset=utf-8',
      ])
      expect(answer.headers.get('Cache-Control')).toContain('max-age=0, must-revalidate')
      const etag = answer.headers.get('ETag') ?? ''
      expect((await site.get(path, { 'If-None-Match': etag })).status).toBe(304)
      expect((await site.get(path, {}, 'HEAD')).status).toBe(200)
      expect((await site.get(path, {}, 'POST')).status).toBe(405)
    },
  )

  test('pages with the button may run the script, the service worker and the request', async () => {
    const site = await openPush()
    await site.put('un', { section: 'Monde' })
    for (const path of ['/articles/un', '/subscribe']) {
      const page = await site.get(path)
      const policy = page.headers.get('Content-Security-Policy')
      for (const part of ["script-src 'self'", "connect-src 'self'", "worker-src 'self'"])
        expect(policy, path).toContain(part)
      const text = await page.text()
      expect(text, path).toContain('<script type="module" src="/push/page.js">')
      expect(text, path).toContain(`data-push="${site.pushKey}"`)
      expect(text, path).not.toMatch(/ on\w+="|<script(?![^>]*(?:src=|application\/ld\+json))/)
    }
  })

  test('each page shows the present key', async () => {
    const one = await openSite({ VAPID_KEYS: keys, SUBSCRIPTION_SECRET })
    const other = await makeVapidKeys()
    const pairs = `${other.publicKey}.${other.privateKey},${keys}`
    const two = await openSite({ VAPID_KEYS: pairs, SUBSCRIPTION_SECRET })
    expect([one, two].map((site) => site.ports.config.vapidKeys[0]?.publicKey)).toEqual([
      publicKey,
      other.publicKey,
    ])
  })
})

describe('a subscription', () => {
  test.for<[what: string, change: Record<string, string | string[]>, field: string]>([
    ['without an endpoint', { endpoint: '' }, 'endpoint'],
    ['at an unknown service', { endpoint: 'https://push.example/a' }, 'endpoint'],
    ['at this machine', { endpoint: 'http://localhost:9000/a' }, 'endpoint'],
    ['without keys', { p256dh: '' }, 'p256dh'],
    ['with a short secret', { auth: 'AAAA' }, 'p256dh'],
    ['with the key of another site', { server: publicKey }, 'server'],
    ['with nothing ticked', { selection: [] }, 'selection'],
    ['to an unknown section', { selection: 'sections/rien' }, 'selection'],
    ['with an unknown schedule', { when: 'hourly' }, 'when'],
    ['to too much', { selection: Array.from({ length: 51 }, (_, at) => `tags/${at}`) }, 'selection'],
  ])('%s is refused', async ([, change, field]) => {
    const site = await openPush()
    await site.put('un', { section: 'Monde' })
    const { fields } = await site.browser()
    const answer = await site.send('/push/subscriptions', {
      ...fields,
      selection: 'all',
      when: 'now',
      ...change,
    })
    expect(answer.status).toBe(422)
    const text = await answer.text()
    expect(JSON.parse(text).issues.map((one: { field: string }) => one.field)).toEqual([field])
    expect(text).not.toContain(fields.endpoint)
    const { results } = await env.DB.prepare('SELECT * FROM subscriber').all()
    expect(results).toEqual([])
  })

  test('on a local site may be at this machine', async () => {
    const local = { SITE_URL: 'http://localhost:8787', HUB_LOOPBACK: 'true' }
    const site = await openPush(local)
    await site.put('un', { section: 'Monde' })
    const one = await site.browser('http://localhost:9000/a')
    const answer = await site.send('/push/subscriptions', { ...one.fields, selection: 'all' })
    expect(answer.status).toBe(201)
  })

  test('of a browser that is subscribed already adds choices, keeps the page, and takes the new keys', async () => {
    const site = await openPush()
    await site.put('un', { section: 'Monde', tags: ['Ponts'] })
    const one = await site.subscribeIn('sections/monde', 'daily')
    const again = await site.browser(one.endpoint)
    const answer = await site.send('/push/subscriptions', {
      ...again.fields,
      selection: 'tags/ponts',
      when: 'now',
    })
    expect(await answer.json()).toEqual({ manage: one.manage })
    expect([answer.headers.get('Cache-Control'), answer.headers.get('Referrer-Policy')]).toEqual([
      'no-store',
      'no-referrer',
    ])
    const exported = await (await site.send(one.manage, { action: 'export' })).json()
    expect(exported).toMatchObject({
      channel: 'webpush',
      choices: [
        { selection: 'sections/monde', when: 'daily' },
        { selection: 'tags/ponts', when: 'now' },
      ],
    })
    site.wait(1000)
    await site.put('deux', { tags: ['Ponts'] })
    expect(await site.shown(again)).toHaveLength(1)
  })

  test('moves to the endpoint that replaces a former one, and to no other', async () => {
    const site = await openPush()
    await site.put('un', { section: 'Monde' })
    const one = await site.subscribeIn('all')
    const next = await site.browser()
    const move = (former: string) => site.send('/push/subscriptions', { ...next.fields, former })
    expect((await move('https://fcm.googleapis.com/unknown')).status).toBe(404)
    const moved = await move(one.endpoint)
    expect([moved.status, await moved.json()]).toEqual([201, { manage: one.manage }])
    expect((await move(one.endpoint)).status).toBe(201)
    site.wait(1000)
    await site.put('deux', {})
    expect(await site.shown(next)).toHaveLength(1)
    const { results } = await env.DB.prepare('SELECT count(*) AS n FROM subscriber').all()
    expect(results).toEqual([{ n: 1 }])
  })

  test('that moves to an endpoint which is subscribed already makes one subscription of both', async () => {
    const site = await openPush()
    await site.put('un', { section: 'Monde', tags: ['Ponts'] })
    const one = await site.subscribeIn('sections/monde')
    const two = await site.subscribeIn('tags/ponts', 'daily')
    site.wait(1000)
    const moved = await site.send('/push/subscriptions', { ...two.fields, former: one.endpoint })
    expect([moved.status, await moved.json()]).toEqual([201, { manage: two.manage }])
    const found = await site.notify.subscribers.known('webpush', two.endpoint)
    expect(found?.choices).toMatchObject([
      { selection: 'sections/monde', schedule: 'now' },
      { selection: 'tags/ponts', schedule: 'daily' },
    ])
    expect(await site.notify.subscribers.known('webpush', one.endpoint)).toBeUndefined()
    await site.put('deux', { section: 'Monde' })
    expect(await site.shown(two)).toHaveLength(1)
    expect((await site.send(two.manage, { action: 'end' })).status).toBe(200)
    expect((await env.DB.prepare('SELECT * FROM choice').all()).results).toEqual([])
  })

  test('that moves to an endpoint which is subscribed already is told there that what it shows was withdrawn', async () => {
    const site = await openPush()
    await site.put('un', { section: 'Monde', tags: ['Ponts'] })
    const one = await site.subscribeIn('sections/monde')
    const two = await site.subscribeIn('tags/ponts', 'daily')
    site.wait(1000)
    await site.put('deux', { section: 'Monde' })
    expect(await site.shown(one)).toHaveLength(1)
    await site.send('/push/subscriptions', { ...two.fields, former: one.endpoint })
    await site.call('DELETE', '/api/articles/deux')
    const shown = await site.shown(two)
    expect(shown.map(({ title }) => title)).toEqual(['Article retiré'])
  })

  test('that names its own endpoint as the former one changes nothing, and is told whether it is subscribed', async () => {
    const site = await openPush()
    await site.put('un', { section: 'Monde' })
    const one = await site.subscribeIn('all')
    const stored = async () => (await env.DB.prepare('SELECT * FROM subscriber').all()).results
    const before = await stored()
    const ask = () => site.send('/push/subscriptions', { ...one.fields, former: one.endpoint })
    expect((await ask()).status).toBe(201)
    expect(await stored()).toEqual(before)
    await site.send(one.manage, { action: 'end' })
    expect((await ask()).status).toBe(404)
  })

  test('that would have too many choices by moving is refused', async () => {
    const site = await openPush()
    const paths = (from: number) => Array.from({ length: 30 }, (_, at) => `t${from + at}`)
    for (const from of [100, 200]) await site.put(`un-${from}`, { tags: paths(from) })
    const [one, two] = [
      await site.subscribeIn(paths(100).map((tag) => `tags/${tag}`)),
      await site.subscribeIn(paths(200).map((tag) => `tags/${tag}`)),
    ]
    const refused = await site.send('/push/subscriptions', { ...two.fields, former: one.endpoint })
    expect(refused.status).toBe(422)
    expect((await site.notify.subscribers.known('webpush', one.endpoint))?.choices).toHaveLength(30)
  })

  test('is limited for each client, and for all browsers together', async () => {
    const site = await openPush()
    await site.put('un', { section: 'Monde' })
    const { fields } = await site.browser()
    const ask = () => site.send('/push/subscriptions', { ...fields, selection: 'all' })
    site.notify.mayAsk = async () => false
    expect((await ask()).status).toBe(429)
    site.notify.mayAsk = async () => true
    site.notify.subscribers.pushesSince = async () => 20_000
    const refused = await ask()
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '60'])
    site.notify.subscribers.pushesSince = async () => 19_999
    expect((await ask()).status).toBe(201)
  })
})

describe('the page of a subscription', () => {
  test('says that this browser is told, shows no endpoint, and changes no address', async () => {
    const site = await openPush()
    await site.put('un', { section: 'Monde' })
    const one = await site.subscribeIn('all')
    const page = await (await site.get(one.manage)).text()
    expect(page).toContain('Ce navigateur vous avise')
    expect(page).not.toContain(one.endpoint)
    expect(page).not.toContain('name="email"')
    const answer = await site.send(one.manage, { action: 'address', email: 'kim@example.com' })
    expect(answer.status).toBe(422)
  })

  test.for([
    ['end', 'Les notifications ont pris fin', 'Les notifications ont pris fin'],
    ['erase', 'Vos données sont effacées', 'Les notifications ont pris fin'],
  ] as const)(
    'by %s, it erases the endpoint, and the page ends it in the browser',
    async ([action, title, later]) => {
      const site = await openPush()
      await site.put('un', { section: 'Monde' })
      const one = await site.subscribeIn('all')
      const ended = await (await site.send(one.manage, { action })).text()
      expect(ended).toContain('data-push="ended"')
      expect(ended).toContain(`<h1>${title}</h1>`)
      expect(await (await site.get(one.manage)).text()).toContain(`<h1>${later}</h1>`)
      const { results } = await env.DB.prepare('SELECT * FROM subscriber').all()
      expect(JSON.stringify(results)).not.toMatch(/fcm\.googleapis|p256dh/)
      site.wait(1000)
      await site.put('deux', {})
      expect(await site.shown(one)).toEqual([])
    },
  )

  test('pauses and resumes', async () => {
    const site = await openPush()
    await site.put('un', { section: 'Monde' })
    const one = await site.subscribeIn('all')
    await site.send(one.manage, { action: 'pause' })
    site.wait(1000)
    await site.put('deux', {})
    expect(await site.shown(one)).toEqual([])
    await site.send(one.manage, { action: 'resume' })
    site.wait(1000)
    await site.put('trois', {})
    expect(await site.shown(one)).toHaveLength(1)
  })

  test('changes from a digest to at once, with what waits in a last digest, once', async () => {
    const site = await openPush()
    await site.put('un', { section: 'Monde' })
    const one = await site.subscribeIn('all', 'daily')
    site.wait(1000)
    await site.put('deux', { title: 'Deux' })
    expect(await site.shown(one)).toEqual([])
    site.wait(1000)
    await site.send(one.manage, { action: 'choose', selection: 'all', 'when.all': 'now' })
    const [last, ...others] = await site.shown(one)
    expect(JSON.stringify(last)).toContain('Deux')
    expect(others).toEqual([])
    const { results } = await env.DB.prepare('SELECT * FROM rest').all()
    expect(results).toEqual([])
  })

  test('an operator counts browsers, and erases one by its endpoint', async () => {
    const site = await openPush({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
    await site.put('un', { section: 'Monde' })
    const one = await site.subscribeIn('sections/monde')
    const report = await site.call('GET', '/api/subscriptions')
    const text = await report.text()
    expect(JSON.parse(text).choices).toEqual([
      {
        selection: 'sections/monde',
        article: '',
        slug: '',
        channel: 'webpush',
        schedule: 'now',
        subscribers: 1,
      },
    ])
    expect(text).not.toContain('fcm')
    const erased = await site.call('DELETE', '/api/subscriptions', { address: one.endpoint })
    expect(await erased.json()).toEqual({ erased: 1, requests: 0 })
    expect(
      (await site.call('DELETE', '/api/subscriptions', { address: 'https://push.example/a' })).status,
    ).toBe(422)
  })
})

describe('without mail', () => {
  test('pages offer the browser alone, and the form of mail is not taken', async () => {
    const site = await openPush()
    await site.put('un', { section: 'Monde' })
    delete site.notify.mail
    for (const path of ['/articles/un', '/subscribe']) {
      const page = await (await site.get(path)).text()
      expect(page, path).toContain('data-push=')
      expect(page, path).not.toContain('name="email"')
    }
    expect(await (await site.get('/')).text()).toContain('Dans ce navigateur')
    const form = { email: 'kim@example.com', selection: 'all' }
    expect((await site.send('/subscribe', form)).status).toBe(404)
  })

  test('what waits for a channel that is off is kept for three days', async () => {
    const site = await openPush()
    await site.put('un', { section: 'Monde' })
    await site.subscribe('kim@example.com', 'all')
    const one = await site.subscribeIn('all')
    site.wait(1000)
    await site.put('deux', {})
    const { mail } = site.notify
    delete site.notify.mail
    expect(await site.shown(one)).toHaveLength(1)
    if (mail) site.notify.mail = mail
    expect(await site.told()).toEqual(['kim@example.com Titre de deux'])
    site.wait(1000)
    await site.put('trois', {})
    delete site.notify.mail
    expect(await site.shown(one)).toHaveLength(1)
    site.wait(4 * 86_400_000)
    await site.sweep()
    if (mail) site.notify.mail = mail
    expect(await site.notify.subscribers.due()).toEqual({ email: 0, webpush: 0 })
  })
})
