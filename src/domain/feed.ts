import type { Article } from './article.ts'
import type { Format } from './format.ts'
import { rfc3339 } from './instant.ts'
import type { History } from './paging.ts'
import type { Selection } from './selection.ts'
import { address, feedAddress, readAt, type Site } from './site.ts'
import type { Tombstone } from './store.ts'

/** The newest articles of a selection, as every format renders them. Equal feeds give equal bytes. */
export interface Feed {
  site: Site
  selection: Selection
  articles: readonly Article[]
  /** What was withdrawn from it of late; only Atom can say so. */
  withdrawn?: readonly Pick<Tombstone, 'id' | 'withdrawn'>[]
  /** The WebSub hub to advertise, where there is one. */
  hub?: string
  /** What is offered to share each article with, by its id; nothing unless the site wants it. */
  offers?: ReadonlyMap<string, ShareOffer>
  /** Where it stands among the documents of its selection; without it there are no others. */
  history?: History
}

/**
 * The most articles that a feed may hold, and the most withdrawals that one tells of. The store lists so many of each in
 * a selection's row; where this is raised, a migration must write those lists anew, or a feed is cut and calls itself
 * complete.
 */
export const maxFeedLength = 100

/** What a feed carries of an article's share links: as data, for JSON Feed, and as finished HTML for every content. */
export interface ShareOffer {
  data?: object
  row?: string
}

/** When the feed last changed by its articles' own dates and its withdrawals; the epoch where it holds none. */
export function updatedOf({ articles, withdrawn = [] }: Feed): string {
  const dates = [...articles.map(({ updated }) => updated), ...withdrawn.map((one) => rfc3339(one.withdrawn))]
  return dates.reduce((latest, date) => (date > latest ? date : latest), rfc3339(0))
}

/** What the feed is called: the site, and the selection's name where it has one. */
export function titleOf({ site, selection }: Feed): string {
  return selection.title ? `${selection.title} — ${site.title}` : site.title
}

/** The document's own URL, and those of the documents beside it, in one format. */
export function addressesOf({ site, selection, history }: Feed, format: Format) {
  const at = (part: History['part'] = 'newest') => feedAddress(site, selection, format, part)
  const links = (history?.links ?? []).map(({ rel, part }) => ({ rel, href: at(part) }))
  return { self: at(history?.part), links }
}

/** The page that shows what the feed holds. */
export function homeOf({ site, selection, articles }: Feed): string {
  const [article] = articles
  return selection.path.startsWith('articles/') && article
    ? readAt(site, article)
    : address(site, selection.path)
}

/** The names under which an article is filed: its section first, then its tags. */
export function categoriesOf({ section, tags }: Article): string[] {
  return section === undefined ? tags : [section, ...tags.filter((tag) => tag !== section)]
}
