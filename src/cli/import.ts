import type { ArticleInput } from '../domain/input.ts'
import type { Result } from '../domain/problem.ts'
import { detailsOf } from '../http/problem.ts'
import type { Reply, Target } from './target.ts'

/** How many articles go to the store at once; it makes one save of them. */
const chunkLength = 50

/**
 * One article that was found, and where: a file, and the place in it where it holds many. One that is left
 * out on purpose, such as a draft in the bin, has the reason instead.
 */
export type Found = { where: string; article: Result<ArticleInput> } | { where: string; leftOut: string }

/** What became of all that was found, by kind; `refused` among them. */
export type Tally = Record<string, number>

/**
 * Saves what was found, in its order and chunk by chunk; a refused article does not stop the next. `report`
 * hears of each.
 */
export async function importAll(
  found: Iterable<Found>,
  target: Pick<Target, 'save'>,
  report: (where: string, reply: Reply) => void,
): Promise<Tally> {
  const tally: Tally = {}
  const tell = (where: string, reply: Reply) => {
    const kind = reply.ok ? reply.kind : 'refused'
    tally[kind] = (tally[kind] ?? 0) + 1
    report(where, reply)
  }
  for (const chunk of chunksOf(found)) {
    const inputs = chunk.flatMap((one) => ('article' in one && one.article.ok ? [one.article.value] : []))
    const replies = (inputs.length > 0 ? await target.save(inputs) : []).values()
    for (const one of chunk)
      tell(
        one.where,
        replyTo(one, () => replies.next().value as Reply),
      )
  }
  return tally
}

function replyTo(found: Found, next: () => Reply): Reply {
  if ('leftOut' in found) return { ok: true, slug: found.leftOut, kind: 'left out' }
  return found.article.ok ? next() : refusal(found.article)
}

const refusal = (article: Exclude<Result<ArticleInput>, { ok: true }>): Reply => ({
  ok: false,
  reason: detailsOf(article.problem).detail,
})

function* chunksOf(found: Iterable<Found>): Generator<Found[]> {
  let chunk: Found[] = []
  for (const one of found) {
    chunk.push(one)
    if (chunk.length === chunkLength) {
      yield chunk
      chunk = []
    }
  }
  if (chunk.length > 0) yield chunk
}
