import { expect, test } from 'vitest'
import type { Problem } from '../../src/domain/problem.ts'
import { problemResponse } from '../../src/http/problem.ts'
import { codeIn, textOf } from '../source.ts'

/** The members of a problem that every kind has. */
interface Answer {
  type: string
  status: number
  title: string
}

/** One row for each kind of problem that a request can cause; TypeScript reports an error if a kind has no row. */
const rows: {
  [Kind in Problem['kind']]: [Extract<Problem, { kind: Kind }>, status: number, detail: string]
} = {
  'not-found': [{ kind: 'not-found', what: 'article "x"' }, 404, 'Cannot find article "x"'],
  gone: [{ kind: 'gone', what: 'Article "x"' }, 410, 'Article "x" is no longer published'],
  moved: [{ kind: 'moved', path: 'articles/neuf' }, 301, 'The address has changed to /articles/neuf'],
  'invalid-article': [
    {
      kind: 'invalid-article',
      slug: 'sommet',
      issues: [{ field: 'updated', reason: 'is before published' }],
    },
    422,
    'Cannot save article "sommet": updated: is before published',
  ],
  'bad-row': [
    { kind: 'bad-row', slug: 'a', issue: { field: 'image.alt', reason: 'must be a text' } },
    500,
    'Cannot read article "a": image.alt: must be a text; save it again to replace it, or withdraw it',
  ],
  'too-many-lines': [
    { kind: 'too-many-lines', maxLines: 500 },
    413,
    'Cannot take more than 500 lines in one request, and have saved none of them: send them in several requests',
  ],
  unfinished: [
    { kind: 'unfinished', slug: 'x' },
    503,
    'Cannot save article "x" in this request, which has reached a limit of the platform: send the line again',
  ],
  'partly-renamed': [
    { kind: 'partly-renamed', path: 'tags/x', next: '/api/tags/x?before=1.2' },
    503,
    'Cannot rename all articles of "tags/x" in one request: send the same request to /api/tags/x?before=1.2, which goes on',
  ],
  'slug-taken': [
    { kind: 'slug-taken', slug: 'x' },
    409,
    'Cannot save article "x": another article has, or had, this slug',
  ],
  'invalid-path': [
    { kind: 'invalid-path', path: 'tags/x', reason: 'must have a title or a to' },
    422,
    'Cannot save path "tags/x": must have a title or a to',
  ],
  exists: [
    { kind: 'exists', slug: 'un', by: 'id' },
    409,
    'Cannot create the article: article "un" has this id already; to change it, PUT to its address',
  ],
  withdrawn: [
    { kind: 'withdrawn', slug: 'x' },
    409,
    'Cannot save article "x": it was withdrawn; to publish it again, give status "published"',
  ],
  'precondition-failed': [
    { kind: 'precondition-failed', slug: 'x' },
    412,
    'Cannot change article "x": its stored version does not meet If-Match or If-None-Match; read it again',
  ],
  forbidden: [
    { kind: 'forbidden', scope: 'publish' },
    403,
    'Cannot take this request: the token lacks the scope "publish"',
  ],
  'too-many-failures': [
    { kind: 'too-many-failures', seconds: 60 },
    429,
    'Cannot take this request: too many wrong tokens; wait 60 seconds',
  ],
  'invalid-request': [
    {
      kind: 'invalid-request',
      task: 'make share links',
      issues: [{ field: 'pages.0.url', reason: 'must be given' }],
    },
    422,
    'Cannot make share links: pages.0.url: must be given',
  ],
  'networks-refused': [
    {
      kind: 'networks-refused',
      refused: [{ id: 'pocket', reason: 'is closed', use: ['instapaper', 'raindrop'] }],
    },
    410,
    'Cannot share to these networks: "pocket" is closed; use instapaper or raindrop',
  ],
  'invalid-query': [
    { kind: 'invalid-query', field: 'since', reason: 'must be a date' },
    400,
    'Cannot list articles: since: must be a date',
  ],
  'invalid-subscription': [
    { kind: 'invalid-subscription', field: 'hub.callback', reason: 'must be an https address' },
    400,
    'Cannot subscribe: hub.callback: must be an https address',
  ],
  'comments-closed': [
    { kind: 'comments-closed' },
    403,
    'Cannot add a comment: nobody can comment on this article any more',
  ],
  'too-many-requests': [
    { kind: 'too-many-requests', reason: 'too many requests', seconds: 60 },
    429,
    'Cannot take this request: too many requests; wait 60 seconds',
  ],
  'invalid-line': [
    { kind: 'invalid-line', reason: 'must be an object' },
    422,
    'Cannot restore the line: must be an object',
  ],
  'not-empty': [
    { kind: 'not-empty' },
    409,
    'Cannot restore the backup: the store is not empty; save its articles and paths instead',
  ],
  older: [
    { kind: 'older', slug: 'x' },
    409,
    'Cannot save article "x": the stored article was, or may have been, saved later than the one in the backup; to go back to the backup, import with --overwrite',
  ],
  doubtful: [
    { kind: 'doubtful', slug: 'x', title: 'X', day: '2024-06-12', reason: 'it has another text' },
    409,
    'Cannot tell whether this is article "x" ("X" of 2024-06-12): it has another text; to replace it, import with --replace; to add another article, give this one a slug or an id of its own',
  ],
  'not-undone': [
    { kind: 'not-undone', slug: 'x', reason: 'somebody has saved it since' },
    409,
    'Cannot take back the import of article "x": somebody has saved it since',
  ],
  conflict: [
    { kind: 'conflict', slug: 'x' },
    409,
    'Cannot save "x": another request changed it meanwhile; try again',
  ],
  'rename-conflict': [
    { kind: 'rename-conflict', path: 'sections/monde' },
    409,
    'Cannot rename "sections/monde": an article in it was saved meanwhile, try again',
  ],
  unreadable: [
    { kind: 'unreadable', reason: 'Cannot read the body: it must be UTF-8' },
    400,
    'Cannot read the body: it must be UTF-8',
  ],
  'too-large': [
    { kind: 'too-large', bytes: 9, maxBytes: 8 },
    413,
    'Cannot read 9 bytes: at most 8 are accepted',
  ],
  'unsupported-type': [
    { kind: 'unsupported-type', type: 'text/plain', expected: 'application/json' },
    415,
    'Cannot read text/plain: send application/json',
  ],
  'method-not-allowed': [
    { kind: 'method-not-allowed', method: 'POST', allow: ['GET', 'HEAD'] },
    405,
    'Cannot POST this address: use GET, HEAD',
  ],
  'not-acceptable': [
    { kind: 'not-acceptable', offers: [{ type: 'application/rss+xml', url: 'https://x.example/feed.rss' }] },
    406,
    'Cannot send any type that Accept allows: the feed is available as application/rss+xml at https://x.example/feed.rss',
  ],
  'no-token-configured': [
    { kind: 'no-token-configured' },
    503,
    'Cannot take this request: no token is configured; set API_TOKENS (docs/configuration.md)',
  ],
  unauthorized: [{ kind: 'unauthorized' }, 401, 'Cannot take this request: send a valid bearer token'],
  unavailable: [
    { kind: 'unavailable', seconds: 60 },
    503,
    'Cannot answer now: the store cannot be reached; try again in 60 seconds',
  ],
  'not-embeddable': [
    { kind: 'not-embeddable', slug: 'x' },
    401,
    'Cannot embed article "x": its rights do not allow it; link to it instead',
  ],
  'unknown-format': [
    { kind: 'unknown-format', format: 'yaml', known: ['json', 'xml'] },
    501,
    'Cannot answer as "yaml": ask for json or xml',
  ],
  misconfigured: [
    { kind: 'misconfigured', setting: 'SITE_URL', reason: 'must be given' },
    503,
    'Cannot serve: setting SITE_URL must be given',
  ],
}

test.for(Object.entries(rows))('problem: %s', async ([, [problem, status, detail]]) => {
  const response = problemResponse(problem)
  expect(response.status).toBe(status)
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  expect(response.headers.get('Cache-Control')).toBe('no-store')
  expect(await response.json()).toMatchObject({ status, detail, title: expect.any(String) })
})

test('405 names the allowed methods, 401 the authentication scheme, 403 the scope that the token lacks', () => {
  const notAllowed = problemResponse(rows['method-not-allowed'][0])
  expect(notAllowed.headers.get('Allow')).toBe('GET, HEAD')
  expect(problemResponse({ kind: 'unauthorized' }).headers.get('WWW-Authenticate')).toBe(
    'Bearer realm="kiosque"',
  )
  expect(problemResponse(rows.forbidden[0]).headers.get('WWW-Authenticate')).toBe(
    'Bearer realm="kiosque", error="insufficient_scope", scope="publish"',
  )
})

test('the type is always about:blank, and a title says more than the status phrase where that says too little', async () => {
  const answers = await Promise.all(
    Object.values(rows).map(async ([problem]) => (await problemResponse(problem).json()) as Answer),
  )
  expect(answers.filter(({ type }) => type !== 'about:blank')).toEqual([])
  const conflicts = answers.filter(({ status }) => status === 409).map(({ title }) => title)
  expect(new Set(conflicts)).toContain('Slug taken')
  expect(new Set(conflicts).size).toBeGreaterThan(3)
})

test('each kind is made somewhere, besides its type and its words', () => {
  const files = codeIn('src').filter((file) => !file.endsWith('/problem.ts'))
  const source = files.map(textOf).join('\n')
  expect(Object.keys(rows).filter((kind) => !source.includes(`kind: '${kind}'`))).toEqual([])
})
