import { detailsOf } from '../http/problem.ts'
import type { Beside } from '../ingest/capture.ts'
import { readArticleFile } from './read-file.ts'
import type { Reply, Target } from './target.ts'

/**
 * Imports files one after the other, in their order; a refused one does not stop the next. `report` hears
 * of each. Returns how many were refused.
 */
export async function importFiles(
  files: readonly string[],
  given: Beside,
  target: Target,
  report: (file: string, reply: Reply) => void,
): Promise<number> {
  let refused = 0
  for (const file of files) {
    const read = readArticleFile(file, given)
    const reply = read.ok
      ? await target.save(read.value)
      : ({ ok: false, reason: detailsOf(read.problem).detail } as const)
    if (!reply.ok) refused++
    report(file, reply)
  }
  return refused
}
