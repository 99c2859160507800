import type { Link } from './link.ts'
import type { Validators } from './validators.ts'

/** A public answer before it is rendered. `body` is called only if the body will be sent. */
export interface Representation<Body = string> {
  /** The media type, with its charset. */
  type: string
  /**
   * Absent if the store cannot be written and scheduled changes are therefore overdue: no revision stands for the
   * content of this answer.
   */
  validators?: Validators
  now: number
  /** The instant at which every cache lifetime ends (`lifetimeEnd` of read/freshness.ts), in epoch milliseconds. */
  due?: number
  /** Seconds for which this copy has been stale; undefined if it is fresh. */
  stale?: number
  links: readonly Link[]
  /** The path and query that identify the representation, for a representation without a `self` link. */
  address?: string
  vary?: string
  /**
   * The paths of the selections from which the representation is made. A change of any of these selections
   * makes cached copies stale.
   */
  selections: readonly string[]
  headers?: Record<string, string>
  /** Seconds for which the edge may keep the answer; undefined for the default. */
  edgeSeconds?: number
  /** Seconds for which browsers may keep the answer; undefined for the default. */
  browserSeconds?: number
  /**
   * Renders what changed since a revision of the representation. The function is absent if the representation
   * has no deltas, and its result is undefined if the whole feed must be sent.
   */
  delta?: (since: number) => Promise<string | undefined>
  /**
   * Tells, after `body` or `delta` was called, whether all content that they read is of the revision that the
   * validators name. If not, a save or a scheduled change came between the two reads, and
   * the validators name other content. Absent if the content always is of that revision.
   */
  isCurrent?: () => boolean
  body: () => Promise<Body> | Body
}

/** Bytes in the type that the constructor of Response accepts. */
export type Bytes = Uint8Array<ArrayBuffer>
