import {
  type Choice,
  digestSchedules,
  type EndedSubscriber,
  type PushKeys,
  type ShownDigest,
  type Subscriber,
} from '../../domain/notify.ts'

/** The columns of a subscriber, and its choices as a JSON list, for a SELECT. */
export const subscriberColumns = `number, id, version, channel, address, keys, language, state, created, proof, told, ended, failure,
  failures, refused, shown, joined,
  (SELECT json_group_array(json_object('selection', selection, 'article', article, 'schedule', schedule, 'since', since,
     'atOnceUntil', at_once_until, 'rests', json(rests)))
   FROM (SELECT *, (SELECT nullif(json_group_array(DISTINCT rest.schedule), '[]') FROM rest
     WHERE rest.subscriber = choice.subscriber AND rest.selection = choice.selection AND choice.article = '') AS rests
     FROM choice WHERE choice.subscriber = subscriber.number ORDER BY selection, article)) AS choices`

export interface SubscriberRow {
  number: number
  id: string
  version: number
  channel: 'email' | 'webpush'
  address: string | null
  keys: string | null
  language: string
  state: 'active' | 'paused' | 'ended'
  created: number
  proof: string | null
  told: number | null
  ended: number | null
  failure: string | null
  failures: number
  refused: number | null
  shown: string | null
  joined: string | null
  choices: string
}

/** Parses a row; the subscriber has ended if the row has no address. */
export function subscriberIn(row: SubscriberRow): Subscriber | EndedSubscriber {
  const {
    number,
    id,
    version,
    channel,
    address,
    keys,
    language,
    state,
    created,
    proof,
    told,
    ended,
    failure,
    failures,
    refused,
    shown,
    joined,
    choices,
  } = row
  if (state === 'ended' || address === null || proof === null)
    return {
      ...{ id, version, channel, language, state: 'ended', ended: ended ?? created },
      ...(joined !== null && { joined }),
    }
  return {
    ...{ number, id, version, channel, address, language, state, created },
    ...(told !== null && { told }),
    isFailing: failure !== null,
    ...(channel === 'webpush' &&
      failures > 0 && { unanswered: { since: refused ?? created, attempts: failures } }),
    ...(shown !== null && { shown: shownIn(shown) }),
    proof: JSON.parse(proof),
    ...(keys !== null && { keys: JSON.parse(keys) as PushKeys }),
    choices: choicesIn<Subscriber['choices'][number]>(choices),
  }
}

/** Parses the digests that a browser shows. What is none, because the row is bad, is left out. */
function shownIn(text: string): NonNullable<Subscriber['shown']> {
  const parsed = Object(JSON.parse(text)) as Record<string, Partial<ShownDigest> | null>
  return Object.fromEntries(
    digestSchedules.flatMap((schedule) => {
      const { at, articles, isCut } = parsed[schedule] ?? {}
      if (typeof at !== 'number' || !Array.isArray(articles)) return []
      const ids = articles.filter((id) => typeof id === 'string')
      return [[schedule, { at, articles: ids, isCut: isCut === true }]]
    }),
  )
}

/**
 * Parses choices as `listOfChoices` writes them: a choice that concerns no article has an empty text in its place. What is no
 * choice, because the row is bad, is left out.
 */
export function choicesIn<Made extends Choice>(list: string): Made[] {
  const parsed: unknown = JSON.parse(list)
  const choices = (Array.isArray(parsed) ? parsed : []) as (Record<string, unknown> | null)[]
  return choices
    .filter((one) => typeof one?.selection === 'string')
    .map((one) => {
      const entries = Object.entries(one ?? {})
      const choice: object = Object.fromEntries(entries.filter(([name, value]) => !isAbsent(name, value)))
      return choice as Made
    })
}

const isAbsent = (name: string, value: unknown): boolean =>
  value === null || (name === 'article' && value === '')
