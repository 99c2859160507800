// I/O: reads and writes the store, and the bucket through a port.
import {
  type ErasedAddress,
  type ErasedBucket,
  type ErasedStore,
  maxErasedAddresses,
} from '../domain/erased.ts'
import type { Issue } from '../domain/issue.ts'
import { failure, type Result, success } from '../domain/problem.ts'

/** The ports with which erased addresses are kept outside the database. */
interface KeepPorts {
  erased: Pick<ErasedStore, 'unkeptErased' | 'markErasedKept'>
  bucket: ErasedBucket
}

/** The largest number of erased addresses that one call keeps: below 50 requests, which every plan of Workers allows. */
const maxObjects = 40

const folder = 'erased/'

/**
 * The key of an erased address. Each erasure has a key of its own, so no job overwrites what another one has written, and a
 * job that runs again changes nothing.
 */
const keyOf = ({ hash, at }: ErasedAddress): string => `${folder}${hash}/${at}`

function erasedIn(key: string): ErasedAddress | undefined {
  const [, hash, at] = /^erased\/([\w-]{43})\/(\d{1,15})$/.exec(key) ?? []
  return hash === undefined ? undefined : { hash, at: Number(at) }
}

/** Writes into the bucket what the database lists as erased and the bucket does not have yet. Throws if the bucket fails. */
export async function keepErased({ erased, bucket }: KeepPorts): Promise<void> {
  const waiting = await erased.unkeptErased(maxObjects)
  if (waiting.length === 0) return
  await Promise.all(waiting.map((one) => bucket.add(keyOf(one))))
  await erased.markErasedKept(waiting)
}

/** One page of the erased addresses. `next` is where the next page begins. */
interface ErasedPage {
  erased: ErasedAddress[]
  next?: string
}

/**
 * Lists a page of the erased addresses: first those of the database, then those of the bucket, which the database lacks after a
 * restore. `after` is `next` of the page before.
 */
export async function listErased(
  { erased, bucket }: { erased: Pick<ErasedStore, 'listErased'>; bucket?: ErasedBucket | undefined },
  after = '',
): Promise<ErasedPage> {
  if (!after.startsWith(folder)) {
    const page = await erased.listErased(after)
    const last = page.at(-1)
    if (last && page.length === maxErasedAddresses) return { erased: page, next: last.hash }
    return { erased: page, ...(bucket && { next: folder }) }
  }
  const keys = (await bucket?.list(after === folder ? undefined : after)) ?? []
  const next = keys.at(-1)
  return { erased: keys.flatMap((key) => erasedIn(key) ?? []), ...(next !== undefined && { next }) }
}

/** Parses the erased addresses of a request or of a file. */
export function parseErased(value: unknown): Result<ErasedAddress[]> {
  const list = (value as { erased?: unknown } | null)?.erased
  const refused = (issue: Issue) => failure({ kind: 'invalid-request', task: 'erase', issues: [issue] })
  if (!Array.isArray(list) || list.length > maxErasedAddresses)
    return refused({ field: 'erased', reason: `must be a list of at most ${maxErasedAddresses}` })
  const wrong = list.findIndex((one) => !isErased(one))
  if (wrong !== -1)
    return refused({
      field: `erased.${wrong}`,
      reason: 'must have `hash` (43 signs) and `at` (milliseconds)',
    })
  return success((list as ErasedAddress[]).map(({ hash, at }) => ({ hash, at })))
}

function isErased(value: unknown): boolean {
  const { hash, at } = (value ?? {}) as Partial<Record<keyof ErasedAddress, unknown>>
  return typeof hash === 'string' && /^[\w-]{43}$/.test(hash) && isInstant(at)
}

const isInstant = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0
