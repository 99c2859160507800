import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { billed } from '../../scripts/prices.ts'
import { limits } from '../../src/domain/limits.ts'
import { hashOf } from '../../src/http/token.ts'
import { concurrentCalls } from '../../src/hub/calls.ts'
import worker from '../../src/index.ts'
import { openComments } from './comment-site.ts'
import { emptyDatabase } from './database.ts'
import { type HubSite, openHub } from './hub-site.ts'
import { kindOf, kinds } from './kinds.ts'
import { type Invocation, takeInvocations } from './meter.ts'
import { type NotifySite, openNotify } from './notify-site.ts'
import { openPush } from './push-site.ts'
import { token } from './site.ts'

const article = { section: 'Monde', tags: ['Europe', 'Sommet', 'Climat'], authors: ['Kim Tremblay'] }
const lines = (count: number, prefix = 'a', more: object = {}) =>
  Array.from({ length: count }, (_, at) =>
    JSON.stringify({
      slug: `${prefix}${at}`,
      title: `Article ${at}`,
      text: 'Un paragraphe.',
      ...article,
      ...more,
    }),
  ).join('\n')
const ndjson = { 'Content-Type': 'application/x-ndjson' }

async function open(): Promise<HubSite> {
  const site = await openHub({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
  await (await site.call('POST', '/api/articles', lines(100), ndjson)).arrayBuffer()
  await site.drain()
  return site
}

/** A site on which these many people have yet to be told of an article. */
async function toldSite(people: number): Promise<NotifySite> {
  const site = await openNotify()
  for (let at = 0; at < people; at++) await site.subscribe(`p${at}@example.com`, 'sections/monde')
  site.wait(1000)
  await site.put('neuf', article)
  takeInvocations()
  return site
}

/** For each kind, what makes an invocation of it on a site with a hundred articles. */
const causes: Record<string, (site: HubSite) => Promise<unknown>> = {
  'a poll of a feed': (site) => site.get('/sections/monde/feed.rss'),
  'any other public answer': (site) => site.get('/articles/a7'),
  'a save of an article': (site) => site.put('neuf', article),
  'a withdrawal of an article': (site) => site.call('DELETE', '/api/articles/a7'),
  'a bulk import, 50 lines': async (site) =>
    (await site.call('POST', '/api/articles', lines(50, 'b', { import: { run: 1 } }), ndjson)).arrayBuffer(),
  'the begin or the end of an import': (site) => site.call('POST', '/api/imports', { files: 'a'.repeat(64) }),
  'an undo of 20 imported articles': async (site) => {
    const imported = lines(20, 'b', { import: { run: 1 } })
    await (await site.call('POST', '/api/articles', imported, ndjson)).arrayBuffer()
    await site.call('POST', '/api/imports/undo', { after: '' })
  },
  'a dry run, 50 lines': async (site) =>
    (await site.call('POST', '/api/dry-run', lines(50, 'b'), ndjson)).arrayBuffer(),
  'a read of an article by an editor': (site) => site.call('GET', '/api/articles/a7'),
  'a page of the list of articles': (site) => site.call('GET', '/api/articles?section=monde'),
  'a page of an export': (site) => site.call('GET', '/api/backup/articles'),
  'a restore of a backup, 50 lines': async (site) => {
    const read = async (path: string) =>
      (await site.call('GET', path)).json() as Promise<{ lines?: object[] }>
    const header = { kind: 'backup', ...(await read('/api/backup')) }
    const kinds = await Promise.all(
      ['selections', 'articles', 'archives'].map((kind) => read(`/api/backup/${kind}`)),
    )
    const backup = [header, ...kinds.flatMap(({ lines = [] }) => [...lines.slice(0, 25)])]
    await emptyDatabase()
    const answer = await site.call(
      'POST',
      '/api/restore',
      backup.map((line) => JSON.stringify(line)).join('\n'),
      ndjson,
    )
    expect(new TextDecoder().decode(await answer.arrayBuffer())).toContain('restored')
  },
  'the end of a restore': (site) => site.call('POST', '/api/restored'),
  'a save of paths of a backup': (site) =>
    site.call('POST', '/api/paths', { paths: [{ path: 'tags/neuf', title: 'Neuf' }] }),
  'a renaming of 100 articles’ section': (site) => site.call('PUT', '/api/sections/monde', { name: 'Terre' }),
  'an examination of the store': (site) => site.call('POST', '/api/doctor'),
  'an operator’s command to the hub': (site) => site.call('GET', '/api/hub'),
  'an operator’s command about subscriptions': (site) => site.call('GET', '/api/subscriptions'),
  'an import of 50 comments': (site) =>
    site.call('POST', '/api/comments/import', {
      comments: Array.from({ length: 50 }, (_, at) => ({
        ...{ id: String(at).padStart(22, '0'), article: 'a7', state: 'approved', name: 'Kim' },
        ...{ text: 'Oui.', written: '2024-06-18T16:00:00Z' },
      })),
    }),
  'a moderator’s decisions': (site) => site.call('POST', '/api/comments', { ids: ['a'], state: 'approved' }),
  'share links and counts of visits': (site) => site.call('GET', '/api/shares'),
  'a request of a subscriber to the hub': async (site) => site.subscribe('/feed.atom'),
  'a job that verifies five subscriptions': async (site) => {
    const form = { 'hub.mode': 'subscribe', 'hub.topic': 'https://kiosque.example/feed.atom' }
    for (let at = 0; at < concurrentCalls; at++)
      await site.ask({ ...form, 'hub.callback': `https://reader${at}.example/` })
    await site.drain()
  },
  'a job that finds what is owed': async (site) => {
    await site.put('neuf', article)
    await site.drain()
  },
  'a job that delivers to 40 subscribers': async (site) => {
    for (let at = 0; at < 40; at++) await site.subscribe('/feed.atom', `https://reader${at}.example/`)
    takeInvocations()
    await site.put('neuf', article)
    await site.drain()
  },
  'a form of a person about mails or a browser': async () => {
    const site = await openNotify()
    await site.subscribe('kim@example.com', 'all')
  },
  'a form of a comment': async () => {
    const site = await openComments({ COMMENTS: 'first-held' })
    await site.put('un', article)
    await site.send('un', { email: 'kim@example.com' })
  },
  'a job that finds whom to tell': async () => (await toldSite(1)).told(),
  'a job that sends 15 confirmations': async () => {
    const site = await openNotify()
    for (let at = 0; at < 20; at++)
      await site.send('/subscribe', { email: `p${at}@example.com`, selection: 'sections/monde' })
    takeInvocations()
    await site.drain()
  },
  'a job that sends 20 mails': async () => (await toldSite(20)).told(),
  'a job that tells 40 browsers': async () => {
    const site = await openPush()
    await site.put('avant', article)
    for (let at = 0; at < 40; at++) await site.subscribeIn('sections/monde')
    site.wait(1000)
    await site.put('neuf', article)
    takeInvocations()
    await site.told()
  },
  'a run of cron': async () => {
    const context = createExecutionContext()
    await worker.scheduled(createScheduledController(), env, context)
    await waitOnExecutionContext(context)
  },
}

/** What invocations of a kind use as a rule. */
async function used(kind: string, site: HubSite): Promise<Invocation> {
  takeInvocations()
  await causes[kind]?.(site)
  const found = takeInvocations().filter(({ name }) => kindOf(name)?.kind === kind)
  const [first] = found.sort((one, other) => other.statements - one.statements)
  if (!first) throw new Error(`No invocation was ${kind}`)
  return first
}

/** For each number of the table of prices, the kind of invocation that costs it, and how many events that invocation is. */
const priced: [what: keyof typeof billed, kind: string, rows: 'rowsRead' | 'rowsWritten', events: number][] =
  [
    ['rowsReadPerPoll', 'a poll of a feed', 'rowsRead', 1],
    ['rowsReadPerSave', 'a save of an article', 'rowsRead', 1],
    ['rowsWrittenPerSave', 'a save of an article', 'rowsWritten', 1],
    ['rowsReadPerCron', 'a run of cron', 'rowsRead', 1],
    ['rowsReadPerDelivery', 'a job that delivers to 40 subscribers', 'rowsRead', 40],
    ['rowsWrittenPerDelivery', 'a job that delivers to 40 subscribers', 'rowsWritten', 40],
  ]
test.for(priced)('the table of prices counts enough %s for %s', async ([what, kind, rows, events]) => {
  const invocation = await used(kind, await open())
  expect(invocation[rows] / events).toBeLessThanOrEqual(billed[what])
  expect(invocation[rows] / events).toBeGreaterThan(billed[what] / 5)
})

describe('docs/limits.md says how many D1 statements are usual for', () => {
  test.for(Object.keys(causes))('%s', async (kind) => {
    const { statements } = await used(kind, await open())
    const [usual = 0] = kinds.find((one) => one.kind === kind)?.statements ?? []
    expect(statements).toBeLessThanOrEqual(usual)
    expect(statements, 'a number that is much too large says nothing').toBeGreaterThan(usual / 4)
  })
})

test('an article with the longest names has headers that the platform takes', async () => {
  const site = await open()
  const named = (script: string, at: number) => `${script.repeat(70)}${at}`
  await site.put('long', {
    section: named('節', 0),
    tags: Array.from({ length: 50 }, (_, at) => named('標', at)),
    authors: Array.from({ length: 50 }, (_, at) => named('者', at)),
  })
  takeInvocations()
  for (const path of ['/articles/long', '/feed.rss', '/', '/articles/long/feed.atom', '/feeds'])
    expect((await site.get(path)).status, path).toBe(200)
  for (const { name, fieldBytes } of takeInvocations()) {
    expect(fieldBytes, name).toBeLessThanOrEqual(limits.fieldBytes.paid)
  }
})
