import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../src/cli/migrate.ts'
import { runCron } from './chaos/cron.ts'
import { disturb } from './chaos/disturb.ts'
import { openEdge } from './chaos/edge.ts'
import { changeOnce, edit, saveEverywhere } from './chaos/editors.ts'
import { checkEnd } from './chaos/ending.ts'
import { openLaws } from './chaos/laws.ts'
import { openLedger } from './chaos/ledger.ts'
import { randomOf } from './chaos/random.ts'
import { byDate, forDelta, pollAll, pollHot } from './chaos/readers.ts'
import { renameAll } from './chaos/renamer.ts'
import { openReport } from './chaos/report.ts'
import type { Run } from './chaos/run.ts'
import { openSaves } from './chaos/saves.ts'
import { buildWorker, openSite } from './chaos/site.ts'
import { listen, openSubscribers } from './chaos/subscribers.ts'
import { openTally } from './chaos/tally.ts'
import { calm } from './chaos/weather.ts'

/**
 * Runs two versions of the Worker on one store, while statements fail at random and the processes are killed, and
 * checks the laws of `scripts/chaos/laws.ts` and `scripts/chaos/ending.ts`. `npm run chaos -- 30` runs for 30
 * seconds; `SEED=7 npm run chaos` makes the choices of another run again.
 */
const standardSeconds = 120
const seconds = Number(process.argv[2] ?? standardSeconds)
if (!(seconds > 0))
  throw new Error(`"${process.argv[2]}" is not a number of seconds, as in: npm run chaos -- 30`)
/**
 * Seconds by which a standard run may last longer until every kind of event has happened, because a slow machine has
 * fewer events.
 */
const extraSeconds = 240
const seed = Number(process.env.SEED ?? randomInt(1e6))

/** The probability that the edge refuses a purge, or that its answer is lost. */
const refusal = 0.1

/** The feeds that have a subscriber from the start. */
const topics = ['/feed.json', '/tags/ete/feed.json', '/sections/monde/feed.rss', '/authors/kim/feed.atom']

async function chaos(): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'kiosque-chaos-'))
  console.log(`chaos: ${seconds} s with SEED=${seed}, in ${folder}`)
  migrate(join(folder, 'store'))
  const modules = await buildWorker(folder)
  const [random, tally, ledger, edge] = [randomOf(seed), openTally(), openLedger(), openEdge()]
  const choices = randomOf(seed + 1)
  let isCalm = false
  const receiver = await listen((request, body, response) => {
    if (request.url === '/kill') {
      tally.add('kills after a write')
      report.step('killed after a write')
      site.kill()
      return
    }
    if (request.url !== '/purge') return subscribers.answer(request, body, response)
    const isRefused = !isCalm && choices.chance(refusal)
    const isLost = !isCalm && choices.chance(refusal)
    tally.add(isRefused ? 'refused purges' : 'purges')
    if (!isRefused) tally.add('copies purged', edge.purge(JSON.parse(body)))
    if (isLost) response.destroy()
    else response.end(JSON.stringify({ success: !isRefused }))
  })
  const site = openSite({ folder, modules, runAddress: receiver.address }, random, tally)
  const report = openReport(folder, site.now)
  const subscribers = openSubscribers(randomOf(seed + 2), tally, () => receiver.address)
  const saves = openSaves(site.now, ledger)
  const laws = openLaws({ saves, ledger, edge, report, tally })
  let end = Infinity
  // A shorter run may be too short for some kinds of events.
  const missing = () => (seconds >= standardSeconds ? tally.missing() : [])
  const isOver = () => Date.now() >= end + (missing().length > 0 ? extraSeconds * 1000 : 0)
  const goesOn = () => !isOver() && report.failure() === undefined
  const run: Run = {
    ...{ random, site, ledger, laws, edge, subscribers, report, tally, goesOn, saves },
    renamed: { number: 0 },
  }
  await site.start(['a1'], calm, 0)
  await saveEverywhere(run)
  for (const topic of topics) await subscribers.subscribe(run, topic)
  site.kill()
  end = Date.now() + seconds * 1000
  const disturbance = disturb(run)
  const actors = Promise.all([
    edit(run, ['a-1', 'a-2', 'a-3', 'a-4', 'a-5']),
    edit(run, ['b-1', 'b-2', 'b-3', 'b-4', 'b-5']),
    ...['c', 'd', 'e'].map((editor) => changeOnce(run, editor)),
    renameAll(run),
    runCron(run),
    pollHot(run, forDelta),
    pollHot(run, byDate),
    ...Array.from({ length: 3 }, () => pollAll(run)),
  ])
  await disturbance
  isCalm = true
  await site.start(['a1', 'b1'], calm, 0)
  report.step('started a1 b1, calm until the end')
  await actors
  if (report.failure() === undefined) await checkEnd(run)
  site.kill()
  receiver.close()
  console.log(`chaos: ${tally.text()}`)
  const failure =
    report.failure() ?? (missing().length > 0 ? `never happened: ${missing().join(', ')}` : undefined)
  if (failure === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  return failure
}

const failure = await chaos()
if (failure !== undefined) console.error(failure)
process.exitCode = failure === undefined ? 0 : 1
