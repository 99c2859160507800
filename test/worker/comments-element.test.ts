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

  test('the page of an article names the feeds of its comments after all others, if readers may comment and rights allow feeds', async () => {
    const site = await openComments({ COMMENTS: 'off' })
    await site.put('un', { title: 'Le pont', comments: 'open' })
    await site.put('deux', { title: 'Le pont' })
    await site.put('trois', { title: 'Le pont', comments: 'open', rights: { syndicate: 'none' } })
    const feedsOf = async (slug: string) => {
      const page = await (await site.get(`/articles/${slug}`, { Accept: 'text/html' })).text()
      return [
        ...page.matchAll(
          /<link rel="alternate"[^>]*title="([^"]*)" href="https:\/\/kiosque.example([^"]*)"/g,
        ),
      ].map(([, title, path]) => [title, path])
    }
    const feeds = await feedsOf('un')
    expect(feeds.slice(-3)).toEqual([
      ['Commentaires\u00a0: Le pont (RSS)', '/articles/un/comments/feed.rss'],
      ['Commentaires\u00a0: Le pont (Atom)', '/articles/un/comments/feed.atom'],
      ['Commentaires\u00a0: Le pont (JSON Feed)', '/articles/un/comments/feed.json'],
    ])
    expect(feeds.find(([, path]) => path?.includes('feed.'))).toEqual(['Kiosque (RSS)', '/feed.rss'])
    for (const slug of ['deux', 'trois'])
      expect(
        (await feedsOf(slug)).filter(([, path]) => path?.includes('comments')),
        slug,
      ).toEqual([])
  })

  test('a person who opens a feed of comments in a browser reads of comments', async () => {
    const site = await openComments({ COMMENTS: 'open' })
    await site.put('un')
    for (const path of ['/articles/un/comments/feed.rss', '/comments/feed.atom']) {
      const page = await (await site.get(path, { 'Sec-Fetch-Dest': 'document' })).text()
      expect(page, path).toContain('Commentaires récents')
      expect(page, path).toContain('Aucun commentaire pour le moment.')
      expect(page, path).not.toContain('chaque article')
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

describe('what the element asks for', () => {
  test('threads in each of the orders of the page, each with its own entity-tag; no other order', async () => {
    const site = await openComments({ COMMENTS: 'open' })
    await site.put('un')
    for (const text of ['Première.', 'Dernière.']) {
      expect((await site.send('un', { text })).status, text).toBe(200)
      site.wait(2000)
    }
    const textsIn = async (search: string) => {
      const response = await site.get(`/articles/un/comments.json${search}`)
      const { threads } = (await response.json()) as { threads: { html: string }[] }
      return [response.headers.get('ETag'), ...threads.map(({ html }) => html)]
    }
    const [newest, oldest] = [await textsIn(''), await textsIn('?order=oldest')]
    expect(newest.slice(1)).toEqual(['<p>Dernière.</p>', '<p>Première.</p>'])
    expect(oldest.slice(1)).toEqual(['<p>Première.</p>', '<p>Dernière.</p>'])
    expect(oldest[0]).not.toBe(newest[0])
    expect((await site.get('/articles/un/comments.json?order=best')).status).toBe(400)
  })

  const languages: [search: string, send: string][] = [
    ['', 'Envoyer'],
    ['?lang=de-AT', 'Senden'],
    ['?lang=en', 'Send'],
    ['?lang=', 'Envoyer'],
    ['?lang=pt', 'Send'],
  ]
  test.for(languages)('the texts of the form, with the query %s', async ([search, send]) => {
    const site = await openComments()
    await site.put('un')
    const response = await site.get(`/articles/un/comments/new${search}`, { Accept: 'application/json' })
    const blank = await response.json()
    expect(blank).toMatchObject({ words: { send, wrong: { name: expect.any(String) } } })
    expect(blank, 'a site that sends no mail').not.toHaveProperty('notify')
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
    const act = (action: string, header: string, more: Record<string, string> = {}) =>
      site.call(
        'POST',
        `/comments/${id}/edit`,
        new URLSearchParams({ action, text: 'Autre.', ...more }).toString(),
        { ...form, 'Comment-Token': header },
      )
    expect((await act('save', 'x')).status).toBe(404)
    const opened = await act('open', token)
    expect([opened.headers.get('Content-Type'), await opened.json()]).toEqual([
      'application/json',
      { id, state: 'approved', text: 'Bonjour.' },
    ])
    const saved = await act('save', token)
    expect([saved.status, saved.headers.get('Cache-Control'), await saved.json()]).toEqual([
      ...[200, 'no-store'],
      {
        ...{ id, state: 'approved' },
        message:
          'Le commentaire est modifié. Le nouveau texte paraîtra sur la page dans moins de deux minutes.',
      },
    ])
    const wrong = await act('save', token, { text: ' ' })
    expect([wrong.status, wrong.headers.get('Content-Type')]).toEqual([422, 'application/problem+json'])
    expect(await wrong.json()).toMatchObject({ issues: [{ field: 'text', reason: 'must not be blank' }] })
    const deleted = await act('delete', token, { lang: 'en' })
    expect([deleted.status, await deleted.json()]).toEqual([
      200,
      {
        ...{ id, state: 'deleted' },
        message:
          'The comment is deleted. Pages that were stored before may show it for another half a minute.',
      },
    ])
    const over = await act('save', token)
    expect([over.status, over.headers.get('Content-Type')]).toEqual([404, 'application/problem+json'])
  })
})
