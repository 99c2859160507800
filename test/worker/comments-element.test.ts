import { describe, expect, test } from 'vitest'
import { openComments } from './comment-site.ts'

const script = '/e/comments/v1.js'
const named = 'https://journal.example'
const form = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' }

describe('the element of comments', () => {
  test('is a script that other websites may load', async () => {
    const site = await openComments()
    const response = await site.get(script)
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8')
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
    const etag = response.headers.get('ETag') ?? ''
    expect((await site.get(script, { 'If-None-Match': etag })).status).toBe(304)
  })

  test('is an unknown address on a site without comments', async () => {
    const site = await openComments({ COMMENTS: '' })
    expect((await site.get(script)).status).toBe(404)
  })

  test('stands on the pages of articles on which readers may comment, whose policy allows its requests', async () => {
    const site = await openComments({ COMMENTS: 'off' })
    await site.put('un', { comments: 'open' })
    await site.put('deux')
    for (const [slug, has] of [
      ['un', true],
      ['deux', false],
    ] as const) {
      const response = await site.get(`/articles/${slug}`, { Accept: 'text/html' })
      const policy = response.headers.get('Content-Security-Policy') ?? ''
      expect(policy.includes("connect-src 'self'"), slug).toBe(has)
      expect((await response.text()).includes(`<kiosque-comments article="${slug}">`), slug).toBe(has)
    }
  })

  test('the page of an article has the same bytes before and after a comment', async () => {
    const site = await openComments({ COMMENTS: 'open' })
    await site.put('un')
    const page = async () => (await site.get('/articles/un')).text()
    const before = await page()
    expect((await site.send('un', {})).status).toBe(200)
    expect(await page()).toBe(before)
  })
})

describe('the token of a comment in a header', () => {
  const cases: [what: string, origin: string, allows: string | null][] = [
    ['a website that the setting names', named, named],
    ['another website', 'https://other.example', null],
  ]
  test.for(cases)('a preflight from %s', async ([, origin, allows]) => {
    const site = await openComments({ COMMENT_ORIGINS: named })
    const response = await site.call('OPTIONS', '/comments/x/edit', undefined, {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'comment-token',
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(allows)
    expect(response.headers.get('Access-Control-Allow-Headers')).toBe('Comment-Token')
  })

  test('changes and deletes the comment; a wrong one does not', async () => {
    const site = await openComments({ COMMENTS: 'open' })
    await site.put('un')
    const sent = await site.send('un', {}, form)
    const { id, token } = (await sent.json()) as { id: string; token: string }
    const act = (action: string, header: string) =>
      site.call('POST', `/comments/${id}/edit`, new URLSearchParams({ action, text: 'Autre.' }).toString(), {
        ...form,
        'Comment-Token': header,
      })
    expect((await act('save', 'x')).status).toBe(404)
    const saved = await act('save', token)
    expect([saved.status, saved.headers.get('Comment-State')]).toEqual([200, 'approved'])
    expect((await act('delete', token)).status).toBe(200)
    expect((await act('save', token)).status).toBe(404)
  })
})
