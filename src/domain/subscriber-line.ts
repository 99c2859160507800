import { isEmailAddress } from './email-address.ts'
import type { Issue } from './issue.ts'
import { canonicalTag } from './language.ts'
import {
  type Channel,
  type Choice,
  channels,
  type DigestSchedule,
  digestSchedules,
  maxLaterConsents,
  type Proof,
  type PushKeys,
  schedules,
} from './notify.ts'

/** A choice in a backup of subscribers. `told` is the end of the time that the last digest covers. */
interface ChoiceLine extends Choice {
  since: number
  told?: number
  /** What came while the choice had digests of a schedule, and is still to be told in one. */
  rests?: { schedule: DigestSchedule; after: number; until: number }[]
}

/** What a backup says about each subscriber. All instants are epoch milliseconds; `told` is that of the last mail. */
interface Common {
  id: string
  version: number
  channel: Channel
  language: string
  created: number
  told?: number
}

/** A subscriber in a backup. */
interface LivingLine extends Common {
  state: 'active' | 'paused'
  /** The instant at which the subscriber paused. */
  paused?: number
  address: string
  /** The keyed hash of the address, by which it is recognized after it was erased. */
  addressHash: string
  keys?: PushKeys
  /** The instant of the last confirmation of the address. */
  confirmed: number
  proof: Proof
  /** The keyed hashes of the addresses before, each with the instant of the change. */
  former?: { hash: string; at: number }[]
  choices: ChoiceLine[]
}

/** A subscriber that has ended, whose links still work for a time. */
interface EndedLine extends Common {
  state: 'ended'
  ended: number
  /** The id of the subscriber with which this one was joined. */
  joined?: string
}

/** A subscriber as a backup has it, with the id and the version of its links. */
export type SubscriberLine = LivingLine | EndedLine

/** The largest number of subscribers in one page of a backup, and in one call that restores them. */
export const maxSubscriberLines = 100

/** The largest number of choices of one subscriber, and of characters of a text, in a backup. */
const maxChoices = 200
const maxCharacters = 20_000

/** A row that is not in a backup, because it is bad. */
export interface BadSubscriber extends Issue {
  number: number
}

/** How many subscribers of a backup had which outcome. */
export interface RestoredSubscribers {
  restored: number
  /** Those whose id or address the store has already. */
  unchanged: number
  /** Those whose address was erased after they confirmed it. */
  erased: number
}

/** The store of subscribers, as far as backups need it. */
export interface SubscriberBackups {
  /** Lists the subscribers after a number, in the order of the numbers. `next` is the number after which the next page begins. */
  exportSubscribers(
    after: number,
  ): Promise<{ subscribers: SubscriberLine[]; bad: BadSubscriber[]; next?: number }>
  /**
   * Adds subscribers of a backup, with the ids and versions of their links; nobody is told of anything by that. The next digest covers
   * at most its own period.
   */
  restoreSubscribers(lines: readonly SubscriberLine[]): Promise<RestoredSubscribers>
}

type Fields = Record<string, unknown>

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= maxCharacters && value.isWellFormed()
const isInstant = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isId = (value: unknown): boolean => isText(value) && /^[\w-]{22}$/.test(value)
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null
const instant = 'must be an instant in milliseconds'

/** The rules of each line: the field, whether it is right, and what it must be. */
const commonRules: readonly Rule[] = [
  ['id', ({ id }) => isId(id), 'must be 22 signs of base64url'],
  ['version', ({ version }) => isInstant(version) && version > 0, 'must be an integer of at least 1'],
  ['channel', ({ channel }) => channels.some((one) => one === channel), `must be ${channels.join(' or ')}`],
  [
    'language',
    ({ language }) => isText(language) && canonicalTag(language) !== undefined,
    'must be a language tag',
  ],
  ['created', ({ created }) => isInstant(created), instant],
  ['told', ({ told }) => told === undefined || isInstant(told), instant],
]

const endedRules: readonly Rule[] = [
  ...commonRules,
  ['ended', ({ ended }) => isInstant(ended), instant],
  ['joined', ({ joined }) => joined === undefined || isId(joined), 'must be 22 signs of base64url'],
]

const livingRules: readonly Rule[] = [
  ...commonRules,
  ['state', ({ state }) => state === 'active' || state === 'paused', 'must be active, paused or ended'],
  ['paused', ({ paused }) => paused === undefined || isInstant(paused), instant],
  ['address', isAddress, 'must be an e-mail address, or the https address of a push endpoint'],
  [
    'addressHash',
    ({ addressHash }) => isText(addressHash) && /^[\w-]{43}$/.test(addressHash),
    'must be 43 signs of base64url',
  ],
  [
    'keys',
    hasKeys,
    'must have `p256dh`, `auth` and `server` if the channel is webpush, and be absent otherwise',
  ],
  ['confirmed', ({ confirmed }) => isInstant(confirmed), instant],
  [
    'proof',
    ({ proof }) => isConsent(proof) && isListOf(isConsent, maxLaterConsents, proof.later ?? []),
    'must have `at` and `words`, and may have `choices` and `later`',
  ],
  [
    'former',
    ({ former }) => former === undefined || isListOf(isFormer, maxLaterConsents, former),
    'must be a list of objects with `hash` and `at`',
  ],
  [
    'choices',
    ({ choices }) => isListOf(isChoice, maxChoices, choices),
    `must be a list of at most ${maxChoices} choices`,
  ],
]

type Rule = readonly [field: string, isRight: (line: Fields) => boolean, must: string]

function isAddress({ channel, address }: Fields): boolean {
  if (!isText(address)) return false
  if (channel === 'email') return isEmailAddress(address)
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
}

function hasKeys({ channel, keys }: Fields): boolean {
  if (channel === 'email') return keys === undefined
  return (
    isFields(keys) &&
    [keys.p256dh, keys.auth, keys.server].every((key) => isText(key) && /^[\w-]+$/.test(key))
  )
}

const isListOf = (isOne: (value: unknown) => boolean, most: number, value: unknown): boolean =>
  Array.isArray(value) && value.length <= most && value.every(isOne)

const isFormer = (value: unknown): boolean =>
  isFields(value) && isText(value.hash) && /^[\w-]{43}$/.test(value.hash) && isInstant(value.at)

const isConsent = (value: unknown): value is Fields =>
  isFields(value) &&
  isInstant(value.at) &&
  isText(value.words) &&
  isListOf(isAgreed, maxChoices, value.choices ?? [])

/** Whether a value is a choice to which a subscriber has agreed. */
function isAgreed(value: unknown): value is Fields {
  if (!isFields(value)) return false
  const { selection, article, schedule } = value
  return (
    isText(selection) &&
    (article === undefined || isText(article)) &&
    schedules.some((one) => one === schedule)
  )
}

const isChoice = (value: unknown): boolean =>
  isAgreed(value) &&
  isInstant(value.since) &&
  (value.told === undefined || isInstant(value.told)) &&
  isListOf(isRest, maxChoices, value.rests ?? [])

const isRest = (value: unknown): boolean =>
  isFields(value) &&
  digestSchedules.some((one) => one === value.schedule) &&
  isInstant(value.after) &&
  isInstant(value.until)

/** Parses a line of a backup of subscribers. Further fields are left out. */
export function parseSubscriberLine(value: unknown): SubscriberLine | Issue {
  if (!isFields(value)) return { field: 'line', reason: 'must be a JSON object' }
  const rules = value.state === 'ended' ? endedRules : livingRules
  const broken = rules.find(([, isRight]) => !isRight(value))
  if (broken) return { field: broken[0], reason: broken[2] }
  const fields = [...rules.map(([field]) => field), 'state']
  const line: object = Object.fromEntries(Object.entries(value).filter(([field]) => fields.includes(field)))
  return line as SubscriberLine
}

/** Whether a parsed line is one, and no issue. */
export const isLine = (parsed: SubscriberLine | Issue): parsed is SubscriberLine => 'id' in parsed
