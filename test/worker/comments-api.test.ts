import { describe, expect, test } from 'vitest'
import { hashOf } from '../../src/http/token.ts'
import { type CommentSite, openComments } from './comment-site.ts'
import { token } from './site.ts'

interface Listed {
  comments: { id: string; state: string; reasons: string[]; text: string }[]
  next?: string
}

const tokens = async (scope: string) => ({ API_TOKENS: `tests:${scope}:${await hashOf(token)}` })

/** A site whose token moderates. The article is saved by a site with another token. */
async function open(settings: Record<string, string> = {}): Promise<CommentSite> {
  const newsroom = await openComments()
  await newsroom.put('un', { title: 'Le pont' })
  return openComments({ ...(await tokens('moderate')), ...settings })
}

const list = async (site: CommentSite, search = ''): Promise<Listed> =>
  (await site.call('GET', `/api/comments${search}`)).json()

const decide = async (site: CommentSite, ids: readonly string[], state: string) =>
  site.call('POST', '/api/comments', { ids, state })

describe('moderators', () => {
  test('see what waits, and why', async () => {
    const site = await open()
    await site.send('un', { name: 'Kim', email: 'kim@example.com', text: '**Oui**' })
    const now = new Date(site.ports.clock()).toISOString().replace(/\.\d+/, '')
    const { comments } = await list(site)
    expect(comments).toEqual([
      {
        ...{ id: expect.stringMatching(/^[\w-]{22}$/), state: 'pending', reasons: ['mode'] },
        ...{ name: 'Kim', email: 'kim@example.com', text: '**Oui**', title: 'Le pont' },
        written: now,
        url: `https://kiosque.example/articles/un/comments?comment=${comments[0]?.id}`,
      },
    ])
    expect((await list(site, '?state=approved')).comments).toEqual([])
  })

  test('decide, and see the comment in its new state', async () => {
    const site = await open()
    await site.send('un', {})
    const [{ id } = { id: '' }] = (await list(site)).comments
    for (const state of ['approved', 'spam', 'pending', 'approved', 'deleted']) {
      const decided = await decide(site, [id, 'nowhere'], state)
      expect(decided.headers.get('Cache-Control'), state).toBe('no-store')
      expect(await decided.json(), state).toEqual({ comments: [{ id, state }] })
      expect((await list(site, `?state=${state}`)).comments, state).toMatchObject([{ id, state }])
    }
    expect(await (await decide(site, [id], 'approved')).json()).toEqual({
      comments: [{ id, state: 'deleted', unchanged: true }],
    })
    expect((await list(site, '?state=deleted')).comments).toMatchObject([{ text: '', name: '' }])
  })

  test('follow `next` through all that wait', async () => {
    const site = await open()
    const { comments } = site.ports.commenting
    for (let at = 0; at < 60; at++) {
      const draft = {
        path: 'articles/un/comments',
        reasons: ['mode'],
        name: 'Kim',
        text: 'x',
        html: '<p>x</p>',
        network: 'n',
        editHash: 'h',
        editUntil: 0,
      } as const
      await comments.add({ ...draft, id: `c${at}`, form: `f${at}`, state: 'pending' })
    }
    const first = await list(site)
    expect(first.comments).toHaveLength(50)
    const rest = (await (await site.call('GET', first.next ?? '')).json()) as Listed
    expect(rest.comments.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, at) => `c${at + 50}`))
    expect(rest.next).toBeUndefined()
  })

  test('have the edge’s copies purged only if a comment is not public any more', async () => {
    const site = await open()
    await site.send('un', {})
    const [{ id } = { id: '' }] = (await list(site)).comments
    let taken = 0
    site.ports.publishing.takeUp = () => void taken++
    await decide(site, [id], 'approved')
    expect(taken).toBe(0)
    await decide(site, [id], 'spam')
    expect(taken).toBe(1)
  })

  const wrong: [what: string, body: unknown, says: string][] = [
    ['no ids', { state: 'spam' }, 'ids: must be'],
    ['ids that are no list', { ids: 'a', state: 'spam' }, 'ids: must be'],
    ['too many ids', { ids: Array.from({ length: 51 }, (_, at) => `c${at}`), state: 'spam' }, 'ids: must be'],
    ['an id that is none', { ids: ['<a>'], state: 'spam' }, 'ids: must be'],
    ['no state', { ids: [] }, 'state: must be'],
    ['a state that is none', { ids: [], state: 'hidden' }, 'state: must be'],
    ['nothing', null, 'ids: must be'],
  ]
  test.for(wrong)('are told what is wrong: %s', async ([, body, says]) => {
    const site = await open()
    const response = await site.call('POST', '/api/comments', body)
    expect(response.status).toBe(422)
    expect(await response.text()).toContain(says)
  })

  test.for(['?state=hidden', '?after=x', '?after=-1'])('are told that %s is no query', async (search) => {
    expect((await (await open()).call('GET', `/api/comments${search}`)).status).toBe(400)
  })

  test.for([
    ['read', 403],
    ['publish', 403],
    ['moderate', 200],
    ['admin', 200],
  ] as const)('need a token that allows it: %s', async ([scope, status]) => {
    const site = await open(await tokens(scope))
    expect((await site.call('GET', '/api/comments')).status).toBe(status)
    expect((await decide(site, [], 'spam')).status).toBe(status)
  })

  test('need a token', async () => {
    expect((await (await open()).get('/api/comments')).status).toBe(401)
  })
})

describe('bans', () => {
  const ban = (site: CommentSite, body: object) => site.call('POST', '/api/comments/bans', body)

  test('by an address hold further comments with it, in whatever letter case, from wherever', async () => {
    const site = await open({ COMMENTS: 'open' })
    await (await site.send('un', { email: 'kim@example.com' })).arrayBuffer()
    const [{ id } = { id: '' }] = (await list(site, '?state=approved')).comments
    const answer = await ban(site, { ids: [id] })
    expect([answer.status, await answer.json()]).toEqual([200, { ids: [id] }])
    await (await site.send('un', { email: 'KIM@example.com' })).arrayBuffer()
    await (await site.send('un', { email: 'sam@example.com' })).arrayBuffer()
    expect((await list(site)).comments).toMatchObject([{ reasons: ['banned'] }])
    // The version of a comment means the comment.
    const ended = await ban(site, { ids: [`${id}~lxm0rgr4`], banned: false })
    expect(await ended.json()).toEqual({ ids: [id] })
    await (await site.send('un', { email: 'kim@example.com' })).arrayBuffer()
    expect((await list(site)).comments).toHaveLength(1)
  })

  test('by the network hold further comments of the day, and name the comments that tell nothing', async () => {
    const site = await open({ COMMENTS: 'open' })
    const from = { 'CF-Connecting-IP': '192.0.2.1' }
    await (await site.send('un', {}, from)).arrayBuffer()
    const [{ id } = { id: '' }] = (await list(site, '?state=approved')).comments
    expect(await (await ban(site, { ids: [id], by: 'email' })).json()).toEqual({ ids: [] })
    expect(await (await ban(site, { ids: [id], by: 'network' })).json()).toEqual({ ids: [id] })
    await (await site.send('un', {}, from)).arrayBuffer()
    expect((await list(site)).comments).toMatchObject([{ reasons: ['banned'] }])
    site.wait(24 * 3_600_000)
    await (await site.send('un', {}, from)).arrayBuffer()
    expect((await list(site)).comments).toHaveLength(1)
  })

  test.for([
    [{ ids: 'a' }, 'ids'],
    [{ ids: [], by: 'name' }, 'by'],
    [{ ids: [], banned: 'yes' }, 'banned'],
  ] as const)('%j is refused', async ([body, field]) => {
    const response = await ban(await open(), body)
    expect(response.status).toBe(422)
    expect(await response.text()).toContain(field)
  })

  test('need a token that moderates', async () => {
    const site = await open({ API_TOKENS: (await tokens('publish')).API_TOKENS })
    expect((await ban(site, { ids: [] })).status).toBe(403)
  })
})
