import type { Medium } from './network.ts'
import { networkOf } from './networks.ts'
import { refusedOf } from './refused.ts'

/**
 * What analytics call a visit by this network's short link; undefined for what never was one. A link that was
 * given out before its network closed still leads to the article.
 */
export const mediumOf = (network: string): Medium | undefined =>
  networkOf(network)?.medium ?? (refusedOf(network) && 'social')
