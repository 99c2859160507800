import { type Format, formatPattern, isFormat } from '../../domain/format.ts'
import { facetsOf, folders, queryOf } from '../../domain/selection.ts'
import { feedAddress, type Site } from '../../domain/site.ts'
import type { Topic } from '../../domain/subscription.ts'

/** Matches the path of a feed: the feed of all articles, of a section, tag or author, or of one article. */
const feedPath = new RegExp(
  `^(?:((?:${[...folders, 'articles'].join('|')})/[^/]+)/)?feed\\.(${formatPattern})$`,
)

/** Matches the file name in a topic's address. A query may follow the file name. */
const topicEnd = new RegExp(`feed\\.(${formatPattern})(?:\\?|$)`)

/**
 * Parses the address of a topic; undefined if the address is not the `rel=self` address of a feed of this site.
 * The address may percent-encode characters that need no encoding (WebSub §5.1.1, URL standard §1.2).
 */
export function parseTopic(value: string, site: Site): Topic | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url?.origin !== site.url) return undefined
  const [, path = '', format = ''] = feedPath.exec(decoded(url.pathname.slice(1)) ?? '') ?? []
  if (!isFormat(format) || (path && url.search)) return undefined
  const facets = url.search ? facetsOf((key) => url.searchParams.get(key) ?? undefined) : []
  const canonical = feedAddress(site, { path, query: queryOf(facets) }, format)
  // An address with a user name, a password or a fragment differs from the canonical address of the feed and is
  // therefore refused.
  if (decoded(url.href) !== decoded(canonical)) return undefined
  const paths = facets.length > 0 ? facets : [path]
  return { topic: canonical.slice(site.url.length + 1), paths, format }
}

/** The feed format in a topic's file name; undefined if this version of the Worker does not serve that format. */
export function formatOfTopic(topic: string): Format | undefined {
  const name = topicEnd.exec(topic)?.[1] ?? ''
  return isFormat(name) ? name : undefined
}

/**
 * Whether a topic's address is that of an intersection: the address has a query, which names the selections.
 * A query that names only one selection counts too.
 */
export const isIntersection = (topic: string): boolean => topic.includes('?')

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
