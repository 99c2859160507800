import { type Result, success } from '../domain/problem.ts'

/**
 * A value that was read from a file, with warnings for the person who imports it: what the reader guessed, what it left out,
 * and what is doubtful. A warning is a text without a full stop, such as `no byline found`; one about a field begins with the
 * name of the field and a colon. `guessesLanguage`: the reader guessed the field `language` of the value from the text.
 */
export interface Warned<T> {
  value: T
  warnings: readonly string[]
  guessesLanguage?: boolean
}

/** Returns the result of a reader that has no warnings. */
export const unwarned = <T>(read: Result<T>): Result<Warned<T>> =>
  read.ok ? success({ value: read.value, warnings: [] }) : read
