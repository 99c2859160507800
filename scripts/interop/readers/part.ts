import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { migrate } from '../../../src/cli/migrate.ts'
import type { Format } from '../../../src/domain/format.ts'
import { temporaryStore } from '../../local-server.ts'
import { freePort } from '../../ports.ts'
import { kill, serve } from '../../worker-process.ts'
import { installedOf, type Part } from '../part.ts'
import { commentLife } from './comment-life.ts'
import { differences } from './compare.ts'
import { articleLife, type Life, type Published, type Site, type Step } from './life.ts'
import { type OpenReader, pollSeconds, type Reader } from './reader.ts'
import { type Relay, startRelay } from './relay.ts'
import { tools } from './tools.ts'

/**
 * Feed readers in front of a running Worker: after each step of the life cycle of what a site publishes, each feed reader
 * shows everything exactly once, and the texts as published.
 */
const partOf = (name: string, life: Life): Part => ({
  name,
  what: `Debian’s feed readers, through the life cycle of a site’s ${life.what}`,
  run: async () => {
    const { installed, skipped } = installedOf(tools)
    const { wrong, checked } =
      installed.length > 0 ? await liveWith(installed, life) : { wrong: 0, checked: 0 }
    const names = installed.map(({ name }) => name)
    return {
      checked,
      what: `${life.steps.length} steps with ${names.join(', ') || 'no feed reader'}`,
      wrong,
      skipped,
    }
  },
})

export const readers = partOf('readers', articleLife)
export const commentReaders = partOf('comments', commentLife)

/** A feed reader that goes through the life cycle, or polls once after its end. */
interface Run {
  reader: Reader
  relay: Relay
  open: OpenReader
  paths: ReadonlyMap<Format, string>
  /** What the feed reader has stored of each article, by format and by the article's id. */
  stored: ReadonlyMap<Format, Map<string, Published>>
  /** Whether the feed reader has failed or hung. It is then left out of the further steps, which would take as long. */
  hasFailed: boolean
}

/** Takes the feed readers through all steps, prints a table of the results, and counts the results and the faults. */
async function liveWith(
  installed: readonly Reader[],
  { settings, feed, steps }: Life,
): Promise<{ wrong: number; checked: number }> {
  const { store, remove } = temporaryStore()
  const { store: folder, remove: removeFolder } = temporaryStore()
  migrate(store)
  const port = await freePort()
  const worker = await serve(store, port, settings)
  const site: Site = { port, published: new Map() }
  let [wrong, checked] = [0, 0]
  const check = async (what: string, runs: readonly Run[], step: Step) => {
    const results = await Promise.all(runs.map((run) => faultsAfter(step, run, site)))
    console.log(
      what.padEnd(32),
      ...results.map((faults, at) =>
        `${runs[at]?.reader.name}: ${faults.length === 0 ? 'right' : 'WRONG'}`.padEnd(18),
      ),
    )
    checked += results.length
    for (const [at, faults] of results.entries()) {
      if (faults.length > 0) wrong++
      for (const fault of faults) console.log(`  ${runs[at]?.reader.name}: ${fault}`)
    }
  }
  const startIn = (own: string, reader: Reader): Promise<Run[]> =>
    start(reader, port, feed, own).then(
      (run) => [run],
      (fault: Error) => {
        wrong++
        console.log(`  ${reader.name} does not start: ${fault.message}`)
        return []
      },
    )
  const open: Run[] = []
  try {
    for (const reader of installed) open.push(...(await startIn(join(folder, reader.name), reader)))
    for (const step of steps) {
      await step.change(site)
      await check(step.what, open.filter(isWell), step)
    }
    const newcomers: Run[] = []
    for (const { reader } of open.filter(isWell))
      newcomers.push(...(await startIn(join(folder, `new-${reader.name}`), reader)))
    open.push(...newcomers)
    await check('a new subscriber', newcomers, { what: '', change: async () => {}, answer: 'whole feed' })
    return { wrong, checked }
  } finally {
    for (const run of open) {
      await run.open.close()
      run.relay.close()
    }
    await kill(worker)
    remove()
    removeFolder()
  }
}

const isWell = ({ hasFailed }: Run): boolean => !hasFailed

async function start(reader: Reader, port: number, feed: string, folder: string): Promise<Run> {
  mkdirSync(folder)
  const relay = await startRelay(port)
  const paths = new Map(reader.formats.map((format) => [format, `${feed}.${format}`]))
  const addresses = new Map(
    [...paths].map(([format, path]) => [format, `http://127.0.0.1:${relay.port}${path}`]),
  )
  const stored = new Map(reader.formats.map((format) => [format, new Map<string, Published>()]))
  try {
    return { reader, relay, paths, stored, hasFailed: false, open: await reader.open(folder, addresses) }
  } catch (fault) {
    relay.close()
    throw fault
  }
}

/**
 * Has a feed reader poll, and returns what is wrong: in what it was answered, and in what it shows. A feed reader that
 * fails or hangs is a fault too.
 */
async function faultsAfter(step: Step, run: Run, site: Site): Promise<string[]> {
  try {
    const answers = await pollOnce(run)
    const faults = answers.flatMap(({ format, status }) => wrongAnswer(step, run.reader, format, status))
    for (const format of run.paths.keys()) faults.push(...(await faultsIn(run, format, site)))
    return faults
  } catch (fault) {
    run.hasFailed = true
    return [`${(fault as Error).message}; it is left out of the further steps`]
  }
}

/** Has a feed reader poll until it has been given an answer for each of its feeds, and returns the statuses. */
async function pollOnce({ relay, open, paths }: Run): Promise<{ format: Format; status: number }[]> {
  const before = relay.passed.length
  const latest = Date.now() + pollSeconds * 1000
  for (;;) {
    await open.poll()
    // Liferea polls in the background, and ignores the request while it still works on the last poll.
    for (let look = 0; look < 20; look++) {
      const given = relay.passed.slice(before)
      const answers = [...paths].map(([format, path]) => ({
        format,
        status: given.find((passed) => passed.path === path)?.status ?? 0,
      }))
      if (answers.every(({ status }) => status !== 0)) return answers
      if (Date.now() > latest) {
        const missing = answers.filter(({ status }) => status === 0).map(({ format }) => format)
        throw new Error(`did not ask for ${missing.join(', ')} within ${pollSeconds} seconds`)
      }
      await pause(100)
    }
  }
}

/** Returns what is wrong in the status with which a feed reader was answered. */
function wrongAnswer({ answer }: Step, { readsDeltas }: Reader, format: Format, status: number): string[] {
  const some = readsDeltas ? [200, 226] : [200]
  const allowed = {
    'whole feed': [200],
    'not modified': [304],
    'delta, where it is read': [readsDeltas ? 226 : 200],
    '': [...some, 304],
  }[answer ?? '']
  return allowed.includes(status)
    ? []
    : [`${format}: the answer is ${status}, and not ${allowed.join(' or ')}`]
}

/** Returns what is wrong in what a feed reader shows of one feed. A slow feed reader gets ten seconds to store it. */
async function faultsIn({ reader, open, stored }: Run, format: Format, site: Site): Promise<string[]> {
  const latest = reader.isSlow ? Date.now() + 10_000 : 0
  for (;;) {
    const next = new Map(stored.get(format))
    const faults = differences(await open.shown(format), [...site.published.values()], reader.keeps, next)
    if (faults.length === 0 || Date.now() > latest) {
      for (const [id, one] of next) stored.get(format)?.set(id, one)
      return faults.map((fault) => `${format}: ${fault}`)
    }
    await pause(200)
  }
}
