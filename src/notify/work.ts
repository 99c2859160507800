// I/O: reads and writes the store, sends messages to the queue, mails, and messages to push services, through ports.
import type { Job } from '../domain/subscription.ts'
import { sendConfirmations } from './confirm.ts'
import { deliverMails } from './deliver.ts'
import type { NotifyPorts } from './ports.ts'
import { deliverPushes } from './push/deliver.ts'
import { sendStatements } from './state.ts'
import { tell } from './tell.ts'

/** A job of the flow that tells people of articles. */
export type NotifyJob = Extract<Job, { kind: 'opt-in' | 'tell' | 'notify' }>

/**
 * Does one job from the queue. A job of a channel that is not on does nothing. An error is thrown to the caller, so that the
 * queue retries the job.
 */
export async function work(ports: NotifyPorts, job: NotifyJob): Promise<void> {
  const { mail, push, ...shared } = ports
  switch (job.kind) {
    case 'opt-in':
      if (!mail) return
      await sendConfirmations({ ...shared, ...mail })
      await sendStatements({ ...shared, ...mail })
      return
    case 'tell':
      return tell(ports)
    case 'notify':
      if (job.channel === 'email' && mail) await deliverMails({ ...shared, ...mail })
      if (job.channel === 'webpush' && push) await deliverPushes({ ...shared, ...push })
  }
}
