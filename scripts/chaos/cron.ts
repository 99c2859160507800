import { setTimeout as pause } from 'node:timers/promises'
import type { Run } from './run.ts'

/** How far the dates of the version in charge may begin after the present instant. */
const maxAheadMilliseconds = 2000

interface Charge {
  digest: string
  since: number
}

/**
 * Runs cron in random Workers until the run ends. Between the runs it checks which version is in charge: only
 * cron may change it, and its dates begin at most two seconds after the present instant.
 */
export async function runCron(run: Run): Promise<void> {
  const { random, site, report, tally } = run
  let before: Charge | undefined
  while (run.goesOn()) {
    before = await lookAtCharge(run, before)
    await pause(random.between(100, 1500))
    const unchanged = await lookAtCharge(run, before)
    if (before && unchanged && before.digest !== '' && unchanged.digest !== before.digest)
      report.broken('only cron changes the version in charge', JSON.stringify([before, unchanged]))
    before = unchanged ?? before
    const worker = site.workers().at(random.between(0, 2) % Math.max(1, site.workers().length))
    if (worker === undefined) continue
    const answer = await site.ask(worker, '/chaos/cron', { method: 'POST' })
    report.step(`${worker} ${answer?.status ?? 'no answer'} cron`)
    if (answer?.status !== 204) tally.add('cron failed')
  }
}

async function lookAtCharge({ site, report, tally }: Run, before?: Charge): Promise<Charge | undefined> {
  const [worker] = site.workers()
  const answer = worker === undefined ? undefined : await site.ask(worker, '/chaos/site')
  if (answer?.status !== 200) return undefined
  const charge = JSON.parse(answer.body) as Charge
  if (charge.since > answer.ended + maxAheadMilliseconds)
    report.broken('the dates of the version in charge begin at most two seconds from now', answer.body, [
      answer,
    ])
  if (before && before.digest !== '' && before.digest !== charge.digest) tally.add('changes of charge')
  return charge
}
