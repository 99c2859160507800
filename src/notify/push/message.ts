// I/O: reads the store.
import {
  type Covered,
  type DigestSchedule,
  datedAt,
  eventOf,
  isInDigest,
  type Notification,
  newsMilliseconds,
  type Subscriber,
} from '../../domain/notify.ts'
import type { Found } from '../../domain/store.ts'
import { hashOf } from '../../http/token.ts'
import { renderPush, type Told, writePush } from '../../render/push.ts'
import type { PushPorts } from '../ports.ts'
import { reasonsFor } from '../reasons.ts'
import { maxPayloadBytes } from './encryption.ts'

/** A message to a browser, before it is encrypted. */
export interface Message {
  payload: Uint8Array
  headers: { TTL: string; Urgency: 'low' | 'normal' }
  /** What the message is about: a later one about the same replaces it, at the push service and in the browser. */
  about: string
  /** What a digest tells. */
  covers?: Covered
}

/** The number of characters of the tag of a notification. */
const tagCharacters = 32

/** Milliseconds for which a push service keeps the message of a digest for a browser that is not running. */
const digestMilliseconds: Record<DigestSchedule, number> = { daily: 86_400_000, weekly: 3 * 86_400_000 }

/** The largest number of articles that the message of a digest counts: each is read for each subscriber. */
const maxDigestArticles = 20

/** Makes the message of a notification; undefined if there is nothing to tell any more. */
export type MakeMessage = (notification: Notification) => Promise<Message | undefined>

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
      if (happening.kind === 'digest') return digestFor(ports, subscriber, happening)
      const { kind } = happening
      const { article, revision } = articles.get(happening.article) ?? {}
      const now = clock()
      if (!article || reasonsFor(article, kind, subscriber.choices, { now, since }).length === 0)
        return undefined
      const key = `${subscriber.language} ${revision} ${eventOf(happening)}`
      const expires = kind === 'published' ? datedAt(article) + newsMilliseconds : now + newsMilliseconds
      const how = { about: article.id, urgency: 'normal', expires, now } as const
      const message = made.get(key) ?? messageOf(ports, { kind, article }, subscriber, how)
      made.set(key, message)
      return message
    }
  }
}

async function digestFor(
  ports: PushPorts,
  subscriber: Subscriber,
  { schedule, until }: { schedule: DigestSchedule; until: number },
): Promise<Message | undefined> {
  const { subscribers, clock } = ports
  const found = await subscribers.digested(subscriber, schedule, maxDigestArticles + 1)
  if (found.articles.length === 0) return undefined
  const articles = found.articles.slice(0, maxDigestArticles).map(({ article }) => article)
  const choices = subscriber.choices.filter((one) => isInDigest(one, schedule))
  const expires = until + digestMilliseconds[schedule]
  const isCut = found.articles.length > maxDigestArticles
  const how = { about: schedule, urgency: 'low', expires, now: clock() } as const
  const message = await messageOf(ports, { kind: 'digest', articles, isCut, choices }, subscriber, how)
  return { ...message, covers: found.covers }
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
