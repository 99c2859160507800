import { cache as workersCache } from 'cloudflare:workers'
import type { PurgeCall } from '../write/invalidate.ts'

/**
 * Workers Cache as a port; undefined in local runs, because they have no edge cache. Queue and cron handlers may have
 * only the cache of the module, which in local runs has no `purge`.
 */
export function purgeWith(context: ExecutionContext): PurgeCall | undefined {
  const cache = cacheOf(context)
  if (!cache) return undefined
  return async (what) => {
    const answer = (await cache.purge(what)) as { success?: boolean } | undefined
    return answer?.success !== false
  }
}

/** Workers Cache; undefined in local runs. */
export function cacheOf(context: ExecutionContext): typeof workersCache | undefined {
  const { cache = workersCache } = context as { cache?: typeof workersCache }
  return typeof cache?.purge === 'function' ? cache : undefined
}
