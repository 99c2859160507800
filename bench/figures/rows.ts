import { setTimeout as pause } from 'node:timers/promises'
import { ask } from '../client.ts'
import type { Environment } from '../environment.ts'
import { intersection, type Place, placesOf } from '../places.ts'
import { figure, type Section, verdict } from '../table.ts'
import { feedLength } from '../worker.ts'

/** Milliseconds to wait until an isolate no longer has any head (a selection's row without its articles) in memory. */
const forgotten = 1500

/** Counts the rows that D1 reads for an answer, in the smallest store and in the largest store. */
export async function rows(environment: Environment): Promise<Section> {
  const sizes = [...new Set([environment.articles[0] ?? 20, environment.articles.at(-1) ?? 20])]
  const counted: string[][] = []
  for (const size of sizes) {
    const { address } = await environment.serve(size, { entry: 'bench/counting.ts' })
    for (const place of [...placesOf(size), intersection]) counted.push(await cellsOf(address, size, place))
  }
  return {
    title: 'Rows that D1 reads',
    columns: ['feed', 'articles', 'head', 'rendering', 'target of the head', 'of the rendering'],
    rows: counted,
    notes: ['Of the first answer in an isolate, and of a 304 after the isolate has forgotten the head.'],
  }
}

async function cellsOf(address: string, size: number, { name, path, selections }: Place): Promise<string[]> {
  const url = `${address}${path}`
  await pause(forgotten)
  const whole = await ask(url)
  await pause(forgotten)
  const head = await ask(url, { 'If-None-Match': whole.headers.get('ETag') ?? '' })
  if (whole.status !== 200 || head.status !== 304)
    throw new Error(`${url} answered ${whole.status}, ${head.status}`)
  const [all, ofHead] = [whole, head].map(({ headers }) => Number(headers.get('Rows-Read')))
  const rendering = (all ?? 0) - (ofHead ?? 0)
  const most = selections > 1 ? 5000 : feedLength + 10
  return [
    name,
    figure(size),
    figure(ofHead ?? 0),
    figure(rendering),
    verdict(ofHead ?? 0, `≤ ${selections + 1}`),
    verdict(rendering, `≤ ${most}`),
  ]
}
