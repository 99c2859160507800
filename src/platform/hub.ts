import type { Config } from '../config/settings.ts'
import { address } from '../domain/site.ts'
import { callWith } from '../hub/outbound.ts'
import type { HubPorts, JobPorts } from '../hub/ports.ts'

/** What the hub's ports need of the Worker. */
interface Platform
  extends Pick<
    HubPorts,
    | 'store'
    | 'subscriptions'
    | 'clock'
    | 'log'
    | 'enqueue'
    | 'bytes'
    | 'comments'
    | 'random'
    | 'digest'
    | 'offer'
  > {
  /** Sends a request to another host. */
  send: (request: Request) => Promise<Response>
}

/**
 * Whether the hub may send requests. Without the compatibility flag `global_fetch_strictly_public`, a request
 * to a callback in the Worker's own Cloudflare zone would bypass that zone's firewall.
 */
export const mayCall = ({ hubLoopback }: Config): boolean =>
  Cloudflare.compatibilityFlags.global_fetch_strictly_public === true || hubLoopback

/**
 * The hub's ports; undefined if the hub may not send requests, so that no feed names a hub. The hub reads the
 * database and no copy in memory, because a delivery must be at least as new as the revision that the
 * subscriber has not yet received: `platform.store` is that of the database.
 */
export function hubPorts(env: Env, config: Config, { send, ...platform }: Platform): HubPorts | undefined {
  if (!mayCall(config)) return undefined
  const { site, feedLength, publicHubs } = config
  const hub = address(site, 'hub')
  return {
    ...platform,
    ...{ site, feedLength, publicHubs, hub },
    call: callWith(send, `Kiosque (+${hub})`),
    mayAsk: async (client) => (await env.SUBSCRIBERS.limit({ key: client })).success,
    mayCall: async (host) => (await env.CALLBACKS.limit({ key: host })).success,
    // A wrangler.toml of an earlier version has no such rate limit.
    mayMakeCall: async (key) => (await env.CLIENT_CALLBACKS?.limit({ key }))?.success !== false,
    loopback: config.hubLoopback,
    sha1Hosts: config.hubSha1Hosts,
  }
}

/**
 * The ports of a job. Work that outlasts the job goes on in `waitUntil`. The compatibility flag
 * `queue_consumer_no_wait_for_wait_until` lets the queue begin the next job without waiting for it.
 */
export const jobPorts = (hub: HubPorts, wait: JobPorts['wait'], context: ExecutionContext): JobPorts => ({
  ...hub,
  wait,
  later: (promise) => context.waitUntil(promise.catch((fault) => hub.log('late-call-failed', { fault }))),
})
