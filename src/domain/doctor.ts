/** A row of the store that is bad: which row, why, and what corrects it. */
export interface Finding {
  check: string
  table: string
  id: string
  reason: string
  remedy: string
}

/** What was corrected in a row. `reason` is what was wrong. */
export type Correction = Omit<Finding, 'remedy'>

/**
 * The bad rows in one portion of the store; `next` is where the next portion begins. `corrected` is what a correction
 * changed before; it is absent if none was asked for.
 */
export interface Examination {
  findings: Finding[]
  corrected?: Correction[]
  next?: number
}

/** Examines the portion of the store that begins at `after`. With `fix`, it first corrects what it can without loss. */
export type Examine = (after: number, fix: boolean) => Promise<Examination>
