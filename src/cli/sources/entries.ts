import { failure, type Problem } from '../../domain/problem.ts'

/**
 * One entry of a document with many articles: an article that is not yet validated, perhaps with warnings (`Warned`), or an
 * entry that is not imported, with the reason. `name` identifies the entry for people.
 */
export type DocumentEntry =
  | { kind: 'article'; name: string; value: unknown; warnings?: readonly string[] }
  | { kind: 'left-out'; name: string; reason: string }

/** The warning about an article whose title was made from its first words. */
export const titleGuessed = 'title: none was found; it is made of the first words'

/** The warning about an article for which a feed or an export has no body. */
export const textMissing = 'text: none was found'

/** Returns the warnings that are not about a field that is given otherwise, which therefore was not guessed. */
export const aboutOthers = (warnings: readonly string[], given: object): string[] =>
  warnings.filter((warning) => !Object.hasOwn(given, warning.split(':', 1)[0] ?? ''))

export const unreadable = (reason: string): { ok: false; problem: Problem } =>
  failure({ kind: 'unreadable', reason })

/** Removes the members whose value is undefined or null. */
export function compact<T extends object>(
  members: T,
): { [Key in keyof T]?: Exclude<T[Key], undefined | null> } {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null),
  ) as { [Key in keyof T]?: Exclude<T[Key], undefined | null> }
}
