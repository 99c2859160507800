import { app } from './app.ts'
import { type Config, parseConfig } from './config/settings.ts'
import type { Within } from './domain/ports.ts'
import type { Result } from './domain/problem.ts'
import type { Counts } from './domain/short-link.ts'
import { address } from './domain/site.ts'
import type { Job } from './domain/subscription.ts'
import { problemResponse } from './http/problem.ts'
import { hashOf } from './http/token.ts'
import { sweep, work } from './hub/deliver.ts'
import { callWith } from './hub/outbound.ts'
import type { HubPorts } from './hub/ports.ts'
import { type Isolate, openIsolate } from './memory/isolate.ts'
import { createRateLimit, type MayAsk } from './memory/rate.ts'
import { steadyStore } from './memory/steady.ts'
import { type Gather, gatherVisits } from './memory/visits.ts'
import type { Ports } from './ports.ts'
import { fillCodes } from './read/short-link.ts'
import { rendererDigest } from './render/digest.ts'
import { offering } from './routes/reading.ts'
import { d1Counts } from './store/counts.ts'
import { d1Store } from './store/d1.ts'
import { hubStore } from './store/hub/store.ts'
import { d1Paths } from './store/paths.ts'
import { shortLinks } from './store/short-link.ts'
import { invalidate, invalidateQueued, type Purge } from './write/invalidate.ts'
import { spread } from './write/publish.ts'
import { createPurgeBudget, type Invalidation, type PurgeBudget } from './write/purge-budget.ts'

const clock = Date.now

function log(event: string, fields: Record<string, unknown>): void {
  console.error(JSON.stringify({ event, ...fields }))
}

/** Writes down what went as it should. */
function note(event: string, fields: Record<string, unknown>): void {
  console.info(JSON.stringify({ event, ...fields }))
}

const within: Within = (milliseconds, work) =>
  new Promise((resolve, reject) => {
    const late = () => reject(new Error(`no answer within ${milliseconds} ms`))
    const timer = setTimeout(late, milliseconds)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })

const wait = (milliseconds: number): Promise<void> => scheduler.wait(milliseconds)

/** No deadline, for what mostly changes the store. */
const withoutTimeout: Within = (_, work) => work

interface Settled extends Isolate {
  /** What readings released, until its copies are invalidated. */
  released: string[]
  config: Result<Config>
  digest: string
  purgeBudget: PurgeBudget
  mayAsk: MayAsk
  counts: Counts
  gather: Gather
}

/** An isolate's environment never changes: its settings are read once, and its memory belongs to it. */
const isolates = new WeakMap<Env, Settled>()

/** No request awaits another's work: of those that come first, each settles for itself. */
async function settle(env: Env): Promise<Settled> {
  const known = isolates.get(env)
  if (known) return known
  const made = await read(env)
  const settled = isolates.get(env) ?? made
  isolates.set(env, settled)
  return settled
}

async function read(env: Env): Promise<Settled> {
  const config = parseConfig(env)
  const { apiTokens: _, ...shown } = config.ok ? config.value : { apiTokens: [] }
  const advertised = config.ok && mayCall(config.value)
  const digest = (await hashOf(JSON.stringify([rendererDigest, shown, advertised]))).slice(0, 8)
  const purgeBudget = createPurgeBudget(clock)
  const released: string[] = []
  const mayAsk = createRateLimit(clock, async (key) => (await env.READERS.limit({ key })).success)
  const counts = steadyStore(d1Counts(env.DB), within)
  return {
    config,
    digest,
    purgeBudget,
    mayAsk,
    released,
    counts,
    gather: gatherVisits({ counts, wait, clock, log }),
    ...openIsolate(storeIn(env, released), { clock, within, log }),
  }
}

/** The store of the bindings; what its readings release is written down. */
const storeIn = (env: Env, released: string[]) =>
  d1Store(env.DB, clock, log, (paths) => released.push(...paths))

/** Has the copies invalidated of what readings released, and subscribers told at once: nobody waits for cron. */
function follow(ports: Ports, env: Env, context: ExecutionContext): void {
  const paths = isolates.get(env)?.released.splice(0) ?? []
  if (paths.length > 0) context.waitUntil(spread(ports.publishing, [...new Set(paths)]))
}

/** The ports out of the bindings, or the answer that says which setting is wrong. */
async function portsOf(env: Env, context: ExecutionContext): Promise<Ports | Response> {
  const { config, digest, purgeBudget, store, released, ...isolate } = await settle(env)
  if (!config.ok) return problemResponse(config.problem)
  const hub = hubPorts(env, config.value, digest, released)
  return {
    config: config.value,
    ...(hub && { hub }),
    store,
    paths: steadyStore(d1Paths(env.DB, clock), withoutTimeout),
    shorts: steadyStore(shortLinks(env.DB), within),
    clock,
    digest,
    publishing: {
      site: config.value.site,
      store,
      clock,
      invalidate: async (paths, urgent) => {
        const purge = purgeWith(context)
        if (!purge) return
        const send = async (message: Invalidation, delaySeconds: number) => {
          await env.INVALIDATE.send(message, { delaySeconds })
        }
        await invalidate({ purge, send, purgeBudget, log }, paths, urgent)
      },
      push: async () => context.waitUntil(enqueue(env, [{ kind: 'push' }])),
    },
    mayFail: async (client) => (await env.FAILURES.limit({ key: client })).success,
    log,
    ...isolate,
  }
}

/** Whether the hub may call others: without the flag, a call could get past the firewall of the own zone. */
const mayCall = ({ hubLoopback }: Config): boolean =>
  Cloudflare.compatibilityFlags.global_fetch_strictly_public === true || hubLoopback

/**
 * The hub, where there may be one: the feeds advertise none otherwise. Its store is the
 * truth and never a copy: what is delivered is at least as new as what is owed.
 */
function hubPorts(env: Env, config: Config, digest: string, released: string[]): HubPorts | undefined {
  if (!mayCall(config)) return undefined
  const { site, feedLength, publicHubs } = config
  const hub = address(site, 'hub')
  return {
    ...{ site, feedLength, publicHubs, hub, digest, clock, log: note },
    ...offering(config),
    store: steadyStore(storeIn(env, released), within),
    subscriptions: steadyStore(hubStore(env.DB, clock), withoutTimeout),
    enqueue: (jobs) => enqueue(env, jobs),
    call: callWith((request) => fetch(request), `Kiosque (+${hub})`),
    random: Math.random,
    bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    mayAsk: async (client) => (await env.SUBSCRIBERS.limit({ key: client })).success,
    mayCall: async (host) => (await env.CALLBACKS.limit({ key: host })).success,
    loopback: config.hubLoopback,
  }
}

/** The platform takes so many messages in one call. */
const maxMessages = 100

/** Puts jobs on the queue. One that gets lost is found by the sweep, so nothing fails for it. */
async function enqueue(env: Env, jobs: readonly Job[]): Promise<void> {
  try {
    for (let at = 0; at < jobs.length; at += maxMessages) {
      await env.DELIVER.sendBatch(jobs.slice(at, at + maxMessages).map((body) => ({ body })))
    }
  } catch (fault) {
    log('enqueue-failed', { jobs: jobs.length, message: String(fault) })
  }
}

/** Workers Cache as a port; it is absent in local runs, where there is nothing to mark stale. */
function purgeWith(context: ExecutionContext): Purge | undefined {
  const { cache } = context as { cache?: { purge(what: Parameters<Purge>[0]): Promise<unknown> } }
  if (!cache) return undefined
  return async (what) => {
    const answer = (await cache.purge(what)) as { success?: boolean } | undefined
    return answer?.success !== false
  }
}

type Batch = Pick<MessageBatch<unknown>, 'queue' | 'messages'>
type Consumer = (ports: Ports, batch: Batch, context: ExecutionContext) => Promise<void>

/** What is done with a batch of each queue, by its name in wrangler.toml. */
const queues: Record<string, Consumer> = {
  'kiosque-deliver': each(async ({ hub }, body) => {
    if (hub) await work(hub, body as Job)
  }),
  'kiosque-dead': each(async ({ hub }, body) => {
    if (hub) await hub.subscriptions.addDeadLetter(body as Job)
  }),
  'kiosque-invalidate': async (_, { messages }, context) => {
    const purge = purgeWith(context)
    if (purge)
      await invalidateQueued(
        { purge, wait },
        messages.map(({ body }) => body as Invalidation),
      )
  },
}

/** Messages that are done side by side; one that fails comes again without the others. */
function each(work: (ports: Ports, body: unknown) => Promise<void>): Consumer {
  return async (ports, { queue, messages }) => {
    await Promise.all(
      messages.map(async (message) => {
        try {
          await work(ports, message.body)
        } catch (fault) {
          log('job-failed', { queue, attempts: message.attempts, message: String(fault) })
          message.retry()
        }
      }),
    )
  }
}

async function serve(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
  const ports = await portsOf(env, context)
  if (ports instanceof Response) return ports
  const response = await app.fetch(request, ports, context)
  follow(ports, env, context)
  return response
}

export default {
  fetch(request, env, context): Response | Promise<Response> {
    return isolates.get(env)?.answers.find(request) ?? serve(request, env, context)
  },

  async scheduled(_controller, env, context): Promise<void> {
    const ports = await portsOf(env, context)
    if (ports instanceof Response) return
    await ports.publishing.invalidate(await ports.store.release())
    if (ports.hub) await sweep(ports.hub)
    await fillCodes(ports.shorts)
    follow(ports, env, context)
  },

  async queue(batch, env, context): Promise<void> {
    const ports = await portsOf(env, context)
    if (ports instanceof Response) return batch.retryAll()
    try {
      await queues[batch.queue]?.(ports, batch, context)
      follow(ports, env, context)
    } catch (fault) {
      log('batch-failed', { queue: batch.queue, messages: batch.messages.length, message: String(fault) })
      batch.retryAll()
    }
  },
} satisfies ExportedHandler<Env>
