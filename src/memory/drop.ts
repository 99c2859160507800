import type { Answers } from './answers.ts'
import type { Heads } from './heads.ts'

/** Drops from an isolate's memory the heads of the given paths, and all answers. */
export type Drop = (paths: readonly string[]) => void

export const dropIn =
  (heads: Heads, answers: Answers): Drop =>
  (paths) => {
    heads.drop(paths)
    answers.drop()
  }

/**
 * Runs a save, then drops from memory the heads of the paths that `touchedBy` returns for the result, and all
 * answers. If `touchedBy` returns undefined, memory stays unchanged. If the save fails, only the answers are
 * dropped, because the save may have been committed.
 */
export async function dropAfter<T>(
  drop: Drop,
  save: () => Promise<T>,
  touchedBy: (result: T) => readonly string[] | undefined,
): Promise<T> {
  try {
    const result = await save()
    const touched = touchedBy(result)
    if (touched) drop(touched)
    return result
  } catch (fault) {
    drop([])
    throw fault
  }
}
