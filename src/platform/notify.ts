import { mailOf } from '../config/mail.ts'
import type { Config } from '../config/settings.ts'
import type { Within } from '../domain/ports.ts'
import type { Job } from '../domain/subscription.ts'
import type { NotifyPorts } from '../notify/ports.ts'
import type { NotifyJob } from '../notify/work.ts'
import type { Ports } from '../ports.ts'
import { mailPort } from './mail.ts'

/** What the ports of the flow that tells people need of the Worker. */
interface Platform
  extends Pick<NotifyPorts, 'store' | 'subscribers' | 'clock' | 'log' | 'enqueue' | 'bytes'> {
  within: Within
  /** Sends a request to another host. */
  send: (request: Request) => Promise<Response>
}

/** Returns the ports of the flow that tells people of articles by mail; undefined if mail is not on. */
export function notifyPorts(env: Env, config: Config, platform: Platform): NotifyPorts | undefined {
  const state = mailOf(config)
  if (state.kind !== 'on') return undefined
  const { site } = config
  const { destination, secrets, from, postal, digest, maxConfirmationsPerHour } = state.mail
  const { store, subscribers, clock, log, within, send, enqueue, bytes } = platform
  return {
    ...{
      site,
      store,
      subscribers,
      clock,
      log,
      enqueue,
      bytes,
      secrets,
      from,
      postal,
      maxConfirmationsPerHour,
    },
    openMail: mailPort(env.EMAIL, { destination, url: site.url }, { within, send }),
    digestTime: { timeZone: site.timeZone, ...digest },
    mayAsk: async (client) => (await env.SUBSCRIBERS.limit({ key: client })).success,
  }
}

/** The jobs that a save starts: the hub tells programs, and the flow that tells people tells them. */
export const jobsAfterSave = ({ hub, notify }: Pick<Ports, 'hub' | 'notify'>): Job[] => [
  ...(hub ? [{ kind: 'push' as const }] : []),
  ...(notify ? [{ kind: 'tell' as const }] : []),
]

const kinds = ['opt-in', 'tell', 'notify'] as const satisfies readonly NotifyJob['kind'][]

/** Whether a job belongs to the flow that tells people, and not to the hub. */
export const isNotifyJob = (job: Job): job is NotifyJob => kinds.some((kind) => kind === job.kind)

/** Does a job of the flow that tells people. Its modules are loaded at the first job, so no poll loads them. */
export async function workOnNotify(ports: NotifyPorts | undefined, job: NotifyJob): Promise<void> {
  if (!ports) return
  const { work } = await import('../notify/work.ts')
  await work(ports, job)
}

/** Does what the cron run does for the flow that tells people. */
export async function sweepNotify(ports: NotifyPorts): Promise<void> {
  const { sweepNotifications } = await import('../notify/tell.ts')
  await sweepNotifications(ports)
}
