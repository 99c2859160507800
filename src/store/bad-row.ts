import { withoutValues } from '../domain/fault.ts'
import { hash32 } from '../domain/hash.ts'
import type { Issue } from '../domain/issue.ts'
import type { Log } from '../domain/ports.ts'

/** The largest number of log lines that are remembered. */
export const maxLines = 1000

/** Logs a row of the database that was left out because it is bad. */
export type Tell = (table: string, id: unknown, issue: Issue) => void

/**
 * Makes a function that logs bad rows. It logs each issue of a row once, because a feed that is often requested reads
 * the row each time. Only a hash of each line is remembered, because ids and names of fields can be long. Of two lines
 * with the same hash, only the first is logged until the hashes are forgotten.
 */
export function tellOnce(log: Log): Tell {
  const told = new Set<number>()
  return (table, id, { field, reason }) => {
    const line = JSON.stringify([table, id, field])
    const key = hash32(line, 1) * 2 ** 20 + (hash32(line, 2) >>> 12)
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
