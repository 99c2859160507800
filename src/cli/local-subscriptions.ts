import { lineOf } from '../domain/event.ts'
import type { Log } from '../domain/ports.ts'
import type { Result } from '../domain/problem.ts'
import { isLine, parseSubscriberLine } from '../domain/subscriber-line.ts'
import { detailsOf } from '../http/problem.ts'
import { listErased } from '../notify/erased.ts'
import { eraseAddress, reportSubscriptions } from '../notify/operate.ts'
import { erasedBucket, keepingErased } from '../platform/erased.ts'
import { commentStore } from '../store/comments/store.ts'
import { notifyStore } from '../store/notify/store.ts'
import type { ErasedAgain, SubscriptionsTarget } from './subscriptions.ts'

interface Local {
  DB: D1Database
  ERASED?: R2Bucket
}

/** Returns the operations on the subscriptions of the local store. `secrets` are those of links in mails. */
export function localSubscriptions({ DB, ERASED }: Local, secrets: readonly string[]): SubscriptionsTarget {
  const bucket = erasedBucket(ERASED, (_, work) => work)
  const log: Log = (event, fields) => console.error(lineOf(event, fields))
  const subscribers = keepingErased(notifyStore(DB, Date.now), bucket, log)
  const comments = commentStore(DB, Date.now)
  return {
    report: () => reportSubscriptions(subscribers),
    erase: async (address) => unwrapped(await eraseAddress({ subscribers, secrets }, address)),
    async *erased() {
      let after: string | undefined = ''
      while (after !== undefined) {
        const page = await listErased({ erased: subscribers, bucket }, after)
        yield page.erased
        after = page.next
      }
    },
    async *subscribers() {
      let after: number | undefined = 0
      while (after !== undefined) {
        const page: Awaited<ReturnType<typeof subscribers.exportSubscribers>> =
          await subscribers.exportSubscribers(after)
        yield page
        after = page.next
      }
    },
    restore: async (lines) => {
      const parsed = lines.map(parseSubscriberLine)
      const bad = parsed.flatMap((one, at) => (isLine(one) ? [] : [{ at, ...one }]))
      return { ...(await subscribers.restoreSubscribers(parsed.filter(isLine))), bad }
    },
    async eraseAgain(addresses) {
      const sum: ErasedAgain = { ended: await subscribers.eraseAgain(addresses), comments: 0 }
      let isMore = true
      while (isMore) {
        const step = await comments.eraseAgain(addresses)
        sum.comments += step.comments
        isMore = step.isMore
      }
      return sum
    },
  }
}

function unwrapped<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(detailsOf(result.problem).detail)
}
