import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { TestBrowser } from './push-browser.ts'
import { openPush, type PushSite } from './push-site.ts'
import { sendLines } from './site.ts'

const hour = 3_600_000
const withdrawn = 'Article retiré'
const id = 'tag:kiosque.example,2024:un'
const note = 'Le nom du pont était faux.'
let site: PushSite

beforeEach(async () => {
  site = await openPush({ SITE_CONTACT: 'flux@kiosque.example' }, Date.parse('2024-06-19T16:00:00Z'))
  await site.put('avant', { section: 'Monde' })
  site.wait(hour)
})

const inHours = (hours: number) => new Date(site.ports.clock() + hours * hour).toISOString()

/** Imports an article. Nobody is told, unless the import has `notify`. */
const bring = (more: object = {}, origin: object = {}) =>
  sendLines(site, '/api/articles', [
    { id, slug: 'un', title: 'Titre de un', section: 'Monde', ...more, import: { run: 1, ...origin } },
  ])

const save = (more: object = {}) => site.put('un', { title: 'Titre de un', section: 'Monde', note, ...more })

const remove = (slug = 'un') => site.call('DELETE', `/api/articles/${slug}`)

const tell = async () => {
  site.queue.push({ kind: 'tell' })
  await site.drain()
}

const titlesFor = ({ endpoint, read }: TestBrowser) =>
  Promise.all(
    site.pushes
      .filter((pushed) => pushed.endpoint === endpoint)
      .map(async ({ body }) => (await read(body)).notification.title),
  )

/** The number of changes of which people have yet to be told. */
const waiting = async () =>
  (await env.DB.prepare("SELECT count(*) AS waiting FROM effect WHERE effect = 'notify'").first())?.waiting

describe('an imported article, of whose correction a browser was told', () => {
  test.for<[what: string, end: () => Promise<unknown>]>([
    ['is withdrawn', () => remove()],
    [
      'expires',
      async () => {
        site.wait(2 * hour)
        await site.ports.store.release()
      },
    ],
    [
      'is edited after it has expired, before this was carried out',
      async () => {
        const expires = inHours(2)
        site.wait(2 * hour)
        await save({ expires, title: 'Mieux' })
      },
    ],
    ['gets an embargo', () => save({ embargo: inHours(5) })],
    ['becomes a draft', () => save({ status: 'draft' })],
    [
      'gets another address, and is withdrawn',
      async () => {
        await site.put('une', { id, title: 'Titre de un', section: 'Monde', note })
        await remove('une')
      },
    ],
    [
      'may not be syndicated any more, and is withdrawn',
      async () => {
        await save({ rights: { syndicate: 'none' } })
        await remove()
      },
    ],
    ['is withdrawn by another import', () => bring({ status: 'withdrawn' }, { run: 2 })],
  ])('%s: exactly this browser is told', async ([, end]) => {
    await bring({ expires: inHours(2) })
    const one = await site.subscribeIn('corrections/un')
    const other = await site.subscribeIn('all')
    site.wait(1000)
    await save({ expires: inHours(2) })
    await tell()
    const late = await site.subscribeIn('corrections/un')
    site.wait(1000)
    await end()
    await tell()
    await tell()
    expect(await titlesFor(one)).toEqual([expect.stringMatching(/^Correction/), withdrawn])
    expect([await titlesFor(other), await titlesFor(late)]).toEqual([[], []])
  })
})

test('an import of which browsers were told is taken back: they are told', async () => {
  const one = await site.subscribeIn('sections/monde')
  site.wait(1000)
  await bring({}, { notify: true })
  await tell()
  site.wait(hour)
  await site.call('POST', '/api/imports/undo', { after: '' })
  await tell()
  expect(await titlesFor(one)).toEqual(['Titre de un', withdrawn])
})

test('an import of which no browser shows anything stores nothing for people when it is withdrawn or taken back', async () => {
  await site.subscribeIn('all')
  site.wait(1000)
  await bring()
  await remove()
  await sendLines(site, '/api/articles', [
    { slug: 'deux', title: 'Titre', section: 'Monde', import: { run: 2 } },
  ])
  await site.call('POST', '/api/imports/undo', { after: '' })
  expect((await site.get('/articles/deux')).status).toBe(410)
  expect(await waiting()).toBe(0)
})
