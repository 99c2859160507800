import type { PathStore } from '../domain/path.ts'
import type { Answers } from './answers.ts'
import type { Heads } from './heads.ts'

/** A store of known paths that drops the affected answers from the isolate's memory when paths are saved. */
export function rememberingPaths(paths: PathStore, heads: Heads, answers: Answers): PathStore {
  const drop = (touched: readonly string[]): void => {
    heads.drop(touched)
    answers.drop()
  }
  return {
    ...paths,
    async save(known) {
      try {
        const saved = await paths.save(known)
        if (saved.touched.length > 0) drop(saved.touched)
        return saved
      } catch (fault) {
        drop([]) // The result of a failed save is unknown.
        throw fault
      }
    },
  }
}
