import type { Link } from './link.ts'
import type { Validators } from './validators.ts'

/** A public answer before anybody rendered it; the body is asked for only when it is going to be sent. */
export interface Representation<Body = string> {
  /** The media type, with its charset. */
  type: string
  validators: Validators
  now: number
  due?: number
  /** Present when this is a copy that could not be checked: for how many seconds it has not been fresh. */
  stale?: number
  links: readonly Link[]
  /** Its own address without the host, where no link says it: nothing else of what was asked for chooses anything. */
  address?: string
  vary?: string
  /** The paths of the selections whose change makes a cached copy stale. */
  selections: readonly string[]
  headers?: Record<string, string>
  /** How long the edge may keep it, in seconds, where that is not the usual time. */
  edgeSeconds?: number
  /** What changed since a revision of it, where a reader may be given that instead of the whole. */
  delta?: (since: number) => Promise<string | undefined>
  body: () => Promise<Body> | Body
}

/** Bytes that a Response takes as they are. */
export type Bytes = Uint8Array<ArrayBuffer>
