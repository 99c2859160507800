import type { Ports } from './answer.ts'
import { app } from './app.ts'
import { type Config, parseConfig } from './config.ts'
import { sweep, work } from './deliver.ts'
import type { Result } from './domain/problem.ts'
import { address } from './domain/site.ts'
import type { Job } from './domain/subscription.ts'
import { problemResponse } from './http/problem.ts'
import { cacheTag } from './http/respond.ts'
import { hashOf } from './http/token.ts'
import { callWith } from './outbound.ts'
import { rendererDigest } from './render/digest.ts'
import { codeOf } from './share/code.ts'
import { d1Counts } from './store/counts.ts'
import { d1Store } from './store/d1.ts'
import { hubStore } from './store/hub/store.ts'
import { shortLinks } from './store/short-links.ts'
import type { HubPorts } from './topic.ts'

const clock = Date.now

function log(event: string, fields: Record<string, unknown>): void {
  console.error(JSON.stringify({ event, ...fields }))
}

/** Writes down what went as it should. */
function note(event: string, fields: Record<string, unknown>): void {
  console.info(JSON.stringify({ event, ...fields }))
}

interface Settled {
  config: Result<Config>
  digest: string
}

/** An isolate's environment never changes, so its settings are read once. */
const settled = new WeakMap<Env, Promise<Settled>>()

function settle(env: Env): Promise<Settled> {
  const known = settled.get(env) ?? read(env)
  settled.set(env, known)
  return known
}

async function read(env: Env): Promise<Settled> {
  const config = parseConfig(env as unknown as Record<string, unknown>)
  const { apiTokens: _, ...shown } = config.ok ? config.value : { apiTokens: [] }
  return { config, digest: (await hashOf(JSON.stringify([rendererDigest, shown]))).slice(0, 8) }
}

/** The ports out of the bindings, or the answer that says which setting is wrong. */
async function portsOf(env: Env, context: ExecutionContext): Promise<Ports | Response> {
  const { config, digest } = await settle(env)
  if (!config.ok) return problemResponse(config.problem)
  const store = d1Store(env.DB, clock, log)
  const hub = hubPorts(env, config.value, digest)
  return {
    config: config.value,
    ...(hub && { hub }),
    store,
    shorts: shortLinks(env.DB, codeOf, log),
    counts: d1Counts(env.DB),
    clock,
    digest,
    publishing: {
      site: config.value.site,
      store,
      clock,
      invalidate: (paths) => invalidate(paths, context),
      push: async () => context.waitUntil(enqueue(env, [{ kind: 'push' }])),
    },
    mayFail: async (client) => (await env.FAILURES.limit({ key: client })).success,
    log,
  }
}

/**
 * The hub, which may call others only where no call can get past the firewall of the own zone. Its store is the
 * truth and never a copy: what is delivered is at least as new as what is owed.
 */
function hubPorts(env: Env, config: Config, digest: string): HubPorts | undefined {
  if (!Cloudflare.compatibilityFlags.global_fetch_strictly_public && !config.hubLoopback) return undefined
  const { site, feedLength, publicHubs } = config
  const hub = address(site, 'hub')
  return {
    ...{ site, feedLength, publicHubs, hub, digest, clock, log: note },
    store: d1Store(env.DB, clock, log),
    subscriptions: hubStore(env.DB, clock),
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
const mostMessages = 100

/** Puts jobs on the queue. One that gets lost is found by the sweep, so nothing fails for it. */
async function enqueue(env: Env, jobs: readonly Job[]): Promise<void> {
  try {
    for (let at = 0; at < jobs.length; at += mostMessages) {
      await env.DELIVER.sendBatch(jobs.slice(at, at + mostMessages).map((body) => ({ body })))
    }
  } catch (fault) {
    log('enqueue-failed', { jobs: jobs.length, message: String(fault) })
  }
}

/** What is done with a message of each queue, by its name in wrangler.toml. */
const queues: Record<string, (ports: Ports, body: unknown) => Promise<void>> = {
  'kiosque-deliver': async ({ hub }, body) => {
    if (hub) await work(hub, body as Job)
  },
  'kiosque-dead': async ({ hub }, body) => {
    if (hub) await hub.subscriptions.bury(body as Job)
  },
}

type WorkersCache = { purge(what: { tags: string[] } | { purgeEverything: true }): Promise<unknown> }

/** The platform takes so many tags in one call. */
const mostTags = 100

/**
 * Workers Cache is absent in local runs, so `context.cache` may be too. The save is done by now: a cache that
 * cannot be reached is logged and must not make it look failed; the copies end at their max-age.
 */
async function invalidate(paths: readonly string[], context: ExecutionContext): Promise<void> {
  const { cache } = context as { cache?: WorkersCache }
  if (!cache || paths.length === 0) return
  try {
    const tags = paths.map(cacheTag)
    await cache.purge(tags.length > mostTags ? { purgeEverything: true } : { tags })
  } catch (fault) {
    log('invalidation-failed', { paths: paths.length, message: String(fault) })
  }
}

export default {
  async fetch(request, env, context): Promise<Response> {
    const ports = await portsOf(env, context)
    return ports instanceof Response ? ports : app.fetch(request, ports, context)
  },

  async scheduled(_controller, env, context): Promise<void> {
    const ports = await portsOf(env, context)
    if (ports instanceof Response) return
    await ports.publishing.invalidate(await ports.store.release())
    if (ports.hub) await sweep(ports.hub)
  },

  /** The messages of a batch are done side by side; one that fails comes again without the others. */
  async queue(batch, env, context): Promise<void> {
    const ports = await portsOf(env, context)
    if (ports instanceof Response) return batch.retryAll()
    await Promise.all(
      batch.messages.map(async (message) => {
        try {
          await queues[batch.queue]?.(ports, message.body)
        } catch (fault) {
          log('job-failed', { queue: batch.queue, attempts: message.attempts, message: String(fault) })
          message.retry()
        }
      }),
    )
  },
} satisfies ExportedHandler<Env>
