import type { Ports } from './answer.ts'
import { app } from './app.ts'
import { parseConfig } from './config.ts'
import { problemResponse } from './http/problem.ts'
import { cacheTag } from './http/respond.ts'
import { hashOf } from './http/token.ts'
import { rendererDigest } from './render/digest.ts'
import { d1Store } from './store/d1.ts'

const clock = Date.now

function log(event: string, fields: Record<string, unknown>): void {
  console.error(JSON.stringify({ event, ...fields }))
}

/** The ports out of the bindings, or the answer that says which setting is wrong. */
async function portsOf(env: Env, context: ExecutionContext): Promise<Ports | Response> {
  const parsed = parseConfig(env as unknown as Record<string, unknown>)
  if (!parsed.ok) return problemResponse(parsed.problem)
  const { apiTokens: _, ...shown } = parsed.value
  return {
    config: parsed.value,
    store: d1Store(env.DB, clock, log),
    clock,
    digest: (await hashOf(JSON.stringify([rendererDigest, shown]))).slice(0, 8),
    invalidate: (paths) => invalidate(paths, context),
    log,
  }
}

/** Workers Cache is absent in local runs, so `context.cache` may be too. */
async function invalidate(paths: readonly string[], context: ExecutionContext): Promise<void> {
  const { cache } = context as { cache?: { purge(what: { tags: string[] }): Promise<unknown> } }
  if (cache && paths.length > 0) await cache.purge({ tags: paths.map(cacheTag) })
}

export default {
  async fetch(request, env, context): Promise<Response> {
    const ports = await portsOf(env, context)
    return ports instanceof Response ? ports : app.fetch(request, ports, context)
  },

  async scheduled(_controller, env, context): Promise<void> {
    const ports = await portsOf(env, context)
    if (ports instanceof Response) return
    await ports.invalidate(await ports.store.release())
  },
} satisfies ExportedHandler<Env>
