import assert from 'node:assert/strict'
import { slugOf } from '../src/domain/slug.ts'
import { articleAt, everywhere, monthly } from './articles.ts'
import { ask, exported, importAll } from './client.ts'
import type { House } from './house.ts'

const size = 150
const { authors, section = '', slug } = articleAt(3)
const places = [
  '',
  `/tags/${slugOf(everywhere)}`,
  `/tags/${slugOf(monthly)}`,
  `/sections/${slugOf(section)}`,
  `/authors/${slugOf(authors[0]?.name ?? '')}`,
  `/articles/${slug}`,
]

/** Fails unless a seeded store answers, byte for byte, as one into which the same articles were imported. */
export async function checkSeed(house: House): Promise<void> {
  const [seeded, saved] = [await house.serve(size), await house.serve(0, { saves: true })]
  const articles = Array.from({ length: size }, (_, at) => articleAt(size - 1 - at))
  await importAll(saved.address, articles)
  assert.deepEqual(await exported(seeded.address), await exported(saved.address))
  for (const place of places) {
    for (const format of ['rss', 'atom', 'json']) {
      const path = `${place}/feed.${format}`
      const [one, other] = [await ask(seeded.address + path), await ask(saved.address + path)]
      assert.equal(one.status, 200, path)
      assert.equal(one.body, other.body, path)
    }
  }
  await house.rest()
}
