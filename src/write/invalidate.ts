// I/O: calls the edge cache and sends messages to the queue; reads nothing.
import type { Log } from '../domain/ports.ts'
import { cacheTag } from '../http/respond.ts'
import { type Invalidation, maxTags, type PurgeBudget } from './purge-budget.ts'

/**
 * Asks Workers Cache to mark the edge's copies stale. If Workers Cache refuses because it got too many calls,
 * the function returns false or throws.
 */
export type Purge = (what: { tags: string[] } | { purgeEverything: true }) => Promise<boolean>

/**
 * Seconds after a save until the copies of its selections are marked stale a second time. After these
 * seconds, every rendering that began before the commit has reached the edge, and no isolate uses a head that
 * it read before the commit.
 */
export const againSeconds = 10

/**
 * Milliseconds that the queue's only consumer waits after a purge call. Because of this pause, the queue makes
 * at most three of the five purge calls a minute that the platform allows, and saves can use the other two.
 */
export const restMilliseconds = 20_000

interface InvalidatePorts {
  purge: Purge
  /** Puts a message on the queue. After the delay the queue passes the message to `invalidateQueued`. */
  send: (message: Invalidation, delaySeconds: number) => Promise<unknown>
  purgeBudget: PurgeBudget
  log: Log
}

/**
 * Marks the edge's copies of the changed selections, or of everything, stale: at once if the purge budget allows it, and again
 * later through the queue. If `urgent` is true, because the save hides content, the first call is made even
 * if the purge budget is used up. A failure of the edge cache or the queue is only logged, because the save
 * is already committed; the copies then expire at their max-age.
 */
export async function invalidate(
  { purge, send, purgeBudget, log }: InvalidatePorts,
  paths: readonly string[] | 'everything',
  urgent = false,
): Promise<void> {
  if (paths.length === 0) return
  const what = paths === 'everything' ? everything : invalidationOf(paths.map(cacheTag))
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
    const done = await attempt(() => purge(callFor([what])))
    if (!done && urgent) await queue(what, 0)
  }
  const message = 'tags' in what ? purgeBudget.messageFor(what.tags) : everything
  if (message) await queue(message, againSeconds)
}

/**
 * Sends one purge call for everything that the messages of a batch name, and waits for the answer. During the
 * wait the queue starts no second batch, because the queue has only one consumer. If the edge refuses the call,
 * the function throws, so that the queue retries the batch.
 */
export async function invalidateQueued(
  { purge, wait }: { purge: Purge; wait: (milliseconds: number) => Promise<void> },
  messages: readonly Invalidation[],
): Promise<void> {
  if (!(await purge(callFor(messages)))) throw new Error('The edge refused to mark its copies stale')
  await wait(restMilliseconds)
}

const everything: Invalidation = { everything: true }

const invalidationOf = (tags: string[]): Invalidation => (tags.length > maxTags ? everything : { tags })

/**
 * The arguments of one purge call for several messages. The call marks everything stale if the messages name
 * more tags than one call may have.
 */
function callFor(messages: readonly Invalidation[]): Parameters<Purge>[0] {
  const tags = new Set(messages.flatMap((message) => ('tags' in message ? message.tags : [])))
  const all = tags.size > maxTags || messages.some((message) => 'everything' in message)
  return all ? { purgeEverything: true } : { tags: [...tags] }
}
