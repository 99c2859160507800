// I/O: reads and writes the store, calls the edge cache and sends messages to the queue.
import {
  againSeconds,
  type EffectStore,
  everyCopy,
  type HeldPurge,
  maxTags,
  type Purge,
  pauseMilliseconds,
  urgentPauseMilliseconds,
} from '../domain/effect.ts'
import type { Log } from '../domain/ports.ts'
import { cacheTag } from '../http/respond.ts'
import { lateMilliseconds, type PurgeBudget } from './purge-budget.ts'

/**
 * Asks Workers Cache to mark the edge's copies stale. If Workers Cache refuses because it got too many calls,
 * the function returns false or throws.
 */
export type PurgeCall = (what: { tags: string[] } | { purgeEverything: true }) => Promise<boolean>

export interface InvalidatePorts {
  effects: EffectStore
  /** Undefined where there is no Workers Cache. Every purge is then done at once. */
  purge?: PurgeCall | undefined
  /**
   * Puts a message without content on the queue. After the delay, the consumer of the queue calls `takeUp`. If
   * the message is lost, cron calls `takeUp`.
   */
  wake: (delaySeconds: number) => Promise<void>
  purgeBudget: PurgeBudget
  log: Log
}

/**
 * Marks the edge's copies stale at once after a save, if the purge budget allows it; otherwise the purge waits,
 * and shares a call with all other purges that wait. Never throws, because the save is already committed; the
 * store keeps the purge until its second call is accepted.
 */
export async function invalidate(ports: InvalidatePorts, saved: Purge): Promise<void> {
  if (saved.paths.length === 0) return
  try {
    if (!ports.purge) await ports.effects.drop('purge')
    else if (ports.purgeBudget.mayCall()) {
      await call(ports, ports.purge, [{ ...saved, attempts: 0, accepted: false }])
    } else if (saved.urgent) await takeUp(ports)
    else await wakeIn(ports, againSeconds * 1000)
  } catch (fault) {
    ports.log('invalidation-failed', { purges: 1, fault })
  }
}

/**
 * Takes up the purges that wait, whichever save they belong to, and makes one call for all of them. The caller
 * may be cron, the queue, or a request that finds that an earlier save may have lost its answer.
 */
export async function takeUp(ports: InvalidatePorts): Promise<void> {
  if (!ports.purge) return ports.effects.drop('purge')
  const { purges, waitMilliseconds } = await ports.effects.takePurges()
  if (purges.length > 0) await call(ports, ports.purge, purges)
  if (waitMilliseconds !== undefined) await wakeIn(ports, waitMilliseconds, 1000)
}

/** Takes up the purges that wait; logs a failure, after which cron takes them up. */
export const recover = (ports: InvalidatePorts): Promise<void> =>
  takeUp(ports).catch((fault: unknown) => ports.log('take-up-failed', { fault }))

/** Makes one call for these purges, stores its result, and has the queue take up what then waits. */
async function call(ports: InvalidatePorts, purge: PurgeCall, purges: readonly HeldPurge[]): Promise<void> {
  const isAccepted = await purge(callFor(purges)).catch((fault: unknown) => {
    ports.log('invalidation-failed', { purges: purges.length, fault })
    return undefined
  })
  if (isAccepted === false) ports.log('invalidation-refused', { purges: purges.length })
  const isUrgent = purges.some(({ urgent }) => urgent)
  if (!isAccepted) {
    await ports.effects.refuse(purges)
    return wakeIn(ports, isUrgent ? urgentPauseMilliseconds : pauseMilliseconds)
  }
  await ports.effects.accept(purges)
  if (purges.some(({ accepted }) => !accepted)) await wakeIn(ports, againSeconds * 1000)
}

/** Has the queue take up the waiting purges after a time, unless a message that is under way arrives soon after. */
async function wakeIn(
  { wake, purgeBudget, log }: InvalidatePorts,
  milliseconds: number,
  late = lateMilliseconds,
): Promise<void> {
  const delaySeconds = purgeBudget.messageAfter(milliseconds, late)
  if (delaySeconds === undefined) return
  await wake(delaySeconds).catch((fault: unknown) => log('wake-failed', { fault }))
}

/**
 * The arguments of one purge call for several purges. The call marks everything stale if the purges name every copy, or
 * more tags than one call may have.
 */
function callFor(purges: readonly Purge[]): Parameters<PurgeCall>[0] {
  const lists = purges.map(({ paths }) => paths)
  const tags = new Set(lists.flatMap((paths) => (paths === 'all' ? [] : paths.map(cacheTag))))
  const isWhole = lists.some((paths) => paths === 'all' || paths.includes(everyCopy))
  return isWhole || tags.size > maxTags ? { purgeEverything: true } : { tags: [...tags] }
}
