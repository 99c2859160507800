// I/O: none; this file contains only types.
import type { Mailbox } from '../domain/mail.ts'
import type { NotifyStore } from '../domain/notify-store.ts'
import type { Call, Clock, Enqueue, Log } from '../domain/ports.ts'
import type { VapidKeys } from '../domain/push.ts'
import type { Site } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'
import type { DigestTime } from './digest-time.ts'
import type { Transport } from './mail/transport.ts'

/** What the flow that tells people of articles needs, whatever the channel. */
interface SharedPorts {
  site: Site
  subscribers: NotifyStore
  /** The store itself and no copy in memory, because the state of an article at the instant of sending counts. */
  store: Pick<Store, 'findMany' | 'isKnown' | 'find' | 'release'>
  /** The secrets of links; the first signs. */
  secrets: readonly [current: string, ...former: string[]]
  digestTime: DigestTime
  enqueue: Enqueue
  clock: Clock
  /** Returns `length` random bytes. */
  bytes: (length: number) => Uint8Array
  /** Whether this client may send another form now. */
  mayAsk: (client: string) => Promise<boolean>
  log: Log
}

/** What a person was shown when they asked: the language of the page, and the words beside the button. */
export interface Shown {
  language: string
  words: string
}

/** What the channel of mail needs besides. */
export interface MailChannel {
  from: Mailbox
  /** The postal address of the site, which each mail shows. */
  postal: string
  /** The largest number of mails in an hour that ask for a confirmation. */
  maxConfirmationsPerHour: number
  /** Opens a transport of mails, and loads what it needs. */
  openMail: () => Promise<Transport>
}

/** What the channel of Web Push needs besides. */
export interface PushChannel {
  /** The key pairs of the site; new endpoints are made with the first. */
  keys: readonly [present: VapidKeys, ...former: VapidKeys[]]
  /** Where the operator of a push service can write: an https address or a `mailto:`. */
  subject: string
  /** Whether endpoints on this machine are allowed. */
  isLocal: boolean
  call: Call
}

/** The ports of the functions that concern one channel. */
export type MailPorts = SharedPorts & MailChannel
export type PushPorts = SharedPorts & PushChannel

/** The ports of the flow that tells people of articles. At least one of the channels is there. */
export interface NotifyPorts extends SharedPorts {
  mail?: MailChannel
  push?: PushChannel
}
