import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import type { ErasedAddress } from '../../src/domain/erased.ts'
import { maxExplanationCharacters } from '../../src/domain/statement.ts'
import { eraseStatementsSql } from '../../src/store/notify/statement-rows.ts'
import { repeated } from '../repeated.ts'
import { keepRows } from './database.ts'
import { minute, openToldComments, rowsOf, type ToldComments } from './told-comments.ts'

const kim = 'kim@example.com'
const written = { name: 'Kim', email: kim, text: 'Un texte *long*.\n\nEt encore.' }

/** Decides as a moderator does, and runs all jobs. */
async function decide(site: ToldComments, decision: Record<string, unknown>): Promise<Response> {
  const answer = await site.call('POST', '/api/comments', decision)
  await site.drain()
  return answer
}

describe('the author of a comment', () => {
  test.for([
    ['deleted', 'approved', undefined, true],
    ['deleted', 'pending', undefined, true],
    ['deleted', 'approved', 'illegal', true],
    ['deleted', 'approved', 'spam', false],
    ['deleted', 'spam', 'illegal', false],
    ['spam', 'approved', undefined, false],
    ['spam', 'approved', 'hateful', true],
    ['spam', 'pending', 'spam', false],
    ['approved', 'pending', 'other', false],
    ['pending', 'approved', 'other', false],
  ] as const)(
    'of one that becomes %s, was %s, for the reason %s, is told: %s',
    async ([state, before, reason, isTold]) => {
      const site = await openToldComments()
      const id = await site.comment(written)
      if (before !== 'pending') await site.decide(before, id)
      await decide(site, { ids: [id], state, reason })
      expect(site.mails.map(({ to }) => to)).toEqual(isTold ? [kim] : [])
      expect(await rowsOf('statement')).toBe(0)
    },
  )

  test('reads what was decided, on which text, why, that a person decided, and how to object', async () => {
    const site = await openToldComments()
    const id = await site.approved(written)
    await decide(site, { ids: [id], state: 'deleted', reason: 'illegal', text: 'Article 12.\nVoir la loi.' })
    const [mail] = site.mails
    expect(mail).toMatchObject({ to: kim, purpose: 'reply' })
    expect(mail?.headers.Subject).toBe(
      'Votre commentaire sur l’article «\u00a0Le pont\u00a0» n’est pas public',
    )
    for (const part of [
      'a supprimé le commentaire que vous avez écrit le 19 juin 2024',
      '> Un texte *long*.\n>\n> Et encore.',
      'Motif\u00a0: Selon la rédaction, il est contraire à la loi.',
      'Article 12.\n\nVoir la loi.',
      'C’est une personne qui a pris cette décision',
      'Adresse de la rédaction\u00a0: flux@kiosque.example',
    ])
      expect(mail?.text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll('\r\n', '\n'), part).toContain(
        part.replaceAll('\u00a0', ' '),
      )
    expect(mail?.text).not.toContain('/subscriptions/')
    const history = await (await site.call('GET', `/api/comments/${id}`)).json()
    expect(history).toMatchObject({ events: [{}, { state: 'deleted', reason: 'illegal' }] })
    expect(JSON.stringify(history)).not.toContain('Article 12.')
  })

  test('without an e-mail address is told nothing, nor by an own deletion, nor of what a rule holds', async () => {
    const site = await openToldComments()
    await decide(site, { ids: [await site.approved()], state: 'deleted' })
    const id = await site.approved(written)
    const { comments } = site.ports.commenting
    await comments.decide([id], 'pending', 'rule')
    await comments.decide([id], 'deleted', 'author')
    await site.sweep()
    expect(site.mails).toEqual([])
    expect(await rowsOf('statement')).toBe(0)
  })

  test('is told of three comments of one decision at most, and of none that a rule held, unless a reason is given', async () => {
    const site = await openToldComments()
    const ids: string[] = []
    for (let at = 0; at < 5; at++) ids.push(await site.comment({ ...written, text: `Texte ${at}.` }))
    await decide(site, { ids, state: 'deleted' })
    expect(site.mails.map(({ to }) => to)).toEqual([kim, kim, kim])
    const links = 'https://a.example https://b.example https://c.example'
    const held = async () => site.comment({ ...written, text: links })
    await decide(site, { ids: [await held()], state: 'deleted' })
    expect(site.mails).toHaveLength(3)
    await decide(site, { ids: [await held()], state: 'deleted', reason: 'illegal' })
    expect(site.mails).toHaveLength(4)
  })

  test('is told once, also if the mail server is away for some time, and not after 48 hours', async () => {
    const site = await openToldComments()
    const ids = [await site.approved(written), await site.approved({ ...written, text: 'Deux.' })]
    site.answer(() => ({ kind: 'refused', at: 'other', code: 451, text: '' }))
    await decide(site, { ids, state: 'deleted' })
    expect(site.mails).toEqual([])
    expect(await rowsOf('statement')).toBe(2)
    site.answer(() => ({ kind: 'accepted' }))
    site.wait(2 * minute)
    for (let at = 0; at < 3; at++) await site.sweep()
    expect(site.mails.map(({ to }) => to)).toEqual([kim, kim])
    expect(repeated(site.mails.map(({ headers }) => headers['Message-ID'] ?? ''))).toEqual([])

    site.answer(() => ({ kind: 'lost', reason: 'away', isMaybeAccepted: false, isPermanent: false }))
    await decide(site, { ids: [await site.approved({ ...written, text: 'Trois.' })], state: 'deleted' })
    for (let at = 0; at < 40; at++) {
      site.wait(60 * minute)
      await site.sweep()
    }
    expect(await rowsOf('statement')).toBe(1)
    site.wait(8 * 60 * minute)
    await site.sweep()
    expect(await rowsOf('statement')).toBe(0)
  })

  test('whose address is refused for good is not tried again', async () => {
    const site = await openToldComments()
    const id = await site.approved(written)
    site.answer(() => ({ kind: 'refused', at: 'recipient', code: 550, status: '5.1.1', text: '' }))
    await decide(site, { ids: [id], state: 'deleted' })
    expect(await rowsOf('statement')).toBe(0)
  })

  test.for(['approved', 'pending'])('is told nothing of a decision that is taken back: %s', async (state) => {
    const site = await openToldComments()
    const id = await site.approved(written)
    site.answer(() => ({ kind: 'refused', at: 'other', code: 451, text: '' }))
    await decide(site, { ids: [id], state: 'spam', reason: 'hateful' })
    expect(await rowsOf('statement')).toBe(1)
    await decide(site, { ids: [id], state })
    expect(await rowsOf('statement')).toBe(0)
    site.answer(() => ({ kind: 'accepted' }))
    site.wait(20 * minute)
    await site.sweep()
    expect(site.mails).toEqual([])
  })

  test('is told of the last decision only, which stays also if the hidden comment is then deleted', async () => {
    const site = await openToldComments()
    const id = await site.approved(written)
    const other = await site.approved({ ...written, text: 'Deux.' })
    const post = (decision: Record<string, unknown>) => site.call('POST', '/api/comments', decision)
    await post({ ids: [id, other], state: 'spam', reason: 'hateful' })
    await post({ ids: [id], state: 'pending' })
    site.wait(minute)
    await post({ ids: [id], state: 'spam', reason: 'illegal' })
    await post({ ids: [id], state: 'deleted' })
    await site.sweep()
    expect(site.mails.map(({ text }) => /Motif\s: ([^\r\n]+)/.exec(text)?.[1])).toEqual([
      'Il propage la haine.',
      'Selon la rédaction, il est contraire à la loi.',
    ])
  })

  test('is told nothing by a job that had claimed a statement which was then replaced', async () => {
    const site = await openToldComments()
    const id = await site.approved(written)
    await site.call('POST', '/api/comments', { ids: [id], state: 'spam', reason: 'hateful' })
    const { claimStatements } = site.ports.subscribers
    const subscribers = {
      ...site.notify.subscribers,
      claimStatements: async (limit: number) => {
        const claimed = await claimStatements(limit)
        if (claimed[0]?.reason !== 'hateful') return claimed
        site.wait(1)
        await site.decide('pending', id)
        await site.call('POST', '/api/comments', { ids: [id], state: 'spam', reason: 'illegal' })
        return claimed
      },
    }
    Object.assign(site.notify, { subscribers })
    await site.sweep()
    await site.sweep()
    expect(site.mails).toHaveLength(1)
    expect(site.mails[0]?.text).toContain('contraire')
  })

  test('is told nothing after an erasure, also one between the claim and the mail', async () => {
    const site = await openToldComments()
    const id = await site.approved(written)
    await site.call('POST', '/api/comments', { ids: [id], state: 'deleted' })
    const hash = await env.DB.prepare('SELECT email_hash FROM statement').first<string>('email_hash')
    const subscribers = {
      ...site.notify.subscribers,
      claimStatements: async (limit: number) => {
        const claimed = await site.ports.subscribers.claimStatements(limit)
        expect(claimed).toHaveLength(1)
        await env.DB.prepare(eraseStatementsSql)
          .bind(null, JSON.stringify([hash]))
          .run()
        return claimed
      },
    }
    Object.assign(site.notify, { subscribers })
    await site.drain()
    expect(site.mails).toEqual([])
  })

  test('is told nothing after an erasure of the comments, also one that is repeated after a restore', async () => {
    const site = await openToldComments()
    const id = await site.approved(written)
    await site.call('POST', '/api/comments', { ids: [id], state: 'deleted' })
    const restore = await keepRows()
    await site.call('DELETE', '/api/comments/person', { address: kim.toUpperCase() })
    expect(await rowsOf('statement')).toBe(0)
    const { results } = await env.DB.prepare('SELECT hash, at + 1 AS at FROM erased').all<ErasedAddress>()
    await restore()
    expect(await rowsOf('statement')).toBe(1)
    await site.ports.commenting.comments.eraseAgain(results)
    expect(await rowsOf('statement')).toBe(0)
    await site.drain()
    expect(site.mails).toEqual([])
  })

  test('cannot add a header or a recipient by what stands in the comment, nor can the title of an article', async () => {
    const site = await openToldComments()
    const injected = 'a\r\nBcc: pirate@mal.example\r\n\r\nb'
    await site.put('un', { title: injected })
    const id = await site.approved({ ...written, name: injected, text: injected })
    await decide(site, { ids: [id], state: 'deleted', text: injected })
    expect(site.mails).toHaveLength(1)
    expect(Object.keys(site.mails[0]?.headers ?? {})).not.toContain('Bcc')
    expect(site.mails[0]?.headers.Subject).toContain('a Bcc: pirate@mal.example b')
    expect(site.mails[0]?.to).toBe(kim)
  })
})

describe('a moderator', () => {
  test.for([
    [{ reason: 'dull' }, 'reason'],
    [{ reason: 5 }, 'reason'],
    [{ text: 'x'.repeat(maxExplanationCharacters + 1) }, 'text'],
    [{ text: ['x'] }, 'text'],
  ] as const)('cannot decide with %j', async ([wrong, field]) => {
    const site = await openToldComments()
    const id = await site.approved(written)
    const refused = await decide(site, { ids: [id], state: 'deleted', ...wrong })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ issues: [{ field }] })
    expect(site.mails).toEqual([])
  })

  test('reads the reason and the explanation of a decision in the log', async () => {
    const site = await openToldComments()
    const id = await site.approved(written)
    await decide(site, { ids: [id], state: 'spam', reason: 'off-topic', text: 'Rien à voir.' })
    expect(await (await site.call('GET', `/api/comments/${id}`)).json()).toMatchObject({
      events: [
        {},
        { kind: 'decided', actor: 'tests', state: 'spam', reason: 'off-topic', text: 'Rien à voir.' },
      ],
    })
  })
})
