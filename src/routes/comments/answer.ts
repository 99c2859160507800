import { canonicalTag } from '../../domain/language.ts'
import { commentPolicy } from '../../pages/parts/policy.ts'
import { type Exchange, pageHeaders } from '../answer.ts'

/**
 * The largest number of bytes of a form. A text of 4,000 characters has at most 48,000, percent-encoded; a longer one that was pasted
 * into the form by mistake shall come back with a sentence that says so.
 */
export const maxFormBytes = 262_144

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
 * Whether the request comes from a page of the site itself, or of a website that the settings name, as far as the browser says. A
 * program that says nothing is no browser that another site could use.
 */
export function isOwn({ env, req }: Exchange): boolean {
  const origin = req.header('Origin')
  if (origin !== undefined) return origin === env.config.site.url || isNamed(env, origin)
  return ['same-origin', 'none'].includes(req.header('Sec-Fetch-Site') ?? 'none')
}

const isNamed = ({ config }: Exchange['env'], origin: string): boolean =>
  config.commentOrigins.includes(origin)

/**
 * Wraps a handler so that scripts of the websites that the settings name can read its answers. No others can, also if no setting names
 * one: a form that opened there could not be sent.
 */
export const readable =
  (handler: (exchange: Exchange) => Promise<Response>) =>
  async (exchange: Exchange): Promise<Response> => {
    const response = await handler(exchange)
    const origin = exchange.req.header('Origin')
    if (exchange.env.config.commentOrigins.length > 0) response.headers.append('Vary', 'Origin')
    if (origin !== undefined && isNamed(exchange.env, origin))
      response.headers.set('Access-Control-Allow-Origin', origin)
    else response.headers.delete('Access-Control-Allow-Origin')
    return response
  }

/** The language in which the answer to a form speaks to a person: the tag that the form asks for, or else the given one. */
export const languageOf = (asked: string | null | undefined, otherwise: string): string =>
  canonicalTag(asked ?? '') ?? otherwise
