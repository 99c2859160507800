// I/O: sends mails through the ports `connect`, `sendEmail` and `call`.
import type { MailDestination, MailServer } from '../../domain/mail.ts'
import type { Call } from '../../domain/ports.ts'
import { ConnectionLost } from './session.ts'
import {
  type Envelope,
  openSubmission,
  type Submission,
  type SubmissionPorts,
  type Submitted,
} from './submission.ts'

/** What a mail is for: the answer to something that one person did (a confirmation, a reply), or one of many (news, a digest). */
export type MailPurpose = 'confirmation' | 'reply' | 'news' | 'digest'

/** The addresses with which a mail is sent, and its purpose. */
export interface MailEnvelope extends Envelope {
  purpose: MailPurpose
}

/**
 * What became of a mail: the answer of the server, or why there was none. `reason` contains nothing secret and no e-mail address.
 * `isMaybeAccepted`: the server may have accepted the mail. `isPermanent`: another attempt fails too, until an operator corrects
 * the settings or the server. `isOfMail`: the server was there, and the connection ended while it had this mail, so that the fault may
 * be one of this mail alone.
 */
export type Sent =
  | Submitted
  | { kind: 'lost'; reason: string; isMaybeAccepted: boolean; isPermanent: boolean; isOfMail?: true }

/** Sends mails. */
export interface Transport {
  /**
   * Sends one rendered message. Mails are sent one after the other, also if the function is called again before it has ended.
   * Rejects only with a RangeError, if an address is no e-mail address.
   */
  send(envelope: MailEnvelope, message: string): Promise<Sent>
  /** Ends what is open. Never rejects. */
  close(): Promise<void>
}

/** Hands a message to Cloudflare's binding `send_email`. Rejects with an error whose `code` begins with `E_`. */
type SendEmail = (from: string, to: string, message: string) => Promise<unknown>

interface TransportPorts extends SubmissionPorts {
  /** Undefined if the Worker has no such binding. */
  sendEmail?: SendEmail
  call: Call
}

/**
 * Opens a transport to a destination; undefined if no mail server is set. If the Worker has the binding `send_email`, it gets
 * confirmations and replies, but not in local runs. News and digests never go over the binding, because its terms allow only
 * mails that answer something that the recipient did. Nothing is connected before the first mail.
 */
export function openTransport(ports: TransportPorts, destination: MailDestination | undefined): Transport {
  if (destination?.kind === 'loopback') return loopbackTransport(ports.call, destination.url)
  const server = destination && smtpTransport(ports, destination.server)
  const binding = bindingTransport(ports.sendEmail)
  const transportOf = ({ purpose }: MailEnvelope) =>
    server && !(ports.sendEmail && isTransactional(purpose)) ? server : binding
  return {
    send: (envelope, message) => transportOf(envelope).send(envelope, message),
    close: async () => server?.close(),
  }
}

const isTransactional = (purpose: MailPurpose): boolean => purpose === 'confirmation' || purpose === 'reply'

const lost = (
  reason: string,
  { isMaybeAccepted = false, isPermanent = false } = {},
  isOfMail = false,
): Sent => ({
  ...{ kind: 'lost', reason, isMaybeAccepted, isPermanent },
  ...(isOfMail && { isOfMail }),
})

/** Sends all mails in one session, as long as it lasts. */
function smtpTransport(ports: SubmissionPorts, server: MailServer): Transport {
  let session: Submission | undefined
  let refused: Sent | undefined
  let last: Promise<unknown> = Promise.resolve()
  const end = async () => {
    await session?.close()
    session = undefined
  }
  const attempt = async (envelope: Envelope, message: string): Promise<Sent> => {
    // A server that has refused the login is not asked again for each mail, because it may lock the account.
    if (refused) return refused
    const wasOpen = session !== undefined
    try {
      session ??= await openSubmission(ports, server)
      return await session.submit(envelope, message)
    } catch (fault) {
      if (!(fault instanceof ConnectionLost)) throw fault
      const outcome = lost(fault.message, fault, session !== undefined)
      if (!session && fault.isPermanent) refused = outcome
      await end()
      // Many servers end a session after some messages or some time, so the mail gets a session of its own.
      return wasOpen && !fault.isMaybeAccepted ? attempt(envelope, message) : outcome
    }
  }
  const queued = <T>(work: () => Promise<T>): Promise<T> => {
    const made = last.then(work)
    last = made.catch(() => {})
    return made
  }
  return { send: (envelope, message) => queued(() => attempt(envelope, message)), close: () => queued(end) }
}

/** The binding's codes for a recipient to whom it does not send, and for a limit that passes. */
const recipientCodes = ['E_RECIPIENT_SUPPRESSED', 'E_RECIPIENT_NOT_ALLOWED']
const limitCodes = ['E_RATE_LIMIT_EXCEEDED', 'E_DAILY_LIMIT_EXCEEDED']
/** The binding's codes after which the mail may have been accepted, as without a code. */
const openCodes = ['E_DELIVERY_FAILED', 'E_INTERNAL_SERVER_ERROR', '']

function bindingTransport(sendEmail: SendEmail | undefined): Transport {
  return {
    async send(envelope, message) {
      if (!isTransactional(envelope.purpose)) {
        const reason =
          'Cloudflare’s binding send_email is for confirmations and replies only: set SMTP_URL for news and digests'
        return lost(reason, { isPermanent: true })
      }
      if (!sendEmail) return lost('there is no mail server: set SMTP_URL', { isPermanent: true })
      try {
        await sendEmail(envelope.from, envelope.to, message)
        return { kind: 'accepted' }
      } catch (fault) {
        return failureOf(fault)
      }
    },
    close: async () => {},
  }
}

/** Reads the code of an error of the binding. Its message is not passed on, because it may contain the address. */
function failureOf(fault: unknown): Sent {
  const given: unknown = fault instanceof Error && Reflect.get(fault, 'code')
  const code = typeof given === 'string' && /^E_[A-Z_]{1,60}$/.test(given) ? given : ''
  if (recipientCodes.includes(code)) return { kind: 'refused', at: 'recipient', code: 550, text: code }
  const isMaybeAccepted = openCodes.includes(code)
  const isPermanent = !isMaybeAccepted && !limitCodes.includes(code)
  const reason = `the binding send_email failed: ${code || 'no code'}`
  return lost(reason, { isMaybeAccepted, isPermanent }, isMaybeAccepted)
}

/** Posts messages to the program that keeps the mails of a local run. */
const loopbackTransport = (call: Call, url: string): Transport => ({
  async send(_, message) {
    const headers = { 'Content-Type': 'message/rfc822' }
    const answer = await call({ method: 'POST', url, headers, body: new TextEncoder().encode(message) })
    if ('fault' in answer) return lost(`the local mailbox ${answer.fault}`)
    if (answer.status === 201) return { kind: 'accepted' }
    return lost(`the local mailbox answered ${answer.status}`)
  },
  close: async () => {},
})
