// No input or output.
import type { Head } from '../domain/store.ts'
import { validatorsOf } from '../http/validators.ts'
import type { ReadPorts } from './ports.ts'

/** What of a head makes validators and lifetimes. */
export type Freshness = Pick<Head, 'revision' | 'revised' | 'since' | 'due' | 'stale'>

/** The freshness of what changes with each of these. */
export function freshnessOf(heads: readonly Freshness[]): Freshness {
  const dues = heads.flatMap(({ due }) => due ?? [])
  const stale = heads.flatMap((head) => head.stale ?? [])
  return {
    revision: Math.max(...heads.map(({ revision }) => revision)),
    revised: Math.max(...heads.map(({ revised }) => revised)),
    since: Math.max(...heads.map(({ since }) => since)),
    ...(dues.length > 0 && { due: Math.min(...dues) }),
    ...(stale.length > 0 && { stale: Math.max(...stale) }),
  }
}

/** What a head says of any representation of its selection; `format` tells them apart. */
export function describeFreshness(ports: ReadPorts, head: Freshness & Pick<Head, 'path'>, format: string) {
  const now = ports.clock()
  return {
    validators: validatorsOf(head, format, ports.digest, now),
    now,
    ...(head.due !== undefined && { due: head.due }),
    ...(head.stale !== undefined && { stale: head.stale }),
    selections: [head.path],
  }
}
