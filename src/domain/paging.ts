import type { Cursor } from './cursor.ts'
import type { ArchiveHead, Head, Page } from './store.ts'

/**
 * Identifies one document of a selection's feed: the newest articles, a page of the articles before or after a
 * cursor, or an archive by its number.
 */
export type Part = 'newest' | { before: Cursor } | { after: Cursor } | { archive: number }

/**
 * A feed document's position among the documents of its selection, and its links to neighbouring documents (RFC
 * 5005).
 */
export interface History {
  part: Part
  links: readonly HistoryLink[]
  /**
   * The marks of RFC 5005: `complete` if the document contains the whole selection (§2), `archive` if its
   * content rarely changes (§4).
   */
  mark?: 'complete' | 'archive'
}

export interface HistoryLink {
  rel: 'first' | 'next' | 'previous' | 'current' | 'prev-archive' | 'next-archive'
  part: Part
}

/**
 * Returns the position and links of the feed with the newest articles. This feed either contains all
 * articles, or has links to the page of older articles and to the last archive.
 */
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
 * Returns the number of articles on a page: about half of the articles in a feed. Each article costs two
 * database rows on a page (its index entry and the article itself), but only one row in a feed. With this
 * number, a page costs at most ten rows more than a feed (docs/decisions/013).
 */
export const pageLength = (feedLength: number): number => Math.floor((feedLength + 9) / 2)

/**
 * The maximum number of articles that are examined for one page of an intersection. The search examines the
 * articles of the intersected selection that has the fewest articles. With this maximum, a feed of a hundred
 * articles in three selections, with its tombstones, costs at most 5,000 database rows. If the search reaches
 * the maximum, the page contains fewer articles than usual. The next page begins where the examination ended,
 * so a reader who follows all pages misses no article (docs/decisions/013).
 */
export const maxLookedAtArticles = 1500

/**
 * Returns the links to the neighbouring documents of a page. The previous document of the newest page is the
 * feed of the newest articles.
 */
export const pageLinks = ({ older, newer }: Page): HistoryLink[] => [
  { rel: 'first', part: 'newest' },
  { rel: 'previous', part: newer ? { after: newer } : 'newest' },
  ...(older ? [{ rel: 'next', part: { before: older } } as const] : []),
]

/** Returns the links from an archive to the current feed and to its neighbouring archives (RFC 5005 §4). */
export const archiveLinks = ({ earlier, later }: ArchiveHead): HistoryLink[] => [
  { rel: 'current', part: 'newest' },
  ...(earlier === undefined ? [] : [{ rel: 'prev-archive', part: { archive: earlier } } as const]),
  ...(later === undefined ? [] : [{ rel: 'next-archive', part: { archive: later } } as const]),
]
