import type { Medium, Network } from './network.ts'
import { defaults } from './networks/default.ts'
import { keeping } from './networks/keep.ts'
import { sending } from './networks/send.ts'
import { onServers } from './networks/servers.ts'
import { showing } from './networks/show.ts'
import { refusedOf } from './refused.ts'

/**
 * All networks for which share links can be made. To add a network, add a row to the table for the network's
 * group (src/share/networks).
 */
export const networks: readonly Network[] = [...defaults, ...showing, ...sending, ...keeping, ...onServers]

/** Returns the network with this id; undefined if there is none. */
export const networkOf = (id: string): Network | undefined => networks.find((network) => network.id === id)

/** The ids of the networks that are offered by default. */
export const defaultNetworks: readonly string[] = defaults.map(({ id }) => id)

/**
 * Returns the medium by which web analytics classifies a visit through this network's short link; undefined if
 * the network never existed. Closed networks have a medium too, because their earlier short links still lead to
 * the article.
 */
export const mediumOf = (network: string): Medium | undefined =>
  networkOf(network)?.medium ?? (refusedOf(network) && 'social')
