import { parseArgs } from 'node:util'
import type { EnvironmentOptions } from './environment.ts'
import { type FigureName, figureNames } from './figures.ts'

interface Options extends EnvironmentOptions {
  only: readonly FigureName[]
  /** Whether the figures are written into RESULTS.md. */
  write: boolean
}

export const help = `npm run bench -- [options]
  --rounds 9           rounds of each comparison, interleaved
  --seconds 4          the seconds that each measurement takes
  --articles 20,2000   the sizes of the stores; 20,2000,100000,1000000 by default
  --only polls,rows    some of: ${figureNames.join(', ')}
  --load autocannon    the tool that makes the load: wrk where it is installed, else autocannon
  --stores FOLDER      keeps the seeded stores there, and uses those that are there
  --quick              one round of one second on 20 and 2,000 articles, written nowhere: does the bench work?`

/** Parses the options of `npm run bench`; throws a RangeError that names the invalid option. */
export function parseOptions(words: string[]): Options {
  const { values } = parseArgs({
    args: words,
    options: {
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      articles: { type: 'string' },
      only: { type: 'string' },
      load: { type: 'string' },
      stores: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  })
  const { quick, load } = values
  if (load !== undefined && load !== 'wrk' && load !== 'autocannon') {
    throw new RangeError('--load must be wrk or autocannon')
  }
  return {
    rounds: parseWhole('--rounds', values.rounds ?? (quick ? '1' : '9')),
    seconds: parseWhole('--seconds', values.seconds ?? (quick ? '1' : '4')),
    articles: list(values.articles ?? (quick ? '20,2000' : '20,2000,100000,1000000'))
      .map((size) => parseWhole('--articles', size))
      .sort((one, other) => one - other),
    only: parseNames(values.only),
    load,
    stores: values.stores,
    write: !quick,
  }
}

const list = (value: string): string[] => value.split(',').map((item) => item.trim())

function parseNames(value: string | undefined): readonly FigureName[] {
  const names = value === undefined ? figureNames : list(value)
  const unknown = names.find((name) => !figureNames.includes(name as FigureName))
  if (unknown !== undefined)
    throw new RangeError(`--only names "${unknown}"; known: ${figureNames.join(', ')}`)
  return names as FigureName[]
}

/** Parses an option as a whole number above 0. */
export function parseWhole(name: string, value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new RangeError(`${name} must be a whole number above 0`)
  return Number(value)
}
