// I/O: reads and writes the store, and sends messages to the queue.
import { type Channel, channels, type Due, digestSchedules, maxWaitMilliseconds } from '../domain/notify.ts'
import type { Job } from '../domain/subscription.ts'
import { lastDigest } from './digest-time.ts'
import type { NotifyPorts } from './ports.ts'

/** The largest number of mails of one job, which sends them over one connection, one after another. */
export const mailsPerJob = 20
/** The largest number of push messages of one job: below 50 requests, which every plan of Workers allows. */
export const pushesPerJob = 40
/** The number of jobs that send mails at the same time, because mail servers limit the connections of a client. */
const mailJobs = 3

/**
 * Finds the people who are to be told of what saves have changed, and of digests that are due, and queues the jobs that
 * send. The function may run at any time.
 */
export async function tell(ports: NotifyPorts): Promise<void> {
  await ports.enqueue(jobsFor(await settle(ports), mailJobs))
}

/** Stores whom saves concern, and returns what may be sent. What waits for a channel that is not on is kept for three days. */
async function settle({
  subscribers,
  mail,
  push,
  clock,
}: Pick<NotifyPorts, 'subscribers' | 'mail' | 'push' | 'clock'>): Promise<Due> {
  const due = await subscribers.settle()
  const isOn: Record<Channel, boolean> = { email: mail !== undefined, webpush: push !== undefined }
  const sent = { ...due }
  for (const channel of channels)
    if (due[channel] > 0 && !isOn[channel]) {
      await subscribers.drop(channel, clock() - maxWaitMilliseconds)
      sent[channel] = 0
    }
  return sent
}

/**
 * The part of the cron run that tells people: it begins the digests that are due, and queues again what waits because a
 * message was lost, a process was killed, or an attempt failed.
 */
export async function sweepNotifications(ports: NotifyPorts): Promise<void> {
  const now = ports.clock()
  for (const schedule of digestSchedules)
    await ports.subscribers.settleDigest(schedule, lastDigest(schedule, now, ports.digestTime))
  await ports.subscribers.expire()
  const optIns: Job[] = ports.mail ? [{ kind: 'opt-in' }] : []
  await ports.enqueue([...jobsFor(await settle(ports), 1), ...optIns])
}

/**
 * The part of the cron run that concerns people on a site on which no channel is on, perhaps only until its operator has mended a
 * setting: whom saves concern is stored and kept for three days, and what people asked for expires as it does elsewhere.
 */
export async function keepForChannels(ports: Pick<NotifyPorts, 'subscribers' | 'clock'>): Promise<void> {
  if (!(await ports.subscribers.hasAny())) return
  await ports.subscribers.expire()
  await settle(ports)
}

/** The jobs that send what is due. Each job that sends mails is followed by another one as long as mails are due. */
export const jobsFor = ({ email, webpush }: Due, mailJobs: number): Job[] => [
  ...Array.from(
    { length: Math.min(mailJobs, Math.ceil(email / mailsPerJob)) },
    (): Job => ({
      kind: 'notify',
      channel: 'email',
    }),
  ),
  ...Array.from(
    { length: Math.ceil(webpush / pushesPerJob) },
    (): Job => ({
      kind: 'notify',
      channel: 'webpush',
    }),
  ),
]
