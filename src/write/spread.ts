// I/O: calls the edge cache and the hub; reads nothing.
import type { Outcome } from '../domain/store.ts'
import type { PublishPorts } from './ports.ts'

/**
 * Does at once what is necessary after every committed save: marks the edge's copies stale, and starts the
 * notification of subscribers. The save's batch has stored both effects, so whatever fails here is repeated later.
 */
export async function spread(
  ports: PublishPorts,
  { revision, touched: paths }: Pick<Extract<Outcome, { kind: 'saved' }>, 'revision' | 'touched'>,
  urgent = false,
): Promise<void> {
  if (paths.length === 0) return
  await ports.invalidate({ revision, paths, urgent })
  await ports.push?.()
}

/**
 * Runs a save. If the save fails, it may be committed all the same, with an answer that was lost; then the effects
 * that wait in the store are taken up.
 */
export async function attemptSave<T>(ports: PublishPorts, save: () => Promise<T>): Promise<T> {
  try {
    return await save()
  } catch (fault) {
    ports.takeUp?.()
    throw fault
  }
}
