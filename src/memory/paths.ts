import type { PathStore } from '../domain/path.ts'
import type { Answers } from './answers.ts'
import type { Heads } from './heads.ts'

/** Known paths in front of what this isolate holds: a save of them drops what it changed, as one of articles does. */
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
        drop([]) // what came of it is unknown
        throw fault
      }
    },
  }
}
