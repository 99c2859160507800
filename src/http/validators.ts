import type { Head } from '../domain/store.ts'
import { opaque } from './entity-tag.ts'

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
export function validatorsOf(
  head: Pick<Head, 'revision' | 'revised' | 'since'>,
  format: string,
  digest: string,
  now: number,
): Validators {
  const etag = `${opening(head.revision)}${format}-${digest}"`
  const lastModified = Math.max(head.revised, head.since)
  return lastModified <= now ? { etag, lastModified: new Date(lastModified) } : { etag }
}

/** The revision of an earlier tag of the same representation; undefined for a tag that it cannot have had. */
export function revisionIn(tag: string, current: string): number | undefined {
  const [revision = '', ...rest] = opaque(tag).split('-')
  const [present = '', ...same] = opaque(current).split('-')
  if (!/^[0-9a-z]{1,10}$/.test(revision) || rest.join('-') !== same.join('-')) return undefined
  const earlier = Number.parseInt(revision, 36)
  return earlier < Number.parseInt(present, 36) ? earlier : undefined
}

const opening = (revision: number): string => `W/"${revision.toString(36)}-`

/** Whether these are the validators of something made at that revision. */
export const isOfRevision = ({ etag }: Validators, revision: number): boolean =>
  etag.startsWith(opening(revision))
