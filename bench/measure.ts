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
  /** MiB of its workerd after the last round. */
  memory: number
}

export interface Pace {
  rounds: number
  seconds: number
}

/**
 * Asks all contenders in turn, round after round, so that whatever else the machine does meets them alike; every
 * second round runs backwards. Fails when an answer is not what its contender says.
 */
export async function measure(
  tool: LoadTool,
  contenders: readonly Contender[],
  { rounds, seconds }: Pace,
): Promise<Map<string, Measured>> {
  const rows = contenders.map((contender) => ({ contender, spells: [] as Timed[] }))
  for (const { contender } of rows) {
    await check(contender)
    await tool.load(contender.question, 1)
  }
  for (let round = 0; round < rounds; round++) {
    for (const { contender, spells } of round % 2 ? rows.toReversed() : rows) {
      spells.push(await timed(tool, contender, seconds))
    }
  }
  for (const { contender } of rows) await check(contender)
  return new Map(rows.map(({ contender, spells }) => [contender.name, measuredOf(contender, spells)]))
}

interface Timed extends Spell {
  cost: number
}

async function timed(tool: LoadTool, { worker, question }: Contender, seconds: number): Promise<Timed> {
  const before = usage(worker)
  const spell = await tool.load(question, seconds)
  return { ...spell, cost: (usage(worker).cpuMicroseconds - before.cpuMicroseconds) / spell.requests }
}

function measuredOf({ worker }: Contender, spells: readonly Timed[]): Measured {
  return {
    rates: spells.map(({ requests, seconds }) => requests / seconds),
    costs: spells.map(({ cost }) => cost),
    p50: spreadOf(spells.map(({ p50 }) => p50)),
    p99: spreadOf(spells.map(({ p99 }) => p99)),
    errors: spells.reduce((sum, { errors }) => sum + errors, 0),
    memory: usage(worker).memory,
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
