import type { Head } from '../domain/store.ts'
import { opaque } from './entity-tag.ts'

/** The values by which a cache asks whether its copy is still current (RFC 9110 §8.8). */
export interface Validators {
  /** A weak entity-tag, including `W/` and the quotes. */
  etag: string
  /**
   * The Last-Modified date, in whole seconds; undefined before `datedFrom`, and in every version of the Worker
   * that is not in charge.
   */
  lastModified?: Date
  /**
   * The instant from which the date may be sent, in epoch milliseconds; present only if it was in the future when the
   * head was read. In the second of a save there is no date, because another save in that second would have the same
   * date (RFC 9110 §8.8.2). Until `since` of a new version in charge, there is none either.
   */
  datedFrom?: number
}

/**
 * The validators of one representation of a selection, computed without rendering its body. `format` and
 * `digest` become part of the ETag: `format` makes the ETags of the formats of one revision differ, and
 * `digest` makes the ETag change with the renderers and settings.
 */
export function validatorsOf(
  head: Pick<Head, 'revision' | 'revised' | 'since' | 'readAt'>,
  format: string,
  digest: string,
  now: number,
): Validators {
  const etag = `${opening(head.revision)}${format}-${digest}"`
  const changed = head.since === undefined ? undefined : Math.max(head.revised, head.since)
  return { etag, ...datesOf(changed, head.readAt, now) }
}

/**
 * The date of a content that last changed at the instant `changed` (epoch milliseconds), or the instant from which this
 * date may be sent; neither if `changed` is undefined.
 */
export function datesOf(
  changed: number | undefined,
  readAt: number | undefined,
  now: number,
): Omit<Validators, 'etag'> {
  if (changed === undefined) return {}
  return changed <= Math.min(now, readAt ?? now)
    ? { lastModified: new Date(changed) }
    : { datedFrom: changed }
}

/**
 * The revision that an earlier entity-tag of the same representation contains; undefined if the representation
 * cannot have had this entity-tag.
 */
export function revisionIn(tag: string, current: string): number | undefined {
  const [revision = '', ...rest] = opaque(tag).split('-')
  const [present = '', ...same] = opaque(current).split('-')
  if (!/^[0-9a-z]{1,10}$/.test(revision) || rest.join('-') !== same.join('-')) return undefined
  const earlier = Number.parseInt(revision, 36)
  return earlier < Number.parseInt(present, 36) ? earlier : undefined
}

const opening = (revision: number): string => `W/"${revision.toString(36)}-`

/** Whether the entity-tag was made for this revision. */
export const isOfRevision = ({ etag }: Validators, revision: number): boolean =>
  etag.startsWith(opening(revision))
