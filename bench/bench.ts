import { checkSeed } from './check.ts'
import { type FigureName, figures } from './figures.ts'
import { openHouse } from './house.ts'
import { help, parseOptions } from './options.ts'
import { writeResults } from './results.ts'
import { renderTerminal, type Section } from './table.ts'

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
  const sections: [FigureName, Section][] = []
  for (const name of options.only) {
    const start = performance.now()
    const section = await figures[name](house)
    await house.rest()
    sections.push([name, section])
    console.log(renderTerminal(section))
    console.error(`(${name}: ${Math.round((performance.now() - start) / 1000)} s)`)
  }
  if (options.write) writeResults(sections, house.tool.name)
} finally {
  await house.close()
}
