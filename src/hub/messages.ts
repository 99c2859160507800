// I/O: does the work that the caller passes.
import type { Log } from '../domain/ports.ts'

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
