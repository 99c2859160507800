import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { commentOn } from './comment-site.ts'
import { keepRows } from './database.ts'
import { minute, openToldComments, rowsOf, second, type ToldComments } from './told-comments.ts'

const kim = 'kim@example.com'
const lea = 'lea@example.com'

/** A site on which people have asked to be told of new comments. Returns the paths of the pages of their subscriptions too. */
async function openWith(...people: string[]): Promise<ToldComments & { manage: string[] }> {
  const site = await openToldComments({ COMMENTS: 'open' })
  const manage: string[] = []
  for (const email of people) manage.push(await site.subscribe(email, 'comments/un'))
  site.wait(second)
  return { ...site, manage }
}

/** Publishes comments as readers do, without the form. */
async function publish(site: ToldComments, from: number, count: number): Promise<void> {
  for (let at = from; at < from + count; at++)
    await site.ports.commenting.comments.add({
      ...commentOn('un', `c${at}`),
      ...{ text: `Numéro ${at}.`, html: `<p>Numéro ${at}.</p>` },
    })
}

describe('six hundred comments in a minute', () => {
  test('are one mail at once and one later to each person, and one row each until then', async () => {
    const site = await openWith(kim, lea)
    const before = site.mails.length
    for (let at = 0; at < 60; at++) {
      await publish(site, at * 10, 10)
      site.wait(second)
      if (at % 20 === 19) {
        await site.sweep()
        expect(await rowsOf('notification'), `${at}`).toBeLessThanOrEqual(2)
      }
    }
    expect(site.mails.slice(before).map(({ to }) => to)).toEqual([kim, lea])
    site.wait(10 * minute)
    for (let at = 0; at < 3; at++) await site.sweep()
    const subjects = site.mails.slice(before).map(({ headers }) => headers.Subject?.split('\u00a0')[0])
    expect(subjects).toEqual([
      ...['200 nouveaux commentaires', '200 nouveaux commentaires'],
      ...['400 nouveaux commentaires', '400 nouveaux commentaires'],
    ])
    expect(await rowsOf("effect WHERE effect = 'notify-comments'")).toBe(0)
  })
})

describe('what nobody has chosen', () => {
  test('costs nothing: no effect, no position and no notification', async () => {
    const site = await openToldComments({ COMMENTS: 'open' })
    await publish(site, 0, 1)
    await site.approved({ text: 'Oui.' })
    expect(await rowsOf("effect WHERE effect = 'notify-comments'")).toBe(0)
    expect(await rowsOf('comment WHERE news IS NOT NULL')).toBe(0)
    await site.put('deux', { title: 'Ailleurs' })
    await site.subscribe(kim, 'comments/deux')
    await publish(site, 1, 1)
    expect(await rowsOf("effect WHERE effect = 'notify-comments'")).toBe(0)
  })

  test('is not told: comments that were imported or restored, also when they are approved again', async () => {
    const site = await openWith(kim)
    const before = site.mails.length
    await publish(site, 0, 1)
    await site.sweep()
    await env.DB.prepare(
      `INSERT INTO comment (id, article, state, name, text, html, written, published, revision, changed)
       SELECT 'imported', article, 'approved', 'Max', 'x', '<p>x</p>', written, published, revision, changed FROM comment`,
    ).run()
    site.wait(20 * minute)
    await site.sweep()
    await site.decide('spam', 'imported')
    await site.decide('approved', 'imported')
    await site.sweep()
    expect(site.mails.length - before).toBe(1)
  })
})

describe('choices of comments', () => {
  test('are joined with the others when two subscriptions become one, and nothing is told twice', async () => {
    const site = await openWith(kim)
    const own = await site.comment({ name: 'Lea', email: lea, text: 'Une question.', notify: 'replies' })
    const manage = await site.confirm()
    site.wait(2 * 60 * minute)
    await site.sweep()
    const before = site.mails.length
    await site.move(manage, kim)
    await site.comment({ name: 'Max', parent: own, text: 'Une réponse.' })
    site.wait(20 * minute)
    await site.sweep()
    const told = site.mails.slice(before).filter(({ text }) => text.includes('> Une réponse.'))
    expect(told.map(({ to }) => to)).toEqual([kim])
    expect(told[0]?.text).toContain('Réponse à votre commentaire')
    expect(await rowsOf('choice')).toBe(2)
  })

  test('are in the backup of subscribers, and restored ones begin after the comments that are there', async () => {
    const site = await openWith(kim)
    await publish(site, 0, 3)
    const { subscribers } = await site.ports.subscribers.exportSubscribers(0)
    expect(subscribers).toMatchObject([{ choices: [{ selection: 'comments', schedule: 'now' }] }])
    for (const table of ['choice', 'notification', 'subscriber', 'effect'])
      await env.DB.prepare(`DELETE FROM ${table}`).run()
    expect(await site.ports.subscribers.restoreSubscribers(subscribers)).toMatchObject({ restored: 1 })
    expect(await site.sweepTold()).toEqual([])
    await publish(site, 3, 1)
    site.wait(20 * minute)
    expect(await site.sweepTold()).toEqual([`${kim} Numéro 3.`])
  })

  test('end with an erasure, which also deletes a statement that waits', async () => {
    const site = await openWith(kim)
    const id = await site.comment({ name: 'Kim', email: 'Kim@example.com', text: 'Une question.' })
    await site.call('POST', '/api/comments', { ids: [id], state: 'deleted' })
    await publish(site, 0, 1)
    expect(await rowsOf('statement')).toBe(1)
    const before = site.mails.length
    const erased = await site.call('DELETE', '/api/subscriptions', { address: kim })
    expect(erased.status).toBe(200)
    await site.sweep()
    expect(site.mails.slice(before)).toEqual([])
    expect(await rowsOf('statement')).toBe(0)
    expect(await rowsOf('choice')).toBe(0)
  })

  test('are only those that the form offers', async () => {
    const site = await openToldComments()
    await site.put('deux', { title: 'Sans', comments: 'off' })
    for (const [email, selection] of [
      [kim, 'comments/deux'],
      [kim, 'comments/nowhere'],
      [kim, 'replies/aaaaaaaaaaaaaaaaaaaaaa'],
    ] as const) {
      const refused = await site.send('/subscribe', { email, selection, when: 'now' })
      expect(refused.status, selection).toBe(422)
    }
    expect(await rowsOf('opt_in')).toBe(0)
  })

  test('do not exist on a site without comments', async () => {
    const site = await openToldComments({ COMMENTS: '' }).catch((fault) => fault)
    expect((await site.get('/articles/un/comments')).status).toBe(404)
    expect((await site.send('/subscribe', { email: kim, selection: 'comments/un' })).status).toBe(422)
  })
})

test.for([
  ['the approval alone', async () => {}],
  ['whom to tell', (site: ToldComments) => site.notify.subscribers.settle()],
] as const)(
  'after a restore to an instant at which the database knew %s, nobody is told a second time',
  async ([, before]) => {
    const site = await openWith(kim)
    await publish(site, 0, 1)
    await before(site)
    const travel = await keepRows()
    expect(await site.sweepTold()).toEqual([`${kim} Numéro 0.`])
    await travel()
    site.wait(second)
    expect((await site.call('POST', '/api/restored')).status).toBe(200)
    expect(await site.sweepTold()).toEqual([])
    await publish(site, 1, 1)
    site.wait(20 * minute)
    expect(await site.sweepTold()).toEqual([`${kim} Numéro 1.`])
  },
)

test('a person who has many choices is not told in the name of another article', async () => {
  const site = await openWith(kim)
  await site.put('deux', { title: 'Le marché' })
  site.wait(60 * minute)
  await site.subscribe(kim, 'comments/deux')
  await site.comment({ text: 'Au marché.' }, 'deux')
  await site.sweep()
  const mail = site.mails.at(-1)
  expect(mail?.text).toContain('> Au marché.')
  expect(mail?.text).toContain('Nouveaux commentaires sur l’article «\u00a0Le marché\u00a0»')
  expect(mail?.text).not.toContain('Le pont')
})
