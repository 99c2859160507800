import type { Purge } from './effect.ts'
import type { EventName, FieldsOf } from './event.ts'
import type { Job } from './subscription.ts'

/** The clock: returns the present instant in epoch milliseconds. */
export type Clock = () => number

/**
 * Waits for a promise and returns its value; rejects if the promise takes longer than the given number of
 * milliseconds.
 */
export type Within = <T>(milliseconds: number, work: Promise<T>) => Promise<T>

/** Writes one structured log line. `lineOf` says what the line contains. */
export type Log = <Name extends EventName>(event: Name, fields: FieldsOf<Name>) => void

/** The memory that a Workers isolate keeps between requests: plain values, up to a total number of bytes. */
export interface Memory {
  /**
   * Returns the value stored under the key. The least recently used values are evicted first; reading a value
   * counts as use.
   */
  get<T>(key: string): T | undefined
  /** Stores a value whose size is the given number of bytes. The value is evicted when other values need its space. */
  set(key: string, value: unknown, bytes: number): void
  delete(key: string): void
  clear(): void
  /** Returns the total size of the stored values in bytes. */
  bytes(): number
}

/**
 * Marks copies in the edge cache as stale after a save. The limit on the purge calls of one isolate may delay it.
 * Never fails, because the store keeps the purge until it is done.
 */
export type Invalidate = (purge: Purge) => Promise<void>

/** Puts jobs on the queue. If the queue loses a job, a task that runs every minute creates the job again. */
export type Enqueue = (jobs: readonly Job[]) => Promise<void>

/**
 * Sends one request to another host. Returns the status, the beginning of the response text and the header
 * Retry-After if the response has one, or the reason why there was no response.
 */
export type Call = (request: {
  method: 'GET' | 'POST'
  url: string
  headers?: Record<string, string>
  body?: Uint8Array
}) => Promise<{ status: number; text: string; retryAfter?: string } | { fault: string }>

/** Returns a random number from 0 (included) to 1 (excluded). */
export type Random = () => number
