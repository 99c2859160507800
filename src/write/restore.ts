// I/O: reads and writes the store, then calls the edge cache and the hub.
import type { BackupState, BackupStore, RestoredLine } from '../domain/backup.ts'
import { commentsPath } from '../domain/comment.ts'
import { storedArticle } from '../domain/own-addresses.ts'
import type { Clock } from '../domain/ports.ts'
import { failure, type Problem, type Result, success } from '../domain/problem.ts'
import { pathOf } from '../domain/selection.ts'
import { address, type Site } from '../domain/site.ts'
import { checkStored } from '../domain/sound.ts'
import { articleOf, isSame } from '../ingest/article.ts'
import { type BackupLine, parseBackupLine } from '../ingest/backup.ts'
import { htmlOfComment } from '../ingest/comment-text.ts'
import { attemptSave, type SpreadPorts, spreadAll } from './spread.ts'

interface RestorePorts {
  site: Site
  clock: Clock
  backups: BackupStore
}

/**
 * What became of a line of a backup. An article is `cleaned` if its stored form differs from the line, for example
 * because this version removes more from a body than the version that made the backup.
 */
export type Restored = 'restored' | 'cleaned' | 'unchanged'

type Prepared = Result<{ line: RestoredLine; cleaned: boolean }>

/** Restores lines of the open backup with the given revision. The results are in the order of the lines. */
export async function restoreLines(
  { site, clock, backups }: RestorePorts,
  revision: number,
  values: readonly unknown[],
): Promise<Result<Restored>[]> {
  const prepared = values.map((value): Prepared => {
    const line = parseBackupLine(value)
    return line.ok ? prepare(line.value, site, clock()) : line
  })
  const lines = prepared.flatMap((one) => (one.ok ? [one.value.line] : []))
  const replies = (lines.length > 0 ? await backups.restore(revision, lines) : []).values()
  return prepared.map((one): Result<Restored> => {
    if (!one.ok) return one
    const reply = replies.next().value
    if (reply === undefined || reply === 'refused') return failure(refusalOf(one.value.line))
    return success(one.value.cleaned ? 'cleaned' : reply)
  })
}

/** Builds an article as every save does, so that no backup brings in a body that was not cleaned. */
function prepare(line: BackupLine, site: Site, now: number): Prepared {
  if ('comment' in line) {
    const { comment, commentFacts } = line
    if (comment.state === 'deleted')
      return success({ line: { comment: { ...comment, html: '' }, commentFacts }, cleaned: false })
    const read = htmlOfComment(comment.text, address(site, commentsPath(comment.article)))
    if (!read.ok) return read
    return success({ line: { comment: { ...comment, html: read.value.html }, commentFacts }, cleaned: false })
  }
  if (!('facts' in line)) return success({ line, cleaned: false })
  const { keys } = line
  const made = line.article.ok
    ? articleOf(line.article.value, {
        site,
        pathOf: (folder, name) => pathOf({ keys }, folder, name),
        fromBackup: true,
        now,
      })
    : line.article
  if (!made.ok) return made
  // An earlier version stored and exported absolute addresses. They are shown as before. A line that lacks a field
  // was not exported by any version; the field gets a derived value.
  const given = checkStored(JSON.stringify(line.given))
  const cleaned = !('article' in given) || !isSame(made.value, storedArticle(site, given.article))
  return success({ line: { article: made.value, facts: line.facts }, cleaned })
}

const refusalOf = (line: RestoredLine): Problem => ({
  kind: 'invalid-line',
  reason:
    'archive' in line
      ? 'the selection or an article of the archive is missing'
      : 'comment' in line
        ? 'the article or the comment that it answers is missing, or another comment has its number or id'
        : 'another article has the number, id or slug of the article',
})

/**
 * Completes the open backup. `exact` is false if a line was refused or cleaned. Returns whether the store is now
 * equal to the one from which the backup was made.
 */
export async function completeRestore(
  { backups, ...ports }: SpreadPorts & { backups: BackupStore },
  state: BackupState,
  exact: boolean,
): Promise<boolean> {
  const completed = await attemptSave(ports, () => backups.complete(state, exact))
  await spreadAll(ports, completed.revision)
  return completed.exact
}
