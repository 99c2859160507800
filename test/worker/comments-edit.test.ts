import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { versionOf } from '../../src/domain/comment-version.ts'
import { type CommentSite, openComments, stateIn } from './comment-site.ts'
import { emptyDatabase, prepareDatabase } from './database.ts'

interface Own {
  id: string
  token: string
}

/** A site with an article, and a comment on it with the token that its author got. */
async function open(
  settings: Record<string, string> = { COMMENTS: 'open' },
): Promise<CommentSite & { own: Own }> {
  const site = await openComments(settings)
  await site.put('un', { title: 'Le pont' })
  const answer = await site.send('un', { text: 'Avant.' }, { Accept: 'application/json' })
  expect(answer.status).toBe(201)
  return { ...site, own: await answer.json() }
}

/** Sends a form about one's own comment, as a browser does. */
const act = (
  site: CommentSite,
  { id, token }: Own,
  form: Record<string, string>,
  headers: Record<string, string> = {},
) =>
  site.call('POST', `/comments/${id}/edit`, new URLSearchParams({ token, ...form }).toString(), {
    'Content-Type': 'application/x-www-form-urlencoded',
    Accept: 'text/html',
    Origin: 'https://kiosque.example',
    ...headers,
  })

const row = async () =>
  (await env.DB.prepare('SELECT state, text, html, edited FROM comment').first<Record<string, unknown>>()) ??
  {}

describe('the author of a comment', () => {
  test('opens, changes and deletes it with the token of the answer, which is stored as a hash', async () => {
    const site = await open()
    const stored = JSON.stringify(await env.DB.prepare('SELECT * FROM comment').first())
    expect(stored).not.toContain(site.own.token)
    const form = await act(site, site.own, { action: 'open' })
    expect([form.status, form.headers.get('Cache-Control')]).toEqual([200, 'no-store'])
    expect(await form.text()).toContain('Avant.')
    const saved = await act(site, site.own, { action: 'save', text: '*Après*.' })
    expect(await stateIn(saved)).toBe('approved')
    expect(await row()).toMatchObject({
      state: 'approved',
      text: '*Après*.',
      html: '<p><em>Après</em>.</p>',
      edited: site.ports.clock(),
    })
    expect((await act(site, site.own, { action: 'delete' })).status).toBe(200)
    expect(await row()).toMatchObject({ state: 'deleted', text: '', html: '' })
    for (const action of ['open', 'save', 'delete'])
      expect((await act(site, site.own, { action, text: 'x' })).status, action).toBe(404)
  })

  test('gets a page with the two buttons, and no address with the token', async () => {
    const site = await openComments({ COMMENTS: 'open' })
    await site.put('un', {})
    const page = await (await site.send('un', {})).text()
    const [, token = ''] = /name="token" value="([\w-]{43})"/.exec(page) ?? []
    expect(token).not.toBe('')
    expect(page).toContain('Modifier')
    expect(page).toContain('Supprimer')
    expect(page.match(/(?:href|action)="[^"]*"/g)?.filter((one) => one.includes(token))).toEqual([])
  })

  test('changes what feeds and pages show, with new validators and the date of the change', async () => {
    const site = await open()
    site.wait(2000)
    const paths = [
      '/articles/un/comments',
      '/articles/un/comments.json',
      '/articles/un/comments/feed.json',
      '/comments/feed.atom',
    ]
    const before = await Promise.all(
      paths.map(async (path) => (await site.get(path)).headers.get('ETag') ?? ''),
    )
    await act(site, site.own, { action: 'save', text: 'Après.' })
    const edited = new Date(site.ports.clock()).toISOString().slice(0, 19)
    site.wait(2000)
    for (const [at, path] of paths.entries()) {
      const response = await site.get(path, { 'If-None-Match': before[at] ?? '' })
      const text = await response.text()
      expect([response.status, text.includes('Après.'), text.includes('Avant.')], path).toEqual([
        200,
        true,
        false,
      ])
      if (at > 0) expect(text, path).toContain(edited)
    }
  })

  const held: [what: string, settings: Record<string, string>, text: string, state: string][] = [
    ['links', { COMMENTS: 'open' }, 'https://a.example https://b.example https://c.example', 'pending'],
    ['a text that no rule holds', { COMMENTS: 'open' }, 'Après.', 'approved'],
    ['any text where all are held', { COMMENTS: 'all-held' }, 'Après.', 'pending'],
    ['any text where the first is held', { COMMENTS: 'first-held' }, 'Après.', 'pending'],
  ]
  test.for(held)('of a public comment: %s', async ([, settings, text, state]) => {
    const site = await open(settings)
    await site.ports.commenting.comments.decide([site.own.id], 'approved')
    expect(await stateIn(await act(site, site.own, { action: 'save', text }))).toBe(state)
    expect(await row()).toMatchObject({ state, text })
    const page = await (await site.get('/articles/un/comments')).text()
    expect(page.includes(text.split(' ')[0] ?? '')).toBe(state === 'approved')
  })

  test('who is banned, repeats a text, or writes where Akismet is asked has each change wait', async () => {
    const long = 'Un texte assez long pour que sa répétition se voie.'
    const ways: [what: string, prepare: (site: CommentSite & { own: Own }) => unknown, text: string][] = [
      ['banned', (site) => site.ports.commenting.comments.ban([site.own.id], 'network', true), 'Après.'],
      ['repeated', (site) => site.send('un', { text: long }), long.toUpperCase()],
      ['akismet', ({ ports }) => (ports.commenting.isSpam = async () => 'passed'), 'Après.'],
    ]
    for (const [what, prepare, text] of ways) {
      await emptyDatabase()
      await prepareDatabase()
      const site = await open()
      await prepare(site)
      expect(await stateIn(await act(site, site.own, { action: 'save', text })), what).toBe('pending')
    }
  })

  test('has a changed text found as a repetition', async () => {
    const site = await open()
    const long = 'Un texte assez long pour que sa répétition se voie.'
    await act(site, site.own, { action: 'save', text: long })
    expect(await stateIn(await act(site, site.own, { action: 'save', text: long })), 'his own').toBe(
      'approved',
    )
    expect(await stateIn(await site.send('un', { text: long }))).toBe('pending')
  })

  test('keeps the reports of the comment that he changes', async () => {
    const site = await open()
    const { comments } = site.ports.commenting
    await comments.report(site.own.id, { reason: 'illegal', text: '', form: 'one' })
    await act(site, site.own, {
      action: 'save',
      text: 'https://a.example https://b.example https://c.example',
    })
    expect((await comments.list('reported', 0)).comments).toMatchObject([{ state: 'pending', reports: 1 }])
  })

  describe('gets nothing published that the moderator has not read:', () => {
    test('an approval means the version of the list', async () => {
      const site = await open({ COMMENTS: 'all-held' })
      const { comments } = site.ports.commenting
      const versions = async () => (await comments.list('pending', 0)).comments.map(versionOf)
      const seen = await versions()
      await act(site, site.own, { action: 'save', text: 'Autre.' })
      expect(await comments.decide(seen, 'approved')).toMatchObject({ comments: [{ state: 'pending' }] })
      const again = await versions()
      site.wait(1)
      await act(site, site.own, { action: 'save', text: 'Encore autre.' })
      expect(await comments.decide(again, 'approved')).toMatchObject({ comments: [{ state: 'pending' }] })
      expect(await comments.decide(await versions(), 'approved')).toMatchObject({
        comments: [{ id: site.own.id, state: 'approved' }],
      })
      expect(await row()).toMatchObject({ text: 'Encore autre.', state: 'approved' })
    })

    const meanwhile: [state: 'approved' | 'spam', before: 'approved' | 'pending', after: object][] = [
      ['approved', 'pending', { state: 'pending', text: 'Après.' }],
      ['spam', 'pending', { state: 'spam', text: 'Avant.' }],
      ['spam', 'approved', { state: 'spam', text: 'Avant.' }],
    ]
    test.for(meanwhile)(
      'a moderator decides %s while the author changes a comment that was %s',
      async ([state, before, after]) => {
        const site = await open({ COMMENTS: 'all-held' })
        const { comments } = site.ports.commenting
        if (before === 'approved') await comments.decide([site.own.id], 'approved')
        // The first read is that of the route, the second one that of the change.
        let reads = 0
        site.ports.commenting.comments = {
          ...comments,
          own: async (...given) => {
            const own = await comments.own(...given)
            if (++reads === 2) await comments.decide([site.own.id], state)
            return own
          },
        }
        await (await act(site, site.own, { action: 'save', text: 'Après.' })).text()
        expect(await row()).toMatchObject(after)
      },
    )
  })

  const wrong: [what: string, text: string, says: string][] = [
    ['no text', ' ', 'Écrivez un texte.'],
    ['a long text', 'a'.repeat(4001), 'Le texte est trop long'],
    ['a text that shows nothing', '![](https://a.example/x.png)', 'Écrivez un texte.'],
  ]
  test.for(wrong)('is told that %s is wrong', async ([, text, says]) => {
    const site = await open()
    const response = await act(site, site.own, { action: 'save', text })
    expect([response.status, (await response.text()).includes(says)]).toEqual([422, true])
    expect(await row()).toMatchObject({ text: 'Avant.' })
  })

  const refused: [what: string, change: (site: CommentSite & { own: Own }) => unknown, own?: Partial<Own>][] =
    [
      ['ten minutes are over', (site) => site.wait(600_000)],
      ['a moderator has hidden it', (site) => site.ports.commenting.comments.decide([site.own.id], 'spam')],
      ['the token is wrong', () => {}, { token: 'x' }],
      ['there is no token', () => {}, { token: '' }],
      ['the comment is another one', () => {}, { id: 'nowhere' }],
    ]
  test.for(refused)('cannot change it if %s', async ([, change, own]) => {
    const site = await open()
    await change(site)
    for (const action of ['open', 'save', 'delete']) {
      const response = await act(site, { ...site.own, ...own }, { action, text: 'Après.' })
      const page = await response.text()
      const shown = ['Avant.', 'Après.'].map((text) => page.includes(text))
      // The text that was to be saved is shown for copying.
      expect([response.status, ...shown], action).toEqual([404, false, action === 'save'])
    }
    expect(await row()).toMatchObject({ text: 'Avant.' })
  })

  const hidden: [what: string, hide: (site: CommentSite) => unknown][] = [
    ['was withdrawn', (site) => site.call('DELETE', '/api/articles/un')],
    ['has no comments any more', (site) => site.put('un', { title: 'Le pont', comments: 'off' })],
    ['is a draft again', (site) => site.put('un', { title: 'Le pont', status: 'draft' })],
  ]
  test.for(hidden)(
    'can change it if the article %s: it waits, also when the article is back, and learns nothing of it',
    async ([, hide]) => {
      const site = await open()
      await hide(site)
      const opened = await (await act(site, site.own, { action: 'open' })).text()
      expect([opened.includes('Avant.'), opened.includes('Le pont')]).toEqual([true, false])
      const saved = await act(site, site.own, { action: 'save', text: 'Après.' })
      const page = await saved.text()
      expect([saved.status, /articles\/un|Le pont/.test(page)]).toEqual([200, false])
      expect(page).toContain('La rédaction lit le nouveau texte')
      expect(await row()).toMatchObject({ state: 'pending', text: 'Après.' })
      await site.put('un', { title: 'Le pont' })
      expect(await (await site.get('/articles/un/comments')).text()).not.toContain('Après.')
    },
  )

  test.for(hidden)('can delete it if the article %s, and learns nothing of it', async ([, hide]) => {
    const site = await open()
    await hide(site)
    const deleted = await act(site, site.own, { action: 'delete' })
    expect([deleted.status, /Le pont|Avant/.test(await deleted.text())]).toEqual([200, false])
    expect(await row()).toMatchObject({ state: 'deleted', text: '' })
  })

  test('is asked by no other site, and may not ask too often', async () => {
    const site = await open()
    expect((await act(site, site.own, { action: 'delete' }, { Origin: 'https://evil.example' })).status).toBe(
      422,
    )
    expect((await act(site, site.own, { action: 'burn' })).status).toBe(422)
    expect((await site.get(`/comments/${site.own.id}/edit`)).status).toBe(405)
    site.ports.commenting.mayAsk = async () => false
    expect((await act(site, site.own, { action: 'delete' })).status).toBe(429)
    const saved = await act(site, site.own, { action: 'save', text: 'Mon <texte>' })
    expect([saved.status, (await saved.text()).includes('Mon &lt;texte&gt;')]).toEqual([429, true])
    const told = await act(site, site.own, { action: 'save', text: 'a' }, { Accept: 'application/json' })
    expect([told.status, told.headers.get('Content-Type')]).toEqual([429, 'application/problem+json'])
    expect(await row()).toMatchObject({ state: 'approved' })
  })
})
