// I/O: none; this file contains only types.
import type { Mailbox } from '../domain/mail.ts'
import type { NotifyStore } from '../domain/notify.ts'
import type { Clock, Enqueue, Log } from '../domain/ports.ts'
import type { Site } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'
import type { DigestTime } from './digest-time.ts'
import type { Transport } from './mail/transport.ts'

/** The ports of the flow that tells people of articles. */
export interface NotifyPorts {
  site: Site
  subscribers: NotifyStore
  /** The store itself and no copy in memory, because the state of an article at the instant of sending counts. */
  store: Pick<Store, 'findMany' | 'isKnown' | 'find'>
  /** The secrets of links; the first signs. */
  secrets: readonly [current: string, ...former: string[]]
  from: Mailbox
  /** The postal address of the site, which each mail shows. */
  postal: string
  /** The largest number of mails in an hour that ask for a confirmation. */
  maxConfirmationsPerHour: number
  /** Opens a transport of mails, and loads what it needs. */
  openMail: () => Promise<Transport>
  digestTime: DigestTime
  enqueue: Enqueue
  clock: Clock
  /** Returns `length` random bytes. */
  bytes: (length: number) => Uint8Array
  /** Whether this client may send another form now. */
  mayAsk: (client: string) => Promise<boolean>
  log: Log
}
