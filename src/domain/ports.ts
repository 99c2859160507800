import type { Job } from './subscription.ts'

/** The clock: epoch milliseconds. */
export type Clock = () => number

/** What the work gives; rejects when it takes longer than so many milliseconds. */
export type Within = <T>(milliseconds: number, work: Promise<T>) => Promise<T>

/** Writes one structured line; never anything secret. */
export type Log = (event: string, fields: Record<string, unknown>) => void

/** What an isolate holds from one request to the next: plain values, within a budget of bytes. */
export interface Memory {
  /** What is held under the key; asking counts as use. */
  get<T>(key: string): T | undefined
  /** Holds a value that takes so many bytes, until others need its bytes. */
  set(key: string, value: unknown, bytes: number): void
  delete(key: string): void
  clear(): void
  /** How many bytes are held now. */
  bytes(): number
}

/** Marks every edge copy of these selections stale; at once where it is urgent, else within the platform's purge budget. */
export type Invalidate = (paths: readonly string[], urgent?: boolean) => Promise<void>

/** Puts jobs on the queue; what it loses, the sweep finds again. */
export type Enqueue = (jobs: readonly Job[]) => Promise<void>

/** One request to somebody else's host, and what came back: a status and the beginning of the text, or why not. */
export type Call = (request: {
  method: 'GET' | 'POST'
  url: string
  headers?: Record<string, string>
  body?: Uint8Array
}) => Promise<{ status: number; text: string } | { fault: string }>

/** A number from 0 up to 1. */
export type Random = () => number
