import { withoutValues } from '../domain/fault.ts'
import type { Issue } from '../domain/issue.ts'
import type { Log } from '../domain/ports.ts'

/** The largest number of log lines that are remembered. */
const maxLines = 1000

/** Logs a row of the database that was left out because it is bad. */
export type Tell = (table: string, id: unknown, issue: Issue) => void

/**
 * Makes a function that logs bad rows. It logs each issue of a row once, because a feed that is often requested reads
 * the row each time.
 */
export function tellOnce(log: Log): Tell {
  const told = new Set<string>()
  return (table, id, { field, reason }) => {
    const key = JSON.stringify([table, id, field])
    if (told.has(key)) return
    if (told.size === maxLines) told.clear()
    told.add(key)
    // The reason may quote the row's text. `npx kiosque doctor` shows the whole reason.
    log('bad-row', {
      table,
      id: typeof id === 'number' ? id : String(id),
      field,
      reason: withoutValues(reason),
    })
  }
}
