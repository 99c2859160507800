import type { Article } from './article.ts'
import type { Format } from './format.ts'
import { rfc3339 } from './instant.ts'
import { foldName } from './name.ts'
import type { History } from './paging.ts'
import { folderOf, isSelection, type Selection } from './selection.ts'
import { address, feedAddress, readAt, type Site } from './site.ts'
import type { Tombstone } from './store.ts'

/**
 * The newest articles of a selection and everything else that a renderer needs to write a feed in any format.
 * Equal values of this type are rendered to equal bytes.
 */
export interface Feed {
  site: Site
  selection: Selection
  /** The instant of the selection's last change, in epoch milliseconds. It dates a feed without articles. */
  revised: number
  articles: readonly Article[]
  /** The articles recently withdrawn from the selection; only the Atom format can list them. */
  withdrawn?: readonly Pick<Tombstone, 'id' | 'withdrawn'>[]
  /** The address of the WebSub hub to advertise; absent if the site has no hub. */
  hub?: string
  /** The share links of each article, by article id; absent if the settings want no share links in feeds. */
  offers?: ReadonlyMap<string, ShareOffer>
  /** The comments that entries of a feed of comments answer, by the id of the answer; absent in all other feeds. */
  replies?: ReadonlyMap<string, Answered>
  /**
   * The feed's position among the documents of its selection (RFC 5005); absent if the feed has no neighbouring
   * documents.
   */
  history?: History
}

/**
 * The maximum number of articles in a feed, and of withdrawals that a feed reports. The selection's row in
 * the store contains a list of articles and a list of withdrawals, each up to this number. A higher maximum
 * requires a migration that rewrites these lists. Without the migration, a feed that is marked as complete
 * (RFC 5005 §2) would lack articles.
 */
export const maxFeedLength = 100

/** What an entry answers (RFC 4685): its permanent id, and its address if it is public. */
export interface Answered {
  id: string
  url?: string
}

/**
 * The share links of an article in a feed: `data` for JSON Feed, and `row` as finished HTML that is appended to
 * the article's content.
 */
export interface ShareOffer {
  data?: object
  row?: string
}

/**
 * Returns the date of the feed's last change: the latest date among its articles' `updated` and its withdrawals. For a
 * feed without articles, the date of the selection's last change counts too, because the feed changed when its last
 * article left it.
 */
export function updatedOf({ articles, withdrawn = [], revised }: Feed): string {
  const left = articles.length === 0 ? [rfc3339(revised)] : []
  const dates = [
    ...articles.map(({ updated }) => updated),
    ...withdrawn.map((one) => rfc3339(one.withdrawn)),
    ...left,
  ]
  return dates.reduce((latest, date) => (date > latest ? date : latest))
}

/** Returns the title of a selection's feed: the site's title, preceded by the selection's name if there is one. */
export function titleOf({ site, selection }: Pick<Feed, 'site' | 'selection'>): string {
  return selection.title ? `${selection.title} — ${site.title}` : site.title
}

/** Returns the URL of a feed document and the URLs of its neighbouring documents, all in the given format. */
export function addressesOf({ site, selection, history }: Feed, format: Format) {
  const at = (part: History['part'] = 'newest') => feedAddress(site, selection, format, part)
  const links = (history?.links ?? []).map(({ rel, part }) => ({ rel, href: at(part) }))
  return { self: at(history?.part), links }
}

/** Returns the address of the web page that shows the same articles as the feed. */
export function homeOf({ site, selection, articles }: Feed): string {
  const [article] = articles
  return folderOf(selection.path) === 'articles' && isSelection(selection.path) && article
    ? readAt(site, article)
    : address(site, selection.path)
}

/**
 * The scheme of the categories that tell what happened to an article: the vocabulary Signal of the IPTC, which news
 * agencies use (docs/decisions/031). A category of this scheme is neither a section nor a tag.
 */
export const signalScheme = 'http://cv.iptc.org/newscodes/signal/'

/** The term of the scheme `signalScheme` for an article that has a correction note. */
export const correction = 'correction'

/** A category of an article in a feed: its section, one of its tags, or a signal. */
export interface Category {
  kind: 'section' | 'tag' | 'signal'
  name: string
}

/**
 * Returns the categories of an article, without repetition: its section first, then its tags, then the signal
 * `correction` if the article has a correction note. The signal takes the place of a section or tag with the same name.
 */
export function categoriesOf({ section, tags, note }: Article): Category[] {
  const named: Category[] = [
    ...(section === undefined ? [] : [{ kind: 'section', name: section } as const]),
    ...tags.filter((tag) => tag !== section).map((name) => ({ kind: 'tag', name }) as const),
  ]
  if (note === undefined) return named
  const others = named.filter(({ name }) => foldName(name) !== correction)
  return [...others, { kind: 'signal', name: correction }]
}
