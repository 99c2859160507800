import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import type { ErasedAddress } from '../../src/domain/erased.ts'
import { newReplies } from '../../src/domain/notify.ts'
import { maxChoices } from '../../src/domain/notify-choice.ts'
import { commentOn } from './comment-site.ts'
import { keepRows } from './database.ts'
import { minute, openToldComments, rowsOf, second, type ToldComments } from './told-comments.ts'

const kim = 'kim@example.com'

/** The choices of all people as the form fields that name them, the oldest first. */
async function choices(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    "SELECT selection || '/' || article AS field FROM choice ORDER BY since, article",
  ).all<{ field: string }>()
  return results.map(({ field }) => field)
}

/** Publishes comments and chooses the replies to them, as who has ticked the box of each and confirmed. Returns the ids. */
async function chooseReplies(site: ToldComments, from: number, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, at) => `c${from + at}`)
  for (const id of ids)
    await site.ports.commenting.comments.add({ ...commentOn('un', id), state: 'approved' })
  const known = await site.notify.subscribers.known('email', kim)
  const added = ids.map((article) => ({ selection: newReplies, article, schedule: 'now' }) as const)
  await site.notify.subscribers.choose(known?.number ?? 0, [...(known?.choices ?? []), ...added])
  site.wait(second)
  return ids
}

/** Tags that exist, as the values of the form field. */
async function tags(site: ToldComments, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, at) => `t${at}`)
  for (let at = 0; at < count; at += 20) await site.put(`tags-${at}`, { tags: names.slice(at, at + 20) })
  return names.map((name) => `tags/${name}`)
}

describe('a choice of replies', () => {
  test.for([
    ['a moderator deletes the comment', (site: ToldComments, id: string) => site.decide('deleted', id)],
    [
      'its author deletes it',
      (site: ToldComments, id: string) => site.ports.commenting.comments.decide([id], 'deleted', 'author'),
    ],
    [
      'its author is erased',
      (site: ToldComments) => site.call('DELETE', '/api/comments/person', { address: kim }),
    ],
  ] as const)('ends when %s, and no other one', async ([, end]) => {
    const site = await openToldComments()
    const own = await site.approved({ name: 'Kim', email: kim, notify: ['replies', 'comments'] })
    await site.confirm()
    const other = await site.approved({ name: 'Max', email: 'max@example.com', notify: 'replies' })
    await site.confirm()
    expect(await rowsOf('choice')).toBe(3)
    await site.decide('spam', other)
    expect(await rowsOf('choice')).toBe(3)
    await end(site, own)
    const left = await choices()
    expect(left.filter((field) => field.startsWith('replies/'))).toEqual([`replies/${other}`])
    expect(left).toHaveLength(2)
  })

  test('is not made by a confirmation of which the comment is deleted', async () => {
    const site = await openToldComments()
    const own = await site.approved({ name: 'Kim', email: kim, notify: ['replies', 'comments'] })
    await site.drain()
    await site.decide('deleted', own)
    const link = site.link(0)
    expect((await site.send(link, '')).status).toBe(303)
    expect((await choices()).map((field) => field.split('/')[0])).toEqual(['comments'])
  })

  test('of which the comment is deleted before the confirmation leaves nobody who is told of nothing', async () => {
    const site = await openToldComments()
    const own = await site.approved({ name: 'Kim', email: kim, notify: 'replies' })
    await site.drain()
    await site.decide('deleted', own)
    expect((await site.send(site.link(0), '')).status).not.toBe(303)
    expect([await rowsOf('choice'), await rowsOf('subscriber WHERE address IS NOT NULL')]).toEqual([0, 0])
  })

  test('that was the only one ends the subscription, which a restored backup does not bring back', async () => {
    const site = await openToldComments()
    const own = await site.approved({ name: 'Kim', email: kim, notify: 'replies' })
    await site.confirm()
    const other = await site.approved({
      name: 'Max',
      email: 'max@example.com',
      notify: ['replies', 'comments'],
    })
    await site.confirm()
    const { subscribers: lines } = await site.ports.subscribers.exportSubscribers(0)
    site.wait(minute)
    await site.decide('spam', own)
    expect(await rowsOf('subscriber WHERE address IS NOT NULL')).toBe(2)
    await site.decide('deleted', own)
    await site.decide('deleted', other)
    const left = async () =>
      (await env.DB.prepare('SELECT address FROM subscriber WHERE address IS NOT NULL').all()).results
    expect(await left()).toEqual([{ address: 'max@example.com' }])
    const { hash } = (await env.DB.prepare('SELECT hash FROM erased').first<{ hash: string }>()) ?? {}
    expect(lines).toContainEqual(expect.objectContaining({ address: kim, addressHash: hash }))
    await env.DB.batch(
      ['choice', 'subscriber', 'erased'].map((table) => env.DB.prepare(`DELETE FROM ${table}`)),
    )
    await site.ports.subscribers.restoreSubscribers(lines)
    expect(await left()).toEqual([{ address: 'max@example.com' }])
  })

  test('that was the only one ends no subscription whose person asked for something else meanwhile', async () => {
    const site = await openToldComments()
    await site.put('deux', { section: 'Monde' })
    const own = await site.approved({ name: 'Kim', email: kim, notify: 'replies' })
    await site.confirm()
    site.wait(60 * minute)
    await site.send('/subscribe', { email: kim, selection: 'sections/monde', when: 'now' })
    await site.drain()
    await site.decide('deleted', own)
    expect((await site.send(site.link(1), '')).status).toBe(303)
    expect(await choices()).toEqual(['sections/monde/'])
  })

  test('does not keep a person from subscribing, however many there are: the oldest ends', async () => {
    const site = await openToldComments()
    await site.put('deux', { section: 'Monde' })
    await site.subscribe(kim, 'comments/un')
    site.wait(second)
    await chooseReplies(site, 0, 10)
    await chooseReplies(site, 10, maxChoices - 10)
    expect(await choices()).toHaveLength(1 + maxChoices)
    site.wait(60 * minute)
    const latest = await site.approved({ name: 'Kim', email: kim, notify: 'replies' })
    const manage = await site.confirm()
    expect(manage).toMatch(/^\/subscriptions\//)
    const now = await choices()
    expect(now).toHaveLength(1 + maxChoices)
    expect(now.at(-1)).toBe(`replies/${latest}`)
    expect(now.filter((field) => /^replies\/c\d$/.test(field))).toHaveLength(9)
    site.wait(60 * minute)
    await site.subscribe(kim, 'sections/monde')
    expect(await choices()).toHaveLength(2 + maxChoices)
  })

  test('does not count on the page of the subscription, where each can be ended', async () => {
    const site = await openToldComments()
    const all = await tags(site, maxChoices)
    const manage = await site.subscribe(kim, all.slice(0, 3))
    site.wait(second)
    const replies = (await chooseReplies(site, 0, maxChoices)).map((id) => `replies/${id}`)
    const more = { action: 'choose', selection: [...all, ...replies.slice(1)] }
    expect((await site.send(manage, more)).status).toBe(303)
    expect(new Set(await choices())).toEqual(new Set([...all.map((path) => `${path}/`), ...replies.slice(1)]))
    const tooMany = { action: 'choose', selection: [...more.selection, 'all'] }
    expect((await site.send(manage, tooMany)).status).toBe(422)
  })

  test('can be added to fifty other choices, which are then confirmed by one mail', async () => {
    const site = await openToldComments()
    await site.subscribe(kim, await tags(site, maxChoices))
    site.wait(60 * minute)
    const own = await site.approved({ name: 'Kim', email: kim, notify: 'replies' })
    expect(await site.confirm()).toMatch(/^\/subscriptions\//)
    expect(await choices()).toContain(`replies/${own}`)
  })

  test('pushes nothing else out of the request that waits for the next mail', async () => {
    const site = await openToldComments()
    await site.put('deux', { section: 'Monde' })
    await site.subscribe(kim, 'comments/un')
    site.wait(second)
    await site.send('/subscribe', { email: kim, selection: 'sections/monde' })
    const request = { address: kim, language: 'fr', words: 'Oui.', addressHash: '' }
    const { results } = await env.DB.prepare('SELECT DISTINCT address_hash AS hash FROM opt_in').all()
    for (let at = 0; at < maxChoices + 5; at++)
      await site.notify.subscribers.ask(
        {
          ...{ ...request, addressHash: String(results[0]?.hash), asked: site.ports.clock() },
          choices: [{ selection: newReplies, article: `c${at}`, schedule: 'now' }],
        },
        100,
      )
    const waiting = await env.DB.prepare('SELECT choices FROM opt_in WHERE sent IS NULL').first<string>(
      'choices',
    )
    const asked = JSON.parse(waiting ?? '[]') as { selection: string; article: string }[]
    expect(asked).toHaveLength(maxChoices + 1)
    expect(asked[0]?.article).toBe(`c${maxChoices + 4}`)
    expect(asked.at(-1)?.selection).toBe('sections/monde')
    expect(asked.map(({ article }) => article)).not.toContain('c4')
  })
})

describe('the erasure of the comments of a person', () => {
  const erase = (site: ToldComments) =>
    site.call('DELETE', '/api/comments/person', { address: kim.toUpperCase() })

  test.for([[['replies']], [['comments']], [['replies', 'comments']]] as const)(
    'ends a request for %j that waits, and no mail is sent',
    async ([notify]) => {
      const site = await openToldComments()
      await site.comment({ name: 'Kim', email: kim, notify: [...notify] })
      expect((await erase(site)).status).toBe(200)
      await site.sweep()
      expect(site.mails).toEqual([])
      expect(await rowsOf("opt_in WHERE address <> '' OR choices <> '[]' OR words <> ''")).toBe(0)
    },
  )

  test('ends a request whose mail was sent, by whose link nothing can be confirmed then', async () => {
    const site = await openToldComments()
    await site.comment({ name: 'Kim', email: kim, notify: ['replies', 'comments'] })
    await site.drain()
    await erase(site)
    expect((await site.send(site.link(), '')).status).not.toBe(303)
    expect([await rowsOf('subscriber'), await rowsOf('choice')]).toEqual([0, 0])
  })

  test('leaves alone what was asked for anything else, and by anybody else', async () => {
    const site = await openToldComments()
    await site.put('deux', { section: 'Monde' })
    const own = await site.comment({ name: 'Kim', email: kim, notify: 'replies' })
    await site.send('/subscribe', { email: kim, selection: 'sections/monde', when: 'now' })
    await site.comment({ name: 'Lea', email: 'lea@example.com', notify: 'comments' })
    await site.decide('approved', own)
    await erase(site)
    await site.drain()
    expect(site.mails.map(({ to }) => to).toSorted()).toEqual([kim, 'lea@example.com'])
    for (const at of [0, 1]) expect((await site.send(site.link(at), '')).status, `${at}`).toBe(303)
    expect((await choices()).map((field) => field.split('/')[0]).toSorted()).toEqual(['comments', 'sections'])
  })

  test('ends choices and requests again after a restore, by the ids of the comments', async () => {
    const site = await openToldComments()
    await site.approved({ name: 'Kim', email: kim, notify: ['replies', 'comments'] })
    await site.confirm()
    site.wait(60 * minute)
    await site.comment({ name: 'Kim', email: kim, text: 'Une autre.', notify: 'replies' })
    await site.comment({ name: 'Lea', email: 'lea@example.com', notify: 'replies' })
    const restore = await keepRows()
    site.wait(minute)
    await erase(site)
    const { results: erased } = await env.DB.prepare('SELECT hash, at FROM erased').all<ErasedAddress>()
    await restore()
    expect(await choices()).toHaveLength(2)
    await site.ports.commenting.comments.eraseAgain(erased)
    expect((await choices()).map((field) => field.split('/')[0])).toEqual(['comments'])
    const before = site.mails.length
    await site.sweep()
    expect(site.mails.slice(before).map(({ to }) => to)).toEqual(['lea@example.com'])
  })
  test('ends a request for new comments again after a restore, and none that was made since', async () => {
    const site = await openToldComments()
    await site.comment({ name: 'Kim', email: kim.toUpperCase(), notify: 'comments' })
    const restore = await keepRows()
    site.wait(minute)
    await erase(site)
    const { results: erased } = await env.DB.prepare('SELECT hash, at FROM erased').all<ErasedAddress>()
    await restore()
    const { comments } = site.ports.commenting
    await comments.eraseAgain(erased.filter(({ hash }) => !hash.startsWith('request-')))
    expect(await rowsOf('opt_in WHERE done = 0')).toBe(1)
    await comments.eraseAgain(erased)
    expect(await rowsOf("opt_in WHERE address <> '' OR done = 0")).toBe(0)
    await site.sweep()
    expect(site.mails).toEqual([])
    site.wait(60 * minute)
    await site.comment({ name: 'Kim', email: kim, notify: 'comments' })
    await comments.eraseAgain(erased)
    await site.sweep()
    expect(site.mails.map(({ to }) => to)).toEqual([kim])
  })
})
