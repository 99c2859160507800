import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { Examination } from '../../src/domain/doctor.ts'
import { hashOf } from '../../src/http/token.ts'
import { type NotifySite, openNotify } from './notify-site.ts'
import { token } from './site.ts'

const kim = 'kim@example.com'
const hour = 3_600_000
const day = 24 * hour

/** A site with a person, a browser, a person who has ended, a request, a digest and an erased address; nothing is bad. */
async function fill(): Promise<NotifySite> {
  const site = await openNotify({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
  await site.put('un', { section: 'Monde' })
  await site.subscribe(kim, ['sections/monde', 'corrections/un'])
  const ended = await site.subscribe('lea@example.com', 'all')
  await site.send(ended, { action: 'end' })
  await site.notify.subscribers.addPush({
    ...{ id: 'b'.repeat(22), address: 'https://push.example/endpoint', language: 'fr' },
    ...{
      keys: { p256dh: 'BAbc', auth: 'x_-y', server: 'BZyx' },
      addressHash: 'h'.repeat(43),
      proof: { at: 1, words: 'oui' },
    },
    created: site.ports.clock(),
    choices: [{ selection: '', schedule: 'now' }],
  })
  await site.send('/subscribe', { email: 'max@example.com', selection: 'all' })
  await env.DB.prepare('INSERT INTO capped (hour, requests) VALUES (?1, 5)').bind(site.ports.clock()).run()
  site.wait(1000)
  await site.put('deux', { section: 'Monde' })
  await site.notify.subscribers.settle()
  await site.notify.subscribers.settleDigest('daily', site.ports.clock())
  return site
}

async function examined(site: NotifySite, method = 'GET'): Promise<Examination> {
  const text = await (await site.call(method, '/api/doctor')).text()
  expect(text).not.toContain('example.com')
  return JSON.parse(text)
}

const person = `address = '${kim}'`
const browser = `channel = 'webpush'`

/** What is wrong, and the finding: the check, the table and the column that the reason names. */
const bad: [sql: string, check: string, table: string, column: string][] = [
  [`UPDATE subscriber SET id = 'x' WHERE ${person}`, 'other columns', 'subscriber', 'id'],
  [`UPDATE subscriber SET version = 0 WHERE ${person}`, 'other columns', 'subscriber', 'version'],
  [`UPDATE subscriber SET address = 'kim' WHERE ${person}`, 'other columns', 'subscriber', 'address'],
  [`UPDATE subscriber SET address = 'x' WHERE ${browser}`, 'other columns', 'subscriber', 'address'],
  [
    `UPDATE subscriber SET address_hash = NULL WHERE ${person}`,
    'other columns',
    'subscriber',
    'address_hash',
  ],
  [`UPDATE subscriber SET address_hash = 'x' WHERE ${person}`, 'other columns', 'subscriber', 'address_hash'],
  [`UPDATE subscriber SET keys = '{"auth":"x"}' WHERE ${browser}`, 'other columns', 'subscriber', 'keys'],
  [`UPDATE subscriber SET keys = '[]' WHERE ${person}`, 'other columns', 'subscriber', 'keys'],
  [`UPDATE subscriber SET keys = NULL WHERE ${browser}`, 'other columns', 'subscriber', 'keys'],
  [`UPDATE subscriber SET proof = NULL WHERE ${person}`, 'other columns', 'subscriber', 'proof'],
  [
    `UPDATE subscriber SET proof = '{"at":"x","words":"y"}' WHERE ${person}`,
    'other columns',
    'subscriber',
    'proof',
  ],
  [
    `UPDATE subscriber SET proof = '{"at":1,"words":"y","later":5}' WHERE ${person}`,
    'other columns',
    'subscriber',
    'proof',
  ],
  [`UPDATE subscriber SET proof = '{}' WHERE state = 'ended'`, 'other columns', 'subscriber', 'proof'],
  [`UPDATE subscriber SET ended = NULL WHERE state = 'ended'`, 'other columns', 'subscriber', 'ended'],
  [`UPDATE subscriber SET confirmed = 9e15 WHERE ${person}`, 'future instants', 'subscriber', 'confirmed'],
  [
    `UPDATE choice SET article = 'x' WHERE selection = 'sections/monde'`,
    'other columns',
    'choice',
    'article',
  ],
  [`UPDATE choice SET article = '' WHERE selection = 'corrections'`, 'other columns', 'choice', 'article'],
  [
    `INSERT INTO rest (subscriber, selection, until, schedule, after) VALUES (1, 'sections/monde', 1, 'daily', 1)`,
    'other columns',
    'rest',
    'after',
  ],
  [
    `UPDATE choice SET subscriber = 99 WHERE selection = 'corrections'`,
    'rows without a subscriber',
    'choice',
    'subscriber',
  ],
  [
    `UPDATE choice SET subscriber = 2 WHERE selection = 'corrections'`,
    'rows without a subscriber',
    'choice',
    'subscriber',
  ],
  [`UPDATE opt_in SET choices = '5' WHERE done = 0`, 'other columns', 'opt_in', 'choices'],
  [`UPDATE opt_in SET address_hash = '' WHERE done = 0`, 'other columns', 'opt_in', 'address_hash'],
  [`UPDATE opt_in SET asked = 1 WHERE done = 0`, 'requests', 'opt_in', 'asked'],
  [`UPDATE notification SET event = 'x' WHERE subscriber = 1`, 'other columns', 'notification', 'event'],
  [
    `UPDATE notification SET event = 'digest/hourly/1' WHERE subscriber = 1`,
    'other columns',
    'notification',
    'event',
  ],
  [
    `UPDATE notification SET subscriber = 99 WHERE subscriber = 1`,
    'rows without a subscriber',
    'notification',
    'subscriber',
  ],
  [`UPDATE notification SET next = 9e15 WHERE subscriber = 1`, 'future instants', 'notification', 'next'],
  [
    "INSERT INTO shown_article (article, subscriber, at) VALUES ('x', 99, 1)",
    'rows without a subscriber',
    'shown_article',
    'subscriber',
  ],
  [
    "INSERT INTO shown_article (article, subscriber, at) VALUES ('x', 1, 9e15)",
    'future instants',
    'shown_article',
    'at',
  ],
  [
    "INSERT INTO told_article (article, subscriber, at) VALUES ('x', 99, 1)",
    'rows without a subscriber',
    'told_article',
    'subscriber',
  ],
  [
    "INSERT INTO told_article (article, subscriber, at) VALUES ('x', 1, 9e15)",
    'future instants',
    'told_article',
    'at',
  ],
  ['UPDATE digest SET until = 9e15', 'future instants', 'digest', 'until'],
  ['UPDATE capped SET requests = 0', 'other columns', 'capped', 'requests'],
  ['UPDATE capped SET hour = 9e15', 'future instants', 'capped', 'hour'],
  [`UPDATE erased SET hash = 'x'`, 'other columns', 'erased', 'hash'],
  ['UPDATE erased SET at = 9e15', 'future instants', 'erased', 'at'],
  [
    `INSERT INTO erased (hash, at) SELECT address_hash, confirmed + 1 FROM subscriber WHERE ${person}`,
    'erased people',
    'subscriber',
    'address',
  ],
]

test('doctor names each bad row of the tables of people once, with a remedy and without an address', async () => {
  const site = await fill()
  expect((await examined(site)).findings).toEqual([])
  for (const [sql, check, table, column] of bad) {
    const { results } = await env.DB.prepare(`SELECT * FROM ${table}`).all()
    const erased = await env.DB.prepare('SELECT * FROM erased').all()
    expect((await env.DB.prepare(sql).run()).meta.changes, sql).toBe(1)
    const { findings } = await examined(site)
    expect(findings, sql).toMatchObject([{ check, table, reason: expect.stringMatching(`^${column}: `) }])
    expect(findings[0]?.remedy, sql).toMatch(/doctor --fix|wrangler d1 execute|duty-failed/)
    await refill(table, results)
    await refill('erased', erased.results)
  }
  expect((await examined(site)).findings).toEqual([])
})

/** Gives a table the rows that it had. */
async function refill(table: string, rows: readonly Record<string, unknown>[]): Promise<void> {
  const statements = rows.map((row) => {
    const names = Object.keys(row)
    return env.DB.prepare(
      `INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`,
    ).bind(...Object.values(row))
  })
  await env.DB.batch([env.DB.prepare(`DELETE FROM ${table}`), ...statements])
}

test('--fix ends who was erased and came back, and deletes what belongs to nobody', async () => {
  const site = await fill()
  await env.DB.batch(
    [
      `INSERT INTO erased (hash, at) SELECT address_hash, confirmed + 1 FROM subscriber WHERE ${person}`,
      `INSERT INTO choice (subscriber, selection, schedule, since) VALUES (99, '', 'now', 1)`,
      `INSERT INTO notification (subscriber, event, channel, since) VALUES (99, 'published/x', 'email', 1)`,
    ].map((sql) => env.DB.prepare(sql)),
  )
  const { corrected, findings } = await examined(site, 'POST')
  expect(corrected?.map(({ table, id }) => `${table} ${id}`)).toEqual([
    'subscriber 1',
    'choice 99 ',
    'notification 99 published/x',
  ])
  expect(findings).toEqual([])
  const { results } = await env.DB.prepare('SELECT address FROM subscriber WHERE address IS NOT NULL').all()
  expect(results).toEqual([{ address: 'https://push.example/endpoint' }])
  expect((await examined(site, 'POST')).corrected).toEqual([])
})

test('a person who subscribed again after the erasure is not bad', async () => {
  const site = await fill()
  await env.DB.prepare(
    `INSERT INTO erased (hash, at) SELECT address_hash, confirmed FROM subscriber WHERE ${person}`,
  ).run()
  expect((await examined(site, 'POST')).corrected).toEqual([])
})

test.each<[what: string, until: (now: number) => number, check: string | undefined]>([
  ['in force', (now) => now + hour, 'stopped mails'],
  ['over', (now) => now, undefined],
  ['far ahead, because a clock was wrong', (now) => now + 9 * day, 'future instants'],
])('a stop of mails that is %s', async (_, until, check) => {
  const site = await fill()
  await site.notify.subscribers.hold('email', until(site.ports.clock()), '535 5.7.8')
  const { findings } = await examined(site)
  expect(findings.map((one) => [one.check, one.table, one.id])).toEqual(
    check ? [[check, 'hold', 'email']] : [],
  )
})

test('a push service that has asked to wait is no fault', async () => {
  const site = await fill()
  await site.notify.subscribers.holdService('https://push.example', site.ports.clock() + hour, '429')
  expect((await examined(site)).findings).toEqual([])
})

test.each([
  ['48 hours and ten minutes', 48 * hour + 600_000, 0],
  ['a second more', 48 * hour + 601_000, 1],
])('a request of %s', async (_, age, count) => {
  const site = await fill()
  const asked = site.ports.clock() - age
  await env.DB.prepare('UPDATE opt_in SET asked = ?1 WHERE done = 0').bind(asked).run()
  expect((await examined(site)).findings).toHaveLength(count)
})
