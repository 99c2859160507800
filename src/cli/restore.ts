import { archivePath } from '../domain/archive.ts'
import { type BackupState, type LineKind, lineKinds } from '../domain/backup.ts'
import { articlesPerSave } from '../domain/limits.ts'
import { type ImportItem, importAll, type Saving, type Tally } from './import.ts'
import { isCommentItem, keepLines } from './kept-lines.ts'
import { refuseOlderNames } from './older-names.ts'
import { filesHash, type ImportOptions, importing, originsIn } from './origin.ts'
import type { BackupTarget, Reply, Target } from './target.ts'

/** The name by which a reply names a line of a backup: a slug, or a path. */
export function nameOf(line: unknown): string {
  const { kind, path, slug, selection, part, id } = (line ?? {}) as Record<string, unknown>
  if (kind === 'origin') return `the origin ${path}`
  if (kind === 'comment') return `the comment ${id}`
  if (typeof path === 'string') return path === '' ? 'the feed of all articles' : path
  if (typeof selection === 'string' && typeof part === 'number') return archivePath(selection, part)
  return String(slug ?? '')
}

/**
 * The state of the store from which a backup was made; undefined unless the items are exactly one backup, and nothing
 * on the command line changes its articles.
 */
export function backupIn(found: readonly ImportItem[]): BackupState | undefined {
  const [first, ...others] = found
  if (!first || !('state' in first) || !first.state.ok) return undefined
  const isWhole = others.every((one) => one.line !== undefined && !('state' in one))
  return isWhole ? first.state.value : undefined
}

type Report = (where: string, reply: Reply) => void

/**
 * Throws if a backup is imported into an empty store together with other files or with options that change its
 * articles, or if its first line is missing or wrong. The store would then get new numbers and revisions, and could not
 * take those of the backup any more.
 */
export async function checkAlone(
  found: readonly ImportItem[],
  target: Pick<BackupTarget, 'state'>,
): Promise<void> {
  const headers = found.filter((one) => 'state' in one)
  const hasBackup = headers.length > 0 || found.some((one) => 'onlyForEmpty' in one)
  if (!hasBackup || backupIn(found) || (await target.state()).revision > 0) return
  const lost = 'its numbers and revisions, and so addresses that readers hold, would be lost'
  if (!headers.some(({ state }) => state.ok))
    throw new Error(
      `Cannot import the backup into an empty store without the first line that the export wrote: ${lost}; import the whole file with the version of Kiosque that wrote it, or a later one; without a whole file, import any other article first`,
    )
  throw new Error(
    `Cannot import the backup into an empty store together with other files or options: ${lost}; import the backup alone first`,
  )
}

/**
 * Restores a backup if the store is empty; otherwise, and for all other files, saves the items one by one. `replace`: an
 * article also replaces a stored article of which it is doubtful whether it is the same.
 */
export async function importInto(
  found: readonly ImportItem[],
  target: Saving & Pick<Target, 'backup' | 'paths' | 'openImport' | 'completeImport' | 'comments'>,
  report: Report,
  { replace = false, notify = false }: ImportOptions = {},
): Promise<Tally> {
  await checkAlone(found, target.backup)
  const state = backupIn(found)
  if (state && (await target.backup.open(state))) return restoreAll(found, state, target.backup, report)
  const items = await refuseOlderNames(
    found.filter((one) => !isCommentItem(one)),
    target,
  )
  const tally = await importItems(items, found, target, report, { replace, notify })
  await keepLines(found.filter(isCommentItem), target.comments, tally, report)
  return tally
}

async function importItems(
  items: ImportItem[],
  found: readonly ImportItem[],
  target: Saving & Pick<Target, 'openImport' | 'completeImport'>,
  report: Report,
  { replace = false, notify = false }: ImportOptions,
): Promise<Tally> {
  if (!items.some((one) => 'article' in one)) return importAll(items, target, report)
  const { run, goesOn } = await target.openImport(filesHash(found))
  if (goesOn) console.error('The last import of these files was interrupted; this one goes on with it.')
  const tally = await importAll(
    items.map(importing({ run, replace, ...(notify && { notify }) }, originsIn(found))),
    target,
    report,
  )
  await target.completeImport(run)
  return tally
}

/**
 * Restores a backup into an empty store, so that every address answers as in the store from which the backup was
 * made. The caller must have opened the backup. `report` is called for each line.
 */
export async function restoreAll(
  found: readonly ImportItem[],
  state: BackupState,
  target: BackupTarget,
  report: Report,
): Promise<Tally> {
  const tally: Tally = {}
  const count = (where: string, reply: Reply) => {
    const kind = reply.ok ? reply.kind : 'refused'
    tally[kind] = (tally[kind] ?? 0) + 1
    report(where, reply)
  }
  const lines = linesToRestore(found)
  for (let at = 0; at < lines.length; at += articlesPerSave) {
    const chunk = lines.slice(at, at + articlesPerSave)
    const replies = await target.restore(
      state,
      chunk.map(({ line }) => line as object),
    )
    for (const [index, { where }] of chunk.entries()) count(where, replies[index] as Reply)
  }
  const exact = !tally.refused && !tally.cleaned
  if (!(await target.complete(state, exact))) {
    count(found[0]?.where ?? '', { ok: false, reason: incompleteBecause(tally) })
  }
  return tally
}

/**
 * Says why a backup whose lines have these replies is not complete; undefined if it is complete as far as the file shows:
 * no line is refused, and there are as many lines of each kind as its first line counts. Repeated lines count once.
 */
export function incompleteLines(
  lines: readonly ImportItem[],
  state: BackupState,
  tally: Tally,
): string | undefined {
  const names: Record<LineKind, Set<string>> = {
    selections: new Set(),
    articles: new Set(),
    archives: new Set(),
  }
  for (const { line } of lines) {
    const kind = kindOfLine(line as object)
    if (kind) names[kind].add(`${kind} ${nameOf(line)}`)
  }
  const isWhole = lineKinds.every((kind) => names[kind].size === state[kind])
  return isWhole && !tally.refused ? undefined : incompleteBecause(tally)
}

/** The kind under which the first line of a backup counts a line; undefined for a redirect, which it does not count. */
function kindOfLine(line: object): LineKind | undefined {
  if ('kind' in line) return line.kind === 'archive' ? 'archives' : undefined
  if ('path' in line) return 'title' in line ? 'selections' : undefined
  return 'articles'
}

/** Says why a restored store is not equal to the exported one, and what that means. */
function incompleteBecause({ refused = 0, cleaned = 0 }: Tally): string {
  const reasons = [
    ...(refused > 0 ? [`lines refused: ${refused}`] : []),
    ...(cleaned > 0 ? [`articles stored in another form (cleaned): ${cleaned}`] : []),
  ]
  const why = reasons.join(', ') || 'lines are missing that its first line counts'
  return `the backup is not complete: ${why}; therefore feeds, pages and archives have new ETags, and readers load them once more`
}

/**
 * The lines that restore a backup: all but the first, and but those that name an address that readers have seen, because
 * the line of an article says so itself.
 */
export const linesToRestore = (found: readonly ImportItem[]): ImportItem[] =>
  found.slice(1).filter(({ line }) => line !== undefined && !('seen' in line))
