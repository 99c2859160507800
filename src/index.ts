import type { Ports } from './answer.ts'
import { app } from './app.ts'
import { type Config, parseConfig } from './config.ts'
import type { Result } from './domain/problem.ts'
import { problemResponse } from './http/problem.ts'
import { cacheTag } from './http/respond.ts'
import { hashOf } from './http/token.ts'
import { rendererDigest } from './render/digest.ts'
import { d1Store } from './store/d1.ts'

const clock = Date.now

function log(event: string, fields: Record<string, unknown>): void {
  console.error(JSON.stringify({ event, ...fields }))
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
  return {
    config: config.value,
    store,
    clock,
    digest,
    publishing: {
      site: config.value.site,
      store,
      clock,
      invalidate: (paths) => invalidate(paths, context),
    },
    mayFail: async (client) => (await env.FAILURES.limit({ key: client })).success,
    log,
  }
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
  },
} satisfies ExportedHandler<Env>
