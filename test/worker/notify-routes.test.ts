import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { hashOf } from '../../src/http/token.ts'
import { makeVapidKeys } from '../../src/notify/push/vapid.ts'
import { openNotify } from './notify-site.ts'
import { mailSettings, openSite, token } from './site.ts'

const address = 'kim@example.com'
const vapid = await makeVapidKeys()

describe('without the settings of mail', () => {
  const paths = ['/subscribe', '/subscriptions/a', `/subscriptions/${'a'.repeat(43)}`]

  test('the addresses are those of nothing, and no page names them', async () => {
    const site = await openSite()
    await site.put('un', { section: 'Monde' })
    const unknown = await site.get('/nulle-part')
    for (const path of paths)
      for (const method of ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS']) {
        const answer = await site.get(path, {}, method)
        const same = await site.get('/nulle-part', {}, method)
        expect([answer.status, answer.headers.get('Allow')], `${method} ${path}`).toEqual([same.status, null])
      }
    expect(unknown.status).toBe(404)
    for (const path of ['/', '/articles/un', '/feeds', '/sections/monde'])
      expect(await (await site.get(path)).text(), path).not.toContain('/subscribe')
  })

  test('the addresses of the API about people are those of nothing, but for whoever has a token', async () => {
    const site = await openSite()
    const operations = [
      ['/api/subscriptions', ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS']],
      ['/api/subscriptions/erased', ['GET', 'POST', 'OPTIONS']],
      ['/api/subscriptions/backup', ['GET', 'POST', 'OPTIONS']],
    ] as const
    for (const [path, methods] of operations)
      for (const method of methods) {
        const answer = await site.get(path, { Authorization: 'Bearer wrong' }, method)
        expect([answer.status, answer.headers.get('Allow')], `${method} ${path}`).toEqual([404, null])
      }
    // The token of the tests has another scope.
    expect((await site.call('GET', '/api/subscriptions')).status).toBe(403)
  })

  test.each(Object.keys(mailSettings).filter((name) => name !== 'TIME_ZONE'))(
    'with all but %s, the answer is 503 and names it, and feeds go on',
    async (name) => {
      const site = await openSite({ ...mailSettings, [name]: '' })
      await site.put('un', { section: 'Monde' })
      for (const path of paths) {
        const answer = await site.get(path)
        expect(answer.status, path).toBe(503)
        expect(await answer.text(), path).toContain(name)
      }
      expect((await site.get('/feed.rss')).status).toBe(200)
      expect(await (await site.get('/articles/un')).text()).not.toContain('/subscribe')
    },
  )
})

test.each<[what: string, settings: Record<string, string>, is: boolean]>([
  ['no setting of mail or Web Push', {}, false],
  ['the secret of links alone', { SUBSCRIPTION_SECRET: mailSettings.SUBSCRIPTION_SECRET }, false],
  ['mail', mailSettings, true],
  ['mail without the postal address', { ...mailSettings, SITE_POSTAL: '' }, true],
  ['keys of Web Push', { VAPID_KEYS: `${vapid.publicKey}.${vapid.privateKey}` }, true],
])(
  'with %s, the description of the API names the operations about people only if the site tells people',
  async (_, settings, is) => {
    const site = await openSite(settings)
    const text = await (await site.get('/api/openapi.json')).text()
    expect(text.includes('/api/subscriptions')).toBe(is)
    const { schemas } = JSON.parse(text).components
    expect('Subscriptions' in schemas).toBe(is)
    const named = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name)
    expect(named.filter((name) => !(name in schemas))).toEqual([])
  },
)

describe('with the settings of mail', () => {
  test('pages offer the form, and the policy of an article’s page allows it', async () => {
    const site = await openNotify()
    await site.put('un', { section: 'Monde' })
    for (const path of ['/', '/articles/un', '/feeds', '/sections/monde'])
      expect(await (await site.get(path)).text(), path).toContain('/subscribe')
    const { headers } = await site.get('/articles/un')
    expect(headers.get('Content-Security-Policy')).toContain("form-action 'self'")
    const feeds = await site.get('/feed.rss')
    expect(await feeds.text()).not.toContain('/subscribe')
  })

  test('the page of the form answers GET, HEAD and OPTIONS, and refuses other methods', async () => {
    const site = await openNotify()
    await site.put('un', { section: 'Monde' })
    const page = await site.get('/subscribe')
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('sections/monde')
    expect((await site.get('/subscribe', {}, 'HEAD')).status).toBe(200)
    expect((await site.get('/subscribe', {}, 'OPTIONS')).headers.get('Allow')).toBe(
      'GET, HEAD, OPTIONS, POST',
    )
    expect((await site.get('/subscribe', {}, 'DELETE')).status).toBe(405)
    const known = { 'If-None-Match': page.headers.get('ETag') ?? '' }
    expect((await site.get('/subscribe', known)).status).toBe(304)
    site.wait(2000)
    const caching = async (path: string) => {
      const { headers } = await site.get(path)
      return ['Cache-Control', 'Cloudflare-CDN-Cache-Control', 'Vary'].map((name) => headers.get(name))
    }
    expect(await caching('/subscribe')).toEqual(await caching('/feeds'))
    expect(String(await caching('/subscribe'))).toContain('stale-if-error')
    await site.put('deux', { section: 'Nouvelle section' })
    site.wait(2000)
    const changed = await site.get('/subscribe', known)
    expect([changed.status, /Nouvelle section/.test(await changed.text())]).toEqual([200, true])
    const slashed = await site.get('/subscribe/')
    expect([slashed.status, slashed.headers.get('Location')]).toEqual([
      301,
      'https://kiosque.example/subscribe',
    ])
  })

  test.each([
    ['', 'fr-CA', 'S’inscrire par courriel'],
    ['?lang=fr-CA', 'fr-CA', 'S’inscrire par courriel'],
    ['?lang=en-CA', 'en-CA', 'Subscribe by email'],
    ['?lang=DE_at', 'de-AT', 'Per E-Mail abonnieren'],
    ['?lang=it', 'it', 'Subscribe by email'],
    ['?lang=%22%3E%3Cb%3E', 'fr-CA', 'S’inscrire par courriel'],
    [`?lang=en-${'a'.repeat(200)}`, 'fr-CA', 'S’inscrire par courriel'],
  ])(
    'the form at /subscribe%s is in the language %s, and so is what it sends',
    async (query, language, title) => {
      const site = await openNotify()
      await site.put('un', { section: 'Monde' })
      await site.get('/subscribe?lang=sv')
      const answer = await site.get(`/subscribe${query}`)
      const page = await answer.text()
      expect(page).toContain(`<html lang="${language}"`)
      expect(page).toContain(`<h1>${title}</h1>`)
      expect(page).toContain(`<input type="hidden" name="language" value="${language}"/>`)
      const caching = (headers: Headers) =>
        ['Cache-Control', 'Vary', 'Set-Cookie'].map((name) => headers.get(name))
      expect(caching(answer.headers)).toEqual(caching((await site.get('/subscribe')).headers))
    },
  )

  test.each<[what: string, change: (token: string) => string]>([
    ['nothing', () => 'a'],
    ['a request that was never made', () => 'a'.repeat(43)],
    ['another subscriber', (token) => `${'a'.repeat(22)}${token.slice(22)}`],
    ['a changed hash', (token) => `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`],
    ['a cut hash', (token) => token.slice(0, -1)],
  ])('the token of %s shows and changes nothing', async (_, change) => {
    const site = await openNotify()
    await site.put('un', { section: 'Monde' })
    const manage = await site.subscribe(address, 'all')
    const token = change(manage.slice('/subscriptions/'.length))
    const path = `/subscriptions/${token}`
    for (const answer of [await site.get(path), await site.send(path, { action: 'erase' })]) {
      expect([404, 410], path).toContain(answer.status)
      expect(answer.headers.get('Referrer-Policy'), path).toBe('no-referrer')
      expect(await answer.text(), path).not.toContain(address)
    }
    expect(await (await site.get(manage)).text()).toContain(address)
  })

  test('a link that only ends the subscription does nothing else', async () => {
    const site = await openNotify()
    await site.put('un', { section: 'Monde' })
    const manage = await site.subscribe(address, 'all')
    site.wait(1000)
    await site.put('deux', { section: 'Monde' })
    await site.told()
    const end =
      site.mails.at(-1)?.headers['List-Unsubscribe']?.slice('<https://kiosque.example'.length, -1) ?? ''
    expect(end).not.toBe(manage)
    expect(await (await site.get(end)).text()).not.toContain(address)
    await site.send(end, { action: 'export' })
    const page = await (await site.get(manage)).text()
    expect(page).not.toContain(address)
  })

  test('links that a former secret has signed are valid, and those of another secret are not', async () => {
    const site = await openNotify()
    await site.put('un', { section: 'Monde' })
    const manage = await site.subscribe(address, 'all')
    const [former] = site.notify.secrets
    site.notify.secrets = ['a-newer-secret-of-the-tests-of-32-characters', former]
    expect((await site.get(manage)).status).toBe(200)
    site.notify.secrets = ['a-newer-secret-of-the-tests-of-32-characters']
    expect((await site.get(manage)).status).toBe(404)
  })

  test('the page of a subscription changes, exports and moves it', async () => {
    const site = await openNotify()
    await site.put('un', { section: 'Monde', tags: ['Ponts'] })
    const manage = await site.subscribe(address, ['sections/monde', 'corrections/un'], 'daily')
    const exported = async () => (await site.send(manage, { action: 'export' })).json()
    expect(await exported()).toMatchObject({
      address,
      state: 'active',
      choices: [
        { selection: 'corrections/un', when: 'now' },
        { selection: 'sections/monde', title: 'Monde', when: 'daily' },
      ],
    })
    const saved = await site.send(manage, {
      action: 'choose',
      selection: ['sections/monde', 'tags/ponts'],
      'when.sections/monde': 'weekly',
      when: 'now',
    })
    expect(saved.headers.get('Location')).toBe(`${manage}?done=saved`)
    expect(await exported()).toMatchObject({
      choices: [
        { selection: 'sections/monde', when: 'weekly' },
        { selection: 'tags/ponts', when: 'now' },
      ],
    })
    const none = await site.send(manage, { action: 'choose' })
    expect([none.status, await none.text()]).toEqual([422, expect.stringContaining('Rien n’a changé')])
    expect((await site.send(manage, { action: 'pause' })).headers.get('Location')).toBe(
      `${manage}?done=paused`,
    )
    expect((await site.send(manage, { action: 'nothing' })).status).toBe(422)
    expect((await site.send(manage, { action: 'address', email: 'lea@' })).status).toBe(422)

    await site.send(manage, { action: 'address', email: 'lea@example.com' })
    await site.drain()
    expect(site.mails.at(-1)?.to).toBe('lea@example.com')
    expect(await exported()).toMatchObject({ address })
    const link = site.link()
    const moved = await site.send(link, '')
    expect(moved.status).toBe(303)
    // The links in mails to the former address are invalid, because somebody else may read these mails.
    expect((await site.get(manage)).status).toBe(404)
    const present = moved.headers.get('Location')?.split('?')[0] ?? ''
    expect(await (await site.send(present, { action: 'export' })).json()).toMatchObject({
      address: 'lea@example.com',
    })
  })

  test('too many forms of a client are refused, but the POST of a mail provider is not', async () => {
    const site = await openNotify()
    await site.put('un', { section: 'Monde' })
    await site.subscribe(address, 'all')
    site.wait(1000)
    await site.put('deux', {})
    await site.told()
    const end =
      site.mails.at(-1)?.headers['List-Unsubscribe']?.slice('<https://kiosque.example'.length, -1) ?? ''
    site.notify.mayAsk = async () => false
    const form = { email: 'lea@example.com', selection: 'all' }
    const refused = await site.send('/subscribe', form)
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '60'])
    expect((await site.send(end, 'List-Unsubscribe=One-Click')).status).toBe(200)
  })
})

describe('an operator', () => {
  const open = async () => {
    const site = await openNotify({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
    await site.put('un', { section: 'Monde' })
    return site
  }

  test('sees how many people are told of what, and no address', async () => {
    const site = await open()
    for (const one of [address, 'lea@example.com'])
      await site.subscribe(one, ['sections/monde', 'corrections/un'], 'daily')
    await site.send('/subscribe', { email: 'max@example.com', selection: 'all' })
    const answer = await site.call('GET', '/api/subscriptions')
    const text = await answer.text()
    expect(text).not.toContain('@')
    expect(JSON.parse(text)).toEqual({
      choices: [
        {
          ...{
            channel: 'email',
            selection: 'corrections',
            article: expect.stringContaining('un'),
            slug: 'un',
          },
          ...{ schedule: 'now', subscribers: 2 },
        },
        {
          ...{ channel: 'email', selection: 'sections/monde', article: '', slug: '' },
          ...{ schedule: 'daily', subscribers: 2 },
        },
      ],
      ...{ waiting: 0, optIns: 1, paused: 0, failing: [], failedOptIns: [], capped: 0, holds: [] },
    })
  })

  test('erases a person by the address in any letter case, and also a request that waits', async () => {
    const site = await open()
    const manage = await site.subscribe(address, 'all')
    await site.send('/subscribe', { email: 'max@example.com', selection: 'all' })
    const erase = async (of: unknown) => {
      const answer = await site.call('DELETE', '/api/subscriptions', { address: of })
      const { erased, requests } = (await answer.json()) as { erased?: number; requests?: number }
      return [answer.status, erased, requests]
    }
    expect(await erase('Kim@Example.com ')).toEqual([200, 1, 0])
    expect(await erase('MAX@example.com')).toEqual([200, 0, 1])
    expect(await erase('max@example.com')).toEqual([200, 0, 0])
    expect(await erase('kim')).toEqual([422, undefined, undefined])
    expect(await erase(5)).toEqual([422, undefined, undefined])
    const before = site.mails.length
    await site.drain()
    expect(site.mails.slice(before)).toEqual([])
    expect(await (await site.get(manage)).text()).not.toContain(address)
    const dump = await Promise.all(
      ['subscriber', 'opt_in', 'choice', 'notification'].map((table) =>
        env.DB.prepare(`SELECT * FROM ${table}`).all(),
      ),
    )
    expect(JSON.stringify(dump.map(({ results }) => results))).not.toContain('example.com')
  })

  test('needs the scope admin', async () => {
    const site = await openNotify()
    expect((await site.call('GET', '/api/subscriptions')).status).toBe(403)
    expect((await site.call('DELETE', '/api/subscriptions', { address })).status).toBe(403)
  })
})
