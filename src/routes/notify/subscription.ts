import type { Hono } from 'hono'
import type { Subscriber } from '../../domain/notify.ts'
import { readForm } from '../../http/form.ts'
import { nameChoices, parseChoices } from '../../notify/choices.ts'
import { exportSubscriber } from '../../notify/export.ts'
import { erasePerson } from '../../notify/operate.ts'
import {
  confirmOptIn,
  isOptInToken,
  type OpenRequest,
  requestAddress,
  requestState,
} from '../../notify/opt-in.ts'
import type { NotifyPorts } from '../../notify/ports.ts'
import { resume } from '../../notify/resume.ts'
import { idIn, linkToken, purposeOf } from '../../notify/token.ts'
import { renderConfirmPage, renderOutcomePage, renderUnsubscribePage } from '../../pages/notify/answer.tsx'
import { actions, type Done, dones, renderManagePage } from '../../pages/notify/manage.tsx'
import { answerProblem, type Edge, type Exchange, resource } from '../answer.ts'
import { queryParameter } from '../query.ts'
import { param } from '../reading.ts'
import {
  answerPage,
  excessOf,
  mailPortsOf,
  maxFormBytes,
  mistakeIn,
  mistakeOf,
  notifyOf,
  offeredParts,
  privately,
  seeOther,
  withoutReferrer,
} from './answer.ts'

/** The address of all pages about one subscription. */
const path = '/subscriptions/:token'

/** Registers the pages at the links of mails: to confirm a request, to change a subscription, and to end one. */
export function subscriptionPage(app: Hono<Edge>): void {
  app.use(path, withoutReferrer)
  resource(app, path, { GET: show, POST: act })
}

/** What the token of an address allows. `language` is that of the person, or that of the site. */
type Opened =
  | { kind: 'request' }
  | { kind: 'manage'; subscriber: Subscriber }
  | { kind: 'end'; subscriber: Subscriber }
  | { kind: 'ended'; subscriber: Pick<Subscriber, 'language' | 'channel'> }
  | { kind: 'invalid'; language: string }

async function open(ports: NotifyPorts, token: string): Promise<Opened> {
  const { site, subscribers, secrets } = ports
  if (isOptInToken(token)) return { kind: 'request' }
  const invalid = { kind: 'invalid', language: site.language } as const
  const id = idIn(token)
  const found = id === undefined ? undefined : await subscribers.find(id)
  const purpose = found && (await purposeOf(secrets, found, token))
  if (!purpose) return invalid
  if (found.state !== 'ended') return { kind: purpose, subscriber: found }
  const kept = found.joined === undefined ? undefined : await subscribers.find(found.joined)
  if (!kept || kept.state === 'ended') return { kind: 'ended', subscriber: found }
  // The mails go on to another address, and these links are in mails to the former one.
  return purpose === 'end' ? { kind: 'end', subscriber: kept } : invalid
}

/** Shows what a link allows. To open a link changes nothing, because programs that check mails open it too. */
async function show(exchange: Exchange): Promise<Response> {
  const ports = notifyOf(exchange)
  const token = param(exchange, 'token')
  const opened = await open(ports, token)
  if (opened.kind === 'request') return showRequest(ports, token)
  if (opened.kind === 'ended') return over(ports, opened.subscriber, 'ended')
  if (opened.kind === 'invalid') return outcomeOf(ports, opened)
  const { site } = ports
  const { subscriber } = opened
  if (opened.kind === 'end')
    return answerPage(ports, renderUnsubscribePage({ site, language: subscriber.language }))
  const done = dones.find((one) => one === queryParameter(exchange, 'done'))
  return manage(exchange, subscriber, done ? { done } : {})
}

async function showRequest(ports: NotifyPorts, token: string): Promise<Response> {
  const state = await requestState(ports, token)
  if (state.kind !== 'open') return closedPage(ports, state)
  return answerPage(ports, await requestPage(ports, state))
}

/** Answers with the page at the link of a request that does not wait any more. */
async function closedPage(
  ports: NotifyPorts,
  state: Exclude<Awaited<ReturnType<typeof requestState>>, OpenRequest>,
): Promise<Response> {
  const { site, secrets } = ports
  if (state.kind === 'expired') return outcomeOf(ports, { kind: 'expired', language: site.language })
  const { language } = state
  if (state.kind === 'erased') return outcomeOf(ports, { kind: 'erasedRequest', language })
  const { subscriber } = state
  const manage = subscriber && `/subscriptions/${await linkToken(secrets, subscriber, 'manage')}`
  return outcomeOf(ports, { kind: 'alreadyConfirmed', language, ...(manage !== undefined && { manage }) })
}

/** Renders the page that asks to confirm a request, or that says why it cannot be confirmed yet. */
async function requestPage(
  ports: NotifyPorts,
  { request, full, isJoined = false }: OpenRequest,
): Promise<string> {
  const { site, secrets } = ports
  const { language, subscriber, choices, words } = request
  const named = subscriber === undefined && { choices: await nameChoices(ports, choices), consent: words }
  const manage = full && `/subscriptions/${await linkToken(secrets, full, 'manage')}`
  return renderConfirmPage({ site, language, isJoined, ...named, ...(manage !== undefined && { manage }) })
}

const statuses = { alreadyConfirmed: 200, erasedRequest: 410, expired: 410, invalid: 404 } as const

function outcomeOf(
  ports: NotifyPorts,
  { kind, language, manage }: { kind: keyof typeof statuses; language: string; manage?: string },
): Response {
  const page = renderOutcomePage({
    ...{ site: ports.site, language, outcome: kind },
    ...(manage !== undefined && { manage }),
  })
  return answerPage(ports, page, statuses[kind])
}

/** Says that a subscription is over. */
function over(
  ports: NotifyPorts,
  { language, channel }: Pick<Subscriber, 'language' | 'channel'>,
  outcome: 'ended' | 'erased',
): Response {
  const { site, push } = ports
  const isBrowser = channel === 'webpush'
  return answerPage(
    ports,
    renderOutcomePage({ site, language, outcome, isBrowser, isPushOn: push !== undefined }),
  )
}

/**
 * Does what a form of the pages asks for. The token is the only proof: a mail provider that ends a subscription by one POST (RFC
 * 8058) sends neither a cookie nor an Origin, and browsers send the Origin `null` from these pages.
 */
async function act(exchange: Exchange): Promise<Response> {
  const ports = notifyOf(exchange)
  const token = param(exchange, 'token')
  const opened = await open(ports, token)
  switch (opened.kind) {
    case 'request':
      return confirm(ports, token)
    case 'end':
      return end(ports, opened.subscriber)
    case 'manage':
      return change(exchange, opened.subscriber)
    case 'ended':
      return over(ports, opened.subscriber, 'ended')
    case 'invalid':
      return outcomeOf(ports, opened)
  }
}

async function confirm(ports: NotifyPorts, token: string): Promise<Response> {
  const state = await requestState(ports, token)
  if (state.kind !== 'open') return closedPage(ports, state)
  const { request, full } = state
  if (full) return answerPage(ports, await requestPage(ports, state), 422)
  const subscriber = await confirmOptIn(ports, token, request)
  // The same link may have been pressed twice at once.
  if (!subscriber) return outcomeOf(ports, { kind: 'alreadyConfirmed', language: request.language })
  return seeDone(ports, subscriber, request.subscriber === undefined ? 'confirmed' : 'addressChanged')
}

/** Redirects to the page of a subscription, which says what was done. */
const seeDone = async ({ secrets }: NotifyPorts, subscriber: Subscriber, done: Done): Promise<Response> =>
  seeOther(`/subscriptions/${await linkToken(secrets, subscriber, 'manage')}?done=${done}`)

async function end(ports: NotifyPorts, subscriber: Subscriber): Promise<Response> {
  await ports.subscribers.end(subscriber.id)
  return over(ports, subscriber, 'ended')
}

async function change(exchange: Exchange, subscriber: Subscriber): Promise<Response> {
  const ports = notifyOf(exchange)
  const form = await readForm(exchange.req.raw, maxFormBytes)
  if (!form.ok) return answerProblem(exchange, form.problem)
  const { number } = subscriber
  const action = actions.find((one) => one === form.value.get('action'))
  // An embargo that has ended, but that no reader or cron run has carried out yet, counts as it was until now.
  if (action === 'choose' || action === 'pause' || action === 'resume') await ports.store.release()
  switch (action) {
    case 'choose':
      return choose(exchange, subscriber, form.value)
    case 'pause':
    case 'resume':
      if (action === 'pause') await ports.subscribers.pause(number)
      else await resume(ports, subscriber)
      return seeDone(ports, subscriber, action === 'pause' ? 'paused' : 'resumed')
    case 'address':
      return changeAddress(exchange, subscriber, form.value)
    case 'export':
      return exportOf(ports, subscriber)
    case 'end':
      return end(ports, subscriber)
    case 'erase':
      await erasePerson(ports, subscriber.address)
      return over(ports, subscriber, 'erased')
    case undefined:
      return answerNoAction(exchange)
  }
}

const answerNoAction = (exchange: Exchange): Promise<Response> =>
  answerProblem(exchange, {
    kind: 'invalid-request',
    task: 'change the subscription',
    issues: [{ field: 'action', reason: `must be one of ${actions.join(', ')}` }],
  })

async function choose(exchange: Exchange, subscriber: Subscriber, form: URLSearchParams): Promise<Response> {
  const ports = notifyOf(exchange)
  const made = await nameChoices(ports, subscriber.choices)
  const { choices, issues } = await parseChoices({ store: ports.store, now: ports.clock() }, form, made)
  const mistake = mistakeOf(issues)
  if (mistake) return manage(exchange, subscriber, { mistake })
  await ports.subscribers.choose(subscriber.number, choices)
  return seeDone(ports, subscriber, 'saved')
}

async function changeAddress(
  exchange: Exchange,
  subscriber: Subscriber,
  form: URLSearchParams,
): Promise<Response> {
  const ports = mailPortsOf(exchange)
  if (!ports || subscriber.channel !== 'email') return answerNoAction(exchange)
  const excess = await excessOf(exchange)
  if (excess) return answerProblem(exchange, excess)
  const asked = await requestAddress(ports, subscriber, form)
  if (asked.ok) return seeDone(ports, subscriber, asked.value === 'kept' ? 'addressKept' : 'addressAsked')
  const mistake = mistakeIn(asked.problem)
  return mistake ? manage(exchange, subscriber, { mistake }) : answerProblem(exchange, asked.problem)
}

/** Shows the page of a subscription; with a mistake, its status is 422. */
async function manage(
  exchange: Exchange,
  subscriber: Subscriber,
  more: Pick<Parameters<typeof renderManagePage>[0], 'done' | 'mistake'>,
): Promise<Response> {
  const ports = notifyOf(exchange)
  const { language, address, channel, state, proof } = subscriber
  const email = channel === 'email' ? address : undefined
  const [choices, parts] = await Promise.all([nameChoices(ports, subscriber.choices), offeredParts(exchange)])
  const page = renderManagePage({
    ...{ site: ports.site, language, email, choices, parts, ...more },
    ...{ isPaused: state === 'paused', agreed: proof.at },
  })
  return answerPage(ports, page, more.mistake ? 422 : 200)
}

/** Answers with all that is stored about a subscriber, as a JSON file. */
async function exportOf(ports: NotifyPorts, subscriber: Subscriber): Promise<Response> {
  const exported = await exportSubscriber(ports, subscriber)
  return new Response(`${JSON.stringify(exported, null, 2)}\n`, {
    headers: {
      ...privately,
      'Content-Type': 'application/json',
      'Content-Disposition': 'attachment; filename="subscription.json"',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
