import type { CommentPorts } from './comments/ports.ts'
import type { Config } from './config/settings.ts'
import type { BackupStore } from './domain/backup.ts'
import type { Examine } from './domain/doctor.ts'
import type { ErasedBucket, ErasedStore } from './domain/erased.ts'
import type { NotifyStore } from './domain/notify-store.ts'
import type { PathStore } from './domain/path.ts'
import type { Clock, Log, Memory } from './domain/ports.ts'
import type { Counts, ShortLinks } from './domain/short-link.ts'
import type { Store } from './domain/store.ts'
import type { SubscriberBackups } from './domain/subscriber-line.ts'
import type { HubPorts } from './hub/ports.ts'
import type { Answers } from './memory/answers.ts'
import type { MayAsk } from './memory/rate.ts'
import type { Gather } from './memory/visits.ts'
import type { NotifyPorts } from './notify/ports.ts'
import type { PublishPorts } from './write/ports.ts'

declare global {
  interface __BaseEnv_Env {
    /** The static files, which only a wrangler.toml with the table `[assets]` has. */
    ASSETS?: Fetcher
    /** Cloudflare's binding for confirmations and replies, which only a wrangler.toml with the table `[[send_email]]` has. */
    EMAIL?: SendEmail
    /** The bucket of the addresses that were erased, which only a wrangler.toml with the table `[[r2_buckets]]` has. */
    ERASED?: R2Bucket
  }
}

/** Everything that the routes use. `src/index.ts` makes it from the Worker's bindings. */
export interface Ports {
  config: Config
  store: Store
  paths: PathStore
  backups: BackupStore
  /** Lists and corrects the bad rows of the store. */
  examine: Examine
  shorts: ShortLinks
  counts: Counts
  /** Counts a visit of a short link. */
  gather: Gather
  clock: Clock
  /** The calendar day of an instant (epoch milliseconds) in the site's time zone. */
  day: (instant: number) => string
  /** The digest of renderers and settings, which is a part of every ETag. */
  digest: string
  publishing: PublishPorts
  /** The hub's ports; undefined if the hub may not send requests. */
  hub?: HubPorts
  /**
   * Counts a wrong token that a client has sent. Returns false if the client has sent too many wrong tokens.
   */
  mayFail: (client: string) => Promise<boolean>
  /**
   * Counts a request of a client for an address. Returns false if the client has reached the limit of the
   * minute.
   */
  mayAsk?: MayAsk
  /** The people who are told of articles; the store is there whether a channel is on or not, so that people can be erased. */
  subscribers: NotifyStore & ErasedStore & SubscriberBackups
  /** What the flow of comments needs besides the settings. */
  commenting: Pick<CommentPorts, 'comments' | 'bytes' | 'mayAsk' | 'isHuman' | 'isSpam'>
  /** The bucket of the addresses that were erased; undefined if the Worker has no such bucket. */
  erasedBucket?: ErasedBucket
  /** The ports of the flow that tells people of articles; undefined if no channel is on (`mailOf`, `pushOf`). */
  notify?: NotifyPorts
  /** Fetches a static file by the path of its address; absent if the Worker has no static files. */
  mediaFile?: (path: string) => Promise<Response>
  log: Log
  /** Whether the next ordinary request is logged; undefined if only failed and slow requests are. */
  isSampled?: () => boolean
  /** The answers and the other values that the isolate keeps between requests. */
  answers?: Answers
  memory?: Memory
}
