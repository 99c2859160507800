import { describe, expect, test } from 'vitest'
import { maxArticleBytes } from '../../src/domain/article.ts'
import {
  articlesPerSave,
  limits,
  maxLines,
  maxLinesBytes,
  statementsPerSave,
} from '../../src/domain/limits.ts'
import { hashOf } from '../../src/http/token.ts'
import { type Invocation, takeInvocations } from './meter.ts'
import { openSite, type TestSite, token } from './site.ts'

type Line = { line: number; status: number; saved?: string; title?: string }

const open = async () => openSite({ API_TOKENS: `tests:admin:${await hashOf(token)}` })

const ndjson = { 'Content-Type': 'application/x-ndjson' }

async function send(site: TestSite, path: string, lines: readonly string[]): Promise<Line[]> {
  const answer = await site.call('POST', path, lines.join('\n'), ndjson)
  expect(answer.status).toBe(200)
  const text = new TextDecoder().decode(await answer.arrayBuffer())
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

const article = (slug: string, more: object = {}) =>
  JSON.stringify({ slug, title: slug, text: 'Un.', ...more })
const many = (count: number, of: (at: number) => string) => Array.from({ length: count }, (_, at) => of(at))
const header = JSON.stringify({ kind: 'backup', revision: 1, selections: 1, articles: 0, archives: 0 })

/** The calls that take lines. `first` is the line that precedes the others. */
const calls: [path: string, first: string[]][] = [
  ['/api/articles', []],
  ['/api/dry-run', []],
  ['/api/restore', [header]],
]

describe.for(calls)('%s', ([path, first]) => {
  test('refuses more lines than fit, with their number, before it saves any', async () => {
    const site = await open()
    const lines = [...first, ...many(maxLines + 1, (at) => article(`a${at}`))]
    const answer = await site.call('POST', path, lines.join('\n'), ndjson)
    expect(answer.status).toBe(413)
    expect(await answer.json()).toMatchObject({
      title: 'Too many lines',
      detail: expect.stringContaining(`more than ${maxLines}`),
      maxLines,
    })
    expect(await site.ports.backups.state()).toMatchObject({ revision: 0, articles: 0 })
  })

  test('refuses more bytes than fit, before it saves any', async () => {
    const site = await open()
    const lines = [...first, ...many(9, (at) => article(`a${at}`, { text: 'x'.repeat(1_000_000) }))]
    const answer = await site.call('POST', path, lines.join('\n'), ndjson)
    expect(answer.status).toBe(413)
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining(`at most ${maxLinesBytes}`) })
    expect(await site.ports.backups.state()).toMatchObject({ revision: 0, articles: 0 })
  })

  test('takes as many lines as fit, and blank lines beside them', async () => {
    const site = await open()
    const count = maxLines - first.length
    const lines = [...first, ...many(count, (at) => article(`a${at}`))].flatMap((line) => [line, ''])
    expect(await send(site, path, lines)).toHaveLength(count)
  })
})

test('takes the line of a backup with the largest article that can be saved', async () => {
  const site = await open()
  const sized = (length: number) =>
    site.call('PUT', '/api/articles/un', { title: 'Un', text: 'x'.repeat(length) })
  const { detail } = (await (await sized(maxArticleBytes - 100)).json()) as { detail: string }
  const tooMany = Number(/has (\d+) bytes/.exec(detail)?.[1]) - maxArticleBytes
  expect((await sized(maxArticleBytes - 100 - tooMany)).status).toBe(201)
  const backup = (await (await site.call('GET', '/api/backup/articles')).json()) as { lines: object[] }
  const line = JSON.stringify(backup.lines[0])
  expect(line.length).toBeGreaterThan(maxArticleBytes)
  expect(await send(site, '/api/articles', [line])).toMatchObject([{ status: 200, saved: 'unchanged' }])
})

test('the number of lines leaves as many statements for lines that are saved alone', () => {
  expect(maxLines).toBe(500)
  expect(2 * (maxLines / articlesPerSave) * statementsPerSave).toBeLessThanOrEqual(limits.statements.paid)
})

/** Sends lines, and those that a request could not save again, until none is left. */
async function sendAll(site: TestSite, path: string, lines: readonly string[]) {
  const requests: Line[][] = []
  for (let left = lines; left.length > 0; ) {
    const answers = await send(site, path, left)
    expect(answers).toHaveLength(left.length)
    requests.push(answers)
    const again = left.filter((_, at) => answers[at]?.status === 503)
    expect(again.length, `the request ${requests.length} has saved no line`).toBeLessThan(left.length)
    left = again
  }
  return requests
}

interface Hard {
  before?: string[]
  lines: string[]
}

/** Lines that are hard to save together. The store contains the articles in `before`. */
const hard: Record<string, Hard> = {
  'versions of one article': { lines: many(30, (at) => article('un', { title: `Version ${at}` })) },
  'one article again and again': { lines: many(100, () => article('un')) },
  'articles with one title': {
    lines: many(60, (at) => JSON.stringify({ title: 'Météo', id: `urn:x:${at}` })),
  },
  'articles whose title is that of a stored one': {
    before: [JSON.stringify({ title: 'Météo', id: 'urn:x:stored' })],
    lines: many(120, (at) => JSON.stringify({ title: 'Météo', id: `urn:x:${at}` })),
  },
}

const statementsOf = (invocations: readonly Invocation[], name: string) =>
  invocations.filter((one) => one.name === name).map(({ statements }) => statements)

describe('a request stays within the limits of the platform', () => {
  const rows = Object.keys(hard).flatMap((what) => [`/api/articles ${what}`, `/api/dry-run ${what}`])
  test.for(rows)('%s', async (row) => {
    const [path = '', ...words] = row.split(' ')
    const { before, lines } = hard[words.join(' ')] as Hard
    const site = await open()
    if (before) await send(site, '/api/articles', before)
    takeInvocations()
    const requests = await sendAll(site, path, lines)
    const statements = statementsOf(takeInvocations(), `POST ${path} with lines`)
    expect(statements).toHaveLength(requests.length)
    expect(Math.max(...statements)).toBeLessThanOrEqual(limits.statements.paid)
    const final = requests.flat().filter(({ status }) => status !== 503)
    expect(final).toHaveLength(lines.length)
    expect(final.filter(({ status }) => status >= 400)).toEqual([])
  })

  test('lines with slugs that other articles had, in each save one', async () => {
    const site = await open()
    const chunks = 2
    const count = chunks * articlesPerSave
    await send(
      site,
      '/api/articles',
      many(chunks, (at) => article(`former${at}`, { id: `urn:x:${at}` })),
    )
    await send(
      site,
      '/api/articles',
      many(chunks, (at) => article(`now${at}`, { id: `urn:x:${at}` })),
    )
    takeInvocations()
    const lines = many(count, (at) =>
      article(at % articlesPerSave === 7 ? `former${(at / articlesPerSave) | 0}` : `a${at}`),
    )
    const requests = await sendAll(site, '/api/articles', lines)
    const statements = statementsOf(takeInvocations(), 'POST /api/articles with lines')
    expect(Math.max(...statements)).toBeLessThanOrEqual(limits.statements.paid)
    const answers = requests.flat().map(({ status }) => status)
    expect(answers.filter((status) => status === 409)).toHaveLength(chunks)
    expect(answers.filter((status) => status === 201)).toHaveLength(count - chunks)
  })

  test('one save of fifty lines fits Workers Free', async () => {
    const site = await open()
    await send(
      site,
      '/api/articles',
      many(articlesPerSave, (at) => article(`a${at}`)),
    )
    const [statements = 0] = statementsOf(takeInvocations(), 'POST /api/articles with lines')
    expect(statements).toBeGreaterThan(20)
    expect(statements).toBeLessThanOrEqual(statementsPerSave)
    expect(statements).toBeLessThanOrEqual(limits.statements.free)
  })
})
