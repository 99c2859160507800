/** A page of another system on which comments were written, with all by which its article may be found. */
export interface FoundThread {
  key: string
  title: string
  /** The addresses that the page had. */
  addresses: readonly string[]
  /** The permanent ids that its article may have. */
  ids: readonly string[]
  /** The end of its address, as a slug. */
  slug?: string | undefined
  /** The instant of its publication (epoch milliseconds). */
  published?: number | undefined
  /** Why its comments are left out, such as `deleted pages`. */
  leftOut?: string | undefined
}

/** A comment of another system. `key` is its number there, and `parent` that of the comment that it answers. */
export interface FoundComment {
  key: string
  /** The `key` of the thread. */
  thread: string
  parent?: string | undefined
  state: 'approved' | 'pending' | 'spam'
  /** Why it is left out, as the plural of a noun, such as `pingbacks`. */
  leftOut?: string | undefined
  name: string
  email: string
  html: string
  /** Its date, as it is written there, in UTC and in local time. */
  dates: { utc?: string | undefined; local?: string | undefined }
}

/**
 * The comments of a file. `source` is the system and the site, which make the ids of the comments. `keepsLines`: line ends are shown.
 * `ahead`: minutes by which local dates are ahead of UTC, if that is known.
 */
export interface FoundComments {
  source: string
  keepsLines: boolean
  ahead?: number | undefined
  threads: ReadonlyMap<string, FoundThread>
  comments: readonly FoundComment[]
}
