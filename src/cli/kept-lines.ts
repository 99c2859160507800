import { type KeptComment, maxKeptComments } from '../domain/kept-comment.ts'
import type { Result } from '../domain/problem.ts'
import { detailsOf } from '../http/problem.ts'
import type { CommentsTarget } from './comments.ts'
import type { ImportItem, Tally } from './import.ts'
import type { Reply } from './target.ts'

type CommentItem = ImportItem & { comment: Result<KeptComment> }

/** Whether an item is a comment. The lines of a backup have each comment after the one that it answers. */
export const isCommentItem = (item: ImportItem): item is CommentItem => 'comment' in item

/**
 * Stores the comments of a backup in a store that is not empty, after its articles. Comments that the store has stay as they are.
 * Counts the outcomes in `tally`, and calls `report` for each comment that is refused.
 */
export async function keepLines(
  items: readonly CommentItem[],
  target: Pick<CommentsTarget, 'keep'>,
  tally: Tally,
  report: (where: string, reply: Reply) => void,
): Promise<void> {
  const refuse = (where: string, reason: string) => {
    tally.refused = (tally.refused ?? 0) + 1
    report(where, { ok: false, reason })
  }
  const good: { where: string; comment: KeptComment }[] = []
  for (const { where, comment } of items) {
    if (comment.ok) good.push({ where, comment: comment.value })
    else refuse(where, detailsOf(comment.problem).detail)
  }
  for (let at = 0; at < good.length; at += maxKeptComments) {
    const portion = good.slice(at, at + maxKeptComments)
    const { kept, unchanged, refused } = await target.keep(portion.map(({ comment }) => comment))
    if (kept > 0) tally['comments added'] = (tally['comments added'] ?? 0) + kept
    if (unchanged > 0) tally['comments unchanged'] = (tally['comments unchanged'] ?? 0) + unchanged
    for (const one of refused)
      refuse(portion[one.at]?.where ?? '', `comment ${one.id}: ${one.field}: ${one.reason}`)
  }
}
