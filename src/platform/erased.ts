import type { ErasedBucket, ErasedStore } from '../domain/erased.ts'
import type { NotifyStore } from '../domain/notify-store.ts'
import type { Log, Within } from '../domain/ports.ts'

/** Milliseconds that the bucket may take to answer. */
const timeoutMilliseconds = 5000

/** Returns the bucket of erased addresses; undefined without the binding, so that only the command line keeps the list. */
export function erasedBucket(bucket: R2Bucket | undefined, within: Within): ErasedBucket | undefined {
  if (!bucket) return undefined
  return {
    add: async (key) => void (await within(timeoutMilliseconds, bucket.put(key, ''))),
    list: async (after) => {
      const options = { prefix: 'erased/', ...(after !== undefined && { startAfter: after }) }
      const { objects } = await within(timeoutMilliseconds, bucket.list(options))
      return objects.map(({ key }) => key)
    },
  }
}

/**
 * Writes into the bucket, if there is one, what the database lists as erased and the bucket does not have yet. The module is loaded
 * when it is needed, so no poll loads it.
 */
export async function keepErasedIn(bucket: ErasedBucket | undefined, erased: ErasedStore): Promise<void> {
  if (!bucket) return
  const { keepErased } = await import('../notify/erased.ts')
  await keepErased({ erased, bucket })
}

/**
 * Returns the store with methods that write erased addresses into the bucket as soon as a person has ended a subscription. If the
 * bucket fails, the end is stored all the same, and cron tries again. Cron also writes the addresses that do not exist any more, so
 * that a job that sends mails makes no further calls. Without a bucket, returns the store itself.
 */
export function keepingErased<Kept extends NotifyStore & ErasedStore>(
  store: Kept,
  bucket: ErasedBucket | undefined,
  log: Log,
): Kept {
  if (!bucket) return store
  const keep = () => keepErasedIn(bucket, store).catch((fault: unknown) => log('erasure-not-kept', { fault }))
  const kept = async <T>(work: Promise<T>): Promise<T> => {
    const done = await work
    await keep()
    return done
  }
  return {
    ...store,
    end: (id) => kept(store.end(id)),
    erase: (address, hashes) => kept(store.erase(address, hashes)),
    confirm: (tokenHash, id, consent) => kept(store.confirm(tokenHash, id, consent)),
  }
}
