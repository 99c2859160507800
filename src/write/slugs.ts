// I/O: reads the store; writes nothing.
import type { Store } from '../domain/store.ts'

/** How many possible slugs the first query checks. Each further query checks ten times as many. */
const firstCandidates = 50

/** Returns a slug that no article has or ever had, and that is not in `taken` (in the form `slug meteo`). */
export type FindSlug = (wanted: string, taken?: ReadonlySet<string>) => Promise<string>

/**
 * Returns a function that finds free slugs: the wanted slug, or, if that is not free, the wanted slug followed by a number.
 * The function remembers what it has asked the store, because many articles of one import may want the same slug.
 */
export function slugFinder(store: Pick<Store, 'freeSlugs'>): FindSlug {
  const known = new Map<string, { free: string[]; next: number; count: number }>()
  return async (wanted, taken) => {
    const found = known.get(wanted) ?? { free: [], next: 1, count: firstCandidates }
    known.set(wanted, found)
    for (;;) {
      const slug = found.free.find((one) => !taken?.has(`slug ${one}`))
      if (slug !== undefined) return slug
      const { next, count } = found
      const candidates = Array.from({ length: count }, (_, at) =>
        next + at === 1 ? wanted : `${wanted}-${next + at}`,
      )
      found.free = await store.freeSlugs(candidates)
      found.next += count
      found.count *= 10
    }
  }
}
