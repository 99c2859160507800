// I/O: reads and writes the store, and sends mails through the port that opens a connection to the mail server.
import { type Statement, statementMilliseconds } from '../domain/statement.ts'
import { renderStatement } from '../render/mail/statement.ts'
import { messageOf, unlessBad } from './envelope.ts'
import {
  consequenceOf,
  type Heard,
  heardAfter,
  holdMilliseconds,
  maxJobMilliseconds,
  type Stop,
} from './failures.ts'
import type { Sent, Transport } from './mail/transport.ts'
import type { MailPorts } from './ports.ts'

/** The largest number of statements of one job. What is left waits for the next cron run. */
const maxStatements = 10

/**
 * Sends the mails that tell authors why their comments were hidden or deleted, one after another. Each is read again before its mail is
 * sent, and none is sent of what was erased or taken back. The row is deleted when the server has taken the mail, refuses its recipient for good, or
 * after 48 hours; else the mail is tried again.
 */
export async function sendStatements(ports: MailPorts): Promise<void> {
  const { subscribers, openMail, clock } = ports
  const claimed = await subscribers.claimStatements(maxStatements)
  if (claimed.length === 0) return
  const end = clock() + maxJobMilliseconds
  const transport = await openMail()
  let heard: Heard = { hasAccepted: false, lost: 0 }
  try {
    for (const [at, statement] of claimed.entries()) {
      const sent = await deliver(ports, transport, statement)
      const stop = sent && (await store(ports, statement, sent, heard))
      if (sent) heard = heardAfter(sent, heard)
      if (!stop && clock() < end) continue
      for (const left of claimed.slice(at + 1)) await subscribers.recordStatement(left, clock())
      return
    }
  } finally {
    await transport.close()
  }
}

async function deliver(
  ports: MailPorts,
  transport: Transport,
  statement: Statement,
): Promise<Sent | undefined> {
  const { subscribers, site, postal, from } = ports
  const { number, address: to, language, at } = statement
  if (!(await subscribers.isStatementWaiting(statement))) return undefined
  const message = await unlessBad(ports, { table: 'statement', id: number }, () =>
    messageOf(ports, {
      letter: renderStatement(site, { language, postal }, statement),
      ...{ to, language, name: `statement ${number} ${at}` },
    }),
  )
  if (message === undefined) return { kind: 'refused', at: 'recipient', code: 553, text: '' }
  return transport.send({ from: from.address, to, purpose: 'reply' }, message)
}

/** Stores what became of a mail, and returns why the job stops. */
async function store(
  { subscribers, clock, log }: MailPorts,
  statement: Statement,
  sent: Sent,
  heard: Heard,
): Promise<Stop | undefined> {
  const { at: since, attempts } = statement
  const now = clock()
  const { told, stops } = consequenceOf(sent, { since, attempts, now, isFailing: false, heard })
  if (told.kind === 'done') {
    // A mail whose end is not stored would be sent again, so that a database that fails for an instant is asked a second time.
    await subscribers.recordStatement(statement).catch(() => subscribers.recordStatement(statement))
    return undefined
  }
  const failure = 'failure' in told ? told.failure : told.kind
  const isRefused = sent.kind === 'refused' && sent.at === 'recipient' && sent.code >= 500
  const next = told.kind === 'later' && !isRefused ? told.next : undefined
  await subscribers.recordStatement(
    statement,
    next !== undefined && next < since + statementMilliseconds ? next : undefined,
  )
  log('mail-failed', { about: 'statement', failure })
  if (isRefused || !stops) return undefined
  if (sent.kind !== 'refused' && stops === 'channel') {
    await subscribers.hold('email', now + holdMilliseconds, failure)
    log('mail-held', { failure })
  }
  return { goesOn: stops === 'job' }
}
