import type { BackupState } from '../domain/backup.ts'
import { openImportMessage } from '../domain/fault.ts'
import { invalidPath, noTarget } from '../domain/path.ts'
import { detailsOf } from '../http/problem.ts'
import { parseBackupLine } from '../ingest/backup.ts'
import { type ImportItem, importAll, type Saving, type Tally } from './import.ts'
import { isCommentItem } from './kept-lines.ts'
import { refuseOlderNames } from './older-names.ts'
import { type ImportOptions, importing, originsIn } from './origin.ts'
import { backupIn, checkAlone, incompleteLines, linesToRestore, nameOf } from './restore.ts'
import type { Reply, Target } from './target.ts'

/**
 * Reports what an import of the items would do, one after the other, and writes nothing. A redirect whose target
 * does not exist is refused by the import only.
 */
export async function dryRun(
  found: readonly ImportItem[],
  target: Target,
  report: Report,
  { replace = false }: ImportOptions = {},
): Promise<Tally> {
  const { revision, articles } = await target.backup.state()
  await checkAlone(found, target.backup)
  // A store without a save is empty, or the import of a backup into it is not complete.
  const backup = backupIn(found)
  if (revision === 0 && backup) return wouldRestore(found, backup, report)
  if (revision === 0 && articles > 0) throw new Error(`Cannot import: ${openImportMessage}`)
  // Which comments the store has is known at the import only.
  const items = await refuseOlderNames(
    found.map((one) =>
      isCommentItem(one) && one.comment.ok
        ? { where: one.where, leftOut: 'a comment is added if the store lacks it' }
        : one,
    ),
    target,
  )
  // No stored article belongs to an import with the number 0.
  const given = items.map(importing({ run: 0, replace }, originsIn(found)))
  return importAll(given, savingNothing(target), report)
}

/** Reports the lines of a backup that an empty store would take. */
function wouldRestore(found: readonly ImportItem[], state: BackupState, report: Report): Tally {
  const tally: Tally = {}
  const count = (where: string, reply: Reply) => {
    const kind = reply.ok ? reply.kind : 'refused'
    tally[kind] = (tally[kind] ?? 0) + 1
    report(where, reply)
  }
  const lines = linesToRestore(found)
  for (const { where, line } of lines) {
    const parsed = parseBackupLine(line)
    const checked = parsed.ok && 'article' in parsed.value ? parsed.value.article : parsed
    const reply: Reply = checked.ok
      ? { ok: true, slug: nameOf(line), kind: 'would be restored' }
      : { ok: false, reason: detailsOf(checked.problem).detail }
    count(where, reply)
  }
  const reason = incompleteLines(lines, state, tally)
  if (reason !== undefined) count(found[0]?.where ?? '', { ok: false, reason })
  return tally
}

type Report = (where: string, reply: Reply) => void

function savingNothing(target: Target): Saving {
  const { save } = target.openDryRun()
  return {
    save: async (inputs, origins) => (await save(inputs, origins)).map(wouldBe),
    async savePaths(paths) {
      const replies = await target.wouldSavePaths(paths)
      return paths.map(({ path }, at) => {
        const reply = replies[at] as Reply
        // The target of a redirect may come with the same import.
        const isOpen = !reply.ok && reply.reason === detailsOf(invalidPath(path, noTarget).problem).detail
        return isOpen ? { ok: true, slug: path, kind: 'would be saved' } : wouldBe(reply)
      })
    },
  }
}

const wouldBe = (reply: Reply): Reply =>
  reply.ok && reply.kind !== 'unchanged' ? { ...reply, kind: `would be ${reply.kind}` } : reply
