import type { Article } from './article.ts'

/** The ways in which a person or a browser is told of articles. Programs are told by WebSub (`subscription.ts`). */
export const channels = ['email', 'webpush'] as const
export type Channel = (typeof channels)[number]

/** How often a subscriber is told: of each article at once, or by a digest. */
export const schedules = ['now', 'daily', 'weekly'] as const
export type Schedule = (typeof schedules)[number]
export const digestSchedules = ['daily', 'weekly'] as const satisfies readonly Schedule[]
export type DigestSchedule = (typeof digestSchedules)[number]

/** The selection of a choice that means the corrections of one article. */
export const corrections = 'corrections'

/** The selections of choices that mean the new comments on one article, and the replies to one comment. Only mails tell of them. */
export const newComments = 'comments'
export const newReplies = 'replies'

/**
 * Something of which a subscriber is told: the articles of a selection, the corrections of an article, the comments on it, or the replies
 * to a comment.
 */
export interface Choice {
  /** The path of a selection, which is empty for all articles; `corrections`, `comments` or `replies`. */
  selection: string
  /** The id of the article that is meant; of the comment, if replies are. */
  article?: string
  schedule: Schedule
}

/** The two keys of a push endpoint, in base64url without padding (Push API). */
export interface PushKeys {
  p256dh: string
  auth: string
  /** The public key of the site with which the endpoint was made: the push service accepts messages of this key only. */
  server: string
}

/**
 * That a subscriber has consented: the instant of the confirmation in epoch milliseconds, the words that were shown, and the choices
 * to which the subscriber agreed. Consents of an earlier version have no choices.
 */
export interface Consent {
  at: number
  words: string
  choices?: readonly Choice[]
}

/** The first consent of a subscriber, and the later ones, the oldest first, of which at most `maxLaterConsents` are kept. */
export interface Proof extends Consent {
  later?: readonly Consent[]
}

/** The largest number of later consents that are kept, so that nobody can make a row grow without end. */
export const maxLaterConsents = 20

/** A digest that a browser shows: the instant of its message (epoch milliseconds), and the ids of its articles. */
export interface ShownDigest {
  at: number
  articles: readonly string[]
  /** Whether it had more articles. */
  isCut: boolean
}

/** A person or a browser that is told of articles. All instants are epoch milliseconds. */
export interface Subscriber {
  number: number
  /** The random part of the subscriber's links. */
  id: string
  /** The version of the subscriber's links: links of an older version are invalid. */
  version: number
  channel: Channel
  /** The e-mail address, or the address of the push endpoint. */
  address: string
  keys?: PushKeys
  language: string
  state: 'active' | 'paused'
  created: number
  /** The instant of the last message that was accepted for the address. */
  told?: number
  /** Whether the last message was not accepted. */
  isFailing: boolean
  /** Of a browser: how many attempts in a row its push service has neither accepted nor refused for good, and the first of them. */
  unanswered?: { since: number; attempts: number }
  /** Of a browser: the last digests that it shows. */
  shown?: Readonly<Partial<Record<DigestSchedule, ShownDigest>>>
  proof: Proof
  choices: readonly SubscribedChoice[]
}

/**
 * A choice of a subscriber. `atOnceUntil`: when it last ceased to be told at once. `rests`: it had such digests before it had another
 * schedule or was paused, and the next one of them has what is left.
 */
export type SubscribedChoice = Choice & {
  since: number
  atOnceUntil?: number
  rests?: readonly DigestSchedule[]
}

/** Whether a choice is one of those that a digest tells. */
export const isInDigest = (choice: SubscribedChoice, schedule: DigestSchedule): boolean =>
  choice.article === undefined && (choice.schedule === schedule || choice.rests?.includes(schedule) === true)

/** The new endpoint of a browser, its keyed hash, by which an erasure is recognized, and its keys. */
export interface MovedPush {
  address: string
  addressHash: string
  keys: PushKeys
}

/** What is stored of a browser that asks to be told. */
export type AddedPush = Pick<Subscriber, 'id' | 'language' | 'created'> &
  MovedPush & { proof: Consent; choices: readonly Choice[] }

/** A subscriber that has ended, whose links still work for a time. */
export type EndedSubscriber = Pick<Subscriber, 'id' | 'version' | 'channel' | 'language'> & {
  state: 'ended'
  ended: number
  /** The id of the subscriber with which this one was joined: its links to unsubscribe end that one. */
  joined?: string
}

/** A request to be told by e-mail, or to change the address of a subscriber, that waits for its confirmation. */
export interface OptIn {
  number: number
  address: string
  /** The subscriber whose address is to be changed. */
  subscriber?: number
  language: string
  choices: readonly Choice[]
  /** The words that the person was shown. */
  words: string
  asked: number
  attempts: number
  /** Whether it was confirmed. The address is empty if it was erased. */
  isDone: boolean
}

/** A request that a job has claimed, the hash of its token, and the subscriber that has the address already. */
export interface ClaimedOptIn extends OptIn {
  tokenHash: string
  /** Whether an earlier mail of the request may have arrived. */
  hasEarlier: boolean
  known?: Subscriber
}

/** What happened, of which subscribers are told. */
export type Happening =
  | { kind: 'published'; article: string }
  | { kind: 'corrected'; article: string }
  /** Comments on the article became public: of one event is told once, however many came until then. */
  | { kind: 'discussed'; article: string }
  /** The article is not public any more. Only browsers are told, because they can take a notification back. */
  | { kind: 'withdrawn'; article: string }
  | { kind: 'digest'; schedule: DigestSchedule; until: number }
  /** Articles of the last digest that a browser shows are not public any more. */
  | { kind: 'replaced'; schedule: DigestSchedule }

/** Milliseconds after the date of an article in which subscribers are told of it. */
export const newsMilliseconds = 86_400_000

/** Milliseconds after which what has yet to be told is dropped. What waits for a digest is in the next one. */
export const maxWaitMilliseconds = 3 * 86_400_000

/**
 * Milliseconds for which a push service keeps a message for a browser that is not running, at most: one of an article (`now`), or of a
 * digest.
 */
export const pushMilliseconds: Readonly<Record<Schedule, number>> = {
  now: newsMilliseconds,
  daily: newsMilliseconds,
  weekly: 3 * newsMilliseconds,
}

/**
 * Returns the milliseconds after a message in which a browser may show it, so that it is told of a withdrawal: the push service may
 * deliver it as long as it keeps it, and a notification counts as shown for a day.
 */
export const shownMilliseconds = (schedule: Schedule): number => pushMilliseconds[schedule] + newsMilliseconds

/**
 * Returns the milliseconds for which it is tried to send what has happened to a browser: as long as push services would keep the message;
 * that something was withdrawn, as long as the browser may show it.
 */
export const triedMilliseconds = (happening: Happening): number => {
  if (happening.kind === 'digest') return pushMilliseconds[happening.schedule]
  if (happening.kind === 'replaced') return shownMilliseconds(happening.schedule)
  return happening.kind === 'withdrawn' ? shownMilliseconds('now') : pushMilliseconds.now
}

/** Milliseconds from the instant of a date of which only the day is known, which is noon in UTC, to the end of this day. */
export const restOfDayMilliseconds = 43_200_000

/**
 * Milliseconds after which what became public is too old for a digest, although none has had it, because none could be sent: a week,
 * or, for weekly ones, two weeks, and a day for a digest that is late.
 */
export const digestMaxAge: Readonly<Record<DigestSchedule, number>> = {
  daily: 8 * newsMilliseconds,
  weekly: 15 * newsMilliseconds,
}

/**
 * Returns the instant (epoch milliseconds) that counts as the date of an article: the end of the day if only the day is known,
 * so that such an article is news on the whole day.
 */
export const datedAt = ({ published, dayOnly }: Pick<Article, 'published' | 'dayOnly'>): number =>
  Date.parse(published) + (dayOnly?.includes('published') ? restOfDayMilliseconds : 0)

/**
 * Returns what of a correction (`note`) counts when two are compared: people are not told again of one that differs only in white
 * space or in its full stop.
 */
export function comparedNote(note: string): string {
  const words = note.split(/\s/).filter(Boolean).join(' ')
  let end = words.length
  while (end > 0 && '. '.includes(words.charAt(end - 1))) end -= 1
  return words.slice(0, end)
}

/** Writes a happening as the store and the ids of messages have it. */
export const eventOf = (happening: Happening): string =>
  happening.kind === 'digest'
    ? `digest/${happening.schedule}/${happening.until}`
    : happening.kind === 'replaced'
      ? `replaced/${happening.schedule}`
      : `${happening.kind}/${happening.article}`

/** Something that a subscriber has yet to be told. */
export interface Notification {
  subscriber: Subscriber
  happening: Happening
  /** The instant of the happening, and how often sending was tried. */
  since: number
  attempts: number
  /** The instant until which the job has claimed it. */
  claimed: number
  /** Whether it may have arrived, because its answer was lost, or the job that sent it was killed. */
  isMaybeTaken?: boolean
}

/**
 * The times that a digest tells: the selection of each and the instant at which it begins. `until` is the instant of the last save that
 * the digest has read, up to which they are complete. All instants are epoch milliseconds.
 */
export interface Covered {
  schedule: DigestSchedule
  until: number
  times: readonly (readonly [selection: string, after: number])[]
  /** The ids of the articles that it tells. */
  articles: readonly string[]
}

/** The comments on an article that were told: those up to a revision. */
export interface CoveredComments {
  article: string
  until: number
}

/** What became of a notification. `next` is the instant of the next attempt. */
export type Told =
  /** `covers`: what was told, if it is a digest, or about comments. */
  | { kind: 'done'; covers?: Covered | CoveredComments | undefined }
  /** There was nothing to tell any more. `covers`: the time in which there was nothing, if it is a digest, or about comments. */
  | { kind: 'nothing'; covers?: Covered | CoveredComments | undefined }
  /** `isMaybeTaken`: the answer was lost, so that it may have arrived. */
  | { kind: 'later'; next: number; failure: string; isMaybeTaken?: boolean }
  /** It was tried for three days. */
  | { kind: 'dropped'; failure: string }
  /** The address does not exist. The message is tried again in an hour; if the address still does not exist, the subscriber ends. */
  | { kind: 'no-address'; failure: string }
  /** The endpoint is gone, so the subscriber ends. */
  | { kind: 'gone' }

/** What became of a notification that was sent to a browser. */
export interface RecordedPush {
  notification: Pick<Notification, 'subscriber' | 'happening' | 'since'>
  told: Exclude<Told, { kind: 'no-address' }>
  /** What the browser shows, or may show, if the message is about a digest. */
  shows?: ShownDigest & { schedule: DigestSchedule }
  /** Whether the push service may have taken the message, because it gave no answer. */
  isMaybeTaken?: boolean
  /** Whether it counts as an attempt that says nothing for good. */
  isUnanswered?: boolean
}

/** The largest number of notifications for which jobs are begun at once. Each job begins another one while more are due. */
export const maxNotifications = 240

/** The numbers of notifications that may be sent now, by channel, but at most `maxNotifications`. */
export type Due = Readonly<Record<Channel, number>>
