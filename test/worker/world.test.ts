import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { examples } from '../laws.ts'
import { emptyDatabase, prepareDatabase } from './database.ts'
import { invariants } from './invariants.ts'
import { addresses, anySteps, conditions, type Step } from './steps.ts'
import { ask, count, openWorld, perform, type World } from './world.ts'

/**
 * The kinds of step after which the function `look` polls no address. `wait` is one of them, so that the next
 * step may be a save, and no request before this save has carried out the changes that have become due.
 */
const unseen: readonly Step['do'][] = ['poll', 'read deltas', 'wait']

/** Performs the steps in a new test world. Throws if an invariant does not hold after a step or after the last step. */
async function live(steps: readonly Step[], tally: Map<string, number>): Promise<void> {
  await emptyDatabase()
  await prepareDatabase()
  const world = await openWorld(tally)
  const all = invariants()
  for (const [at, step] of steps.entries()) {
    await perform(world, step)
    for (const { name, between } of all) await told(`${name}: in ${where(at, step)}`, () => between?.(world))
    if (!unseen.includes(step.do)) await look(world, at)
    for (const { name, after } of all)
      await told(`${name}: after ${where(at, step)}`, () => after?.(world, step))
  }
  Object.assign(world.faults, { refused: 0, lost: false })
  world.failing.clear()
  world.site.at(world.latest)
  for (const { name, atEnd } of all) await told(`${name}: at the end`, () => atEnd?.(world))
  count(world, 'world')
}

const where = (at: number, step: Step): string => `step ${at + 1}, ${JSON.stringify(step)}`

const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 2000)

async function told(which: string, check: () => Promise<void> | void): Promise<void> {
  try {
    await check()
  } catch (fault) {
    const { message, actual, expected } = fault as Error & { actual?: unknown; expected?: unknown }
    throw new Error(`${which}: ${message}\nfound: ${shown(actual)}\nright: ${shown(expected)}`)
  }
}

/**
 * Polls two addresses of the list `addresses` after the step with the number `at`. The first poll takes the
 * first three addresses in turn, and the second poll takes all addresses of the list in turn.
 */
async function look(world: World, at: number): Promise<void> {
  for (const address of new Set([addresses[at % 3], addresses[at % addresses.length]]))
    await ask(world, address as string)
}

const faultOf = (steps: readonly Step[], tally = new Map<string, number>()): Promise<Error | undefined> =>
  live(steps, tally).then(
    () => undefined,
    (fault: Error) => fault,
  )

const brokenBy = (fault: Error | undefined): string => fault?.message.split(':')[0] ?? ''

/**
 * The maximum number of shorter lists of steps that are tried after a failure. With this maximum, a failing
 * test ends within a minute.
 */
const maxTries = 30

/**
 * Shortens a list of steps that breaks an invariant, so that a person can read it. The function leaves out half
 * of the steps, then smaller parts, as long as the shorter list still breaks the same invariant as the whole
 * list.
 */
async function simplified(steps: readonly Step[], invariant: string): Promise<readonly Step[]> {
  let failing = steps
  let tries = 0
  for (let size = steps.length >> 1; size > 0; size >>= 1) {
    for (let at = failing.length - size; at >= 0; at -= size) {
      if (tries++ === maxTries) return failing
      const fewer = failing.toSpliced(at, size)
      if (brokenBy(await faultOf(fewer)) === invariant) failing = fewer
    }
  }
  return failing
}

/**
 * The minimum number of times that each kind of event must occur in a run. Without this minimum, an invariant
 * that checked nothing would pass.
 */
const expected = {
  ...{
    etag: 200,
    'last-modified': 40,
    'another version in charge': 2,
    compared: 80,
    held: 20,
    newest: 40,
    rows: 50,
    'not modified': 4,
  },
  ...{
    'answered 226': 1,
    'answered 503': 1,
    renamed: 1,
    delivered: 4,
    subscriber: 2,
    'walked 3 documents by next': 3,
    sitemaps: 3,
  },
}

const wait = (milliseconds: number): Step => ({ do: 'wait', milliseconds })
const save = (day: number): Step => ({
  ...{ do: 'save', slug: 'a', section: 'Monde', tags: ['Été'], author: 'Kim', day },
  ...{ status: 'published', syndicate: 'full' },
})

/** One poll of the newest articles with each condition. */
const polls = conditions.map((_, condition): Step => ({ do: 'poll', address: 0, condition, method: 'GET' }))

const takeCharge = (version: number): Step[] => [{ do: 'open a new isolate', version }, { do: 'run cron' }]

/**
 * A gradual deployment and its rollback, which random steps rarely contain. After the deployment, a machine
 * whose clock is behind saves an article. Before the rollback, the clock goes back behind a date that the
 * deployed version has sent.
 */
const deployment: Step[] = [
  ...[save(1), wait(1300), ...polls],
  ...[wait(60_000), ...takeCharge(1), wait(2500), ...polls],
  ...[wait(-4000), save(2), wait(2500), ...polls, wait(2500), ...polls],
  ...[wait(60_000), save(3), wait(1300), ...polls],
  ...[wait(-4000), ...takeCharge(0), wait(2500), ...polls, wait(2500), ...polls],
]

const worlds = examples(3)

/**
 * The maximum number of worlds that a run tries after the first `worlds` worlds. A run tries a further world
 * only if some kind of event has not occurred often enough in the worlds before.
 */
const maxFurtherWorlds = 6
const seed = inject('seed')
const given = inject('steps')

test('law: whatever editors, readers and cron do, and whatever fails, every invariant holds', {
  timeout: 60_000 + (worlds + maxFurtherWorlds) * 20_000,
}, async () => {
  const tally = new Map<string, number>()
  const seldom = () => Object.entries(expected).filter(([what, least]) => (tally.get(what) ?? 0) < least)
  const all = given
    ? [JSON.parse(given) as Step[]]
    : [deployment, ...fc.sample(anySteps, { seed, numRuns: worlds + maxFurtherWorlds })]
  for (const [at, steps] of all.entries()) {
    if (at > worlds && seldom().length === 0) break
    const fault = await faultOf(steps, tally)
    if (!fault) continue
    if (given) throw fault
    const fewer = await simplified(steps, brokenBy(fault))
    throw new Error(
      [
        (await faultOf(fewer))?.message ?? fault.message,
        `Seed ${seed}. To run what is left of its steps again:`,
        `STEPS='${JSON.stringify(fewer)}' npx vitest run --project workerd test/worker/world.test.ts`,
      ].join('\n'),
    )
  }
  if (given) return
  expect(seldom(), `what happened: ${JSON.stringify([...tally])}`).toEqual([])
})
