import type { Mailbox } from '../domain/mail.ts'
import type { VapidKeys } from '../domain/push.ts'

/** The settings of Web Push, as the environment has them. */
interface PushConfig {
  site: { url: string; contact: string | undefined }
  vapidKeys: readonly VapidKeys[]
  mailFrom: Mailbox | undefined
  subscriptionSecrets: readonly string[]
  hubLoopback: boolean
}

/** The complete settings of Web Push. */
export interface PushSettings {
  /** The first pair is for new subscriptions. */
  keys: readonly [present: VapidKeys, ...former: VapidKeys[]]
  /** Where the operator of a push service can write (RFC 8292 §2.1). */
  subject: string
  /** The secrets of links: the first signs, all of them are accepted. */
  secrets: readonly [current: string, ...former: string[]]
  /** Whether endpoints on this machine are allowed. */
  isLocal: boolean
}

/** Whether Web Push is on. It is incomplete if the setting `missing` is not there. */
type PushState =
  | { kind: 'on'; push: PushSettings }
  | { kind: 'incomplete'; missing: readonly string[] }
  | { kind: 'off' }

/** Returns the settings of Web Push if all of them are there. */
export function pushOf(config: PushConfig): PushState {
  const [present, ...former] = config.vapidKeys
  if (!present) return { kind: 'off' }
  const [current, ...others] = config.subscriptionSecrets
  if (!current) return { kind: 'incomplete', missing: ['SUBSCRIPTION_SECRET'] }
  const keys = [present, ...former] as const
  const secrets = [current, ...others] as const
  return { kind: 'on', push: { keys, secrets, subject: subjectOf(config), isLocal: config.hubLoopback } }
}

/** A local site without a contact has an address that is no one's, because push services refuse an http address. */
function subjectOf({ site, mailFrom }: PushConfig): string {
  const contact = site.contact ?? mailFrom?.address ?? site.url
  if (contact.startsWith('https://')) return contact
  return `mailto:${contact.includes('://') ? 'nobody@localhost.invalid' : contact}`
}
