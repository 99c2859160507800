// Input: none. Output: calls the edge cache and sends to the queue.
import type { Log } from '../domain/ports.ts'
import { cacheTag } from '../http/respond.ts'
import { type Invalidation, maxTags, type PurgeBudget } from './purge-budget.ts'

/** Asks Workers Cache to mark copies stale. It returns false, or throws, when it refuses because of too many calls. */
export type Purge = (what: { tags: string[] } | { purgeEverything: true }) => Promise<boolean>

/**
 * Seconds after a save until its selections are marked stale once more. By then every rendering that began
 * before the commit has reached the edge, and no isolate holds the heads from before the commit.
 */
export const againSeconds = 10

/**
 * Milliseconds that the queue's only consumer waits after a call. So it makes at most three calls a minute, and
 * leaves the other two of the platform's five to the saves themselves.
 */
export const restMilliseconds = 20_000

interface InvalidatePorts {
  purge: Purge
  /** Puts a message on the queue, which delivers it to `invalidateQueued` after the delay. */
  send: (message: Invalidation, delaySeconds: number) => Promise<void>
  purgeBudget: PurgeBudget
  log: Log
}

/**
 * Marks the edge's copies of the changed selections stale: at once if the purge budget allows, and again later
 * through the queue. An urgent call, for a save that hides content, ignores the budget. A failure of the cache
 * or the queue is only logged, because the save is already committed; copies then expire at their max-age.
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
 * Sends one invalidation request for everything that the messages of a batch name, and waits for the answer.
 * The queue starts no second batch meanwhile, because it has only one consumer. If the request is refused, the
 * function throws, so that the queue retries the batch.
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

/**
 * The arguments of one purge call for several messages. It purges everything if the messages name more tags
 * than a call may have.
 */
function callFor(messages: readonly Invalidation[]): Parameters<Purge>[0] {
  const tags = new Set(messages.flatMap((message) => ('tags' in message ? message.tags : [])))
  const all = tags.size > maxTags || messages.some((message) => 'everything' in message)
  return all ? { purgeEverything: true } : { tags: [...tags] }
}
