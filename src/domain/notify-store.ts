import type { Comment } from './comment.ts'
import type {
  AddedPush,
  Channel,
  Choice,
  ClaimedOptIn,
  Consent,
  Covered,
  CoveredComments,
  DigestSchedule,
  Due,
  EndedSubscriber,
  MovedPush,
  Notification,
  OptIn,
  RecordedPush,
  Subscriber,
  Told,
} from './notify.ts'
import type { Statement } from './statement.ts'
import type { Stored } from './store.ts'

/** What is stored about a subscriber besides, for the person who wants to see all of it. All instants are epoch milliseconds. */
export interface FurtherData {
  /** The instant of the last confirmation of the address. */
  confirmed: number
  /** How often the address was refused as unknown, and since when. `failure`: why the last message was not accepted. */
  failures: number
  refused?: number
  failure?: string
  /** The instant at which the subscriber paused. */
  paused?: number
  /** The number of former addresses whose hashes are kept. */
  formerAddresses: number
  /** The ends of the times that the last digests cover. */
  digests: (Pick<Choice, 'selection' | 'article'> & { told: number })[]
  /** What the subscriber has yet to be told. */
  waiting: { event: string; since: number }[]
  /** Of a browser: the ids of the articles of which it got a message in the last day, and the instant of each message. */
  articlesShown: { article: string; at: number }[]
  /** Of somebody with digests: the ids of the articles that were told in another way in the last weeks. */
  articlesTold: { article: string; at: number }[]
  /** The requests of the last 48 hours, for the address or to change it. */
  requests: Pick<OptIn, 'address' | 'language' | 'choices' | 'words' | 'asked' | 'isDone'>[]
}

/** How many subscribers have chosen the same. */
interface ChoiceCount extends Required<Choice> {
  channel: Channel
  /** The slug of the article whose corrections are meant; empty if there is none, or no such article any more. */
  slug: string
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
  /**
   * The channels that send nothing until an instant, because the fault is our own; and the push services, named by their origins, to
   * which nothing is sent because they have asked for that.
   */
  holds: { channel: Channel; service?: string; until: number; since: number; failure: string }[]
}

/**
 * What became of a request. `waiting`: its mail is sent when the hour after the last mail to the address has passed. `recent`: the
 * address has a request of this hour that says the same. `requests`: how many the cap refused in this hour.
 */
type Asked =
  | { kind: 'stored' }
  | { kind: 'waiting' }
  | { kind: 'recent' }
  | { kind: 'capped'; requests: number }

/** How many subscribers had an address, and how many requests for it waited for their confirmation. */
export interface ErasedPerson {
  erased: number
  requests: number
}

/** A comment of which a subscriber is told. `isReply`: it answers a comment whose replies the subscriber has chosen. */
export type ToldComment = Pick<Comment, 'id' | 'name' | 'html' | 'published'> & { isReply: boolean }

/** The store of the subscribers, and of what they have yet to be told. */
export interface NotifyStore {
  /**
   * Stores a request, unless the address has one of this hour that says the same, or the site has had `cap` of them in this hour.
   * An address gets one mail in an hour at most: what is asked for in the hour after a mail is one request, whose mail is due when the
   * hour has passed. What is added to a request has not been mailed yet, so that its mail lists all that the link confirms. What a
   * subscriber asks for, who changes to the address, is a request of its own: the requests for an address take turns.
   * `addressHash` is a keyed hash of the address, by which it is recognized after it was erased. A request that only the cap
   * refuses is counted.
   */
  ask(
    request: Omit<OptIn, 'number' | 'attempts' | 'isDone'> & { addressHash: string },
    cap: number,
  ): Promise<Asked>
  /** Closes the requests to change the address of a subscriber, whose links are not valid any more. */
  keepAddress(number: number): Promise<void>
  /**
   * Claims as many requests whose mail has not been sent as there are hashes of tokens, and gives each of them one; of an address at
   * most one in an hour. Returns none while mails are on hold.
   */
  claimOptIns(tokenHashes: readonly string[]): Promise<ClaimedOptIn[]>
  /** Gives up the claim of requests whose mails were not tried; other jobs may claim them at once. */
  releaseOptIns(requests: readonly Pick<ClaimedOptIn, 'number'>[]): Promise<void>
  /**
   * Stores that the mail of a request was sent, or when it is tried again; without `next`, it is not. `isMaybeSent`: its answer was lost,
   * so that it counts as the mail of this hour, and its link stays valid, also if another mail of the request is sent.
   */
  recordOptIn(
    number: number,
    result: 'sent' | { next?: number; failure: string; isMaybeSent?: boolean },
  ): Promise<void>
  /**
   * Returns the request with the token that has this hash, also if it was confirmed or erased; undefined 48 hours after it was made,
   * or its mail was due.
   */
  optIn(tokenHash: string): Promise<OptIn | undefined>
  /**
   * Carries out a request: makes the subscriber, gives the choices to the subscriber that has this address already, in whatever
   * letter case (mails then go to the address as it is written now), or changes the address of the subscriber that the request names.
   * `id` is that of a new subscriber. Returns the subscriber; undefined if there is no such request any more. A consent is kept beside
   * the former ones.
   */
  confirm(tokenHash: string, id: string, consent: Consent): Promise<Subscriber | undefined>
  /** Returns the subscriber with this e-mail address, in whatever letter case, or with this endpoint. */
  known(channel: Channel, address: string): Promise<Subscriber | undefined>
  /** Makes the subscriber with this endpoint, or gives it the new keys, further choices and a further consent. */
  addPush(subscriber: AddedPush): Promise<Subscriber>
  /**
   * Gives a subscriber the new endpoint of its browser; if another one has it already, the two become one, as at a change of the
   * address. Returns the subscriber with the new endpoint; undefined if none has one of them.
   */
  movePush(former: string, moved: MovedPush): Promise<Subscriber | undefined>
  /** Counts the browsers that asked to be told for the first time since an instant. */
  pushesSince(created: number): Promise<number>
  find(id: string): Promise<Subscriber | EndedSubscriber | undefined>
  /** Returns what is stored about a subscriber besides; undefined if there is none with this number. */
  furtherData(number: number): Promise<FurtherData | undefined>
  /**
   * Replaces the choices of a subscriber. A choice that stays keeps its `since`. What waits for the digest of a choice that is told at
   * once from now on is told in a last digest.
   */
  choose(number: number, choices: readonly Choice[]): Promise<void>
  pause(number: number): Promise<void>
  /** Ends a pause. `lastDigests` are the instants of the last digests that were due: the next ones have what comes after these. */
  resume(number: number, lastDigests: Readonly<Record<DigestSchedule, number>>): Promise<void>
  /**
   * Ends a subscriber, and the others with the same address in another letter case, and erases the address, the keys and the proof.
   * Returns false if there is and was none with this id.
   */
  end(id: string): Promise<boolean>
  /**
   * Ends all subscribers with this address, whatever the channel, and erases its requests. `hashes` are the keyed hashes of the
   * address, by which it stays erased even if no subscriber has it now. Returns what there was.
   */
  erase(address: string, hashes: readonly string[]): Promise<ErasedPerson>
  /** Stores a notification for each subscriber who is to be told of what saves have changed. Returns what may be sent. */
  settle(): Promise<Due>
  /** Stores the notifications of a digest. Returns false if that digest was begun already. */
  settleDigest(schedule: DigestSchedule, until: number): Promise<boolean>
  due(): Promise<Due>
  /**
   * Claims notifications for a limited time, so that no other job sends them, and returns them in the order in which they may be sent.
   * Those of subscribers that are not active are dropped.
   */
  claim(channel: Channel, limit: number): Promise<Notification[]>
  /**
   * Reads claimed notifications again, in their order, with the subscribers as they are now. Leaves out those that this job has not
   * claimed any more, and drops those of subscribers that are not active.
   */
  refresh(notifications: readonly Notification[]): Promise<Notification[]>
  /**
   * Stores what became of a notification. What it says of an address is stored only for a subscriber who still has that address.
   */
  record(notification: Pick<Notification, 'subscriber' | 'happening' | 'since'>, told: Told): Promise<void>
  /**
   * Stores what became of several notifications, all or none. What it says of an endpoint is stored only for a subscriber who still has
   * that endpoint, with the same keys.
   */
  recordAll(results: readonly RecordedPush[]): Promise<void>
  /** Deletes what waits for a channel since before an instant. */
  drop(channel: Channel, before: number): Promise<void>
  /** Gives up the claim of notifications that were not tried; other jobs may claim them at once, or from the instant `next` on. */
  release(notifications: readonly Notification[], next?: number): Promise<void>
  /** Stores that a channel sends nothing until an instant. */
  hold(channel: Channel, until: number, failure: string): Promise<void>
  /** Stores that nothing is sent to a push service, named by its origin, until an instant, because it has asked for that. */
  holdService(origin: string, until: number, failure: string): Promise<void>
  /** Returns the push services to which nothing is sent now, until when, and what they have answered. */
  heldServices(): Promise<readonly { origin: string; until: number; failure: string }[]>
  /**
   * Returns at most `limit` articles of a subscriber's digest, the newest first: those that are public, and of which nobody could know
   * when the last digest was read. `isCut`: there are more, which no later digest of the schedule has. `covers` is what is stored
   * when they are told, or when there is none.
   */
  digested(
    subscriber: Pick<Subscriber, 'number'>,
    schedule: DigestSchedule,
    limit: number,
  ): Promise<{ articles: Stored[]; isCut: boolean; covers: Covered }>
  /**
   * Returns the comments on an article, by its id, of which a subscriber has yet to be told: those that became public since the last
   * mail, in the last three days, and are so now, but not the subscriber's own, which have one of the keyed hashes of the address, or
   * whose replies the subscriber has chosen. The oldest come first; at most `limit` are returned, and `total` is the number of all.
   */
  discussed(
    subscriber: Pick<Subscriber, 'number' | 'choices'>,
    article: string,
    query: { hashes: readonly string[]; limit: number },
  ): Promise<{ comments: ToldComment[]; total: number; covers: CoveredComments }>
  /** Returns the ids of the articles on which the comments with these ids are, also of those that are not public. */
  articlesOfComments(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Claims statements of reasons whose mails are due, for a limited time. Returns none while mails are on hold. */
  claimStatements(limit: number): Promise<Statement[]>
  /** Tells whether a statement still waits: an erasure deletes those of a person, and a decision that takes another one back its own. */
  isStatementWaiting(statement: Pick<Statement, 'number' | 'at'>): Promise<boolean>
  /** Stores when the mail of a statement is tried again; without `next`, deletes the statement, because it was sent or given up. */
  recordStatement(statement: Pick<Statement, 'number' | 'at'>, next?: number): Promise<void>
  /** Tells whether the store has anything about people, also what is left of those who have ended. */
  hasAny(): Promise<boolean>
  /** Deletes what is kept for a time only: requests, subscribers that have ended, what waits in a pause, and what was shown and told. */
  expire(): Promise<void>
  /** Returns the names of those selections that have ever been public, by path, also by the path before a renaming. */
  titles(paths: readonly string[]): Promise<ReadonlyMap<string, string>>
  state(): Promise<NotifyState>
}
