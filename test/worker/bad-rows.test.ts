import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { Verification } from '../../src/domain/subscription.ts'
import { hashOf } from '../../src/http/token.ts'
import { fillCodes } from '../../src/read/short-link.ts'
import { keepRows } from './database.ts'
import { type HubSite, openHub } from './hub-site.ts'
import { token } from './site.ts'

/** The instant at which the article `prevu` appears. */
const appears = '2024-06-19T16:05:00Z'
const common = { section: 'Monde', tags: ['Été'], authors: ['Kim'] }
const admin = { API_TOKENS: `tests:admin:${await hashOf(token)}` }

const numberOf = (slug: string) => `article = (SELECT number FROM article WHERE slug = '${slug}')`

/**
 * The rows in which a fault is planted, by table: SQL conditions, each of which finds one row. `victime` is a public
 * article, `prevu` appears later. A table that is not named here has only rows of one kind.
 */
const rows: Record<string, string[]> = {
  article: [`slug = 'victime'`, `slug = 'prevu'`],
  selection: [`path = ''`, `path = 'sections/monde'`],
  membership: [`selection = '' AND ${numberOf('victime')}`],
  schedule: [`selection = '' AND ${numberOf('prevu')}`],
  archive: [`selection = ''`],
  place: [`selection = '' AND ${numberOf('victime')}`],
  last_number: [`table_name = 'subscription'`],
}

/** The faults of a column. SQLite converts a number in a column of texts into a text. */
const faultsOf = (type: string): string[] =>
  type === 'TEXT' ? [`'{'`, 'NULL', '5', `x'00'`, `'x'`] : [`'x'`, 'NULL', '1.5', `x'00'`, '9e15']

/**
 * The columns whose value is part of an address. If it is changed, the row belongs to another address, and the addresses
 * that lack a row answer 404 until a save writes the row again.
 */
const keys = /^(selection[.]path|archive[.](selection|part))$/

/** A selection without a revision is one that was never public. */
const isUnknown = (column: string, fault: string) => column === 'selection.revision' && fault === 'NULL'

/** A revision far in the future is what a wrong clock gives (decision 021). Nothing can tell that it is wrong. */
const isRight = (column: string, fault: string) => /[.](revision|delivered)$/.test(column) && fault === '9e15'

/** Columns that contain JSON. */
const json = /[.](newest|tombstones|articles|selections|filed|others|job)$|^sitemap_year[.]revised$/

/** Columns that nothing reads, and those of an import that is not complete, which `doctor` names as a whole. */
const unexamined = /^(archive[.]due|restoring[.].*)$/

/** Whether a fault is a wrong type or invalid JSON, so that `doctor` must name the row. */
const mustBeNamed = (column: string, type: string, fault: string): boolean =>
  !unexamined.test(column) &&
  (fault === `x'00'` ||
    fault === (type === 'INTEGER' ? `'x'` : (json.test(column) || keys.test(column)) && `'{'`))

const idOf = (slug: string) =>
  env.DB.prepare('SELECT id FROM article WHERE slug = ?').bind(slug).first<string>('id')

/** Fills every table. */
async function fill(): Promise<void> {
  const site = await openHub(admin)
  await site.put('retire', common)
  for (const slug of ['victime', 'bon', 'vieux']) await site.put(slug, common)
  await site.call('DELETE', '/api/articles/retire')
  await site.put('vieux', { ...common, section: 'Ville' })
  await site.call('PUT', '/api/sections/ville', { name: 'Cité' })
  await site.put('prevu', { ...common, embargo: appears })
  await site.put('brouillon', { ...common, status: 'draft' })
  await site.subscribe('/feed.rss')
  await site.subscribe('/feed.atom?section=monde&tag=ete', 'https://other.example/callback')
  await site.ports.counts.add([{ day: '2024-06-19', code: 'abc', network: 'x', count: 2 }])
  await site.hub.subscriptions.addDeadLetter({ kind: 'push' })
  const unconfirmed = {
    topic: 'feed.rss',
    host: 'h.example',
    mode: 'subscribe',
    reason: 'answered 404',
  } as const
  await site.hub.subscriptions.dismiss({ number: 0, requests: 0 } as Verification, unconfirmed)
  const topic = {
    'hub.topic': 'https://kiosque.example/feed.json',
    'hub.callback': 'https://third.example/c',
  }
  await site.ask({ 'hub.mode': 'subscribe', ...topic })
  await site.put('dernier', common)
  await site.ports.store.addOrigins([{ id: (await idOf('victime')) ?? '', path: 'victime.txt' }])
  await site.ports.store.openImport('a'.repeat(64))
  const line = { ...common, title: 'dernier', slug: 'dernier', import: { run: 1 } }
  await (await site.call('POST', '/api/articles', JSON.stringify(line), ndjson)).arrayBuffer()
  await env.DB.prepare("INSERT INTO restoring VALUES ('sections/monde', 1, 1, 1, 1, 1, 1)").run()
}

const read = [
  ...['/', '/feed.rss', '/feed.atom', '/sections/monde/feed.json', '/feed.atom?section=monde&tag=ete'],
  ...['/archive/2024/06/1/feed.atom', '/feeds.opml', '/sitemap.xml', '/sitemap-news.xml'],
  ...[
    '/sitemap-2024-06-1.xml',
    '/sitemap-selections.xml',
    '/articles/bon',
    '/feed.rss?after=1718000000000.1',
  ],
]
const managed = [
  '/api/articles',
  '/api/articles?section=monde&tag=ete',
  '/api/paths',
  '/api/hub',
  '/api/shares',
]

/** The tables that only the API and the hub read. */
const unread =
  /^(effect|restoring|topic|subscription|verification|dead_letter|failed_verification|last_number|share_count|hidden_index|refusal|name|imported|import)$/

/** What fails on a site with a bad row, each as a line. */
async function failuresOn(site: HubSite, table: string, mayMiss: boolean): Promise<string[]> {
  const failures: string[] = []
  const attempt = async (what: string, work: () => Promise<string | false | undefined>) => {
    const failure = await work().catch(String)
    if (failure) failures.push(`${what}: ${failure}`)
  }
  const look = async (addresses: readonly string[]) => {
    for (const address of addresses) {
      await attempt(address, async () => {
        const response = await (address.startsWith('/api') ? site.call('GET', address) : site.get(address))
        await response.arrayBuffer()
        return response.status !== 200 && !(mayMiss && response.status === 404) && `${response.status}`
      })
    }
  }
  const shows = (address: string, text: string) =>
    attempt(address, async () => !(await (await site.get(address)).text()).includes(text) && `lacks ${text}`)
  await look(unread.test(table) ? managed : [...read, ...managed])
  site.at(appears)
  site.wait(1000)
  await attempt('cron', async () => {
    await site.ports.store.takeCharge('eeeeeeee')
    await site.ports.store.release()
    await site.sweep()
    await fillCodes(site.ports.shorts)
    return undefined
  })
  const sent = site.deliveries().length
  await attempt('a save', async () => {
    const response = await site.put('bon', { ...common, title: 'Nouveau titre' })
    return response.status !== 200 && `${response.status} ${await response.text()}`
  })
  await attempt('a delivery', async () => {
    await site.drain()
    return site.deliveries().length === sent && 'no subscriber was told'
  })
  site.wait(2000)
  await shows('/feed.json', 'Nouveau titre')
  await shows('/sections/monde/feed.json', 'Nouveau titre')
  if (table !== 'article' && table !== 'schedule') await shows('/feed.json', 'Titre de prevu')
  await look(['/feed.rss', '/sitemap.xml', '/archive/2024/06/1/feed.atom'])
  if (/^import(ed)?$/.test(table)) {
    await attempt('an import', async () => {
      const { run } = await site.ports.store.openImport('b'.repeat(64))
      const line = {
        title: 'Importé',
        published: '2024-06-19T12:00:00Z',
        import: { run, path: 'victime.txt' },
      }
      const answer = await site.call('POST', '/api/articles', JSON.stringify(line), ndjson)
      const text = new TextDecoder().decode(await answer.arrayBuffer())
      return !/"saved":"(created|unchanged)"/.test(text) && text
    })
    await attempt('an undo', async () => {
      const { status } = await site.call('POST', '/api/imports/undo', { after: '' })
      return status !== 200 && `${status}`
    })
    await attempt('an export', async () => {
      const { status } = await site.call('GET', '/api/backup/origins')
      return status !== 200 && `${status}`
    })
  }
  return failures
}

const ndjson = { 'Content-Type': 'application/x-ndjson' }

const names = [
  ...[
    'site',
    'article',
    'selection',
    'membership',
    'schedule',
    'archive',
    'place',
    'sitemap_year',
    'tombstone',
  ],
  ...[
    'redirect',
    'name',
    'hidden_index',
    'effect',
    'restoring',
    'topic',
    'subscription',
    'verification',
    'dead_letter',
    'failed_verification',
    'last_number',
    'share_count',
    'imported',
    'import',
  ],
]

test('the list of tables is complete', async () => {
  const { results } = await env.DB.prepare(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf*' AND name NOT GLOB 'sqlite*'`,
  ).all<{ name: string }>()
  expect(
    results
      .map(({ name }) => name)
      // test/worker/notify-bad-rows.test.ts looks at the tables of subscribers, and comment-bad-rows.test.ts at those of comments.
      .filter(
        (name) =>
          !/^(subscriber|choice|rest|opt_in|notification|shown_article|told_article|digest|hold|capped|erased|statement)$/.test(
            name,
          ),
      )
      .filter((name) => !/^(comment|comment_event|salt|ban|discussion|refusal|d1_migrations)$/.test(name))
      .sort(),
  ).toEqual(names.toSorted())
})

test.for(names)('a bad row of the table %s costs only itself', async (table) => {
  await fill()
  const restore = await keepRows()
  const { results } = await env.DB.prepare(`PRAGMA table_info(${table})`).all<{
    name: string
    type: string
  }>()
  const failures: Record<string, string[]> = {}
  let planted = 0
  for (const where of rows[table] ?? ['true']) {
    for (const { name, type } of results) {
      for (const fault of faultsOf(type)) {
        const column = `${table}.${name}`
        if (isRight(column, fault)) continue
        const mayMiss = keys.test(column) || isUnknown(column, fault)
        const sql = `UPDATE ${table} SET ${name} = ${fault} WHERE ${where}`
        // The schema does not allow every fault.
        const changed = await env.DB.prepare(sql)
          .run()
          .then(
            ({ meta }) => meta.changes,
            () => 0,
          )
        if (changed === 0) continue
        planted++
        const site = await openHub(admin)
        const { findings } = await site.ports.examine(0, false)
        const isMissed = mustBeNamed(column, type, fault) && findings.length === 0
        const found = [
          ...(isMissed ? ['doctor does not name it'] : []),
          ...(await failuresOn(site, table, mayMiss)),
        ]
        if (found.length > 0) failures[sql] = found
        await restore()
      }
    }
  }
  expect(planted).toBeGreaterThan(0)
  expect(failures).toEqual({})
})
