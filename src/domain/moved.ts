import { renameFacets } from './selection.ts'
import { address, type Site } from './site.ts'

/** Where something is now. */
export interface Moved {
  path: string
  /** The selections that the query names, as they are called now; absent where it names none. */
  facets?: readonly string[]
}

/**
 * The present address of what has moved, for the one that was asked for: the same place of it (its page, its feed,
 * its share data), with the same query, whatever of that chooses there.
 */
export function presentAddress(
  site: Site,
  asked: { path: string; search: string },
  { path, facets }: Moved,
): string {
  const place = asked.path.split('/').slice(3)
  const target = path === '' ? site.url + asked.path : [address(site, path), ...place].join('/')
  return target + (facets ? renameFacets(asked.search, facets) : asked.search)
}
