import { expect, test } from 'vitest'
import { foldName, type NameStore, type WantedName } from '../../src/domain/name.ts'
import { pathsOf } from '../../src/write/names.ts'

/** A store without names, which keeps what it was asked. */
function emptyStore() {
  const asked: WantedName[] = []
  const store: NameStore = {
    async names(wanted) {
      asked.push(...wanted)
      return []
    },
  }
  return { store, asked }
}

test('names that want one key get the first free numbers, and the store is asked for each path once', async () => {
  // The letter a with one of the combining accents, or with two; none of them is a part of a key.
  const accents = Array.from({ length: 50 }, (_, at) => String.fromCodePoint(0x300 + at))
  const given = accents.flatMap((one) => accents.map((other) => `a${one}${other}`))
  const names = [...new Map(given.map((name) => [foldName(name), name])).values()]
  const { store, asked } = emptyStore()
  const paths = await pathsOf(
    store,
    names.map((name) => ({ folder: 'tags', name })),
  )
  const keys = names.map((_, at) => (at === 0 ? 'tags/a' : `tags/a-${at + 1}`))
  expect(names.map((name) => paths.pathOf('tags', name))).toEqual(keys)
  expect(names.length).toBeGreaterThan(1000)
  expect(asked.flatMap((one) => one.paths).length).toBeLessThan(11_000)
})
