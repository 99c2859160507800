// No input or output: types only.
import type { HubStore } from '../domain/hub-store.ts'
import type { Call, Enqueue, Log, Random } from '../domain/ports.ts'
import type { ReadPorts } from '../read/ports.ts'

/** The ports of the hub's flows. */
export interface HubPorts extends ReadPorts {
  /** The public address of the hub. */
  hub: string
  subscriptions: HubStore
  enqueue: Enqueue
  call: Call
  random: Random
  /** Returns that many random bytes. */
  bytes: (length: number) => Uint8Array
  /** Whether this client may send another subscription request now. */
  mayAsk: (client: string) => Promise<boolean>
  /** Whether subscription requests may make the hub call this host once more now. */
  mayCall: (host: string) => Promise<boolean>
  /** Whether callbacks on the loopback interface are exempt from some rules, for development. */
  loopback: boolean
  /** The addresses of public hubs that are notified of each change. */
  publicHubs: readonly string[]
  log: Log
}
