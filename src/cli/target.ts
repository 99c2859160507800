import { existsSync, readFileSync } from 'node:fs'
import type { Article } from '../domain/article.ts'
import type { ArticleInput } from '../domain/input.ts'
import { localTarget } from './local.ts'
import { serverFile } from './paths.ts'
import { remoteTarget } from './remote.ts'

/** What became of one article: its slug and what was done, or why it was refused. */
export type Reply = { ok: true; slug: string; kind: string } | { ok: false; reason: string }

/** Which articles to list. */
export interface Filter {
  status?: string
  section?: string
  tag?: string
  author?: string
}

/** What the command line works against. */
export interface Target {
  /** Saves a chunk; one reply for each, in the same order. */
  save: (inputs: readonly ArticleInput[]) => Promise<Reply[]>
  /** The articles, newest published first. */
  list: (filter: Filter) => AsyncIterable<Article>
  find: (slug: string) => Promise<Article | undefined>
  withdraw: (slug: string) => Promise<Reply>
  close: () => Promise<void>
}

/** The store that `to` names, else that of the running local server, else the local store itself. */
export async function openTarget(to: string | undefined): Promise<Target> {
  if (to !== undefined) {
    const token = process.env.KIOSQUE_TOKEN
    if (!token) throw new Error(`Cannot use "${to}": put its token into the environment as KIOSQUE_TOKEN`)
    return remoteTarget(checkedAddress(to), token)
  }
  const server = await runningServer()
  return server ? remoteTarget(server.address, server.token) : localTarget({})
}

/** A token must not travel in the clear, except on this machine. */
function checkedAddress(to: string): string {
  const url = URL.canParse(to) ? new URL(to) : undefined
  const local = url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (!url || !(url.protocol === 'https:' || local)) {
    throw new Error(`Cannot use "${to}": it must be an https address`)
  }
  return url.origin
}

async function runningServer(): Promise<{ address: string; token: string } | undefined> {
  if (!existsSync(serverFile)) return undefined
  const server = JSON.parse(readFileSync(serverFile, 'utf8')) as { address: string; token: string }
  const answered = await fetch(`${server.address}/favicon.ico`, { signal: AbortSignal.timeout(5000) }).catch(
    () => undefined,
  )
  await answered?.body?.cancel()
  return answered && server
}
