import { allComments, type CommentHead, commentsPath } from '../domain/comment.ts'
import type { CommentStore } from '../domain/comment-store.ts'
import type { Clock, Log, Within } from '../domain/ports.ts'
import { type Drop, dropAfter } from './drop.ts'
import { freshMilliseconds, type Heads, type HeldHead } from './heads.ts'
import { headTimeoutMilliseconds } from './store.ts'

/** A head that memory may keep: one without a revision has no content that it could stand for. */
type KeptHead = CommentHead & HeldHead

/** A head whose scheduled change has come is read again once the change is carried out. */
const isKept = (head: CommentHead | undefined, now: number): head is KeptHead =>
  typeof head?.revision === 'number' && (head.siteDue ?? now + 1) > now

/**
 * Wraps a store of comments so that it uses this isolate's memory: fresh heads are not read again, however many
 * comments come meanwhile, a decision about comments removes all heads, and if a head cannot be read, the one in memory is used.
 */
export function rememberingComments(
  comments: CommentStore,
  heads: Heads,
  drop: Drop,
  { clock, within, log }: { clock: Clock; within: Within; log: Log },
): CommentStore {
  return {
    ...comments,

    salt: rememberingSalt(comments),
    ...rememberingClosed(comments, { clock, within, log }),

    async head(path, digest) {
      const [held] = heads.held<KeptHead>([path]) ?? []
      if (held) return held
      const asking = heads.asking([path])
      try {
        const reading = comments.head(path, digest)
        const found = await (heads.stale([path]) ? within(headTimeoutMilliseconds, reading) : reading)
        return isKept(found, clock()) ? asking.took([found])[0] : found
      } catch (fault) {
        asking.failed()
        const [stale] = heads.stale<KeptHead>([path]) ?? []
        if (!stale) throw fault
        log('store-not-answering', { heads: 1, fault })
        return stale
      }
    },

    async keep(kept) {
      const replies = await comments.keep(kept)
      if (replies.includes('kept'))
        heads.forget([allComments, ...new Set(kept.map(({ article }) => commentsPath(article)))])
      return replies
    },

    edit: (id, editHash, words) =>
      dropAfter(
        drop,
        () => comments.edit(id, editHash, words),
        (isDone) => (isDone ? [allComments] : undefined),
      ),

    erase: (address, hashes, actor) =>
      dropAfter(
        drop,
        () => comments.erase(address, hashes, actor),
        () => [allComments],
      ),

    eraseAgain: (erased) =>
      dropAfter(
        drop,
        () => comments.eraseAgain(erased),
        ({ comments: changed }) => (changed > 0 ? [allComments] : undefined),
      ),

    // A drop makes every head stale, also those of the articles of these comments.
    decide: (ids, state, actor, grounds) =>
      dropAfter(
        drop,
        () => comments.decide(ids, state, actor, grounds),
        () => [allComments],
      ),
  }
}

/**
 * Reads whether comments are closed as often as a head is read. If that fails, what was last known counts, because pages and data only
 * show it: the statement that takes a comment reads it again.
 */
function rememberingClosed(
  comments: CommentStore,
  { clock, within, log }: { clock: Clock; within: Within; log: Log },
): Pick<CommentStore, 'isClosed' | 'close'> {
  let kept: { isClosed: boolean; until: number } | undefined
  return {
    async isClosed() {
      if (kept && clock() < kept.until) return kept.isClosed
      try {
        const isClosed = await within(headTimeoutMilliseconds, comments.isClosed())
        kept = { isClosed, until: clock() + freshMilliseconds }
        return isClosed
      } catch (fault) {
        log('store-not-answering', { heads: 0, fault })
        return kept?.isClosed ?? false
      }
    },
    async close(isClosed) {
      await comments.close(isClosed)
      kept = undefined
    },
  }
}

/** Reads the salt of a day once, because a day has only one. */
function rememberingSalt(comments: CommentStore): CommentStore['salt'] {
  let kept: { day: string; salt: string } | undefined
  return async (day, fresh) => {
    const known = kept?.day === day ? kept : { day, salt: await comments.salt(day, fresh) }
    kept = known
    return known.salt
  }
}
