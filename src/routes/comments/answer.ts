import { type Problem, retrySeconds } from '../../domain/problem.ts'
import { commentPolicy } from '../../pages/parts/policy.ts'
import { type Exchange, pageHeaders } from '../answer.ts'

/** The largest number of bytes of a form: a text of 4,000 characters has at most 36,000, percent-encoded. */
export const maxFormBytes = 65_536

/** Answers with a page that is for one person, so that no cache keeps it. */
export const answerPage = (html: string, status = 200, policy = commentPolicy()): Response =>
  new Response(html, {
    status,
    headers: {
      ...pageHeaders(policy),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'X-Robots-Tag': 'noindex',
    },
  })

/**
 * Whether the request comes from a page of the site itself, as far as the browser says. A program that says nothing is no browser
 * that another site could use.
 */
export function isOwn({ env, req }: Exchange): boolean {
  const origin = req.header('Origin')
  if (origin !== undefined) return origin === env.config.site.url
  return ['same-origin', 'none'].includes(req.header('Sec-Fetch-Site') ?? 'none')
}

/** The problem of a form that another site has sent. */
export const foreign = (task: string): Problem => ({
  kind: 'invalid-request',
  task,
  issues: [{ field: 'Origin', reason: 'must be the site itself' }],
})

/** The problem of a client that has sent too many forms. */
export const excess: Problem = {
  kind: 'too-many-requests',
  reason: 'too many comments were sent',
  seconds: retrySeconds,
}
