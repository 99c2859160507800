/** A position in the order of a list of articles: the publication date in epoch milliseconds and the article's number. */
export interface Cursor {
  published: number
  number: number
}

/**
 * The cursor from which a page of a feed is read, and the direction: the page contains the articles before the
 * cursor or those after the cursor.
 */
export type From = { before: Cursor } | { after: Cursor }

/** The cursors before and after all articles: no date of an article is as early or as late. */
export const firstCursor: Cursor = { published: -999_999_999_999_999, number: 0 }
export const lastCursor: Cursor = { published: 999_999_999_999_999, number: 0 }

/** Writes a cursor in the form used in addresses. */
export const renderCursor = ({ published, number }: Cursor): string => `${published}.${number}`

/** Returns the name of the query parameter for a page (`before` or `after`) and its value, the cursor. */
export const sideOf = (from: From): [side: 'before' | 'after', cursor: string] =>
  'before' in from ? ['before', renderCursor(from.before)] : ['after', renderCursor(from.after)]

/**
 * The form of a cursor in addresses: the article's publication date in epoch milliseconds, a dot, and the
 * article's number.
 */
export const cursorPattern = /^(-?\d{1,15})\.(\d{1,15})$/

/** Reads a cursor from an address; returns undefined if the text is not a cursor. */
export function parseCursor(text: string): Cursor | undefined {
  const [, published, number] = cursorPattern.exec(text) ?? []
  return number === undefined ? undefined : { published: Number(published), number: Number(number) }
}
