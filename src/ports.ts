import type { Config } from './config/settings.ts'
import type { PathStore } from './domain/path.ts'
import type { Clock, Log, Memory } from './domain/ports.ts'
import type { Counts, ShortLinks } from './domain/short-link.ts'
import type { Store } from './domain/store.ts'
import type { HubPorts } from './hub/ports.ts'
import type { Answers } from './memory/answers.ts'
import type { MayAsk } from './memory/rate.ts'
import type { Gather } from './memory/visits.ts'
import type { PublishPorts } from './write/ports.ts'

/** Everything that the routes work with; `index.ts` makes it out of bindings. */
export interface Ports {
  config: Config
  store: Store
  paths: PathStore
  shorts: ShortLinks
  counts: Counts
  /** Takes in that a short link was followed. */
  gather: Gather
  clock: Clock
  /** Of renderers and settings. */
  digest: string
  publishing: PublishPorts
  /** The hub, where it may call anybody. */
  hub?: HubPorts
  /** Whether a client that showed a wrong token is still within the rate that guessing is allowed. */
  mayFail: (client: string) => Promise<boolean>
  /** Whether a client may ask for something once more. */
  mayAsk?: MayAsk
  log: Log
  /** What the isolate holds between requests. */
  answers?: Answers
  memory?: Memory
}
