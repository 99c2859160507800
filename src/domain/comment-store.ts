import type { CommentMode } from './article.ts'
import type {
  AddedComment,
  BanKind,
  Comment,
  CommentDraft,
  CommentEvent,
  CommentHead,
  CommentList,
  CommentPage,
  CommentState,
  EditedWords,
  ModeratedComment,
  OwnComment,
  Report,
  SenderFacts,
  SenderQuery,
  Thread,
  ThreadPage,
  ThreadQuery,
} from './comment.ts'
import type { CommenterStore } from './commenter.ts'
import type { CommenterBackups } from './commenter-line.ts'
import type { From } from './cursor.ts'
import type { CommentToKeep, KeptReply } from './kept-comment.ts'
import type { Grounds } from './statement.ts'
import type { Tombstone } from './store.ts'

/** The storage of comments. All instants are epoch milliseconds. */
export interface CommentStore extends CommenterStore, CommenterBackups {
  /** Returns the head of the comments on an article (`commentsPath`) or on all articles; undefined if nobody ever wrote one there. */
  head(path: string, digest: string): Promise<CommentHead | undefined>
  /**
   * Returns the newest comments of a path, or those before or after a cursor. `site` is the mode of the site. Comments on all
   * articles leave out those of articles that are not public at the instant `at`, whose mode is off, or whose rights forbid feeds.
   */
  page(query: CommentQuery): Promise<CommentPage>
  /** Returns the cursor of the public comment next to a cursor, as `Store.canonical` does for articles. */
  canonical(path: string, from: From): Promise<From>
  /** Returns the comments that ceased to be public in the last 30 days, at most a hundred, the last one first. */
  withdrawn(path: string): Promise<Tombstone[]>
  /** Returns threads of an article in an order, `newest` without one. */
  threads(path: string, query: ThreadQuery): Promise<ThreadPage>
  /** Returns the thread of a public comment of an article with replies from that comment on, so that the comment is among them. */
  thread(
    path: string,
    id: string,
    replies: number,
  ): Promise<(Thread & Pick<ThreadPage, 'revisions'>) | undefined>
  /** Returns a public comment of an article. */
  find(path: string, id: string): Promise<Comment | undefined>
  /**
   * Returns what is known of the sender of a comment and of its text. `isKnown`: a moderator approved a comment with the same keyed
   * hash of an e-mail address that came from the same network on the same day. The address alone tells nothing, because anybody can
   * write the address of somebody else.
   */
  sender(query: SenderQuery): Promise<SenderFacts>
  /**
   * Bans the senders of comments, or ends their bans. Returns the ids of the comments that tell who the sender is: a comment without
   * an e-mail address does not tell the address, and one of another day does not tell the network.
   */
  ban(ids: readonly string[], kind: BanKind, isBanned: boolean): Promise<string[]>
  /**
   * Returns the salt of a day, which is `fresh` if neither that day nor the next one had any: a late request of the day before gets
   * that of the new day. Those of days before are deleted.
   */
  salt(day: string, fresh: string): Promise<string>
  /** Tells whether a moderator has closed the comments on all articles. */
  isClosed(): Promise<boolean>
  /** Closes the comments on all articles, or opens them again. */
  close(isClosed: boolean): Promise<void>
  add(draft: CommentDraft): Promise<AddedComment>
  /**
   * Stores comments of a backup or of another system, whatever their states, with their ids and dates. Those whose ids the store has
   * stay as they are, and nobody is told of anything. The comment that one answers is stored already, or is in the list. The replies
   * are in the order of the list. Comments that were erased, or whose authors were erased since they wrote, are stored as deleted.
   */
  keep(comments: readonly CommentToKeep[]): Promise<KeptReply[]>
  /** Returns the comment that a token with this hash may change now; undefined if there is none, or if it is spam or deleted. */
  own(id: string, editHash: string): Promise<OwnComment | undefined>
  /** Gives a comment that its author may change another text. Returns false if that is not possible any more. */
  edit(id: string, editHash: string, words: EditedWords): Promise<boolean>
  /** Returns a comment that is public at this moment, of whatever article; its article's mode is not looked at. */
  shown(id: string): Promise<Comment | undefined>
  /** Stores a report of a public comment. Returns false if there is no such comment, or if it was reported very often. */
  report(id: string, report: Report): Promise<boolean>
  /**
   * Returns a comment with the last 200 things that happened to it, the first event first, decisions and reports rather than changes;
   * undefined for an unknown one.
   */
  history(id: string): Promise<{ comment: ModeratedComment; events: CommentEvent[] } | undefined>
  /** Lists comments in a state, the oldest first, from the first one after the number `after` on. */
  list(list: CommentList, after: number): Promise<{ comments: ModeratedComment[]; next?: number }>
  /**
   * Puts comments into a state, except those that are deleted, and notes who did so, and why. With `isMailed`, their authors get a
   * statement of reasons by mail (`isStated`), if they have left an address and the comments were public or waited. Returns each
   * that exists with its present state. `hasLeft`: one of them was public before and is not now, so that the store has an effect
   * that must be taken up.
   */
  decide(
    ids: readonly string[],
    state: CommentState,
    actor?: string,
    grounds?: Grounds & { isMailed?: boolean },
  ): Promise<{ comments: DecidedComment[]; hasLeft: boolean }>
}

/** A comment and its state after a decision. `unchanged`: the decision left the state as it was. */
export interface DecidedComment {
  id: string
  state: CommentState
  unchanged?: true
}

export interface CommentQuery {
  path: string
  from?: From | undefined
  limit: number
  site: CommentMode
  at: number
}
