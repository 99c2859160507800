import type { Article } from './article.ts'
import type { Stored } from './store.ts'

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

/** Something of which a subscriber is told: the articles of a selection, or the corrections of an article. */
export interface Choice {
  /** The path of a selection, which is empty for all articles, or `corrections`. */
  selection: string
  /** The id of the article whose corrections are meant. */
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
  proof: Proof
  choices: readonly (Choice & { since: number })[]
}

/** The new endpoint of a browser, its keyed hash, by which an erasure is recognized, and its keys. */
export interface MovedPush {
  address: string
  addressHash: string
  keys: PushKeys
}

/** What is stored of a browser that asks to be told. */
export type AddedPush = Pick<Subscriber, 'id' | 'language' | 'created'> &
  MovedPush & { proof: Consent; choices: readonly Choice[] }

/** What is stored about a subscriber besides, for the person who wants to see all of it. All instants are epoch milliseconds. */
export interface FurtherData {
  /** The instant of the last confirmation of the address. */
  confirmed: number
  failures: number
  failure?: string
  /** The ends of the times that the last digests cover. */
  digests: (Pick<Choice, 'selection' | 'article'> & { told: number })[]
  /** What the subscriber has yet to be told. */
  waiting: { event: string; since: number }[]
  /** The requests of the last 48 hours, for the address or to change it. */
  requests: (Pick<OptIn, 'address' | 'language' | 'choices' | 'words' | 'asked'> & { isDone: boolean })[]
}

/** A subscriber that has ended, whose links still work for a time. */
export type EndedSubscriber = Pick<Subscriber, 'id' | 'version' | 'language'> & {
  state: 'ended'
  ended: number
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
}

/** A request that a job has claimed, the hash of its token, and the subscriber that has the address already. */
export interface ClaimedOptIn extends OptIn {
  tokenHash: string
  known?: Subscriber
}

/** What happened, of which subscribers are told. */
export type Happening =
  | { kind: 'published'; article: string }
  | { kind: 'corrected'; article: string }
  /** The article is not public any more. Only browsers are told, because they can take a notification back. */
  | { kind: 'withdrawn'; article: string }
  | { kind: 'digest'; schedule: DigestSchedule; until: number }

/** Milliseconds after the date of an article in which subscribers are told of it. */
export const newsMilliseconds = 86_400_000

/** Milliseconds from the instant of a date of which only the day is known, which is noon in UTC, to the end of this day. */
export const restOfDayMilliseconds = 43_200_000

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
    : `${happening.kind}/${happening.article}`

/** Something that a subscriber has yet to be told. */
export interface Notification {
  subscriber: Subscriber
  happening: Happening
  /** The instant of the happening, and how often sending was tried. */
  since: number
  attempts: number
}

/** What became of a notification. `next` is the instant of the next attempt. */
export type Told =
  /** `covers`: the end of the time that the digest covers. */
  | { kind: 'done'; covers?: number | undefined }
  /** There was nothing to tell any more. */
  | { kind: 'nothing' }
  | { kind: 'later'; next: number; failure: string }
  /** It was tried for three days. */
  | { kind: 'dropped'; failure: string }
  /** The address does not exist. The second time, the subscriber ends. */
  | { kind: 'no-address'; failure: string }
  /** The endpoint is gone, so the subscriber ends. */
  | { kind: 'gone' }

/** What became of a notification that was sent to a browser. */
export interface RecordedPush {
  notification: Pick<Notification, 'subscriber' | 'happening' | 'since'>
  told: Exclude<Told, { kind: 'no-address' }>
}

/** How many subscribers have chosen the same. */
interface ChoiceCount extends Required<Choice> {
  channel: Channel
  subscribers: number
}

/** The state of the notifications as shown to an operator; no address is shown. All instants are epoch milliseconds. */
export interface NotifyState {
  choices: ChoiceCount[]
  /** The notifications that wait, the requests that are not confirmed, and the subscribers that have paused. */
  waiting: number
  optIns: number
  paused: number
  /** The requests whose mail could not be sent, by the reason. */
  failedOptIns: { failure: string; optIns: number }[]
  /** The requests of the last 48 hours that got no mail because of the cap. */
  capped: number
  failing: { number: number; channel: Channel; failures: number; failure: string }[]
  /** The channels that send nothing until an instant, because the fault is our own. */
  holds: { channel: Channel; until: number; since: number; failure: string }[]
}

/** The largest number of notifications for which jobs are begun at once. Each job begins another one while more are due. */
export const maxNotifications = 240

/** The numbers of notifications that may be sent now, by channel, but at most `maxNotifications`. */
export type Due = Readonly<Record<Channel, number>>

/** What became of a request. `recent`: the address has had one in the hour before. `requests`: how many the cap refused in this hour. */
type Asked = { kind: 'stored' } | { kind: 'recent' } | { kind: 'capped'; requests: number }

/** The store of the subscribers, and of what they have yet to be told. */
export interface NotifyStore {
  /**
   * Stores a request, unless the address has had one in the hour before, or the site has had `cap` of them in that hour.
   * `addressHash` is a keyed hash of the address, by which it is recognized after it was erased. A request that only the cap
   * refuses is counted.
   */
  ask(request: Omit<OptIn, 'number' | 'attempts'> & { addressHash: string }, cap: number): Promise<Asked>
  /**
   * Claims as many requests whose mail has not been sent as there are hashes of tokens, and gives each of them one. Returns
   * none while mails are on hold.
   */
  claimOptIns(tokenHashes: readonly string[]): Promise<ClaimedOptIn[]>
  /** Stores that the mail of a request was sent, or when it is tried again; without `next`, it is not. */
  recordOptIn(number: number, result: 'sent' | { next?: number; failure: string }): Promise<void>
  /** Returns the request with the token that has this hash; undefined if it is confirmed, or older than 48 hours. */
  optIn(tokenHash: string): Promise<OptIn | undefined>
  /**
   * Carries out a request: makes the subscriber, gives the choices to the subscriber that has this address already, in whatever
   * letter case (mails then go to the address as it is written now), or changes the address of the subscriber that the request names. `id` is that of a new subscriber. Returns the
   * subscriber; undefined if there is no such request any more. A consent is kept beside the former ones.
   */
  confirm(tokenHash: string, id: string, consent: Consent): Promise<Subscriber | undefined>
  /** Returns the subscriber with this e-mail address, in whatever letter case, or with this endpoint. */
  known(channel: Channel, address: string): Promise<Subscriber | undefined>
  /** Makes the subscriber with this endpoint, or gives it the new keys, further choices and a further consent. */
  addPush(subscriber: AddedPush): Promise<Subscriber>
  /** Gives a subscriber the new endpoint of its browser. Returns the subscriber; undefined if none has the former endpoint. */
  movePush(former: string, moved: MovedPush): Promise<Subscriber | undefined>
  /** Counts the browsers that asked to be told for the first time since an instant. */
  pushesSince(created: number): Promise<number>
  find(id: string): Promise<Subscriber | EndedSubscriber | undefined>
  /** Returns what is stored about a subscriber besides; undefined if there is none with this number. */
  furtherData(number: number): Promise<FurtherData | undefined>
  /** Replaces the choices of a subscriber. A choice that stays keeps its `since`. */
  choose(number: number, choices: readonly Choice[]): Promise<void>
  pause(number: number, isPaused: boolean): Promise<void>
  /**
   * Ends a subscriber, and the others with the same address in another letter case, and erases the address, the keys and the proof.
   * Returns false if there is and was none with this id.
   */
  end(id: string): Promise<boolean>
  /**
   * Ends all subscribers with this address, whatever the channel, and returns how many there were. `hashes` are the keyed hashes of
   * the address, by which it stays erased even if no subscriber has it now.
   */
  erase(address: string, hashes: readonly string[]): Promise<number>
  /** Stores a notification for each subscriber who is to be told of what saves have changed. Returns what may be sent. */
  settle(): Promise<Due>
  /** Stores the notifications of a digest. Returns false if that digest was begun already. */
  settleDigest(schedule: DigestSchedule, until: number): Promise<boolean>
  due(): Promise<Due>
  /** Claims notifications for a limited time, so that no other job sends them. Those of subscribers that are not active are dropped. */
  claim(channel: Channel, limit: number): Promise<Notification[]>
  record(notification: Pick<Notification, 'subscriber' | 'happening' | 'since'>, told: Told): Promise<void>
  /** Stores what became of several notifications, all or none. */
  recordAll(results: readonly RecordedPush[]): Promise<void>
  /** Deletes what waits for a channel since before an instant. */
  drop(channel: Channel, before: number): Promise<void>
  /** Gives up the claim of notifications that were not tried; other jobs may claim them from the instant `next` on. */
  release(notifications: readonly Notification[], next: number): Promise<void>
  /** Stores that a channel sends nothing until an instant. */
  hold(channel: Channel, until: number, failure: string): Promise<void>
  /**
   * Returns the articles of a subscriber's digest, the newest first: those that are public, and of which nobody could know when
   * the last digest was read. `covers` is the instant (epoch milliseconds) until which they are complete.
   */
  digested(
    subscriber: Pick<Subscriber, 'number'>,
    schedule: DigestSchedule,
    limit: number,
  ): Promise<{ articles: Stored[]; covers: number }>
  /** Deletes requests that were not confirmed in time, and subscribers that ended long ago. */
  expire(): Promise<void>
  /** Returns the names of those selections that have ever been public, by path. */
  titles(paths: readonly string[]): Promise<ReadonlyMap<string, string>>
  state(): Promise<NotifyState>
}
