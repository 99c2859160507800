// I/O: sends messages to the queue, and does the work that the caller passes.
import { limits } from '../domain/limits.ts'
import type { Log } from '../domain/ports.ts'
import type { Job } from '../domain/subscription.ts'

/** Sends messages to one queue. */
interface Sender {
  sendBatch(messages: readonly { body: Job }[]): Promise<unknown>
}

/**
 * The queues of the hub's jobs, by the names of their bindings. A wrangler.toml of an earlier version binds only the
 * first; it then takes all jobs.
 */
interface Queues {
  DELIVER: Sender
  VERIFY?: Sender
  SLOW?: Sender
}

/**
 * The queue of a job. Deliveries to callbacks that answered promptly have a queue without any other calls, so that
 * they wait neither for requests of strangers, nor for callbacks or public hubs that are slow or fail.
 */
function queueOf(job: Job): keyof Queues {
  if (job.kind === 'verify' || job.kind === 'opt-in') return 'VERIFY'
  if (job.kind === 'announce' || (job.kind === 'deliver' && job.slow)) return 'SLOW'
  // A mail takes longer than a push message, and a job sends its mails one after another.
  if (job.kind === 'notify' && job.channel === 'email') return 'SLOW'
  return 'DELIVER'
}

/**
 * Puts jobs on their queues. A failure is only logged, because the hub's function `sweep` later queues the lost jobs
 * again.
 */
export async function sendJobs(queues: Queues, jobs: readonly Job[], log: Log): Promise<void> {
  for (const [name, those] of Map.groupBy(jobs, queueOf)) {
    const queue = queues[name] ?? queues.DELIVER
    try {
      for (const call of callsOf(those)) await queue.sendBatch(call.map((body) => ({ body })))
    } catch (fault) {
      log('enqueue-failed', { jobs: those.length, fault })
    }
  }
}

/** The bytes that Cloudflare Queues adds to each message. */
const bytesBesideBody = 100

/** Splits jobs into lists, each with as many messages and bytes as one call to Cloudflare Queues takes. */
export function* callsOf(jobs: readonly Job[]): Generator<Job[]> {
  let call: Job[] = []
  let bytesLeft: number = limits.callBytes.paid
  for (const job of jobs) {
    const bytes = new TextEncoder().encode(JSON.stringify(job)).length + bytesBesideBody
    if (call.length === limits.messagesPerCall.paid || (call.length > 0 && bytes > bytesLeft)) {
      yield call
      call = []
      bytesLeft = limits.callBytes.paid
    }
    call.push(job)
    bytesLeft -= bytes
  }
  if (call.length > 0) yield call
}

/** The part of a batch of queue messages that this file uses. */
interface Batch {
  queue: string
  messages: readonly { body: unknown; attempts: number; retry(): void }[]
}

/**
 * Works on the messages of a batch concurrently. If the work for a message fails, the failure is logged, and only
 * that message is retried.
 */
export async function workOnEach(
  { queue, messages }: Batch,
  work: (body: unknown) => Promise<unknown>,
  log: Log,
): Promise<void> {
  await Promise.all(
    messages.map(async (message) => {
      try {
        await work(message.body)
      } catch (fault) {
        log('job-failed', { queue, attempts: message.attempts, fault })
        message.retry()
      }
    }),
  )
}
