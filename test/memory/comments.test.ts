import { expect, test } from 'vitest'
import type { CommentHead } from '../../src/domain/comment.ts'
import type { CommentStore } from '../../src/domain/comment-store.ts'
import { rememberingComments } from '../../src/memory/comments.ts'
import { holdHeads } from '../../src/memory/heads.ts'
import { createLru } from '../../src/memory/lru.ts'

const start = Date.parse('2024-06-19T16:00:00Z')
const path = 'articles/un/comments'

const shown: CommentHead = {
  ...{ path, title: 'Un', language: 'fr', revision: 5, revised: start - 1000, departed: 0, size: 1 },
  ...{ isShown: true, hasFeeds: true },
}

/** A store of comments whose head is `head`, and which counts its reads. */
function open(
  head: () => Promise<CommentHead | undefined> = async () => shown,
  more: Partial<CommentStore> = {},
) {
  let now = start
  const counted = { reads: 0, salts: 0, drops: [] as (readonly string[])[], logged: 0 }
  const heads = holdHeads(createLru(1_000_000), () => now)
  const drop = (paths: readonly string[]) => {
    counted.drops.push(paths)
    heads.drop(paths)
  }
  const store = {
    head: async (of: string) => {
      counted.reads++
      const found = await head()
      return found && { ...found, path: of }
    },
    salt: async (day: string) => `${day}: ${++counted.salts}`,
    add: async () => ({ kind: 'added' }),
    decide: async () => ({ comments: [], hasLeft: false }),
    edit: async () => true,
    ...more,
  } as unknown as CommentStore
  const comments = rememberingComments(store, heads, drop, {
    clock: () => now,
    within: (_, work) => work,
    log: () => void counted.logged++,
  })
  return { comments, counted, wait: (milliseconds: number) => (now += milliseconds) }
}

const draft = {
  id: 'a',
  path,
  reasons: [],
  name: 'Kim',
  text: 'x',
  html: 'x',
  form: 'f',
  network: 'n',
  editHash: 'h',
  editUntil: 0,
}

test('whether comments are closed is read as often as a head, at once after a change, and stays as it was while the store fails', async () => {
  let isClosed = false
  let isDown = false
  const { comments, counted, wait } = open(undefined, {
    isClosed: async () => {
      counted.reads++
      if (isDown) throw new Error('down')
      return isClosed
    },
    close: async (given) => {
      isClosed = given
    },
  })
  expect([await comments.isClosed(), await comments.isClosed(), counted.reads]).toEqual([false, false, 1])
  await comments.close(true)
  expect([await comments.isClosed(), counted.reads]).toEqual([true, 2])
  isDown = true
  wait(600)
  expect([await comments.isClosed(), counted.logged]).toEqual([true, 1])
})

test('a fresh head is not read again, and is read again after 0.6 seconds', async () => {
  const { comments, counted, wait } = open()
  await comments.head(path, 'd')
  wait(599)
  expect(await comments.head(path, 'd')).toMatchObject({ revision: 5, readAt: start })
  expect(counted.reads).toBe(1)
  wait(1)
  await comments.head(path, 'd')
  expect(counted.reads).toBe(2)
})

test('a head without a revision, one whose scheduled change has come, and none at all, are read each time', async () => {
  for (const head of [undefined, { ...shown, revision: null }, { ...shown, siteDue: start }]) {
    const { comments, counted } = open(async () => head)
    await comments.head(path, 'd')
    expect(await comments.head(path, 'd'), String(head)).toEqual(head)
    expect(counted.reads, String(head)).toBe(2)
  }
})

test('no head is used at or after its `due`', async () => {
  const { comments, counted, wait } = open(async () => ({ ...shown, due: start + 300 }))
  await comments.head(path, 'd')
  wait(300)
  await comments.head(path, 'd')
  expect(counted.reads).toBe(2)
})

test('however many comments come, a head is read again after 0.6 seconds', async () => {
  const { comments, counted, wait } = open()
  for (let at = 0; at < 60; at++) {
    await comments.add({ ...draft, state: 'approved' })
    await comments.head(path, 'd')
    wait(10)
  }
  expect(counted.reads).toBe(1)
  await comments.head(path, 'd')
  expect(counted.reads).toBe(2)
  expect(counted.drops).toEqual([])
})

test('the salt of a day is read once', async () => {
  const { comments, counted } = open()
  const salts: string[] = []
  for (const day of ['2024-06-19', '2024-06-19', '2024-06-20', '2024-06-20'])
    salts.push(await comments.salt(day, 'fresh'))
  expect(salts).toEqual(['2024-06-19: 1', '2024-06-19: 1', '2024-06-20: 2', '2024-06-20: 2'])
  expect(counted.salts).toBe(2)
})

test('a decision and a change of a text have all heads read again', async () => {
  const { comments, counted } = open()
  await comments.head(path, 'd')
  await comments.decide(['a'], 'spam')
  await comments.head(path, 'd')
  await comments.edit('a', 'h', { text: 'x', html: 'x', state: 'approved' })
  await comments.head(path, 'd')
  expect(counted.reads).toBe(3)
  expect(counted.drops).toEqual([['comments'], ['comments']])
})

test('while the store fails, the last head is used, and says how old it is', async () => {
  let fails = false
  const { comments, counted, wait } = open(async () => {
    if (fails) throw new Error('D1 is down')
    return shown
  })
  await comments.head(path, 'd')
  fails = true
  wait(5000)
  expect(await comments.head(path, 'd')).toMatchObject({ revision: 5, stale: 5 })
  expect(counted.logged).toBe(1)
  const { comments: others } = open(() => Promise.reject(new Error('D1 is down')))
  await expect(others.head(path, 'd')).rejects.toThrow('D1 is down')
})
