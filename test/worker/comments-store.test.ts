import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  allComments,
  type CommentDraft,
  type CommentState,
  commentStates,
  commentsPath,
  type ThreadOrder,
  type ThreadPage,
} from '../../src/domain/comment.ts'
import type { CommentQuery, CommentStore } from '../../src/domain/comment-store.ts'
import type { Cursor } from '../../src/domain/cursor.ts'
import { commentStore } from '../../src/store/comments/store.ts'
import { openSite, type TestSite } from './site.ts'
import { watch } from './watched.ts'

let site: TestSite
let store: CommentStore

beforeEach(async () => {
  site = await openSite()
  store = commentStore(env.DB, site.ports.clock)
  await site.put('un', { title: 'Le pont' })
  await site.put('deux', { title: 'Le marché' })
})

const path = commentsPath('un')

const draft = (id: string, more: Partial<CommentDraft> = {}): CommentDraft => ({
  ...{ id, path, state: 'approved', reasons: [], name: `Nom de ${id}`, text: `Texte de ${id}` },
  ...{
    html: `<p>Texte de ${id}</p>`,
    form: `form of ${id}`,
    network: 'network',
    editHash: `hash of ${id}`,
    editUntil: 0,
  },
  ...more,
})

const query = (more: Partial<CommentQuery> = {}): CommentQuery => ({
  ...{ path, limit: 10, site: 'open', at: site.ports.clock() },
  ...more,
})

/** Adds approved comments, one a second. */
async function addEach(
  ...ids: readonly (string | [id: string, more: Partial<CommentDraft>])[]
): Promise<void> {
  for (const one of ids) {
    site.wait(1000)
    const [id, more] = typeof one === 'string' ? [one, {}] : one
    expect(await store.add(draft(id, more)), id).toEqual({ kind: 'added' })
  }
}

const idsOf = async (more: Partial<CommentQuery> = {}): Promise<string[]> =>
  (await store.page(query(more))).comments.map(({ id }) => id)

const headOf = async (of = path) => {
  const head = await store.head(of, 'd1d1d1d1')
  if (!head) throw new Error(`no head of ${of}`)
  return head
}

describe('a new comment', () => {
  test('is stored with what it answers, and is public if it is approved', async () => {
    await addEach('a', ['b', { parent: 'a' }], ['c', { state: 'pending', reasons: ['mode'] }])
    expect(await store.find(path, 'b')).toEqual({
      ...{ id: 'b', name: 'Nom de b', html: '<p>Texte de b</p>', published: site.ports.clock() - 1000 },
      ...{ parent: 'a', answering: 'Nom de a' },
      on: { path, title: 'Le pont', language: 'fr-CA' },
    })
    expect(await store.find(path, 'c')).toBeUndefined()
    expect(await headOf()).toMatchObject({ size: 2, title: 'Le pont', isShown: true, hasFeeds: true })
    expect(await idsOf()).toEqual(['b', 'a'])
  })

  test('a pending one changes nothing that is public, and makes no revision', async () => {
    expect(await store.head(path, 'd1d1d1d1')).toBeUndefined()
    await addEach(['a', { state: 'pending' }])
    expect(await headOf()).toMatchObject({ revision: null, size: 0 })
    expect(await headOf(allComments)).toMatchObject({ revision: null, size: 0 })
  })

  test('is not stored twice by the same form', async () => {
    await addEach('a')
    const again = await store.add(draft('b', { form: 'form of a', text: 'Autre chose' }))
    expect(again).toEqual({ kind: 'repeated', text: 'Texte de a', state: 'approved' })
    expect(await idsOf()).toEqual(['a'])
  })

  const closed: [what: string, change: () => Promise<unknown>, more: Partial<CommentDraft>][] = [
    ['no article has the path', async () => {}, { path: commentsPath('trois') }],
    ['the article was withdrawn', () => site.call('DELETE', '/api/articles/un'), {}],
    ['the article became a draft', () => site.put('un', { status: 'draft' }), {}],
    [
      'the article expired',
      () => site.put('un', { expires: new Date(site.ports.clock() + 500).toISOString() }),
      {},
    ],
    ['what it answers does not exist', async () => {}, { parent: 'nowhere' }],
    ['what it answers is pending', () => store.decide(['a'], 'pending'), { parent: 'a' }],
    ['what it answers was deleted', () => store.decide(['a'], 'deleted'), { parent: 'a' }],
    ['what it answers is on another article', async () => {}, { parent: 'a', path: commentsPath('deux') }],
  ]
  test.for(closed)('is not stored if %s', async ([, change, more]) => {
    await addEach('a')
    await change()
    site.wait(1000)
    expect(await store.add(draft('b', more))).toEqual({ kind: 'closed' })
  })
})

describe('each state that follows another', () => {
  const next = (from: CommentState, to: CommentState): CommentState => (from === 'deleted' ? from : to)
  const cases = commentStates.flatMap((from) => commentStates.map((to) => [from, to] as const))
  test.for(cases)('%s, then %s', async ([from, to]) => {
    await addEach('a')
    await store.decide(['a'], from)
    const before = await headOf()
    site.wait(1000)
    const decided = await store.decide(['a', 'nowhere'], to)
    const state = next(from, to)
    expect(decided.comments).toEqual([{ id: 'a', state, ...(state === from && { unchanged: true }) }])
    expect(decided.hasLeft).toBe(from === 'approved' && state !== 'approved')
    expect(await idsOf()).toEqual(state === 'approved' ? ['a'] : [])
    const after = await headOf()
    const isChanged = (from === 'approved') !== (state === 'approved')
    expect((after.revision ?? 0) > (before.revision ?? 0)).toBe(isChanged)
    expect(after.size).toBe(state === 'approved' ? 1 : 0)
    const [left] = await store.withdrawn(path)
    expect(left?.id).toBe(state === 'approved' ? undefined : 'urn:kiosque:comment:a')
  })

  test('a deleted comment has no texts any more', async () => {
    await addEach(['a', { email: 'kim@example.com', emailHash: 'hash' }])
    await store.decide(['a'], 'deleted')
    const row = await env.DB.prepare('SELECT * FROM comment').first<Record<string, unknown>>()
    expect(row).toMatchObject({ id: 'a', name: '', text: '', html: '', email: null, email_hash: null })
    expect(await store.sender({ emailHash: 'hash', network: 'network', bannable: [] })).toMatchObject({
      isKnown: false,
      recent: 0,
    })
  })

  test('a person is known by a comment that a moderator approved, with the same address and from the same network', async () => {
    await addEach(
      ['a', { state: 'pending', reasons: ['mode'], emailHash: 'hash' }],
      ['b', { emailHash: 'other' }],
    )
    const known = async () =>
      Promise.all(
        [
          ['hash', 'network'],
          ['hash', 'other network'],
          ['other', 'network'],
        ].map(
          async ([emailHash = '', network = '']) =>
            (await store.sender({ emailHash, network, bannable: [] })).isKnown,
        ),
      )
    expect(await known()).toEqual([false, false, false])
    await store.decide(['a'], 'approved')
    expect(await known()).toEqual([true, false, false])
  })

  test('a text is a repetition for a day, and comments from a network count for ten minutes', async () => {
    await addEach(['a', { textHash: 'text' }], ['b', { state: 'pending' }], ['c', { network: 'other' }])
    const seen = () => store.sender({ network: 'network', textHash: 'text', bannable: [] })
    const others = { isKnown: false, isBanned: false, isClosed: false }
    expect(await seen()).toEqual({ ...others, isRepeated: true, recent: 2 })
    site.wait(600_000)
    expect(await seen()).toMatchObject({ isRepeated: true, recent: 0 })
    site.wait(86_400_000)
    expect(await seen()).toMatchObject({ isRepeated: false })
    expect(await store.sender({ network: 'network', bannable: [] })).toMatchObject({ isRepeated: false })
  })

  test('threads have three orders, and each leads through all threads once', async () => {
    await addEach(
      'a',
      'b',
      ['b1', { parent: 'b' }],
      'c',
      ['c1', { parent: 'c' }],
      ['c2', { parent: 'c1' }],
      'd',
    )
    const idsIn = async (order: ThreadOrder) => {
      const found: string[] = []
      let from: Cursor | undefined
      do {
        const page: ThreadPage = await store.threads(path, { order, from, limit: 1, replies: 10 })
        found.push(...page.threads.map(({ id }) => id))
        from = page.older
      } while (from)
      return found.join('')
    }
    expect([await idsIn('newest'), await idsIn('oldest'), await idsIn('answered')]).toEqual([
      'dcba',
      'abcd',
      'cbda',
    ])
    await store.decide(['c1', 'c2'], 'spam')
    expect(await idsIn('answered')).toBe('bdca')
  })

  test('a ban is of an address for ever, and of a network until the salt of its day is gone', async () => {
    await store.salt('2024-06-19', 'salt')
    await addEach(['a', { emailHash: 'hash' }], 'b')
    const banned = async () =>
      Promise.all(
        ['hash', 'network', 'other'].map(
          async (one) => (await store.sender({ network: 'x', bannable: ['y', one] })).isBanned,
        ),
      )
    expect(await banned()).toEqual([false, false, false])
    expect(await store.ban(['a', 'b', 'nowhere'], 'email', true)).toEqual(['a'])
    expect(await store.ban(['b'], 'network', true)).toEqual(['b'])
    expect(await banned()).toEqual([true, true, false])
    await store.salt('2024-06-20', 'salt')
    expect(await banned()).toEqual([true, false, false])
    // The network of another day is not known any more.
    expect(await store.ban(['b'], 'network', true)).toEqual([])
    expect(await store.ban(['a'], 'email', false)).toEqual(['a'])
    expect(await banned()).toEqual([false, false, false])
  })

  test('a day has one salt, the salts of days before are gone, and a late request gets the new one', async () => {
    expect(await store.salt('2024-06-19', 'a')).toBe('a')
    expect(await store.salt('2024-06-19', 'b')).toBe('a')
    expect(await store.salt('2024-06-20', 'c')).toBe('c')
    await env.DB.prepare("INSERT INTO ban (hash, kind, at) VALUES ('network', 'network', 1)").run()
    expect(await store.salt('2024-06-19', 'd')).toBe('c')
    expect(await store.salt('2024-06-20', 'e')).toBe('c')
    const { isBanned } = await store.sender({ network: 'x', bannable: ['network'] })
    expect(isBanned, 'after the late request').toBe(true)
    const { results } = await env.DB.prepare('SELECT day FROM salt').all()
    expect(results).toEqual([{ day: '2024-06-20' }])
  })

  test('a day that a wrong clock gave lends its salt to no other day', async () => {
    expect(await store.salt('2025-01-01', 'far')).toBe('far')
    expect(await store.salt('2024-06-19', 'a')).toBe('a')
    expect(await store.salt('2024-06-20', 'b')).toBe('b')
  })

  test('only a comment that leaves has an effect: the purge of its article’s comments and of all comments', async () => {
    const purges = async () => {
      const { results } = await env.DB.prepare(
        "SELECT paths FROM effect WHERE effect = 'purge' AND paths LIKE '%comments%'",
      ).all<{ paths: string }>()
      return results.map(({ paths }) => JSON.parse(paths).toSorted())
    }
    await addEach('a', 'b', ['c', { path: commentsPath('deux') }], ['d', { state: 'pending' }])
    await store.decide(['d'], 'approved')
    expect(await purges()).toEqual([])
    await store.decide(['a', 'b', 'c'], 'spam')
    expect(await purges()).toEqual([[commentsPath('deux'), path, allComments].toSorted()])
    expect(await store.decide(['d'], 'spam')).toMatchObject({ hasLeft: true })
    expect(await purges()).toHaveLength(2)
  })

  test('an approval does not move the revision of the site, and comes after it', async () => {
    const revision = async () =>
      (await env.DB.prepare('SELECT revision FROM site').first<{ revision: number }>())?.revision ?? 0
    await addEach(['a', { state: 'pending' }])
    const before = await revision()
    await store.decide(['a'], 'approved')
    expect(await revision()).toBe(before)
    expect((await headOf()).revision).toBeGreaterThan(before)
    await store.decide(['a'], 'spam')
    expect(await revision()).toBe((await headOf()).revision)
  })
})

describe('pages', () => {
  const ids = Array.from({ length: 12 }, (_, at) => `c${at}`)

  test.for([path, allComments])('of %s lead back and forth through all comments', async (of) => {
    await addEach(...ids)
    const newest = ids.toReversed()
    const first = await store.page(query({ path: of, limit: 5 }))
    expect(first.newer).toBeUndefined()
    const pages = [first]
    for (let page = first; page.older; ) {
      page = await store.page(query({ path: of, limit: 5, from: { before: page.older } }))
      pages.push(page)
    }
    expect(pages.map(({ comments }) => comments.map(({ id }) => id))).toEqual([
      newest.slice(0, 5),
      newest.slice(5, 10),
      newest.slice(10),
    ])
    const back = await store.page(query({ path: of, limit: 5, from: { after: pages[2]?.newer as never } }))
    expect(back.comments.map(({ id }) => id)).toEqual(newest.slice(5, 10))
    expect(first.revisions).toEqual([(await headOf(of)).revision])
  })

  test('a cursor is canonical if it is that of a public comment', async () => {
    await addEach('a', 'b')
    const [, a] = (await store.page(query())).comments
    const before = { published: (a?.published ?? 0) + 1, number: 77 }
    const canonical = await store.canonical(path, { before })
    expect(canonical).not.toEqual({ before })
    expect(await store.canonical(path, canonical)).toEqual(canonical)
    const read = async (from: CommentQuery['from']) => (await store.page(query({ from }))).comments
    expect(await read(canonical)).toEqual(await read({ before }))
  })

  test('threads have the newest first, and their replies the oldest first', async () => {
    await addEach('a', 'b', ['a1', { parent: 'a' }], ['a2', { parent: 'a1' }], ['a3', { parent: 'a' }], 'c')
    const page = await store.threads(path, { limit: 2, replies: 2 })
    expect(page.threads.map(({ id }) => id)).toEqual(['c', 'b'])
    const rest = await store.threads(path, { from: page.older, limit: 2, replies: 2 })
    expect(rest).toMatchObject({
      threads: [
        { id: 'a', comment: { id: 'a' }, replies: [{ id: 'a1' }, { id: 'a2', parent: 'a1' }], more: true },
      ],
    })
    expect(rest.older).toBeUndefined()
  })

  test('a thread whose first comment is not public any more shows that there was one, and its replies', async () => {
    await addEach('a', ['a1', { parent: 'a' }], 'b')
    await store.decide(['a', 'b'], 'spam')
    const { threads } = await store.threads(path, { limit: 10, replies: 10 })
    expect(threads).toEqual([{ id: 'a', replies: [await store.find(path, 'a1')], more: false }])
    await store.decide(['a1'], 'deleted')
    expect((await store.threads(path, { limit: 10, replies: 10 })).threads).toEqual([])
  })

  test('the thread of a comment has this comment', async () => {
    const replies = Array.from({ length: 6 }, (_, at): [string, object] => [`r${at}`, { parent: 'a' }])
    await addEach('a', ...replies)
    const of = async (id: string, limit: number) =>
      (await store.thread(path, id, limit))?.replies.map((one) => one.id)
    expect(await of('a', 3)).toEqual(['r0', 'r1', 'r2'])
    expect(await of('r4', 3)).toEqual(['r4', 'r5'])
    expect(await of('r4', 6)).toEqual(['r0', 'r1', 'r2', 'r3', 'r4', 'r5'])
    await store.decide(['r4'], 'spam')
    expect(await of('r4', 6)).toBeUndefined()
    expect(await store.thread(commentsPath('deux'), 'a', 6)).toBeUndefined()
  })

  test('moderators get the comments of a state in the order in which they were written', async () => {
    const many = Array.from({ length: 60 }, (_, at): [string, object] => [
      `p${at}`,
      { state: 'pending', reasons: ['links'] },
    ])
    await addEach('a', ...many)
    const first = await store.list('pending', 0)
    expect(first.comments).toHaveLength(50)
    expect(first.comments[0]).toMatchObject({
      id: 'p0',
      reasons: ['links'],
      text: 'Texte de p0',
      title: 'Le pont',
      path,
    })
    const rest = await store.list('pending', first.next ?? 0)
    expect(rest.comments.map(({ id }) => id)).toEqual(many.slice(50).map(([id]) => id))
    expect(rest.next).toBeUndefined()
  })
})

describe('what an article’s save does to its comments', () => {
  const hidden: [what: string, change: () => Promise<unknown>][] = [
    ['is withdrawn', () => site.call('DELETE', '/api/articles/un')],
    ['becomes a draft', () => site.put('un', { title: 'Le pont', status: 'draft' })],
    ['gets an embargo', () => site.put('un', { title: 'Le pont', embargo: '2030-01-01T00:00:00Z' })],
    ['has expired', () => site.put('un', { title: 'Le pont', expires: '2024-06-19T16:01:00Z' })],
  ]
  test.for(hidden)('if it %s, they are shown nowhere, and come back with it', async ([, change]) => {
    await addEach('a', ['b', { path: commentsPath('deux') }])
    const before = await headOf(allComments)
    await change()
    site.at('2024-06-19T17:00:00Z')
    expect(await headOf()).toMatchObject({ isShown: false })
    expect(await idsOf({ path: allComments })).toEqual(['b'])
    await site.ports.store.release()
    expect((await headOf(allComments)).revision).toBeGreaterThan(before.revision ?? 0)
    await site.put('un', { title: 'Le pont', status: 'published' })
    expect(await headOf()).toMatchObject({ isShown: true })
    expect(await idsOf({ path: allComments })).toEqual(['b', 'a'])
  })

  test('a new slug, title or mode is known to them at once', async () => {
    await addEach('a')
    const { revision } = await headOf()
    const { id } = (await (await site.call('GET', '/api/articles/un')).json()) as { id: string }
    await site.put('pont', { id, title: 'Le pont rouvre', comments: 'all-held' })
    expect(await store.head(path, 'd1d1d1d1')).toBeUndefined()
    const head = await headOf(commentsPath('pont'))
    expect(head).toMatchObject({ title: 'Le pont rouvre', mode: 'all-held', size: 1 })
    expect(head.revision).toBeGreaterThan(revision ?? 0)
  })

  test('another text changes no head', async () => {
    await addEach('a')
    const heads = [await headOf(), await headOf(allComments)]
    await site.put('un', { title: 'Le pont', text: 'Autre texte.' })
    expect([await headOf(), await headOf(allComments)]).toEqual(heads)
  })

  const left: [what: string, fields: object][] = [
    ['is off', { comments: 'off' }],
    ['forbids feeds', { rights: { syndicate: 'none' } }],
  ]
  test.for(left)('all comments leave out those of an article that %s', async ([, fields]) => {
    await addEach('a', ['b', { path: commentsPath('deux') }])
    await site.put('un', { title: 'Le pont', ...fields })
    expect(await idsOf({ path: allComments })).toEqual(['b'])
    expect(await idsOf({ path: allComments, site: 'off' })).toEqual([])
  })
})

test('the date of a change never stands for two contents, and never goes back', async () => {
  site.at('2024-06-19T18:00:00.900Z')
  await addEach('a')
  const dates = [(await headOf()).revised]
  site.at('2024-06-19T18:00:02.100Z')
  await store.decide(['a'], 'spam')
  dates.push((await headOf()).revised)
  site.at('2024-06-19T17:00:00.000Z')
  await store.decide(['a'], 'approved')
  dates.push((await headOf()).revised)
  const at = Date.parse('2024-06-19T18:00:02Z')
  expect(dates).toEqual([at, at + 1000, at + 2000])
})

test('a version that takes charge has later dates than all comments', async () => {
  await addEach('a', 'b')
  site.wait(60_000)
  await store.decide(['a'], 'spam')
  await store.decide(['b'], 'spam')
  const { revised } = await headOf(allComments)
  expect(await site.ports.store.takeCharge('another0')).toBe(true)
  const { since } = (await store.head(path, 'another0')) ?? {}
  expect(since).toBeGreaterThan(revised)
  expect((await headOf()).since).toBeUndefined()
})

test('after a restore of the database, no delta is made of what the lost future had', async () => {
  await addEach('a')
  const before = await headOf()
  const revision = await site.ports.backups.restored()
  const after = await headOf()
  expect(after.departed).toBe(revision)
  expect(after.departed).toBeGreaterThan(before.departed)
})

describe('rows read', () => {
  const comments = 20_000

  /** Writes many comments on the article `un`: each tenth is the first of a thread, whose replies are the nine after it. */
  async function fill(): Promise<void> {
    await addEach('a')
    await env.DB.batch([
      env.DB.prepare('DELETE FROM comment'),
      env.DB.prepare(
        `WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ${comments})
         INSERT INTO comment (number, id, article, parent, thread, state, name, text, html, written, published, revision, replies)
         SELECT n, 'id' || n, (SELECT number FROM article WHERE slug = 'un'), iif(n % 10 = 1, NULL, n - 1),
           iif(n % 10 = 1, NULL, n - (n - 1) % 10), 'approved', 'Kim', 'x', '<p>x</p>', n, 1718800000000 + n, 1, 0 FROM n`,
      ),
    ])
  }

  test(`${comments} comments cost as little as few: a head two rows, a page at most ten a comment`, async () => {
    await fill()
    const { database, seen } = watch(env.DB)
    const watched = commentStore(database, site.ports.clock)
    const rows = async <T>(read: () => Promise<T>): Promise<[result: T, rows: number]> => {
      const before = seen.length
      const result = await read()
      return [result, seen.slice(before).reduce((sum, { rowsRead = 0 }) => sum + rowsRead, 0)]
    }
    const [, ofHead] = await rows(() => watched.head(path, 'd1d1d1d1'))
    expect(ofHead).toBe(2)
    for (const of of [path, allComments]) {
      const [page, ofPage] = await rows(() => watched.page(query({ path: of, limit: 30 })))
      expect(page.comments, of).toHaveLength(30)
      expect(ofPage, of).toBeLessThanOrEqual(10 * 30)
      const from = { before: page.older as never }
      const [older, ofOlder] = await rows(() => watched.page(query({ path: of, limit: 30, from })))
      expect(older.comments, of).toHaveLength(30)
      expect(ofOlder, of).toBeLessThanOrEqual(10 * 30)
    }
    const [{ threads }, ofThreads] = await rows(() => watched.threads(path, { limit: 20, replies: 10 }))
    const shown = threads.reduce((sum, { replies }) => sum + 1 + replies.length, 0)
    expect(shown).toBe(200)
    expect(ofThreads).toBeLessThanOrEqual(10 * shown)
    const [thread, ofThread] = await rows(() => watched.thread(path, 'id10005', 50))
    expect(thread?.replies).toHaveLength(9)
    expect(ofThread).toBeLessThanOrEqual(10 * 10)
  })
})
