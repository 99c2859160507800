import type { Hono } from 'hono'
import { canonicalTag } from '../../domain/language.ts'
import { schedules } from '../../domain/notify.ts'
import { readForm } from '../../http/form.ts'
import { requestOptIn } from '../../notify/opt-in.ts'
import { renderAskedPage } from '../../pages/notify/answer.tsx'
import { consentIn } from '../../pages/notify/fields.tsx'
import { renderSubscribePage } from '../../pages/notify/subscribe.tsx'
import { answerProblem, type Edge, type Exchange, isForPerson, resource } from '../answer.ts'
import { answerPage, excessOf, maxFormBytes, mistakeIn, notifyOf, offeredParts } from './answer.ts'

/** Registers the page on which people ask for mails. */
export function subscribePage(app: Hono<Edge>): void {
  resource(app, '/subscribe', { GET: show, POST: ask })
}

async function show(exchange: Exchange): Promise<Response> {
  const { site, postal } = notifyOf(exchange)
  return answerPage(renderSubscribePage({ site, postal, parts: await offeredParts(exchange) }))
}

/** Takes the form. The answer is the same whether the address is known or not. */
async function ask(exchange: Exchange): Promise<Response> {
  const ports = notifyOf(exchange)
  const { site, postal } = ports
  const excess = await excessOf(exchange)
  if (excess) return answerProblem(exchange, excess)
  const form = await readForm(exchange.req.raw, maxFormBytes)
  if (!form.ok) return answerProblem(exchange, form.problem)
  const language = canonicalTag(form.value.get('language') ?? '') ?? site.language
  const words = consentIn(language, site).join('\n')
  const asked = await requestOptIn(ports, form.value, { language, words })
  if (asked.ok) return answerPage(renderAskedPage({ site, language }))
  const mistake = mistakeIn(asked.problem)
  if (!mistake || !isForPerson(exchange)) return answerProblem(exchange, asked.problem)
  const given = {
    email: form.value.get('email') ?? '',
    selections: form.value.getAll('selection'),
    when: schedules.find((one) => one === form.value.get('when')) ?? 'now',
  }
  const parts = await offeredParts(exchange)
  return answerPage(renderSubscribePage({ site, postal, parts, given, mistake }), 422)
}
