import { createExecutionContext } from 'cloudflare:test'
import { describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { maxLines } from '../../src/domain/limits.ts'
import { hashOf } from '../../src/http/token.ts'
import { parseArticle } from '../../src/ingest/json.ts'
import { openApiDocument } from '../../src/openapi/document.ts'
import { fields } from '../../src/openapi/fields.ts'
import type { Operation } from '../../src/openapi/operation.ts'
import type { Schema } from '../../src/openapi/schema.ts'
import { api } from '../../src/routes/api/api.ts'
import { site as sampleSite } from '../render/samples.ts'
import { repeated } from '../repeated.ts'
import { commentOn } from './comment-site.ts'
import { openHub } from './hub-site.ts'
import { mailSettings, type TestSite, token } from './site.ts'

const everyPart = { tellsPeople: true, hasComments: true }
const document = openApiDocument({ ...sampleSite, title: 'Kiosque' }, everyPart)
const schemas = document.components.schemas

interface Call {
  method: string
  path: string
  operation: Operation
}

const calls: Call[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
)
const callOf = (id: string): Call => {
  const call = calls.find(({ operation }) => operation.operationId === id)
  if (!call) throw new Error(`no operation ${id}`)
  return call
}

/** The path of an OpenAPI operation in which the example of each path parameter replaces the parameter. */
const addressOf = ({ path, operation }: Call): string =>
  path.replace(
    /\{(\w+)\}/,
    (_, name) => operation.parameters?.find((one) => one.name === name)?.example ?? '',
  )

const examplesOf = (content: Operation['responses'][string]['content'], type: string) =>
  Object.entries(content?.[type]?.examples ?? {}).map(([name, { value }]) => [name, value] as const)

/** Every object within the OpenAPI document, each with its path in the document. */
function* membersOf(value: unknown, path = '#'): Generator<[path: string, value: Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return
  yield [path, value as Record<string, unknown>]
  for (const [key, member] of Object.entries(value)) yield* membersOf(member, `${path}/${key}`)
}

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'array'
  if (Number.isInteger(value)) return 'integer'
  return value === null ? 'null' : typeof value
}

const formats: Record<string, (value: string) => boolean> = {
  'date-time': (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value),
  uri: (value) => URL.canParse(value),
  'uri-reference': (value) => URL.canParse(value, 'https://kiosque.example'),
  email: (value) => value.includes('@'),
}

/**
 * Checks a value against an OpenAPI schema and returns the errors. Only the keywords that the OpenAPI document
 * uses are supported; every other keyword in a schema is an error.
 */
function faultsOf(schema: Schema, value: unknown, at = 'value'): string[] {
  const rules = { ...schema } as Record<string, never>
  const faults = Object.keys(rules).flatMap((keyword) => {
    const rule = keywords[keyword]
    return rule ? rule(rules[keyword] as never, value, at) : [`${at}: the walker lacks ${keyword}`]
  })
  const extra =
    schema.additionalProperties === false
      ? Object.keys(value as object).filter((name) => !schema.properties?.[name])
      : []
  return [...faults, ...extra.map((name) => `${at}.${name}: is not in the schema`)]
}

const when = (right: boolean, at: string, what: string): string[] => (right ? [] : [`${at}: ${what}`])
const none = (): string[] => []
const isText = (value: unknown): value is string => typeof value === 'string'

const keywords: Record<string, (rule: never, value: unknown, at: string) => string[]> = {
  description: none,
  examples: none,
  additionalProperties: none, // The keyword `additionalProperties` is checked together with `properties`.
  'x-each-line': (line: Schema, value, at) =>
    (value as string)
      .split('\n')
      .filter(Boolean)
      .flatMap((one, index) => faultsOf(line, JSON.parse(one), `${at}[${index}]`)),
  $ref: (name: string, value, at) => faultsOf(schemas[name.split('/').at(-1) ?? ''] as Schema, value, at),
  type: (type: string, value, at) =>
    when(kindOf(value) === type || (type === 'number' && kindOf(value) === 'integer'), at, `is no ${type}`),
  enum: (values: unknown[], value, at) => when(values.includes(value), at, `is none of ${values}`),
  allOf: (all: Schema[], value, at) => all.flatMap((one) => faultsOf(one, value, at)),
  anyOf: (any: Schema[], value, at) =>
    when(
      any.some((one) => faultsOf(one, value, at).length === 0),
      at,
      'is none of them',
    ),
  required: (names: string[], value, at) =>
    names.flatMap((name) => when(name in (value as object), at, `lacks ${name}`)),
  properties: (properties: Record<string, Schema>, value, at) =>
    Object.entries(properties).flatMap(([name, member]) => {
      const one = (value as Record<string, unknown>)[name]
      return one === undefined ? [] : faultsOf(member, one, `${at}.${name}`)
    }),
  items: (item: Schema, value, at) =>
    (value as unknown[]).flatMap((one, index) => faultsOf(item, one, `${at}[${index}]`)),
  maxItems: (most: number, value, at) => when((value as unknown[]).length <= most, at, 'has too many'),
  minimum: (least: number, value, at) => when((value as number) >= least, at, 'is too small'),
  maximum: (most: number, value, at) => when((value as number) <= most, at, 'is too big'),
  minLength: (least: number, value, at) => when(isText(value) && value.length >= least, at, 'is too short'),
  maxLength: (most: number, value, at) => when(isText(value) && value.length <= most, at, 'is too long'),
  pattern: (pattern: string, value, at) =>
    when(new RegExp(pattern, 'u').test(String(value)), at, `has not the pattern ${pattern}`),
  format: (format: string, value, at) =>
    when(formats[format]?.(String(value)) ?? false, at, `is no ${format}`),
}

/** Opens a test site with a setting of mail, because a site without one answers the operations about people as unknown addresses. */
const open = async (scope = 'admin', settings: Record<string, string> = {}) =>
  openHub({
    ...{ API_TOKENS: `tests:${scope}:${await hashOf(token)}`, MAIL_FROM: mailSettings.MAIL_FROM },
    ...settings,
  })

/** Opens a test site that has the article and the subscription of the OpenAPI document's examples. */
async function furnished(): Promise<TestSite> {
  const site = await open()
  const { operation, method, path } = callOf('save-article')
  const full = operation.requestBody?.content['application/json']?.examples?.full?.value
  await site.call(method, addressOf({ operation, method, path }), full)
  const comment = commentOn('le-marche-ouvre-samedi', 'q1gTnNyhXKyUZV0LOxW2dw')
  const waiting = { state: 'pending', reasons: ['mode'], text: 'Bonjour.' } as const
  await site.ports.commenting.comments.add({ ...comment, ...waiting })
  await site.sweep()
  await site.subscribe('/feed.atom')
  return site
}

/**
 * Expects that the OpenAPI document lists the status of an operation's answer, and that the answer's body
 * matches the schema for this status. Returns the body.
 */
async function listed({ operation }: Call, response: Response): Promise<unknown> {
  const answer = operation.responses[response.status]
  expect(Object.keys(operation.responses)).toContain(String(response.status))
  for (const name of Object.keys(answer?.headers ?? {}))
    expect([...response.headers.keys()], name).toContain(name.toLowerCase())
  const text = new TextDecoder().decode(await response.arrayBuffer())
  const type = response.headers.get('Content-Type')?.split(';')[0] ?? ''
  if (!answer?.content) {
    expect(text).toBe('')
    return undefined
  }
  expect(Object.keys(answer.content)).toContain(type)
  const body: unknown = type.endsWith('json') && !type.endsWith('ndjson') ? JSON.parse(text) : text
  expect(faultsOf(answer.content[type]?.schema as Schema, body)).toEqual([])
  return body
}

describe('the document', () => {
  test('is OpenAPI 3.1, at /api/openapi.json, for everybody and without the store', async () => {
    const site = await open('admin', { ...mailSettings, COMMENTS: 'open' })
    const store = new Proxy(site.ports.store, {
      get: () => () => Promise.reject(new Error('the store was asked')),
    })
    const asked = new Request('https://kiosque.example/api/openapi.json')
    const response = await app.fetch(asked, { ...site.ports, store }, createExecutionContext())
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toMatch(/^application\/json/)
    const caching = 'public, max-age=300, must-revalidate, stale-while-revalidate=0'
    expect(response.headers.get('Cache-Control')).toBe(caching)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
    const { openapi, servers, paths } = (await response.json()) as typeof document
    expect(openapi).toMatch(/^3\.1\.\d+$/)
    expect([servers, paths]).toEqual([[{ url: 'https://kiosque.example' }], document.paths])
  })

  test('HEAD, OPTIONS and other methods are answered', async () => {
    const site = await open()
    expect((await site.get('/api/openapi.json', {}, 'HEAD')).status).toBe(200)
    expect((await site.get('/api/openapi.json', {}, 'OPTIONS')).status).toBe(204)
    expect((await site.get('/api/openapi.json', {}, 'DELETE')).status).toBe(405)
  })

  test('every reference leads to a schema, and every schema is referred to', () => {
    const refs = [...membersOf(document)].flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : []))
    expect(new Set(refs)).toEqual(new Set(Object.keys(schemas).map((name) => `#/components/schemas/${name}`)))
  })

  test('every operation says what it is, who may call it and how that can go', () => {
    expect(repeated(calls.map(({ operation }) => operation.operationId))).toEqual([])
    for (const { operation, path } of calls) {
      expect(operation).toMatchObject({
        operationId: expect.stringMatching(/^[a-z-]+$/),
        summary: expect.stringMatching(/./),
        description: expect.stringMatching(/\.$/),
        security:
          path === '/api/openapi.json'
            ? []
            : [{ token: [expect.stringMatching(/^(read|moderate|publish|admin)$/)] }],
      })
      const named = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name)
      expect(named, path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
      for (const { description } of Object.values(operation.responses)) expect(description).toBeTruthy()
    }
  })

  test('every field of every schema has a description', () => {
    const silent = [...membersOf(schemas)].flatMap(([path, { properties }]) =>
      Object.entries((properties ?? {}) as Record<string, Schema>)
        .filter(([, member]) => !member.description)
        .map(([name]) => `${path}.${name}`),
    )
    expect(silent).toEqual([])
  })

  test('every row of the table of fields is a field', () => {
    const namesIn = (schema: Schema, path: string): string[] => [
      ...Object.entries(schema.properties ?? {}).flatMap(([name, member]) => [
        `${path}${name}`,
        ...namesIn(member, `${path}${name}.`),
      ]),
      ...[schema.items, ...(schema.anyOf ?? [])].flatMap((inner) => (inner ? namesIn(inner, path) : [])),
    ]
    expect(Object.keys(fields).sort()).toEqual(namesIn(schemas.Article as Schema, '').sort())
  })

  test('this walker sees what is wrong', () => {
    const wrong = { slug: 1, extra: true, tags: [''], status: 'live', image: {}, published: 'hier' }
    const places = faultsOf(schemas.Article as Schema, wrong).map((fault) => fault.split(':')[0])
    expect(new Set(places)).toEqual(
      new Set([
        'value',
        'value.slug',
        'value.extra',
        'value.tags[0]',
        'value.status',
        'value.image',
        'value.published',
      ]),
    )
  })

  test('has the limits of the schema that validates', () => {
    expect(schemas.Article?.required).toEqual(['title'])
    expect(schemas.Article?.additionalProperties).toBe(false)
    expect(schemas.Article?.properties).toMatchObject({
      title: { type: 'string', minLength: 1, maxLength: 1000 },
      published: { type: 'string', format: 'date-time' },
      url: { type: 'string', format: 'uri', maxLength: 2000 },
      tags: { type: 'array', maxItems: 50, items: { type: 'string', maxLength: 200 } },
      status: { enum: ['draft', 'published', 'withdrawn'] },
      image: { required: ['url'], properties: { bytes: { type: 'integer', minimum: 1 } } },
      id: { pattern: expect.stringMatching(/^\^\[A-Za-z\]/) },
    })
  })

  const fieldExamples = Object.entries(schemas.Article?.properties ?? {}).flatMap(
    ([name, { examples = [] }]) => (examples as unknown[]).map((example) => [name, example] as const),
  )
  test.for(fieldExamples)('the example of %s is taken, and is as its schema says', ([name, example]) => {
    const article = { title: 'x', [name]: example }
    expect(parseArticle(article).ok).toBe(true)
    expect(faultsOf(schemas.Article as Schema, article)).toEqual([])
  })
})

test('the document has every route of the API, and no other', () => {
  const routes = [...app.routes, ...api.routes]
    .filter(({ path, method }) => path.startsWith('/api/') && !['ALL', 'OPTIONS'].includes(method))
    .map(({ path, method }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
  expect(routes.length).toBeGreaterThan(8)
  expect(calls.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([...new Set(routes)].sort())
})

describe('every example', () => {
  const requests = calls.flatMap((call) =>
    Object.entries(call.operation.requestBody?.content ?? {}).flatMap(([type, { schema, examples = {} }]) =>
      Object.entries(examples).map(([name, { value }]) => ({
        title: `${call.method} ${call.path}, ${name}`,
        ...{ call, type, schema, name, value },
      })),
    ),
  )
  test.for(requests)(
    '$title is answered as the document says',
    async ({ call, type, schema, name, value }) => {
      const { responses } = call.operation
      const creates = examplesOf(responses[201]?.content, 'application/json').some(([one]) => one === name)
      const fresh =
        creates ||
        ['create-article', 'restore-backup', 'complete-backup'].includes(call.operation.operationId)
      const site = await (fresh ? open() : furnished())
      const response = await site.call(call.method, addressOf(call), value, { 'Content-Type': type })
      expect(response.status).toBe(creates ? 201 : 200)
      const body = await listed(call, response)
      const expected = examplesOf(responses[response.status]?.content, type).find(([one]) => one === name)
      expect(body).toEqual(expected?.[1])
      if (type === 'application/json') expect(faultsOf(schema, value)).toEqual([])
    },
  )

  const plain = calls.filter(({ operation }) => !operation.requestBody)
  test.for(plain)('$method $path is answered as the document says', async (call) => {
    const response = await (await furnished()).call(call.method, addressOf(call))
    expect(response.status).toBeLessThan(300)
    const body = await listed(call, response)
    const [expected] = examplesOf(call.operation.responses[response.status]?.content, 'application/json')
    if (expected) expect(body).toEqual(expected[1])
  })

  const parameters = calls.flatMap((call) =>
    (call.operation.parameters ?? [])
      .filter((parameter) => parameter.in !== 'path')
      .map((parameter) => ({ title: `${call.method} ${call.path} with ${parameter.name}`, call, parameter })),
  )
  test.for(parameters)(
    '$title is taken',
    async ({ call, parameter: { name, in: place, example, schema } }) => {
      expect(faultsOf(schema, example)).toEqual([])
      const isNew = name === 'If-None-Match' && call.method === 'PUT'
      const site = await (isNew ? open() : furnished())
      const search = place === 'query' ? `?${name}=${encodeURIComponent(example)}` : ''
      const headers = place === 'header' ? { [name]: example } : {}
      const body = call.operation.requestBody && { title: 'Titre' }
      const response = await site.call(call.method, addressOf(call) + search, body, headers)
      const expected = name === 'If-None-Match' && !isNew ? (call.method === 'GET' ? 304 : 412) : 200
      expect(expected === 200 ? response.status - (response.status % 100) : response.status).toBe(expected)
      await listed(call, response)
    },
  )

  const answers = calls.flatMap(({ method, path, operation }) =>
    Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
      Object.entries(content).flatMap(([type, { schema, examples = {} }]) =>
        Object.entries(examples).map(([name, { value }]) => ({
          title: `${method} ${path} ${status} ${type} ${name}`,
          ...{ schema, value },
        })),
      ),
    ),
  )
  test.for(answers)('of an answer is as its schema says: $title', ({ schema, value }) => {
    expect(faultsOf(schema, value)).toEqual([])
  })
})

describe('every refusal that the document lists is given', () => {
  interface Attempt {
    ports?: object
    store?: object
    body?: BodyInit
    headers?: Record<string, string>
    search?: string
    site?: () => Promise<TestSite>
  }
  const conflict = async () => ({ kind: 'conflict' })
  const withdrawn = async () => {
    const site = await furnished()
    await site.call('DELETE', addressOf(callOf('withdraw-article')))
    return site
  }
  const down = new Proxy({}, { get: () => () => Promise.reject(new Error('D1 is down')) })

  /**
   * A request for each error status. Every operation for which the OpenAPI document lists this status answers
   * the request with this status, except for the operations in `own`.
   */
  const common: Record<string, Attempt> = {
    400: { body: '{' },
    401: { headers: { Authorization: 'Bearer guess' } },
    403: { site: () => open('read') },
    409: { store: { save: conflict, remove: async () => false, rename: conflict } },
    412: { headers: { 'If-Match': '"x"' } },
    413: { body: `"${'x'.repeat(1_100_000)}"` },
    415: { headers: { 'Content-Type': 'text/plain' } },
    422: { body: '{"extra":1}' },
    429: { headers: { Authorization: 'Bearer guess' }, ports: { mayFail: async () => false } },
    500: {
      ports: {
        store: down,
        paths: down,
        backups: down,
        counts: down,
        subscribers: down,
        commenting: { comments: down },
        publishing: { store: down },
        hub: { subscriptions: down },
        examine: () => Promise.reject(new Error('D1 is down')),
      },
    },
    503: { site: () => open('admin', { API_TOKENS: '' }) },
  }

  const header = '{"kind":"backup","revision":1,"selections":0,"articles":0,"archives":0}'
  const page = '{"title":"Titre","url":"https://kiosque.example/a"}'

  /**
   * Requests for single operations, by operation and error status. An operation listed here answers with this
   * status to the request given here, but not to the request in `common`.
   */
  const own: Record<string, Attempt> = {
    ...{ 'list-articles 400': { search: '?status=live' }, 'list-comments 400': { search: '?state=live' } },
    ...{ 'read-article 404': { site: () => open() }, 'read-comment-history 404': { site: () => open() } },
    'withdraw-article 404': { site: () => open() },
    'drop-subscription 404': { site: () => open() },
    'read-hub 404': { search: '?topic=feed.rss' },
    'redeliver 404': { search: '?topic=feed.rss' },
    'rename-sections 404': { site: () => open() },
    'rename-tags 404': { site: () => open() },
    'rename-authors 404': { site: () => open() },
    'save-article 409': { site: withdrawn },
    'make-share-links 410': { body: `{"networks":["pocket"],"pages":[${page}]}` },
    ...{ 'count-article 400': { search: '?since=hier' }, 'count-article 404': { site: () => open() } },
    'count-article-table 400': { search: '?until=2024-02-30' },
    'count-article-table 404': { site: () => open() },
    'list-subscribers 400': { search: '?after=x' },
    'list-backup-lines 400': { search: '?since=hier' },
    'dry-run 413': { body: '{}\n'.repeat(maxLines + 1) },
    'restore-backup 413': { body: `${header}\n`.repeat(maxLines + 1) },
    'restore-backup 409': { body: `${header}\n` },
    'restore-backup 500': { body: `${header}\n`, ports: { backups: down } },
    'complete-backup 409': { body: header },
    'complete-backup 500': { body: header, ports: { backups: down } },
    'count-site 400': { search: '?since=2025-01-01' },
    'count-site-table 400': { search: '?since=2020-01-01' },
  }

  const bodies = (call: Call) => {
    if (call.path.startsWith('/api/paths')) return '{"paths":[{"path":"tags/x","title":"X"}]}'
    if (call.path === '/api/imports') return JSON.stringify({ files: 'a'.repeat(64) })
    if (call.path.startsWith('/api/comments'))
      return '{"ids":[],"state":"spam","by":"email","closed":true,"comments":[],"addresses":[],"address":"kim@example.com"}'
    if (call.path === '/api/subscriptions') return '{"address":"kim@example.com"}'
    if (call.path === '/api/subscriptions/erased') return '{"erased":[]}'
    if (call.path === '/api/subscriptions/backup') return '{"subscribers":[]}'
    if (call.path === '/api/imports/complete') return '{"run":1}'
    if (call.path === '/api/imports/undo') return '{"after":""}'
    return call.path.includes('{key}') ? '{"name":"Autre"}' : '{"title":"Autre"}'
  }

  async function attempt(call: Call, { site = furnished, ports = {}, store, ...rest }: Attempt) {
    const opened = await site()
    const replaced = store && { ...opened.ports.store, ...store }
    const all = {
      ...opened.ports,
      ...(replaced && { store: replaced, publishing: { ...opened.ports.publishing, store: replaced } }),
      ...ports,
    }
    const hasBody = call.operation.requestBody !== undefined
    const headers = {
      Authorization: `Bearer ${token}`,
      ...(hasBody && { 'Content-Type': 'application/json' }),
    }
    const request = new Request(`https://kiosque.example${addressOf(call)}${rest.search ?? ''}`, {
      method: call.method,
      headers: { ...headers, ...rest.headers },
      ...(hasBody && { body: rest.body ?? bodies(call) }),
    })
    return app.fetch(request, all, createExecutionContext())
  }

  /**
   * The operation that returns the OpenAPI document is not tested here: it fails only if src/index.ts refuses
   * every request because of a wrong setting.
   */
  const cases = calls
    .filter(({ path }) => path !== '/api/openapi.json')
    .flatMap((call) =>
      Object.keys(call.operation.responses)
        .filter((status) => Number(status) >= 400)
        .map((status) => ({ title: `${call.operation.operationId} ${status}`, call, status })),
    )
  test.for(cases)('$title', async ({ title, call, status }) => {
    const response = await attempt(call, own[title] ?? common[status] ?? {})
    expect(response.status).toBe(Number(status))
    await listed(call, response)
  })

  test('and no operation for which a status can be had leaves it out', async () => {
    const found: string[] = []
    for (const call of calls.filter(({ operation }) => operation.security.length > 0)) {
      for (const one of Object.values(common)) {
        const { status } = await attempt(call, one)
        if (!(status in call.operation.responses)) found.push(`${call.operation.operationId} ${status}`)
      }
    }
    expect(found).toEqual([])
  })
})
