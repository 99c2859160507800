// I/O: reads and writes the store, then calls the edge cache and the hub.
import type { Origin } from '../domain/backup.ts'
import type { ArticleOrigin } from '../domain/imports.ts'
import type { ArticleInput } from '../domain/input.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { slugOf } from '../domain/slug.ts'
import { slugFor } from '../ingest/article.ts'
import { type DayOf, daysIn } from './identity.ts'
import { type Given, matchAll } from './known.ts'
import { namesOf, pathsOf } from './names.ts'
import type { PublishPorts } from './ports.ts'
import {
  always,
  answerOf,
  changeOf,
  deletedAmong,
  isTold,
  originsIn,
  prepare,
  publish,
  type Ready,
  type Saved,
  takesBack,
} from './publish.ts'
import { slugFinder } from './slugs.ts'
import { attemptSave, spread } from './spread.ts'

/** An input of a bulk import, with its place among the inputs. */
interface Placed extends Given {
  at: number
}

/**
 * Saves many articles in as few saves as possible, usually in one. The results are in the order of the inputs, one for each
 * article. An article that is refused does not prevent the save of the others. `origins` has, for each input, what a backup and
 * an import say about it. An input from a backup never replaces a newer article. An input of an import never replaces another
 * article (docs/decisions/035).
 */
export async function publishMany(
  ports: PublishPorts,
  inputs: readonly ArticleInput[],
  origins: readonly (Origin | undefined)[] = [],
): Promise<Result<Saved>[]> {
  const answers: Result<Saved>[] = []
  const given = inputs.map((input, at): Placed => ({ at, input, origin: origins[at] }))
  await publishTogether(ports, given, answers)
  return answers
}

/**
 * Saves articles as one save, and writes the result of each into `answers`. If the store refuses the save, because of one
 * article or because of another request, each half of the articles is saved for itself.
 */
async function publishTogether(
  ports: PublishPorts,
  given: readonly Placed[],
  answers: Result<Saved>[],
): Promise<void> {
  const [first] = given
  if (first === undefined) return
  const stop = (those: readonly Placed[]) => {
    for (const { at, input } of those) answers[at] = unfinished(input)
  }
  if (ports.isSpent?.()) return stop(given)
  if (given.length === 1) {
    answers[first.at] = await publish(ports, first.input, always, first.origin)
    return
  }
  const [matches, paths] = await Promise.all([
    matchAll(ports, given),
    pathsOf(
      ports.store,
      given.flatMap(({ input, origin }) => namesOf(input, origin?.backup)),
    ),
  ])
  const deleted = await deletedAmong(ports.store, given, matches)
  const taken = new Set<string>()
  const findSlug = slugFinder(ports.store)
  const dayOf = daysIn(ports.site)
  const changed: { one: Placed; ready: Ready }[] = []
  // These may be an article that is changed before them, and therefore belong to a later save.
  const later: Placed[] = []
  // What articles of an import are known by that wait, and their titles, so that those that may concern the same article, or
  // get its slug with a number, keep their order.
  const waiting = new Set<string>()
  const origins: ArticleOrigin[] = []
  for (const [index, one] of given.entries()) {
    const { origin } = one
    const match = matches[index]
    if (!match || ports.isSpent?.()) {
      stop([one])
      continue
    }
    const marks = origin?.import ? marksOf(dayOf, one) : []
    const further = origin?.import ? [...marks, `title ${slugOf(one.input.title)}`] : []
    const wait = () => {
      later.push(one)
      for (const mark of further) waiting.add(mark)
    }
    if (marks.some((mark) => taken.has(mark)) || further.some((mark) => waiting.has(mark))) {
      wait()
      continue
    }
    const made = await prepare(ports, match, paths, { origin, deleted, taken, findSlug })
    const keys = made.ok ? keysOf(made.value) : []
    if (keys.some((key) => taken.has(key))) wait()
    else if (made.ok && !made.value.unchanged) {
      changed.push({ one, ready: made.value })
      for (const key of [...keys, ...marks]) taken.add(key)
    } else {
      answers[one.at] = answerOf(made, 0)
      origins.push(...originsIn(made, match))
    }
  }
  if (origins.length > 0) await ports.store.addOrigins(origins)
  if (changed.length < given.length) ports.takeUp?.()
  if (changed.length > 0) await saveTogether(ports, changed, answers)
  await publishTogether(ports, later, answers)
}

async function saveTogether(
  ports: PublishPorts,
  changed: readonly { one: Placed; ready: Ready }[],
  answers: Result<Saved>[],
): Promise<void> {
  const now = ports.clock()
  const urgent = changed.some(({ ready }) => takesBack(ready, now))
  const changes = changed.map(({ one, ready }) => changeOf(ready, isTold(one.origin)))
  const outcome = await attemptSave(ports, () => ports.store.save(changes, urgent))
  if (outcome.kind === 'saved') {
    await spread(ports, outcome, urgent)
    for (const { one, ready } of changed) answers[one.at] = answerOf(success(ready), outcome.revision)
  } else if (outcome.kind === 'unfinished') {
    for (const { one } of changed) answers[one.at] = unfinished(one.input)
  } else {
    const middle = Math.ceil(changed.length / 2)
    for (const half of [changed.slice(0, middle), changed.slice(middle)]) {
      await publishTogether(
        ports,
        half.map(({ one }) => one),
        answers,
      )
    }
  }
}

const unfinished = (input: ArticleInput): Result<Saved> =>
  failure({ kind: 'unfinished', slug: slugFor(input) })

/** The id and the slug of an article, which no two articles of one save may have in common. */
const keysOf = ({ article: { id, slug } }: Ready): string[] => [`id ${id}`, `slug ${slug}`]

/**
 * What an article of an import is known by. Of two articles of an import that have one of these in common, the second is
 * compared with the first after that one is saved.
 */
function marksOf(dayOf: DayOf, { input, origin }: Given): string[] {
  const { id, slug, title, published } = input
  const path = origin?.import?.path
  const day = published === undefined ? '' : dayOf({ ...input, published })
  return [
    ...(id === undefined ? [`title ${day} ${slugOf(title)}`] : [`id ${id}`]),
    ...(slug === undefined ? [] : [`slug ${slug}`]),
    ...(path === undefined ? [] : [`path ${path}`]),
  ]
}
