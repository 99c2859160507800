import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from '../src/cli/migrate.ts'
import { d1Store } from '../src/store/d1.ts'
import { hubStore } from '../src/store/hub/store.ts'
import { articleAt } from './articles.ts'
import { openDatabase } from './database.ts'

/** The number of articles that one save writes. */
const chunkLength = 1000

/**
 * Creates a local store with the given number of articles. The store's own functions save the articles, the
 * oldest first. After each save, the outbox is processed and emptied, as the hub does on the platform.
 */
export async function seed(folder: string, articles: number): Promise<void> {
  migrate(folder)
  let now = 0
  const { database, close } = openDatabase(databaseFile(folder))
  const store = d1Store(
    database,
    () => now,
    () => {},
  )
  const outbox = hubStore(database, () => now)
  for (let oldest = articles - 1; oldest >= 0; oldest -= chunkLength) {
    const length = Math.min(chunkLength, oldest + 1)
    const chunk = Array.from({ length }, (_, at) => articleAt(oldest - at))
    now = Date.parse(chunk.at(-1)?.published ?? '')
    const outcome = await store.save(chunk.map((article) => ({ article, replaces: null })))
    if (outcome.kind !== 'saved') throw new Error(`Cannot seed the store: ${outcome.kind}`)
    await outbox.forget((await outbox.settle()).upTo)
  }
  close()
}

/** The database file of the local D1. */
function databaseFile(folder: string): string {
  const place = join(folder, 'v3', 'd1', 'miniflare-D1DatabaseObject')
  const name = readdirSync(place).find((one) => /^[0-9a-f]{64}\.sqlite$/.test(one))
  if (!name) throw new Error(`Cannot find the database in ${place}`)
  return join(place, name)
}
