import { createExecutionContext } from 'cloudflare:test'
import { describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { maxArticleBytes } from '../../src/domain/article.ts'
import { hashOf } from '../../src/http/token.ts'
import { openApiDocument } from '../../src/openapi/document.ts'
import type { Schema } from '../../src/openapi/schema.ts'
import { site as sampleSite } from '../render/samples.ts'
import { type BadInput, badInput, goodInput, Raw, right, standing, tables, tokens } from './bad-input.ts'
import { openSite, type TestSite, token } from './site.ts'

interface Answer {
  status: number
  type: string | null
  cache: string | null
  details: { status?: number; title?: string; detail?: string; issues?: { field: string; reason: string }[] }
}

const authorized = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }

/** Opens a test site that has the articles of `standing` (test/worker/bad-input.ts) and a token for each scope. */
async function furnished(): Promise<TestSite> {
  const hashes = await Promise.all([token, tokens.reader, tokens.admin].map(hashOf))
  const site = await openSite({
    API_TOKENS: `tests:publish:${hashes[0]},lecteur:read:${hashes[1]},chef:admin:${hashes[2]}`,
  })
  await site.call('PUT', '/api/articles/ancien', { ...standing.nouveau, slug: 'ancien' })
  for (const article of Object.values(standing)) {
    await site.call('PUT', `/api/articles/${article.slug}`, article)
  }
  await site.call('DELETE', '/api/articles/retire')
  site.wait(2000)
  return site
}

/**
 * The state of the test site that a refused request must not change: the stored articles with their revisions,
 * and the number of invalidations of edge copies.
 */
async function stateOf(site: TestSite): Promise<string> {
  const { articles } = await site.ports.store.list({ limit: 100 })
  return JSON.stringify([articles, site.invalidated.length])
}

function requestOf({ request: { method, path, headers = {}, body } }: BadInput): Request {
  const given = Object.entries({ ...authorized, ...headers }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  const made = typeof body === 'function' ? body() : body
  const sent =
    made instanceof Raw
      ? made.text
      : made === undefined || typeof made === 'string' || made instanceof Uint8Array
        ? made
        : JSON.stringify(made)
  // The body is sent as bytes because `Request` adds a Content-Type to a body of text, and some tests send a
  // body without Content-Type.
  const init = typeof sent === 'string' ? new TextEncoder().encode(sent) : sent
  return new Request(`https://kiosque.example${path}`, {
    method,
    headers: given as [string, string][],
    ...(init !== undefined && { body: init }),
  })
}

/**
 * Sends an invalid request and returns the answer. For a bulk import: the answer to the second line, which is
 * the only wrong line.
 */
async function answerTo(site: TestSite, row: BadInput): Promise<Answer> {
  const context = { waitUntil() {}, passThroughOnException() {}, props: {} }
  const response = await app.fetch(requestOf(row), site.ports, context as never)
  const type = response.headers.get('Content-Type')
  const cache = response.headers.get('Cache-Control')
  // The test decodes the body itself because the Workers runtime prints a warning when `text()` is called on an
  // `application/x-ndjson` body.
  const text = new TextDecoder().decode(await response.arrayBuffer())
  if (type !== 'application/x-ndjson') {
    return { status: response.status, type, cache, details: JSON.parse(text) as Answer['details'] }
  }
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { status: number; saved?: string })
  expect([row.rule, lines.map(({ saved }) => saved)]).toEqual([
    row.rule,
    ['unchanged', undefined, 'unchanged'],
  ])
  const details = lines[1] as Answer['details'] & { status: number }
  return { status: details.status, type: 'application/problem+json', cache, details }
}

/** Patterns of helpful error messages: a helpful message says which value would be right. */
const helpful = [
  /\bmust (?:be|have|not be)\b/,
  /\bat most \d+ are\b/,
  /^is before published$/, // The design document of the project quotes this message, so the API gives it word for word.
  /; (?:split it|flatten it|flatten them|close them in order|read it again)$/,
  /: give one of them$/,
  /; to publish it again, give status "published"$/,
  /: (?:send|use) /,
  /^Cannot read the body as JSON: ./,
  /: status: must be one of draft, scheduled, published, expired, withdrawn$/,
  /\blacks the scope "\w+"$/,
  /: another article has, or had, this slug$/,
  /; to change it, PUT to its address$/,
  /^Cannot find /,
  /\bneeds a (?:time and a )?zone: \d{4}-/,
  /\bno such (?:day|time): ./,
]

describe('bad input is refused: status, field and reason, and nothing is saved', () => {
  test.for(Object.entries(tables))('%s', async ([, rows]) => {
    const site = await furnished()
    const before = await stateOf(site)
    const etag = (await site.get('/feed.json')).headers.get('ETag')
    for (const row of rows) {
      const { rule, field } = row
      const { status, type, cache, details } = await answerTo(site, row)
      expect([rule, status, details]).toEqual([rule, row.status, details])
      expect([rule, type, cache]).toEqual([rule, 'application/problem+json', 'no-store'])
      expect([rule, details.status]).toEqual([rule, status])
      const issues = details.issues ?? []
      const reasons = issues.length > 0 ? issues.map(({ reason }) => reason) : [details.detail ?? '']
      expect([rule, reasons.filter((reason) => reason.includes(row.says))]).not.toEqual([rule, []])
      for (const reason of reasons) {
        expect([rule, reason, helpful.some((pattern) => pattern.test(reason))]).toEqual([rule, reason, true])
      }
      if (status === 422) {
        // Each invalid request breaks only one rule. The answer must name the field of that rule, and no other
        // field.
        expect([rule, [...new Set(issues.map((issue) => issue.field))]]).toEqual([rule, [field]])
      }
      if (field !== undefined)
        expect([rule, details.detail]).toEqual([rule, expect.stringContaining(`${field}: `)])
      expect([rule, await stateOf(site)]).toEqual([rule, before])
    }
    expect((await site.get('/feed.json')).headers.get('ETag')).toBe(etag)
    expect(site.logged).toEqual([])
  })
})

test('there are many cases, each about a rule of its own', () => {
  const rules = badInput.map(({ rule }) => rule)
  expect(rules.filter((rule, at) => rules.indexOf(rule) !== at)).toEqual([])
  expect(rules.length).toBeGreaterThanOrEqual(200)
})

test('of every field some wrong type is tried', () => {
  const fieldsIn = (value: unknown, path: string): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => fieldsIn(inner, path === '' ? key : `${path}.${key}`))
      : [path]
  const tried = new Set(tables.types?.map(({ rule }) => rule.split(':')[0]))
  expect(fieldsIn(right, '').filter((field) => !tried.has(field))).toEqual([])
})

/**
 * Calls `resultsOf` for every field of an article in the OpenAPI document, and returns all results in one
 * list. `resultsOf` gets the schema and the path of the field: its name, after the names of the outer fields,
 * separated by dots (`attachments.url`).
 */
function inEachField(resultsOf: (schema: Schema, path: string) => string[]): string[] {
  const within = (schema: Schema, path: string): string[] => [
    ...resultsOf(schema, path),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
      within(inner, path ? `${path}.${name}` : name),
    ),
    ...[schema.items, ...(schema.anyOf ?? [])].flatMap((inner) => (inner ? within(inner, path) : [])),
  ]
  return within(
    openApiDocument(sampleSite, { tellsPeople: true, hasComments: true }).components.schemas
      .Article as Schema,
    '',
  )
}

const withoutIndex = (field: string) => field.replaceAll(/\.\d+/g, '')

test('of every text that must not be blank, the empty text is tried', () => {
  const neverBlank = inEachField(({ minLength }, path) => (minLength === undefined ? [] : [path]))
  const tried = badInput.filter(({ rule }) => rule.endsWith(': empty')).map(({ field = '' }) => field)
  expect(neverBlank.length).toBeGreaterThan(10)
  expect(neverBlank.filter((field) => !tried.map(withoutIndex).includes(field))).toEqual([])
})

test('of every text with a limit, one character more is tried', () => {
  // Fields that may be as long as the largest article are left out, because a longer body is refused before
  // its fields are checked.
  const limits = inEachField(({ maxLength }, path) =>
    maxLength === undefined || maxLength === maxArticleBytes ? [] : [`${path}: ${maxLength}`],
  )
  const tried = badInput.map(({ field = '', says = '' }) => {
    const [, most] = /at most (\d+) characters/.exec(says) ?? []
    return `${withoutIndex(field)}: ${most}`
  })
  expect(limits.length).toBeGreaterThan(25)
  expect(limits.filter((one) => !tried.includes(one))).toEqual([])
})

describe('the size of a body', () => {
  /** Makes an endless request body that counts how often it is read. */
  function endless() {
    const seen = { pulls: 0, cancelled: false }
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          seen.pulls++
          controller.enqueue(new Uint8Array(65_536).fill(32))
        },
        cancel() {
          seen.cancelled = true
        },
      },
      { highWaterMark: 0 },
    )
    return { seen, body }
  }
  const send = async (method: string, path: string, headers: Record<string, string>) => {
    const site = await openSite()
    const { seen, body } = endless()
    const request = new Request(`https://kiosque.example${path}`, {
      method,
      headers: { ...authorized, ...headers },
      body,
    })
    const { status } = await app.fetch(request, site.ports, createExecutionContext())
    expect(await site.ports.store.isEmpty()).toBe(true)
    return { status, seen }
  }

  test('that is announced is refused before anything is read', async () => {
    const { status, seen } = await send('PUT', '/api/articles/neuf', { 'Content-Length': '3000000' })
    expect({ status, ...seen }).toEqual({ status: 413, pulls: 0, cancelled: false })
  })

  test('that is announced in no number, or wrongly, is capped while it is read', async () => {
    for (const length of ['beaucoup', '-1', '17']) {
      const { status, seen } = await send('PUT', '/api/articles/neuf', { 'Content-Length': length })
      expect({ length, status, ...seen }).toEqual({ length, status: 413, pulls: 17, cancelled: true })
    }
  })

  test('that is not announced is read no further than the limit', async () => {
    const { status, seen } = await send('POST', '/api/articles', {})
    expect({ status, ...seen }).toEqual({ status: 413, pulls: 17, cancelled: true })
  })

  test.for([
    ['no token', { Authorization: '' }, 401],
    ['another media type', { 'Content-Type': 'text/plain' }, 415],
  ] as const)('does not matter with %s: nothing is read', async ([, headers, expected]) => {
    const { status, seen } = await send('PUT', '/api/articles/neuf', headers)
    expect({ status, ...seen }).toEqual({ status: expected, pulls: 0, cancelled: false })
  })
})

test('blank lines of an import are passed over', async () => {
  const site = await furnished()
  const before = await stateOf(site)
  const response = await site.call('POST', '/api/articles', '\n\r\n \t\n', {
    'Content-Type': 'application/x-ndjson',
  })
  expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, 0])
  expect(await stateOf(site)).toBe(before)
})

test('a list of half a million wrong entries gets a short answer', async () => {
  const site = await openSite()
  const response = await site.put('neuf', { tags: Array(400_000).fill(1) })
  expect(response.status).toBe(422)
  expect((await response.text()).length).toBeLessThan(20_000)
})

test('what is right is not refused', async () => {
  const site = await openSite()
  for (const [at, [rule, members, kept]] of goodInput.entries()) {
    const response = await site.put(`bon-${at}`, members)
    const article = await response.json()
    expect([rule, response.status, article]).toEqual([rule, 201, expect.objectContaining(kept)])
  }
  const marked = await site.call('PUT', '/api/articles/marque', '\ufeff{"title":"Titre"}')
  expect(marked.status).toBe(201)
})
