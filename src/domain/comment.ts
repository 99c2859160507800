import type { Article, CommentMode } from './article.ts'
import type { Cursor } from './cursor.ts'
import type { Site } from './site.ts'
import type { Head } from './store.ts'

/**
 * How readers may comment on an article: by its own mode if it has one, else by that of the site. On a site without comments,
 * nobody may, whatever the article says.
 */
export const modeOf = (site: Pick<Site, 'comments'>, { comments }: Pick<Article, 'comments'>): CommentMode =>
  site.comments === undefined ? 'off' : (comments ?? site.comments)

/**
 * Tells whether it is too late for a comment on an article: `days` after the date of the article, if that is not 0. Its comments stay
 * where they are.
 */
export const isOver = ({ published }: Pick<Article, 'published'>, days: number, now: number): boolean =>
  days > 0 && now >= Date.parse(published) + days * 86_400_000

/** Who decides, in the log of a comment, if no person does. */
export const ruleActor = 'rule'

/** The states of a comment. Only an approved one is public; a deleted one has lost its texts and stays deleted. */
export const commentStates = ['pending', 'approved', 'spam', 'deleted'] as const
export type CommentState = (typeof commentStates)[number]

/**
 * Why a comment was held: it must be approved by the mode of the article (`mode`), it has many links (`links`), its form was sent
 * sooner than a person writes (`quick`), a field that people do not see was filled (`trap`), somebody has written the same text
 * within a day (`repeated`), many came from one network within ten minutes (`rate`), it has a word that the site watches (`words`),
 * a moderator has banned its sender (`banned`), the check of whether a person sent it refused it (`robot`), Akismet takes it for
 * spam (`akismet`), or a check could not be made (`unchecked`).
 */
export type HeldReason =
  | 'mode'
  | 'links'
  | 'quick'
  | 'trap'
  | 'repeated'
  | 'rate'
  | 'words'
  | 'banned'
  | 'robot'
  | 'akismet'
  | 'unchecked'

/** What a service said about who sent a comment, or that it could not be asked. */
export type CheckedSender = 'passed' | 'refused' | 'unavailable'

/** What is known of the sender of a new comment: two keyed hashes, and the hash of the text if the text is long enough. */
export interface SenderQuery {
  emailHash?: string
  network: string
  textHash?: string
  /** The hashes by which the sender may be banned. */
  bannable: readonly string[]
}

/** The answer: see `Facts` of comments/spam.ts. */
export interface SenderFacts {
  isKnown: boolean
  isRepeated: boolean
  recent: number
  isBanned: boolean
  /** Whether a moderator has closed the comments on all articles. */
  isClosed: boolean
}

/** By what the sender of a comment is recognized: the e-mail address, or the network, until the salt of the day changes. */
export const banKinds = ['email', 'network'] as const
export type BanKind = (typeof banKinds)[number]

/** The largest numbers of characters of a comment's text and of its author's name (Unicode code points). */
export const maxCommentCharacters = 4000
export const maxCommentNameCharacters = 60

/** The path of the comments on an article, and that of the comments on all articles. */
export const commentsPath = (slug: string): string => `articles/${slug}/comments`
export const allComments = 'comments'

/** Whether the path of a selection is that of comments. */
export const isOfComments = (path: string): boolean =>
  path === allComments || articleOfComments(path) !== undefined

/** The path of the article on which the comments of a path are; undefined for the comments on all articles, and for other paths. */
export const articleOfComments = (path: string): string | undefined =>
  /^(articles\/[^/]+)\/comments$/.exec(path)?.[1]

/** Whether a text of a request can be the id of a comment, so that it is worth a look at the store. */
export const isCommentId = (text: string): boolean => /^[\w-]{1,64}$/.test(text)

/** The permanent id of a comment in feeds. */
export const commentUri = (id: string): string => `urn:kiosque:comment:${id}`

/** The article on which a comment was written, as far as a list of comments shows it. `path` is that of its comments. */
interface Discussed {
  path: string
  title: string
  language: string
}

/** A public comment. Instants are epoch milliseconds; `html` is clean. `parent` is the id of the comment that it answers. */
export interface Comment {
  id: string
  name: string
  html: string
  published: number
  /** The instant at which its author changed it last; absent if that never happened. */
  edited?: number
  parent?: string
  /** The name of the author of that comment; absent if it is not public. */
  answering?: string
  /** The key of the question that its thread answers; absent in a thread that answers none. */
  question?: string
  on: Discussed
}

/**
 * The head of the comments on an article, or on all articles. `revision` is null if no comment was public yet. `isShown`: the
 * article is public at the instant of the read. `hasFeeds`: its rights allow feeds. `siteDue` is the site's next scheduled
 * change, and may have passed.
 */
export interface CommentHead
  extends Pick<
    Head,
    'path' | 'title' | 'revised' | 'since' | 'readAt' | 'due' | 'siteDue' | 'departed' | 'size' | 'stale'
  > {
  revision: number | null
  language: string
  mode?: CommentMode
  isShown: boolean
  hasFeeds: boolean
}

/** A page of comments, the newest first, as `Page` is one of articles. Each has the revision of its last change. */
export interface CommentPage {
  comments: (Comment & { revision: number })[]
  revisions: readonly (number | null)[]
  older?: Cursor
  newer?: Cursor
}

/**
 * A first comment with its oldest replies. `comment` is absent if it is not public any more, but has public replies; `more` is
 * whether there are further replies.
 */
export interface Thread {
  id: string
  comment?: Comment
  replies: Comment[]
  more: boolean
}

/** The orders in which a page shows threads: by the date of the first comment, or by the number of public replies. */
export const threadOrders = ['newest', 'oldest', 'answered'] as const
export type ThreadOrder = (typeof threadOrders)[number]

/**
 * Which threads are asked for: the first ones in an order, or those after a cursor, each with at most `replies` replies. With
 * `question`, only those that answer this question; they have no order by the number of replies.
 */
export interface ThreadQuery {
  order?: ThreadOrder
  question?: string
  from?: Cursor | undefined
  limit: number
  replies: number
}

/** Threads in an order. `older` is the cursor from which the order goes on; its number is that of replies where they make the order. */
export interface ThreadPage {
  threads: Thread[]
  revisions: readonly (number | null)[]
  older?: Cursor
}

/** A new comment. `form` is the nonce of the form that was sent. `emailHash` is the keyed hash of the e-mail address. */
export interface CommentDraft {
  id: string
  path: string
  parent?: string
  /** The key of the question that it answers. A reply gets that of the comment which it answers. */
  question?: string
  state: 'pending' | 'approved'
  reasons: readonly HeldReason[]
  name: string
  email?: string
  emailHash?: string
  /** The hash of the network from which it was sent, with the salt of the day. */
  network: string
  text: string
  html: string
  /** The hash of the text by which repetitions are found; absent if the text is short. */
  textHash?: string
  form: string
  /** The hash of the token with which its author may change it, and the instant until which that is possible. */
  editHash: string
  editUntil: number
}

/**
 * What became of a new comment: it is stored; it was stored already by the same form, perhaps with another text; or its article or
 * the comment that it answers is not public any more.
 */
export type AddedComment =
  | { kind: 'added' }
  | { kind: 'repeated'; text: string; state: CommentState }
  | { kind: 'closed' }

/** A comment as moderators see it. */
export interface ModeratedComment {
  number: number
  id: string
  state: CommentState
  reasons: string[]
  name: string
  email: string | null
  text: string
  /** The number of reports since the last decision. */
  reports: number
  /** The last reports since the last decision, the newest first, at most `maxListedReports`. A text may be empty. */
  lastReports: Pick<Report, 'reason' | 'text'>[]
  /** Who decided last about a hidden or deleted comment, and why; null for another one, and if nobody has decided. */
  decision: Pick<CommentEvent, 'actor' | 'reason' | 'text'> | null
  written: number
  /** The instant at which its author changed it last; null if that never happened. */
  edited: number | null
  published: number | null
  path: string
  title: string
  parent: string | null
  question: string | null
}

/** Why a reader reports a comment: the grounds between which the form lets choose. */
export const reportReasons = ['illegal', 'hateful', 'harassing', 'false', 'spam', 'other'] as const
export type ReportReason = (typeof reportReasons)[number]

/** A report of a reader, who may leave an e-mail address. */
export interface Report {
  reason: ReportReason
  text: string
  /** The nonce of the form that was sent, by which a second press is known. */
  form: string
  email?: string
  /** The keyed hash of the e-mail address. */
  emailHash?: string
}

/** The largest number of reports of one comment in a list of comments. */
export const maxListedReports = 5

/** The largest number of characters of the text of a report. */
export const maxReportCharacters = 1000

/**
 * What happened to a comment: a moderator put it into a state (`actor` is the name of the token), its author changed the text (`text` is
 * the former one), or a reader reported it. Members that say nothing are null.
 */
export interface CommentEvent {
  at: number
  kind: 'decided' | 'edited' | 'reported'
  actor: string
  state: string | null
  reason: string | null
  text: string | null
  email: string | null
}

/** The lists of comments that moderators can ask for: those in a state, and those that readers have reported since the last decision. */
export const commentLists = [...commentStates, 'reported'] as const
export type CommentList = (typeof commentLists)[number]

/** What a changed comment says. It is changed only if it still is in this state. */
export interface EditedWords extends Pick<CommentDraft, 'text' | 'html' | 'textHash'> {
  state: OwnComment['state']
}

/** A comment as its author may change it. `path` is that of the comments on its article. */
export interface OwnComment {
  text: string
  /** The hash of the text by which repetitions are found; absent if the text is short. */
  textHash?: string
  /** Whether a moderator has banned the sender. */
  isBanned: boolean
  state: 'approved' | 'pending'
  path: string
}

/** The largest number of comments of a page of the list for moderators, and of one decision. */
export const maxModeratedComments = 50
