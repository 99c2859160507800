// Output: the edge cache and the queue.
import type { Log } from '../domain/ports.ts'
import { cacheTag } from '../http/respond.ts'
import { type Invalidation, maxTags, type PurgeBudget } from './purge-budget.ts'

/** What Workers Cache is asked. It gives false, or throws, where it took too many calls already. */
export type Purge = (what: { tags: string[] } | { purgeEverything: true }) => Promise<boolean>

/**
 * How long after a save its selections are marked stale once more, in seconds: by then every rendering that
 * began before the commit has landed at the edge, and no isolate holds the heads of before.
 */
export const againSeconds = 10

/**
 * How long the only consumer of the queue rests after a call, in milliseconds: so it makes three calls a
 * minute at most, whatever is saved, and leaves the rest of the platform's five to the saves themselves.
 */
export const restMilliseconds = 20_000

interface InvalidatePorts {
  purge: Purge
  /** Puts a message on the queue, to be given to `invalidateQueued` after so many seconds. */
  send: (message: Invalidation, delaySeconds: number) => Promise<void>
  purgeBudget: PurgeBudget
  log: Log
}

/**
 * Marks the edge's copies of these selections stale: at once where the purge budget allows, and again later through the
 * queue. An urgent one, after which less may be seen, does not wait for the budget. The save is done by now, and
 * a cache or queue that cannot be reached must not make it look failed: copies end at their max-age.
 */
export async function invalidate(
  { purge, send, purgeBudget, log }: InvalidatePorts,
  paths: readonly string[],
  urgent = false,
): Promise<void> {
  if (paths.length === 0) return
  const tags = paths.map(cacheTag)
  const attempt = async (work: () => Promise<boolean>): Promise<boolean> => {
    try {
      if (await work()) return true
      log('invalidation-refused', { paths: paths.length })
    } catch (fault) {
      log('invalidation-failed', { paths: paths.length, message: String(fault) })
    }
    return false
  }
  const queue = (message: Invalidation, delaySeconds: number) =>
    attempt(() => send(message, delaySeconds).then(() => true))

  if (purgeBudget.mayCall() || urgent) {
    const done = await attempt(() => purge(callFor([invalidationOf(tags)])))
    if (!done && urgent) await queue(invalidationOf(tags), 0)
  }
  const message = purgeBudget.messageFor(tags)
  if (message) await queue(message, againSeconds)
}

/**
 * Marks stale what a batch of messages names, in one call, and rests. The queue has one consumer and starts no
 * second batch meanwhile; a call that was refused is thrown back to it, to be tried again.
 */
export async function invalidateQueued(
  { purge, wait }: { purge: Purge; wait: (milliseconds: number) => Promise<void> },
  messages: readonly Invalidation[],
): Promise<void> {
  if (!(await purge(callFor(messages)))) throw new Error('The edge refused to mark its copies stale')
  await wait(restMilliseconds)
}

const invalidationOf = (tags: string[]): Invalidation =>
  tags.length > maxTags ? { everything: true } : { tags }

/** All of them in one call; above the platform's most tags, everything. */
function callFor(messages: readonly Invalidation[]): Parameters<Purge>[0] {
  const tags = new Set(messages.flatMap((message) => ('tags' in message ? message.tags : [])))
  const all = tags.size > maxTags || messages.some((message) => 'everything' in message)
  return all ? { purgeEverything: true } : { tags: [...tags] }
}
