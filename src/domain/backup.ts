import type { Article } from './article.ts'
import type { Stored } from './store.ts'

/**
 * What a line of a backup says about the store from which the article was exported. `revision` is the revision of the
 * article's last save there; backups of former versions lack it.
 */
export interface Origin {
  revision?: number
}

/**
 * Tells whether the article in a backup is older than the stored one: its last save came before the last save of the
 * stored article. If the backup names no revision, the dates `updated` are compared.
 */
export const isOlder = (article: Article, { revision }: Origin, stored: Stored): boolean =>
  revision === undefined ? article.updated < stored.article.updated : revision < stored.revision

/** The part of the store that backups, and restores of the database, need. */
export interface BackupStore {
  /**
   * Moves the store on after its database was restored to an earlier point in time: readers, subscribers and the edge
   * may know content that the restored database does not contain. After the call, no date that was sent before the
   * call equals a present date, no delta is made from an earlier revision, and each subscription is owed the new
   * revision. Returns the new revision. Calling it again does no harm.
   */
  restored(): Promise<number>
}
