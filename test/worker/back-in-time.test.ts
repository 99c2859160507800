import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { hashOf } from '../../src/http/token.ts'
import { openSite, type TestSite, token } from './site.ts'

const hour = 3_600_000

/** Sends lines to the bulk import, and returns what was done with each. */
async function importLines(site: TestSite, ...lines: object[]): Promise<unknown[]> {
  const body = lines.map((line) => JSON.stringify(line)).join('\n')
  const answer = await site.call('POST', '/api/articles', body, { 'Content-Type': 'application/x-ndjson' })
  const answers = new TextDecoder()
    .decode(await answer.arrayBuffer())
    .split('\n')
    .filter(Boolean)
  return answers.map((line) => JSON.parse(line)).map(({ saved, title }) => saved ?? title)
}

/** A site with an article, and the article as a backup contained it before the site moved on. */
async function movedOn(change: Change) {
  const site = await openSite({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
  const saved = await site.put('un', { title: 'Un', section: 'Monde' })
  const revision = Number.parseInt(saved.headers.get('ETag')?.slice(1, -1) ?? '', 36)
  const line = (await saved.json()) as Record<string, unknown>
  site.wait(hour)
  await change(site)
  site.wait(hour)
  const now = site.ports.clock()
  return { site, line, revision, now }
}

type Change = (site: TestSite) => Promise<unknown>
const corrected = (site: TestSite) => site.put('un', { title: 'Une', section: 'Monde' })
const withdrawn = (site: TestSite) => site.call('DELETE', '/api/articles/un')
const silently = (site: TestSite) =>
  site.put('un', { title: 'Une', section: 'Monde', updated: '2024-06-19T16:00:00Z' })
const sameDate = async (site: TestSite) => {
  const { updated } = (await (await site.call('GET', '/api/articles/un')).json()) as { updated: string }
  return site.put('un', { title: 'Une', section: 'Monde', updated })
}
const nothing: Change = async () => {}
const makeRowBad = () => env.DB.prepare("UPDATE article SET json = json_set(json, '$.note', NULL)").run()
const correctedAndBad: Change = async (site) => {
  await corrected(site)
  await makeRowBad()
}
const withdrawnAndBad: Change = async (site) => {
  await withdrawn(site)
  await makeRowBad()
}

const renamed = (site: TestSite) => site.call('PUT', '/api/sections/monde', '{"name":"International"}')

type Line = { line: Record<string, unknown>; revision: number; now: number }
const withRevision = ({ line, revision }: Line) => ({ ...line, backup: { revision } })
const former = ({ line }: Line) => ({ ...line, backup: {} })
const plain = ({ line }: Line) => line
const later = ({ line, now }: Line) => ({ ...line, backup: { revision: now } })
const laterFormer = ({ line }: Line) => ({ ...line, updated: '2024-06-19T19:00:00Z', backup: {} })

const rows: [what: string, change: Change, from: (line: Line) => object, answer: string][] = [
  ['a correction, by revision', corrected, withRevision, 'Older'],
  ['a withdrawal, by revision', withdrawn, withRevision, 'Older'],
  ['a correction without a date, by revision', silently, withRevision, 'Older'],
  ['a correction, by date', corrected, former, 'Older'],
  ['a withdrawal, by date', withdrawn, former, 'Older'],
  ['a rename of its section, by revision', renamed, withRevision, 'Older'],
  ['a rename of its section, which changes no date', renamed, former, 'Older'],
  ['a correction with the former date', sameDate, former, 'Older'],
  ['a correction, but the line says nothing of a backup', corrected, plain, 'replaced'],
  ['a withdrawal, but the line says nothing of a backup', withdrawn, plain, 'replaced'],
  ['a correction, but the backup is newer', corrected, later, 'replaced'],
  ['a correction, but the backup is newer by date', corrected, laterFormer, 'replaced'],
  ['a correction that cannot be read any more', correctedAndBad, withRevision, 'replaced'],
  ['a correction that cannot be read any more, by date', correctedAndBad, former, 'replaced'],
  ['a withdrawal that cannot be read any more', withdrawnAndBad, withRevision, 'Older'],
  ['a withdrawal that cannot be read any more, by date', withdrawnAndBad, former, 'Older'],
  ['nothing', nothing, withRevision, 'unchanged'],
  ['nothing, but the article cannot be read any more', makeRowBad, withRevision, 'replaced'],
  ['nothing, in a former backup', nothing, former, 'unchanged'],
]

test.for(rows)('a backup is imported after %s', async ([, change, from, answer]) => {
  const { site, ...known } = await movedOn(change)
  const before = await site.get('/articles/un/feed.json')
  const other = { ...known.line, id: 'urn:x:2', slug: 'deux', backup: { revision: 1 } }
  expect(await importLines(site, from(known), other)).toEqual([answer, 'created'])
  expect(await importLines(site, from(known))).toEqual([answer === 'replaced' ? 'unchanged' : answer])
  const after = await site.get('/articles/un/feed.json')
  if (answer === 'Older')
    expect([after.status, await after.text()]).toEqual([before.status, await before.text()])
})

test('a line is also compared with a line before it in the same save', async () => {
  const { site, line, now } = await movedOn(corrected)
  const first = { ...line, title: 'Neuf', backup: { revision: now } }
  const second = { ...line, title: 'Moins neuf', backup: { revision: now - 1 } }
  expect(await importLines(site, first, second)).toEqual(['replaced', 'Older'])
})

test('what a line says about its backup is checked', async () => {
  const site = await openSite()
  for (const backup of [null, 7, [], 'x', { revision: 'x' }, { revision: 1.5 }])
    expect(await importLines(site, { title: 'x', backup }), JSON.stringify(backup)).toEqual([
      'Invalid article',
    ])
})

describe('a scheduled article that was deleted before it was public', () => {
  /** A site on which the article was deleted, after the end of its embargo; and its line in backups from before. */
  async function killed(last?: Record<string, unknown>) {
    const site = await openSite()
    const embargo = '2024-06-21T12:00:00Z'
    const line = (await (await site.put('tue', { embargo })).json()) as Record<string, unknown>
    if (last) await site.put('tue', last)
    expect((await site.call('DELETE', '/api/articles/tue')).headers.get('Kiosque-Saved')).toBe('deleted')
    site.at('2024-06-22T12:00:00Z')
    return { site, line }
  }
  const rows: [what: string, last: Record<string, unknown> | undefined, backup: object][] = [
    ['is not brought back by an older backup', undefined, { revision: 1 }],
    ['is not brought back by a backup of a former version', undefined, {}],
    ['is not brought back if it was a draft at last', { status: 'draft' }, { revision: 1 }],
  ]
  test.for(rows)('%s', async ([, last, backup]) => {
    const { site, line } = await killed(last)
    const other = { ...line, id: 'urn:x:2', slug: 'deux', backup }
    expect(await importLines(site, { ...line, backup }, other)).toEqual(['Older', 'created'])
    expect((await site.get('/articles/tue')).status).toBe(404)
    // A line that says nothing of a backup is what `--overwrite` sends.
    expect(await importLines(site, line)).toEqual(['created'])
    expect((await site.get('/articles/tue')).status).toBe(200)
    expect(await importLines(site, { ...line, backup })).toEqual(['unchanged'])
  })
})
