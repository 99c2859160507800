/**
 * Faults of Kiosque for which a law of the run is relaxed. Each is `true` until the fault is mended, and is then
 * removed together with the code that reads it.
 */
export const knownFaults = {
  /** A read is answered 503 if it has to write (a release, the first version in charge) and cannot. */
  readsFailWithWrites: true,
  /** A purge is lost if the Worker is killed, or the answer to the save is lost, after the save was committed. */
  purgesGetLost: true,
  /**
   * An answer that is made during a save may have the ETag and date of the content before the save, and the content
   * after it, because the head and the articles are read one after the other.
   */
  contentIsNewerThanTag: true,
  /**
   * Two saves within one second give their contents one Last-Modified date: an isolate that read the head between
   * the two saves sends the date from its memory when the second has passed. A reader with the first content then
   * gets a 304 by date from every other isolate.
   */
  heldHeadsGetDates: true,
  /** A rename whose answer was lost is answered 404 when it is repeated. */
  repeatedRenamesFail: true,
}
