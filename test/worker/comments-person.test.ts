import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { eraseAllAgain } from '../../src/cli/erased-file.ts'
import { remoteSubscriptions } from '../../src/cli/subscriptions.ts'
import { erasedMark, type PersonPage } from '../../src/domain/commenter.ts'
import { hashOf } from '../../src/http/token.ts'
import { addressHash, commenterHash } from '../../src/notify/token.ts'
import { type CommentSite, commentOn, openComments } from './comment-site.ts'
import { keepRows } from './database.ts'
import { mailSettings, token } from './site.ts'

const kim = 'kim@example.com'
const { SUBSCRIPTION_SECRET: secret } = mailSettings

async function open(more: Record<string, string> = {}): Promise<CommentSite> {
  const site = await openComments({
    ...{ COMMENTS: 'open', API_TOKENS: `desk:admin:${await hashOf(token)}` },
    ...more,
  })
  await site.put('un', { title: 'Le pont' })
  site.wait(2000)
  return site
}

async function write(site: CommentSite, text: string, email = '', more: Record<string, string> = {}) {
  await (await site.send('un', { text, email, ...more })).arrayBuffer()
  return (await env.DB.prepare('SELECT id FROM comment WHERE text = ?1').bind(text).first<string>('id')) ?? ''
}

async function report(site: CommentSite, id: string, email: string, text: string) {
  const page = await (await site.get(`/comments/${id}/report`, { Accept: 'text/html' })).text()
  const form = /name="form" value="([^"]*)"/.exec(page)?.[1] ?? ''
  const body = new URLSearchParams({ reason: 'illegal', form, email, text }).toString()
  const answer = await site.call('POST', `/comments/${id}/report`, body, {
    'Content-Type': 'application/x-www-form-urlencoded',
    ...{ Accept: 'text/html', Origin: 'https://kiosque.example' },
  })
  expect(answer.status).toBe(200)
}

const person = async (site: CommentSite, body: object): Promise<PersonPage> => {
  const answer = await site.call('POST', '/api/comments/person', body)
  expect([answer.status, answer.headers.get('Cache-Control')]).toEqual([200, 'no-store'])
  return answer.json()
}

const erase = async (site: CommentSite, address: string) =>
  (await site.call('DELETE', '/api/comments/person', { address })).json()

const textsIn = async () => {
  const { results } = await env.DB.prepare(
    "SELECT text FROM comment WHERE state <> 'deleted' ORDER BY number",
  ).all<{
    text: string
  }>()
  return results.map(({ text }) => text)
}

/** All values of the tables of comments, as one text. */
async function allOf(): Promise<string> {
  const rows = await env.DB.batch(
    ['comment', 'comment_event'].map((table) => env.DB.prepare(`SELECT * FROM ${table}`)),
  )
  return JSON.stringify(rows.map(({ results }) => results))
}

/** What `npx kiosque restored` does with the list of erased addresses. */
const restoredWith = (site: CommentSite) =>
  eraseAllAgain(
    remoteSubscriptions((method, path, body) => site.call(method, path, body)),
    '/no such folder/erased.ndjson',
  )

describe('a person', () => {
  test('gets what is stored: comments in every state but deleted, former texts, and reports', async () => {
    const site = await open()
    const first = await write(site, 'Un.', kim)
    await write(site, 'D’une autre.', 'sam@example.com')
    const held = await write(site, 'Deux.', 'KIM@example.com', { website: 'x' })
    const gone = await write(site, 'Trois.', kim)
    await site.call('POST', '/api/comments', { ids: [gone], state: 'deleted' })
    await env.DB.prepare(
      "INSERT INTO comment_event (comment, at, kind, text) SELECT number, 1, 'edited', 'Avant.' FROM comment WHERE id = ?1",
    )
      .bind(first)
      .run()
    await report(site, first, kim, 'C’est faux.')
    const found = await person(site, { address: ' Kim@Example.com ' })
    expect(found).toMatchObject({
      comments: [
        { ...{ id: first, article: 'un', state: 'approved', text: 'Un.', email: kim }, former: ['Avant.'] },
        { id: held, state: 'pending', reasons: ['trap'], email: 'KIM@example.com', former: [] },
      ],
      reports: [{ comment: first, reason: 'illegal', text: 'C’est faux.' }],
    })
    expect(JSON.stringify(found)).not.toContain('sam')
    expect(await person(site, { address: 'nobody@example.com' })).toEqual({ comments: [], reports: [] })
  })

  test('with many comments gets them on pages', async () => {
    const site = await open()
    const { comments } = site.ports.commenting
    const emailHash = await commenterHash(secret, kim)
    for (let at = 0; at < 60; at++)
      await comments.add({ ...commentOn('un', `c${at}`.padEnd(22, '-')), email: kim, emailHash })
    const first = await person(site, { address: kim })
    const rest = await person(site, { address: kim, after: first.next })
    expect([first.comments.length, rest.comments.length, rest.next]).toEqual([50, 10, undefined])
    const steps = [await erase(site, kim), await erase(site, kim)]
    expect(steps).toEqual([
      { comments: 50, reports: 0, isMore: true },
      { comments: 10, reports: 0, isMore: false },
    ])
    expect(await textsIn()).toEqual([])
  })

  test('who is erased leaves no text, name, address or hash, and nothing of others is lost', async () => {
    const site = await open()
    const first = await write(site, 'Un secret.', kim, { name: 'Kim Tremblay' })
    const other = await write(site, 'D’une autre.', 'sam@example.com')
    await report(site, other, kim, 'Mon voisin.')
    await report(site, other, 'sam@example.com', 'Autre signalement.')
    site.invalidated.length = 0
    let taken = 0
    site.ports.publishing.takeUp = () => void taken++
    site.wait(60_000)
    expect(await erase(site, 'KIM@EXAMPLE.com')).toEqual({ comments: 1, reports: 1, isMore: false })
    expect(taken).toBe(1)
    const all = await allOf()
    for (const trace of ['secret', 'Tremblay', 'kim@', 'voisin', await commenterHash(secret, kim)])
      expect(all, trace).not.toContain(trace)
    expect(await textsIn()).toEqual(['D’une autre.'])
    expect(all).toContain('Autre signalement.')
    expect(await (await site.get('/articles/un/comments/feed.atom')).text()).toContain(
      `ref="urn:kiosque:comment:${first}"`,
    )
    const { events } = (await (await site.call('GET', `/api/comments/${first}`)).json()) as {
      events: object[]
    }
    expect(events).toMatchObject([{ kind: 'decided', actor: 'desk', state: 'deleted' }])
    expect(await erase(site, kim)).toEqual({ comments: 0, reports: 0, isMore: false })
  })

  test('is found by the hash of a former secret, and without any known secret by the address', async () => {
    const before = await open({ SUBSCRIPTION_SECRET: 'a-former-secret-of-32-characters-or-more' })
    await write(before, 'Un.', kim)
    await env.DB.prepare('UPDATE comment SET email = NULL').run()
    await write(before, 'Deux.', kim)
    const site = await openComments({
      ...{ COMMENTS: 'open', API_TOKENS: `desk:admin:${await hashOf(token)}` },
      SUBSCRIPTION_SECRET: `${secret},a-former-secret-of-32-characters-or-more`,
    })
    expect((await person(site, { address: kim })).comments).toHaveLength(2)
    const later = await openComments({
      ...{ COMMENTS: 'open', API_TOKENS: `desk:admin:${await hashOf(token)}` },
    })
    expect((await person(later, { address: kim })).comments).toMatchObject([{ text: 'Deux.' }])
    expect(await erase(site, kim)).toMatchObject({ comments: 2 })
  })

  test('stays erased after a restore of the database, but what the person wrote later stays', async () => {
    const site = await open()
    const first = await write(site, 'Avant.', kim)
    const other = await write(site, 'D’une autre.', 'sam@example.com')
    await report(site, other, kim, 'Mon voisin.')
    site.wait(60_000)
    const goBack = await keepRows()
    await erase(site, kim)
    const { results: list } = await env.DB.prepare('SELECT hash, at FROM erased').all<{
      hash: string
      at: number
    }>()
    expect(list.map(({ hash }) => hash).toSorted()).toEqual(
      [await commenterHash(secret, kim), erasedMark(first)].toSorted(),
    )
    await goBack()
    site.wait(60_000)
    await write(site, 'Après.', kim)
    site.wait(60_000)
    expect(await textsIn()).toEqual(['Avant.', 'D’une autre.', 'Après.'])
    await (await site.call('POST', '/api/subscriptions/erased', { erased: list })).arrayBuffer()
    expect(await textsIn()).toEqual(['D’une autre.', 'Après.'])
    expect(await allOf()).not.toContain('voisin')
    expect(await restoredWith(site)).toEqual({ ended: 0, comments: 0, known: 2 })
    expect(await (await site.get('/articles/un/comments')).text()).not.toContain('Avant.')
  })

  test('stays erased although only the id tells whose a comment was, as in the plain part of a backup', async () => {
    const site = await open()
    const id = await write(site, 'Avant.', kim)
    site.wait(60_000)
    const goBack = await keepRows()
    await erase(site, kim)
    const { results: erased } = await env.DB.prepare('SELECT hash, at FROM erased').all()
    await goBack()
    await env.DB.prepare('UPDATE comment SET email = NULL, email_hash = NULL').run()
    const answer = await site.call('POST', '/api/subscriptions/erased', { erased })
    expect(await answer.json()).toEqual({ erased: 0, comments: 1, isMore: false })
    expect((await env.DB.prepare('SELECT state FROM comment WHERE id = ?1').bind(id).first())?.state).toBe(
      'deleted',
    )
  })

  test('stays erased in an import of what the person wrote before, and by the id also without an address', async () => {
    const site = await open()
    const id = await write(site, 'Avant.', kim)
    site.wait(60_000)
    const goBack = await keepRows()
    await erase(site, kim)
    const { results: list } = await env.DB.prepare('SELECT hash, at FROM erased').all<{
      hash: string
      at: number
    }>()
    await goBack()
    await env.DB.prepare('DELETE FROM comment').run()
    for (const { hash, at } of list)
      await env.DB.prepare('INSERT INTO erased (hash, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING')
        .bind(hash, at)
        .run()
    site.wait(60_000)
    const kept = { article: 'un', state: 'approved', name: 'Kim', written: '2020-01-01T00:00:00Z' }
    const later = new Date(site.ports.clock()).toISOString()
    const comments = [
      { ...kept, id: 'a'.repeat(22), text: 'Par adresse.', email: kim },
      { ...kept, id, text: 'Par numéro.' },
      { ...kept, id: 'b'.repeat(22), text: 'Plus tard.', email: kim, written: later },
      { ...kept, id: 'c'.repeat(22), text: 'Réponse.', parent: 'a'.repeat(22) },
    ]
    const answer = await site.call('POST', '/api/comments/import', { comments })
    expect(await answer.json()).toEqual({ kept: 4, unchanged: 0, refused: [] })
    expect(await textsIn()).toEqual(['Plus tard.', 'Réponse.'])
    expect(await allOf()).not.toMatch(/Par adresse|Par numéro/)
  })

  test('who unsubscribes from mails loses no comment, because the hashes differ', async () => {
    const site = await open()
    await write(site, 'Un.', kim)
    site.wait(60_000)
    const hash = await addressHash(secret, kim)
    expect(hash).not.toBe(await commenterHash(secret, kim))
    await site.ports.subscribers.erase(kim, [hash])
    await site.call('POST', '/api/subscriptions/erased', { erased: [{ hash, at: site.ports.clock() }] })
    expect(await textsIn()).toEqual(['Un.'])
  })

  test('who was banned stays so after an erasure', async () => {
    const site = await open()
    const id = await write(site, 'Un.', kim)
    await site.call('POST', '/api/comments/bans', { ids: [id] })
    await erase(site, kim)
    const later = await write(site, 'Deux.', kim)
    const row = await env.DB.prepare('SELECT state, reasons FROM comment WHERE id = ?1').bind(later).first()
    expect(row).toEqual({ state: 'pending', reasons: '["banned"]' })
  })

  const wrong: [what: string, body: unknown][] = [
    ['no address', {}],
    ['an address that is none', { address: 'kim' }],
    ['a list', { address: [kim] }],
    ['nothing', null],
  ]
  test.for(wrong)('is not looked for by %s', async ([, body]) => {
    const site = await open()
    await write(site, 'Un.')
    expect((await site.call('POST', '/api/comments/person', body)).status).toBe(422)
    expect((await site.call('DELETE', '/api/comments/person', body)).status).toBe(422)
    expect(await textsIn()).toEqual(['Un.'])
  })

  test('is erased by an administrator only', async () => {
    const site = await open({ API_TOKENS: `desk:moderate:${await hashOf(token)}` })
    for (const method of ['POST', 'DELETE'])
      expect((await site.call(method, '/api/comments/person', { address: kim })).status, method).toBe(403)
  })
})
