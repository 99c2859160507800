import { articleAt, interval, newest } from '../articles.ts'
import { ask, save } from '../client.ts'
import type { Environment } from '../environment.ts'
import { ratioOf } from '../measure.ts'
import { numbers } from '../numbers.ts'
import { archivePath, monthsOf, placesOf } from '../places.ts'
import { quantileOf } from '../statistics.ts'
import { figure, type Section, verdict } from '../table.ts'

/** How many saves each round makes in each store. */
const perRound = 6

/**
 * Measures the time of a save, and the time of the first answer after the save. For this answer the articles
 * must be read and the feed rendered again.
 */
export async function saves(environment: Environment): Promise<Section> {
  const addresses = new Map<number, string>()
  for (const size of environment.articles)
    addresses.set(size, (await environment.serve(size, { saves: true })).address)
  const next = numbers(7)
  const times = new Map<string, number[]>()
  const note = (name: string, size: number, time: number) =>
    times.set(`${name} ${size}`, [...(times.get(`${name} ${size}`) ?? []), time])
  for (let turn = 0; turn < environment.pace.rounds * perRound; turn++) {
    for (const [size, address] of addresses) {
      const months = monthsOf(size)
      const month = months[Math.floor(next() * months.length)] ?? newest
      await correct(address, size, month, turn, (name, time) => note(name, size, time))
    }
  }
  const names = ['the save', ...placesOf(20).map(({ name }) => name)]
  const [least = 20, most = least] = [environment.articles[0], environment.articles.at(-1)]
  return {
    title: 'The first answer after a save',
    columns: ['ms', ...environment.articles.map((size) => figure(size)), 'times dearer', 'target'],
    rows: names.map((name) => {
      const of = (size: number) => times.get(`${name} ${size}`) ?? []
      const dearer = ratioOf(of(most), of(least)).median
      const cells = environment.articles.map(
        (size) => `${figure(quantileOf(of(size), 0.5), 1)} (p90 ${figure(quantileOf(of(size), 0.9), 1)})`,
      )
      return [name, ...cells, figure(dearer, 2), name === 'the save' ? '' : verdict(dearer, '≤ 1.2')]
    }),
    notes: [
      `${environment.pace.rounds * perRound} corrections in each store, in turn, of an article of any archive month; after each, the four ` +
        'feeds that it changes are asked for once, over one connection. Every answer has another ETag than before.',
    ],
  }
}

/**
 * Corrects one article of a month, then requests the feeds that show the article. Fails if a feed is still the
 * one from before the correction.
 */
async function correct(
  address: string,
  size: number,
  month: number,
  turn: number,
  note: (name: string, time: number) => void,
): Promise<void> {
  const places = placesOf(size).map((place) =>
    place.name === 'archive month' ? { ...place, path: archivePath(month) } : place,
  )
  const before = new Map<string, string | null>()
  for (const { path } of places) before.set(path, (await ask(address + path)).headers.get('ETag'))
  const { updated: _, ...article } = articleAt((newest - month) / interval - (turn % 20))
  note('the save', await save(address, { ...article, title: `${article.title} (${turn})` }))
  const first = turn % places.length
  for (const { name, path } of [...places.slice(first), ...places.slice(0, first)]) {
    const { status, headers, milliseconds } = await ask(address + path)
    if (status !== 200 || headers.get('ETag') === before.get(path)) {
      throw new Error(`${path} answered ${status} with the ETag of before the save`)
    }
    note(name, milliseconds)
  }
}
