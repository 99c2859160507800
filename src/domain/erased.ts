/** An address that was erased: its keyed hash, and the instant of its last erasure in epoch milliseconds. */
export interface ErasedAddress {
  hash: string
  at: number
}

/** Milliseconds for which the hash of an erased address is kept. */
export const erasedLifetimeMilliseconds = 400 * 86_400_000

/** The largest number of erased addresses in one page of their list, and in one call that applies them again. */
export const maxErasedAddresses = 1000

/** The store of the addresses that were erased because a person unsubscribed or was erased. */
export interface ErasedStore {
  /** Lists the erased addresses after a hash, in the order of the hashes, at most `maxErasedAddresses`. */
  listErased(after: string): Promise<ErasedAddress[]>
  /** Lists the oldest of those that are not yet kept outside the database, at most `limit`. */
  unkeptErased(limit: number): Promise<ErasedAddress[]>
  /** Stores that addresses are kept outside the database. An address that was erased again meanwhile is not. */
  markErasedKept(kept: readonly ErasedAddress[]): Promise<void>
  /**
   * Erases addresses again that a restore of the database has brought back, and adds them to the list. A subscriber who has confirmed
   * the address since stays. Returns how many subscribers ended.
   */
  eraseAgain(addresses: readonly ErasedAddress[]): Promise<number>
}

/** A bucket of objects without content: what is stored is their keys. Methods throw if the bucket does not answer. */
export interface ErasedBucket {
  add: (key: string) => Promise<void>
  /** Lists the keys after a key, in their order, at most 1000. */
  list: (after: string | undefined) => Promise<string[]>
}
