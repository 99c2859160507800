// I/O: none; only decides.
import { maxWaitMilliseconds, type Told } from '../domain/notify.ts'
import type { Sent } from './mail/transport.ts'

/** The enhanced status codes with which a server says that an address does not exist (RFC 3463 §3.2, §3.3). */
const unknownAddress = ['5.1.1', '5.1.2', '5.1.10', '5.2.1']

/** Milliseconds between two attempts to send a message, at first and at most. */
const firstPauseMilliseconds = 60_000
const maxPauseMilliseconds = 6 * 3_600_000

/** Milliseconds for which no mail is sent after a refusal that is our own fault. */
export const holdMilliseconds = 3_600_000

/** Milliseconds after which a job leaves the rest to the next one: less than it has claimed the mails for. */
export const maxJobMilliseconds = 300_000

/** The number of mails in a row at which connections end, after which a job stops: the fault may then be one of the server. */
const maxLostMails = 3

/** Why a job stops: whether the next job follows at once, or waits until the channel is on again, or for the next cron run. */
export interface Stop {
  goesOn: boolean
}

/** What a job knows of the mail server: whether it has accepted a mail, and the number of mails in a row at which connections ended. */
export interface Heard {
  hasAccepted: boolean
  lost: number
}

/** When and how often a message was tried; all instants are epoch milliseconds. */
interface Tried {
  since: number
  attempts: number
  now: number
  /** Whether the subscriber's last mail was not accepted either. */
  isFailing: boolean
  /** What the job has heard before. */
  heard: Heard
}

/**
 * What follows from the answer to a submission: what becomes of the message, and whether the job stops, so that another one goes on at
 * once (`job`) or the next cron run does (`cron`), or the whole channel stops for a time (`channel`), because the fault is our own.
 */
interface Consequence {
  told: Told
  stops?: 'job' | 'cron' | 'channel'
}

/** Returns what a job has heard after one more answer. */
export const heardAfter = (sent: Sent, { hasAccepted, lost }: Heard): Heard => ({
  hasAccepted: hasAccepted || sent.kind === 'accepted',
  lost: sent.kind === 'lost' ? lost + 1 : 0,
})

/**
 * Decides what follows from the answer of a mail server. Only a refusal of the recipient's address as unknown concerns the
 * subscriber. Every other permanent refusal is our own fault, such as a sender that the server does not know: the message
 * waits however often it was tried, and the job stops. If the server refuses one recipient for another reason, the next job goes
 * on with the other recipients, so that one address cannot stop the mails to all others. The same holds if it refuses a mail of a
 * recipient whose last mail failed too, or after it has accepted another one: if the fault is our own, the next job finds it with the
 * mail of somebody else. A temporary refusal, or a connection that fails, is tried again for up to three days, twice at least. If a
 * connection ends at one mail, the job goes on with the others over a new one, and stops only after three in a row. If there is no
 * connection at all, the other mails wait for the next cron run only, however often this one was tried.
 */
export function consequenceOf(sent: Sent, tried: Tried): Consequence {
  if (sent.kind === 'accepted') return { told: { kind: 'done' } }
  if (sent.kind === 'lost')
    return sent.isPermanent
      ? { told: later(sent.reason, tried), stops: 'channel' }
      : { told: laterOrDropped(sent.reason, tried), ...stopOfLost(sent, tried.heard) }
  const { at, code, status } = sent
  const failure = [code, status].filter(Boolean).join(' ')
  if (code < 500) return { told: laterOrDropped(failure, tried) }
  if (at !== 'recipient') {
    const isDoubtful = tried.isFailing || tried.heard.hasAccepted
    return { told: later(failure, tried), stops: isDoubtful ? 'job' : 'channel' }
  }
  if (status !== undefined && unknownAddress.includes(status))
    return { told: { kind: 'no-address', failure } }
  return { told: later(failure, tried), stops: 'job' }
}

/** Whether a job stops after a connection that failed. */
function stopOfLost(
  { isOfMail }: Extract<Sent, { kind: 'lost' }>,
  { hasAccepted, lost }: Heard,
): Pick<Consequence, 'stops'> {
  if (!isOfMail) return { stops: 'cron' }
  if (lost + 1 < maxLostMails) return {}
  return { stops: hasAccepted ? 'job' : 'cron' }
}

/** Drops a message that was tried before, if it is three days old. */
const laterOrDropped = (failure: string, tried: Tried): Told =>
  tried.attempts > 1 && tried.now - tried.since >= maxWaitMilliseconds
    ? { kind: 'dropped', failure }
    : later(failure, tried)

/** Tries a message again after a pause that doubles with each attempt. */
function later(failure: string, { attempts, now }: Tried): Told {
  const pause = Math.min(firstPauseMilliseconds * 2 ** Math.max(0, attempts - 1), maxPauseMilliseconds)
  return { kind: 'later', next: now + pause, failure }
}
