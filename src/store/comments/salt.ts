/**
 * Returns the salt of a day, and deletes those of other days, so that the hashes of these days are of no use any more. Of two
 * requests with a new day at the same time, both get the salt of the first.
 */
export async function saltOf(database: D1Database, day: string, fresh: string): Promise<string> {
  const found = await read(database, day).first<{ value: string }>()
  if (found) return found.value
  const results = await database.batch<{ value: string }>([
    // The hashes of networks of another day mean nothing any more.
    database
      .prepare("DELETE FROM ban WHERE kind = 'network' AND NOT EXISTS (SELECT 1 FROM salt WHERE day = ?1)")
      .bind(day),
    database.prepare('DELETE FROM salt WHERE day <> ?1').bind(day),
    database.prepare('INSERT INTO salt (day, value) VALUES (?1, ?2) ON CONFLICT DO NOTHING').bind(day, fresh),
    read(database, day),
  ])
  return results[3]?.results[0]?.value ?? fresh
}

const read = (database: D1Database, day: string): D1PreparedStatement =>
  database.prepare('SELECT value FROM salt WHERE day = ?1').bind(day)
