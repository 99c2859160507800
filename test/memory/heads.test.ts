import { expect, test } from 'vitest'
import { type Heads, holdHeads } from '../../src/memory/heads.ts'
import { createLru } from '../../src/memory/lru.ts'

const opened = 1_718_800_000_000
const head = { path: '', revision: 1, revised: 0, since: 0, readAt: opened }

/**
 * A cache that contains one head, which was just read, and a function `at` that sets the clock to the given
 * number of milliseconds after that read.
 */
function readOnce(): { heads: Heads; at: (elapsed: number) => void } {
  let now = opened
  const heads = holdHeads(createLru(1_000_000), () => now)
  heads.asking(['']).took([head])
  return {
    heads,
    at: (elapsed) => {
      now = opened + elapsed
    },
  }
}

test('for a second after a request failed, however long it took, the others do not ask', () => {
  const { heads, at } = readOnce()
  at(5000)
  const asking = heads.asking([''])
  at(6000)
  asking.failed()
  at(6999)
  const { since: _, ...undated } = head
  expect(heads.held([''])).toEqual([{ ...undated, stale: 7 }])
  at(7000)
  expect(heads.held([''])).toBeUndefined()
})

test('a head that was requested before a save is not used after the save', () => {
  const { heads, at } = readOnce()
  at(700)
  const asking = heads.asking([''])
  expect(heads.held([''])).toEqual([head])
  heads.drop(['tags/ete'])
  expect(heads.held([''])).toBeUndefined()
  asking.took([head])
  expect(heads.held([''])).toBeUndefined()
})

test('a head that was read before its date is fresh until that date only, and never gives the date', () => {
  const early = { ...head, revised: opened + 400 }
  const { since: _, ...undated } = early
  // The head of a sitemap has no `since`, and its answers are dated nevertheless.
  for (const one of [early, undated]) {
    let now = opened
    const heads = holdHeads(createLru(1_000_000), () => now)
    const marked = [{ ...one, readAt: opened }]
    expect(heads.asking(['']).took([one]), JSON.stringify(one)).toEqual(marked)
    now = opened + 399
    expect(heads.held(['']), JSON.stringify(one)).toEqual(marked)
    now = opened + 400
    expect(heads.held(['']), JSON.stringify(one)).toBeUndefined()
    heads.asking([''])
    expect(heads.held(['']), JSON.stringify(one)).toEqual(marked)
  }
})
