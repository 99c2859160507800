import type { BanKind } from '../../domain/comment.ts'

/** SQL for the hash that tells who sent a comment; null if the comment does not tell it. */
const hashes: Readonly<Record<BanKind, string>> = {
  email: 'comment.email_hash',
  // The hash of another day has another key, so that it would ban nobody.
  network: `iif(EXISTS (SELECT 1 FROM salt WHERE day = date(comment.written / 1000, 'unixepoch')), comment.network, NULL)`,
}

/** Bans the senders of the comments with these ids at the instant `now`, or ends their bans. */
export async function banSenders(
  database: D1Database,
  ids: readonly string[],
  kind: BanKind,
  isBanned: boolean,
  now: number,
): Promise<string[]> {
  const list = JSON.stringify(ids)
  const those = `FROM comment WHERE id IN (SELECT value FROM json_each(?1)) AND ${hashes[kind]} IS NOT NULL`
  const change = isBanned
    ? database
        .prepare(
          `INSERT INTO ban (hash, kind, at) SELECT DISTINCT ${hashes[kind]}, '${kind}', ?2 ${those} ON CONFLICT DO NOTHING`,
        )
        .bind(list, now)
    : database.prepare(`DELETE FROM ban WHERE hash IN (SELECT ${hashes[kind]} ${those})`).bind(list)
  const results = await database.batch<{ id: string }>([
    change,
    database.prepare(`SELECT id ${those}`).bind(list),
  ])
  return (results[1]?.results ?? []).map(({ id }) => id)
}
