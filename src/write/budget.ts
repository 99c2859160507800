// I/O: counts the calls to the store, and passes them on.
import { statementsPerRequest, statementsPerSave } from '../domain/limits.ts'
import type { PublishPorts } from './ports.ts'

/** As many D1 statements as a call of the store that only reads needs at most, if no scheduled change is due. */
export const statementsPerRead = 3

/**
 * Calls `work` with ports that count D1 statements. If too few are left for another save, `isSpent` is true, and a save has
 * the outcome `unfinished`. Earlier effects are taken up once at the end, however often `work` asks for it.
 */
export async function withinBudget<T>(
  ports: PublishPorts,
  work: (ports: PublishPorts) => Promise<T>,
): Promise<T> {
  const { store } = ports
  let left = statementsPerRequest
  let isAsked = false
  const isSpent = () => left < statementsPerSave
  const counted =
    <Values extends unknown[], Done>(call: (...values: Values) => Promise<Done>) =>
    (...values: Values): Promise<Done> => {
      left -= statementsPerRead
      return call(...values)
    }
  const saving =
    <Values extends unknown[], Done>(call: (...values: Values) => Promise<Done>) =>
    async (...values: Values): Promise<Done | { kind: 'unfinished' }> => {
      if (isSpent()) return { kind: 'unfinished' }
      left -= statementsPerSave
      return call(...values)
    }
  /** A deletion needs no more statements than two reads. */
  const removing =
    <Values extends unknown[], Done>(call: (...values: Values) => Promise<Done>) =>
    (...values: Values): Promise<Done> => {
      left -= 2 * statementsPerRead
      return call(...values)
    }
  try {
    return await work({
      ...ports,
      store: {
        ...store,
        findMany: counted(store.findMany),
        findImported: counted(store.findImported),
        addOrigins: counted(store.addOrigins),
        lastImport: counted(store.lastImport),
        remove: removing(store.remove),
        names: counted(store.names),
        freeSlugs: counted(store.freeSlugs),
        deletedSlugs: counted(store.deletedSlugs),
        moved: counted(store.moved),
        list: counted(store.list),
        save: saving(store.save),
        rename: saving(store.rename),
      },
      isSpent,
      takeUp: () => {
        isAsked = true
      },
    })
  } finally {
    if (isAsked) ports.takeUp?.()
  }
}
