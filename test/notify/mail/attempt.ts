import type { MailServer } from '../../../src/domain/mail.ts'
import type { Within } from '../../../src/domain/ports.ts'
import { ConnectionLost } from '../../../src/notify/mail/session.ts'
import { type Connect, openSubmission, type Submitted } from '../../../src/notify/mail/submission.ts'

/** Messages that are submitted in one session. */
export interface Attempt {
  server: MailServer
  messages: readonly { to: string; message: string }[]
  /** How many answers of `within` come in time; the one after that comes too late. By default, all of them come in time. */
  inTime?: number
}

/** What became of each message, or how the session was lost. */
export type Outcome = Submitted | Pick<ConnectionLost, 'message' | 'isMaybeAccepted' | 'isPermanent'>

/** Submits the messages of an attempt, and ends the session. */
export async function runAttempt(
  connect: Connect,
  { server, messages, inTime = Number.POSITIVE_INFINITY }: Attempt,
): Promise<Outcome[]> {
  let calls = 0
  const within: Within = async (milliseconds, work) => {
    calls++
    if (calls !== inTime + 1) return work
    work.catch(() => {})
    throw new Error(`no answer within ${milliseconds} ms`)
  }
  const outcomes: Outcome[] = []
  try {
    const submission = await openSubmission({ connect, within, name: 'flux.example' }, server)
    try {
      for (const { to, message } of messages)
        outcomes.push(await submission.submit({ from: 'infolettre@journal.example', to }, message))
    } finally {
      await submission.close()
    }
  } catch (fault) {
    if (!(fault instanceof ConnectionLost)) throw fault
    const { message, isMaybeAccepted, isPermanent } = fault
    outcomes.push({ message, isMaybeAccepted, isPermanent })
  }
  return outcomes
}
