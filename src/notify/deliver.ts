// I/O: reads and writes the store, sends messages to the queue, and mails through a port that opens a connection.
import {
  type Covered,
  type CoveredComments,
  corrections,
  eventOf,
  type Happening,
  isInDigest,
  maxWaitMilliseconds,
  type Notification,
  newComments,
  type Schedule,
  type Told,
} from '../domain/notify.ts'
import type { MadeChoice } from '../domain/notify-choice.ts'
import type { SentToSubscriber } from '../render/mail/frame.ts'
import type { Letter } from '../render/mail/letter.ts'
import { renderCorrection, renderDigest, renderNews } from '../render/mail/news.ts'
import { nameChoices } from './choices.ts'
import { commentsFor } from './discussed.ts'
import { linksFor, messageOf, unlessBad } from './envelope.ts'
import {
  consequenceOf,
  type Heard,
  heardAfter,
  holdMilliseconds,
  maxJobMilliseconds,
  type Stop,
} from './failures.ts'
import type { Transport } from './mail/transport.ts'
import { failingLast } from './order.ts'
import type { MailPorts } from './ports.ts'
import { type OfArticle, reasonsFor } from './reasons.ts'
import { jobsFor, mailsPerJob } from './tell.ts'

/** The largest number of articles that a digest shows. */
const maxArticles = 30

/**
 * Sends some of the mails that wait, one after another, and stores the result of each before the next one is sent. Mails that failed
 * before, and those of people whose last mail failed, come last. Whether there is anything to tell, and what, is decided at the instant
 * of sending. If mails are left, another job is queued.
 */
export async function deliverMails(ports: MailPorts): Promise<void> {
  const { subscribers, openMail, clock } = ports
  const given = await subscribers.claim('email', mailsPerJob)
  if (given.length === 0) return
  const claimed = failingLast(given)
  const end = clock() + maxJobMilliseconds
  const session = { transport: await openMail(), heard: { hasAccepted: false, lost: 0 } }
  try {
    for (const [at, notification] of claimed.entries()) {
      const stop = await deliver(ports, session, notification)
      if (!stop && clock() < end) continue
      await subscribers.release(claimed.slice(at + 1))
      if (stop && !stop.goesOn) return
      break
    }
  } finally {
    await session.transport.close()
  }
  const { email } = await subscribers.due()
  await ports.enqueue(jobsFor({ email, webpush: 0 }, 1))
}

/** Why a mail is dropped that waited for too long while no mails could be sent. */
const tooLate = 'it has waited for more than three days'

/** What a job sends mails with, and what it has heard of the mail server. */
interface Session {
  transport: Transport
  heard: Heard
}

async function deliver(ports: MailPorts, session: Session, claimed: Notification): Promise<Stop | undefined> {
  const { subscribers, clock, log, from } = ports
  // The person may have ended, paused or changed the address since the job has claimed the mail.
  const [notification] = await subscribers.refresh([claimed])
  if (!notification) return undefined
  const { subscriber, happening, since, attempts } = notification
  // A mail whose result is not stored is sent again, so that a database that fails for an instant is asked a second time.
  const record = (told: Told) =>
    subscribers.record(notification, told).catch(() => subscribers.record(notification, told))
  if (happening.kind !== 'digest' && clock() - since > maxWaitMilliseconds) {
    await record({ kind: 'dropped', failure: tooLate })
    log('mail-failed', { about: listOf(happening), failure: tooLate })
    return undefined
  }
  const row = { table: 'subscriber', id: subscriber.number } as const
  const message = await unlessBad(ports, row, () => messageFor(ports, notification))
  if (!message?.text) {
    await record({ kind: 'nothing', covers: message?.covers })
    return undefined
  }
  const to = subscriber.address
  const purpose = happening.kind === 'digest' ? 'digest' : 'news'
  const sent = await session.transport.send({ from: from.address, to, purpose }, message.text)
  const now = clock()
  const { isFailing } = subscriber
  const { heard } = session
  const { told, stops } = consequenceOf(sent, { since, attempts, now, isFailing, heard })
  session.heard = heardAfter(sent, heard)
  if (told.kind === 'later' && sent.kind === 'lost' && sent.isMaybeAccepted) told.isMaybeTaken = true
  const heldUntil = now + holdMilliseconds
  // When the channel goes on, the mail that has held it comes after those that waited.
  if (told.kind === 'later' && stops === 'channel') told.next = Math.max(told.next, heldUntil)
  await record(told.kind === 'done' ? { ...told, covers: message.covers } : told)
  if ('failure' in told) log('mail-failed', { about: listOf(happening), failure: told.failure })
  if (stops === 'channel' && 'failure' in told) {
    await subscribers.hold('email', heldUntil, told.failure)
    log('mail-held', { failure: told.failure })
  }
  return stops && { goesOn: stops === 'job' }
}

/** The name of the list to which a message belongs: how often the list is sent, `corrections` or `comments`. */
function listOf(happening: Happening): Schedule | typeof corrections | typeof newComments {
  if (happening.kind === 'digest') return happening.schedule
  if (happening.kind === 'discussed') return newComments
  return happening.kind === 'corrected' ? corrections : 'now'
}

/** A message, and what it covers if it is a digest or about comments; without a text, there was nothing to tell. */
interface Message {
  text?: string
  covers: Covered | CoveredComments | undefined
}

/** Reads what a notification is about, and makes the message; undefined if there is nothing to tell any more. */
async function messageFor(ports: MailPorts, notification: Notification): Promise<Message | undefined> {
  const { postal } = ports
  const { happening, subscriber, since } = notification
  // Mails cannot be taken back.
  if (happening.kind === 'replaced' || happening.kind === 'withdrawn') return undefined
  const told =
    happening.kind === 'digest'
      ? await digestFor(ports, notification, happening)
      : happening.kind === 'discussed'
        ? await commentsFor(ports, notification, happening)
        : await articleFor(ports, notification, happening)
  if (!told?.render) return told
  const links = await linksFor(ports, subscriber)
  const { address: to, language, id } = subscriber
  const text = await messageOf(ports, {
    letter: told.render({ language, postal, links, choices: told.choices }),
    ...{ to, language, name: nameOf(happening, since, id) },
    list: { name: listOf(happening), unsubscribe: links.unsubscribe },
  })
  return { text, covers: told.covers }
}

/** What a message is about, and whom it is for: equal if it is sent again. An article may be corrected, and commented, several times. */
const nameOf = (happening: Happening, since: number, id: string): string =>
  [
    eventOf(happening),
    ...(happening.kind === 'corrected' || happening.kind === 'discussed' ? [since] : []),
    id,
  ].join(' ')

interface ToTell {
  /** The choices because of which the subscriber is told. */
  choices: readonly MadeChoice[]
  render: (sent: SentToSubscriber) => Letter
  covers?: Covered
}

/** What a digest covers that has nothing to tell. */
interface Nothing {
  render?: never
  covers: Covered
}

async function articleFor(
  { site, store, clock }: MailPorts,
  { subscriber, since }: Notification,
  { kind, article: id }: OfArticle,
): Promise<ToTell | undefined> {
  const [found] = await store.findMany([id], [])
  const article = found?.article
  const choices = article ? reasonsFor(article, kind, subscriber.choices, { now: clock(), since }) : []
  if (!article || choices.length === 0) return undefined
  if (kind === 'corrected') return { choices, render: (sent) => renderCorrection(site, { ...sent, article }) }
  return { choices, render: (sent) => renderNews(site, { ...sent, article }) }
}

async function digestFor(
  ports: MailPorts,
  { subscriber }: Notification,
  { schedule, until }: Extract<Happening, { kind: 'digest' }>,
): Promise<ToTell | Nothing> {
  const found = await ports.subscribers.digested(subscriber, schedule, maxArticles)
  const articles = found.articles.map(({ article }) => article)
  if (articles.length === 0) return { covers: found.covers }
  const choices = await nameChoices(
    ports,
    subscriber.choices.filter((choice) => isInDigest(choice, schedule)),
  )
  const { covers, isCut } = found
  const digest = { schedule, until, articles, isCut }
  return { choices, covers, render: (sent) => renderDigest(ports.site, { ...sent, ...digest }) }
}
