import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { Subscriber } from '../../src/domain/notify.ts'
import { eraseStatementsSql } from '../../src/store/notify/statement-rows.ts'
import { notifyStore } from '../../src/store/notify/store.ts'
import { openPush } from './push-site.ts'
import { type Watched, watch } from './watched.ts'

/** Runs every statement that jobs, forms and cron use, and returns them. Reports of operators are left out: they count everything. */
async function statements(): Promise<Watched[]> {
  const { database, seen } = watch(env.DB)
  const site = await openPush()
  const store = notifyStore(database, site.ports.clock)
  site.notify.subscribers = store
  await site.put('un', { section: 'Monde' })
  const manage = await site.subscribe('kim@example.com', ['sections/monde', 'corrections/un'])
  await site.send(manage, { action: 'choose', selection: ['all', 'sections/monde'], when: 'daily' })
  await site.send(manage, { action: 'choose', selection: ['all', 'sections/monde'], when: 'now' })
  await site.send(manage, { action: 'pause' })
  await site.send(manage, { action: 'resume' })
  const joined = await site.subscribe('lea@example.com', 'all')
  site.wait(3_600_000)
  await site.move(joined, 'kim@example.com')
  site.wait(1000)
  await site.put('deux', { section: 'Monde' })
  await site.told()
  const browsers = await Promise.all(
    ['sections/monde', 'all'].map((selection) => site.subscribeIn(selection)),
  )
  site.answerPush(({ endpoint }) =>
    endpoint === browsers[0]?.endpoint ? { status: 410, text: '' } : { status: 503, text: '' },
  )
  site.wait(1000)
  await site.put('trois', { section: 'Monde' })
  await site.told()
  const next = await site.browser()
  await site.send('/push/subscriptions', { ...next.fields, former: browsers[1]?.endpoint ?? '' })
  await site.call('DELETE', '/api/articles/trois')
  await site.told()
  await store.recordAll([
    {
      notification: {
        subscriber: (await store.known('email', 'kim@example.com')) as Subscriber,
        happening: { kind: 'digest', schedule: 'daily', until: 0 },
        since: 0,
      },
      told: { kind: 'done' },
      shows: { schedule: 'daily', at: 0, articles: ['un'], isCut: false },
    },
  ])
  const person = (await store.known('email', 'kim@example.com')) as Subscriber
  await store.discussed(person, 'un', { hashes: ['hash'], limit: 20 })
  await store.articlesOfComments(['a'])
  const happening = { kind: 'discussed', article: 'un' } as const
  await store.record(
    { subscriber: person, happening, since: 0 },
    { kind: 'done', covers: { article: 'un', until: 0 } },
  )
  for (const one of await store.claimStatements(1)) await store.recordStatement(one, 0)
  await store.isStatementWaiting({ number: 1, at: 0 })
  await database.prepare(eraseStatementsSql).bind('lea@example.com', '["hash"]').run()
  await store.heldServices()
  await store.holdService('https://push.example', 0, '429')
  await store.drop('webpush', 0)
  await store.release(await store.claim('webpush', 1))
  await store.settleDigest('daily', site.ports.clock())
  await site.sweep()
  await store.hold('email', site.ports.clock(), '550')
  await site.send(manage, { action: 'end' })
  await store.eraseAgain([{ hash: 'a'.repeat(43), at: site.ports.clock() }])
  await store.listErased('')
  await store.markErasedKept(await store.unkeptErased(10))
  return [...new Map(seen.map((one) => [one.sql, one])).values()]
}

const planOf = async ({ sql, values }: Watched): Promise<string[]> => {
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all<{ detail: string }>()
  return results.map(({ detail }) => detail)
}

/**
 * Scans of what is small: what came in, the outbox of effects and its events, the comments of which one person is told,
 * the statements of 48 hours, constants, a row for each channel, the digests of 60 days, one person's
 * choices, the erased addresses that the bucket does not have.
 */
const small =
  /^SCAN (erased USING COVERING INDEX erased_waiting|\w+ (?:EXISTS )?VIRTUAL TABLE|effect\b|event\b|told\b|statement\b|CONSTANT ROW|\d+ CONSTANT ROWS|hold\b|digest\b|capped\b|site\b|\(subquery-\d+\))/

/**
 * Statements that may scan: the count of what is due, which reads an index alone, a pause and the end of one subscriber, also by a join,
 * and, after a restore of the database, of a thousand.
 */
const mayScan =
  /^SELECT channel, count|^(?:DELETE FROM notification|UPDATE opt_in SET address) .*\b(?:WHERE (?:id|number) = \?1|FROM json_each\(\?1\) AS given)|^INSERT INTO notification .* FROM notification WHERE subscriber = \?2|^UPDATE notification SET next = \?2 WHERE subscriber = /

test('no statement of jobs, forms and cron scans the people, what they chose or what they are owed', async () => {
  const all = await statements()
  expect(all.length).toBeGreaterThan(25)
  const scans: string[] = []
  for (const statement of all)
    for (const step of await planOf(statement))
      if (/^SCAN /.test(step) && !small.test(step) && !mayScan.test(statement.sql.replace(/\s+/g, ' ')))
        scans.push(`${step}: ${statement.sql.replace(/\s+/g, ' ').slice(0, 130)}`)
  expect(scans).toEqual([])
})

test('every index of the tables is used', async () => {
  const steps = (await Promise.all((await statements()).map(planOf))).flat().join('\n')
  const { results } = await env.DB.prepare(
    `SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
       AND tbl_name IN ('subscriber', 'choice', 'rest', 'opt_in', 'notification', 'shown_article', 'told_article', 'digest', 'hold',
         'erased', 'statement') OR name IN ('comment_news', 'comment_answer')`,
  ).all<{ name: string }>()
  expect(results.length).toBeGreaterThan(4)
  expect(results.map(({ name }) => name).filter((name) => !steps.includes(name))).toEqual([])
})
