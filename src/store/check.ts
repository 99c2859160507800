import type { Clock } from '../domain/ports.ts'
import type { Site } from '../domain/site.ts'
import type { Found } from './column-rules.ts'

/**
 * One kind of fault that the command `npx kiosque doctor` looks for. `find` examines the articles whose number is in the portion;
 * a check of other tables looks only with the first portion. `fix` corrects the same rows, loses nothing, and returns the rows that
 * it corrected.
 */
export interface Check {
  name: string
  remedy: string
  find: (on: Examined, portion: Portion) => Promise<Found[]>
  fix?: (on: Examined, portion: Portion) => Promise<Found[]>
}

/** What is examined: the database, the site to which the articles belong, and the present time. */
export interface Examined {
  database: D1Database
  site: Site
  clock: Clock
}

/** A range of article numbers: more than `after`, and at most `last`. */
export interface Portion {
  after: number
  last: number
}

/** Milliseconds after which a change or an effect that cron has not carried out is a fault. */
export const lateMilliseconds = 10 * 60_000

/** The remedy of what `--fix` corrects. */
export const fixIt = 'run `npx kiosque doctor --fix`'

/** The remedy of a row that only a person can correct. */
export const rowRemedy =
  'correct or delete the row with `npx wrangler d1 execute DB` (with `--remote` if Kiosque is deployed); docs/storage.md describes the column'
