import { articleAt } from '../articles.ts'
import { importAll } from '../client.ts'
import type { Environment } from '../environment.ts'
import { figure, type Section } from '../table.ts'

const length = 1000

/** Measures the speed of a bulk import first into an empty store, then into the largest store of the bench. */
export async function imports(environment: Environment): Promise<Section> {
  const rows: string[][] = []
  for (const size of [0, environment.articles.at(-1) ?? 20]) {
    const { address } = await environment.serve(size, { saves: true })
    const articles = Array.from({ length }, (_, at) => articleAt(size + length - at))
    const milliseconds = await importAll(address, articles)
    await environment.rest()
    rows.push([figure(size), figure((length / milliseconds) * 1000), figure(milliseconds / (length / 50), 1)])
  }
  return {
    title: 'Bulk import',
    columns: ['articles stored', 'articles/s', 'ms a save of 50'],
    rows,
    notes: [
      `${figure(length)} articles of 5 kB in one request to the API: parsed, cleaned, saved, 50 in a save.`,
    ],
  }
}
