import type { BackupState, FromBackup, Origin } from '../domain/backup.ts'
import type { ArticleInput } from '../domain/input.ts'
import type { KeptComment } from '../domain/kept-comment.ts'
import { articlesPerSave } from '../domain/limits.ts'
import { invalidPath, isMove, type KnownPath, titleRefused } from '../domain/path.ts'
import type { Problem, Result } from '../domain/problem.ts'
import { detailsOf } from '../http/problem.ts'
import type { Beside } from '../ingest/capture.ts'
import type { ImportKind } from './sources/kinds.ts'
import type { Reply, Target } from './target.ts'

/** The kinds of lines of a backup that only an empty store takes. */
const onlyForEmpty = ['archive', 'origin', 'discussion'] as const

/** Whether a kind of lines of a backup is one that only an empty store takes. */
export const isOnlyForEmpty = (kind: unknown): kind is (typeof onlyForEmpty)[number] =>
  onlyForEmpty.some((one) => one === kind)

/**
 * An item found in a file to import. `where` is the file's name and the item's position in the file; `file` is the name of a file
 * that contains only this article. The item is an article, a known path from a backup, or something that is not imported on
 * purpose, such as a deleted draft; `leftOut` is the reason. The first line of a backup is the state of the store from which it
 * was made. A line that is `onlyForEmpty` is an archive, an origin or the feed of all articles: only an empty store takes such a
 * line. `line` is the JSON of a line of a backup. `origin` is what a backup says about the article, or about the name of a
 * section, tag or author; an article or name without it replaces the stored one even if the stored one is newer. `whole`: an
 * article of a backup that replaces the stored one completely. `guessesLanguage`: the language of the article was guessed.
 * `languageWarning`: that one of the warnings which is not true if the stored article keeps its language. `kind` is the kind of
 * the file. `keepsDate`: the date of publication is only for a new article. `warnings` says what the reader of the file guessed or
 * left out, or what is doubtful.
 */
export type ImportItem = {
  where: string
  line?: object
  kind?: ImportKind
  whole?: boolean
  guessesLanguage?: boolean
  languageWarning?: string
  keepsDate?: boolean
  warnings?: readonly string[]
} & (
  | { article: Result<ArticleInput>; origin?: Origin; file?: string }
  | { path: Result<KnownPath>; origin?: FromBackup }
  | { state: Result<BackupState> }
  | { leftOut: string }
  | { onlyForEmpty: (typeof onlyForEmpty)[number] | 'feed' }
  | { comment: Result<KeptComment> }
  | { refused: Result<never> }
)

/**
 * Throws if the command line gives a slug or an address, and the files contain several articles. With the same
 * slug, each article would replace the one before; an address belongs to one article only.
 */
export function checkGiven(given: Beside, found: readonly ImportItem[]): void {
  const articles = found.filter((one) => 'article' in one).length
  const options = (['slug', 'url'] as const).filter((field) => given[field] !== undefined)
  if (articles < 2 || options.length === 0) return
  const names = options.map((field) => `--${field}`).join(' and ')
  throw new Error(`Cannot import with ${names}: the files contain ${articles} articles, and may contain one`)
}

/** Returns the item so that, imported, it also replaces a newer article or name. */
export function overwriting(item: ImportItem): ImportItem {
  if (!('origin' in item)) return item
  const { origin: _, ...others } = item
  return { ...others, whole: true }
}

/**
 * Counts the items of each outcome. The key is the kind of the reply to a saved item, or `refused` for every
 * refused item.
 */
export type Tally = Record<string, number>

/**
 * Saves the items in order, a chunk at a time. If an item is refused, the import continues with the next item.
 * `report` is called for each item.
 */
export async function importAll(
  found: Iterable<ImportItem>,
  target: Saving,
  report: (where: string, reply: Reply) => void,
): Promise<Tally> {
  const tally: Tally = {}
  const beside: ImportItem[] = []
  const refusedTitles = new Set<string>()
  for (const chunk of chunksOf(withoutThose(found, beside))) {
    const replies = await repliesTo(chunk, target, refusedTitles)
    for (const one of chunk) {
      const reply = replies.get(one) as Reply
      const kind = reply.ok ? reply.kind : 'refused'
      tally[kind] = (tally[kind] ?? 0) + 1
      report(one.where, withWarnings(one, reply))
    }
  }
  const [first] = beside
  if (first) report(first.where, { ok: true, slug: describe(beside), kind: 'left out' })
  return tally
}

/** Adds the warnings about an item, and about the fields that the stored article keeps, to the reply to the item. */
function withWarnings({ warnings = [], languageWarning }: ImportItem, reply: Reply): Reply {
  const { kept = [], ...others } = reply
  const ofItem = kept.includes('language') ? warnings.filter((one) => one !== languageWarning) : warnings
  const ofKept = kept.length > 0 ? [`${kept.join(', ')}: left out, and kept as stored`] : []
  const all = [...ofItem, ...(reply.warnings ?? []), ...ofKept]
  return all.length > 0 ? { ...others, warnings: all } : others
}

/** Yields the items, except those that only an empty store takes; it adds these to `beside`. */
function* withoutThose(found: Iterable<ImportItem>, beside: ImportItem[]): Generator<ImportItem> {
  for (const one of found) {
    if ('onlyForEmpty' in one || ('state' in one && one.state.ok)) beside.push(one)
    else yield one
  }
}

/** Says what of a backup is left out, and why. */
function describe(beside: readonly ImportItem[]): string {
  const archives = beside.filter((one) => 'onlyForEmpty' in one && one.onlyForEmpty === 'archive').length
  const counted = archives > 0 ? `, and ${archives} ${archives === 1 ? 'archive' : 'archives'}` : ''
  return `the numbers and revisions of the backup${counted}: a store takes them only if it is empty and the backup is imported alone, without options that change articles`
}

/** The operations that an import needs of the Kiosque into which it imports. */
export type Saving = Pick<Target, 'save' | 'savePaths'>

/**
 * Saves one chunk. The names of sections, tags and authors are saved before the articles, because a new
 * section, tag or author would otherwise get the name that its first article contains. Redirects from former
 * paths are saved after the articles, because the target of a redirect must exist. A redirect to a path in `refusedTitles` is
 * refused, because it would lead to another name; the function adds the paths of the chunk to this set.
 */
async function repliesTo(
  chunk: readonly ImportItem[],
  target: Saving,
  refusedTitles: Set<string>,
): Promise<Map<ImportItem, Reply>> {
  const replies = new Map<ImportItem, Reply>()
  const take = async <T>(
    resultOf: (one: ImportItem) => Result<T> | undefined,
    save: (values: T[], origins: (Origin | undefined)[]) => Promise<Reply[]>,
  ) => {
    const given = chunk.flatMap((one) => {
      const result = resultOf(one)
      if (result && !result.ok) replies.set(one, refusal(result))
      return result?.ok ? [{ one, value: result.value }] : []
    })
    const values = given.map(({ value }) => value)
    const origins = given.map(({ one }) => ('article' in one ? one.origin : undefined))
    const answers = given.length > 0 ? await save(values, origins) : []
    for (const [at, { one }] of given.entries()) replies.set(one, answers[at] as Reply)
  }
  const pathOf = (one: ImportItem) => ('path' in one ? one.path : undefined)
  const isMoving = (one: ImportItem) => 'path' in one && one.path.ok && isMove(one.path.value)
  await take((one) => (isMoving(one) ? undefined : pathOf(one)), target.savePaths)
  for (const one of chunk) {
    if ('path' in one && one.path.ok && replies.get(one)?.ok === false) refusedTitles.add(one.path.value.path)
  }
  await take(
    (one) =>
      'state' in one && !one.state.ok
        ? one.state
        : 'refused' in one
          ? one.refused
          : 'comment' in one && !one.comment.ok
            ? one.comment
            : undefined,
    async () => [],
  )
  await take((one) => ('article' in one ? one.article : undefined), target.save)
  await take((one) => {
    const path = isMoving(one) ? pathOf(one) : undefined
    return path?.ok && isMove(path.value) && refusedTitles.has(path.value.to)
      ? invalidPath(path.value.path, titleRefused)
      : path
  }, target.savePaths)
  for (const one of chunk)
    if ('leftOut' in one) replies.set(one, { ok: true, slug: one.leftOut, kind: 'left out' })
  return replies
}

const refusal = ({ problem }: { problem: Problem }): Reply => ({
  ok: false,
  reason: detailsOf(problem).detail,
})

function* chunksOf(found: Iterable<ImportItem>): Generator<ImportItem[]> {
  let chunk: ImportItem[] = []
  for (const one of found) {
    chunk.push(one)
    if (chunk.length === articlesPerSave) {
      yield chunk
      chunk = []
    }
  }
  if (chunk.length > 0) yield chunk
}
