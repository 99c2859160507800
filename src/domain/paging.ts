import type { ArchiveHead, Cursor, From, Head, Page } from './store.ts'

/**
 * Which document of a selection's feed: the newest articles, a page of those before or after a place in its
 * order, or an archive by its part.
 */
export type Part = 'newest' | { before: Cursor } | { after: Cursor } | { archive: number }

/** What a document says of those beside it (RFC 5005). */
export interface History {
  part: Part
  links: readonly HistoryLink[]
  /** `complete`: nothing else is in the selection (§2); `archive`: it rarely changes (§4). */
  mark?: 'complete' | 'archive'
}

export interface HistoryLink {
  rel: 'first' | 'next' | 'previous' | 'current' | 'prev-archive' | 'next-archive'
  part: Part
}

/** What the newest feed says of those behind it: that it is the whole, or where they are. */
export function newestHistory({ latest }: Pick<Head, 'latest'>, { older }: Page): History {
  if (!older) return { part: 'newest', links: [], mark: 'complete' }
  return {
    part: 'newest',
    links: [
      { rel: 'first', part: 'newest' },
      { rel: 'next', part: { before: older } },
      ...(latest === undefined ? [] : [{ rel: 'prev-archive', part: { archive: latest } } as const]),
    ],
  }
}

/**
 * How many articles a page holds: each costs two rows, its place in the order and itself, and one more tells
 * whether others follow. So a page costs no more rows than a feed and ten (docs/decisions/013).
 */
export const pageLength = (feedLength: number): number => Math.floor((feedLength + 9) / 2)

/**
 * How many articles of the rarest selection are looked at for one page of an intersection: with two more
 * selections, a hundred articles and what was withdrawn, that is at most 5,000 rows. A page may hold fewer articles
 * for it; the one behind it begins where the look ended, so that a walk misses none (docs/decisions/013).
 */
export const maxLookedAtArticles = 1500

/** The pages beside one; the one that nothing newer stands before follows the newest articles. */
export const pageLinks = ({ older, newer }: Page): HistoryLink[] => [
  { rel: 'first', part: 'newest' },
  { rel: 'previous', part: newer ? { after: newer } : 'newest' },
  ...(older ? [{ rel: 'next', part: { before: older } } as const] : []),
]

/** The documents beside an archive (RFC 5005 §4). */
export const archiveLinks = ({ earlier, later }: ArchiveHead): HistoryLink[] => [
  { rel: 'current', part: 'newest' },
  ...(earlier === undefined ? [] : [{ rel: 'prev-archive', part: { archive: earlier } } as const]),
  ...(later === undefined ? [] : [{ rel: 'next-archive', part: { archive: later } } as const]),
]

/** A cursor as addresses hold it. */
export const renderCursor = ({ published, number }: Cursor): string => `${published}.${number}`

/** The key of a query that names a page, and its cursor. */
export const sideOf = (from: From): [side: 'before' | 'after', cursor: string] =>
  'before' in from ? ['before', renderCursor(from.before)] : ['after', renderCursor(from.after)]

/** A cursor as addresses hold it: when its article was published, in epoch milliseconds, and the article's number. */
export const cursorPattern = /^(-?\d{1,15})\.(\d{1,15})$/

/** A cursor out of an address; undefined where it is none. */
export function parseCursor(text: string): Cursor | undefined {
  const [, published, number] = cursorPattern.exec(text) ?? []
  return number === undefined ? undefined : { published: Number(published), number: Number(number) }
}
