// I/O: none; only decides.
import type { RecordedPush } from '../../domain/notify.ts'
import { waitAsked } from '../../hub/protocol/retry-after.ts'

/**
 * What a push service answered, or why it did not answer; or why nothing was sent: our keys are wrong (`own`), or the endpoint
 * was made with a key that is not there any more (`noKey`).
 */
export type PushAnswer =
  | { status: number; retryAfter?: string }
  | { fault: string }
  | { own: string }
  | { noKey: true }

/** When and how often a message was sent; all instants are epoch milliseconds. */
interface Tried {
  since: number
  attempts: number
  now: number
  /** The milliseconds after `since` for which it is tried. */
  triedFor: number
  /** Whether a message to this endpoint was accepted before. */
  wasAccepted: boolean
  /** The attempts in a row that the push service has neither accepted nor refused for good, and the instant of the first. */
  unanswered?: { since: number; attempts: number } | undefined
}

/**
 * What follows from an answer, and what may be at fault besides the endpoint: the push service (`service`), or we ourselves (`channel`).
 */
interface Consequence {
  told: RecordedPush['told']
  stops?: 'service' | 'channel'
  /** Milliseconds for which the push service has asked to wait, six hours at most. */
  serviceWaits?: number
  /** Whether the attempt is one of those after which, if they go on, the subscription ends. */
  isUnanswered?: true
}

/** The longest time for which one answer of a push service can stop the messages to all its browsers. */
const maxServiceWaitMilliseconds = 6 * 3_600_000

/** An endpoint that accepts nothing for this time, at this number of attempts at least, is not used any more. */
const maxUnansweredMilliseconds = 60 * 86_400_000
const minUnansweredAttempts = 20

const firstPauseMilliseconds = 60_000
const maxPauseMilliseconds = 3_600_000

/**
 * Decides what follows from the answer of a push service (RFC 8030 §5, §7.3, §8.4). An endpoint that is gone ends the
 * subscription. A push service that is busy or does not answer is asked again after the time that it names, or after a pause
 * that doubles, as long as it is tried. A refusal of our signature is our own fault if the endpoint accepted messages
 * before; otherwise the endpoint may be made with the key of another site, and a stranger must not stop the channel. An endpoint that
 * has accepted nothing for 60 days counts as gone, unless the fault is our own.
 */
export function consequenceOf(answer: PushAnswer, tried: Tried): Consequence {
  if ('noKey' in answer) return { told: { kind: 'dropped', failure: 'its key is not in VAPID_KEYS' } }
  if ('own' in answer) return { told: later(answer.own, tried), stops: 'channel' }
  if ('fault' in answer) return unanswered({ told: later(answer.fault, tried), stops: 'service' }, tried)
  const { status, retryAfter } = answer
  if (status >= 200 && status < 300) return { told: { kind: 'done' } }
  if (status === 404 || status === 410) return { told: { kind: 'gone' } }
  const failure = String(status)
  if (status === 401 || status === 403)
    return tried.wasAccepted
      ? { told: later(failure, tried), stops: 'channel' }
      : unanswered({ told: later(failure, tried) }, tried)
  if (status === 429 || status >= 500) {
    const wait = waitAsked(retryAfter, tried.now)
    const serviceWaits = wait && Math.min(wait, maxServiceWaitMilliseconds)
    const told = later(failure, tried, wait)
    return unanswered({ told, stops: 'service', ...(serviceWaits && { serviceWaits }) }, tried)
  }
  return { told: { kind: 'dropped', failure } }
}

/** Counts an attempt that says nothing for good, and ends the subscription if there were too many of them. */
function unanswered(consequence: Consequence, { unanswered, now }: Tried): Consequence {
  const { since, attempts } = unanswered ?? { since: now, attempts: 0 }
  const isLost = attempts + 1 >= minUnansweredAttempts && now - since >= maxUnansweredMilliseconds
  return isLost ? { ...consequence, told: { kind: 'gone' } } : { ...consequence, isUnanswered: true }
}

/** Sends a message again after a pause, unless it is too old then. */
function later(
  failure: string,
  { since, attempts, now, triedFor }: Tried,
  wait = Math.min(firstPauseMilliseconds * 2 ** Math.max(0, attempts - 1), maxPauseMilliseconds),
): RecordedPush['told'] {
  const next = now + wait
  return next - since >= triedFor ? { kind: 'dropped', failure } : { kind: 'later', next, failure }
}
