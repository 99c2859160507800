import type {
  Census,
  DeadLetter,
  Delivery,
  HubState,
  Intent,
  Job,
  Owed,
  Requester,
  SubscriptionState,
  Unconfirmed,
  Verification,
} from './subscription.ts'

/** The effects that the hub carries out: changes to selections, and changes to comments, whose revisions are others. */
export const hubEffects = ['websub', 'websub-comments'] as const

/** The highest revision of each of these effects that a job has read; 0 if there was none. */
export type SettledRevisions = Readonly<Record<(typeof hubEffects)[number], number>>

/** The storage of the WebSub hub. All instants are epoch milliseconds. */
export interface HubStore {
  census(of: { host: string; callback: string; topic: string; client: string }): Promise<Census>
  /**
   * Returns the topic of the subscription that this callback has made by this address of the topic; undefined if there
   * is no such subscription, or its lease has ended.
   */
  topicAsked(callback: string, asked: string): Promise<string | undefined>
  /**
   * Stores a request to subscribe or unsubscribe, in place of an earlier request with the same topic and
   * callback; returns the request's id. `isNew` is false if there was an earlier request: the earlier request's job,
   * or the job that now asks the callback about the earlier request, also takes care of the new one.
   */
  request(intent: Intent, revision: number, requester: Requester): Promise<{ number: number; isNew: boolean }>
  /**
   * Returns up to `max` requests that wait, and reserves them for this caller for a limited time. The requests of
   * different clients take turns, and of requests whose turn it is, those about existing subscriptions come first.
   */
  claimVerifications(max: number): Promise<Verification[]>
  /**
   * Carries out a request to subscribe or unsubscribe that the subscriber has confirmed. `asking` is the
   * instant at which the hub asked the subscriber for the confirmation; the lease begins at that instant.
   * `owed` is true if the topic has changed since the request was stored, `secretChanged` if the subscription existed
   * with another secret or without one, and `again` is as for `dismiss`.
   */
  confirm(
    verification: Verification,
    asking: number,
  ): Promise<{ owed: boolean; secretChanged: boolean; again: boolean }>
  /**
   * Deletes a request to subscribe or unsubscribe, and leaves the subscription as it was. If the callback did not confirm
   * the request, the failure is kept for a day, for operators. Returns true if a newer request came while the callback
   * was asked, so that a job must verify the newer request.
   */
  dismiss(verification: Verification, unconfirmed?: Unconfirmed): Promise<boolean>
  /**
   * Returns the ids of the subscription requests that are waiting for verification and that no caller has
   * reserved.
   */
  waiting(): Promise<number[]>
  /**
   * Reads the outbox of saves and of changes to comments, and records for each topic that they changed the revision that the
   * topic's subscribers are to receive. Returns the changed paths and the highest revisions read.
   */
  settle(): Promise<{ paths: string[]; upTo: SettledRevisions }>
  /** Deletes the outbox entries up to the revisions that `settle` has returned. */
  forget(upTo: SettledRevisions): Promise<void>
  /**
   * Returns the subscriptions that have not yet received the newest revision and that may be called now, in the order in
   * which they are to be called: in each topic, callback hosts take turns, so that none waits for many of one host. Each has
   * its number of consecutive failures, and the milliseconds of its last delivery (`took`, if it had one).
   */
  owed(): Promise<{ topic: string; number: number; attempts: number; took?: number }[]>
  /**
   * Reserves subscriptions of a topic for this caller for a limited time. Returns the topic's newest revision
   * and the reserved subscriptions. Only subscriptions that have not yet received this revision are reserved.
   */
  claim(topic: string, numbers: readonly number[]): Promise<{ revision: number; owed: Owed[] }>
  /**
   * Stores the results of deliveries of a revision. Returns the ids of the subscriptions that received this
   * revision but must receive a newer one, which has been saved since.
   */
  record(revision: number, deliveries: readonly Delivery[]): Promise<number[]>
  /** Ends the claim on subscriptions that were not called, so that another job can claim them at once. */
  release(numbers: readonly number[]): Promise<void>
  /** Returns the paths of the selections that a topic's feed shows; undefined for an unknown topic. */
  pathsOf(topic: string): Promise<string[] | undefined>
  /** After a selection was renamed: replaces the selection's former path by its new path in a topic. */
  follow(topic: string, from: string, to: string): Promise<void>
  /** Ends subscriptions. Returns the topic and the callback of each ended subscription. */
  end(numbers: readonly number[]): Promise<{ asked: string; callback: string }[]>
  /**
   * Deletes subscriptions with expired leases, topics without subscribers, and requests that nobody confirmed.
   * Returns the number of expired leases.
   */
  expire(): Promise<number>
  state(): Promise<HubState>
  subscriptions(topic: string): Promise<SubscriptionState[]>
  /** Whether a subscription has this number. */
  has(number: number): Promise<boolean>
  /**
   * Makes failing subscriptions ready for a delivery at once, instead of after their retry pause: the
   * subscription with the given number, those of the given topic, or all. Returns the number of these
   * subscriptions.
   */
  retry(which: { number?: number; topic?: string }): Promise<number>
  addDeadLetter(job: Job): Promise<void>
  /**
   * Removes all dead letters (jobs that the queue gave up on) from the store and returns them, so that they can
   * be sent again.
   */
  takeDeadLetters(): Promise<DeadLetter[]>
}
