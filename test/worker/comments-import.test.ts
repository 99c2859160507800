import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import type { KeptComments } from '../../src/comments/keep.ts'
import { type KeptComment, maxKeptComments } from '../../src/domain/kept-comment.ts'
import { hashOf } from '../../src/http/token.ts'
import { type CommentSite, openComments } from './comment-site.ts'
import { token } from './site.ts'

/** An id with this name. */
const idOf = (name: string): string => name.padEnd(22, '-')

const one = (name: string, more: Partial<KeptComment> = {}): KeptComment => ({
  ...{
    id: idOf(name),
    article: 'un',
    state: 'approved',
    name: `Nom de ${name}`,
    text: `Texte de *${name}*.`,
  },
  ...{ written: '2020-01-01T00:00:00.000Z', ...more },
})

async function open(more: Record<string, string> = {}): Promise<CommentSite> {
  const site = await openComments({
    COMMENTS: 'open',
    API_TOKENS: `tests:admin:${await hashOf(token)}`,
    ...more,
  })
  await site.put('un', { title: 'Le pont' })
  await site.put('deux', { title: 'Le marché' })
  site.wait(2000)
  return site
}

async function imported(site: CommentSite, comments: readonly object[]): Promise<KeptComments> {
  const response = await site.call('POST', '/api/comments/import', { comments })
  expect(response.status).toBe(200)
  expect(response.headers.get('Cache-Control')).toBe('no-store')
  return response.json()
}

const jsonOf = async (site: CommentSite, path: string) => (await site.get(path)).json()

const rowsOf = async () =>
  (await env.DB.prepare('SELECT * FROM comment ORDER BY number').all<Record<string, unknown>>()).results

describe('comments of another system', () => {
  test('are shown in their threads, with their names and dates, in whatever order they come', async () => {
    const site = await open()
    const thread = [
      one('a', { written: '2020-01-01T00:00:00Z' }),
      one('b', { parent: idOf('a'), written: '2020-01-02T00:00:00Z' }),
      one('c', { parent: idOf('b'), written: '2020-01-03T00:00:00Z', published: '2020-01-05T00:00:00Z' }),
      one('d', { written: '2020-01-04T00:00:00Z' }),
    ]
    expect(await imported(site, thread.toReversed())).toEqual({ kept: 4, unchanged: 0, refused: [] })
    const { threads, count } = (await jsonOf(site, '/articles/un/comments.json')) as {
      count: number
      threads: { id: string; replies: { id: string; parent: string }[] }[]
    }
    expect(count).toBe(4)
    expect(threads.map(({ id }) => id)).toEqual([idOf('d'), idOf('a')])
    expect(threads[1]?.replies).toMatchObject([
      { id: idOf('b'), parent: idOf('a') },
      { id: idOf('c'), parent: idOf('b') },
    ])
    const feed = (await jsonOf(site, '/articles/un/comments/feed.json')) as {
      items: { id: string; date_published: string; content_html: string }[]
    }
    expect(feed.items.map((item) => [item.id.slice(-22), item.date_published.slice(0, 10)])).toEqual([
      [idOf('c'), '2020-01-05'],
      [idOf('d'), '2020-01-04'],
      [idOf('b'), '2020-01-02'],
      [idOf('a'), '2020-01-01'],
    ])
    expect(feed.items[3]?.content_html).toBe('<p>Texte de <em>a</em>.</p>')
    expect(await rowsOf()).toMatchObject([
      { replies: 0 },
      { replies: 2 },
      { thread: 2 },
      { thread: 2, parent: 3 },
    ])
  })

  test('answer those that the site has, also in a later call', async () => {
    const site = await open()
    await imported(site, [one('a'), one('b', { parent: idOf('a') })])
    await (await site.send('un', {})).arrayBuffer()
    expect(
      await imported(site, [one('c', { parent: idOf('b') }), one('d', { parent: idOf('c') })]),
    ).toMatchObject({ kept: 2 })
    const rows = await rowsOf()
    expect(rows.map(({ id, parent, thread }) => [id, parent, thread]).filter(([, parent]) => parent)).toEqual(
      [
        [idOf('b'), 1, 1],
        [idOf('c'), 2, 1],
        [idOf('d'), 4, 1],
      ],
    )
  })

  test('change nothing if they come again, whatever they say then', async () => {
    const site = await open()
    const list = [one('a'), one('b', { parent: idOf('a'), state: 'pending', reasons: ['mode'] })]
    await imported(site, list)
    const before = await rowsOf()
    site.wait(60_000)
    const [heads] = [await site.get('/articles/un/comments/feed.atom')]
    const again = [...list.map((comment) => ({ ...comment, text: 'Autre.' })), one('a')]
    expect(await imported(site, again)).toEqual({ kept: 0, unchanged: 3, refused: [] })
    expect(await rowsOf()).toEqual(before)
    const tag = heads?.headers.get('ETag') ?? ''
    expect((await site.get('/articles/un/comments/feed.atom', { 'If-None-Match': tag })).status).toBe(304)
  })

  test('are hidden unless they are approved, and a deleted one keeps its place without texts', async () => {
    const site = await open()
    const states = ['pending', 'spam', 'deleted'] as const
    const list = states.map((state) => one(state, { state, email: 'kim@example.com' }))
    expect(await imported(site, [...list, one('a', { parent: idOf('deleted') })])).toMatchObject({ kept: 4 })
    const page = await (await site.get('/articles/un/comments')).text()
    for (const state of states) expect(page, state).not.toContain(`Nom de ${state}`)
    expect(page).toContain('Nom de a')
    expect((await rowsOf()).find(({ state }) => state === 'deleted')).toMatchObject({
      ...{ name: '', text: '', html: '', email: null, email_hash: null },
    })
    const { comments } = (await (await site.call('GET', '/api/comments?state=pending')).json()) as {
      comments: object[]
    }
    expect(comments).toMatchObject([
      { id: idOf('pending'), email: 'kim@example.com', written: '2020-01-01T00:00:00Z' },
    ])
  })

  test('that wait get the instant of their approval as their date, also if their replies were public before', async () => {
    const site = await open()
    const waiting = { state: 'pending', published: '2020-01-01T00:00:00Z' } as const
    await imported(site, [one('a', waiting), one('b', { parent: idOf('a') }), one('c', { state: 'spam' })])
    await imported(site, [one('d', { parent: idOf('c') })])
    site.wait(2000)
    const now = site.ports.clock()
    await site.ports.commenting.comments.decide([idOf('a'), idOf('c')], 'approved')
    const dated = (await rowsOf()).filter(({ published }) => published === now).map(({ name }) => name)
    expect(dated).toEqual(['Nom de a', 'Nom de c'])
    const feed = await (await site.get('/articles/un/comments/feed.json')).text()
    expect((JSON.parse(feed) as { items: { id: string }[] }).items.slice(0, 2).map(({ id }) => id)).toEqual([
      `urn:kiosque:comment:${idOf('c')}`,
      `urn:kiosque:comment:${idOf('a')}`,
    ])
    // What was public before keeps its date.
    site.wait(2000)
    await site.ports.commenting.comments.decide([idOf('a'), idOf('b')], 'spam')
    await site.ports.commenting.comments.decide([idOf('a'), idOf('b')], 'approved')
    const after = (await rowsOf()).map(({ published }) => published)
    expect(after).toEqual([now, Date.parse('2020-01-01T00:00:00Z'), now, Date.parse('2020-01-01T00:00:00Z')])
  })

  test('tell feed readers which ones ceased to be public, with another ETag', async () => {
    const site = await open()
    await imported(site, [one('a')])
    site.wait(2000)
    const tag = (await site.get('/articles/un/comments/feed.atom')).headers.get('ETag') ?? ''
    await imported(site, [one('b', { state: 'deleted', withdrawn: '2024-06-19T15:00:00Z' })])
    const answer = await site.get('/articles/un/comments/feed.atom', { 'If-None-Match': tag })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain(`ref="urn:kiosque:comment:${idOf('b')}"`)
  })

  test('that cannot be stored are named, and stop only those that answer them', async () => {
    const site = await open()
    await imported(site, [one('elsewhere', { article: 'deux' })])
    const done = await imported(site, [
      one('a'),
      one('b', { article: 'nulle-part' }),
      one('c', { parent: idOf('b') }),
      one('d', { parent: idOf('elsewhere') }),
      one('e', { parent: idOf('unknown') }),
      { ...one('f'), state: 'trash' },
      one('g', { parent: idOf('f') }),
      one('h', { parent: idOf('i') }),
      one('i', { parent: idOf('h') }),
      one('j', { parent: idOf('j') }),
      one('k', { text: '[](x)' }),
      null,
      one('l', { parent: idOf('a') }),
    ] as object[])
    expect(done).toMatchObject({ kept: 2, unchanged: 0 })
    expect(done.refused.map(({ at, id, field }) => [at, id?.replace(/-+$/, ''), field])).toEqual([
      [1, 'b', 'article'],
      [2, 'c', 'parent'],
      [3, 'd', 'parent'],
      [4, 'e', 'parent'],
      [5, 'f', 'state'],
      [6, 'g', 'parent'],
      [7, 'h', 'parent'],
      [8, 'i', 'parent'],
      [9, 'j', 'parent'],
      [10, 'k', 'text'],
      [11, undefined, 'comment'],
    ])
  })

  test('on an article that is not public stay hidden until it is', async () => {
    const site = await open()
    await site.put('trois', { title: 'Plus tard', status: 'draft' })
    expect(await imported(site, [one('a', { article: 'trois' })])).toMatchObject({
      refused: [{ field: 'article' }],
    })
    await site.put('trois', { title: 'Plus tard', status: 'published' })
    await site.call('DELETE', '/api/articles/trois')
    await imported(site, [one('a', { article: 'trois' })])
    expect((await site.get('/articles/trois/comments')).status).toBe(410)
    const all = () => jsonOf(site, '/comments/feed.json') as Promise<{ items: object[] }>
    expect((await all()).items).toEqual([])
    site.wait(60_000)
    await site.put('trois', { title: 'Plus tard', status: 'published' })
    expect(await (await site.get('/articles/trois/comments')).text()).toContain('Nom de a')
    expect((await all()).items).toHaveLength(1)
  })

  test('have no markup of their own', async () => {
    const site = await open()
    const text =
      '<script>alert(1)</script> <img src=x onerror=y> [lien](javascript:x) [page](https://example.com/)'
    await imported(site, [one('a', { text, name: '<b>Kim</b>' })])
    const [{ html } = {}] = await rowsOf()
    expect(html).not.toMatch(/<script|<img|javascript:/)
    expect(html).toContain('<a href="https://example.com/" rel="nofollow ugc noopener">page</a>')
    expect(await (await site.get('/articles/un/comments')).text()).not.toContain('<b>Kim')
  })

  test('of the largest number and size are stored in one call', async () => {
    const site = await open()
    const list = Array.from({ length: maxKeptComments }, (_, at) =>
      one(`n${at}`, { text: '&'.repeat(19_000), ...(at > 0 && { parent: idOf(`n${at - 1}`) }) }),
    )
    expect(await imported(site, list)).toEqual({ kept: maxKeptComments, unchanged: 0, refused: [] })
    const rows = await rowsOf()
    expect(rows[0]).toMatchObject({ replies: maxKeptComments - 1 })
    expect(
      rows.slice(1).every(({ thread, parent, number }) => thread === 1 && parent === Number(number) - 1),
    ).toBe(true)
  })

  test('that two calls bring at the same time are stored once', async () => {
    const site = await open()
    const list = [one('a'), one('b', { parent: idOf('a') }), one('c', { parent: idOf('b') })]
    const others = [one('d'), ...list.toReversed(), one('e', { parent: idOf('c') })]
    const done = await Promise.all([list, others, list].map((comments) => imported(site, comments)))
    expect(done.reduce((sum, { kept }) => sum + kept, 0)).toBe(5)
    const rows = await rowsOf()
    const numberOf = (name: string) => rows.find(({ id }) => id === idOf(name))?.number
    for (const [name, parent] of ['ba', 'cb', 'ec'])
      expect(
        rows.find(({ id }) => id === idOf(name ?? '')),
        name,
      ).toMatchObject({
        ...{ parent: numberOf(parent ?? ''), thread: numberOf('a') },
      })
  })

  const wrong: [what: string, body: unknown, status: number][] = [
    ['nothing', null, 422],
    ['no list', { comments: 'a' }, 422],
    ['too many', { comments: Array.from({ length: maxKeptComments + 1 }, () => one('a')) }, 422],
    ['no JSON', '{', 400],
  ]
  test.for(wrong)('%s is refused', async ([, body, status]) => {
    const site = await open()
    expect((await site.call('POST', '/api/comments/import', body)).status).toBe(status)
  })

  test('need a token that administers', async () => {
    const site = await open({ API_TOKENS: `tests:moderate:${await hashOf(token)}` })
    expect((await site.call('POST', '/api/comments/import', { comments: [] })).status).toBe(403)
  })
})
