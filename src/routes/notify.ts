import type { Hono } from 'hono'
import { mailOf } from '../config/mail.ts'
import { pushOf } from '../config/push.ts'
import { answerMissing, answerProblem, type Edge, type Exchange } from './answer.ts'

/** The addresses at which people ask to be told of articles, and change or end that. */
const paths = ['/subscribe', '/subscriptions/:token'] as const

/** The addresses that only browsers need: the scripts, and where they subscribe. */
const pushPaths = ['/push/v1.js', '/push/page.js', '/push/subscriptions'] as const

/**
 * Registers the pages on which people ask to be told. Without the settings of mail or Web Push there are no such addresses. The
 * pages are a separate module, which is loaded when the first request for one of them arrives.
 */
export function notify(app: Hono<Edge>): void {
  for (const path of paths)
    app.all(path, (exchange) => {
      const states = [mailOf(exchange.env.config), pushOf(exchange.env.config)]
      return answerIf(exchange, states)
    })
  for (const path of pushPaths) app.all(path, (exchange) => answerIf(exchange, [pushOf(exchange.env.config)]))
}

type State = { kind: 'on' | 'off' } | { kind: 'incomplete'; missing: readonly string[] }

/** Answers if one of the channels is on. If none is, but settings of one are there, the answer names those that are missing. */
async function answerIf(exchange: Exchange, states: readonly State[]): Promise<Response> {
  if (states.some(({ kind }) => kind === 'on')) {
    const { notifyPages } = await import('./notify/pages.ts')
    return notifyPages.fetch(exchange.req.raw, exchange.env)
  }
  const incomplete = states.find((state) => state.kind === 'incomplete')
  if (!incomplete) return answerMissing(exchange)
  const answer = await answerProblem(exchange, {
    kind: 'misconfigured',
    setting: incomplete.missing.join(', '),
    reason: 'must be set, or nobody can ask to be told',
  })
  // The address may contain a token.
  answer.headers.set('Referrer-Policy', 'no-referrer')
  return answer
}
