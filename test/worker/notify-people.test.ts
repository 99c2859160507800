import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { rfc3339 } from '../../src/domain/instant.ts'
import { maxLaterConsents, type Proof } from '../../src/domain/notify.ts'
import { isLine, parseSubscriberLine } from '../../src/domain/subscriber-line.ts'
import { openPush, type PushSite } from './push-site.ts'

const hour = 3_600_000

let site: PushSite

beforeEach(async () => {
  site = await openPush()
  await site.put('avant', { section: 'Monde', tags: ['Ponts'], title: 'Avant' })
})

const subscribers = async (): Promise<string[]> => {
  const { results } = await env.DB.prepare(
    'SELECT address FROM subscriber WHERE address IS NOT NULL ORDER BY number',
  ).all<{ address: string }>()
  return results.map(({ address }) => address)
}

/** Subscribes a person more than an hour after the last request, and returns the path of the page of the subscription. */
async function subscribe(email: string, selection: string | string[]): Promise<string> {
  site.wait(hour + 1)
  return site.subscribe(email, selection)
}

describe('an address in whatever letter case is one subscriber', () => {
  test('who confirms again has the choices of both, and mails go to the address as it is written now', async () => {
    const first = await subscribe('Kim@example.com', 'sections/monde')
    const second = await subscribe('kim@Example.com', 'tags/ponts')
    expect(second).toBe(first)
    expect(await subscribers()).toEqual(['kim@example.com'])
    site.wait(1000)
    await site.put('un', { section: 'Monde', tags: ['Ponts'], title: 'Un' })
    expect(await site.told()).toEqual(['kim@example.com Un'])
  })

  test('who asks for the same again gets the mail that says so', async () => {
    const manage = await subscribe('Kim@example.com', 'sections/monde')
    site.wait(hour + 1)
    await site.send('/subscribe', { email: 'KIM@example.com', selection: 'sections/monde', when: 'now' })
    await site.drain()
    expect(site.mails.at(-1)?.to).toBe('KIM@example.com')
    expect(site.mails.at(-1)?.links).toContain(manage)
  })

  test('a change of the address to other letters of it ends nobody, and lists nothing as erased', async () => {
    const manage = await subscribe('Kim@example.com', 'sections/monde')
    site.wait(hour + 1)
    await site.move(manage, 'kim@example.com')
    expect(await subscribers()).toEqual(['kim@example.com'])
    expect((await env.DB.prepare('SELECT * FROM erased').all()).results).toEqual([])
  })

  test('a change of the address to that of another subscriber makes one of both', async () => {
    await subscribe('Lea@example.com', 'all')
    const manage = await subscribe('kim@example.com', 'sections/monde')
    site.wait(hour + 1)
    await site.move(manage, 'lea@example.com')
    expect(await subscribers()).toEqual(['lea@example.com'])
  })

  test('two rows of an earlier version stay as they are, and a request belongs to the one with the same letters', async () => {
    const first = await subscribe('kim@example.com', 'sections/monde')
    await env.DB.prepare(
      `INSERT INTO subscriber (id, channel, address, address_hash, language, state, created, proof)
       VALUES ('${'k'.repeat(22)}', 'email', 'Kim@example.com', '${'h'.repeat(43)}', 'fr', 'active', 1, '{"at":1,"words":"oui"}')`,
    ).run()
    const second = await subscribe('Kim@example.com', 'tags/ponts')
    expect(second).not.toBe(first)
    expect(await subscribe('kim@example.com', 'tags/ponts')).toBe(first)
    expect(await subscribe('KIM@example.com', 'all')).toBe(first)
    expect(await subscribers()).toEqual(['KIM@example.com', 'Kim@example.com'])
  })

  test('a subscriber of a backup is not restored beside one with the same address', async () => {
    await subscribe('Kim@example.com', 'sections/monde')
    const { subscribers: lines } = await site.ports.subscribers.exportSubscribers(0)
    const [line] = lines
    if (line?.state !== 'active') throw new Error('no line')
    const other = { ...line, id: 'o'.repeat(22), address: 'kim@example.com' }
    expect(await site.ports.subscribers.restoreSubscribers([other])).toMatchObject({
      restored: 0,
      unchanged: 1,
    })
  })
})

const proofOf = async (channel: 'email' | 'webpush', address: string): Promise<Proof | undefined> =>
  (await site.notify.subscribers.known(channel, address))?.proof

const monde = { selection: 'sections/monde', schedule: 'now' }
const ponts = { selection: 'tags/ponts', schedule: 'daily' }

describe('the proof of consent', () => {
  test('has the choices, and a second confirmation is kept beside the first', async () => {
    const address = 'kim@example.com'
    await subscribe(address, ['sections/monde', 'corrections/avant'])
    const first = await proofOf('email', address)
    expect(first?.choices).toEqual([
      monde,
      { selection: 'corrections', article: expect.stringContaining('avant'), schedule: 'now' },
    ])
    expect(first?.words).toContain('courriel')
    site.wait(hour + 1)
    await site.subscribe(address, 'tags/ponts', 'daily')
    const { later, ...kept } = (await proofOf('email', address)) ?? {}
    expect(kept).toEqual(first)
    expect(later).toEqual([{ at: site.ports.clock(), words: first?.words, choices: [ponts] }])
  })

  test('has the words that the page of the confirmation shows, also after a form that shows none', async () => {
    await site.send('/subscribe', { email: 'own@example.com', selection: 'sections/monde', language: 'de' })
    await site.drain()
    const page = await (await site.get(site.link())).text()
    await site.send(site.link(), '')
    const sentences = (await proofOf('email', 'own@example.com'))?.words.split('\n') ?? []
    expect(sentences.length).toBeGreaterThan(3)
    for (const sentence of sentences) expect(page, sentence).toContain(`<p>${sentence}</p>`)
  })

  test('of a browser that subscribes again has the new words and choices too, and does not grow without end', async () => {
    const { fields, endpoint } = await site.subscribeIn('sections/monde')
    const first = await proofOf('webpush', endpoint)
    expect(first?.choices).toEqual([monde])
    for (let times = 0; times <= maxLaterConsents; times++) {
      site.wait(1000)
      const form = { ...fields, selection: 'tags/ponts', when: 'daily', language: 'en' }
      expect((await site.send('/push/subscriptions', form)).status, `time ${times}`).toBe(201)
    }
    const proof = await proofOf('webpush', endpoint)
    expect(proof).toMatchObject(first ?? {})
    expect(proof?.later).toHaveLength(maxLaterConsents)
    expect(proof?.later?.at(-1)).toMatchObject({ at: site.ports.clock(), choices: [ponts] })
    expect(proof?.later?.at(-1)?.words).toContain('browser')
  })

  test('is in a backup, and comes back with it', async () => {
    await subscribe('kim@example.com', 'sections/monde')
    await subscribe('kim@example.com', 'tags/ponts')
    const { subscribers: lines } = await site.ports.subscribers.exportSubscribers(0)
    await env.DB.batch(['subscriber', 'choice'].map((table) => env.DB.prepare(`DELETE FROM ${table}`)))
    const parsed = lines.map(parseSubscriberLine)
    expect(await site.ports.subscribers.restoreSubscribers(parsed.filter(isLine))).toMatchObject({
      restored: 1,
    })
    expect((await proofOf('email', 'kim@example.com'))?.later).toHaveLength(1)
  })
})

test.each<[what: string, proof: unknown, is: boolean]>([
  ['of an earlier version', { at: 1, words: 'oui' }, true],
  ['with a later consent', { at: 1, words: 'oui', later: [{ at: 2, words: 'oui', choices: [monde] }] }, true],
  ['with choices that are none', { at: 1, words: 'oui', choices: [{ selection: 5 }] }, false],
  ['with later consents that are no list', { at: 1, words: 'oui', later: 5 }, false],
  ['with a later consent without words', { at: 1, words: 'oui', later: [{ at: 2 }] }, false],
  [
    'with too many later consents',
    { at: 1, words: 'oui', later: Array(21).fill({ at: 2, words: '' }) },
    false,
  ],
])('a proof %s in a backup', async (_, proof, is) => {
  await subscribe('kim@example.com', 'sections/monde')
  const { subscribers: lines } = await site.ports.subscribers.exportSubscribers(0)
  expect(isLine(parseSubscriberLine({ ...lines[0], proof }))).toBe(is)
})

describe('what a person gets who exports the data', () => {
  const exported = async (manage: string) => (await site.send(manage, { action: 'export' })).json()

  test('by mail: consents, the last mail, failures, what waits, and requests', async () => {
    const manage = await subscribe('kim@example.com', ['sections/monde', 'corrections/avant'])
    site.wait(1000)
    await site.put('un', { section: 'Monde' })
    await site.told()
    const told = new Date(site.ports.clock()).toISOString().replace(/\.000Z$|Z$/, '')
    site.wait(1000)
    await site.put('deux', { section: 'Monde' })
    site.answer(() => ({ kind: 'refused', at: 'other', code: 451, text: 'kim@example.com' }))
    await site.told()
    await site.send(manage, { action: 'address', email: 'lea@example.com' })
    const all = (await exported(manage)) as Record<string, unknown>
    expect(all).toMatchObject({
      id: manage.slice('/subscriptions/'.length).split('.')[0],
      version: 1,
      channel: 'email',
      address: 'kim@example.com',
      failures: { count: 0, last: '451' },
      keptWithoutValue: ['address hash'],
      consent: { choices: [{ selection: 'sections/monde', title: 'Monde', when: 'now' }, {}] },
      laterConsents: [],
      waiting: [{ event: expect.stringMatching(/^published\/.*deux$/) }],
      requests: [
        { address: 'kim@example.com', isDone: true },
        { address: 'lea@example.com', isDone: false, choices: [] },
      ],
    })
    expect(String(all.told).slice(0, 19)).toBe(told.slice(0, 19))
    expect(all.confirmed).toBe(all.created)
  })

  test('since when there is a pause, since when the address is refused, and that hashes of former addresses are kept', async () => {
    const manage = await subscribe('kim@example.com', 'sections/monde')
    const moved = await site.move(manage, 'lea@example.com')
    site.wait(1000)
    await site.put('un', { section: 'Monde' })
    site.answer(() => ({ kind: 'refused', at: 'recipient', code: 550, status: '5.1.1', text: '' }))
    await site.told()
    const refused = site.ports.clock()
    site.wait(1000)
    await site.send(moved, { action: 'pause' })
    expect(await exported(moved)).toMatchObject({
      state: 'paused',
      paused: rfc3339(site.ports.clock()),
      failures: { count: 1, since: rfc3339(refused) },
      keptWithoutValue: ['address hash', 'hashes of former addresses'],
    })
  })

  test('the corrections of an article that was deleted are there too', async () => {
    await site.put('brouillon', { title: 'Un brouillon' })
    const manage = await subscribe('kim@example.com', 'corrections/brouillon')
    await env.DB.prepare("DELETE FROM article WHERE slug = 'brouillon'").run()
    expect(await exported(manage)).toMatchObject({
      choices: [{ selection: 'corrections', article: expect.stringContaining('brouillon'), when: 'now' }],
    })
  })

  test('what was agreed to and removed since, as the form names it, and a last digest that is to come', async () => {
    const manage = await subscribe('kim@example.com', 'all')
    for (const when of ['daily', 'now']) {
      await site.send(manage, { action: 'choose', selection: 'tags/ponts', 'when.tags/ponts': when, when })
      site.wait(1000)
      await site.put(`apres-${when}`, { tags: ['Ponts'] })
    }
    expect(await exported(manage)).toMatchObject({
      consent: { choices: [{ selection: 'all', when: 'now' }] },
      choices: [{ selection: 'tags/ponts', title: 'Ponts', when: 'now', digestsToCome: ['daily'] }],
    })
  })

  test('in a browser: that its keys are kept, but not the secret ones', async () => {
    const { manage, fields } = await site.subscribeIn('sections/monde')
    const all = await exported(manage)
    expect(all).toMatchObject({
      channel: 'webpush',
      keptWithoutValue: ['address hash', 'push key p256dh', 'push key auth'],
      pushKeyOfSite: site.pushKey,
      requests: [],
    })
    expect(JSON.stringify(all)).not.toContain(fields.auth)
  })
})

test.for<[asked: string, of: string, subject: RegExp]>([
  ['fr', 'fr-CA', /^Confirmez/],
  ['fr-FR', 'fr-FR', /^Confirmez/],
  ['de-AT', 'de-AT', /^(?!Confirm)/],
  ['en', 'en', /^Confirm /],
  ['es', 'en-CA', /^Confirm /],
  ['zz-ZZ', 'en-CA', /^Confirm /],
])('mails to who asks in %s say that they are in %s, as they are', async ([language, of, subject]) => {
  await site.send('/subscribe', { email: 'kim@example.com', selection: 'all', language })
  await site.drain()
  const headers = site.mails.at(-1)?.headers
  expect(headers?.['Content-Language']).toBe(of)
  expect(headers?.Subject).toMatch(subject)
})
