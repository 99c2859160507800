import type { Link } from './link.ts'
import type { Validators } from './validators.ts'

/** A public answer before it is rendered; `body` is called only if the body will be sent. */
export interface Representation<Body = string> {
  /** The media type, with its charset. */
  type: string
  validators: Validators
  now: number
  due?: number
  /** Seconds for which this copy has been stale; undefined if it is fresh. */
  stale?: number
  links: readonly Link[]
  /** The path and query on which a representation depends, if it has no `self` link to give them. */
  address?: string
  vary?: string
  /** The paths of the selections whose change makes a cached copy stale. */
  selections: readonly string[]
  headers?: Record<string, string>
  /** Seconds for which the edge may keep the answer, if that is not the default. */
  edgeSeconds?: number
  /** Renders what changed since a revision of the representation; undefined if the representation has no deltas. */
  delta?: (since: number) => Promise<string | undefined>
  body: () => Promise<Body> | Body
}

/** Bytes of the type that the constructor of Response accepts. */
export type Bytes = Uint8Array<ArrayBuffer>
