import { erasedMark } from '../../domain/commenter.ts'

/** SQL for the mark by which a comment with the id of an SQL expression is on the list of what was erased. */
export const markOf = (id: string): string => `'${erasedMark(`' || (${id}) || '`)}'`

const requestStart = 'request-'

/**
 * SQL for the mark by which an open request to be told of comments is on that list, by SQL for the hash of its address. It differs from
 * the hash itself, by which the person's subscription would end too.
 */
export const requestMark = (hash: string): string =>
  `'${requestStart}' || substr(${hash}, ${requestStart.length + 1})`

/**
 * SQL for the instant at which one of the hashes or marks (SQL expressions) was erased last, if that was after the instant at which the
 * comment was written; null otherwise. A statement that stores comments asks this itself, so that no erasure comes in between.
 */
export const erasedAt = (hashes: readonly string[], written: string): string =>
  `(SELECT max(erased.at) FROM erased WHERE erased.hash IN (${hashes.join(', ')}) AND erased.at > ${written})`

/** The columns that a comment has otherwise if it is erased, as SQL. */
const erasedColumns: Readonly<Record<string, string>> = {
  state: "'deleted'",
  ...{ name: "''", text: "''", html: "''", email: 'NULL', email_hash: 'NULL' },
}

/**
 * SQL for the value with which a column of a comment is stored: `value`, or what an erased comment has there, if the SQL `erased` is not
 * null.
 */
export const unlessErased = (erased: string, column: string, value: string): string => {
  const other = erasedColumns[column]
  return other === undefined ? value : `iif(${erased} IS NULL, ${value}, ${other})`
}
