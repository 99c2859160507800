import { parseArgs } from 'node:util'
import { type Outcome, skipText } from './interop/part.ts'
import { parts } from './interop/parts.ts'

/**
 * Checks Kiosque with programs of other people, in parts; `--only NAME` runs one part. A tool that is not installed is
 * skipped and named. Exits with 1 if anything is wrong, and with 2 if nothing at all was checked.
 */
async function run(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: 'string', multiple: true }, help: { type: 'boolean' } },
  })
  const names = parts.map(({ name }) => name)
  const unknown = (values.only ?? []).filter((name) => !names.includes(name))
  if (values.help || unknown.length > 0) {
    for (const name of unknown) console.error(`There is no part "${name}".`)
    console.log('npm run interop -- [--only PART]…')
    for (const { name, what } of parts) console.log(`  ${name.padEnd(10)} ${what}`)
    return unknown.length > 0 ? 2 : 0
  }
  const outcomes: [name: string, outcome: Outcome][] = []
  for (const { name, run } of parts.filter(({ name }) => values.only?.includes(name) ?? true)) {
    console.log(`== ${name}`)
    const outcome = await run().catch((fault: Error) => {
      console.log(`  ${name} stopped: ${fault.stack}`)
      return { checked: 0, what: 'stopped by a fault', wrong: 1, skipped: [] }
    })
    for (const tool of outcome.skipped) console.log(`  skipped: ${skipText(tool)}`)
    outcomes.push([name, outcome])
  }
  for (const [name, outcome] of outcomes) console.log(summaryOf(name, outcome))
  if (outcomes.some(([, { wrong }]) => wrong > 0)) return 1
  if (outcomes.some(([, { checked }]) => checked > 0)) return 0
  console.error('NOTHING WAS CHECKED: no tool is installed.')
  return 2
}

function summaryOf(name: string, { checked, what, wrong, skipped }: Outcome): string {
  const verdict = wrong > 0 ? `WRONG (${wrong})` : checked > 0 ? 'right' : 'NOTHING CHECKED'
  const tools = skipped.length > 0 ? `; skipped: ${skipped.map(({ name }) => name).join(', ')}` : ''
  return `${name.padEnd(10)} ${verdict}; ${checked} results: ${what}${tools}`
}

process.exit(await run())
