import type { BackupStore } from '../domain/backup.ts'
import type { Site } from '../domain/site.ts'
import { detailsOf } from '../http/problem.ts'
import { completeRestore, restoreLines } from '../write/restore.ts'
import { nameOf } from './restore.ts'
import type { BackupTarget, Reply } from './target.ts'

/** Returns the operations on backups of the local store. */
export function localBackup(site: Site, backups: BackupStore): BackupTarget {
  return {
    state: () => backups.state(),

    async *lines(kind, since) {
      let after: string | undefined
      do {
        const page = await backups.list(kind, after, since)
        yield* page.lines
        after = page.next
      } while (after !== undefined)
    },

    mayListComments: async () => true,

    open: (state) => backups.open(state),

    async restore({ revision }, lines) {
      const results = await restoreLines({ site, clock: Date.now, backups }, revision, lines)
      return results.map(
        (result, at): Reply =>
          result.ok
            ? { ok: true, slug: nameOf(lines[at]), kind: result.value }
            : { ok: false, reason: detailsOf(result.problem).detail },
      )
    },

    complete: (state, exact) => completeRestore({ backups, invalidate: async () => {} }, state, exact),
  }
}
