import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { fillStore } from './filled.ts'
import { openSite, start } from './site.ts'
import { watch } from './watched.ts'

/** The rows from which a head is made: the selection's, the site's, and the first of the schedule. */
export const headRows = 3

/**
 * Opens a test site with thousands of articles. Its function `read` empties the in-memory caches, sends a
 * request, and returns the answer and the number of database rows that each SQL statement read.
 */
export async function largeSite(count = 4000, settings: Record<string, string> = {}) {
  await fillStore(count)
  const { database, seen } = watch(env.DB)
  const site = await openSite(settings, 'd1d1d1d1', start, database)
  site.at('2024-12-01T00:00:00Z')
  const read = async (path: string, headers: Record<string, string> = {}) => {
    site.ports.memory?.clear()
    site.ports.answers?.drop()
    seen.length = 0
    const response = await site.get(path, headers)
    const text = await response.text()
    return { response, text, rows: seen.map(({ rowsRead }) => rowsRead ?? 0) }
  }
  return { site, read }
}

export const total = (rows: readonly number[]): number => rows.reduce((sum, one) => sum + one, 0)

type Read = Awaited<ReturnType<typeof largeSite>>['read']

/**
 * Returns the number of database rows that an answer reads in addition to `headRows`.
 */
export async function costOf(read: Read, path: string): Promise<number> {
  const { response, rows } = await read(path)
  expect([path, response.status, rows[0]]).toEqual([path, 200, headRows])
  return total(rows.slice(1))
}
