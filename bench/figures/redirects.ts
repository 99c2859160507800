import { codeOf } from '../../src/share/code.ts'
import { articleAt } from '../articles.ts'
import type { Environment } from '../environment.ts'
import { type Contender, type Measured, measure, ratioOf } from '../measure.ts'
import { spreadOf } from '../statistics.ts'
import { figure, type Section, spread } from '../table.ts'

const reader = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'

/**
 * Measures the cost of counting visits. Compares a short link that a person follows with the same link that a
 * bot follows.
 */
export async function redirects(environment: Environment): Promise<Section> {
  const worker = await environment.serve(environment.articles[0] ?? 20)
  const url = `${worker.address}/s/${await codeOf(articleAt(0).id)}`
  const contender = (name: string, address: string, agent: string): Contender => ({
    ...{ name, worker, status: 302 },
    question: { url: address, headers: { 'User-Agent': agent } },
  })
  const contenders = [
    contender('without counting', `${url}.x`, 'bot/1.0'),
    contender('with counting', `${url}.x`, reader),
    contender('without a network', url, reader),
  ]
  const measured = await measure(environment.tool, () => contenders, environment.pace)
  const without = measured.get('without counting') as Measured
  return {
    title: 'Following a short link',
    columns: ['redirect', 'answers/s', 'CPU µs', 'p50 ms', 'p99 ms', 'rate ÷ without counting'],
    rows: contenders.map(({ name }) => {
      const own = measured.get(name) as Measured
      return [
        name,
        spread(spreadOf(own.rates)),
        spread(spreadOf(own.costs)),
        figure(own.p50.median, 2),
        figure(own.p99.median, 1),
        spread(ratioOf(own.rates, without.rates), 2),
      ]
    }),
    notes: [
      'Each follows the link of one article. The visits of a second are gathered in the isolate and written down as one upsert, ' +
        'after the answers.',
    ],
  }
}
