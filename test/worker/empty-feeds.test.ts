import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { readBackup } from '../../src/cli/backup.ts'
import { openSmall, restoreInto, sourceOf } from './backups.ts'
import { emptyDatabase, made, prepareDatabase } from './database.ts'
import type { TestSite } from './site.ts'

const hour = 3_600_000

/** The date by which a feed without articles says when it last changed, in RSS and in Atom; the JSON format has none. */
async function datesOf(site: TestSite, path: string): Promise<number[]> {
  const [before, query = ''] = path.split('?')
  const dates: number[] = []
  for (const [format, date] of [
    ['rss', /<lastBuildDate>(.*?)</],
    ['atom', /<updated>(.*?)</],
  ] as const) {
    const answer = await site.get(`${before}/feed.${format}${query && `?${query}`}`)
    const text = await answer.text()
    expect([path, format, answer.status, /<(?:item|entry)[ >]/.test(text)]).toEqual([
      path,
      format,
      200,
      false,
    ])
    dates.push(Date.parse(date.exec(text)?.[1] ?? ''))
  }
  return dates
}

/** The answers to a path in every format: ETag and body. */
async function answersOf(site: TestSite, paths: readonly string[]): Promise<string[]> {
  const answers: string[] = []
  for (const path of paths) {
    const answer = await site.get(path)
    answers.push(`${path} ${answer.headers.get('ETag')} ${await answer.text()}`)
  }
  return answers
}

const feeds = ['/feed.rss', '/feed.atom', '/feed.json', '/feed.atom?before=1.1']

describe('a site that never published', () => {
  test('is dated by the making of its database, also with a draft, and again by the same bytes', async () => {
    const site = await openSmall()
    await site.put('brouillon', { status: 'draft' })
    expect(await datesOf(site, '')).toEqual([made, made])
    expect(await datesOf(site, '?before=1.1')).toEqual([made, made])
    const before = await answersOf(site, feeds)
    site.wait(24 * hour)
    expect(await answersOf(site, feeds)).toEqual(before)
  })

  test('has the same bytes and ETags after an export into another database', async () => {
    const site = await openSmall()
    await site.put('brouillon', { status: 'draft' })
    const before = await answersOf(site, feeds)
    const { lines } = await readBackup(sourceOf(site))
    await emptyDatabase()
    await prepareDatabase()
    await env.DB.prepare("UPDATE selection SET revised = ?1 WHERE path = ''")
      .bind(made + hour)
      .run()
    const other = await openSmall(site.ports.clock() + hour)
    expect((await restoreInto(other, lines)).refused).toEqual([])
    expect(await answersOf(other, feeds)).toEqual(before)
  })

  test('keeps its date if the backup of a former version has none', async () => {
    const site = await openSmall()
    await site.put('brouillon', { status: 'draft' })
    await env.DB.prepare("UPDATE selection SET revised = 0 WHERE path = ''").run()
    const { lines } = await readBackup(sourceOf(site))
    await emptyDatabase()
    await prepareDatabase()
    const other = await openSmall(site.ports.clock() + hour)
    await restoreInto(other, lines)
    const [date = 0] = await datesOf(other, '')
    expect(date).toBeGreaterThanOrEqual(made)
  })
})

/** What empties a feed, the path of the feed, and the instant of its last change after the opening of the site. */
const emptied: [what: string, path: string, empty: (site: TestSite) => Promise<unknown>][] = [
  ['a withdrawal', '/sections/monde', (site) => site.call('DELETE', '/api/articles/un')],
  ['a withdrawal of the only article', '', (site) => site.call('DELETE', '/api/articles/un')],
  [
    'a move to another section',
    '/sections/monde',
    (site) => site.put('un', { section: 'Sport', tags: ['Été'] }),
  ],
  [
    'a move, for an archive',
    '/sections/monde/archive/2024/06/1',
    (site) => site.put('un', { section: 'Sport' }),
  ],
  [
    'a move, for an intersection',
    '?section=monde&tag=ete',
    async (site) => {
      await site.put('deux', { section: 'Monde', status: 'draft' })
      return site.put('un', { section: 'Sport', tags: ['Été'] })
    },
  ],
  [
    'a move, for the archive of an intersection',
    '/sections/monde/archive/2024/06/1?tag=ete',
    (site) => site.put('un', { section: 'Sport', tags: ['Été'] }),
  ],
  ['a withdrawal, for a page', '?before=1.1', (site) => site.call('DELETE', '/api/articles/un')],
]

describe('a feed that was emptied', () => {
  test.for(emptied)('by %s is dated by that change', async ([, path, empty]) => {
    const site = await openSmall()
    await site.put('un', { section: 'Monde', tags: ['Été'] })
    site.wait(hour)
    await empty(site)
    const changed = Math.ceil(site.ports.clock() / 1000) * 1000
    site.wait(hour)
    expect(await datesOf(site, path)).toEqual([changed, changed])
    site.wait(24 * hour)
    expect(await datesOf(site, path)).toEqual([changed, changed])
  })

  test('by an expiry is dated by that expiry, whether cron ran or not', async () => {
    const expires = '2024-06-19T20:00:00Z'
    const site = await openSmall()
    await site.put('un', { section: 'Monde', expires })
    site.wait(6 * hour)
    expect(await datesOf(site, '/sections/monde')).toEqual([Date.parse(expires), Date.parse(expires)])
  })

  test('by an expiry that cannot be saved is dated by that expiry', async () => {
    const expires = '2024-06-19T20:00:00Z'
    const site = await openSmall()
    await site.put('un', { section: 'Monde', expires })
    site.wait(6 * hour)
    await env.DB.prepare(
      "CREATE TRIGGER refused BEFORE UPDATE ON site BEGIN SELECT raise(ABORT, 'read only'); END",
    ).run()
    expect((await site.get('/sections/monde/feed.atom')).headers.get('ETag')).toBeNull()
    expect(await datesOf(site, '/sections/monde')).toEqual([Date.parse(expires), Date.parse(expires)])
  })

  test('is dated by its revision if its date is bad', async () => {
    const site = await openSmall()
    await site.put('un', { section: 'Monde' })
    site.wait(hour)
    await site.call('DELETE', '/api/articles/un')
    const changed = Math.floor(site.ports.clock() / 1000) * 1000
    site.wait(hour)
    await env.DB.prepare("UPDATE selection SET revised = 'bad' WHERE path = 'sections/monde'").run()
    expect(await datesOf(site, '/sections/monde')).toEqual([changed, changed])
  })
})
