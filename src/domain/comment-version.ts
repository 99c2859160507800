import type { ModeratedComment } from './comment.ts'

/**
 * The id by which a moderator approves what a comment says now: if its author has changed it, with the instant of the last change. An
 * approval by another id leaves the comment alone, so that nobody can have a text published that the moderator has not read.
 */
export const versionOf = ({ id, edited }: Pick<ModeratedComment, 'id' | 'edited'>): string =>
  edited === null ? id : `${id}~${edited.toString(36)}`

/** Reads the id of a comment, or one that `versionOf` returned. */
export function readVersion(version: string): { id: string; edited?: number } {
  const [id = '', edited] = version.split('~')
  return { id, ...(edited !== undefined && { edited: Number.parseInt(edited, 36) }) }
}

/** Whether a text can be the id of a comment, or of a version of one. */
export const isVersion = (text: string): boolean => /^[\w-]{1,64}(~[\da-z]{1,9})?$/.test(text)
