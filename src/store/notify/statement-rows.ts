/**
 * SQL that deletes what waits for the author with the e-mail address ?1, in whatever letter case, or with one of the keyed hashes of the
 * address (`comment.email_hash`) in the JSON list ?2. After a restore, only hashes are known.
 */
export const eraseStatementsSql = `DELETE FROM statement WHERE number IN (
  SELECT number FROM statement WHERE address = ?1 COLLATE NOCASE
  UNION SELECT number FROM statement WHERE email_hash IN (SELECT value FROM json_each(?2)))`

/** SQL that deletes what was not sent until the instant ?1. */
export const expireStatementsSql = 'DELETE FROM statement WHERE at <= ?1'
