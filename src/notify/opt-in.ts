// I/O: reads and writes the store, and sends messages to the queue.
import { isEmailAddress } from '../domain/email-address.ts'
import type { Issue } from '../domain/issue.ts'
import { type Choice, newReplies, type OptIn, type Subscriber } from '../domain/notify.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { hashOf } from '../http/token.ts'
import { base64url } from './base64.ts'
import { parseChoices, wouldBeTooMany } from './choices.ts'
import type { MailPorts, Shown } from './ports.ts'
import { resume } from './resume.ts'
import { addressHash } from './token.ts'

/** Parses an e-mail address as people write it. The host becomes lower case, as hosts have no case. */
function parseAddress(form: URLSearchParams): string | Issue {
  const address = (form.get('email') ?? '').trim()
  if (!isEmailAddress(address))
    return { field: 'email', reason: 'must be an e-mail address, such as kim@example.com' }
  const at = address.lastIndexOf('@')
  return address.slice(0, at) + address.slice(at).toLowerCase()
}

/**
 * Stores that somebody wants to be told by e-mail at an address; a job sends the mail that asks for a confirmation. The
 * answer is the same whether the address is known or not, and whether a mail is sent or the limits forbid it. Requests beyond
 * the cap are counted and logged.
 */
export async function requestOptIn(
  ports: MailPorts,
  form: URLSearchParams,
  shown: Shown,
): Promise<Result<'asked'>> {
  const address = parseAddress(form)
  const { store, site, clock } = ports
  const { choices, issues } = await parseChoices({ store, site, now: clock() }, form)
  if (typeof address !== 'string' || issues.length > 0) {
    const all = typeof address === 'string' ? issues : [address, ...issues]
    return failure({ kind: 'invalid-request', task: 'subscribe', issues: all })
  }
  await ask(ports, { address, choices, ...shown })
  return success('asked')
}

/**
 * Stores that a subscriber wants to get mails at another address; a job sends a mail to that address which asks for a
 * confirmation. If it is the present address (`kept`), no mail is sent, and what was asked for before is over: the person has
 * thought again.
 */
export async function requestAddress(
  ports: MailPorts,
  { number, language, address: present }: Pick<Subscriber, 'number' | 'language' | 'address'>,
  form: URLSearchParams,
): Promise<Result<'asked' | 'kept'>> {
  const address = parseAddress(form)
  if (typeof address !== 'string')
    return failure({ kind: 'invalid-request', task: 'change the address', issues: [address] })
  if (address === present) {
    await ports.subscribers.keepAddress(number)
    return success('kept')
  }
  await ask(ports, { address, subscriber: number, language, choices: [], words: '' })
  return success('asked')
}

/**
 * Stores that the author of a comment wants to be told by e-mail, at an address that is one, of replies to it or of new comments on its
 * article (`notify`). The answer and the mail are those of `requestOptIn`.
 */
export async function requestNotices(
  ports: MailPorts,
  given: { email: string; comment: string; article: string; notify: readonly string[] },
  shown: Shown,
): Promise<void> {
  const address = parseAddress(new URLSearchParams({ email: given.email }))
  if (typeof address !== 'string') return
  const choices: Choice[] = given.notify.map((selection) => ({
    ...{ selection, article: selection === newReplies ? given.comment : given.article, schedule: 'now' },
  }))
  await ask(ports, { address, choices, ...shown })
}

async function ask(
  ports: MailPorts,
  request: Omit<Parameters<MailPorts['subscribers']['ask']>[0], 'asked' | 'addressHash'>,
): Promise<void> {
  const { subscribers, secrets, clock, maxConfirmationsPerHour, enqueue, log } = ports
  const hash = await addressHash(secrets[0], request.address)
  const asked = { ...request, asked: clock(), addressHash: hash }
  const became = await subscribers.ask(asked, maxConfirmationsPerHour)
  if (became.kind === 'stored') await enqueue([{ kind: 'opt-in' }])
  // One line in an hour, because whoever sends thousands of requests must not fill the log too.
  if (became.kind === 'capped' && became.requests === 1) log('mail-capped', { cap: maxConfirmationsPerHour })
}

/** A request that waits for its confirmation. `full` is the subscriber who would have too many choices with it. */
export interface OpenRequest {
  kind: 'open'
  request: OptIn
  full?: Subscriber
  /** Whether the new address has a subscription already, with which the other one becomes one. */
  isJoined?: boolean
}

/**
 * What became of the request with a token of a mail. `confirmed`: by the same link, before; `subscriber` has the address now.
 * `erased`: the person or the operator has ended the subscription or erased the address. `expired`: there is none any more.
 */
type RequestState =
  | OpenRequest
  | { kind: 'confirmed'; language: string; subscriber?: Subscriber }
  | { kind: 'erased'; language: string }
  | { kind: 'expired' }

/** Returns what became of the request with a token of a mail. */
export async function requestState(
  { subscribers }: Pick<MailPorts, 'subscribers'>,
  token: string,
): Promise<RequestState> {
  const request = await subscribers.optIn(await hashOf(token))
  if (!request) return { kind: 'expired' }
  const { language, address, choices, isDone } = request
  if (address === '') return { kind: 'erased', language }
  const known = await subscribers.known('email', address)
  if (isDone) return { kind: 'confirmed', language, ...(known && { subscriber: known }) }
  const isFull = known && wouldBeTooMany(known.choices, choices)
  const isJoined =
    request.subscriber !== undefined && known !== undefined && known.number !== request.subscriber
  return { kind: 'open', request, isJoined, ...(isFull && { full: known }) }
}

/** The subscriber that a token of a mail has confirmed; undefined if there is no such request any more. */
export async function confirmOptIn(
  ports: Pick<MailPorts, 'subscribers' | 'clock' | 'bytes' | 'digestTime'>,
  token: string,
  { address, subscriber, words, choices }: Pick<OptIn, 'address' | 'subscriber' | 'words' | 'choices'>,
): Promise<Subscriber | undefined> {
  const { subscribers, clock, bytes } = ports
  const known = await subscribers.known('email', address)
  const isJoined = subscriber !== undefined && known !== undefined && known.number !== subscriber
  if (isJoined) await resume(ports, { number: subscriber })
  if (known?.state === 'paused' && known.number !== subscriber) await resume(ports, known)
  const consent = { at: clock(), words, choices }
  return subscribers.confirm(await hashOf(token), base64url(bytes(16)), consent)
}

/** Tells whether a text has the form of a token in a mail that asks for a confirmation. */
export const isOptInToken = (token: string): boolean => /^[\w-]{43}$/.test(token)
