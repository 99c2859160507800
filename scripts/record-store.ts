import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { migrate } from '../src/cli/migrate.ts'
import { root } from '../src/cli/paths.ts'
import { formatNames } from '../src/domain/format.ts'
import { checkOut, firstRelease } from './former-release.ts'
import { databaseFileIn } from './local-server.ts'
import { freePort } from './ports.ts'
import { laterWork, recordedArticles } from './recorded-articles.ts'
import {
  numbersIn,
  type RecordedAnswer,
  type RecordedStore,
  readStore,
  writeStore,
} from './recorded-store.ts'
import { kill, serve, token } from './worker-process.ts'

/*
 * Records a store: has the Worker of this checkout do all that it can do, and writes the rows of its store, and what it
 * answers, to `fixtures/stores/VERSION.ndjson`. `node scripts/record-store.ts 0.1.0` does the same with version 0.1.
 */

/** The address of the site, and the address in the file. The hub calls subscribers on this machine only from the first. */
const [local, written] = ['http://localhost:8787', 'https://kiosque.example']

/** The tables of which no row stays: work that is done at once, and what only faults fill. */
const mayBeEmpty = /^(outbox|effect|dead_letter|failed_verification|refusal)$/

/** Calls the Worker with the API token; throws if the answer is an error. */
type Call = (method: string, path: string, body?: unknown) => Promise<Response>

const callTo =
  (port: number): Call =>
  async (method, path, body) => {
    const response = await fetch(`http://localhost:${port}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        // Visits of programs that call themselves by no browser's name are not counted.
        'User-Agent': 'Mozilla/5.0',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    assert.ok(
      response.status < 400,
      `${method} ${path}: ${response.status} ${response.status < 400 ? '' : await response.text()}`,
    )
    return response
  }

interface Schema {
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
}

/** Returns a value without the fields that a JSON schema does not have, and notes in `used` which fields it has. */
function known(value: unknown, schema: Schema, path: string, used: Set<string>): unknown {
  const { items, properties = schema.anyOf?.find((one) => one.properties)?.properties } = schema
  if (Array.isArray(value)) return value.map((one) => known(one, items ?? {}, path, used))
  if (typeof value !== 'object' || value === null || !properties) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const field = properties[name]
      if (!field) return []
      used.add(`${path}.${name}`)
      return [[name, known(member, field, `${path}.${name}`, used)]]
    }),
  )
}

/** The names of all fields of a JSON schema, also those of the objects inside it. */
function fieldsOf({ properties, items, anyOf = [] }: Schema, path: string): string[] {
  const own = Object.entries(properties ?? {}).flatMap(([name, field]) => [
    `${path}.${name}`,
    ...fieldsOf(field, `${path}.${name}`),
  ])
  return [...own, ...[items, ...anyOf].flatMap((schema) => (schema ? fieldsOf(schema, path) : []))]
}

/** Saves all articles, and fails if none of them has a field that the release takes. */
async function saveArticles(call: Call): Promise<void> {
  const document = (await (await call('GET', '/api/openapi.json')).json()) as {
    components: { schemas: Record<string, Schema> }
  }
  const schema = document.components.schemas.Article
  assert.ok(schema, `no schema Article among ${Object.keys(document.components.schemas)}`)
  const used = new Set<string>()
  const soon = Math.ceil(Date.now() / 1000) * 1000 + 10_000
  const instants = [soon, soon + 3_600_000].map((at) => new Date(at).toJSON()) as [string, string]
  for (const [slug, article] of recordedArticles(...instants)) {
    await call('PUT', `/api/articles/${slug}`, known({ title: slug, ...article }, schema, '', used))
  }
  for (const [method, path, body] of laterWork) await call(method, `/api/${path}`, body)
  const unused = fieldsOf(schema, '').filter((field) => field !== '.slug' && !used.has(field))
  assert.deepEqual(unused, [], 'scripts/recorded-articles.ts needs articles with these fields')
  while (Date.now() <= soon) await pause(100)
  await call('GET', '/api/articles')
}

/** A subscriber on this machine. It confirms every subscription, but gives no answer at the path `/silent`. */
async function openSubscriber(): Promise<{ address: string; close: () => void }> {
  const server = createServer(({ url = '' }, response) => {
    if (url.startsWith('/silent')) return
    response.end(new URL(url, 'http://localhost').searchParams.get('hub.challenge') ?? '')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Subscribes to feeds, and follows short links, so that the hub's tables and the counts of short links have rows. */
async function subscribeAndShare(call: Call, port: number, subscriber: string): Promise<void> {
  const asked: [topic: string, callback: string][] = [
    ['/feed.rss', '/callback'],
    ['/feed.atom?section=ville&tag=ete', '/callback'],
    ['/tags/ete/feed.json', '/callback'],
    ['/feed.json', '/silent'],
  ]
  for (const [topic, callback] of asked) {
    const form = {
      'hub.mode': 'subscribe',
      'hub.topic': `${local}${topic}`,
      'hub.callback': `${subscriber}${callback}`,
      'hub.secret': 'secret',
    }
    const { status } = await fetch(`http://localhost:${port}/hub`, {
      method: 'POST',
      body: new URLSearchParams(form),
    })
    assert.equal(status, 202, topic)
  }
  const { networks } = (await (await call('GET', '/articles/r02/share.json')).json()) as {
    networks: { short: string }[]
  }
  for (const { short } of networks.slice(0, 3)) await call('GET', short.replace(local, ''))
}

/** Waits until every table that the work fills has rows, and the hub asks only the silent subscriber. Returns the rows. */
async function filledTables(store: string): Promise<RecordedStore['tables']> {
  for (let looks = 0; ; looks++) {
    const tables = tablesIn(store)
    const empty = tables.filter(({ table, rows }) => rows.length === 0 && !mayBeEmpty.test(table))
    const asked = tables.find(({ table }) => table === 'verification')?.rows.length
    if (empty.length === 0 && asked === 1) return tables
    assert.ok(looks < 200, `${asked} verifications; no rows in ${empty.map(({ table }) => table)}`)
    await pause(100)
  }
}

const furtherAddress = /http:\/\/localhost:8787(\/[^\s"'<>#\\]*(?:archive|sitemap|before=)[^\s"'<>#\\]*)/g

/** Requests what readers and editors see: every page and feed of an article or selection, and what they lead to. */
async function answersOf(port: number, slugs: string[], paths: string[]): Promise<RecordedAnswer[]> {
  const queue = [
    ...['/', '/feeds.opml', '/sitemap.xml', '/sitemap-news.xml', '/feed.json?section=ville&tag=ete'],
    ...formatNames.map((format) => `/feed.${format}`),
    ...paths.flatMap((path) => [`/${path}`, `/${path}/feed.json`]),
    ...slugs.flatMap((slug) => ['', '/feed.atom'].map((end) => `/articles/${slug}${end}`)),
    ...slugs.map((slug) => `/api/articles/${slug}`),
    ...['draft', 'scheduled', 'published', 'expired', 'withdrawn'].map((is) => `/api/articles?status=${is}`),
    ...['/api/articles', '/api/articles?section=monde-entier', '/api/paths', '/api/hub', '/api/shares'],
  ]
  const answers: RecordedAnswer[] = []
  for (const address of queue) {
    const headers = address.startsWith('/api/') ? { Authorization: `Bearer ${token}` } : {}
    const response = await fetch(`http://localhost:${port}${address}`, { redirect: 'manual', headers })
    const body = await response.text()
    answers.push({ address, status: response.status, shows: numbersIn(body) })
    for (const [, next = ''] of body.replaceAll('&amp;', '&').matchAll(furtherAddress))
      if (!queue.includes(next)) queue.push(next)
  }
  return answers
}

/** The rows of every table of a store, also those of the table in which wrangler notes the migrations. */
function tablesIn(store: string): RecordedStore['tables'] {
  const database = new DatabaseSync(databaseFileIn(store), { readOnly: true })
  const rowsOf = (sql: string) => database.prepare(sql).all() as Record<string, string | number | null>[]
  const names = rowsOf(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf*' AND name NOT GLOB 'sqlite*' ORDER BY name",
  )
  const tables = names.map(({ name }) => {
    const columns = rowsOf(`PRAGMA table_info(${name})`).map((column) => String(column.name))
    const rows = rowsOf(`SELECT ${columns.join(', ')} FROM ${name}`).map((row) => Object.values(row))
    return { table: String(name), columns, rows }
  })
  database.close()
  return tables
}

const column = ({ tables }: RecordedStore, table: string, name: string): string[] => {
  const { columns = [], rows = [] } = tables.find((one) => one.table === table) ?? {}
  return rows.map((row) => String(row[columns.indexOf(name)]))
}

/** The selections whose addresses are requested: of the fifty tags and authors of `r01`, only the first. */
const furtherPath = /^(sections|tags|authors)\/(?!\d\d$)|^(tags|authors)\/01$/

/** Runs the Worker of a checkout, and returns its store and its answers. */
async function record(checkout: string, store: string): Promise<RecordedStore> {
  migrate(store, checkout)
  const port = await freePort()
  const subscriber = await openSubscriber()
  const server = await serve(store, port, { SITE_URL: local, HUB_LOOPBACK: 'true' }, checkout)
  try {
    const call = callTo(port)
    await saveArticles(call)
    await subscribeAndShare(call, port, subscriber.address)
    const recorded = { tables: await filledTables(store), answers: [] }
    const slugs = [...column(recorded, 'article', 'slug'), 'r15-ancien', 'r23']
    const paths = column(recorded, 'selection', 'path').filter((path) => furtherPath.test(path))
    return { ...recorded, answers: await answersOf(port, slugs, [...paths, 'sections/monde']) }
  } finally {
    subscriber.close()
    await kill(server)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'kiosque-record-'))
try {
  const checkout = process.argv[2] === '0.1.0' ? checkOut(firstRelease, folder) : root
  if (checkout === undefined) throw new Error(`${firstRelease.name} is not in this clone's history`)
  const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version: string }
  const recorded = await record(checkout, join(folder, 'store'))
  const file = join(root, 'fixtures', 'stores', `${version}.ndjson`)
  const text = writeStore(recorded)
  assert.deepEqual(readStore(text), recorded)
  writeFileSync(file, text.replaceAll(local, written))
  const rows = recorded.tables.map(({ table, rows }) => `${table} ${rows.length}`).join(', ')
  console.log(`${file}: ${rows}; ${recorded.answers.length} answers`)
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
}
