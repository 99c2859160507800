// I/O: writes the store.
import type { Subscriber } from '../domain/notify.ts'
import type { NotifyStore } from '../domain/notify-store.ts'
import { lastDigest } from './digest-time.ts'
import type { NotifyPorts } from './ports.ts'

type ResumePorts = Pick<NotifyPorts, 'clock' | 'digestTime'> & { subscribers: Pick<NotifyStore, 'resume'> }

/**
 * Ends the pause of a subscriber. The next digest has what has come since the last one was due, so that a daily digest is one of a day
 * also after a long pause. What became public before is not told.
 */
export async function resume(
  { subscribers, clock, digestTime }: ResumePorts,
  { number }: Pick<Subscriber, 'number'>,
): Promise<void> {
  const now = clock()
  await subscribers.resume(number, {
    daily: lastDigest('daily', now, digestTime),
    weekly: lastDigest('weekly', now, digestTime),
  })
}
