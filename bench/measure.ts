import type { LoadTool, Question, Spell } from './load.ts'
import { usageOf } from './process.ts'
import { type Spread, spreadOf } from './statistics.ts'
import type { Running } from './worker.ts'

/** One Worker that is asked one thing under load. */
export interface Contender {
  name: string
  worker: Running
  question: Question
  status: number
}

/** What the rounds of one contender came to, a figure a round in each list. */
export interface Measured {
  /** Answers a second. */
  rates: number[]
  /** Microseconds of CPU that its workerd used for an answer. */
  costs: number[]
  p50: Spread
  p99: Spread
  errors: number
  /** MiB of its workerd after its last spell. */
  memory: number
}

export interface Pace {
  rounds: number
  seconds: number
}

/**
 * Asks all contenders in turn, round after round, so that whatever else the machine does meets them alike; every
 * second round runs backwards. Each round may bring new Workers to the same names; new ones are asked for a second
 * before they count. Fails when an answer is not what its contender says.
 */
export async function measure(
  tool: LoadTool,
  contendersOf: (round: number) => Promise<readonly Contender[]> | readonly Contender[],
  { rounds, seconds }: Pace,
): Promise<Map<string, Measured>> {
  const spells = new Map<string, Timed[]>()
  const warm = new Set<Contender>()
  for (let round = 0; round < rounds; round++) {
    const contenders = await contendersOf(round)
    for (const contender of contenders) {
      if (warm.has(contender)) continue
      warm.add(contender)
      await check(contender)
      await tool.load(contender.question, 1)
    }
    for (const contender of round % 2 ? contenders.toReversed() : contenders) {
      const spell = await timed(tool, contender, seconds)
      spells.set(contender.name, [...(spells.get(contender.name) ?? []), spell])
    }
    for (const contender of contenders) await check(contender)
  }
  return new Map([...spells].map(([name, ofIt]) => [name, measuredOf(ofIt)]))
}

interface Timed extends Spell {
  cost: number
  memory: number
}

async function timed(tool: LoadTool, { worker, question }: Contender, seconds: number): Promise<Timed> {
  const before = usage(worker)
  const spell = await tool.load(question, seconds)
  const { cpuMicroseconds, memory } = usage(worker)
  return { ...spell, memory, cost: (cpuMicroseconds - before.cpuMicroseconds) / spell.requests }
}

function measuredOf(spells: readonly Timed[]): Measured {
  return {
    rates: spells.map(({ requests, seconds }) => requests / seconds),
    costs: spells.map(({ cost }) => cost),
    p50: spreadOf(spells.map(({ p50 }) => p50)),
    p99: spreadOf(spells.map(({ p99 }) => p99)),
    errors: spells.reduce((sum, { errors }) => sum + errors, 0),
    memory: spells.at(-1)?.memory ?? Number.NaN,
  }
}

const unknown = { cpuMicroseconds: Number.NaN, memory: Number.NaN }
const usage = ({ pid }: Running) => (pid === undefined ? unknown : (usageOf(pid) ?? unknown))

async function check({ name, question, status }: Contender): Promise<void> {
  const answer = await fetch(question.url, { headers: question.headers ?? {}, redirect: 'manual' })
  const body = await answer.arrayBuffer()
  if (answer.status !== status || (status === 200 && body.byteLength === 0)) {
    throw new Error(`${name}: ${question.url} answered ${answer.status}, not ${status}`)
  }
}

/** One contender's figures over another's, round by round: what both met in a round does not count. */
export const ratioOf = (one: readonly number[], other: readonly number[]): Spread =>
  spreadOf(one.map((figure, round) => figure / (other[round] ?? Number.NaN)))
