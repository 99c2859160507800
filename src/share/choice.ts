import { failure, type Result, success } from '../domain/problem.ts'
import { networkOf } from './networks.ts'
import { refusedOf } from './refused.ts'

/** Why a network that was asked for is not among the links, and what to use instead. */
interface Refusal {
  id: string
  reason: string
  use: readonly string[]
}

/** The networks that were asked for, those that work apart from those that do not. */
export interface Choice {
  ids: string[]
  refused: Refusal[]
}

/** Parts what works from what does not. A problem where nothing works: gone where it ever did, else unknown. */
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

function refusalOf(id: string): Refusal {
  const { reason, use } = refusedOf(id) ?? { reason: 'is no network that is known', use: [] }
  return { id, reason, use }
}
