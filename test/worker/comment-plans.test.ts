import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { allComments, banKinds, commentStates, commentsPath, threadOrders } from '../../src/domain/comment.ts'
import { erasedMark } from '../../src/domain/commenter.ts'
import { commentStore } from '../../src/store/comments/store.ts'
import { openComments } from './comment-site.ts'
import { type Watched, watch } from './watched.ts'

/** Calls every method of the store of comments, and returns the statements. */
async function statements(): Promise<Watched[]> {
  const { database, seen } = watch(env.DB)
  const site = await openComments({ COMMENTS: 'open' })
  const store = commentStore(database, site.ports.clock)
  site.ports.commenting = { ...site.ports.commenting, comments: store }
  await site.put('un', { section: 'Monde' })
  site.wait(2000)
  const path = commentsPath('un')
  for (const text of ['Un.', 'Deux.', 'Trois.'])
    await (await site.send('un', { text, email: 'kim@example.com' })).arrayBuffer()
  const id = (await env.DB.prepare("SELECT id FROM comment WHERE text = 'Un.'").first<string>('id')) ?? ''
  await (await site.send('un', { text: 'Réponse.', parent: id })).arrayBuffer()
  for (const one of [path, allComments]) {
    await store.head(one, 'd1d1d1d1')
    const query = { path: one, limit: 2, site: 'open', at: site.ports.clock() } as const
    const cursor = { published: site.ports.clock() - 1000, number: 2 }
    for (const from of [undefined, { before: cursor }, { after: cursor }])
      await store.page({ ...query, from })
    for (const from of [{ before: cursor }, { after: cursor }]) await store.canonical(one, from)
    await store.withdrawn(one)
  }
  for (const order of threadOrders)
    for (const from of [undefined, { published: 1, number: 2 }])
      for (const more of [{}, { question: 'pont' }])
        await store.threads(path, { order, from, limit: 2, replies: 2, ...more })
  await store.thread(path, id, 2)
  await store.find(path, id)
  await store.sender({ emailHash: 'hash', network: 'network', textHash: 'text', bannable: ['hash'] })
  for (const isBanned of [true, false]) for (const kind of banKinds) await store.ban([id], kind, isBanned)
  for (const isClosed of [true, false]) await store.close(isClosed)
  await store.isClosed()
  await store.shown(id)
  await store.report(id, { reason: 'spam', text: '', form: 'one' })
  await store.history(id)
  await store.list('reported', 0)
  await store.salt('2024-06-19', 'salt')
  const kept = { article: 'un', name: 'Kim', text: 'x', html: '<p>x</p>', written: '2024-06-19T16:00:00Z' }
  for (const state of commentStates)
    await store.keep([{ ...kept, id: `kept-${state}`, state, withdrawn: '2024-06-19T16:00:00Z' }])
  await store.own(id, 'hash')
  await store.edit(id, 'hash', { text: 'x', html: 'x', state: 'approved' })
  for (const state of commentStates) await store.list(state, 0)
  for (const state of ['spam', 'approved', 'deleted'] as const) await store.decide([id], state)
  for (const after of ['', 'comment_event 0']) await store.exportCommenters(after)
  await store.restoreCommenters([{ kind: 'commenter', comment: id, address: 'kim@example.com' }])
  await store.person('kim@example.com', ['hash'], 0)
  await store.erase('kim@example.com', ['hash'], 'desk')
  await store.eraseAgain([
    { hash: 'hash', at: site.ports.clock() },
    { hash: erasedMark(id), at: site.ports.clock() },
  ])
  return [...new Map(seen.map((one) => [one.sql, one])).values()]
}

const planOf = async ({ sql, values }: Watched): Promise<string[]> => {
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all<{ detail: string }>()
  return results.map(({ detail }) => detail)
}

/** Scans of what is small: a list that came in, the site's only row, the rows of one page, the requests of 48 hours. */
const small =
  /^SCAN (\w+ VIRTUAL TABLE|CONSTANT ROW|\d+ CONSTANT ROWS|site\b|salt\b|ban\b|opt_in\b|first\b|asked\b|found\b|\w+-\d+|\(subquery-\d+\))/

/** Whether the step scans the thousand comments that a query of all comments examines, whose subquery is named as the table. */
const isOfSubquery = (step: string, sql: string): boolean =>
  step === 'SCAN comment' && sql.includes('INDEXED BY comment_public') && sql.includes(') AS comment')

/** Whether a query is for the rows of one person, or of a list of persons, which may be sorted. */
const isOfPerson = (sql: string): boolean =>
  /COLLATE NOCASE|FROM json_each\(\?1\) AS given CROSS JOIN/.test(sql)

test('no statement of comments scans a table, and each index is used', async () => {
  const all = await statements()
  expect(all.length).toBeGreaterThan(20)
  const plans = await Promise.all(all.map(async (one) => ({ sql: one.sql, steps: await planOf(one) })))
  const scans = plans.flatMap(({ sql, steps }) =>
    steps
      .filter((step) => /^SCAN /.test(step) && !small.test(step) && !isOfSubquery(step, sql))
      .map((step) => `${step}: ${sql.replace(/\s+/g, ' ').slice(0, 120)}`),
  )
  expect(scans).toEqual([])
  const sorts = plans.filter(
    ({ sql, steps }) =>
      /^SELECT/.test(sql) && !isOfPerson(sql) && steps.some((step) => step.includes('TEMP B-TREE')),
  )
  expect(sorts).toEqual([])
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('comment', 'comment_event', 'discussion')",
  ).all<{ name: string }>()
  expect(results.length).toBeGreaterThan(5)
  const steps = plans.flatMap((one) => one.steps).join('\n')
  // The test of the store of subscribers looks at those of comments of which people are told.
  const ofOthers = ['comment_news', 'comment_answer']
  const own = results.map(({ name }) => name).filter((name) => !ofOthers.includes(name))
  expect(own.filter((name) => !steps.includes(name))).toEqual([])
})
