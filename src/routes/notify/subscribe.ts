import type { Hono } from 'hono'
import { mailOf } from '../../config/mail.ts'
import { canonicalTag } from '../../domain/language.ts'
import { schedules } from '../../domain/notify.ts'
import { success } from '../../domain/problem.ts'
import { subscribePath } from '../../domain/site.ts'
import { publicArticle } from '../../notify/choices.ts'
import { requestOptIn } from '../../notify/opt-in.ts'
import { renderAskedPage } from '../../pages/notify/answer.tsx'
import { consentIn } from '../../pages/notify/fields.tsx'
import { renderSubscribePage } from '../../pages/notify/subscribe.tsx'
import { notifyPolicy } from '../../pages/parts/policy.ts'
import { currencyOf, describeFreshness } from '../../read/freshness.ts'
import { readListing } from '../../read/listing.ts'
import {
  answer,
  answerMissing,
  answerProblem,
  type Edge,
  type Exchange,
  isForPerson,
  pageHeaders,
  resource,
} from '../answer.ts'
import { queryParameter } from '../query.ts'
import { reading } from '../reading.ts'
import { waysOf } from '../ways.ts'
import { answerPage, mailPortsOf, mistakeIn, notifyOf, offeredParts, readRequest } from './answer.ts'

/** Registers the page on which people ask to be told. */
export function subscribePage(app: Hono<Edge>): void {
  resource(app, '/subscribe', { GET: show, POST: ask })
}

/**
 * Answers with the form, which is the same for everybody, as the directory of all feeds is. The page that leads to it names its language
 * in the address, so that one form in each language is cached. An invalid one is ignored.
 */
async function show(exchange: Exchange): Promise<Response> {
  const ports = reading(exchange)
  const isPushOn = notifyOf(exchange).push !== undefined
  const all = await readListing(ports, '')
  if (!all.ok) return answerProblem(exchange, all.problem)
  const { report, isCurrent } = currencyOf(ports, [all.value.head])
  const { site } = ports
  const language = canonicalTag(queryParameter(exchange, 'lang') ?? '') ?? site.language
  return answer(
    exchange,
    success({
      ...describeFreshness(ports, all.value.head, 'subscribe'),
      isCurrent,
      type: 'text/html; charset=utf-8',
      address: `/${subscribePath(site, language)}`,
      headers: pageHeaders(notifyPolicy(isPushOn)),
      links: [],
      body: async () =>
        renderSubscribePage({
          site,
          ...waysOf(exchange),
          language,
          parts: await offeredParts(exchange, report),
        }),
    }),
  )
}

/** Takes the form of mail. The answer is the same whether the address is known or not. */
async function ask(exchange: Exchange): Promise<Response> {
  const ports = mailPortsOf(exchange)
  if (!ports) return answerNoMail(exchange)
  const { site } = ports
  const read = await readRequest(exchange)
  if (!read.ok) return answerProblem(exchange, read.problem)
  const { form, language } = read.value
  const words = consentIn(language, site, ports.postal).join('\n')
  const asked = await requestOptIn(ports, form, { language, words })
  if (asked.ok) return answerPage(ports, renderAskedPage({ site, language }))
  const mistake = mistakeIn(asked.problem)
  if (!mistake || !isForPerson(exchange)) return answerProblem(exchange, asked.problem)
  const given = {
    email: form.get('email') ?? '',
    selections: form.getAll('selection'),
    when: schedules.find((one) => one === form.get('when')) ?? 'now',
  }
  const slug = form.get('article') ?? ''
  const article = await publicArticle({ store: ports.store, now: ports.clock() }, slug)
  const parts = article ? [] : await offeredParts(exchange)
  const about = { parts, given, mistake, language, ...(article && { article }) }
  const page = renderSubscribePage({ site, ...waysOf(exchange), ...about })
  return answerPage(ports, page, 422)
}

/** Answers a form that only a site with mail takes; the answer names the settings that are missing, if mail has some. */
async function answerNoMail(exchange: Exchange): Promise<Response> {
  const mail = mailOf(exchange.env.config)
  if (mail.kind !== 'incomplete') return answerMissing(exchange)
  const setting = mail.missing.join(', ')
  return answerProblem(exchange, {
    kind: 'misconfigured',
    setting,
    reason: 'must be set, or nobody can ask for mails',
  })
}
