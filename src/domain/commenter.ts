import type { ErasedAddress } from './erased.ts'
import type { KeptComment } from './kept-comment.ts'

/** A comment of a person as the person may see it: with the former texts, the first one first. */
export type OwnedComment = KeptComment & { former: string[] }

/** A report that a person made. `comment` is the id of the comment; `at` is as in RFC 3339. What it does not say is absent. */
export interface OwnReport {
  comment: string
  at: string
  reason?: string
  text?: string
}

/** What is stored of the comments and reports of a person, but for deleted comments. `next` is where the next page begins. */
export interface PersonPage {
  comments: OwnedComment[]
  /** Only on the first page. */
  reports: OwnReport[]
  next?: number
}

/** How much of a person was erased in one step. `isMore`: the person has further comments. */
export interface ErasedComments {
  comments: number
  reports: number
  isMore: boolean
}

/** A step of an erasure. `hasLeft`: a comment was public before, so that the store has an effect that must be taken up. */
export type ErasedStep = ErasedComments & { hasLeft: boolean }

/** The part of the store of comments that concerns a person, who is known by the e-mail address or its keyed hashes. */
export interface CommenterStore {
  /** Returns the comments of a person after the number `after`, and the reports. */
  person(address: string, hashes: readonly string[], after: number): Promise<PersonPage>
  /**
   * Deletes the comments of a person, some in each step, and removes the addresses and texts of the person's reports. Lists the hashes
   * and the ids of the comments as erased, so that they stay erased after a restore of the database or of a backup. `actor` is the
   * name of the token that did it.
   */
  erase(address: string, hashes: readonly string[], actor: string): Promise<ErasedStep>
  /**
   * Deletes comments again, some in each step, that were written before the erasure of their authors, and removes what reports of
   * erased readers say.
   */
  eraseAgain(erased: readonly ErasedAddress[]): Promise<ErasedStep>
}

const [markStart, markEnd] = ['comment-', '-------------']

/**
 * The entry by which a comment that was erased is on the list of erased addresses: its id, in the form of a hash. The plain part of a
 * backup has no address and no hash, so that only the id tells which comments of it were erased.
 */
export const erasedMark = (id: string): string => `${markStart}${id}${markEnd}`

/** The id in an entry that `erasedMark` made; undefined for the hash of an address. */
export const idInMark = (hash: string): string | undefined =>
  hash.startsWith(markStart) && hash.endsWith(markEnd)
    ? hash.slice(markStart.length, -markEnd.length)
    : undefined
