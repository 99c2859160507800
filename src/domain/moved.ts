import { renameFacets } from './selection.ts'
import { address, type Site } from './site.ts'

/** The new path of an article or selection that was renamed. */
export interface Moved {
  path: string
  /** The present paths of the selections that the request's query names; absent if the query names none. */
  facets?: readonly string[]
}

/**
 * Returns the new address for a request whose path or query names something that was renamed. The new address
 * leads to the same kind of document (page, feed or share data) and keeps the query, in which the selections
 * have their new names.
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
