import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '../../src/cli/paths.ts'
import { hashOf } from '../../src/http/token.ts'
import { type ProcessGroup, startGroup } from '../process-group.ts'
import { bundleWorker } from '../worker-bundle.ts'
import { token } from '../worker-process.ts'
import type { Random } from './random.ts'
import type { Serving } from './server.ts'
import type { Tally } from './tally.ts'
import { calm, chaosHeaders, type Orders, type Weather } from './weather.ts'

/** The address that the Workers take for their own. It is in links only; no request is sent to it. */
export const siteUrl = 'http://localhost:8787'

export const feedLength = 5

/** The Workers that can serve the store. Two have the settings of version A, one has those of version B. */
const titles: Record<string, string> = { a1: 'Kiosque', a2: 'Kiosque', b1: 'Kiosque, suite' }

/** The Workers that serve at the same time: one version alone, both versions, or one version in two isolates. */
export const casts = [['a1'], ['b1'], ['a1', 'a2'], ['a1', 'b1'], ['b1', 'a1'], ['a1', 'a2', 'b1']] as const

/** The version of a Worker. Two Workers of one version give equal answers. */
export const versionOf = (worker: string): string => worker.slice(0, 1)

/** An answer of a Worker. All instants are those of the run's clock. */
export interface Answer {
  worker: string
  method: string
  address: string
  /** The headers of the request. */
  asked: Record<string, string>
  begun: number
  ended: number
  status: number
  headers: Headers
  body: string
  /** The kinds of calls to the database that may be the reason of the answer. */
  trouble: string
}

/** The site that the run disturbs. */
export interface Site {
  /** The time of the run's clock, which is also the clock of all Workers. */
  now: () => number
  /** The Workers that serve now; an empty list while there is none. */
  workers: () => readonly string[]
  /** Sends a request to a Worker. Returns undefined if no answer came, because the Worker was killed. */
  ask: (worker: string, address: string, request?: Asking) => Promise<Answer | undefined>
  /** Starts the Workers with these names. The clock first goes ahead by the given milliseconds. */
  start: (names: readonly string[], weather: Weather, laterMilliseconds: number) => Promise<void>
  setWeather: (weather: Weather) => Promise<void>
  /** Sets the clock ahead. */
  goAhead: (milliseconds: number) => Promise<void>
  /** Kills every process of the site without letting it finish any work. */
  kill: () => void
  /** Resolves when the site's processes have been killed. */
  killed: () => Promise<void>
}

interface Asking {
  method?: string
  headers?: Record<string, string>
  body?: string
}

interface Running {
  group: ProcessGroup
  addresses: Record<string, string>
}

/** Builds the Worker of the run into the folder, and returns the folder of the modules. */
export async function buildWorker(folder: string): Promise<string> {
  const modules = join(folder, 'modules')
  mkdirSync(modules)
  for (const { name, text } of await bundleWorker('scripts/chaos/worker.ts'))
    if (name.endsWith('.mjs')) writeFileSync(join(modules, name), text)
  return modules
}

interface Place {
  /** The folder of the run. */
  folder: string
  modules: string
  /** The address of the process that makes the run. */
  runAddress: string
}

export function openSite(place: Place, random: Random, tally: Tally): Site {
  let aheadMilliseconds = 0
  let weather = calm
  let running: Running | undefined
  const now = () => Date.now() + aheadMilliseconds
  const orders = (): Orders => ({ weather, aheadMilliseconds, seed: random.between(1, 1e9) })
  const workers = () => Object.keys(running?.addresses ?? {})

  const ask = async (
    worker: string,
    address: string,
    { method = 'GET', headers = {}, body }: Asking = {},
  ): Promise<Answer | undefined> => {
    const server = running?.addresses[worker]
    if (server === undefined) return undefined
    const begun = now()
    try {
      const response = await fetch(`${server}${address}`, {
        method,
        headers,
        redirect: 'manual',
        ...(body !== undefined && { body }),
      })
      const text = await response.text()
      const trouble = response.headers.get(chaosHeaders.trouble) ?? ''
      tally.add('failed statements', Number(response.headers.get(chaosHeaders.failed) ?? 0))
      const { status, headers: given } = response
      return {
        ...{ worker, method, address, asked: headers, begun, ended: now() },
        ...{ status, headers: given, body: text, trouble },
      }
    } catch {
      return undefined
    }
  }

  const command = (path: string, body?: object) =>
    Promise.all(
      workers().map((worker) =>
        ask(worker, path, { method: 'POST', ...(body && { body: JSON.stringify(body) }) }),
      ),
    )

  return {
    now,
    workers,
    ask,
    async start(names, first, laterMilliseconds) {
      aheadMilliseconds += laterMilliseconds
      weather = first
      running = await launch(place, names, orders)
    },
    async setWeather(next) {
      weather = next
      await command('/chaos/orders', orders())
    },
    async goAhead(milliseconds) {
      aheadMilliseconds += milliseconds
      await command('/chaos/orders', orders())
    },
    kill() {
      running?.group.forget()
      if (running) tally.add('kills')
      running = undefined
    },
    async killed() {
      while (running) await pause(20)
    },
  }
}

/** Starts a process with the Workers, and waits until it serves. */
async function launch(
  { folder, modules, runAddress }: Place,
  names: readonly string[],
  orders: () => Orders,
): Promise<Running> {
  const hash = await hashOf(token)
  const serving: Serving = {
    store: join(folder, 'store'),
    modules,
    log: join(folder, 'worker.log'),
    workers: names.map((name) => ({
      name,
      bindings: {
        SITE_URL: siteUrl,
        SITE_TITLE: titles[name] as string,
        FEED_LENGTH: String(feedLength),
        HUB_LOOPBACK: 'true',
        API_TOKENS: `chaos:admin:${hash}`,
        CHAOS_RUN: runAddress,
        CHAOS_ORDERS: JSON.stringify(orders()),
      },
    })),
  }
  const script = join(root, 'scripts/chaos/server.ts')
  const group = startGroup(process.execPath, [script, JSON.stringify(serving)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = await Promise.race([firstLine(group.leader.stdout as Readable), group.failed])
  return { group, addresses: JSON.parse(line) }
}

async function firstLine(output: Readable): Promise<string> {
  output.setEncoding('utf8')
  let text = ''
  for await (const part of output.iterator({ destroyOnReturn: false })) {
    text += part
    if (text.includes('\n')) return text.split('\n')[0] as string
  }
  throw new Error('The site ended before it was ready')
}
