// I/O: reads and writes the store, sends messages to the queue, and mails through a port that opens a connection.
import type { Job } from '../domain/subscription.ts'
import { sendConfirmations } from './confirm.ts'
import { deliverMails } from './deliver.ts'
import type { NotifyPorts } from './ports.ts'
import { tell } from './tell.ts'

/** A job of the flow that tells people of articles. */
export type NotifyJob = Extract<Job, { kind: 'opt-in' | 'tell' | 'notify' }>

/** Does one job from the queue. An error is thrown to the caller, so that the queue retries the job. */
export async function work(ports: NotifyPorts, job: NotifyJob): Promise<void> {
  switch (job.kind) {
    case 'opt-in':
      return sendConfirmations(ports)
    case 'tell':
      return tell(ports)
    case 'notify':
      if (job.channel === 'email') await deliverMails(ports)
  }
}
