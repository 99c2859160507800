import { env } from 'cloudflare:workers'
import type { Job } from '../../src/domain/subscription.ts'
import type { MailEnvelope, Sent } from '../../src/notify/mail/transport.ts'
import type { MailChannel, NotifyPorts } from '../../src/notify/ports.ts'
import { sweepNotifications } from '../../src/notify/tell.ts'
import { work } from '../../src/notify/work.ts'
import { isNotifyJob } from '../../src/platform/notify.ts'
import { jobNameOf, metered } from './meter.ts'
import { mailSettings, openSite, quietNotify, start, type TestSite } from './site.ts'

/** A mail that the test's mail server has got. */
export interface Mail extends MailEnvelope {
  /** The headers by name, unfolded. */
  headers: Readonly<Record<string, string>>
  /** The plain text of the body. */
  text: string
  /** The addresses on the test site to which the text links, without the site's origin. */
  links: string[]
}

/** A test site that sends mail. The queue is a list, and the test decides what the mail server answers. */
export interface NotifySite extends TestSite {
  notify: NotifyPorts
  /** The jobs on the queue. */
  queue: Job[]
  /** The mails that the mail server has accepted, in the order in which they were sent. */
  mails: Mail[]
  /** Sets what the mail server answers, before which mails are submitted. By default it accepts each mail. */
  answer: (answer: (mail: Mail) => Sent | Promise<Sent>) => void
  /** Sends a form to a path. */
  send: (
    path: string,
    form: string | Record<string, string | string[]>,
    headers?: Record<string, string>,
  ) => Promise<Response>
  /** Does the jobs on the queue until it is empty. */
  drain: () => Promise<void>
  /** Does the part of the cron run that tells people, and then all jobs. */
  sweep: () => Promise<void>
  /** Tells people of saves, as the job after each save does, and then does all jobs. Returns the recipients and subjects. */
  told: () => Promise<string[]>
  /** Asks by the form for selections, and confirms by the link in the mail. Returns the path of the page of the subscription. */
  subscribe: (email: string, selection: string | string[], when?: string) => Promise<string>
  /** The link in the last mail, or in the mail with a number, that confirms or manages; empty if there is none. */
  link: (at?: number) => string
  /** Asks on the page of a subscription for another address, and returns the link in the mail that asks for a confirmation. */
  askAddress: (manage: string, email: string) => Promise<string>
  /** Changes the address of a subscription, and returns the path of its new page. */
  move: (manage: string, email: string) => Promise<string>
  /** Changes how often a subscriber with one choice is told. */
  reschedule: (manage: string, selection: string, when: string) => Promise<Response>
}

/** The maximum number of jobs that one test may run, because jobs that always add jobs would never end. */
const maxJobs = 500

export async function openNotify(settings: Record<string, string> = {}, opened = start): Promise<NotifySite> {
  const site = await openSite(
    { ...mailSettings, TIME_ZONE: 'America/Toronto', ...settings },
    'd1d1d1d1',
    opened,
  )
  const queue: Job[] = []
  const mails: Mail[] = []
  let answer: (mail: Mail) => Sent | Promise<Sent> = () => ({ kind: 'accepted' })
  const quiet = quietNotify(site.ports, env.DB)
  const notify: NotifyPorts = {
    ...quiet,
    mail: {
      ...(quiet.mail as MailChannel),
      openMail: async () => ({
        send: async (envelope, message) => {
          const mail = mailIn(envelope, message)
          const sent = await answer(mail)
          if (sent.kind === 'accepted') mails.push(mail)
          return sent
        },
        close: async () => {},
      }),
    },
    enqueue: async (jobs) => void queue.push(...jobs),
  }
  site.ports.notify = notify
  const drain = async () => {
    for (let done = 0; queue.length > 0; done++) {
      if (done === maxJobs) throw new Error(`more than ${maxJobs} jobs`)
      const job = queue.shift()
      if (job && isNotifyJob(job))
        await metered(`kiosque-deliver: ${jobNameOf(job)}`, () => work(notify, job))
    }
  }
  const send: NotifySite['send'] = (path, form, headers = {}) =>
    site.call('POST', path, typeof form === 'string' ? form : bodyOf(form), {
      'Content-Type': 'application/x-www-form-urlencoded',
      ...headers,
    })
  const link: NotifySite['link'] = (at = -1) =>
    mails.at(at)?.links.find((path) => path.startsWith('/subscriptions/')) ?? ''
  const confirm = async (path: string) => {
    const confirmed = await send(path, '')
    return confirmed.headers.get('Location')?.split('?')[0] ?? `not confirmed: ${confirmed.status}`
  }
  const askAddress: NotifySite['askAddress'] = async (manage, email) => {
    await send(manage, { action: 'address', email })
    await drain()
    return link()
  }
  return {
    ...site,
    ...{ notify, queue, mails, send, drain, link, askAddress },
    move: async (manage, email) => confirm(await askAddress(manage, email)),
    reschedule: (manage, selection, when) =>
      send(manage, { action: 'choose', selection, [`when.${selection}`]: when }),
    answer: (to) => {
      answer = to
    },
    sweep: async () => {
      await metered('cron', () => sweepNotifications(notify))
      await drain()
    },
    told: async () => {
      const before = mails.length
      queue.push({ kind: 'tell' })
      await drain()
      return mails.slice(before).map(({ to, headers }) => `${to} ${headers.Subject}`)
    },
    subscribe: async (email, selection, when = 'now') => {
      await send('/subscribe', { email, selection, when })
      await drain()
      return confirm(link())
    },
  }
}

const bodyOf = (form: Record<string, string | string[]>): string =>
  new URLSearchParams(
    Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
  ).toString()

/** Reads a message as `renderMessage` writes it. */
function mailIn(envelope: MailEnvelope, message: string): Mail {
  const [head = '', ...parts] = message.split('\r\n\r\n')
  const lines = head.replaceAll('\r\n ', ' ').split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')), decoded(line.slice(line.indexOf(':') + 2))]),
  )
  const [plain = ''] = parts[1]?.split('\r\n--') ?? []
  const text = utf8(plain.replaceAll('\r\n', ''))
  const links = [...text.matchAll(/https:\/\/kiosque\.example(\/\S*)/g)].map(([, path = '']) => path)
  return { ...envelope, headers, text, links }
}

const utf8 = (base64: string): string =>
  new TextDecoder().decode(Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)))

const decoded = (value: string): string =>
  value.replaceAll('?= =?', '?==?').replace(/=\?utf-8\?B\?([^?]*)\?=/g, (_, base64) => utf8(base64))
