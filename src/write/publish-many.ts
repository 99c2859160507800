// I/O: reads and writes the store, then calls the edge cache and the hub.
import type { Origin } from '../domain/backup.ts'
import type { ArticleInput } from '../domain/input.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { slugFor } from '../ingest/article.ts'
import { namesOf, pathsOf } from './names.ts'
import type { PublishPorts } from './ports.ts'
import {
  always,
  answerOf,
  changeOf,
  deletedAmong,
  knownAmong,
  prepare,
  publish,
  type Ready,
  type Saved,
  takesBack,
} from './publish.ts'
import { attemptSave, spread } from './spread.ts'

/** An input of a bulk import: its place among the inputs, and what a backup says about it. */
interface Given {
  at: number
  input: ArticleInput
  origin: Origin | undefined
}

/**
 * Saves many articles in as few saves as possible, usually in one. The results are in the order of the inputs, one for each
 * article. An article that is refused does not prevent the save of the others. `origins` has, for each input from a backup,
 * what the backup says about it: such an input never replaces a newer article.
 */
export async function publishMany(
  ports: PublishPorts,
  inputs: readonly ArticleInput[],
  origins: readonly (Origin | undefined)[] = [],
): Promise<Result<Saved>[]> {
  const answers: Result<Saved>[] = []
  const given = inputs.map((input, at): Given => ({ at, input, origin: origins[at] }))
  await publishTogether(ports, given, answers)
  return answers
}

/**
 * Saves articles as one save, and writes the result of each into `answers`. If the store refuses the save, because of one
 * article or because of another request, each half of the articles is saved for itself.
 */
async function publishTogether(
  ports: PublishPorts,
  given: readonly Given[],
  answers: Result<Saved>[],
): Promise<void> {
  const [first] = given
  if (first === undefined) return
  const stop = (those: readonly Given[]) => {
    for (const { at, input } of those) answers[at] = unfinished(input)
  }
  if (ports.isSpent?.()) return stop(given)
  if (given.length === 1) {
    answers[first.at] = await publish(ports, first.input, always, first.origin)
    return
  }
  const inputs = given.map(({ input }) => input)
  const [stored, paths] = await Promise.all([
    ports.store.findMany(
      inputs.flatMap(({ id }) => id ?? []),
      inputs.map((input) => slugFor(input)),
    ),
    pathsOf(
      ports.store,
      given.flatMap(({ input, origin }) => namesOf(input, origin)),
    ),
  ])
  const deleted = await deletedAmong(
    ports.store,
    inputs,
    given.map(({ origin }) => origin),
    stored,
  )
  const taken = new Set<string>()
  const changed: { one: Given; ready: Ready }[] = []
  // These have the id or slug of an article that is changed before them, and therefore belong to a later save.
  const later: Given[] = []
  for (const one of given) {
    const { input, origin } = one
    if (ports.isSpent?.()) {
      stop([one])
      continue
    }
    const made = await prepare(ports, input, knownAmong(stored, input), paths, {
      origin,
      deleted,
      taken,
    })
    const keys = made.ok ? keysOf(made.value) : []
    if (keys.some((key) => taken.has(key))) later.push(one)
    else if (made.ok && !made.value.unchanged) {
      changed.push({ one, ready: made.value })
      for (const key of keys) taken.add(key)
    } else answers[one.at] = answerOf(made, 0)
  }
  if (changed.length < given.length) ports.takeUp?.()
  if (changed.length > 0) await saveTogether(ports, changed, answers)
  await publishTogether(ports, later, answers)
}

async function saveTogether(
  ports: PublishPorts,
  changed: readonly { one: Given; ready: Ready }[],
  answers: Result<Saved>[],
): Promise<void> {
  const urgent = changed.some(({ ready }) => takesBack(ready, ports.clock()))
  const changes = changed.map(({ ready }) => changeOf(ready))
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
