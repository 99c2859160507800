import type { Medium, Network } from './network.ts'
import { defaults } from './networks/default.ts'
import { keeping } from './networks/keep.ts'
import { sending } from './networks/send.ts'
import { onServers } from './networks/servers.ts'
import { showing } from './networks/show.ts'
import { refusedOf } from './refused.ts'

/** Every network that works. Adding one is adding a row to the table of what readers do there. */
export const networks: readonly Network[] = [...defaults, ...showing, ...sending, ...keeping, ...onServers]

/** The network with this id. */
export const networkOf = (id: string): Network | undefined => networks.find((network) => network.id === id)

/** What a site offers that says nothing of it. */
export const defaultNetworks: readonly string[] = defaults.map(({ id }) => id)

/**
 * What analytics call a visit by this network's short link; undefined for what never was one. A link that was
 * given out before its network closed still leads to the article.
 */
export const mediumOf = (network: string): Medium | undefined =>
  networkOf(network)?.medium ?? (refusedOf(network) && 'social')
