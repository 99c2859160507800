import { expect, test } from 'vitest'
import type { Representation } from '../../src/http/representation.ts'
import { validatorsOf } from '../../src/http/validators.ts'
import { holdAnswers } from '../../src/memory/answers.ts'
import { holdHeads } from '../../src/memory/heads.ts'
import { createLru } from '../../src/memory/lru.ts'
import { forDelta } from '../readers.ts'

const now = 1_718_800_000_000
const head = { path: '', revision: 5, revised: now - 5000, since: 0 }
const address = 'https://kiosque.example/feed.rss'

const representation: Representation = {
  type: 'application/rss+xml; charset=utf-8',
  validators: validatorsOf(head, 'rss', 'd1', now),
  now,
  links: [{ rel: 'self', href: address }],
  vary: 'Sec-Fetch-Dest, A-IM',
  selections: [''],
  delta: async () => '<rss>delta</rss>',
  body: () => '<rss/>',
}

/** The in-memory cache of answers of an isolate that last read the selection's head with the given revision. */
function knowing(revision: number, memory = createLru(1_000_000), heads = holdHeads(memory, () => now)) {
  heads.asking(['']).took([{ ...head, revision }])
  const plain = { answers: createLru(1_000_000), renderings: memory }
  const queried = { answers: createLru(1_000_000), renderings: createLru(1_000_000) }
  return holdAnswers(heads, plain, queried, () => now)
}

const held = (answers: ReturnType<typeof knowing>) => answers.find(new Request(address))?.status

test('an answer is held for the revision that the isolate knows, and for no other', async () => {
  for (const [revision, status] of [
    [5, 200],
    [6, undefined],
  ] as const) {
    const answers = knowing(revision)
    await answers.answer(new Request(address), representation)
    expect([revision, held(answers)]).toEqual([revision, status])
  }
})

test('a delta is given to nobody else: its headers are those of one client', async () => {
  const answers = knowing(5)
  const asked = forDelta('"4-rss-d1"')
  const delta = await answers.answer(new Request(address, { headers: asked }), representation)
  expect(delta.status).toBe(226)
  await answers.answer(new Request(`${address}?_=1`), representation)
  expect(held(answers)).toBeUndefined()
})

test('no number of addresses with a query evicts the bytes of an address without one', async () => {
  const answers = knowing(5)
  let rendered = 0
  const body = () => {
    rendered++
    return '<rss/>'
  }
  await answers.answer(new Request(address), { ...representation, body })
  for (let at = 0; at < 50; at++) {
    const asked = `${address}?before=${at}.1`
    const links = [{ rel: 'self', href: asked }]
    await answers.answer(new Request(asked), { ...representation, links, body: () => 'x'.repeat(100_000) })
  }
  await answers.answer(new Request(`${address}?_=1`), { ...representation, body })
  expect([held(answers), rendered]).toEqual([200, 1])
})

test('a head whose content is newer is read again at the next request; one that was read long ago stays, for a store that fails', async () => {
  for (const [stale, isHeld] of [
    [undefined, false],
    [5, true],
  ] as const) {
    const memory = createLru(1_000_000)
    const heads = holdHeads(memory, () => now)
    const answers = knowing(5, memory, heads)
    const newer = { ...representation, ...(stale && { stale }), isCurrent: () => false }
    await answers.answer(new Request(address), newer)
    expect([stale, held(answers), heads.held(['']) !== undefined]).toEqual([stale, undefined, isHeld])
  }
})
