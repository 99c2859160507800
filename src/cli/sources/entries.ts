import { failure, type Problem } from '../../domain/problem.ts'
import type { Beside } from '../../ingest/capture.ts'

/**
 * What a document of many articles holds at one place: an article, not yet checked, or what was left out
 * and why. `name` tells a person which one it is.
 */
export type DocumentEntry =
  | { kind: 'article'; name: string; value: unknown }
  | { kind: 'left-out'; name: string; reason: string }

/** What can be said of many articles at once: a slug, an id and an address belong to one. */
export function forMany({ slug: _slug, id: _id, url: _url, ...shared }: Beside): Beside {
  return shared
}

export const unreadable = (reason: string): { ok: false; problem: Problem } =>
  failure({ kind: 'unreadable', reason })

/** Without the members that have no value. */
export function compact<T extends object>(
  members: T,
): { [Key in keyof T]?: Exclude<T[Key], undefined | null> } {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null),
  ) as { [Key in keyof T]?: Exclude<T[Key], undefined | null> }
}
