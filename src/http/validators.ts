import type { Head } from '../domain/ports.ts'

/** What a cache compares (RFC 9110 §8.8). */
export interface Validators {
  /** A weak entity-tag, quotes and `W/` included. */
  etag: string
  /** Whole seconds. Undefined while a save of this very second could still repeat the date (§8.8.2). */
  lastModified?: Date
}

/**
 * The validators of one representation of a selection, made without its body. `format` tells the
 * representations of one revision apart, `digest` the renderers and settings.
 */
export function validatorsOf(head: Head, format: string, digest: string, now: number): Validators {
  const etag = `${opening(head.revision)}${format}-${digest}"`
  const lastModified = Math.max(head.revised, head.since)
  return lastModified <= now ? { etag, lastModified: new Date(lastModified) } : { etag }
}

const opening = (revision: number): string => `W/"${revision.toString(36)}-`

/** Whether these are the validators of something made at that revision. */
export const isOfRevision = ({ etag }: Validators, revision: number): boolean =>
  etag.startsWith(opening(revision))
