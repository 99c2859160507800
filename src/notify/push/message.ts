// I/O: reads the store.
import { type Article, isPublicAt } from '../../domain/article.ts'
import {
  type Covered,
  type DigestSchedule,
  eventOf,
  isInDigest,
  type Notification,
  newsMilliseconds,
  pushMilliseconds,
  type RecordedPush,
  type ShownDigest,
  type Subscriber,
} from '../../domain/notify.ts'
import type { Found } from '../../domain/store.ts'
import { hashOf } from '../../http/token.ts'
import { renderPush, type Told, writePush } from '../../render/push.ts'
import type { PushPorts } from '../ports.ts'
import { reasonsFor } from '../reasons.ts'
import { maxPayloadBytes } from './encryption.ts'

/** What a digest covers that has nothing to tell. */
interface Nothing {
  payload?: never
  covers: Covered
}

/** A message to a browser, before it is encrypted. */
export interface Message {
  payload: Uint8Array
  headers: { TTL: string; Urgency: 'low' | 'normal' }
  /** What the message is about: a later one about the same replaces it, at the push service and in the browser. */
  about: string
  /** What a digest tells, and what the browser then shows. */
  covers?: Covered
  shows?: RecordedPush['shows']
}

/** The number of characters of the tag of a notification. */
const tagCharacters = 32

/** The largest number of articles that the message of a digest counts: each is read for each subscriber. */
const maxDigestArticles = 20

/** Makes the message of a notification; if there is nothing to tell any more, undefined, or of a digest what it covers. */
export type MakeMessage = (notification: Notification) => Promise<Message | Nothing | undefined>

/** Reads the articles of some notifications, as they are now, and returns a function that makes the message of each. */
export type ReadMessages = (notifications: readonly Notification[]) => Promise<MakeMessage>

/**
 * Opens what makes messages. Whether there is anything to tell is decided for each subscriber; subscribers with the same language get
 * the same message of the same revision of an article, which is rendered once.
 */
export function openMessages(ports: PushPorts): ReadMessages {
  const { store, clock } = ports
  const made = new Map<string, Promise<Message>>()
  return async (notifications) => {
    const ids = new Set(
      notifications.flatMap(({ happening }) => ('article' in happening ? [happening.article] : [])),
    )
    const found = ids.size > 0 ? await store.findMany([...ids], []) : []
    const articles = new Map(found.flatMap((one: Found) => (one.article ? [[one.article.id, one]] : [])))
    return async (notification) => {
      const { subscriber, happening, since } = notification
      if (happening.kind === 'digest') return digestFor(ports, notification, happening)
      // Only mails tell of comments.
      if (happening.kind === 'discussed') return undefined
      if (happening.kind === 'replaced') return replacedFor(ports, subscriber, happening)
      const { kind } = happening
      const { article, revision } = articles.get(happening.article) ?? {}
      const now = clock()
      const expires = (kind === 'published' ? since : now) + pushMilliseconds.now
      if (expires < now) return undefined
      const isMeant =
        article &&
        (kind === 'withdrawn'
          ? !isPublicAt(article, now)
          : reasonsFor(article, kind, subscriber.choices, { now, since }).length > 0)
      if (!isMeant) return undefined
      const key = `${subscriber.language} ${revision} ${eventOf(happening)}`
      const how = { about: article.id, urgency: 'normal', expires, now } as const
      const message = made.get(key) ?? messageOf(ports, { kind, article }, subscriber, how)
      made.set(key, message)
      return message
    }
  }
}

async function digestFor(
  ports: PushPorts,
  { subscriber, isMaybeTaken }: Pick<Notification, 'subscriber' | 'isMaybeTaken'>,
  { schedule, until }: { schedule: DigestSchedule; until: number },
): Promise<Message | Nothing> {
  const { subscribers, clock } = ports
  const found = await subscribers.digested(subscriber, schedule, maxDigestArticles)
  // A browser that may show the digest is told that nothing of it is left; if it is known what it shows, `replacedFor` does that.
  const isKnown = (subscriber.shown?.[schedule]?.at ?? 0) >= until
  if (found.articles.length === 0 && (!isMaybeTaken || isKnown)) return { covers: found.covers }
  const articles = found.articles.map(({ article }) => article)
  const expires = until + pushMilliseconds[schedule]
  const digest = { schedule, articles, isCut: found.isCut, at: clock(), expires }
  const message = await messageOfDigest(ports, subscriber, digest)
  return { ...message, covers: found.covers }
}

/**
 * Makes the message that takes the place of a digest in a browser: the digest without what is not public any more, or, if nothing is left,
 * that it was withdrawn. Undefined if all of it is public again. It is kept as long as the digest, and for a day at least, so that it
 * reaches a browser that shows the digest.
 */
async function replacedFor(
  ports: PushPorts,
  subscriber: Subscriber,
  { schedule }: { schedule: DigestSchedule },
): Promise<Message | undefined> {
  const { store, clock } = ports
  const former = subscriber.shown?.[schedule]
  if (!former) return undefined
  const now = clock()
  const found = await store.findMany(former.articles, [])
  const byId = new Map(found.map(({ article }) => [article?.id, article]))
  const articles = former.articles
    .flatMap((id) => byId.get(id) ?? [])
    .filter((article) => isPublicAt(article, now) && article.rights.syndicate !== 'none')
  if (articles.length === former.articles.length) return undefined
  const expires = Math.max(former.at + pushMilliseconds[schedule], now + newsMilliseconds)
  return messageOfDigest(ports, subscriber, { schedule, articles, isCut: former.isCut, at: now, expires })
}

interface MessageOfDigest extends Pick<ShownDigest, 'at' | 'isCut'> {
  schedule: DigestSchedule
  articles: readonly Article[]
  /** The instant (epoch milliseconds) until which the push service keeps the message. */
  expires: number
}

async function messageOfDigest(
  ports: PushPorts,
  subscriber: Subscriber,
  { schedule, articles, isCut, at, expires }: MessageOfDigest,
): Promise<Message> {
  const choices = subscriber.choices.filter((one) => isInDigest(one, schedule))
  const how = { about: schedule, urgency: 'low', expires, now: ports.clock() } as const
  const told =
    articles.length === 0
      ? ({ kind: 'withdrawn' } as const)
      : { kind: 'digest' as const, articles, isCut, choices }
  const message = await messageOf(ports, told, subscriber, how)
  return { ...message, shows: { schedule, at, articles: articles.map(({ id }) => id), isCut } }
}

interface How extends Pick<Message, 'about'> {
  urgency: Message['headers']['Urgency']
  /** The instant until which the push service keeps the message; in epoch milliseconds, as `now`. */
  expires: number
  now: number
}

async function messageOf(
  { site }: PushPorts,
  told: Told,
  { language }: Subscriber,
  { about, urgency, expires, now }: How,
): Promise<Message> {
  const tag = (await hashOf(about)).slice(0, tagCharacters)
  const seconds = Math.max(0, Math.floor((expires - now) / 1000))
  return {
    payload: writePush(renderPush(site, told, { language, tag }), maxPayloadBytes),
    headers: { TTL: String(seconds), Urgency: urgency },
    about,
  }
}
