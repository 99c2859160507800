import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { keepRows } from './database.ts'
import { type NotifySite, openNotify } from './notify-site.ts'

const hour = 3_600_000
const victim = 'kim@example.com'
const other = 'lea@example.com'
const common = { section: 'Monde' }

/** The conditions that find the row with the fault, by table; a table that is not named here has one row. */
const rows: Record<string, string> = {
  subscriber: `address = '${victim}'`,
  choice: `subscriber = (SELECT number FROM subscriber WHERE address = '${victim}')`,
  opt_in: `address = 'max@example.com'`,
  statement: `address = '${victim}'`,
  notification: `subscriber = (SELECT number FROM subscriber WHERE address = '${victim}')`,
}

const faults = ["'{'", 'NULL', '5', "x'00'", "'x'", "''", '1.5', '9e15', '-1', '[]']

/** Fills every table: two people who are told at once and each day, a request, a hold that is over, and what they are owed. */
async function fill(): Promise<NotifySite> {
  const site = await openNotify()
  await site.put('avant', common)
  for (const address of [victim, other]) {
    const manage = await site.subscribe(address, 'sections/monde')
    const more = { 'when.sections/monde': 'now', 'when.all': 'daily' }
    await site.send(manage, { action: 'choose', selection: ['sections/monde', 'all'], ...more })
  }
  await site.notify.subscribers.hold('email', site.ports.clock(), '550 5.7.1')
  site.wait(1000)
  await site.put('un', common)
  // The digest has only what was not told at once.
  await site.put('deux', { section: 'Sports' })
  await site.notify.subscribers.settleDigest('daily', site.ports.clock() - 24 * hour)
  await site.notify.subscribers.settle()
  await site.send('/subscribe', { email: 'max@example.com', selection: 'all' })
  await site.notify.subscribers.erase('ada@example.com', ['hash'])
  await env.DB.prepare(
    `INSERT INTO rest SELECT number, '', ?1, 'daily', ?1 - 1 FROM subscriber WHERE address = '${victim}'`,
  )
    .bind(site.ports.clock())
    .run()
  for (const table of ['shown_article', 'told_article'])
    await env.DB.prepare(`INSERT INTO ${table} SELECT 'avant', number, ?1 FROM subscriber WHERE address = ?2`)
      .bind(site.ports.clock(), victim)
      .run()
  for (const address of [victim, other])
    await env.DB.prepare(
      `INSERT INTO statement (comment, address, email_hash, language, decision, text, title, written, at, next)
       VALUES (unicode(?1), ?1, 'hash', 'fr', 'deleted', 'Oui.', 'Le pont', ?2, ?2, ?2)`,
    )
      .bind(address, site.ports.clock())
      .run()
  await env.DB.prepare('INSERT INTO capped (hour, requests) VALUES (?1, 5)').bind(site.ports.clock()).run()
  return site
}

/** What fails for others on a site with a bad row, each as a line. */
async function failuresOn(site: NotifySite): Promise<string[]> {
  const failures: string[] = []
  const got = (address: string, subject: string) =>
    site.mails.some(({ to, headers }) => to === address && headers.Subject?.includes(subject))
  const before = site.mails.length
  for (let times = 0; times < 3; times++) {
    await site.sweep().catch((fault) => failures.push(`cron: ${fault}`))
    site.wait(11 * 60_000)
  }
  if (!got(other, 'Votre commentaire')) failures.push('the other author was not told')
  if (!got(other, 'Titre de un')) failures.push('the other one was not told')
  await site.send('/subscribe', { email: 'eve@example.com', selection: 'all' })
  await site.drain().catch((fault) => failures.push(`a confirmation: ${fault}`))
  if (site.mails.at(-1)?.to !== 'eve@example.com') failures.push('a new request got no mail')
  site.wait(24 * hour)
  await site.sweep().catch((fault) => failures.push(`a digest: ${fault}`))
  const digests = site.mails.slice(before).filter(({ to, purpose }) => to === other && purpose === 'digest')
  if (digests.length !== 1) failures.push(`the other one got ${digests.length} digests`)
  await site.notify.subscribers.state().catch((fault) => failures.push(`the report: ${fault}`))
  const { subscribers } = site.ports
  await subscribers.listErased('').catch((fault) => failures.push(`the list of erased addresses: ${fault}`))
  await subscribers
    .eraseAgain([{ hash: 'other', at: 1 }])
    .catch((fault) => failures.push(`a repeated erasure: ${fault}`))
  await site.notify.subscribers
    .erase(victim, ['of the victim'])
    .catch((fault) => failures.push(`an erasure: ${fault}`))
  return failures
}

test.for([
  'subscriber',
  'choice',
  'rest',
  'opt_in',
  'notification',
  'shown_article',
  'told_article',
  'digest',
  'hold',
  'capped',
  'erased',
  'statement',
])('a bad row of the table %s costs only itself', async (table) => {
  const filled = await fill()
  const now = filled.ports.clock()
  const restore = await keepRows()
  const { results } = await env.DB.prepare(`PRAGMA table_info(${table})`).all<{ name: string }>()
  const failures: Record<string, string[]> = {}
  let planted = 0
  for (const { name } of results) {
    for (const fault of faults) {
      const sql = `UPDATE ${table} SET ${name} = ${fault} WHERE ${rows[table] ?? 'true'}`
      // The schema does not allow every fault.
      const { changes } = await env.DB.prepare(sql)
        .run()
        .then(
          ({ meta }) => meta,
          () => ({ changes: 0 }),
        )
      if (changes === 0) continue
      planted++
      const site = await openNotify({}, now)
      const found = await failuresOn(site)
      if (found.length > 0) failures[sql] = found
      await restore()
    }
  }
  expect(planted).toBeGreaterThan(0)
  expect(failures).toEqual({})
})
