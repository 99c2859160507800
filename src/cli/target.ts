import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseConfig } from '../config.ts'
import type { ArticleInput } from '../domain/input.ts'
import { detailsOf } from '../http/problem.ts'
import { slugFor } from '../ingest/article.ts'
import { publish } from '../publish.ts'
import { d1Store } from '../store/d1.ts'
import { migrate } from './migrate.ts'
import { quiet, root, serverFile } from './paths.ts'

/** What became of one article: its slug and what was done, or why it was refused. */
export type Reply = { ok: true; slug: string; kind: string } | { ok: false; reason: string }

/** Where the command line saves to. */
export interface Target {
  save: (input: ArticleInput) => Promise<Reply>
  isEmpty?: () => Promise<boolean>
  close: () => Promise<void>
}

/** The store that `to` names, else that of the running local server, else the local store itself. */
export async function openTarget(to: string | undefined): Promise<Target> {
  if (to !== undefined) return remoteTarget(checkedAddress(to), process.env.KIOSQUE_TOKEN ?? '')
  const server = await runningServer()
  return server ? remoteTarget(server.address, server.token) : localTarget({})
}

/** The local store, migrated, for as long as no server runs: two processes on it would lose saves. */
export async function localTarget({
  siteUrl = process.env.SITE_URL ?? 'http://localhost:8787',
  persistTo = join(root, '.wrangler', 'state'),
}): Promise<Target> {
  Object.assign(process.env, quiet)
  const config = parseConfig({ ...process.env, SITE_URL: siteUrl })
  if (!config.ok) throw new Error(detailsOf(config.problem).detail)
  migrate(persistTo)
  const { getPlatformProxy } = await import('wrangler') // seconds to load, and only needed here
  const proxy = await getPlatformProxy<{ DB: D1Database }>({
    configPath: join(root, 'wrangler.toml'),
    persist: { path: join(persistTo, 'v3') },
  })
  const log = (event: string, fields: Record<string, unknown>) =>
    console.error(JSON.stringify({ event, ...fields }))
  const store = d1Store(proxy.env.DB, Date.now, log)
  const ports = { site: config.value.site, store, clock: Date.now, invalidate: async () => {} }
  return {
    async save(input) {
      const saved = await publish(ports, input)
      if (!saved.ok) return { ok: false, reason: detailsOf(saved.problem).detail }
      return { ok: true, slug: saved.value.article.slug, kind: saved.value.kind }
    },
    isEmpty: () => store.isEmpty(),
    close: () => proxy.dispose(),
  }
}

function remoteTarget(address: string, token: string): Target {
  return {
    async save(input) {
      const slug = slugFor(input)
      const response = await fetch(`${address}/api/articles/${encodeURIComponent(slug)}`, {
        method: 'PUT',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(input),
        redirect: 'error',
      })
      const answer = (await response.json().catch(() => ({}))) as { detail?: string }
      if (!response.ok)
        return { ok: false, reason: answer.detail ?? `the server answered ${response.status}` }
      return { ok: true, slug, kind: response.headers.get('Kiosque-Saved') ?? 'saved' }
    },
    close: async () => {},
  }
}

/** A token must not travel in the clear, except on this machine. */
function checkedAddress(to: string): string {
  const url = URL.canParse(to) ? new URL(to) : undefined
  const local = url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (!url || !(url.protocol === 'https:' || local)) {
    throw new Error(`Cannot save to "${to}": it must be an https address`)
  }
  return url.origin
}

async function runningServer(): Promise<{ address: string; token: string } | undefined> {
  if (!existsSync(serverFile)) return undefined
  const server = JSON.parse(readFileSync(serverFile, 'utf8')) as { address: string; token: string }
  const answered = await fetch(`${server.address}/favicon.ico`, { signal: AbortSignal.timeout(5000) }).catch(
    () => undefined,
  )
  return answered && server
}
