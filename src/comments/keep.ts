// I/O: writes the store.
import { commentsPath } from '../domain/comment.ts'
import type { CommentStore } from '../domain/comment-store.ts'
import type { Issue } from '../domain/issue.ts'
import {
  type CommentToKeep,
  isKept,
  type KeptComment,
  type KeptReply,
  maxKeptComments,
  parseKeptComment,
} from '../domain/kept-comment.ts'
import type { Clock } from '../domain/ports.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { address, type Site } from '../domain/site.ts'
import { htmlOfComment } from '../ingest/comment-text.ts'
import { commenterHash } from '../notify/token.ts'

interface KeepPorts {
  site: Site
  comments: Pick<CommentStore, 'keep'>
  clock: Clock
  /** The secrets of hashes of e-mail addresses; the first one makes them. Without one, no address is stored. */
  secrets: readonly string[]
}

/** A comment that was not stored: its place in the list, from 0, its id if it has one, and what is wrong. */
interface RefusedComment extends Issue {
  at: number
  id?: string
}

/** What became of comments that were to be kept. */
export interface KeptComments {
  kept: number
  /** Those whose ids the store has already, which stay as they are. */
  unchanged: number
  refused: RefusedComment[]
}

const refusals: Readonly<Partial<Record<KeptReply, Issue>>> = {
  'no-article': { field: 'article', reason: 'is the slug of no article that was ever public' },
  'no-parent': { field: 'parent', reason: 'is no comment on the article, neither stored nor in the list' },
}

/**
 * Stores the comments of a list, whatever their states, and tells nobody. A comment that cannot be stored stops no other one, except
 * those that answer it. The comments that a comment answers must come with the same call, or before. Repeating it changes nothing.
 */
export async function keepComments(ports: KeepPorts, value: unknown): Promise<Result<KeptComments>> {
  const list = (value as { comments?: unknown } | null)?.comments
  if (!Array.isArray(list) || list.length > maxKeptComments) {
    const issues = [{ field: 'comments', reason: `must be a list of at most ${maxKeptComments}` }]
    return failure({ kind: 'invalid-request', task: 'keep comments', issues })
  }
  const prepared = await Promise.all(list.map((one) => prepare(ports, one)))
  const replies = (await ports.comments.keep(prepared.filter(isPrepared))).values()
  const done: KeptComments = { kept: 0, unchanged: 0, refused: [] }
  for (const [at, one] of prepared.entries()) {
    const reply = isPrepared(one) ? replies.next().value : undefined
    if (reply === 'kept' || reply === 'unchanged') done[reply]++
    else {
      const id = (list[at] as Partial<KeptComment> | null)?.id
      const issue = (reply && refusals[reply]) ?? (one as Issue)
      done.refused.push({ at, ...(typeof id === 'string' && { id: id.slice(0, 64) }), ...issue })
    }
  }
  return success(done)
}

const isPrepared = (one: CommentToKeep | Issue): one is CommentToKeep => 'html' in one

async function prepare(
  { site, clock, secrets: [secret] }: KeepPorts,
  value: unknown,
): Promise<CommentToKeep | Issue> {
  const comment = parseKeptComment(value, clock())
  if (!isKept(comment)) return comment
  const { state, text, article, email } = comment
  if (state === 'deleted') return { ...comment, html: '' }
  const read = htmlOfComment(text, address(site, commentsPath(article)))
  if (!read.ok || read.value.html === '')
    return { field: 'text', reason: 'has nothing that can be shown, or too many marks of Markdown' }
  if (email === undefined) return { ...comment, html: read.value.html }
  // An address that could not be erased must not come in.
  if (secret === undefined)
    return {
      field: 'email',
      reason: 'needs the secret SUBSCRIPTION_SECRET, by which the person can be erased',
    }
  return { ...comment, html: read.value.html, emailHash: await commenterHash(secret, email) }
}
