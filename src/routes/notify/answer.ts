import type { MiddlewareHandler } from 'hono'
import type { FolderPart } from '../../domain/directory.ts'
import type { Issue } from '../../domain/issue.ts'
import { canonicalTag } from '../../domain/language.ts'
import { failure, type Problem, type Result, retrySeconds, success } from '../../domain/problem.ts'
import type { NotifyMistake } from '../../domain/words.ts'
import { readForm } from '../../http/form.ts'
import { networkOf } from '../../http/network.ts'
import { areTooMany, isNothingChosen } from '../../notify/choices.ts'
import type { MailPorts, NotifyPorts } from '../../notify/ports.ts'
import { notifyPolicy } from '../../pages/parts/policy.ts'
import { readDirectory } from '../../read/directory.ts'
import type { Currency } from '../../read/freshness.ts'
import { type Edge, type Exchange, pageHeaders } from '../answer.ts'

/** The largest number of bytes of a form: 50 selections with long names have fewer. */
export const maxFormBytes = 65_536

/** The largest number of sections, of tags and of authors that a form offers. */
const maxOfferedSelections = 300

/** Answers with a page about notifications. No cache keeps it, and no link from it tells its address, which may contain a token. */
export const answerPage = ({ push }: NotifyPorts, html: string, status = 200): Response =>
  new Response(html, {
    status,
    headers: {
      ...pageHeaders(notifyPolicy(push !== undefined)),
      ...privately,
      'X-Content-Type-Options': 'nosniff',
    },
  })

/** Redirects a browser that has sent a form to a page, so that the form is not sent again when the page is loaded again. */
export const seeOther = (location: string): Response =>
  new Response(null, { status: 303, headers: { ...privately, Location: location } })

/** The headers of answers whose address may contain a token. */
export const privately = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }

/** Gives all answers at an address with a token the header that keeps it from other sites, also those to wrong requests. */
export const withoutReferrer: MiddlewareHandler<Edge> = async (exchange, next) => {
  await next()
  exchange.res.headers.set('Referrer-Policy', privately['Referrer-Policy'])
}

/** The ports of the flow; only pages of a site that tells people ask for them. */
export function notifyOf({ env }: Exchange): NotifyPorts {
  if (!env.notify) throw new Error('The site tells nobody')
  return env.notify
}

/** The ports of the channel of mail; undefined if the site sends no mail. */
export function mailPortsOf(exchange: Exchange): MailPorts | undefined {
  const { mail, ...shared } = notifyOf(exchange)
  return mail && { ...shared, ...mail }
}

/** The problem of a client that has sent too many forms; undefined if it may send another one. */
export async function excessOf(exchange: Exchange): Promise<Problem | undefined> {
  const client = networkOf(exchange.req.header('CF-Connecting-IP') ?? 'unknown')
  if (await notifyOf(exchange).mayAsk(`notify ${client}`)) return undefined
  return { kind: 'too-many-requests', reason: 'too many forms were sent', seconds: retrySeconds }
}

/** A form that asks to be told, and the language of the answer and the messages: that of the form, or that of the site. */
interface NotifyRequest {
  form: URLSearchParams
  language: string
}

/** Reads a form that asks to be told, unless the client has sent too many forms, or the form is none. */
export async function readRequest(exchange: Exchange): Promise<Result<NotifyRequest>> {
  const excess = await excessOf(exchange)
  if (excess) return failure(excess)
  const form = await readForm(exchange.req.raw, maxFormBytes)
  if (!form.ok) return form
  const language = canonicalTag(form.value.get('language') ?? '') ?? notifyOf(exchange).site.language
  return success({ form: form.value, language })
}

/** What a page says is wrong in a form; undefined if the problem is none of the fields of the form. */
export function mistakeIn(problem: Problem): NotifyMistake | undefined {
  return problem.kind === 'invalid-request' ? mistakeOf(problem.issues) : undefined
}

/** What a page says of the issues of a form; undefined if there is none. */
export function mistakeOf(issues: readonly Issue[]): NotifyMistake | undefined {
  if (issues.length === 0) return undefined
  if (issues.some(({ field }) => field === 'email')) return 'email'
  if (areTooMany(issues)) return 'tooMany'
  return isNothingChosen(issues) ? 'selection' : 'invalid'
}

/** The sections, tags and authors that a form offers. */
export const offeredParts = (
  { env: { store } }: Exchange,
  report: Currency['report'] = () => true,
): Promise<FolderPart[]> => readDirectory({ store, report }, maxOfferedSelections)
