import { failure, type Result, success } from '../domain/problem.ts'
import { shareLimits } from '../domain/share.ts'
import { networkOf } from './networks.ts'
import { encodedLength } from './parameters.ts'
import { refusedOf } from './refused.ts'

/** The reason why a requested network is not among the share links, and the ids of networks to use instead. */
interface Refusal {
  id: string
  reason: string
  use: readonly string[]
}

/** The requested networks: `ids` are the networks for which share links can be made, `refused` are the others. */
export interface Choice {
  ids: string[]
  refused: Refusal[]
}

/**
 * Separates the requested networks for which share links can be made from the others. If share links can be
 * made for none, returns a problem: `networks-refused` if the table of refused networks contains at least one
 * of the requested networks, otherwise `invalid-query`.
 */
export function choose(asked: readonly string[]): Result<Choice> {
  const ids = asked.filter((id) => networkOf(id))
  const others = asked.filter((id) => !networkOf(id))
  const refused = others.map(refusalOf)
  if (ids.length > 0 || asked.length === 0) return success({ ids, refused })
  const closed = others.filter((id) => refusedOf(id)).map(refusalOf)
  if (closed.length > 0) return failure({ kind: 'networks-refused', refused: closed })
  const reason = 'names no network that is known'
  return failure({ kind: 'invalid-query', task: 'share', field: 'networks', reason })
}

/**
 * Returns the largest number of networks that a request may name with these texts (`shareLimits.encoded`): 13 or more,
 * or 9 or more with a title, whatever the texts contain.
 */
export function maxNetworks(texts: readonly (string | undefined)[]): number {
  const characters = texts.reduce((sum, text = '') => sum + encodedLength(text.normalize('NFC')), 0)
  return Math.floor(shareLimits.encoded / characters)
}

function refusalOf(id: string): Refusal {
  const { reason, use } = refusedOf(id) ?? { reason: 'is no network that is known', use: [] }
  return { id, reason, use }
}
