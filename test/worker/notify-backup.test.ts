import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { importSubscribers } from '../../src/cli/subscribers-file.ts'
import { remoteSubscriptions } from '../../src/cli/subscriptions.ts'
import type { NotifyStore } from '../../src/domain/notify-store.ts'
import type { SubscriberLine } from '../../src/domain/subscriber-line.ts'
import { hashOf } from '../../src/http/token.ts'
import { type NotifySite, openNotify } from './notify-site.ts'
import { token } from './site.ts'

const kim = 'kim@example.com'
const hour = 3_600_000
const day = 24 * hour

async function open(settings: Record<string, string> = {}, at?: number): Promise<NotifySite> {
  const API_TOKENS = `tests:admin:${await hashOf(token)}`
  const site = await openNotify({ API_TOKENS, ...settings }, at)
  await site.put('un', { section: 'Monde' })
  return site
}

const targetOf = (site: NotifySite) =>
  remoteSubscriptions(async (method, path, body) => {
    const answer = await site.call(method, path, body)
    expect(answer.headers.get('Cache-Control'), path).toBe('no-store')
    return answer
  })

/** What `npx kiosque export --subscriptions` writes, before it is encrypted. */
async function exported(site: NotifySite) {
  const lines: SubscriberLine[] = []
  const bad: object[] = []
  for await (const page of targetOf(site).subscribers()) {
    lines.push(...page.subscribers)
    bad.push(...page.bad)
  }
  return { lines, bad }
}

const restoreAddresses = async () => ({ restored: 0, unchanged: 0, bad: [] })

/** Does what `npx kiosque import --subscriptions` does after the decryption. */
const restore = (site: NotifySite, lines: readonly object[]) =>
  importSubscribers(
    { subscriptions: targetOf(site), comments: { restoreAddresses } },
    lines.map((line) => JSON.stringify(line)),
  )

const empty = async () => {
  for (const table of ['subscriber', 'choice', 'rest', 'opt_in', 'notification', 'digest', 'erased'])
    await env.DB.prepare(`DELETE FROM ${table}`).run()
}

const rowsIn = async (table: string, columns: string) =>
  (await env.DB.prepare(`SELECT ${columns} FROM ${table} ORDER BY ${columns}`).all()).results

/** What a backup must keep of each table; the number of a subscriber may be another one. */
const kept = async () => [
  await rowsIn(
    'subscriber',
    'id, version, channel, address, address_hash, keys, language, state, created, confirmed, proof, told, former, paused, joined, ended',
  ),
  await rowsIn('choice', 'selection, article, schedule, since'),
  await rowsIn('rest', 'selection, until, schedule, after'),
]

const browser: Omit<Parameters<NotifyStore['addPush']>[0], 'created'> = {
  id: 'b'.repeat(22),
  address: 'https://push.example/endpoint',
  language: 'fr',
  ...{
    keys: { p256dh: 'BAbc', auth: 'x_-y', server: 'BZyx' },
    addressHash: 'h'.repeat(43),
    proof: { at: 1, words: 'oui' },
  },
  choices: [{ selection: '', schedule: 'now' }],
}

/** Fills the store: a person, a person who has paused, one who has ended, and a browser. Returns the page of the first one. */
async function fill(site: NotifySite): Promise<string> {
  const manage = await site.subscribe(kim, ['sections/monde', 'corrections/un'], 'daily')
  site.wait(1000)
  await site.send(manage, {
    ...{ action: 'choose', selection: ['sections/monde', 'corrections/un'], 'when.sections/monde': 'now' },
  })
  await env.DB.prepare('DELETE FROM notification').run()
  await env.DB.prepare('UPDATE subscriber SET former = ?1')
    .bind(JSON.stringify([{ hash: 'f'.repeat(43), at: 1 }]))
    .run()
  const paused = await site.subscribe('lea@example.com', 'all')
  await site.send(paused, { action: 'pause' })
  const ended = await site.subscribe('max@example.com', 'all')
  await site.send(ended, { action: 'end' })
  await env.DB.prepare("UPDATE subscriber SET joined = ?1 WHERE state = 'ended'").bind('k'.repeat(22)).run()
  await site.ports.subscribers.addPush({ ...browser, created: site.ports.clock() })
  return manage
}

describe('a backup of the subscribers', () => {
  test('restores them into an empty store with their ids, so that links in mails work, and mails nobody', async () => {
    const site = await open()
    const manage = await fill(site)
    const before = await kept()
    const { lines, bad } = await exported(site)
    expect([lines.length, bad]).toEqual([4, []])
    await empty()
    expect((await site.get(manage)).status).toBe(404)
    const mails = site.mails.length
    expect(await restore(site, lines)).toEqual({
      restored: 4,
      unchanged: 0,
      erased: 0,
      addresses: 0,
      bad: [],
    })
    expect(await kept()).toEqual(before)
    expect(await (await site.get(manage)).text()).toContain(kim)
    await site.sweep()
    expect(site.mails.length).toBe(mails)
    expect(await restore(site, lines), 'the second time').toEqual({
      ...{ restored: 0, unchanged: 4, erased: 0, addresses: 0, bad: [] },
    })
    expect(await kept()).toEqual(before)
  })

  test('leaves out who was erased since, and who is there already', async () => {
    const site = await open()
    const manage = await fill(site)
    const { lines } = await exported(site)
    site.wait(hour)
    await site.send(manage, { action: 'erase' })
    expect(await restore(site, lines)).toEqual({
      restored: 0,
      unchanged: 3,
      erased: 1,
      addresses: 0,
      bad: [],
    })
    expect(JSON.stringify(await kept())).not.toContain(kim)
  })

  test('leaves the choices of who is there already as they are', async () => {
    const site = await open()
    const manage = await fill(site)
    const { lines } = await exported(site)
    await site.send(manage, { action: 'choose', selection: 'all', when: 'weekly' })
    const before = await kept()
    await restore(site, lines)
    expect(await kept()).toEqual(before)
  })

  test('restores who subscribed again after the erasure', async () => {
    const site = await open()
    await site.send(await site.subscribe(kim, 'all'), { action: 'end' })
    site.wait(2 * hour)
    await site.subscribe(kim, 'all')
    const { lines } = await exported(site)
    await env.DB.batch([env.DB.prepare('DELETE FROM subscriber'), env.DB.prepare('DELETE FROM choice')])
    expect(await restore(site, lines)).toMatchObject({ restored: 2, erased: 0 })
  })

  /** The ages of a backup, and the slugs that the first daily digest after its import has. */
  test.each([
    ['an hour', hour, ['deux', 'trois']],
    ['ten days', 10 * day, ['trois']],
  ])('of %s: the next digest covers at most its own period', async (_, age, slugs) => {
    const site = await open()
    await site.subscribe(kim, 'all', 'daily')
    const { lines } = await exported(site)
    await empty()
    site.wait(1000)
    await site.put('deux')
    site.wait(age)
    await site.put('trois')
    expect(await restore(site, lines)).toMatchObject({ restored: 1 })
    site.wait(1000)
    const [{ number } = { number: 0 }] = (await rowsIn('subscriber', 'number')) as { number: number }[]
    const { articles } = await site.ports.subscribers.digested({ number }, 'daily', 10)
    expect(articles.map(({ article }) => article.slug).sort()).toEqual(slugs)
  })

  test('has as many pages as it needs', async () => {
    const site = await open()
    await site.subscribe(kim, 'all')
    const [line] = (await exported(site)).lines
    const lines = Array.from({ length: 250 }, (_, at) => ({
      ...line,
      id: `${at}`.padStart(22, '0'),
      address: `kim${at}@example.com`,
      addressHash: `${at}`.padStart(43, '0'),
    }))
    expect(await restore(site, lines)).toMatchObject({ restored: 250 })
    expect((await exported(site)).lines.map(({ id }) => id)).toEqual([line?.id, ...lines.map(({ id }) => id)])
  })
})

/** Wrong values of the columns of a subscriber, as SQL, and what the export says of the row. */
test.each([
  ['keys', `'"x"'`, 'keys'],
  ['proof', `'[]'`, 'proof'],
  ['address', `'kim'`, 'address'],
  ['address_hash', 'NULL', 'addressHash'],
  ['language', `'fr CA'`, 'language'],
  ['id', `'x'`, 'id'],
])('a bad row is named by its number, and the others are exported: %s', async (column, value, field) => {
  const site = await open()
  await fill(site)
  await env.DB.prepare(`UPDATE subscriber SET ${column} = ${value} WHERE address = '${kim}'`).run()
  const { lines, bad } = await exported(site)
  expect(lines).toHaveLength(3)
  expect(bad).toEqual([{ number: 1, field, reason: expect.any(String) }])
  expect(JSON.stringify(bad)).not.toContain('@')
})

/** Changes of a good line that make it bad, and the field that is named. */
const faults: [change: object, field: string][] = [
  [{ id: 'x' }, 'id'],
  [{ version: 0 }, 'version'],
  [{ channel: 'sms' }, 'channel'],
  [{ channel: 'webpush' }, 'address'],
  [{ address: 'kim\r\n@example.com' }, 'address'],
  [{ addressHash: '' }, 'addressHash'],
  [{ keys: { p256dh: 'a', auth: 'b' } }, 'keys'],
  [{ state: 'gone' }, 'state'],
  [{ language: 5 }, 'language'],
  [{ created: '2024' }, 'created'],
  [{ confirmed: -1 }, 'confirmed'],
  [{ proof: { at: 1 } }, 'proof'],
  [{ choices: [{ selection: 'sections/monde', schedule: 'hourly', since: 1 }] }, 'choices'],
  [{ choices: Array(201).fill({ selection: '', schedule: 'now', since: 1 }) }, 'choices'],
  [{ told: 1.5 }, 'told'],
]

test('a line that cannot be read is named by its line, and stops no other one', async () => {
  const site = await open()
  await site.subscribe(kim, 'all')
  const [line] = (await exported(site)).lines
  await empty()
  const lines = [...faults.map(([change]) => ({ ...line, ...change })), 'x', null, line]
  const { restored, bad } = await restore(site, lines as object[])
  expect(restored).toBe(1)
  const fields = [...faults.map(([, field]) => field), 'line', 'line']
  expect(bad.map(({ line: at, field }) => [at, field])).toEqual(fields.map((field, at) => [at + 2, field]))
})

test('only the scope admin reads and restores subscribers', async () => {
  const site = await openNotify()
  for (const [method, body] of [['GET'], ['POST', {}]] as const)
    expect((await site.call(method, '/api/subscriptions/backup', body)).status, method).toBe(403)
})
