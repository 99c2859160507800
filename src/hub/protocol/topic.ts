import { type Format, formatPattern, isFormat } from '../../domain/format.ts'
import { facetsOf, folders, isSelection, narrow } from '../../domain/selection.ts'
import { feedAddress, presentUrl, type Site } from '../../domain/site.ts'
import type { Topic } from '../../domain/subscription.ts'

const folder = `(?:${[...folders, 'articles'].join('|')})/[^/]+`

/** Matches the path of a feed: the feed of all articles, of a section, tag or author, or of one article. */
const feedPath = new RegExp(`^(?:(${folder})/)?feed\\.(${formatPattern})$`)

/** The same on a site with comments: also the feed of the comments on all articles, or on one. */
const feedPathWithComments = new RegExp(
  `^(?:(${folder}|articles/[^/]+/comments|comments)/)?feed\\.(${formatPattern})$`,
)

/** Matches the file name in a topic's address. A query may follow the file name. */
const topicEnd = new RegExp(`feed\\.(${formatPattern})(?:\\?|$)`)

/**
 * Finds the feed of this site that an address leads to, in whatever way the address is written (URL standard §4.1), also
 * without the host, or on a host that the site had before. `self` is the `rel=self` address of the feed, which is the
 * only address that names the topic (WebSub §4). The result is undefined if the address leads to no feed of the site;
 * whether the feed exists is not checked.
 */
export function findTopic(value: string, site: Site): { topic: Topic; self: string } | undefined {
  const present = presentUrl(site, value.trim())
  const url = URL.canParse(present, `${site.url}/`) ? new URL(present, `${site.url}/`) : undefined
  if (url?.hostname !== new URL(site.url).hostname) return undefined
  const pattern = site.comments === undefined ? feedPath : feedPathWithComments
  const [, path = '', format = ''] = pattern.exec(decoded(url.pathname.slice(1)) ?? '') ?? []
  if (!isFormat(format)) return undefined
  const facets = path === '' ? facetsOf((key) => url.searchParams.get(key) ?? undefined) : []
  if (facets.some((facet) => !isSelection(facet))) return undefined
  const paths = facets.length > 0 ? facets : [path]
  const [first = '', ...others] = paths
  const self = feedAddress(site, narrow(first, others), format)
  return { topic: { topic: self.slice(site.url.length + 1), paths, format }, self }
}

/** The feed format in a topic's file name; undefined if this version of the Worker does not serve that format. */
export function formatOfTopic(topic: string): Format | undefined {
  const name = topicEnd.exec(topic)?.[1] ?? ''
  return isFormat(name) ? name : undefined
}

/**
 * Whether a topic's address is that of an intersection: the address has a query, which names the selections.
 * A query that names only one selection, as version 0.1 accepted it, counts too.
 */
export const isIntersection = (topic: string): boolean => topic.includes('?')

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
