import { slugOf } from '../src/domain/slug.ts'
import { articleAt, everywhere } from './articles.ts'

/** An address whose answer should cost the same whatever the store holds. */
export interface Place {
  name: string
  path: string
  /** How many selections it is made of. */
  selections: number
}

/** The addresses that a store of so many articles is asked for. */
export async function placesOf(_address: string, _size: number): Promise<Place[]> {
  const { section = '' } = articleAt(0)
  return [
    { name: 'newest', path: '/feed.rss', selections: 1 },
    { name: 'tag', path: `/tags/${slugOf(everywhere)}/feed.rss`, selections: 1 },
    {
      name: 'section and tag',
      path: `/feed.rss?section=${slugOf(section)}&tag=${slugOf(everywhere)}`,
      selections: 2,
    },
  ]
}
