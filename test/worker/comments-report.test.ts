import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { hashOf } from '../../src/http/token.ts'
import { exportedComments } from '../../src/store/comments/exported.ts'
import { type CommentSite, openComments } from './comment-site.ts'
import { token } from './site.ts'

const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const browser = { ...form, Accept: 'text/html', Origin: 'https://kiosque.example' }

/** A site with a public comment, and its id. */
async function open(): Promise<{ site: CommentSite; id: string; path: string }> {
  const site = await openComments({ COMMENTS: 'open', API_TOKENS: `desk:admin:${await hashOf(token)}` })
  await site.put('un', { title: 'Le pont' })
  await (await site.send('un', { text: 'Il **rouvre**.' })).arrayBuffer()
  site.wait(60_000)
  const id = (await env.DB.prepare('SELECT id FROM comment').first<string>('id')) ?? ''
  return { site, id, path: `/comments/${id}/report` }
}

async function tokenOf(site: CommentSite, path: string): Promise<string> {
  const page = await (await site.get(path, { Accept: 'text/html' })).text()
  return /name="form" value="([^"]*)"/.exec(page)?.[1] ?? ''
}

async function send(
  site: CommentSite,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
) {
  const given = { reason: 'illegal', form: await tokenOf(site, path), ...fields }
  return site.call('POST', path, new URLSearchParams(given).toString(), { ...browser, ...headers })
}

const listed = async (site: CommentSite, list: string) =>
  (
    (await (await site.call('GET', `/api/comments?state=${list}`)).json()) as {
      comments: { id: string; reports?: number }[]
    }
  ).comments

const history = async (site: CommentSite, id: string) =>
  (await (await site.call('GET', `/api/comments/${id}`)).json()) as { events: Record<string, unknown>[] }

describe('a reader reports a comment', () => {
  test('on a page that nobody keeps, and moderators see the report until they decide', async () => {
    const { site, id, path } = await open()
    expect(await (await site.get('/articles/un/comments')).text()).toContain(`href="${path}"`)
    const page = await site.get(path, { Accept: 'text/html' })
    expect([page.status, page.headers.get('Cache-Control')]).toEqual([200, 'no-store'])
    expect(await page.text()).toContain('<strong>rouvre</strong>')
    const done = await send(site, path, { text: 'Voici <pourquoi>', email: 'kim@example.com' })
    expect([done.status, (await done.text()).includes('Merci de votre signalement')]).toEqual([200, true])
    expect(await listed(site, 'reported')).toMatchObject([{ id, reports: 1 }])
    const { events } = await history(site, id)
    expect(events).toEqual([
      {
        ...{ at: expect.any(String), kind: 'reported', reason: 'illegal' },
        ...{ text: 'Voici <pourquoi>', email: 'kim@example.com' },
      },
    ])
    // A decision that changes nothing answers the reports, too.
    await (await site.call('POST', '/api/comments', { ids: [id], state: 'approved' })).arrayBuffer()
    expect(await listed(site, 'reported')).toEqual([])
    expect((await history(site, id)).events[1]).toMatchObject({
      kind: 'decided',
      actor: 'desk',
      state: 'approved',
    })
  })

  test('moderators list the last five reports since the last decision, the newest first, and who deleted', async () => {
    const { site, id, path } = await open()
    await (await send(site, path, { text: 'avant' })).arrayBuffer()
    await (await site.call('POST', '/api/comments', { ids: [id], state: 'approved' })).arrayBuffer()
    for (let at = 1; at <= 7; at++) {
      const text = at === 7 ? '' : `n° ${at}`
      await (await send(site, path, { text, reason: at === 6 ? 'false' : 'spam' })).arrayBuffer()
    }
    const reports = {
      ...{ reports: 7, reportReason: 'spam' },
      lastReports: [
        { reason: 'spam' },
        { reason: 'false', text: 'n° 6' },
        ...[5, 4, 3].map((at) => ({ reason: 'spam', text: `n° ${at}` })),
      ],
    }
    expect(await listed(site, 'reported')).toMatchObject([{ id, ...reports }])
    expect(await history(site, id)).toMatchObject({ id, comment: { id, state: 'approved', ...reports } })
    const decision = { ids: [id], state: 'deleted', reason: 'false', text: 'Non.' }
    await (await site.call('POST', '/api/comments', decision)).arrayBuffer()
    const [deleted] = await listed(site, 'deleted')
    // The explanation goes with the texts.
    expect(deleted).toMatchObject({ id, decision: { actor: 'desk', reason: 'false' } })
    expect(deleted).not.toHaveProperty('lastReports')
  })

  const wrong: [what: string, fields: Record<string, string>, says: string][] = [
    ['no reason', { reason: '' }, 'Choisissez une raison.'],
    ['a reason that does not exist', { reason: 'x' }, 'Choisissez une raison.'],
    ['a wrong address', { email: 'kim@' }, 'Cette adresse courriel'],
    ['a long text', { text: 'é'.repeat(1001) }, 'Le texte est trop long'],
    ['no token', { form: '' }, 'Ce formulaire était trop ancien.'],
  ]
  test.for(wrong)('with %s, the form is shown again with what was written', async ([, fields, says]) => {
    const { site, path } = await open()
    const response = await send(site, path, { text: 'Mon <texte>', ...fields })
    const page = await response.text()
    expect([response.status, page.includes(says)]).toEqual([422, true])
    if (fields.text === undefined) expect(page).toContain('Mon &lt;texte&gt;')
    expect(await listed(site, 'reported')).toEqual([])
  })

  test.for<[fields: Record<string, string>, says: string]>([
    [{ reason: 'x' }, 'reason: must be one of illegal, hateful, harassing, false, spam, other'],
    [{ text: 'é'.repeat(1001) }, 'text: must have at most 1000 characters'],
    [{ email: 'kim@' }, 'email: must be an e-mail address, such as kim@example.com, or empty'],
    [{ form: '' }, 'form: must be from the form, which is valid for a day'],
  ])('a program is told what is wrong with %j', async ([fields, says]) => {
    const { site, path } = await open()
    const response = await send(site, path, fields, { Accept: 'application/json' })
    expect([response.status, await response.json()]).toMatchObject([
      422,
      { detail: `Cannot report a comment: ${says}` },
    ])
  })

  test('not from another website, and not too often', async () => {
    const { site, path } = await open()
    expect((await send(site, path, {}, { Origin: 'https://other.example' })).status).toBe(422)
    site.ports.commenting.mayAsk = async () => false
    const answer = await send(site, path, { text: 'Mon <texte>' })
    expect([answer.status, (await answer.text()).includes('Mon &lt;texte&gt;')]).toEqual([429, true])
    const told = await send(site, path, {}, { Accept: 'application/json' })
    expect([told.status, told.headers.get('Content-Type')]).toEqual([429, 'application/problem+json'])
    expect(await listed(site, 'reported')).toEqual([])
  })

  test('only if it is public', async () => {
    const { site, id, path } = await open()
    for (const state of ['pending', 'spam', 'deleted'] as const) {
      await site.ports.commenting.comments.decide([id], 'approved')
      await site.ports.commenting.comments.decide([id], state)
      expect((await site.get(path)).status, state).toBe(404)
    }
    expect((await site.get('/comments/nowhere/report')).status).toBe(404)
  })

  test('not if the article is not public any more', async () => {
    const { site, path } = await open()
    await site.call('DELETE', '/api/articles/un')
    expect((await site.get(path)).status).toBe(404)
  })

  test('at most fifty times', async () => {
    const { site, id } = await open()
    const { comments } = site.ports.commenting
    const report = (form: string) => comments.report(id, { reason: 'spam', text: '', form })
    for (let times = 0; times < 52; times++) await report(`first-${times}`)
    expect(await listed(site, 'reported')).toMatchObject([{ reports: 50 }])
    await comments.decide([id], 'approved')
    expect(await listed(site, 'reported')).toEqual([])
    await report('later')
    expect(await listed(site, 'reported'), 'after a decision').toMatchObject([{ reports: 1 }])
  })

  test('and moderators see why the last one did, until they decide', async () => {
    const { site, id } = await open()
    const { comments } = site.ports.commenting
    for (const reason of ['spam', 'illegal'] as const)
      await comments.report(id, { reason, text: '', form: reason })
    expect(await listed(site, 'reported')).toMatchObject([{ reports: 2, reportReason: 'illegal' }])
    await comments.decide([id], 'approved')
    const [decided] = await listed(site, 'approved')
    expect(decided).not.toHaveProperty('reportReason')
  })

  test('once by each form', async () => {
    const { site, id } = await open()
    for (let times = 0; times < 3; times++)
      await site.ports.commenting.comments.report(id, { reason: 'spam', text: '', form: 'one' })
    expect(await listed(site, 'reported')).toMatchObject([{ reports: 1 }])
  })
})

describe('the history of a comment', () => {
  test('has decisions with who made them, and the texts that its author changed', async () => {
    const { site, id } = await open()
    const { comments } = site.ports.commenting
    await comments.decide([id], 'spam', 'desk')
    await comments.decide([id], 'spam', 'desk')
    await comments.decide([id], 'approved', 'desk')
    const { events } = await history(site, id)
    expect(events.map(({ kind, actor, state }) => [kind, actor, state])).toEqual([
      ['decided', 'desk', 'spam'],
      ['decided', 'desk', 'approved'],
    ])
  })

  test('has the last 200 events, and no number of changes hides a decision or a report', async () => {
    const { site, id } = await open()
    const edit = (text: string) =>
      env.DB.prepare(
        `WITH RECURSIVE place(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM place WHERE n < 250)
         INSERT INTO comment_event (comment, at, kind, actor, text) SELECT comment.number, n, 'edited', 'author', ?1 FROM place, comment`,
      )
        .bind(text)
        .run()
    await edit('a')
    const { comments } = site.ports.commenting
    await comments.report(id, { reason: 'illegal', text: 'Pourquoi', form: 'one' })
    await comments.decide([id], 'spam', 'desk')
    await edit('b')
    const { events } = await history(site, id)
    expect(events).toHaveLength(200)
    expect(events.slice(0, 3).map(({ kind, text }) => [kind, text])).toEqual([
      ['reported', 'Pourquoi'],
      ['decided', undefined],
      ['edited', 'b'],
    ])
    const row = await env.DB.prepare(exportedComments.sql).bind(0, 0).first()
    const { backup } = exportedComments.line(row ?? {}).line
    expect(backup.events?.slice(0, 3).map(({ kind }) => kind)).toEqual(['reported', 'decided', 'edited'])
  })

  test('loses what people wrote when the comment is deleted', async () => {
    const { site, id, path } = await open()
    await (await send(site, path, { text: 'Pourquoi', email: 'kim@example.com' })).arrayBuffer()
    await site.ports.commenting.comments.decide([id], 'deleted', 'desk')
    const { results } = await env.DB.prepare('SELECT text, email FROM comment_event').all()
    expect(results).toEqual([
      { text: null, email: null },
      { text: null, email: null },
    ])
  })

  test('of a comment that does not exist is unknown', async () => {
    const { site } = await open()
    expect((await site.call('GET', '/api/comments/nowhere')).status).toBe(404)
  })
})
