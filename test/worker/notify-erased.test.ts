import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { eraseAllAgain } from '../../src/cli/erased-file.ts'
import { type ErasedAddress, type ErasedBucket, maxErasedAddresses } from '../../src/domain/erased.ts'
import { wordsIn } from '../../src/domain/language.ts'
import type { Told } from '../../src/domain/notify.ts'
import { hashOf } from '../../src/http/token.ts'
import type { Sent } from '../../src/notify/mail/transport.ts'
import { addressHash, linkToken } from '../../src/notify/token.ts'
import { erasedBucket, keepErasedIn, keepingErased } from '../../src/platform/erased.ts'
import { keepRows } from './database.ts'
import { type NotifySite, openNotify } from './notify-site.ts'
import { mailSettings, token } from './site.ts'

const kim = 'kim@example.com'
const lea = 'lea@example.com'
const noSuchAddress: Sent = {
  kind: 'refused',
  at: 'recipient',
  code: 550,
  status: '5.1.1',
  text: 'no such user',
}

/** A test site with the bucket; the bucket is empty at the beginning of each test. */
async function open(settings: Record<string, string> = {}, bucket = realBucket()): Promise<NotifySite> {
  const API_TOKENS = `tests:admin:${await hashOf(token)}`
  const site = await openNotify({ API_TOKENS, ...settings })
  const { ports, notify } = site
  ports.subscribers = keepingErased(ports.subscribers, bucket, ports.log)
  ports.erasedBucket = bucket
  notify.subscribers = ports.subscribers
  await site.put('un', { section: 'Monde' })
  return site
}

function realBucket(): ErasedBucket {
  const bucket = erasedBucket(env.ERASED, (_, work) => work)
  if (!bucket) throw new Error('The tests have no bucket')
  return bucket
}

const keys = async () => (await env.ERASED?.list())?.objects.map(({ key }) => key) ?? []

beforeEach(async () => {
  for (const key of await keys()) await env.ERASED?.delete(key)
})

/** The addresses of those who are told of something. */
async function addresses(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    'SELECT address FROM subscriber WHERE address IS NOT NULL ORDER BY address',
  ).all<{ address: string }>()
  return results.map(({ address }) => address)
}

/** Does what `npx kiosque restored` does: through the API, with what the Kiosque lists. */
async function applyAgain(site: NotifySite): Promise<number> {
  const read = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await site.call(method, path, body)
    expect([answer.status, answer.headers.get('Cache-Control')], path).toEqual([200, 'no-store'])
    return answer.json()
  }
  const path = '/api/subscriptions/erased'
  const { ended } = await eraseAllAgain(
    {
      async *erased() {
        let next: string | undefined = path
        while (next !== undefined) {
          const page: { erased: ErasedAddress[]; next?: string } = await read('GET', next)
          yield page.erased
          next = page.next
        }
      },
      async eraseAgain(erased) {
        const done = await read<{ erased: number; comments: number }>('POST', path, { erased })
        return { ended: done.erased, comments: done.comments }
      },
    },
    '/nonexistent/erased.ndjson',
  )
  return ended
}

const bounce = async (site: NotifySite, times: number) => {
  site.answer(({ to }) => (to === kim ? noSuchAddress : { kind: 'accepted' }))
  for (let at = 0; at < times; at++) {
    // A second refusal counts only an hour after the first.
    site.wait(3_600_000)
    await site.put(`refus-${at}`, { section: 'Monde' })
    await site.told()
  }
  // As cron does each minute.
  await keepErasedIn(realBucket(), site.ports.subscribers)
}

const erase = (site: NotifySite, address: string) => site.call('DELETE', '/api/subscriptions', { address })

/** What happens after the instant to which the database is restored, and who is told after `npx kiosque restored`. */
const cases: [
  what: string,
  meanwhile: (site: NotifySite, manage: string) => Promise<unknown>,
  who: string[],
][] = [
  ['nothing', async () => {}, [kim, lea]],
  ['she unsubscribed on her page', (site, manage) => site.send(manage, { action: 'end' }), [lea]],
  ['she erased herself', (site, manage) => site.send(manage, { action: 'erase' }), [lea]],
  [
    'she unsubscribed by one click',
    async (site) => {
      site.wait(60_000)
      await site.put('deux', { section: 'Monde' })
      await site.told()
      const mail = site.mails.findLast(({ to }) => to === kim)
      const [, path = ''] =
        /<https:\/\/kiosque\.example([^>]+)>/.exec(mail?.headers['List-Unsubscribe'] ?? '') ?? []
      expect((await site.send(path, 'List-Unsubscribe=One-Click')).status).toBe(200)
    },
    [lea],
  ],
  ['the operator erased her', (site) => erase(site, 'KIM@example.com'), [lea]],
  ['her address did not exist, twice', (site) => bounce(site, 2), [lea]],
  ['her address did not exist, once', (site) => bounce(site, 1), [kim, lea]],
  [
    'she changed her address',
    async (site, manage) => {
      await site.send(manage, { action: 'address', email: 'kim@autre.example' })
      await site.drain()
      const [link = ''] = site.mails.at(-1)?.links.filter((one) => one.startsWith('/subscriptions/')) ?? []
      await site.send(link, '')
      expect(await addresses()).toEqual(['kim@autre.example', lea])
    },
    [kim, lea],
  ],
  [
    'she unsubscribed, and subscribed again',
    async (site, manage) => {
      await site.send(manage, { action: 'end' })
      site.wait(2 * 3_600_000)
      await site.subscribe(kim, 'all')
    },
    [lea],
  ],
  ['she paused', (site, manage) => site.send(manage, { action: 'pause' }), [kim, lea]],
  [
    'she chose nothing else',
    (site, manage) => site.send(manage, { action: 'choose', selection: 'all' }),
    [kim, lea],
  ],
]

describe('after a restore of the database', () => {
  test.each(cases)('when %s', async (_, meanwhile, who) => {
    const site = await open()
    const manage = await site.subscribe(kim, 'sections/monde')
    await site.subscribe(lea, 'sections/monde')
    site.wait(1000)
    const travel = await keepRows()
    await meanwhile(site, manage)
    await travel()
    expect(await addresses()).toEqual([kim, lea])
    site.wait(1000)
    const ended = await applyAgain(site)
    expect(await addresses()).toEqual(who)
    expect(ended).toBe(2 - who.length)
    expect(await applyAgain(site), 'the second time').toBe(0)
    expect(await addresses()).toEqual(who)
  })

  test('who subscribed again before the instant of the restore stays', async () => {
    const site = await open()
    const manage = await site.subscribe(kim, 'all')
    site.wait(1000)
    await site.send(manage, { action: 'end' })
    site.wait(2 * 3_600_000)
    await site.subscribe(kim, 'all')
    const travel = await keepRows()
    await travel()
    expect(await applyAgain(site)).toBe(0)
    expect(await addresses()).toEqual([kim])
  })

  test('a request that waits for its confirmation is erased with the address, and cannot be confirmed', async () => {
    const site = await open()
    await site.send('/subscribe', { email: kim, selection: 'all' })
    await site.drain()
    const [link = ''] = site.mails.at(-1)?.links.filter((one) => one.startsWith('/subscriptions/')) ?? []
    site.wait(1000)
    const travel = await keepRows()
    await erase(site, kim)
    await travel()
    await applyAgain(site)
    expect(await (await site.send(link, '')).text()).toContain(wordsIn('fr').notify.erasedRequest.title)
    expect(await addresses()).toEqual([])
  })

  const [former, present] = ['a'.repeat(32), 'b'.repeat(32)]
  test.each([
    ['a present secret and a former one', `${present},${former}`],
    ['a present secret alone', present],
  ])('the hash of a former secret counts, if the site has %s', async (_, secrets) => {
    const before = await open({ SUBSCRIPTION_SECRET: former })
    await before.subscribe(kim, 'all')
    const after = await open({ SUBSCRIPTION_SECRET: secrets })
    after.wait(3_600_000)
    const travel = await keepRows()
    await erase(after, kim)
    await travel()
    expect(await addresses()).toEqual([kim])
    await applyAgain(after)
    expect(await addresses()).toEqual([])
  })

  test('an address that had no subscriber when it was erased is erased with each secret', async () => {
    const site = await open({ SUBSCRIPTION_SECRET: `${present},${former}` })
    await erase(site, 'Kim@Example.com')
    const hashes = await Promise.all([present, former].map((secret) => addressHash(secret, kim)))
    expect((await site.ports.subscribers.listErased('')).map(({ hash }) => hash)).toEqual(hashes.sort())
  })
})

test.each<[what: string, told: Told, listed: number]>([
  ['an endpoint that is gone', { kind: 'gone' }, 0],
  ['an address that does not exist, the second time', { kind: 'no-address', failure: '550 5.1.1' }, 1],
])('%s ends, and cron keeps what is listed', async (_, told, listed) => {
  const site = await open()
  await site.subscribe(kim, 'all')
  await env.DB.prepare('UPDATE subscriber SET failures = 1').run()
  const { subscribers } = await site.ports.subscribers.exportSubscribers(0)
  const found = await site.notify.subscribers.find(subscribers[0]?.id ?? '')
  if (found?.state !== 'active') throw new Error('no subscriber')
  await site.notify.subscribers.record(
    { subscriber: found, happening: { kind: 'published', article: 'x' }, since: 0 },
    told,
  )
  expect(await addresses()).toEqual([])
  expect(await keys()).toEqual([])
  await keepErasedIn(realBucket(), site.ports.subscribers)
  expect(await keys()).toHaveLength(listed)
})

test.each([
  ['the save alone', async () => {}],
  ['whom to tell', (site: NotifySite) => site.notify.subscribers.settle()],
])(
  'after a restore to an instant at which the database knew %s, nobody is told a second time',
  async (_, before) => {
    const site = await open()
    await site.subscribe(kim, 'sections/monde')
    site.wait(1000)
    await site.put('deux', { section: 'Monde' })
    await before(site)
    const travel = await keepRows()
    await site.sweep()
    const told = site.mails.length
    expect(site.mails.at(-1)?.headers.Subject).toContain('Titre de deux')
    await travel()
    site.wait(1000)
    expect((await site.call('POST', '/api/restored')).status).toBe(200)
    await site.sweep()
    expect(site.mails.length).toBe(told)
  },
)

test('after a restore to the minute before a digest, it is not sent again, and the next one has what comes then', async () => {
  const site = await open()
  await site.subscribe(kim, 'sections/monde', 'daily')
  site.wait(1000)
  await site.put('deux', { section: 'Monde' })
  site.at('2024-06-20T11:05:00Z')
  const travel = await keepRows()
  await site.sweep()
  const told = site.mails.length
  expect(site.mails.at(-1)?.text).toContain('Titre de deux')
  await travel()
  site.wait(60_000)
  await site.call('POST', '/api/restored')
  await site.sweep()
  expect(site.mails.length).toBe(told)
  site.wait(1000)
  await site.put('trois', { section: 'Monde' })
  site.at('2024-06-21T11:05:00Z')
  await site.sweep()
  expect(site.mails.length).toBe(told + 1)
  expect(site.mails.at(-1)?.text).toContain('Titre de trois')
  expect(site.mails.at(-1)?.text).not.toContain('Titre de deux')
})

test('an address in two letter cases is one person: one end ends both, and both stay so', async () => {
  const site = await open()
  const manage = await site.subscribe('Kim@example.com', 'all')
  site.wait(2 * 3_600_000)
  await site.subscribe(kim, 'all')
  site.wait(1000)
  await site.send(manage, { action: 'end' })
  expect(await addresses()).toEqual([])
})

describe('the bucket', () => {
  const failing = { add: () => Promise.reject(new Error('no answer')), list: async () => [] }

  test('has the hash directly after the end, and no address', async () => {
    const site = await open()
    const manage = await site.subscribe(kim, 'all')
    await site.send(manage, { action: 'end' })
    const at = site.ports.clock()
    expect(await keys()).toEqual([`erased/${await addressHash(mailSettings.SUBSCRIPTION_SECRET, kim)}/${at}`])
  })

  test('that fails lets people unsubscribe, and gets the hash from cron', async () => {
    const site = await open({}, failing)
    const manage = await site.subscribe(kim, 'all')
    expect((await site.send(manage, { action: 'end' })).status).toBe(200)
    expect(site.logged).toContain('erasure-not-kept')
    expect(await addresses()).toEqual([])
    await expect(keepErasedIn(failing, site.ports.subscribers)).rejects.toThrow('no answer')
    await keepErasedIn(realBucket(), site.ports.subscribers)
    expect(await keys()).toHaveLength(1)
    expect(await site.ports.subscribers.unkeptErased(1)).toEqual([])
  })

  test('an address that is erased again while its hash is written is written again', async () => {
    const site = await open({}, failing)
    const { subscribers } = site.ports
    const erased = { hash: 'h'.repeat(43), at: 1 }
    await subscribers.eraseAgain([erased])
    await subscribers.eraseAgain([{ ...erased, at: 2 }])
    await subscribers.markErasedKept([erased])
    expect(await subscribers.unkeptErased(10)).toEqual([{ ...erased, at: 2 }])
  })
})

test('a list of more than one page is complete, in the database and in the bucket', async () => {
  const site = await open()
  const all = Array.from({ length: maxErasedAddresses + 5 }, (_, at): ErasedAddress => {
    return { hash: `${at}`.padStart(43, '0'), at: at + 1 }
  })
  for (let at = 0; at < all.length; at += maxErasedAddresses)
    await site.ports.subscribers.eraseAgain(all.slice(at, at + maxErasedAddresses))
  await env.ERASED?.put(`erased/${'z'.repeat(43)}/7`, '')
  await env.ERASED?.put('erased/other', '')
  const found: ErasedAddress[] = []
  for (let next: string | undefined = '/api/subscriptions/erased'; next !== undefined; ) {
    const page: { erased: ErasedAddress[]; next?: string } = await (await site.call('GET', next)).json()
    found.push(...page.erased)
    next = page.next
  }
  expect(found).toEqual([...all, { hash: 'z'.repeat(43), at: 7 }])
})

test.each<[what: string, body: unknown, status: number]>([
  ['no list', {}, 422],
  ['too many', { erased: Array(maxErasedAddresses + 1).fill({ hash: 'a'.repeat(43), at: 1 }) }, 422],
  ['an address instead of a hash', { erased: [{ hash: kim, at: 1 }] }, 422],
  ['an instant that is no number', { erased: [{ hash: 'a'.repeat(43), at: '2024' }] }, 422],
  ['nothing', { erased: [] }, 200],
])('a request to erase %s again', async (_, body, status) => {
  const site = await open()
  expect((await site.call('POST', '/api/subscriptions/erased', body)).status).toBe(status)
})

test('hashes are forgotten after 400 days', async () => {
  const site = await open()
  await erase(site, kim)
  const { subscribers } = site.ports
  const day = 86_400_000
  site.wait(400 * day - 1)
  await subscribers.expire()
  expect(await subscribers.listErased('')).toHaveLength(1)
  site.wait(1)
  await subscribers.expire()
  expect(await subscribers.listErased('')).toEqual([])
})

test('the links of who ended again say so', async () => {
  const site = await open()
  await site.subscribe(kim, 'all')
  const [row] = (
    await env.DB.prepare('SELECT id, version FROM subscriber').all<{ id: string; version: number }>()
  ).results
  site.wait(1000)
  await site.ports.subscribers.eraseAgain([
    { hash: await addressHash(mailSettings.SUBSCRIPTION_SECRET, kim), at: site.ports.clock() },
  ])
  const link = await linkToken([mailSettings.SUBSCRIPTION_SECRET], row ?? { id: '', version: 1 }, 'manage')
  const page = await site.get(`/subscriptions/${link}`)
  expect(page.status).toBe(200)
  expect(await page.text()).not.toContain(kim)
})
