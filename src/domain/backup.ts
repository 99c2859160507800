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
