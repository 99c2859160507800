import type { Environment } from '../environment.ts'
import { type Contender, type Measured, measure, ratioOf } from '../measure.ts'
import { placesOf } from '../places.ts'
import { spreadOf } from '../statistics.ts'
import { figure, type Section, spread, verdict } from '../table.ts'

/** Measures the cost of feeds that are requested again and again, in the largest store and in the smallest store. */
export async function scale(environment: Environment): Promise<Section> {
  const [least = 20, most = least] = [environment.articles[0], environment.articles.at(-1)]
  const { rounds, seconds } = environment.pace
  const contenders: Contender[] = []
  for (const size of new Set([least, most])) {
    const worker = await environment.serve(size)
    for (const { name, path } of placesOf(size)) {
      contenders.push({
        name: `${name} ${size}`,
        worker,
        question: { url: worker.address + path },
        status: 200,
      })
    }
  }
  const measured = await measure(environment.tool, () => contenders, {
    rounds,
    seconds: Math.ceil(seconds / 2),
  })
  return {
    title: 'Feeds in a small and a large store, asked again and again',
    columns: [
      '200 rss',
      `answers/s of ${figure(least)}`,
      `of ${figure(most)}`,
      'times dearer',
      'CPU µs',
      '',
      'target',
    ],
    rows: placesOf(most).map(({ name }) => {
      const [small, large] = [least, most].map((size) => measured.get(`${name} ${size}`) as Measured)
      const dearer = ratioOf(small?.rates ?? [], large?.rates ?? [])
      const figures = [small, large].flatMap((one) => (one ? [one] : []))
      return [
        name,
        ...figures.map(({ rates }) => spread(spreadOf(rates))),
        spread(dearer, 2),
        ...figures.map(({ costs }) => figure(spreadOf(costs).median)),
        verdict(dearer.median, '≤ 1.2'),
      ]
    }),
    notes: [
      'Twenty articles in each answer. Page 5,000 is the last full page where a store has fewer, the archive month ' +
        'one in the middle of the years.',
    ],
  }
}
