// No input or output: types.
import type { HubStore } from '../domain/hub-store.ts'
import type { Call, Enqueue, Log, Random } from '../domain/ports.ts'
import type { ReadPorts } from '../read/ports.ts'

/** What the hub's flows work with. */
export interface HubPorts extends ReadPorts {
  /** The hub's own address. */
  hub: string
  subscriptions: HubStore
  enqueue: Enqueue
  call: Call
  random: Random
  /** So many random bytes. */
  bytes: (length: number) => Uint8Array
  /** Whether this client may ask for more just now. */
  mayAsk: (client: string) => Promise<boolean>
  /** Whether this host may be called once more on somebody's request just now. */
  mayCall: (host: string) => Promise<boolean>
  /** Whether loopback callbacks are spared some rules: for development. */
  loopback: boolean
  /** Hubs of others that are told of each change. */
  publicHubs: readonly string[]
  log: Log
}
