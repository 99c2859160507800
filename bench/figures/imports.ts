import { articleAt } from '../articles.ts'
import { importAll } from '../client.ts'
import type { House } from '../house.ts'
import { figure, type Section } from '../table.ts'

const length = 1000

/** Measures the speed of a bulk import into an empty store and into the largest store. */
export async function imports(house: House): Promise<Section> {
  const rows: string[][] = []
  for (const size of [0, house.articles.at(-1) ?? 20]) {
    const { address } = await house.serve(size, { saves: true })
    const articles = Array.from({ length }, (_, at) => articleAt(size + length - at))
    const milliseconds = await importAll(address, articles)
    await house.rest()
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
