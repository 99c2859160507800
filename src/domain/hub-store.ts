import type {
  Census,
  DeadLetter,
  Delivery,
  HubState,
  Intent,
  Job,
  Owed,
  SubscriptionState,
  Verification,
} from './subscription.ts'

/** What the hub remembers. Instants are epoch milliseconds. */
export interface HubStore {
  census(host: string, callback: string, topic: string): Promise<Census>
  /** Notes an intent in place of an earlier one of the same topic and callback; gives its number. */
  request(intent: Intent, revision: number): Promise<number>
  /** The intent, for this caller alone for a while; undefined where another has it or it is settled. */
  claimVerification(number: number): Promise<Verification | undefined>
  /**
   * Lets an intent take effect that was verified by a question at that instant, from which its lease is measured;
   * true when the topic has changed since it was asked for.
   */
  confirm(verification: Verification, asking: number): Promise<boolean>
  /** Forgets an intent and leaves the subscription as it was. */
  dismiss(number: number): Promise<void>
  /** Intents that nobody is verifying. */
  waiting(): Promise<number[]>
  /** Turns what saves wrote into the outbox into what topics owe; gives the touched paths, and up to which revision. */
  settle(): Promise<{ paths: string[]; revision: number }>
  /** Takes out of the outbox what was settled up to a revision. */
  forget(revision: number): Promise<void>
  /** Who is owed a delivery and may be called now, and how often it failed in a row. */
  owed(): Promise<{ topic: string; number: number; attempts: number }[]>
  /** Those of the subscriptions that are still owed, for this caller alone for a while, and the revision owed. */
  claim(topic: string, numbers: readonly number[]): Promise<{ revision: number; owed: Owed[] }>
  /** Writes down what came of deliveries of a revision; gives those that are owed a newer one by now. */
  record(revision: number, deliveries: readonly Delivery[]): Promise<number[]>
  /** The selections of a topic. */
  pathsOf(topic: string): Promise<string[] | undefined>
  /** Lets a topic follow a selection to where it has moved. */
  follow(topic: string, from: string, to: string): Promise<void>
  /** Ends subscriptions, and what is pending of them; gives their topics and callbacks. */
  end(numbers: readonly number[]): Promise<{ asked: string; callback: string }[]>
  /** Ends what is over: leases, topics without subscribers, intents that nobody confirmed. Gives how many leases. */
  expire(): Promise<number>
  state(): Promise<HubState>
  subscriptions(topic: string): Promise<SubscriptionState[]>
  /** Makes failing subscriptions due at once: the one with this number, those of this topic, or all. */
  retry(which: { number?: number; topic?: string }): Promise<number>
  addDeadLetter(job: Job): Promise<void>
  /** Takes dead letters out, to be sent again. */
  takeDeadLetters(): Promise<DeadLetter[]>
}
