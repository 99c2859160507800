import { setTimeout as pause } from 'node:timers/promises'
import { token } from '../worker-process.ts'
import type { Run } from './run.ts'
import type { Answer } from './site.ts'

/** The headers of a request to the API. */
export const authorized = { Authorization: `Bearer ${token}` }

/** A request to the API that writes. */
interface Call {
  method: 'PUT' | 'DELETE'
  address: string
  body?: object
}

/** How an editor tries a request that got no answer: how many times, and with which probability once more. */
interface Patience {
  tries: number
  again: number
}

/**
 * Sends a request that writes, and repeats it if no answer comes or if the answer is an error of the server. The
 * answer is undefined if the editor gave up; the site may have saved the request all the same.
 */
export async function call(
  run: Run,
  { method, address, body }: Call,
  patience: Patience,
): Promise<Answer | undefined> {
  const { random, site, report, tally, saves } = run
  const what = `${method} ${address} ${body ? JSON.stringify(body) : ''}`
  for (let lost = 0; ; lost++) {
    let turn = await saves.turn()
    while (site.workers().length === 0) await pause(50)
    // Usually all saves of a turn go to one Worker, so that the others learn of them from the database alone.
    if (random.chance(0.1)) turn++
    const worker = site.workers()[turn % site.workers().length] as string
    const end = saves.begin()
    const answer = await site.ask(worker, address, {
      method,
      headers: { ...authorized, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    end()
    report.step(`${worker} ${answer?.status ?? 'no answer'} ${what}`)
    if (answer && answer.status < 500) {
      if (answer.status < 300) tally.add('writes acknowledged')
      return answer
    }
    tally.add('writes without answer')
    if (answer && !(answer.status === 503 && answer.trouble !== ''))
      report.broken('a write is answered while the database works', what, [answer])
    if (lost + 1 >= patience.tries || !random.chance(patience.again)) return undefined
    await pause(random.between(50, 500))
  }
}
