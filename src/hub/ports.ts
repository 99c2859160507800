// I/O: none; this file contains only types.
import type { CommentStore } from '../domain/comment-store.ts'
import type { HubStore } from '../domain/hub-store.ts'
import type { Call, Enqueue, Log, Random } from '../domain/ports.ts'
import type { ReadPorts } from '../read/ports.ts'
import type { CallPorts } from './calls.ts'

/** The ports that the hub's functions for subscribing and delivering use. */
export interface HubPorts extends ReadPorts {
  /** The public address of the hub. */
  hub: string
  subscriptions: HubStore
  comments: CommentStore
  enqueue: Enqueue
  call: Call
  random: Random
  /** Returns `length` random bytes. */
  bytes: (length: number) => Uint8Array
  /** Whether this client may send another subscription request now. */
  mayAsk: (client: string) => Promise<boolean>
  /**
   * Whether a rate limit allows a further call to a callback host. The hub asks this when a subscription request
   * arrives, because each accepted request leads to a call. `mayCall` counts the requests of all clients together, and
   * `mayMakeCall` those of one client, which are fewer, so that no client uses up what others need.
   */
  mayCall: (host: string) => Promise<boolean>
  mayMakeCall: (clientAndHost: string) => Promise<boolean>
  /**
   * Whether the hub may call callbacks on the loopback interface, without HTTPS and on every port; for
   * development only.
   */
  loopback: boolean
  /** The addresses of the public hubs that this hub notifies of each change. */
  publicHubs: readonly string[]
  /** The callback hosts whose deliveries are signed with sha1 instead of sha256. */
  sha1Hosts: readonly string[]
  log: Log
}

/** The ports of a job from a queue. */
export interface JobPorts extends HubPorts, CallPorts {}
