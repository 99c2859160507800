import { expect } from 'vitest'
import { localBackup } from '../../src/cli/local-backup.ts'
import { restoreAll } from '../../src/cli/restore.ts'
import type { BackupTarget } from '../../src/cli/target.ts'
import type { BackupState } from '../../src/domain/backup.ts'
import { hashOf } from '../../src/http/token.ts'
import { openSite, start, type TestSite, token } from './site.ts'

/** Settings with a token that may administer, and with small feeds, so that a few articles fill archives. */
export const settings = async () => ({
  API_TOKENS: `tests:admin:${await hashOf(token)}`,
  FEED_LENGTH: '3',
  ARTICLES_PER_PAGE: '5',
})
/** Opens an empty test site with these settings. */
export const openSmall = async (at = start) => openSite(await settings(), 'd1d1d1d1', at)

/** The part of the command line's target that makes and restores backups. */
export function targetOf({ ports }: TestSite): BackupTarget {
  return localBackup(ports.config.site, ports.backups)
}

/** What an export reads of a test site. */
export const sourceOf = (site: TestSite) => ({
  backup: targetOf(site),
  async *paths() {
    yield* await site.ports.paths.list('', 1000)
  },
})

/** Restores the lines of a backup into an empty site, and returns what became of them. */
export async function restoreInto(site: TestSite, lines: readonly object[]) {
  const [header, ...others] = lines
  const { kind: _, ...state } = header as BackupState & { kind: string }
  const target = targetOf(site)
  expect(await target.open(state)).toBe(true)
  const refused: string[] = []
  const found = others.map((line) => ({ where: JSON.stringify(line).slice(0, 60), line, leftOut: '' }))
  const items = [{ where: '1', state: { ok: true, value: state } as const }, ...found]
  const tally = await restoreAll(items, state, target, (where, reply) => {
    site.wait(1000)
    if (!reply.ok) refused.push(`${where}: ${reply.reason}`)
  })
  return { tally, refused }
}
