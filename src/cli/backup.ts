import {
  type ArchiveLine,
  type ArticleLine,
  type BackupState,
  type BadRow,
  type ExportedLine,
  type LineKind,
  lineKinds,
  type OriginLine,
  type SelectionLine,
} from '../domain/backup.ts'
import type { DiscussionLine } from '../domain/comment-backup.ts'
import { openImportMessage } from '../domain/fault.ts'
import { isMove, type KnownPath } from '../domain/path.ts'
import type { BackupTarget, Target } from './target.ts'

/** A backup: one state of a store. `bad` names the articles that could not be exported. */
interface Backup {
  lines: object[]
  bad: BadRow[]
  /** Whether there are comments that the token may not read. */
  lacksComments?: boolean
}

type Source = Pick<Target, 'paths'> & {
  backup: Pick<BackupTarget, 'state' | 'lines'> & Partial<Pick<BackupTarget, 'mayListComments'>>
}

/** How many times the whole store is read again because it changed in a way that its revisions do not show. */
const attempts = 5

/** How many times the changes since the last reading are read, before the store is said to change too fast. */
const passes = 50

/**
 * Reads a backup. If something is saved while the store is read, what changed is read again until nothing was saved
 * meanwhile, so that the backup is one state of the store.
 */
export async function readBackup(source: Source): Promise<Backup> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const read = await readOnce(source)
    if (read) return read
  }
  throw new Error('Cannot export: articles were deleted again and again during the export; try again')
}

/** Reads one state of the store; undefined if rows were deleted meanwhile, so that everything must be read again. */
async function readOnce({ paths, backup }: Source): Promise<Backup | undefined> {
  const found: Found = { selections: new Map(), articles: new Map(), archives: new Map(), origins: new Map() }
  const lacksComments = (await backup.mayListComments?.()) === false
  let since: number | undefined
  for (let pass = 0; pass < passes; pass++) {
    const before = await backup.state()
    // A store without a save gets its articles from the import of a backup.
    if (before.revision === 0 && before.articles > 0) throw new Error(`Cannot export: ${openImportMessage}`)
    for (const kind of lineKinds) {
      for await (const line of backup.lines(kind, since)) found[kind].set(keyOf(line), line)
    }
    found.origins.clear()
    for await (const line of backup.lines('origins', since)) found.origins.set(keyOf(line), line)
    const comments = lacksComments ? [] : await readComments(backup)
    const known: KnownPath[] = []
    for await (const path of paths()) known.push(path)
    const after = await backup.state()
    if (after.revision !== before.revision) {
      since = before.revision
      continue
    }
    return lineKinds.every((kind) => found[kind].size === after[kind])
      ? { ...backupOf(after, found, known, comments), ...(lacksComments && { lacksComments }) }
      : undefined
  }
  throw new Error('Cannot export: the store changed again and again during the export; try again')
}

type Found = Record<LineKind | 'origins', Map<string, ExportedLine>>

/** How many times comments are read until their heads say that nothing changed meanwhile. */
const commentReadings = 3

/**
 * Reads the comments with their heads. Comments may come all the time without a revision of the store, so a head that has changed
 * while the comments were read is left out in the end: the import then gives it a new revision.
 */
async function readComments(backup: Source['backup']): Promise<object[]> {
  const headsNow = async () => {
    const heads = new Map<string, string>()
    for await (const line of backup.lines('discussions', undefined))
      heads.set((line as DiscussionLine).path, JSON.stringify(line))
    return heads
  }
  let before = await headsNow()
  for (let reading = 1; ; reading++) {
    const comments: ExportedLine[] = []
    for await (const line of backup.lines('comments', undefined)) comments.push(line)
    const after = await headsNow()
    const same = [...after].filter(([path, head]) => before.get(path) === head)
    if (same.length === after.size || reading === commentReadings)
      return [...comments, ...same.map(([, head]) => JSON.parse(head) as object)]
    before = after
  }
}

/** A key that is the same for the line of one row, whenever the row is read. */
function keyOf(line: ExportedLine): string {
  if ('bad' in line) return String(line.number)
  if ('kind' in line && line.kind === 'origin') return line.id
  if ('path' in line) return line.path
  if ('part' in line) return `${line.part} ${line.selection}`
  return String((line as ArticleLine).backup.number)
}

/**
 * Orders the lines. An archive comes after its selection and its articles, and a redirect after its target. The
 * oldest article comes first, so that articles of one instant also keep their order when they are imported into a
 * store that is not empty.
 */
function backupOf(
  state: BackupState,
  found: Found,
  known: readonly KnownPath[],
  comments: readonly object[],
): Backup {
  const rows = [...found.articles.values()].sort((one, other) => numberOf(one) - numberOf(other))
  const articles = rows.filter((one): one is ArticleLine => !('bad' in one))
  const bad = rows.flatMap((one) => ('bad' in one ? one.bad : []))
  const selections = [...found.selections.values()] as SelectionLine[]
  const archives = [...found.archives.values()] as ArchiveLine[]
  const ids = new Set(articles.map(({ id }) => id))
  const origins = ([...found.origins.values()] as OriginLine[]).filter(({ id }) => ids.has(id))
  return {
    lines: [
      { kind: 'backup', ...state, articles: articles.length },
      ...selections.sort((one, other) => order(one.path, other.path)),
      ...known.filter((path) => 'seen' in path),
      ...articles,
      ...archives.sort((one, other) => order(one.selection, other.selection) || one.part - other.part),
      ...known.filter(isMove),
      ...origins.sort((one, other) => order(one.id, other.id)),
      ...comments,
    ],
    bad,
  }
}

const numberOf = (line: ExportedLine): number =>
  'bad' in line ? line.number : (line as ArticleLine).backup.number

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
