import assert from 'node:assert/strict'
import { formatNames } from '../src/domain/format.ts'
import { slugOf } from '../src/domain/slug.ts'
import { articleAt } from './articles.ts'
import { ask, exported, importAll } from './client.ts'
import type { Environment } from './environment.ts'
import { intersection, placesOf } from './places.ts'

/**
 * The number of articles in the check: so many that an import needs more than one save, and that one month
 * needs more than one archive.
 */
const size = 150
const { authors, section = '', slug } = articleAt(3)
const feeds = [
  `/sections/${slugOf(section)}/feed.rss`,
  `/authors/${slugOf(authors[0]?.name ?? '')}/feed.rss`,
  `/articles/${slug}/feed.rss`,
  '/archive/2026/05/1/feed.rss',
  '/archive/2026/05/2/feed.rss',
  ...[...placesOf(size), intersection].map(({ path }) => path),
]

/**
 * Fails unless a seeded store gives the same answers, byte for byte, as a store into which the same articles
 * were imported.
 */
export async function checkSeed(environment: Environment): Promise<void> {
  const [seeded, saved] = [await environment.serve(size), await environment.serve(0, { saves: true })]
  const articles = Array.from({ length: size }, (_, at) => articleAt(size - 1 - at))
  await importAll(saved.address, articles)
  assert.deepEqual(await exported(seeded.address), await exported(saved.address))
  for (const feed of feeds) {
    for (const format of formatNames) {
      const path = feed.replace('.rss', `.${format}`)
      const [one, other] = [await ask(seeded.address + path), await ask(saved.address + path)]
      assert.equal(one.status, 200, path)
      assert.equal(one.body, other.body, path)
    }
  }
  await environment.rest()
}
