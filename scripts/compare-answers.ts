import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { migrate } from '../src/cli/migrate.ts'
import { root } from '../src/cli/paths.ts'
import { newsboat } from '../test/readers.ts'
import { temporaryStore } from './local-server.ts'
import { freePort } from './ports.ts'
import { digestFile, digestOfRenderers, renderDigests } from './renderer-digest.ts'
import { fillSampleSite, withdrawn } from './sample-site.ts'
import { kill, serve, token } from './worker-process.ts'

/*
 * Compares the answers of this checkout with those of a former checkout, in which `npm ci` must have run. Both serve copies of
 * one store, and each address must give the same status, headers and bytes. Run this script after changes that only move or
 * rename code.
 *
 *   npm run compare -- ../former           compares
 *   npm run compare -- ../former --keep    also keeps the former digest in ETags if everything is equal (decision 017)
 */

const origin = 'https://kiosque.example'

/**
 * The addresses that the comparison requests first; no answer links to most of them. The comparison then
 * requests every address to which an answer links.
 */
const unlinked = `
  / /feed /feed/ /rss /rss.xml /atom.xml /?feed=atom /feed/json /feeds /feeds.opml /feeds?from=tags%2Fcinema
  /robots.txt /sitemap.xml /sitemap-news.xml /favicon.ico /card.png /apple-touch-icon.png /site.webmanifest /e/v1.js /e/v1.css /hub
  /api/openapi.json /api/articles /api/articles/image /api/articles/brouillon /api/articles?status=draft&tag=cinema
  /api/articles?before=x /api/paths /api/hub /api/shares /api/shares.csv
  /feed.rss?before=x /feed.xyz /nulle-part /feed.json?section=sciences /feed.rss?section=monde&tag=sommet
  /sections/secret/feed.rss /sections/sciences/feed.atom /tags/cinema/feed.atom?before=1718800000000.1
  /articles/${withdrawn} /articles/expire /articles/embargo /articles/brouillon /articles/prive
  /articles/un /articles/un/feed.rss /s/aaaaaaaaaaa
  /oembed /oembed?url=${origin}/x /oembed?url=${origin}/articles/image
  /oembed?url=${origin}/articles/image&format=xml&maxwidth=200 /e/image.html /e/un.html?lang=en
  /articles/image/share.json?lang=en&networks=x,facebook&text=Bonjour /articles/image/share.json?networks=zz`
  .trim()
  .split(/\s+/)

interface Ask {
  name: string
  method?: string
  headers?: Record<string, string>
  /** Makes the value of If-None-Match from the ETag of the answer to the request named `plain`. */
  base?: (etag: string) => string
}

/** Lowers the revision in an entity-tag by one, so that the Worker answers with a delta that contains the last save. */
const before = (etag: string): string =>
  etag.replace(/^W\/"(\w+)-/, (_, revision) => `W/"${(Number.parseInt(revision, 36) - 1).toString(36)}-`)

/** The kinds of requests that are sent to each address. */
const asks: readonly Ask[] = [
  { name: 'plain' },
  { name: 'person', headers: { 'Sec-Fetch-Dest': 'document', Accept: 'text/html' } },
  { name: 'head', method: 'HEAD' },
  { name: 'options', method: 'OPTIONS' },
  { name: 'not allowed', method: 'PATCH' },
  { name: 'atom', headers: { Accept: 'application/atom+xml' } },
  { name: 'token', headers: { Authorization: `Bearer ${token}` } },
  { name: 'unchanged', headers: { 'If-Modified-Since': 'Thu, 01 Jan 2099 00:00:00 GMT' } },
  { name: 'same tag', base: (etag) => etag },
  { name: 'delta', headers: { 'User-Agent': newsboat, 'A-IM': 'feed' }, base: before },
]

/**
 * The kinds of requests that are sent to addresses of the API. Requests that the API would refuse for lack of a
 * token are left out, because the API limits the number of such requests.
 */
const asksOfApi = asks.filter(({ name }) => ['options', 'not allowed', 'token'].includes(name))

interface Answer {
  status: number
  headers: string
  body: string
  etag: string
}

async function ask(port: number, path: string, one: Ask, etag: string): Promise<Answer> {
  const { method = 'GET', base } = one
  const headers = { ...one.headers, ...(base && etag && { 'If-None-Match': base(etag) }) }
  const response = await fetch(`http://localhost:${port}${path}`, { method, headers, redirect: 'manual' })
  const body = Buffer.from(await response.arrayBuffer()).toString('latin1')
  const kept = [...response.headers].filter(([name]) => name !== 'date')
  return {
    status: response.status,
    headers: kept.map(([name, value]) => `${name}: ${steady(path, value)}`).join('\n'),
    body,
    etag: response.headers.get('ETag') ?? '',
  }
}

/**
 * Removes from a header of the news sitemap the number of seconds until the end of the hour, when the news
 * sitemap changes. This number differs between two requests.
 */
const steady = (path: string, value: string): string =>
  path === '/sitemap-news.xml' ? value.replace(/(max-age|stale-[a-z-]+)=\d+/g, '$1') : value

/** The paths on the site that an answer's headers and body mention. */
function pathsIn({ headers, body }: Answer): string[] {
  const text = `${headers} ${body}`.replaceAll('&amp;', '&').replaceAll('\\"', '"').replaceAll('\\/', '/')
  const found = text.matchAll(/(?:https:\/\/kiosque\.example|(?:href|src|action)=")(\/[^\s"'<>#)\\,]*)/g)
  return [...found].map(([, path = '']) => path)
}

/** Waits until feeds have a Last-Modified date. A feed has none during the second in which a save changed the feed. */
async function settle(port: number): Promise<void> {
  for (;;) {
    const response = await fetch(`http://localhost:${port}/feed.rss`, { method: 'HEAD' })
    if (response.headers.has('Last-Modified')) return
    await pause(50)
  }
}

/**
 * Requests every address from a checkout's Worker: the given `paths`, or without `paths` all addresses that can
 * be reached by links. Returns the answers by address and kind of request.
 */
async function answersOf(checkout: string, store: string, settings: Settings, paths?: readonly string[]) {
  migrate(store, checkout)
  const port = await freePort()
  const server = await serve(store, port, { SITE_URL: origin, ...settings }, checkout)
  try {
    await settle(port)
    const answers = new Map<string, Answer>()
    const queue = [...(paths ?? unlinked)]
    const known = new Set(queue)
    for (const path of queue) {
      for (const one of path.startsWith('/api/') ? asksOfApi : asks) {
        const answer = await ask(port, path, one, answers.get(`plain ${path}`)?.etag ?? '')
        answers.set(`${one.name} ${path}`, answer)
        for (const next of paths ? [] : pathsIn(answer)) {
          if (known.has(next)) continue
          known.add(next)
          queue.push(next)
        }
      }
    }
    return { answers, paths: queue }
  } finally {
    await kill(server)
  }
}

/** Shows where two texts begin to differ, with the text around that place. */
function difference(was: string, is: string): string {
  let at = 0
  while (at < was.length && was[at] === is[at]) at++
  const from = Math.max(0, at - 60)
  return `\n    was ${was.slice(from, at + 100)}\n    is  ${is.slice(from, at + 100)}`
}

type Settings = Record<string, string>

/**
 * The settings under which both checkouts are compared: the defaults, and settings that change the bytes of
 * answers.
 */
const runs: Record<string, Settings> = {
  'standard settings': {},
  'other settings': {
    SITE_LANGUAGE: 'en',
    SITE_COPYRIGHT: '© Le Kiosque',
    TIME_ZONE: 'Europe/Paris',
    FEED_LENGTH: '3',
    FEED_SHARE_ROW: 'true',
    FEED_SHARE_DATA: 'true',
    FEDIVERSE_CREATORS: 'Kim Tong-hyung=@kim@example.social',
    SHARE_NETWORKS: 'A,B,C',
    SHARE_SHORT_LINKS: 'true',
    FACEBOOK_APP_ID: '1234567890',
  },
}

/**
 * Compares both checkouts under the same settings, each on its own copy of the store. Prints the differences,
 * and returns true if there are none.
 */
async function compare(former: string, filled: string, name: string, settings: Settings): Promise<boolean> {
  const { store, remove } = temporaryStore()
  try {
    cpSync(filled, store, { recursive: true })
    const was = await answersOf(former, store, settings)
    const is = await answersOf(root, store, settings, was.paths)
    const different = [...was.answers].flatMap(([asked, before]) => {
      const now = is.answers.get(asked) as Answer
      return (['status', 'headers', 'body'] as const)
        .filter((part) => before[part] !== now[part])
        .map((part) => `  ${asked}: ${part}${difference(String(before[part]), String(now[part]))}`)
    })
    const statuses = Map.groupBy(was.answers.values(), ({ status }) => status)
    const counted = [...statuses].sort().map(([status, those]) => `${those.length} × ${status}`)
    console.log(
      `${name}: ${was.answers.size} answers of ${was.paths.length} addresses: ${counted.join(', ')}`,
    )
    if (different.length > 0) console.log(`${different.length} differ:\n${different.slice(0, 40).join('\n')}`)
    return different.length === 0
  } finally {
    remove()
  }
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { keep: { type: 'boolean' } } })
const former = resolve(positionals[0] ?? '')
if (positionals[0] === undefined) throw new Error('Name the former checkout: npm run compare -- FOLDER')
if (!existsSync(join(former, 'node_modules'))) throw new Error(`Run npm ci in ${former} first`)

const present = readFileSync(digestFile, 'utf8')
const { rendererDigest } = await import(join(former, 'src', 'render', 'digest.ts'))
if (values.keep) writeFileSync(digestFile, renderDigests(rendererDigest, digestOfRenderers()))
const { store, remove } = temporaryStore()
let areEqual = false
try {
  migrate(store, former)
  const port = await freePort()
  const server = await serve(store, port, { SITE_URL: origin }, former)
  try {
    await fillSampleSite(port, store)
  } finally {
    await kill(server)
  }
  const results: boolean[] = []
  for (const [name, settings] of Object.entries(runs))
    results.push(await compare(former, store, name, settings))
  areEqual = results.every(Boolean)
} finally {
  remove()
  if (!areEqual) writeFileSync(digestFile, present)
}
if (areEqual) console.log('every status, header and byte is equal')
else process.exitCode = 1
