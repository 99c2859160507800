import type { LoadTool, Question, Spell } from './load.ts'
import { usageOf } from './process.ts'
import { type Spread, spreadOf } from './statistics.ts'
import type { Running } from './worker.ts'

/** A Worker, and the kind of request that the benchmark sends to this Worker. */
export interface Contender {
  name: string
  worker: Running
  question: Question
  status: number
}

/** The results of one contender; each list has one figure for each round. */
export interface Measured {
  /** Answers per second. */
  rates: number[]
  /** Microseconds of CPU time that workerd used for each answer. */
  costs: number[]
  p50: Spread
  p99: Spread
  errors: number
  /** Memory of workerd after the last period of load, in MiB. */
  memory: number
}

export interface Pace {
  rounds: number
  seconds: number
}

/**
 * Puts load on all contenders in turn, round after round, so that other work of the machine affects all
 * contenders equally. Every second round runs in reverse order. Each round may start new Workers. The results
 * of contenders with the same name in different rounds belong together. A new Worker gets load for one second
 * before it is measured. Fails if a contender's answer has an unexpected status or no body.
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

/**
 * The ratios of one contender's figures to another contender's figures. A ratio is computed for each round, so
 * that conditions that affect the whole round cancel out.
 */
export const ratioOf = (one: readonly number[], other: readonly number[]): Spread =>
  spreadOf(one.map((figure, round) => figure / (other[round] ?? Number.NaN)))
