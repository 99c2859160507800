import { openImportMessage } from '../domain/fault.ts'
import type { Problem } from '../domain/problem.ts'

/** The details of a problem (RFC 9457), with the headers that the problem's status requires. */
interface ProblemDetails {
  status: number
  title: string
  detail: string
  headers: Record<string, string>
  members: Record<string, unknown>
}

/** The title of the problem of a line that its request could not save any more. */
export const unfinishedTitle = 'Unfinished'

/** Returns the status and the text of each kind of problem. No other code defines them. */
export function detailsOf(problem: Problem): ProblemDetails {
  switch (problem.kind) {
    case 'not-found':
      return details(404, 'Not found', `Cannot find ${problem.what}`)
    case 'gone':
      return details(410, 'Gone', `${problem.what} is no longer published`)
    case 'moved':
      return details(301, 'Moved permanently', `The address has changed to /${problem.path}`)
    case 'invalid-article':
      return details(
        422,
        'Invalid article',
        `Cannot save article${problem.slug ? ` "${problem.slug}"` : ''}: ${problem.issues.map(({ field, reason }) => `${field}: ${reason}`).join('; ')}`,
        {},
        { issues: problem.issues },
      )
    case 'bad-row':
      return details(
        500,
        'Bad row',
        `Cannot read article "${problem.slug}": ${problem.issue.field}: ${problem.issue.reason}; save it again to replace it, or withdraw it`,
        {},
        { issues: [problem.issue] },
      )
    case 'slug-taken':
      return details(
        409,
        'Slug taken',
        `Cannot save article "${problem.slug}": another article has, or had, this slug`,
      )
    case 'invalid-path':
      return details(422, 'Invalid path', `Cannot save path "${problem.path}": ${problem.reason}`)
    case 'exists':
      return details(
        409,
        'Exists',
        `Cannot create the article: article "${problem.slug}" has this ${problem.by} already; to change it, PUT to its address`,
      )
    case 'withdrawn':
      return details(
        409,
        'Withdrawn',
        `Cannot save article "${problem.slug}": it was withdrawn; to publish it again, give status "published"`,
      )
    case 'precondition-failed':
      return details(
        412,
        'Precondition failed',
        `Cannot change article "${problem.slug}": its stored version does not meet If-Match or If-None-Match; read it again`,
      )
    case 'invalid-line':
      return details(422, 'Invalid line', `Cannot restore the line: ${problem.reason}`)
    case 'not-empty':
      return details(
        409,
        'Not empty',
        'Cannot restore the backup: the store is not empty; save its articles and paths instead',
      )
    case 'older':
      return details(
        409,
        'Older',
        `Cannot save article "${problem.slug}": ${problem.isDeleted ? 'an article with this slug was deleted before it was public, and the backup does not show that its own is newer' : 'the stored article was, or may have been, saved later than the one in the backup'}; to go back to the backup, import with --overwrite`,
      )
    case 'doubtful':
      return details(
        409,
        'Doubtful',
        `Cannot tell whether this is article "${problem.slug}" ("${problem.title}" of ${problem.day}): ${problem.reason}; to replace it, import with --replace; to add another article, give this one a slug or an id of its own`,
      )
    case 'not-undone':
      return details(
        409,
        'Not undone',
        `Cannot take back the import of article "${problem.slug}": ${problem.reason}`,
      )
    case 'conflict':
      return details(
        409,
        'Conflict',
        `Cannot save "${problem.slug}": another request changed it meanwhile; try again`,
      )
    case 'rename-conflict':
      return details(
        409,
        'Conflict',
        `Cannot rename "${problem.path}": an article in it was saved meanwhile, try again`,
      )
    case 'unreadable':
      return details(400, 'Unreadable', problem.reason)
    case 'too-large':
      return details(
        413,
        'Too large',
        `Cannot read ${problem.bytes} bytes: at most ${problem.maxBytes} are accepted`,
      )
    case 'too-many-lines':
      return details(
        413,
        'Too many lines',
        `Cannot take more than ${problem.maxLines} lines in one request, and have saved none of them: send them in several requests`,
        {},
        { maxLines: problem.maxLines },
      )
    case 'unfinished':
      return details(
        503,
        unfinishedTitle,
        `Cannot save article "${problem.slug}" in this request, which has reached a limit of the platform: send the line again`,
        { 'Retry-After': '1' },
      )
    case 'partly-renamed':
      return details(
        503,
        unfinishedTitle,
        `Cannot rename all articles of "${problem.path}" in one request: send the same request to ${problem.next}, which goes on`,
        { 'Retry-After': '1' },
        { next: problem.next },
      )
    case 'unsupported-type':
      return details(
        415,
        'Unsupported media type',
        `Cannot read ${problem.type || 'a body without Content-Type'}: send ${problem.expected}`,
      )
    case 'method-not-allowed':
      return details(
        405,
        'Method not allowed',
        `Cannot ${problem.method} this address: use ${problem.allow.join(', ')}`,
        { Allow: problem.allow.join(', ') },
      )
    case 'not-acceptable':
      return details(
        406,
        'Not acceptable',
        `Cannot send any type that Accept allows: the feed is available as ${problem.offers.map(({ type, url }) => `${type} at ${url}`).join(', ')}`,
        {},
        { offers: problem.offers },
      )
    case 'no-token-configured':
      return details(
        503,
        'No token configured',
        'Cannot take this request: no token is configured; set API_TOKENS (docs/configuration.md)',
      )
    case 'unauthorized':
      return details(401, 'Unauthorized', 'Cannot take this request: send a valid bearer token', {
        'WWW-Authenticate': 'Bearer realm="kiosque"',
      })
    case 'forbidden':
      return details(
        403,
        'Forbidden',
        `Cannot take this request: the token lacks the scope "${problem.scope}"`,
        {
          'WWW-Authenticate': `Bearer realm="kiosque", error="insufficient_scope", scope="${problem.scope}"`,
        },
      )
    case 'too-many-failures':
      return details(
        429,
        'Too many requests',
        `Cannot take this request: too many wrong tokens; wait ${problem.seconds} seconds`,
        { 'Retry-After': String(problem.seconds) },
      )
    case 'invalid-subscription':
      return details(400, 'Invalid subscription', `Cannot subscribe: ${problem.field}: ${problem.reason}`)
    case 'too-many-requests':
      return details(
        429,
        'Too many requests',
        `Cannot take this request: ${problem.reason}; wait ${problem.seconds} seconds`,
        { 'Retry-After': String(problem.seconds) },
      )
    case 'comments-closed':
      return details(
        403,
        'Comments are closed',
        'Cannot add a comment: nobody can comment on this article any more',
      )
    case 'invalid-query':
      return details(
        400,
        'Invalid query',
        `Cannot ${problem.task ?? 'list articles'}: ${problem.field}: ${problem.reason}`,
      )
    case 'invalid-request':
      return details(
        422,
        'Invalid request',
        `Cannot ${problem.task}: ${problem.issues.map(({ field, reason }) => `${field}: ${reason}`).join('; ')}`,
        {},
        { issues: problem.issues },
      )
    case 'networks-refused':
      return details(
        410,
        'Gone',
        `Cannot share to these networks: ${problem.refused.map(({ id, reason, use }) => `"${id}" ${reason}; use ${use.join(' or ')}`).join('. ')}`,
        {},
        { refused: problem.refused },
      )
    case 'unavailable':
      return details(
        503,
        'Unavailable',
        problem.importing
          ? `Cannot save: ${openImportMessage}`
          : `Cannot answer now: the store cannot be reached; try again in ${problem.seconds} seconds`,
        { 'Retry-After': String(problem.seconds) },
      )
    case 'not-embeddable':
      return details(
        401,
        'Not embeddable',
        `Cannot embed article "${problem.slug}": its rights do not allow it; link to it instead`,
        { 'WWW-Authenticate': 'Bearer realm="kiosque"' },
      )
    case 'unknown-format':
      return details(
        501,
        'Unknown format',
        `Cannot answer as ${JSON.stringify(problem.format)}: ask for ${problem.known.join(' or ')}`,
      )
    case 'misconfigured':
      return details(503, 'Misconfigured', `Cannot serve: setting ${problem.setting} ${problem.reason}`)
  }
}

function details(
  status: number,
  title: string,
  detail: string,
  headers: Record<string, string> = {},
  members: Record<string, unknown> = {},
): ProblemDetails {
  return { status, title, detail, headers, members }
}

/** The answer to a request that has a problem, as `application/problem+json`. No cache may keep this answer. */
export function problemResponse(problem: Problem): Response {
  const { status, title, detail, headers, members } = detailsOf(problem)
  return new Response(
    `${JSON.stringify({ type: 'about:blank', title, status, detail, ...members }, null, 2)}\n`,
    {
      status,
      headers: { 'Content-Type': 'application/problem+json', ...uncached, ...headers },
    },
  )
}

/** The headers of every answer that no cache may keep. */
export const uncached = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Access-Control-Allow-Origin': '*',
}
