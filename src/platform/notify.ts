import { type MailSettings, mailOf } from '../config/mail.ts'
import { type PushSettings, pushOf } from '../config/push.ts'
import type { Config } from '../config/settings.ts'
import type { Within } from '../domain/ports.ts'
import type { Job } from '../domain/subscription.ts'
import { callWith } from '../hub/outbound.ts'
import type { MailChannel, NotifyPorts, PushChannel } from '../notify/ports.ts'
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

/**
 * Returns the ports of the flow that tells people of articles by mail and in browsers; undefined if neither is on. A channel
 * whose settings are not complete is left out.
 */
export function notifyPorts(env: Env, config: Config, platform: Platform): NotifyPorts | undefined {
  const [mail, push] = [mailOf(config), pushOf(config)]
  const secrets = mail.kind === 'on' ? mail.mail.secrets : push.kind === 'on' ? push.push.secrets : undefined
  if (!secrets) return undefined
  const { site, digestHour: hour, digestDay: day } = config
  const { store, subscribers, clock, log, within, send, enqueue, bytes } = platform
  return {
    ...{ site, store, subscribers, clock, log, enqueue, bytes, secrets },
    digestTime: { timeZone: site.timeZone, hour, day },
    mayAsk: async (client) => (await env.SUBSCRIBERS.limit({ key: client })).success,
    ...(mail.kind === 'on' && { mail: mailChannel(env, site.url, mail.mail, { within, send }) }),
    ...(push.kind === 'on' && { push: pushChannel(site.url, push.push, send) }),
  }
}

function mailChannel(
  env: Env,
  url: string,
  { destination, from, postal, maxConfirmationsPerHour }: MailSettings,
  ports: Pick<Platform, 'within' | 'send'>,
): MailChannel {
  const openMail = mailPort(env.EMAIL, { destination, url }, ports)
  return { from, postal, maxConfirmationsPerHour, openMail }
}

const pushChannel = (
  url: string,
  { keys, subject, isLocal }: PushSettings,
  send: Platform['send'],
): PushChannel => ({
  ...{ keys, subject, isLocal },
  call: callWith(send, `Kiosque (+${url})`),
})

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

/** Does what the cron run does for the flow that tells people; without a channel, keeps what they are to be told, and for how long. */
export async function sweepNotify(
  ports: NotifyPorts | undefined,
  people: Pick<NotifyPorts, 'subscribers' | 'clock'>,
): Promise<void> {
  const { keepForChannels, sweepNotifications } = await import('../notify/tell.ts')
  await (ports ? sweepNotifications(ports) : keepForChannels(people))
}
