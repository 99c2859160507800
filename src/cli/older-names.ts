import type { FromBackup, SelectionLine } from '../domain/backup.ts'
import { invalidPath, isMove } from '../domain/path.ts'
import type { ImportItem } from './import.ts'
import type { Target } from './target.ts'

type NamedStore = Pick<Target, 'paths'> & { backup: Pick<Target['backup'], 'lines'> }

/** The name of a section, tag or author in a backup. */
type Name = { path: string; title: string }

/**
 * Refuses each name of a backup that would bring back a former name of a section, tag or author: the store has another
 * name for the path, or redirects the path, and the backup does not show that its own name is newer.
 */
export async function refuseOlderNames(
  found: readonly ImportItem[],
  store: NamedStore,
): Promise<ImportItem[]> {
  if (!found.some(nameIn)) return [...found]
  const isOlder = await olderIn(store)
  return found.map((one): ImportItem => {
    const given = nameIn(one)
    if (!given || !isOlder(given.name, given.origin)) return one
    const reason =
      'the stored name was, or may have been, given later than the one in the backup; to go back to the backup, import with --overwrite'
    return {
      where: one.where,
      ...(one.line && { line: one.line }),
      refused: invalidPath(given.name.path, reason),
    }
  })
}

/** The name in an item that may not replace a newer name. */
function nameIn(item: ImportItem): { name: Name; origin: FromBackup } | undefined {
  if (!('path' in item) || !item.path.ok || item.origin === undefined) return undefined
  const { value } = item.path
  return 'title' in value ? { name: value, origin: item.origin } : undefined
}

/** Reads the names and redirects of the store, and returns a function that tells whether a name is older. */
async function olderIn({ backup, paths }: NamedStore): Promise<(name: Name, origin: FromBackup) => boolean> {
  const stored = new Map<string, SelectionLine>()
  for await (const line of backup.lines('selections', undefined)) {
    const selection = line as SelectionLine
    stored.set(selection.path, selection)
  }
  const moves = new Map<string, string>()
  for await (const known of paths()) if (isMove(known)) moves.set(known.path, known.to)
  return ({ path, title }, { revision = 0 }) => {
    const present = stored.get(path)
    if (present) return present.title !== title && revision < present.backup.named[0]
    // A rename gives its target a new revision, but a new `named` only if the target had another name before.
    const target = moves.get(path)
    return target !== undefined && revision < (stored.get(target)?.backup.revision ?? 0)
  }
}
