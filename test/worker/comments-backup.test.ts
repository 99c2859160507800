import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { everyAddress } from '../../scripts/every-address.ts'
import { readBackup } from '../../src/cli/backup.ts'
import { remoteComments } from '../../src/cli/comments.ts'
import type { Tally } from '../../src/cli/import.ts'
import { keepLines } from '../../src/cli/kept-lines.ts'
import { importSubscribers } from '../../src/cli/subscribers-file.ts'
import { remoteSubscriptions } from '../../src/cli/subscriptions.ts'
import type { KeptComments } from '../../src/comments/keep.ts'
import type { BackupState } from '../../src/domain/backup.ts'
import type { CommenterLine } from '../../src/domain/commenter-line.ts'
import type { ErasedAddress } from '../../src/domain/erased.ts'
import { formatNames } from '../../src/domain/format.ts'
import { hashOf } from '../../src/http/token.ts'
import { parseKeptLine } from '../../src/ingest/backup.ts'
import { forDelta } from '../readers.ts'
import { restoreInto, sourceOf, targetOf } from './backups.ts'
import { type CommentSite, openComments } from './comment-site.ts'
import { emptyDatabase, keepRows, prepareDatabase } from './database.ts'
import { token } from './site.ts'

const hour = 3_600_000
const kim = 'kim@example.com'

const settings = async (scope = 'admin') => ({
  ...{ COMMENTS: 'open', API_TOKENS: `desk:${scope}:${await hashOf(token)}` },
  ...{ FEED_LENGTH: '3', ARTICLES_PER_PAGE: '5' },
})

const idOf = async (text: string) =>
  (await env.DB.prepare('SELECT id FROM comment WHERE text = ?1').bind(text).first<string>('id')) ?? ''

async function write(site: CommentSite, slug: string, text: string, more: Record<string, string> = {}) {
  await (await site.send(slug, { text, email: kim, ...more })).arrayBuffer()
  return idOf(text)
}

/** A site on which everything has happened that can happen to comments. */
async function livedSite(): Promise<CommentSite> {
  const site = await openComments(await settings())
  for (const slug of ['un', 'deux', 'trois', 'quatre']) {
    site.wait(1000)
    const html = '<p>Le <mark data-question="Et vous ?" data-question-id="pont">pont</mark>.</p>'
    await site.put(slug, { title: `Article ${slug}`, section: 'Monde', html, text: undefined })
  }
  site.wait(2000)
  const { comments } = site.ports.commenting
  const first = await write(site, 'un', 'Le **premier**.')
  for (let at = 0; at < 6; at++) await write(site, 'un', `Réponse ${at}.`, { parent: first })
  const deep = await write(site, 'un', 'Plus bas.', { parent: await idOf('Réponse 2.') })
  for (let at = 0; at < 5; at++) {
    const asked: Record<string, string> = at % 2 === 0 ? { question: 'pont' } : {}
    await write(site, 'deux', `Avis ${at}, avec des mots qui diffèrent ${at}.`, asked)
  }
  await write(site, 'deux', 'En attente.', { website: 'x' })
  await write(site, 'deux', 'Indésirable.')
  await write(site, 'trois', 'Sur un article retiré.')
  const gone = await write(site, 'un', 'Effacé.')
  await write(site, 'un', 'Réponse à un effacé.', { parent: gone })
  site.wait(hour)
  await comments.decide([await idOf('Indésirable.')], 'spam', 'desk')
  await comments.decide([gone], 'deleted', 'desk')
  await comments.decide([await idOf('Réponse 4.')], 'spam', 'desk')
  await comments.decide([await idOf('Réponse 4.')], 'approved', 'desk')
  await comments.report(deep, { reason: 'false', text: 'C’est faux.', form: 'one', email: 'sam@example.com' })
  await env.DB.prepare('UPDATE comment SET edit_until = ?1')
    .bind(site.ports.clock() + hour)
    .run()
  await env.DB.prepare("UPDATE comment SET edit_hash = 'h' WHERE id = ?1").bind(deep).run()
  await comments.edit(deep, 'h', {
    text: 'Plus bas, *corrigé*.',
    html: '<p>Plus bas, <em>corrigé</em>.</p>',
    state: 'approved',
  })
  site.wait(hour)
  await site.call('DELETE', '/api/articles/trois')
  await site.put('quatre', { title: 'Sans flux', section: 'Monde', rights: { syndicate: 'none' } })
  await write(site, 'quatre', 'Sans flux.')
  await site.put('deux', { title: 'Article deux, corrigé', section: 'Monde' })
  await comments.close(true)
  site.wait(hour)
  return site
}

const feeds = (slug: string) => formatNames.map((format) => `/articles/${slug}/comments/feed.${format}`)
const addresses = [
  ...['un', 'deux', 'trois', 'quatre'].flatMap((slug) => [
    ...[`/articles/${slug}/comments`, `/articles/${slug}/comments.json`, ...feeds(slug)],
    ...['oldest', 'answered'].map((order) => `/articles/${slug}/comments?order=${order}`),
  ]),
  ...formatNames.map((format) => `/comments/feed.${format}`),
]

/** Each page, feed and JSON of comments, with all further pages to which they lead. */
const answersOf = (site: CommentSite) =>
  everyAddress(
    (path) => site.get(path),
    addresses,
    (path) => /\/comments(\.json|\?|$|\/feed)/.test(path),
  )

/** Empties the database, and opens a site on it at the same time. */
async function emptySite(at: number): Promise<CommentSite> {
  await emptyDatabase()
  await prepareDatabase()
  const site = await openComments(await settings())
  site.at(at)
  return site
}

const rowsOf = async () =>
  (
    await env.DB.prepare(
      `SELECT number, id, article, parent, thread, question, state, reasons, name, text, html, written, published, withdrawn, edited, revision,
         replies, reports FROM comment ORDER BY number`,
    ).all()
  ).results

const headsOf = async () =>
  (
    await env.DB.prepare(
      'SELECT path, title, mode, shown, feeds, revision, revised, departed, size, closed FROM discussion ORDER BY path',
    ).all()
  ).results

const eventsOf = async () =>
  (
    await env.DB.prepare(
      'SELECT comment, at, kind, actor, state, reason, text FROM comment_event ORDER BY comment, number',
    ).all()
  ).results

/** The state in the first line of a backup. */
function stateOf(lines: readonly object[]): BackupState {
  const { kind: _, ...state } = lines[0] as BackupState & { kind: string }
  return state
}

/** All addresses in the tables of comments, with their hashes. */
const emailsIn = async () => {
  const tables = await env.DB.batch([
    env.DB.prepare('SELECT id, email, email_hash FROM comment WHERE email IS NOT NULL ORDER BY number'),
    env.DB.prepare('SELECT at, email, email_hash FROM comment_event WHERE email IS NOT NULL ORDER BY number'),
  ])
  return tables.flatMap(({ results }) => results)
}

/** What the command line does with the people of a site; nobody there is told of articles. */
const peopleOf = (site: CommentSite) => ({
  subscriptions: { restore: async () => ({ restored: 0, unchanged: 0, erased: 0, bad: [] }) },
  comments: remoteComments((method, path, body) => site.call(method, path, body)),
})

describe('a backup with comments', () => {
  test('restored into an empty store, answers every address with the same bytes and ETag', async () => {
    const site = await livedSite()
    const before = await answersOf(site)
    const [rows, heads, events] = [await rowsOf(), await headsOf(), await eventsOf()]
    const { lines } = await readBackup(sourceOf(site))
    const text = JSON.stringify(lines)
    expect(text).toContain('En attente.')
    for (const secret of [kim, 'sam@example.com', 'email', 'Effacé.'])
      expect(text, secret).not.toContain(secret)
    const other = await emptySite(site.ports.clock() + 5000)
    const { tally, refused } = await restoreInto(other, lines)
    expect([refused, Object.keys(tally)]).toEqual([[], ['restored']])
    other.wait(5000)
    expect(await rowsOf()).toEqual(rows)
    expect(await headsOf()).toEqual(heads)
    expect(await eventsOf()).toEqual(events)
    const after = await answersOf(other)
    expect(after.size).toBe(before.size)
    expect(before.size).toBeGreaterThan(40)
    for (const [path, answer] of before) expect([path, after.get(path)]).toEqual([path, answer])
    expect((await readBackup(sourceOf(other))).lines).toEqual(lines)
    const { results } = await env.DB.prepare("SELECT * FROM effect WHERE effect = 'websub-comments'").all()
    expect(results).toEqual([])
    expect(await other.ports.commenting.comments.isClosed()).toBe(true)
    // What comes next has a later number, revision and date.
    await other.ports.commenting.comments.close(false)
    other.wait(hour)
    const tag = (await other.get('/articles/un/comments/feed.atom')).headers.get('ETag') ?? ''
    await write(other, 'un', 'Après.')
    const answer = await other.get('/articles/un/comments/feed.atom', { 'If-None-Match': tag })
    expect([answer.status, (await answer.text()).includes('Après.')]).toEqual([200, true])
  })

  test('shows no comments with an ETag of the backup before it is complete', async () => {
    const site = await livedSite()
    const tags = new Set<string>()
    for (const path of addresses) tags.add((await site.get(path)).headers.get('ETag') ?? '')
    const { lines } = await readBackup(sourceOf(site))
    const other = await emptySite(site.ports.clock())
    const state = stateOf(lines)
    const target = targetOf(other)
    expect(await target.open(state)).toBe(true)
    for (const line of lines.slice(1)) {
      await target.restore(state, [line])
      if ((line as { kind?: string }).kind !== 'comment') continue
      const all = await (await openComments(await settings())).get('/comments/feed.atom')
      expect(tags, JSON.stringify(line)).not.toContain(all.headers.get('ETag'))
    }
    expect(await target.complete(state, true)).toBe(true)
  })

  test('of which lines are missing, gets new ETags', async () => {
    const site = await livedSite()
    const { lines } = await readBackup(sourceOf(site))
    const tagOf = async (from: CommentSite, slug: string) =>
      (await from.get(`/articles/${slug}/comments/feed.atom`)).headers.get('ETag')
    const [deux, un] = [await tagOf(site, 'deux'), await tagOf(site, 'un')]
    const left = lines.filter((line) => !JSON.stringify(line).includes('Avis 1'))
    expect(left.length).toBe(lines.length - 1)
    const other = await emptySite(site.ports.clock())
    await restoreInto(other, left)
    expect(await tagOf(other, 'deux')).not.toBe(deux)
    expect(await tagOf(other, 'un')).toBe(un)
  })

  test('an import that was interrupted is completed by the same import, and changes nothing twice', async () => {
    const site = await livedSite()
    const [rows, heads, events] = [await rowsOf(), await headsOf(), await eventsOf()]
    const { lines } = await readBackup(sourceOf(site))
    const other = await emptySite(site.ports.clock())
    const state = stateOf(lines)
    const target = targetOf(other)
    await target.open(state)
    await target.restore(state, lines.slice(1, -9))
    const { refused } = await restoreInto(other, lines)
    expect(refused).toEqual([])
    expect([await rowsOf(), await headsOf(), await eventsOf()]).toEqual([rows, heads, events])
  })

  test('imported into a store that is not empty, adds the comments that it lacks, and a second time nothing', async () => {
    const site = await livedSite()
    const rows = await rowsOf()
    const { lines } = await readBackup(sourceOf(site))
    const other = await emptySite(site.ports.clock())
    for (const slug of ['un', 'deux', 'quatre']) await other.put(slug, { title: slug })
    other.wait(2000)
    const items = lines.flatMap((line, at) =>
      (line as { kind?: string }).kind === 'comment'
        ? [{ where: `${at}`, comment: parseKeptLine(line) }]
        : [],
    )
    const keep = async (comments: readonly object[]) =>
      (await (await other.call('POST', '/api/comments/import', { comments })).json()) as KeptComments
    const refused: string[] = []
    for (const outcome of ['comments added', 'comments unchanged']) {
      const tally: Tally = {}
      await keepLines(items, { keep }, tally, (_, reply) => !reply.ok && refused.push(reply.reason))
      expect(tally, outcome).toEqual({ [outcome]: rows.length - 1, refused: 1 })
    }
    expect(refused[0]).toContain('article: is the slug of no article')
    const states = ({ id, state, text }: Record<string, unknown>) => [id, state, text]
    expect((await rowsOf()).map(states)).toEqual(
      rows.filter(({ text }) => text !== 'Sur un article retiré.').map(states),
    )
  })

  test('a line that is bad is refused and named', async () => {
    const site = await livedSite()
    const { lines } = await readBackup(sourceOf(site))
    const bad = lines.map((line) =>
      JSON.stringify(line).includes('Avis 1') ? { ...line, article: 'nulle-part' } : line,
    )
    const other = await emptySite(site.ports.clock())
    const { refused } = await restoreInto(other, bad)
    expect(refused.join()).toContain('the article or the comment that it answers is missing')
  })
})

describe('the list of comments for a backup', () => {
  test('needs a token that administers, unless there are none', async () => {
    const site = await livedSite()
    const reader = await openComments(await settings('read'))
    for (const kind of ['comments', 'discussions']) {
      expect((await site.call('GET', `/api/backup/${kind}`)).status, kind).toBe(200)
      expect((await reader.call('GET', `/api/backup/${kind}`)).status, kind).toBe(403)
    }
    expect((await reader.call('GET', '/api/backup/articles')).status).toBe(200)
    const empty = await emptySite(site.ports.clock())
    expect(await (await empty.call('GET', '/api/backup/comments')).json()).toEqual({ lines: [] })
  })

  test('has pages', async () => {
    const site = await openComments(await settings())
    await site.put('un', {})
    site.wait(2000)
    const draft = {
      article: 'un',
      state: 'approved',
      name: 'Kim',
      text: 'Oui.',
      written: '2024-06-18T16:00:00Z',
    }
    for (let at = 0; at < 2; at++)
      await site.call('POST', '/api/comments/import', {
        comments: Array.from({ length: 40 }, (_, n) => ({ ...draft, id: `${at}-${n}`.padEnd(22, '-') })),
      })
    const { lines } = await readBackup(sourceOf(site))
    expect(lines.filter((line) => (line as { kind?: string }).kind === 'comment')).toHaveLength(80)
  })
})

describe('a feed reader who holds comments that a restore of the database has lost', () => {
  test.for(['/articles/un/comments/feed.rss', '/comments/feed.json', '/articles/un/comments'])(
    '%s: gets the present ones, whatever it asks by',
    async (path) => {
      const site = await livedSite()
      await site.ports.commenting.comments.close(false)
      const before = await site.get(path)
      await before.arrayBuffer()
      const goBack = await keepRows()
      site.wait(hour)
      await write(site, 'un', 'Perdu.')
      site.wait(hour)
      const held = await site.get(path)
      expect(await held.text()).toContain('Perdu.')
      const headers = { tag: held.headers.get('ETag') ?? '', date: held.headers.get('Last-Modified') ?? '' }
      await goBack()
      site.wait(hour)
      expect((await site.call('POST', '/api/restored')).status).toBe(200)
      site.wait(hour)
      const asked = [
        { 'If-None-Match': headers.tag },
        ...(headers.date === '' ? [] : [{ 'If-Modified-Since': headers.date }]),
      ]
      for (const one of asked) {
        const answer = await site.get(path, one)
        expect([answer.status, (await answer.text()).includes('Perdu.')], JSON.stringify(one)).toEqual([
          200,
          false,
        ])
      }
      await write(site, 'un', 'Retrouvé.')
      site.wait(60_000)
      // No delta is made from an earlier revision, because it would not say that a comment is gone.
      for (const tag of [headers.tag, before.headers.get('ETag') ?? '']) {
        const delta = await site.get(path, forDelta(tag))
        expect([delta.status, (await delta.text()).includes('Retrouvé.')], tag).toEqual([200, true])
      }
    },
  )
})

describe('the encrypted part of a backup', () => {
  const addressesOf = async (site: CommentSite): Promise<CommenterLine[]> => {
    const lines: CommenterLine[] = []
    for await (const page of peopleOf(site).comments.addresses()) lines.push(...page)
    return lines
  }

  test('has the addresses of comments and reports, which they get back, with their hashes', async () => {
    const site = await livedSite()
    const before = await emailsIn()
    expect(before.length).toBeGreaterThan(15)
    const { lines } = await readBackup(sourceOf(site))
    const people = await addressesOf(site)
    expect(people.length).toBe(before.length)
    const other = await emptySite(site.ports.clock())
    await restoreInto(other, lines)
    expect(await emailsIn()).toEqual([])
    const texts = people.map((one) => JSON.stringify(one))
    for (const addresses of [people.length, 0])
      expect(await importSubscribers(peopleOf(other), texts), `${addresses}`).toEqual({
        ...{ restored: 0, unchanged: 0, erased: 0, addresses, bad: [] },
      })
    expect(await emailsIn()).toEqual(before)
    const found = await other.call('POST', '/api/comments/person', { address: kim })
    expect(((await found.json()) as { comments: object[] }).comments.length).toBeGreaterThan(10)
  })

  test('gives nobody back who was erased meanwhile, nor the plain part', async () => {
    const site = await livedSite()
    const { lines } = await readBackup(sourceOf(site))
    const people = (await addressesOf(site)).map((one) => JSON.stringify(one))
    site.wait(hour)
    let isMore = true
    while (isMore) {
      const step = await (await site.call('DELETE', '/api/comments/person', { address: kim })).json()
      isMore = (step as { isMore: boolean }).isMore
    }
    const { results: erased } = await env.DB.prepare('SELECT hash, at FROM erased').all<ErasedAddress>()
    for (const withPeople of [false, true]) {
      const other = await emptySite(site.ports.clock())
      await restoreInto(other, lines)
      if (withPeople) await importSubscribers(peopleOf(other), people)
      const subscriptions = remoteSubscriptions((method, path, body) => other.call(method, path, body))
      const { comments } = await subscriptions.eraseAgain(erased)
      expect(comments, String(withPeople)).toBeGreaterThan(10)
      const left = (await rowsOf()).filter(({ state }) => state !== 'deleted')
      expect(left, String(withPeople)).toEqual([])
      expect(JSON.stringify(await emailsIn()), String(withPeople)).not.toContain('kim')
    }
  })

  test('gives nobody back, at no moment, who is on the list of erased people before the restore', async () => {
    const site = await livedSite()
    const { lines } = await readBackup(sourceOf(site))
    const people = (await addressesOf(site)).map((one) => JSON.stringify(one))
    const rows = await rowsOf()
    site.wait(hour)
    await site.ports.commenting.comments.erase(kim, [], 'desk')
    const { results: erased } = await env.DB.prepare('SELECT hash, at FROM erased').all<ErasedAddress>()
    const isMark = ({ hash }: ErasedAddress) => hash.startsWith('comment-')
    const left = async () => (await rowsOf()).filter(({ state }) => state !== 'deleted')
    // A plain backup names comments by their ids alone.
    const byId = await emptySite(site.ports.clock())
    await byId.ports.subscribers.eraseAgain(erased.filter(isMark))
    const target = targetOf(byId)
    const state = stateOf(lines)
    await target.open(state)
    for (const line of lines.slice(1)) {
      await target.restore(state, [line])
      expect(await left(), JSON.stringify(line)).toEqual([])
    }
    await target.complete(state, true)
    expect(await rowsOf()).toHaveLength(rows.length)
    expect(JSON.stringify([await rowsOf(), await eventsOf()])).not.toMatch(/premier|Avis|Plus bas/)
    const feed = await (await byId.get('/articles/un/comments/feed.atom')).text()
    expect(feed).not.toContain('<entry')
    expect(feed).toContain('deleted-entry')
    // Of a person who was erased elsewhere, the hash alone is known.
    const byHash = await emptySite(site.ports.clock())
    await byHash.ports.subscribers.eraseAgain(erased.filter((one) => !isMark(one)))
    await restoreInto(byHash, lines)
    expect(await left()).not.toEqual([])
    await importSubscribers(peopleOf(byHash), people)
    expect(await left()).toEqual([])
    expect(JSON.stringify(await emailsIn())).not.toContain('kim')
  })

  const wrong: [what: string, line: unknown, field: string][] = [
    ['nothing', null, 'kind'],
    ['another kind', { kind: 'ban' }, 'kind'],
    ['no comment', { kind: 'commenter', address: kim }, 'comment'],
    ['no address', { kind: 'commenter', comment: 'a' }, 'address'],
    ['an address with a line end', { kind: 'commenter', comment: 'a', address: `${kim}\nx` }, 'address'],
    ['a hash that is none', { kind: 'commenter', comment: 'a', address: kim, hash: 'x' }, 'hash'],
    ['a report without an instant', { kind: 'reporter', comment: 'a', address: kim }, 'at'],
  ]
  test.for(wrong)('%s is named, and stops no other line', async ([, line, field]) => {
    const site = await openComments(await settings())
    const answer = await site.call('POST', '/api/comments/addresses', {
      addresses: [line, { kind: 'commenter', comment: 'unknown', address: kim }],
    })
    expect(await answer.json()).toMatchObject({ restored: 0, unchanged: 1, bad: [{ at: 0, field }] })
  })

  test('is read and restored by an administrator only', async () => {
    const site = await openComments(await settings('moderate'))
    for (const method of ['GET', 'POST'])
      expect(
        (await site.call(method, '/api/comments/addresses', method === 'GET' ? undefined : {})).status,
        method,
      ).toBe(403)
  })
})
