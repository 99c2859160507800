import { maxArticleBytes, states } from '../domain/article.ts'
import { banKinds, commentLists, commentStates } from '../domain/comment.ts'
import { maxCommenterLines } from '../domain/commenter-line.ts'
import { maxKeptComments } from '../domain/kept-comment.ts'
import { maxLines } from '../domain/limits.ts'
import { type Problem, retrySeconds } from '../domain/problem.ts'
import { maxListed } from '../domain/store.ts'
import { maxSubscriberLines } from '../domain/subscriber-line.ts'

export const slug = 'le-marche-ouvre-samedi'

/**
 * Problems by name. The description of each API operation lists the names of the problems with which the
 * operation can answer. The OpenAPI document shows an example answer for each problem; the same code writes
 * the text of the example and of real answers.
 */
export const problems = {
  query: { kind: 'invalid-query', field: 'status', reason: `must be one of ${states.join(', ')}` },
  path: { kind: 'invalid-path', path: '', reason: `paths: must be a list of at most ${maxListed}` },
  line: { kind: 'invalid-line', reason: 'must be an object' },
  notEmpty: { kind: 'not-empty' },
  since: { kind: 'invalid-query', field: 'since', reason: 'must be the member "revision" of a backup' },
  unreadable: { kind: 'unreadable', reason: 'Cannot read the body: it must be UTF-8' },
  unauthorized: { kind: 'unauthorized' },
  mayNotPublish: { kind: 'forbidden', scope: 'publish' },
  mayNotModerate: { kind: 'forbidden', scope: 'moderate' },
  mayNotAdminister: { kind: 'forbidden', scope: 'admin' },
  notFound: { kind: 'not-found', what: `article "${slug}"` },
  noSuchSelection: { kind: 'not-found', what: '"sections/ville"' },
  noSuchComment: { kind: 'not-found', what: 'comment "q1gTnNyhXKyUZV0LOxW2dw"' },
  noSuchTopic: { kind: 'not-found', what: 'a feed "feed.rss" that has subscribers; known: feed.atom' },
  importInvalid: {
    kind: 'invalid-request',
    task: 'import',
    issues: [{ field: 'files', reason: 'must be a SHA-256 in hexadecimal' }],
  },
  commentState: {
    kind: 'invalid-query',
    task: 'list comments',
    field: 'state',
    reason: `must be one of ${commentLists.join(', ')}`,
  },
  decisionInvalid: {
    kind: 'invalid-request',
    task: 'change comments',
    issues: [{ field: 'state', reason: `must be one of ${commentStates.join(', ')}` }],
  },
  banInvalid: {
    kind: 'invalid-request',
    task: 'ban senders',
    issues: [{ field: 'by', reason: `must be one of ${banKinds.join(', ')}` }],
  },
  closingInvalid: {
    kind: 'invalid-request',
    task: 'close comments',
    issues: [{ field: 'closed', reason: 'must be true or false' }],
  },
  keptInvalid: {
    kind: 'invalid-request',
    task: 'keep comments',
    issues: [{ field: 'comments', reason: `must be a list of at most ${maxKeptComments}` }],
  },
  personInvalid: {
    kind: 'invalid-request',
    task: 'find a person',
    issues: [{ field: 'address', reason: 'must be an e-mail address, such as kim@example.com' }],
  },
  addressesInvalid: {
    kind: 'invalid-request',
    task: 'restore addresses',
    issues: [{ field: 'addresses', reason: `must be a list of at most ${maxCommenterLines}` }],
  },
  erasureInvalid: {
    kind: 'invalid-request',
    task: 'erase',
    issues: [{ field: 'address', reason: 'must be an e-mail address, such as kim@example.com' }],
  },
  erasedInvalid: {
    kind: 'invalid-request',
    task: 'erase',
    issues: [{ field: 'erased.0', reason: 'must have `hash` (43 signs) and `at` (milliseconds)' }],
  },
  subscribersInvalid: {
    kind: 'invalid-request',
    task: 'restore subscribers',
    issues: [{ field: 'subscribers', reason: `must be a list of at most ${maxSubscriberLines}` }],
  },
  after: { kind: 'invalid-query', field: 'after', reason: 'must be the number of a subscriber' },
  noSuchSubscription: { kind: 'not-found', what: 'subscription 1' },
  badRow: { kind: 'bad-row', slug, issue: { field: 'image.alt', reason: 'must be a text' } },
  slugTaken: { kind: 'slug-taken', slug },
  exists: { kind: 'exists', slug, by: 'slug' },
  withdrawn: { kind: 'withdrawn', slug },
  conflict: { kind: 'conflict', slug },
  renameConflict: { kind: 'rename-conflict', path: 'sections/ville' },
  precondition: { kind: 'precondition-failed', slug },
  tooLarge: { kind: 'too-large', bytes: 3_000_044, maxBytes: maxArticleBytes },
  tooManyLines: { kind: 'too-many-lines', maxLines },
  partlyRenamed: {
    kind: 'partly-renamed',
    path: 'sections/ville',
    next: '/api/sections/ville?before=1718798400000.2',
  },
  type: { kind: 'unsupported-type', type: 'text/plain', expected: 'application/json' },
  invalid: {
    kind: 'invalid-article',
    slug,
    issues: [{ field: 'title', reason: 'must be given' }],
  },
  period: {
    kind: 'invalid-query',
    task: 'count',
    field: 'since',
    reason: 'must be a day such as 2024-06-19',
  },
  networksGone: {
    kind: 'networks-refused',
    refused: [{ id: 'pocket', reason: 'closed on 8 July 2025', use: ['instapaper', 'raindrop'] }],
  },
  invalidPages: {
    kind: 'invalid-request',
    task: 'make share links',
    issues: [{ field: 'pages.0.title', reason: 'must be given' }],
  },
  guessing: { kind: 'too-many-failures', seconds: retrySeconds },
  noToken: { kind: 'no-token-configured' },
  setting: { kind: 'misconfigured', setting: 'SITE_URL', reason: 'must be the address of this Worker' },
} satisfies Record<string, Problem>

export type ProblemName = keyof typeof problems

const headerWords: Record<string, string> = {
  ETag: 'The ETag of this save, for If-Match.',
  Location: 'The path of the new article.',
  'Kiosque-Saved': 'What was done: `created`, `replaced` or `unchanged`; `withdrawn` or `deleted`.',
  'WWW-Authenticate': 'The scheme to authenticate with.',
  'Retry-After': 'The number of seconds to wait.',
  'Cache-Control': 'How long the document may be cached.',
}

export const headersOf = (names: readonly string[]) =>
  names.length === 0
    ? {}
    : {
        headers: Object.fromEntries(
          names.map((name) => [name, { description: headerWords[name], schema: { type: 'string' } }]),
        ),
      }
