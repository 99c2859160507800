// I/O: calls the edge cache and the hub; reads nothing.
import type { Outcome } from '../domain/store.ts'
import type { PublishPorts } from './ports.ts'

/** The ports through which the effects of a change are taken up. */
export type SpreadPorts = Pick<PublishPorts, 'invalidate' | 'push' | 'takeUp'>

/**
 * Does at once what is necessary after every committed save: marks the edge's copies stale, and starts the
 * notification of subscribers. The save's batch has stored both effects, so whatever fails here is repeated later.
 */
export async function spread(
  ports: SpreadPorts,
  { revision, touched: paths }: Pick<Extract<Outcome, { kind: 'saved' }>, 'revision' | 'touched'>,
  urgent = false,
): Promise<void> {
  if (paths.length === 0) return
  await ports.invalidate({ revision, paths, urgent })
  ports.push?.()
}

/** Does the same after a change of the whole store: marks every copy at the edge stale. */
export async function spreadAll(ports: SpreadPorts, revision: number): Promise<void> {
  await ports.invalidate({ revision, paths: 'all', urgent: true })
  ports.push?.()
}

/**
 * Runs a save. If the save fails, it may be committed all the same, with an answer that was lost; then the effects
 * that wait in the store are taken up.
 */
export async function attemptSave<T>(ports: Pick<SpreadPorts, 'takeUp'>, save: () => Promise<T>): Promise<T> {
  try {
    return await save()
  } catch (fault) {
    ports.takeUp?.()
    throw fault
  }
}
