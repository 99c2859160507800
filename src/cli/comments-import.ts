import { type KeptComment, maxKeptComments } from '../domain/kept-comment.ts'
import { wordsIn } from '../domain/language.ts'
import type { CommentsTarget } from './comments.ts'
import { eraseAllAgain, standardErasedFile } from './erased-file.ts'
import { type KnownArticles, readKnownArticles } from './known-articles.ts'
import type { Options } from './options.ts'
import { portionsOf } from './portions.ts'
import { progressOf } from './progress.ts'
import { textsOf } from './read-texts.ts'
import { type CommentRecords, recordsOf } from './sources/comment-records.ts'
import { readComments } from './sources/comments-file.ts'
import type { FoundThread } from './sources/found-comments.ts'
import type { SubscriptionsTarget } from './subscriptions.ts'
import type { Target } from './target.ts'

/** What an import of comments needs of the Kiosque into which it imports. */
export type CommentImportTarget = Pick<Target, 'list' | 'paths'> & {
  comments: Pick<CommentsTarget, 'keep'>
  subscriptions: Pick<SubscriptionsTarget, 'erased' | 'eraseAgain'>
}

/** The options of an import of comments. `erased` is the file with the list of erased addresses beside the backup; it need not exist. */
type CommentImportOptions = Pick<Options, 'dry-run' | 'json' | 'verbose' | 'erased'>

/** Where an import says what it does: the process, or an object that a test supplies. */
interface Output {
  stdout: Stream
  stderr: Stream
}

interface Stream {
  isTTY?: boolean
  write: (text: string) => unknown
}

/** What became of the comments of a file. */
interface Outcome {
  file: string
  imported: number
  unchanged: number
  refused: { comment: string; on: string; reason: string }[]
}

/**
 * Imports the comments of exports of WordPress and Disqus. Nobody is told of them. Comments that were imported before stay as they
 * are, and those of people who were erased since they wrote are erased again. Returns the exit code: 1 if a comment was refused, or
 * if its article was not found.
 */
export async function importComments(
  target: CommentImportTarget,
  files: readonly string[],
  options: CommentImportOptions,
  output: Output,
  clock = Date.now,
): Promise<number> {
  if (files.length === 0) throw new Error('Cannot import comments: name at least one file')
  const articles = await readKnownArticles(target)
  const erased = options.erased ?? standardErasedFile
  // Comments of people who were erased since they wrote must not be public before the import ends.
  if (!options['dry-run']) await eraseAllAgain(target.subscriptions, erased)
  let code = 0
  for (const file of files) {
    const { records, outcome } = await naming(file, async () => {
      const records = recordsOf(await readComments(textsOf(file)), articleIn(articles), clock())
      return { records, outcome: await keepAll(target, file, records, options, output) }
    })
    report(outcome, records, options, output)
    if (outcome.refused.length > 0 || records.unmatched.size > 0) code = 1
  }
  if (!options['dry-run']) {
    const again = await eraseAllAgain(target.subscriptions, erased)
    if (again.comments > 0)
      output.stderr.write(`${counted(again.comments)} erased again, because the authors had asked for it\n`)
  }
  return code
}

/** Does work about a file, whose name is in the message if the work fails. */
async function naming<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (fault) {
    const { message } = fault as Error
    throw message.includes(file) ? fault : new Error(`${file}: ${message}`)
  }
}

const articleIn = (articles: KnownArticles) => (thread: FoundThread) => {
  const found = articles.find(thread)
  return found && { slug: found.slug, anonymous: wordsIn(found.language).comments.anonymous }
}

/** The largest number of bytes of comments in one call; the API takes a body of a mebibyte. */
const maxCallBytes = 900_000

/** Stores the comments in calls of a few. The answers to a comment that is refused become first comments. */
async function keepAll(
  { comments: { keep } }: CommentImportTarget,
  file: string,
  records: CommentRecords,
  { 'dry-run': isDryRun, json }: CommentImportOptions,
  { stderr }: Output,
): Promise<Outcome> {
  const { comments } = records
  const refused = records.refused.map(({ key, ...others }) => ({ comment: key, ...others }))
  const outcome: Outcome = { file, imported: 0, unchanged: 0, refused }
  if (isDryRun) return { ...outcome, imported: comments.length }
  const progress = progressOf(comments.length, stderr, Date.now, json === true && !stderr.isTTY)
  const lost = new Set<string>()
  let done = 0
  for (const portion of portionsOf(comments.map(lineOf), {
    maxLines: maxKeptComments,
    maxBytes: maxCallBytes,
  })) {
    const some = comments.slice(done, done + portion.length).map((one) => answeringNone(one, lost))
    const reply = await keep(some)
    outcome.imported += reply.kept
    outcome.unchanged += reply.unchanged
    for (const { at, field, reason } of reply.refused) {
      // The addresses were checked, so that no comment with one can be stored.
      if (field === 'email')
        throw new Error(`Cannot import comments with e-mail addresses: ${field} ${reason}`)
      const comment = some[at] as KeptComment
      lost.add(comment.id)
      refused.push({ comment: comment.id, on: comment.article, reason: `${field}: ${reason}` })
    }
    done += portion.length
    progress.reach(done)
  }
  progress.clear()
  return outcome
}

const lineOf = (comment: KeptComment): string => JSON.stringify(comment)

function answeringNone(comment: KeptComment, lost: ReadonlySet<string>): KeptComment {
  if (comment.parent === undefined || !lost.has(comment.parent)) return comment
  const { parent: _, ...others } = comment
  return others
}

/** The largest number of lines about comments and pages that are not imported, without `verbose`. */
const maxLines = 20

function report(
  outcome: Outcome,
  records: CommentRecords,
  { 'dry-run': isDryRun, json, verbose }: CommentImportOptions,
  { stdout, stderr }: Output,
): void {
  const { refused, imported, unchanged } = outcome
  const { comments, placeholders, warnings } = records
  const unmatched = [...records.unmatched].map(([thread, count]) => ({
    page: pageOf(thread),
    comments: count,
  }))
  const leftOut = Object.fromEntries(records.leftOut)
  if (json) {
    stdout.write(`${JSON.stringify({ ...outcome, placeholders, leftOut, unmatched, warnings })}\n`)
    return
  }
  const lines = [
    ...warnings.map((warning) => `warning ${outcome.file}: ${warning}`),
    ...refused.map(
      ({ comment, on, reason }) => `refused comment ${plain(comment)} on "${plain(on)}": ${reason}`,
    ),
    ...unmatched.map(({ page, comments: count }) => `no article for ${counted(count)} on ${page}`),
  ]
  const shown = verbose ? lines : lines.slice(0, maxLines + warnings.length)
  for (const line of shown) stderr.write(`${line}\n`)
  if (lines.length > shown.length)
    stderr.write(`${lines.length - shown.length} more lines (--verbose shows each)\n`)
  const waiting = (['pending', 'spam'] as const).flatMap((state) => {
    const count = comments.filter((one) => one.state === state).length
    return count > 0 ? [`${count} ${state}`] : []
  })
  const articles = new Set(comments.map(({ article }) => article)).size
  const lost = unmatched.reduce((sum, one) => sum + one.comments, 0)
  const parts = [
    `${counted(imported)} ${isDryRun ? 'would be imported' : 'imported'} on ${articles} ${articles === 1 ? 'article' : 'articles'}`,
    ...(waiting.length > 0 ? [`${waiting.join(' and ')} in the file`] : []),
    ...(unchanged > 0 ? [`${unchanged} there already`] : []),
    ...[...records.leftOut].map(([what, count]) => `${count} ${what} left out`),
    ...(placeholders > 0
      ? [`${placeholders} of the imported ones only a gap that keeps answers together`]
      : []),
    ...(lost > 0 ? [`${lost} without an article`] : []),
    ...(refused.length > 0 ? [`${refused.length} refused`] : []),
  ]
  stdout.write(`${outcome.file}: ${parts.join(', ')}\n`)
}

const counted = (count: number): string => `${count} ${count === 1 ? 'comment' : 'comments'}`

/** A page of another system for people: its address, or its title. */
const pageOf = ({ addresses: [address], title }: FoundThread): string =>
  address === undefined ? `"${plain(title)}"` : plain(address)

/** A text of a stranger in a line of a terminal. */
const plain = (text: string): string =>
  text
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, 300)
