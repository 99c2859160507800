import type { Outcome, Store } from '../domain/ports.ts'
import type { Answers } from './answers.ts'
import type { Heads } from './heads.ts'

/** The store behind what this isolate holds: fresh heads are not read again, and a save drops what it changed. */
export function rememberingStore(store: Store, heads: Heads, answers: Answers): Store {
  const drop = (paths: readonly string[]): void => {
    heads.drop(paths)
    answers.drop()
  }

  const saving = async (save: () => Promise<Outcome>, further: readonly string[] = []): Promise<Outcome> => {
    try {
      const outcome = await save()
      if (outcome.kind === 'saved') drop([...further, ...outcome.touched])
      return outcome
    } catch (fault) {
      drop([]) // what came of it is unknown
      throw fault
    }
  }

  return {
    ...store,

    async heads(paths, digest) {
      const fresh = heads.fresh(paths)
      if (fresh) return fresh
      const take = heads.asking(paths)
      const read = await store.heads(paths, digest)
      take(read ?? [])
      return read
    },

    save: (changes) => saving(() => store.save(changes)),
    rename: (from, to, title) => saving(() => store.rename(from, to, title), [from]),

    async release() {
      const touched = await store.release()
      if (touched.length > 0) drop(touched)
      return touched
    },
  }
}
