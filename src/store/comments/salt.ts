/**
 * Returns the salt of a day, and deletes those of days before, so that the hashes of these days are of no use any more. Of two
 * requests with a new day at the same time, both get the salt of the first. A late request of the day before, such as one that began
 * before midnight, gets the salt of the new day.
 */
export async function saltOf(database: D1Database, day: string, fresh: string): Promise<string> {
  const found = await read(database, day).first<{ value: string }>()
  if (found) return found.value
  const results = await database.batch<{ value: string }>([
    // The hashes of networks of another day mean nothing any more.
    database.prepare(`DELETE FROM ban WHERE kind = 'network' AND NOT EXISTS (${ofDay})`).bind(day),
    database.prepare('DELETE FROM salt WHERE day < ?1').bind(day),
    database
      .prepare(`INSERT INTO salt (day, value) SELECT ?1, ?2 WHERE NOT EXISTS (${ofDay})`)
      .bind(day, fresh),
    read(database, day),
  ])
  return results[3]?.results[0]?.value ?? fresh
}

/** SQL for the salt of the day ?1, or of the day after it. A day that a wrong clock gave is further away. */
const ofDay = "SELECT value FROM salt WHERE day BETWEEN ?1 AND date(?1, '+1 day') ORDER BY day DESC LIMIT 1"

const read = (database: D1Database, day: string): D1PreparedStatement => database.prepare(ofDay).bind(day)
