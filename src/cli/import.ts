import type { ArticleInput } from '../domain/input.ts'
import { isMove, type KnownPath } from '../domain/path.ts'
import type { Problem, Result } from '../domain/problem.ts'
import { detailsOf } from '../http/problem.ts'
import { articlesPerSave } from '../write/publish.ts'
import type { Reply, Target } from './target.ts'

/**
 * What was found, and where: a file, and the place in it where it holds many. It is an article, or what a backup
 * knows of a path; what is left out on purpose, such as a draft in the bin, has the reason instead.
 */
export type ImportItem = { where: string } & (
  | { article: Result<ArticleInput> }
  | { path: Result<KnownPath> }
  | { leftOut: string }
)

/** What became of all that was found, by kind; `refused` among them. */
export type Tally = Record<string, number>

/**
 * Saves what was found, in its order and chunk by chunk; what is refused does not stop the next. `report` hears
 * of each.
 */
export async function importAll(
  found: Iterable<ImportItem>,
  target: Saving,
  report: (where: string, reply: Reply) => void,
): Promise<Tally> {
  const tally: Tally = {}
  for (const chunk of chunksOf(found)) {
    const replies = await repliesTo(chunk, target)
    for (const one of chunk) {
      const reply = replies.get(one) as Reply
      const kind = reply.ok ? reply.kind : 'refused'
      tally[kind] = (tally[kind] ?? 0) + 1
      report(one.where, reply)
    }
  }
  return tally
}

/** What an import needs of a target. */
export type Saving = Pick<Target, 'save' | 'savePaths'>

/** Sections, tags and authors come before the articles, so that they keep their names; moves after them. */
async function repliesTo(chunk: readonly ImportItem[], target: Saving): Promise<Map<ImportItem, Reply>> {
  const replies = new Map<ImportItem, Reply>()
  const take = async <T>(
    resultOf: (one: ImportItem) => Result<T> | undefined,
    save: (values: T[]) => Promise<Reply[]>,
  ) => {
    const given = chunk.flatMap((one) => {
      const result = resultOf(one)
      if (result && !result.ok) replies.set(one, refusal(result))
      return result?.ok ? [{ one, value: result.value }] : []
    })
    const answers = given.length > 0 ? await save(given.map(({ value }) => value)) : []
    for (const [at, { one }] of given.entries()) replies.set(one, answers[at] as Reply)
  }
  const pathOf = (one: ImportItem) => ('path' in one ? one.path : undefined)
  const isMoving = (one: ImportItem) => 'path' in one && one.path.ok && isMove(one.path.value)
  await take((one) => (isMoving(one) ? undefined : pathOf(one)), target.savePaths)
  await take((one) => ('article' in one ? one.article : undefined), target.save)
  await take((one) => (isMoving(one) ? pathOf(one) : undefined), target.savePaths)
  for (const one of chunk)
    if ('leftOut' in one) replies.set(one, { ok: true, slug: one.leftOut, kind: 'left out' })
  return replies
}

const refusal = ({ problem }: { problem: Problem }): Reply => ({
  ok: false,
  reason: detailsOf(problem).detail,
})

function* chunksOf(found: Iterable<ImportItem>): Generator<ImportItem[]> {
  let chunk: ImportItem[] = []
  for (const one of found) {
    chunk.push(one)
    if (chunk.length === articlesPerSave) {
      yield chunk
      chunk = []
    }
  }
  if (chunk.length > 0) yield chunk
}
