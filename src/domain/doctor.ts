/** A row of the store that is bad: which row, why, and what corrects it. */
export interface Finding {
  check: string
  table: string
  id: string
  reason: string
  remedy: string
}

/** The bad rows in one portion of the store; `next` is where the next portion begins. */
export interface Examination {
  findings: Finding[]
  next?: number
}

/** Examines the portion of the store that begins at `after`. With `fix`, it first corrects what it can without loss. */
export type Examine = (after: number, fix: boolean) => Promise<Examination>
