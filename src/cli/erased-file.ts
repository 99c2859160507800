import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { type ErasedAddress, erasedLifetimeMilliseconds, maxErasedAddresses } from '../domain/erased.ts'
import { parseErased } from '../notify/erased.ts'
import type { ErasedAgain, SubscriptionsTarget } from './subscriptions.ts'

/** The file of the erased addresses beside the backup, unless the option `--erased` names another one. */
export const standardErasedFile = 'erased.ndjson'

/** Erased addresses by their hashes. */
type Erased = Map<string, ErasedAddress>

/** Adds addresses; of two erasures of one address, the later one counts. */
function add(to: Erased, addresses: Iterable<ErasedAddress>): void {
  for (const one of addresses) if (one.at > (to.get(one.hash)?.at ?? -1)) to.set(one.hash, one)
}

/** Reads the file of erased addresses: one JSON object with `hash` and `at` on each line. A file that does not exist is empty. */
function readErasedFile(file: string): Erased {
  const erased: Erased = new Map()
  if (!existsSync(file)) return erased
  for (const [at, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (line.trim() === '') continue
    const parsed = parseErased({ erased: [jsonOrNothing(line)] })
    if (!parsed.ok) throw new Error(`Cannot read "${file}": line ${at + 1} is no erased address`)
    add(erased, parsed.value)
  }
  return erased
}

function jsonOrNothing(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/**
 * Adds the erased addresses of a Kiosque to a file, which is made if there are any. Addresses leave the file only after 400 days.
 * Returns how many the file has, and how many are new.
 */
export async function keepErasedFile(
  subscriptions: Pick<SubscriptionsTarget, 'erased'>,
  file: string,
  now: number,
): Promise<{ all: number; added: number }> {
  const erased = readErasedFile(file)
  const before = erased.size
  for await (const page of subscriptions.erased()) add(erased, page)
  const added = erased.size - before
  for (const { hash, at } of erased.values()) if (at <= now - erasedLifetimeMilliseconds) erased.delete(hash)
  if (before === 0 && erased.size === 0) return { all: 0, added: 0 }
  const lines = [...erased.values()].sort((one, other) => one.at - other.at)
  // A process that is killed while it writes must not leave half of the list.
  const written = `${file}.${process.pid}.new`
  writeFileSync(written, lines.map((one) => `${JSON.stringify(one)}\n`).join(''), { mode: 0o600 })
  renameSync(written, file)
  return { all: erased.size, added }
}

/** Says what `eraseAllAgain` did, or that no list is known although the Kiosque has subscribers; undefined if it has none. */
export async function describeErasure(
  subscriptions: Pick<SubscriptionsTarget, 'report'>,
  { ended, comments, known }: ErasedAgain & { known: number },
  file: string,
): Promise<string | undefined> {
  const written = comments > 0 ? ` and ${comments} comments` : ''
  if (known > 0)
    return `erased again: ${ended} of the subscribers${written}, by a list of ${known} erased addresses`
  // A server of a former version has no subscribers.
  const { choices } = await subscriptions.report().catch(() => ({ choices: [] }))
  if (choices.length === 0) return undefined
  return `no list of erased addresses: there is neither a file ${file} nor a bucket, so people who unsubscribed after the instant of the restore are told again`
}

/**
 * Erases again, after a restore of the database, what the file and the Kiosque list as erased. Returns how many subscribers ended,
 * how many comments were deleted, and how many erased addresses are known.
 */
export async function eraseAllAgain(
  subscriptions: Pick<SubscriptionsTarget, 'erased' | 'eraseAgain'>,
  file: string,
): Promise<ErasedAgain & { known: number }> {
  const erased = readErasedFile(file)
  for await (const page of subscriptions.erased()) add(erased, page)
  const all = [...erased.values()]
  const sum: ErasedAgain = { ended: 0, comments: 0 }
  for (let at = 0; at < all.length; at += maxErasedAddresses) {
    const { ended, comments } = await subscriptions.eraseAgain(all.slice(at, at + maxErasedAddresses))
    sum.ended += ended
    sum.comments += comments
  }
  return { ...sum, known: all.length }
}
