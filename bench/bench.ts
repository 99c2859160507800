import { checkSeed } from './check.ts'
import { type FigureName, figures } from './figures.ts'
import { openHouse } from './house.ts'
import { help, parseOptions } from './options.ts'
import { writeResult } from './results.ts'
import { renderTerminal } from './table.ts'

if (process.argv.includes('--help')) {
  console.log(help)
  process.exit()
}
const options = parseOptions(process.argv.slice(2))
const house = openHouse(options)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => house.close().finally(() => process.exit(130)))
}

try {
  await checkSeed(house)
  for (const name of options.only) await show(name)
} finally {
  await house.close()
}

/** Runs one measurement and prints its results. If the measurement fails, the remaining measurements still run. */
async function show(name: FigureName): Promise<void> {
  const start = performance.now()
  try {
    const section = await figures[name](house)
    console.log(renderTerminal(section))
    if (options.write) writeResult(name, section, house.tool.name)
  } catch (fault) {
    console.error(fault)
    process.exitCode = 1
  }
  await house.rest()
  console.error(`(${name}: ${Math.round((performance.now() - start) / 1000)} s)`)
}
