import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { hashOf } from '../../src/http/token.ts'
import { repeated } from '../repeated.ts'
import { openSite, slugsIn, type TestSite, token } from './site.ts'

type Line = { line: number; status: number; saved?: string; slug?: string; detail?: string }

async function bulk(site: TestSite, lines: string): Promise<Line[]> {
  const response = await site.call('POST', '/api/articles', lines, {
    'Content-Type': 'application/x-ndjson',
  })
  expect(response.headers.get('Content-Type')).toBe('application/x-ndjson')
  return new TextDecoder()
    .decode(await response.arrayBuffer())
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
}

const article = (slug: string, more: object = {}) =>
  JSON.stringify({ slug, title: `Titre de ${slug}`, text: 'Un paragraphe.', ...more })

describe('preconditions (RFC 9110 §13.1)', () => {
  const rows: [
    title: string,
    headers: (etag: string) => Record<string, string>,
    there: number,
    absent: number,
  ][] = [
    ['none', () => ({}), 200, 201],
    ['If-Match with the present tag', (etag) => ({ 'If-Match': etag }), 200, 412],
    ['If-Match with a list', (etag) => ({ 'If-Match': `"x", ${etag}` }), 200, 412],
    ['If-Match with another tag', () => ({ 'If-Match': '"x"' }), 412, 412],
    ['If-Match with the weak form: compared strongly', (etag) => ({ 'If-Match': `W/${etag}` }), 412, 412],
    ['If-Match: *', () => ({ 'If-Match': '*' }), 200, 412],
    ['If-None-Match: *', () => ({ 'If-None-Match': '*' }), 412, 201],
    [
      'If-None-Match with the weak form: compared weakly',
      (etag) => ({ 'If-None-Match': `W/${etag}` }),
      412,
      201,
    ],
    ['If-None-Match with the present tag', (etag) => ({ 'If-None-Match': etag }), 412, 201],
  ]
  test.for(rows)('%s', async ([, headers, there, absent]) => {
    const site = await openSite()
    const etag = (await site.put('un', {})).headers.get('ETag') ?? ''
    const body = { title: 'Neuf' }
    expect((await site.call('PUT', '/api/articles/deux', body, headers(etag))).status).toBe(absent)
    expect((await site.call('PUT', '/api/articles/un', body, headers(etag))).status).toBe(there)
    const read = await site.call('GET', '/api/articles/un')
    expect(await read.json()).toMatchObject({ title: there === 200 ? 'Neuf' : 'Titre de un' })
    expect(read.headers.get('ETag') === etag).toBe(there !== 200)
  })

  test('of two writers who read the same, one is told', async () => {
    const site = await openSite()
    const etag = (await site.put('un', {})).headers.get('ETag') ?? ''
    const write = (title: string) => site.call('PUT', '/api/articles/un', { title }, { 'If-Match': etag })
    const statuses = (await Promise.all([write('A'), write('B'), write('C')])).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 412, 412])
  })

  test('DELETE is conditional too', async () => {
    const site = await openSite()
    await site.put('un', {})
    expect((await site.call('DELETE', '/api/articles/un', undefined, { 'If-Match': '"x"' })).status).toBe(412)
    expect((await site.get('/articles/un')).status).toBe(200)
  })
})

describe('POST mints the slug', () => {
  test('of the title, and another where that is taken', async () => {
    const site = await openSite()
    const answers = []
    for (let time = 0; time < 3; time++)
      answers.push(await site.call('POST', '/api/articles', { title: 'L’Été !' }))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(answers.map(({ headers }) => headers.get('Location'))).toEqual([
      '/api/articles/l-ete',
      '/api/articles/l-ete-2',
      '/api/articles/l-ete-3',
    ])
  })

  test('never replaces', async () => {
    const site = await openSite()
    await site.put('un', {})
    expect((await site.call('POST', '/api/articles', { title: 'x', slug: 'un' })).status).toBe(409)
  })

  test('says by what the article is there already: its id, or its slug', async () => {
    const site = await openSite()
    await site.put('un', { id: 'urn:x:1' })
    const detailOf = async (article: object) => {
      const response = await site.call('POST', '/api/articles', { title: 'x', ...article })
      const { detail } = (await response.json()) as { detail: string }
      return [response.status, /article "(\w+)" has this (\w+) already/.exec(detail)?.slice(1)]
    }
    expect(await detailOf({ slug: 'autre', id: 'urn:x:1' })).toEqual([409, ['un', 'id']])
    expect(await detailOf({ slug: 'un', id: 'urn:x:2' })).toEqual([409, ['un', 'slug']])
  })
})

describe('bulk', () => {
  test('of two lines about one article, the second replaces what the first made', async () => {
    const site = await openSite()
    const [first, second] = await bulk(
      site,
      [article('un', { id: 'urn:x:1' }), article('deux', { id: 'urn:x:1' })].join('\n'),
    )
    expect([first, second]).toMatchObject([
      { status: 201, saved: 'created', slug: 'un' },
      { status: 200, saved: 'replaced', slug: 'deux' },
    ])
    expect((await site.get('/articles/un')).headers.get('Location')).toBe(
      'https://kiosque.example/articles/deux',
    )
  })

  test('each line has its answer, in order; a bad one does not stop the others', async () => {
    const site = await openSite()
    await site.put('vieux', {})
    const lines = [
      article('un'),
      '{"title":',
      '',
      article('deux', { published: '2024-02-31T00:00:00Z' }),
      article('vieux'),
      article('un', { title: 'Corrigé' }),
      article('trois', { id: 'tag:kiosque.example,2024:un', slug: 'un' }),
    ].join('\r\n')
    const answers = await bulk(site, lines)
    expect(answers.map(({ line, status, saved }) => [line, status, saved])).toEqual([
      [1, 201, 'created'],
      [2, 400, undefined],
      [4, 422, undefined],
      [5, 200, 'unchanged'],
      [6, 200, 'replaced'],
      [7, 200, 'replaced'],
    ])
    expect(answers[2]?.detail).toContain('published: no such day: 2024-02-31')
  })

  test('a chunk is one save: one revision, one date', async () => {
    const site = await openSite()
    const answers = await bulk(site, Array.from({ length: 120 }, (_, at) => article(`a${at}`)).join('\n'))
    expect(answers).toHaveLength(120)
    expect(answers.filter(({ status }) => status !== 201)).toEqual([])
    const { articles } = await site.ports.store.list({ limit: 120 })
    expect([...new Set(articles.map(({ revision }) => revision))]).toHaveLength(3)
  })

  test('the same lines again change nothing', async () => {
    const site = await openSite()
    const lines = [article('un', { section: 'Monde' }), article('deux')].join('\n')
    await bulk(site, lines)
    site.wait(2000)
    const tag = (await site.get('/feed.rss')).headers.get('ETag')
    expect((await bulk(site, lines)).map(({ saved }) => saved)).toEqual(['unchanged', 'unchanged'])
    expect((await site.get('/feed.rss')).headers.get('ETag')).toBe(tag)
  })

  test('two articles of one title keep apart by their ids', async () => {
    const site = await openSite()
    const lines = [1, 2]
      .map((number) => JSON.stringify({ title: 'Même titre', id: `urn:x:${number}` }))
      .join('\n')
    expect((await bulk(site, lines)).map(({ slug }) => slug)).toEqual(['meme-titre', 'meme-titre-2'])
    expect((await bulk(site, lines)).map(({ saved }) => saved)).toEqual(['unchanged', 'unchanged'])
  })

  test('a line above the limit is refused alone', async () => {
    const site = await openSite()
    const answers = await bulk(
      site,
      [article('gros', { text: 'x'.repeat(1_400_000) }), article('petit')].join('\n'),
    )
    expect(answers.map(({ status }) => status)).toEqual([413, 201])
  })
})

describe('the list', () => {
  async function filled() {
    const site = await openSite()
    await site.put('a', { published: '2024-06-01T00:00:00Z', section: 'Monde' })
    await site.put('b', { published: '2024-06-02T00:00:00Z', tags: ['Été'], status: 'draft' })
    site.wait(60_000)
    await site.put('c', { published: '2024-06-03T00:00:00Z', authors: ['Kim'], section: 'Monde' })
    await site.put('d', {
      published: '2024-05-02T00:00:00Z',
      embargo: '2024-07-01T00:00:00Z',
      section: 'Demain',
    })
    await site.put('e', { published: '2024-07-01T00:00:00Z', expires: '2024-07-02T00:00:00Z' })
    await site.put('f', { published: '2024-05-01T00:00:00Z', expires: '2024-06-01T00:00:00Z' })
    await site.call('DELETE', '/api/articles/c')
    return site
  }
  const rows: [query: string, slugs: string[]][] = [
    ['', ['e', 'c', 'b', 'a', 'd', 'f']],
    ['?status=draft', ['b']],
    ['?status=withdrawn', ['c']],
    ['?section=monde', ['c', 'a']],
    ['?section=monde&status=published', ['a']],
    ['?status=published', ['a']],
    ['?status=scheduled', ['e', 'd']],
    ['?status=expired', ['f']],
    ['?status=scheduled&section=demain', ['d']],
    ['?tag=ete', ['b']],
    ['?author=kim', ['c']],
    ['?tag=inconnu', []],
    ['?section=monde&author=kim', ['c']],
    ['?section=monde&tag=ete', []],
    ['?since=2024-06-19T16:00:30Z', ['c', 'f', 'e', 'd']],
  ]
  test.for(rows)('GET /api/articles%s', async ([query, slugs]) => {
    const response = await (await filled()).call('GET', `/api/articles${query}`)
    const { articles } = (await response.json()) as { articles: { slug: string }[] }
    expect(articles.map(({ slug }) => slug)).toEqual(slugs)
  })

  test('goes on by its cursor, each article once, also while articles come in', async () => {
    const site = await openSite()
    const lines = Array.from({ length: 230 }, (_, at) =>
      article(`a${at}`, { published: '2024-06-01T00:00:00Z' }),
    )
    await bulk(site, lines.join('\n'))
    const seen: string[] = []
    let next: string | undefined = '/api/articles'
    for (let page = 0; next && page < 10; page++) {
      const body = (await (await site.call('GET', next)).json()) as {
        articles: { slug: string }[]
        next?: string
      }
      seen.push(...body.articles.map(({ slug }) => slug))
      next = body.next
      await site.put(`neuf${page}`, {})
    }
    expect(seen).toHaveLength(230)
    expect(repeated(seen)).toEqual([])
  })

  test.for(['?status=live', '?since=hier', '?before=x'])('%s is refused', async (query) => {
    const response = await (await openSite()).call('GET', `/api/articles${query}`)
    expect(response.status).toBe(400)
    expect(response.headers.get('Cache-Control')).toBe('no-store')
  })
})

describe('tokens', () => {
  const calls: [method: string, path: string, read: number, publish: number][] = [
    ['GET', '/api/articles/un', 200, 200],
    ['GET', '/api/articles', 200, 200],
    ['PUT', '/api/articles/un', 403, 200],
    ['POST', '/api/articles', 403, 201],
    ['DELETE', '/api/articles/un', 403, 204],
  ]
  const cases = calls.flatMap(([method, path, read, publish]) => [
    [method, path, 'read', read] as const,
    [method, path, 'moderate', 403] as const,
    [method, path, 'publish', publish] as const,
    [method, path, 'admin', publish] as const,
  ])
  test.for(cases)('%s %s with the scope %s', async ([method, path, scope, status]) => {
    const site = await openSite()
    await site.put('un', {})
    const other = await openSite({ API_TOKENS: `lecteur:${scope}:${await hashOf(token)}` })
    const body = ['PUT', 'POST'].includes(method) ? { title: 'Titre' } : undefined
    const response = await other.call(method, path, body)
    expect(response.status).toBe(status)
    if (status === 403) expect(await response.text()).toContain('lacks the scope')
  })

  test('a revoked token is a wrong one', async () => {
    const site = await openSite({ API_TOKENS: `autre:publish:${await hashOf('another')}` })
    expect((await site.put('un', {})).status).toBe(401)
  })

  test('drafts are seen by tokens only', async () => {
    const site = await openSite()
    await site.put('brouillon', { status: 'draft' })
    expect((await site.call('GET', '/api/articles/brouillon')).status).toBe(200)
    expect((await site.get('/api/articles/brouillon')).status).toBe(401)
    expect((await site.get('/articles/brouillon')).status).toBe(404)
  })

  test('whoever guesses too often is told to wait', async () => {
    const site = await openSite()
    const ports = { ...site.ports, mayFail: async (client: string) => client !== '192.0.2.7' }
    const guess = (client: string) =>
      app.fetch(
        new Request('https://kiosque.example/api/articles', {
          headers: { Authorization: 'Bearer guess', 'CF-Connecting-IP': client },
        }),
        ports,
        createExecutionContext(),
      )
    expect((await guess('192.0.2.8')).status).toBe(401)
    const response = await guess('192.0.2.7')
    expect(response.status).toBe(429)
    expect(response.headers.get('Retry-After')).toBe('60')
  })
})

test('a PUT address that is no slug is refused', async () => {
  const site = await openSite()
  for (const slug of ['Capitale', 'a%2Fb', '%20', 'a--b']) {
    expect((await site.call('PUT', `/api/articles/${slug}`, { title: 'x' })).status, slug).toBe(422)
  }
})

test('an import that was cut off can be run again', async () => {
  const site = await openSite()
  const lines = Array.from({ length: 60 }, (_, at) =>
    article(`a${at}`, { published: '2024-06-01T00:00:00Z' }),
  )
  await bulk(site, lines.slice(0, 37).join('\n'))
  const answers = await bulk(site, lines.join('\n'))
  expect(answers.filter(({ saved }) => saved === 'unchanged')).toHaveLength(37)
  expect(await slugsIn(await site.get('/feed.json'))).toHaveLength(30)
})

test('what was listed can be saved again as it is', async () => {
  const site = await openSite()
  await site.put('un', {
    section: 'Monde',
    tags: ['Été'],
    authors: ['Kim'],
    embargo: '2025-01-01T00:00:00Z',
  })
  const listed = (await (await site.call('GET', '/api/articles')).json()) as { articles: object[] }
  const again = await site.call('PUT', '/api/articles/un', listed.articles[0])
  expect(again.headers.get('Kiosque-Saved')).toBe('unchanged')
})

describe('reading with a tag (RFC 9110 §13.1.2)', () => {
  const rows: [what: string, field: (etag: string) => string, status: number][] = [
    ['the present tag', (etag) => etag, 304],
    ['its weak form', (etag) => `W/${etag}`, 304],
    ['a list with it', (etag) => `"x", ${etag}`, 304],
    ['*', () => '*', 304],
    ['another tag', () => '"x"', 200],
  ]
  const cases = rows.flatMap((row) => (['GET', 'HEAD'] as const).map((method) => [method, ...row] as const))
  test.for(cases)('%s with %s', async ([method, , field, status]) => {
    const site = await openSite()
    const etag = (await site.put('un')).headers.get('ETag') ?? ''
    const response = await site.call(method, '/api/articles/un', undefined, { 'If-None-Match': field(etag) })
    expect(response.status).toBe(status)
    expect(response.headers.get('ETag')).toBe(etag)
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect((await response.text()) === '').toBe(status === 304 || method === 'HEAD')
  })

  test('needs a token all the same', async () => {
    const site = await openSite()
    await site.put('un')
    expect((await site.get('/api/articles/un', { 'If-None-Match': '*' })).status).toBe(401)
  })
})

test('what was read can be saved again as it is', async () => {
  const site = await openSite()
  await site.put('un', { text: undefined, html: '', rights: { syndicate: 'summary' } })
  const { rights, ...read } = (await (await site.call('GET', '/api/articles/un')).json()) as {
    rights: object
  }
  const again = await site.call('PUT', '/api/articles/un', { ...read, rights })
  expect(again.headers.get('Kiosque-Saved')).toBe('unchanged')
})

test('waiting work is handed to the platform', async () => {
  const site = await openSite()
  const context = createExecutionContext()
  const request = new Request('https://kiosque.example/api/articles', {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-ndjson' },
    body: article('un'),
  })
  const response = await app.fetch(request, site.ports, context)
  const [bytes] = await Promise.all([response.arrayBuffer(), waitOnExecutionContext(context)])
  expect(new TextDecoder().decode(bytes)).toContain('created')
})
