/** SQL that keeps the later instant if a hash is listed already. */
const onConflict = `ON CONFLICT (hash) DO UPDATE SET at = excluded.at, kept = 0 WHERE excluded.at > erased.at`

/** The largest number of former addresses of a subscriber whose hashes are kept, so that nobody can make a row grow without end. */
const maxFormerAddresses = 20

/**
 * SQL for the former addresses of a subscriber whose address changes at an instant. They are no erased addresses yet: a restore of the
 * database to before the change must not lose the person.
 */
export const withFormer = (now: number): string => `json_set(
  CASE WHEN former IS NULL THEN '[]' WHEN json_array_length(former) >= ${maxFormerAddresses} THEN json_remove(former, '$[0]') ELSE former END,
  '$[#]', json_object('hash', address_hash, 'at', ${Math.trunc(now)}))`

/**
 * Returns SQL that lists the addresses of the subscribers of an SQL condition as erased, the former ones at the instants at which they
 * changed, because somebody else may have them since. It must run before the subscribers end.
 */
export const listAsErased = (isMeant: string, now: number): string => `INSERT INTO erased (hash, at)
  SELECT hash, max(at) FROM (
    SELECT address_hash AS hash, ${Math.trunc(now)} AS at FROM subscriber WHERE ${isMeant}
    UNION ALL
    SELECT iif(one.type = 'object', one.value ->> 'hash', NULL), iif(one.type = 'object', one.value ->> 'at', 0)
      FROM (SELECT former FROM subscriber WHERE (${isMeant}) AND former IS NOT NULL) AS ended, json_each(ended.former) AS one)
  WHERE hash IS NOT NULL GROUP BY 1 ${onConflict}`

/** SQL that lists erased addresses; ?1 is a JSON list of objects with `hash` and `at`. */
export const listErased = `INSERT INTO erased (hash, at)
  SELECT value ->> 'hash', max(value ->> 'at') FROM json_each(?1) GROUP BY 1 ${onConflict}`
