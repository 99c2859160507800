import { checkSeed } from './check.ts'
import { openEnvironment } from './environment.ts'
import { type FigureName, figures } from './figures.ts'
import { help, parseOptions } from './options.ts'
import { writeResult } from './results.ts'
import { renderTerminal } from './table.ts'

if (process.argv.includes('--help')) {
  console.log(help)
  process.exit()
}
const options = parseOptions(process.argv.slice(2))
const environment = openEnvironment(options)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => environment.close().finally(() => process.exit(130)))
}

try {
  await checkSeed(environment)
  for (const name of options.only) await show(name)
} finally {
  await environment.close()
}

/** Runs one measurement and prints its results. If the measurement fails, the remaining measurements still run. */
async function show(name: FigureName): Promise<void> {
  const start = performance.now()
  try {
    const section = await figures[name](environment)
    console.log(renderTerminal(section))
    if (options.write) writeResult(name, section, environment.tool.name)
  } catch (fault) {
    console.error(fault)
    process.exitCode = 1
  }
  await environment.rest()
  console.error(`(${name}: ${Math.round((performance.now() - start) / 1000)} s)`)
}
