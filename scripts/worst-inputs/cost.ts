import { usageOf } from '../../bench/process.ts'
import type { Running } from '../../bench/worker.ts'
import { token } from '../../bench/worker.ts'
import type { Question } from './questions.ts'

/** The CPU time of one request of a kind, in milliseconds. */
interface Cost {
  /** The mean of the requests of the best round. */
  milliseconds: number
  /** How much less or more it can be, because the system counts CPU time in whole hundredths of a second. */
  uncertainty: number
}

const tickMilliseconds = 10
const requestsPerStep = 8
/** The mean of a round that used this much CPU time is exact to a twentieth. */
const exactMilliseconds = 20 * tickMilliseconds
const maxRounds = 6

/**
 * Measures the CPU time of workerd for a request, after two requests that load the code. A kind of request that is
 * certainly cheaper than `max` milliseconds is measured only until that is certain. A kind that is near `max` or above
 * it is measured in several rounds of which the cheapest counts, because whatever else runs on the machine makes
 * requests dearer.
 */
export async function measureCost(
  worker: Running,
  question: (at: number) => Question,
  max: number,
): Promise<Cost> {
  await send(worker, question, 2)
  let best: Cost | undefined
  for (let round = 0; round < maxRounds && isNear(best, max); round++) {
    const cost = await measureRound(worker, question, max)
    if (!best || cost.milliseconds < best.milliseconds) best = cost
  }
  return best as Cost
}

/** Whether another round can show that the target is met. */
const isNear = (cost: Cost | undefined, max: number): boolean =>
  cost === undefined || (cost.milliseconds > max && cost.milliseconds < 2 * max)

async function measureRound(worker: Running, question: (at: number) => Question, max: number): Promise<Cost> {
  const before = cpuMilliseconds(worker)
  for (let count = 0; ; ) {
    // Few requests of an expensive kind are as exact as many of a cheap one.
    const step = max > 50 ? 2 : requestsPerStep
    await send(worker, question, step)
    count += step
    const used = cpuMilliseconds(worker) - before
    const cost = { milliseconds: used / count, uncertainty: tickMilliseconds / count }
    if (cost.milliseconds + cost.uncertainty <= max || used >= exactMilliseconds) return cost
  }
}

/** A number that no earlier request has had. */
let asked = Date.now() % 1_000_000

async function send(worker: Running, question: (at: number) => Question, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent++) {
    const { path, method = 'GET', headers = {}, body, isAccepted } = question(asked++)
    const client = `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`
    const answer = await fetch(`${worker.address}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        'CF-Connecting-IP': client,
        ...(path.startsWith('/api/') && { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    })
    await answer.arrayBuffer()
    const isUnmeasured = answer.status === 429 || answer.status === 431 || answer.status >= 500
    if (isUnmeasured || (isAccepted && !answer.ok)) {
      throw new Error(`${method} ${path.slice(0, 100)}: ${answer.status}`)
    }
  }
}

function cpuMilliseconds({ pid }: Running): number {
  const usage = pid === undefined ? undefined : usageOf(pid)
  if (!usage) throw new Error('The CPU time of workerd cannot be read on this system')
  return usage.cpuMicroseconds / 1000
}
