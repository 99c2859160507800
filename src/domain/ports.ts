import type { Article, State } from './article.ts'
import type { Selection } from './selection.ts'
import type { NewsEntry, SitemapEntry, SitemapPart } from './sitemap.ts'
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

/** The clock: epoch milliseconds. */
export type Clock = () => number

/** What the work gives; rejects when it takes longer than so many milliseconds. */
export type Within = <T>(milliseconds: number, work: Promise<T>) => Promise<T>

/** Writes one structured line; never anything secret. */
export type Log = (event: string, fields: Record<string, unknown>) => void

/**
 * What is known of a selection without reading its articles.
 * All instants are epoch milliseconds; `revised` and `since` are whole seconds.
 */
export interface Head extends Selection {
  revision: number
  /** The time of the save that made this revision, rounded up to the next second. */
  revised: number
  /** The next instant at which time alone changes the selection. */
  due?: number
  /** Since when the renderer and the settings have been the present ones. */
  since: number
  /** How many articles are in it. */
  size: number
  /** Its last archive, where it has one. */
  latest?: number
  /** The revision at which something last left it that no tombstone tells of. */
  departed: number
  /** Present when the store could not be asked: how many seconds ago this was last known to hold. */
  stale?: number
}

/** What is known of an archive without reading its articles; `earlier` and `later` are those beside it. */
export interface ArchiveHead extends Pick<Head, 'path' | 'revision' | 'revised' | 'due' | 'since' | 'stale'> {
  archive: number
  earlier?: number
  later?: number
}

/** A selection's name with the save that gave it, for what shows that and not what is in it; `path` is the name's. */
export type NameHead = Pick<Head, 'path' | 'title' | 'revision' | 'revised' | 'since' | 'stale'>

export type ArchiveHeads = readonly [ArchiveHead, ...NameHead[]]

/** Some of a selection's articles, the newest first, and where those before and after them begin. */
export interface Page {
  articles: Stored[]
  older?: Cursor
  newer?: Cursor
}

/** A place in the order of a feed from which a page is read, to either side. */
export type From = { before: Cursor } | { after: Cursor }

/** An article with the revision of its last save. */
export interface Stored {
  article: Article
  revision: number
}

/** One article of a save; `replaces` is the revision that was read, null where none was there. */
export interface Change {
  article: Article
  replaces: number | null
}

/**
 * What came of a save. `touched` are the paths of the selections that anybody can see changed, or that time changes
 * before a copy made earlier has ended.
 */
export type Outcome =
  | { kind: 'saved'; revision: number; touched: string[] }
  | { kind: 'conflict' }
  | { kind: 'slug-taken' }

/** An article that readers of a selection are told is withdrawn; `withdrawn` in epoch milliseconds. */
export interface Tombstone {
  id: string
  withdrawn: number
  /** Of the save that withdrew it. */
  revision: number
}

/**
 * Which articles an editor asks for. The newest published come first; with `since`, which is a revision, those
 * that were saved last, and a cursor's `published` is then a revision too.
 */
export interface Query {
  /** Where they are in their life now. */
  state?: State
  /** The paths of selections: only what is in each of them. */
  within?: readonly string[]
  since?: number | undefined
  before?: Cursor
  most: number
}

/** A place in the order of a listing. */
export interface Cursor {
  published: number
  number: number
}

export interface Store {
  /**
   * The heads of selections, in the order of their paths, or undefined when nobody may know of one of them.
   * Records `digest` (of renderer and settings) as the present one. A head whose `due` has come is never
   * returned: `release` runs first.
   */
  heads(paths: readonly string[], digest: string): Promise<Head[] | undefined>
  /** The newest articles that are in every one of these selections, of which the rarest comes first. */
  newest(paths: readonly string[], most: number): Promise<Page>
  /** A page of the same, from a place in their order. */
  page(paths: readonly string[], from: From, most: number): Promise<Page>
  /**
   * The head of an archive of a selection, as `heads` reads those of selections, and behind it the heads of the names
   * of other selections; undefined when nobody may know of one of them.
   */
  archive(
    path: string,
    archive: number,
    others: readonly string[],
    digest: string,
  ): Promise<ArchiveHeads | undefined>
  /**
   * The title of the selection, and what of an archive's articles anybody can see that is in the others too, the
   * newest first.
   */
  archived(
    path: string,
    archive: number,
    others: readonly string[],
  ): Promise<{ title: string; articles: Article[] }>
  /** The last hundred articles that readers are told are withdrawn from all of these selections, the last one first. */
  withdrawn(paths: readonly string[]): Promise<Tombstone[]>
  find(slug: string): Promise<Stored | undefined>
  /** The stored articles among these ids and slugs, by either; in no order. */
  findMany(ids: readonly string[], slugs: readonly string[]): Promise<Stored[]>
  /** Those of the slugs that no article has and none had, in their order. */
  freeSlugs(slugs: readonly string[]): Promise<string[]>
  /** The path to which a former path has moved. */
  moved(path: string): Promise<string | undefined>
  list(query: Query): Promise<{ articles: Stored[]; next?: Cursor }>
  /** A folder's selections that have public articles, by key, from that key on. */
  selections(folder: string, from: string, most: number): Promise<Selection[]>
  /** The first characters of their keys, each once, in the same order. */
  initials(folder: string, most: number): Promise<string[]>
  /** The highest number of a section, tag or author: each has one, for good, from when readers know of it. */
  lastNumber(): Promise<number>
  /** The paths of those with these numbers that have public articles, by number. */
  pathsNumbered(first: number, last: number): Promise<string[]>
  /** The sitemaps of the articles that search engines may be told of, oldest first. */
  sitemapParts(): Promise<SitemapPart[]>
  /** What is known of a sitemap without reading its articles; undefined where there is none. */
  sitemapHead(number: number): Promise<Pick<Head, 'revision' | 'revised' | 'due' | 'stale'> | undefined>
  sitemapEntries(number: number): Promise<SitemapEntry[]>
  /** The newest of those articles since an instant, newest first. */
  newsEntries(since: number, most: number): Promise<NewsEntry[]>
  /** Saves all of them in one batch and as one revision, or none. Their ids and slugs differ. */
  save(changes: readonly Change[]): Promise<Outcome>
  /** Deletes an article that nobody could ever see; false when somebody could, or another save came before. */
  remove(id: string, replaces: number): Promise<boolean>
  /** Whether anybody may know of the selection. */
  isKnown(path: string): Promise<boolean>
  /** Moves a selection, in whose articles nothing is seen any more, to another path and name. */
  rename(from: string, to: string, title: string): Promise<Outcome>
  /** Runs every change that time alone made due; idempotent. Returns the paths of the touched selections. */
  release(): Promise<string[]>
  isEmpty(): Promise<boolean>
}

/** What an isolate holds from one request to the next: plain values, within a budget of bytes. */
export interface Memory {
  /** What is held under the key; asking counts as use. */
  get<T>(key: string): T | undefined
  /** Holds a value that takes so many bytes, for as long as there is room for it. */
  set(key: string, value: unknown, bytes: number): void
  delete(key: string): void
  clear(): void
  /** How many bytes are held now. */
  bytes(): number
}

/** Marks every edge copy of these selections stale; at once where it is urgent, else at the platform's pace. */
export type Invalidate = (paths: readonly string[], urgent?: boolean) => Promise<void>

/** Puts jobs on the queue; what it loses, the sweep finds again. */
export type Enqueue = (jobs: readonly Job[]) => Promise<void>

/** One request to somebody else's host, and what came back: a status and the beginning of the text, or why not. */
export type Call = (request: {
  method: 'GET' | 'POST'
  url: string
  headers?: Record<string, string>
  body?: Uint8Array
}) => Promise<{ status: number; text: string } | { fault: string }>

/** A number from 0 up to 1. */
export type Random = () => number

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
  bury(job: Job): Promise<void>
  /** Takes dead letters out, to be sent again. */
  exhume(): Promise<DeadLetter[]>
}

/** Short links. A code is made of the article's id, and written down with the save. */
export interface ShortLinks {
  /**
   * The ids and slugs of the articles with this code, whatever their status: one, but for a chance of one in 2⁶⁴ for
   * each pair.
   */
  find(code: string): Promise<Pick<Article, 'id' | 'slug'>[]>
  /** Whether every article's code is written down: an upgrade leaves those that were saved before. */
  isFilled(): Promise<boolean>
  /** Writes down the codes of so many articles that have none yet, the newest first. */
  fill(most: number): Promise<void>
}

/** How often the short link of one article was followed from one network on one day (`2024-06-19`). */
export interface Count {
  day: string
  /** Of the article; its present one. */
  slug: string
  network: string
  count: number
}

/** Days from the first to the last, both included. */
export interface Period {
  since: string
  until: string
}

/** That the short link with this code was followed from a network, on a day; nothing of who followed it. */
export interface Visit {
  day: string
  code: string
  network: string
}

/** Counts without people: nothing of who followed a link is written down. */
export interface Counts {
  /** Adds to what was counted so far: all of them, or none. */
  add(visits: readonly (Visit & { count: number })[]): Promise<void>
  /** Of one article, by day and network. */
  ofArticle(code: string, slug: string, period: Period): Promise<Count[]>
  /** Of all articles, by day, article and network; no more than so many. */
  ofHouse(period: Period, most: number): Promise<Count[]>
}
