/** SQL that keeps the later instant if a hash is listed already. */
const onConflict = `ON CONFLICT (hash) DO UPDATE SET at = excluded.at, kept = 0 WHERE excluded.at > erased.at`

/** Returns SQL that lists the addresses of the subscribers of an SQL condition as erased. It must run before they end. */
export const listAsErased = (isMeant: string, now: number): string => `INSERT INTO erased (hash, at)
  SELECT address_hash, ${Math.trunc(now)} FROM subscriber WHERE (${isMeant}) AND address_hash IS NOT NULL GROUP BY 1 ${onConflict}`

/** SQL that lists erased addresses; ?1 is a JSON list of objects with `hash` and `at`. */
export const listErased = `INSERT INTO erased (hash, at)
  SELECT value ->> 'hash', max(value ->> 'at') FROM json_each(?1) GROUP BY 1 ${onConflict}`
