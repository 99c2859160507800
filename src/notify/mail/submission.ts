// I/O: submits messages to a mail server by SMTP, on a connection that the port `connect` opens.
import { isEmailAddress } from '../../domain/email-address.ts'
import type { MailServer } from '../../domain/mail.ts'
import type { Within } from '../../domain/ports.ts'
import { base64 } from '../base64.ts'
import { type Connection, ConnectionLost, isClass, type Reply, Session, statusOf } from './session.ts'

/** Opens a TCP connection. */
export type Connect = (
  address: { hostname: string; port: number },
  options: { secureTransport: 'on' | 'starttls'; allowHalfOpen: false },
) => Connection

/** The addresses with which a message is submitted. */
export interface Envelope {
  from: string
  to: string
}

/**
 * The server's answer to a submission. A refusal concerns the recipient's address (the answer to RCPT TO), or something else,
 * such as the sender, the message or a quota. `code` is 400 to 599; `status` is the enhanced status code, such as `5.1.1` (RFC
 * 3463), if the server sends one; `text` is the beginning of what the server says, without e-mail addresses.
 */
export type Submitted =
  | { kind: 'accepted' }
  | { kind: 'refused'; at: 'recipient' | 'other'; code: number; status?: string; text: string }

/** An open session with a mail server. One message is submitted after the other. */
export interface Submission {
  /**
   * Submits one message, of lines that end with CRLF. Rejects with `ConnectionLost` if the connection ends before the answer; the
   * session cannot be used any more. Rejects with a RangeError if an address is no e-mail address.
   */
  submit(envelope: Envelope, message: string): Promise<Submitted>
  /** Ends the session. Never rejects. */
  close(): Promise<void>
}

/** What a submission needs of its surroundings. */
export interface SubmissionPorts {
  connect: Connect
  within: Within
  /** The name with which the Worker greets the server: the host of the site (RFC 5321 §4.1.1.1). */
  name: string
}

/** The largest number of characters of a server's text that is passed on. */
const maxTextCharacters = 200

/**
 * Opens a session: connects, begins TLS and logs in (RFC 5321, RFC 3207, RFC 4954). The password is never sent without TLS,
 * except to this machine: a server that does not offer STARTTLS is refused. Rejects with `ConnectionLost`.
 */
export async function openSubmission(ports: SubmissionPorts, server: MailServer): Promise<Submission> {
  const { tls, login } = server
  const session = new Session(connectionTo(ports.connect, server), ports.within)
  try {
    session.demand(await session.greeting(), 2, 'the connection')
    let offered = await greet(session, ports.name)
    if (tls !== 'on' && offered.has('STARTTLS')) {
      await session.expect('STARTTLS', 2)
      await session.secure()
      // What the server offered before TLS may have been changed by anybody (RFC 3207 §4.2).
      offered = await greet(session, ports.name)
    } else if (tls === 'starttls') throw impossible('the server does not offer STARTTLS')
    if (login) await logIn(session, offered.get('AUTH') ?? [], login)
    return {
      submit: (envelope, message) => submit(session, envelope, message),
      close: () => session.end(),
    }
  } catch (fault) {
    await session.end()
    throw fault
  }
}

function connectionTo(connect: Connect, { host, port, tls }: MailServer): Connection {
  const secureTransport = tls === 'on' ? 'on' : 'starttls'
  try {
    return connect({ hostname: host, port }, { secureTransport, allowHalfOpen: false })
  } catch (fault) {
    throw impossible(`the connection failed: ${(fault as Error).message}`)
  }
}

const impossible = (reason: string) => new ConnectionLost(reason, { isPermanent: true })

/** Greets the server; returns what it offers, by the first word in capitals, with the other words in capitals. */
async function greet(session: Session, name: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const { lines } = await session.expect(`EHLO ${name}`, 2)
  const offered = new Map<string, string[]>()
  for (const line of lines.slice(1)) {
    // Some servers write `AUTH=LOGIN` in addition to `AUTH PLAIN LOGIN`, for programs of the last century.
    const [word = '', ...others] = line.toUpperCase().split(/[ =]/)
    offered.set(word, [...(offered.get(word) ?? []), ...others])
  }
  return offered
}

async function logIn(
  session: Session,
  mechanisms: readonly string[],
  { user, password }: { user: string; password: string },
): Promise<void> {
  const answered = (reply: Reply, digit: 2 | 3) => session.demand(reply, digit, 'AUTH')
  if (mechanisms.includes('PLAIN')) {
    answered(await session.ask(`AUTH PLAIN ${base64Of(`\0${user}\0${password}`)}`), 2)
  } else if (mechanisms.includes('LOGIN')) {
    answered(await session.ask('AUTH LOGIN'), 3)
    answered(await session.ask(base64Of(user)), 3)
    answered(await session.ask(base64Of(password)), 2)
  } else throw impossible('the server offers neither AUTH PLAIN nor AUTH LOGIN')
}

const base64Of = (text: string): string => base64(new TextEncoder().encode(text))

async function submit(session: Session, { from, to }: Envelope, message: string): Promise<Submitted> {
  if (!isEmailAddress(from) || !isEmailAddress(to)) throw new RangeError('an envelope needs e-mail addresses')
  const steps = [
    [`MAIL FROM:<${from}>`, 'other', 2],
    [`RCPT TO:<${to}>`, 'recipient', 2],
    ['DATA', 'other', 3],
  ] as const
  for (const [command, at, digit] of steps) {
    const reply = await session.ask(command)
    if (isClass(reply, 4) || isClass(reply, 5)) {
      // Without the end of the transaction, the server would refuse the next message of the session. The refusal counts anyway.
      await session.expect('RSET', 2).catch(() => {})
      return refusalOf(reply, at)
    }
    session.demand(reply, digit, command.split(/[ :]/, 1)[0] ?? '')
  }
  // A line that begins with a full stop gets another one, because a full stop alone ends the message (RFC 5321 §4.5.2).
  const reply = await session.finish(`${message.replace(/^\./gm, '..').replace(/(?:\r\n)?$/, '\r\n')}.`)
  return isClass(reply, 2) ? { kind: 'accepted' } : refusalOf(reply, 'other')
}

function refusalOf(reply: Reply, at: 'recipient' | 'other'): Submitted {
  const status = statusOf(reply)
  return { kind: 'refused', at, code: reply.code, ...(status && { status }), text: textOf(reply) }
}

/** The beginning of a server's text on one line, with `…` in place of e-mail addresses, which must not reach logs. */
function textOf({ lines }: Reply): string {
  const words = lines.join(' ').split(/[\s\p{Cc}]+/u)
  return words
    .map((word) => (word.includes('@') ? '…' : word))
    .join(' ')
    .trim()
    .slice(0, maxTextCharacters)
}
