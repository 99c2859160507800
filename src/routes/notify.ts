import type { Hono } from 'hono'
import { mailOf } from '../config/mail.ts'
import { answerMissing, answerProblem, type Edge } from './answer.ts'

/** The addresses at which people ask to be told of articles, and change or end that. */
const paths = ['/subscribe', '/subscriptions/:token'] as const

/**
 * Registers the pages on which people ask for mails. Without the settings of mail there are no such addresses. The pages are a
 * separate module, which is loaded when the first request for one of them arrives.
 */
export function notify(app: Hono<Edge>): void {
  for (const path of paths)
    app.all(path, async (exchange) => {
      const mail = mailOf(exchange.env.config)
      if (mail.kind === 'off') return answerMissing(exchange)
      if (mail.kind === 'incomplete')
        return answerProblem(exchange, {
          kind: 'misconfigured',
          setting: mail.missing.join(', '),
          reason: 'must be set, or nobody can ask for mails',
        })
      const { notifyPages } = await import('./notify/pages.ts')
      return notifyPages.fetch(exchange.req.raw, exchange.env)
    })
}
