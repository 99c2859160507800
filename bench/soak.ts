import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { articleAt } from './articles.ts'
import { save } from './client.ts'
import { openEnvironment } from './environment.ts'
import { parseWhole } from './options.ts'
import { usageOf } from './process.ts'
import { writeResult } from './results.ts'
import { openLedger } from './soak/ledger.ts'
import { markOf, poll, type Tally } from './soak/pollers.ts'
import { quantileOf } from './statistics.ts'
import { figure, renderTerminal, type Section, verdict } from './table.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    articles: { type: 'string', default: '2000' },
    pollers: { type: 'string', default: '16' },
    quick: { type: 'boolean', default: false },
  },
})
const seconds = values.quick ? 10 : parseWhole('--seconds', values.seconds)
const articles = parseWhole('--articles', values.articles)
const pollers = parseWhole('--pollers', values.pollers)

/** Milliseconds between two saves. */
const saveEvery = 700
/** Milliseconds between two readings of the memory. */
const lookEvery = 2000

const environment = openEnvironment({
  rounds: 1,
  seconds: 1,
  articles: [articles],
  load: undefined,
  stores: undefined,
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => environment.close().finally(() => process.exit(130)))
}

try {
  const section = await soak()
  console.log(renderTerminal(section))
  if (!values.quick) writeResult('soak', section, `${pollers} pollers of our own`)
} finally {
  await environment.close()
}

/** Polls and saves at the same time, and reports the results. */
async function soak(): Promise<Section> {
  const { address, pid } = await environment.serve(articles, { saves: true })
  const tally: Tally = { answers: {}, wrong: [], times: [], staleness: [] }
  const ledger = openLedger()
  const end = performance.now() + seconds * 1000
  const goesOn = () => performance.now() < end
  const memory: number[] = []
  const publish = async () => {
    const edition = ledger.last() + 1
    await save(address, { ...articleAt(0), title: markOf(edition) })
    ledger.saved(edition, performance.now())
    if (edition % 5 === 0) await save(address, articleAt(articles + edition))
  }
  const every = async (milliseconds: number, work: () => Promise<void> | void) => {
    while (goesOn()) {
      await work()
      await pause(milliseconds)
    }
  }
  await publish()
  await Promise.all([
    every(saveEvery, publish),
    every(lookEvery, () => {
      if (pid !== undefined) memory.push(usageOf(pid)?.memory ?? Number.NaN)
    }),
    ...Array.from({ length: pollers }, (_, number) => poll(address, number + 1, ledger, tally, goesOn)),
  ])
  return sectionOf(tally, ledger.last(), memory)
}

function sectionOf(
  { answers, wrong, times, staleness }: Tally,
  saved: number,
  memory: readonly number[],
): Section {
  const quarter = Math.floor(memory.length / 4)
  const [second = Number.NaN, last = Number.NaN] = [
    memory.slice(quarter, 2 * quarter),
    memory.slice(-quarter),
  ].map((part) => quantileOf(part, 0.5))
  const stalest = staleness.reduce((most, one) => Math.max(most, one), 0)
  for (const one of wrong.slice(0, 10)) console.error(one)
  return {
    title: 'Soak: polls of every kind while articles are saved',
    columns: ['what', 'figure', 'target'],
    rows: [
      ['seconds', figure(seconds), ''],
      ['saves', figure(saved), ''],
      [
        'answers',
        Object.entries(answers)
          .map(([status, count]) => `${figure(count)} × ${status}`)
          .join(', '),
        '',
      ],
      ['p50, p99 ms', `${figure(quantileOf(times, 0.5), 1)}, ${figure(quantileOf(times, 0.99), 1)}`, ''],
      ['wrong answers', figure(wrong.length), verdict(wrong.length, '≤ 0')],
      ['stalest answer, ms after the save', figure(stalest), verdict(stalest, '≤ 1,000')],
      [
        'memory in the second and the last quarter, MiB',
        `${figure(second)}, ${figure(last)}`,
        verdict(last / second, '≤ 1.1 times'),
      ],
    ],
    notes: [
      `${pollers} pollers, ${figure(articles)} articles; a save every ${saveEvery} ms. An answer is stale when a save that was over when it was asked for is not in it.`,
    ],
  }
}
