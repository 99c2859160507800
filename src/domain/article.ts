/** A person who wrote an article; `url` is the address of the person's page. */
export interface Author {
  name: string
  url?: string
  email?: string
}

/** The organisation from which an article came, such as a news agency. */
export interface Source {
  name: string
  url?: string
}

/** The lead picture of an article. `url` is absolute or a path on this Worker's own host; `bytes` is the file size. */
export interface Image {
  url: string
  type?: string
  bytes?: number
  width?: number
  height?: number
  alt?: string
  caption?: string
  credit?: string
}

/** A file attached to an article. `bytes` is the file size, `seconds` the playing time of audio or video. */
export interface Attachment {
  url: string
  type: string
  bytes?: number
  seconds?: number
  title?: string
}

/** How much of an article other sites may republish: the whole body, only the summary, or nothing. */
type Syndicate = 'full' | 'summary' | 'none'

export interface Rights {
  syndicate: Syndicate
  copyright?: string
  license?: string
}

/**
 * The modes of reader comments on an article. `off`: readers cannot comment. `open`: every comment is
 * published at once. `first-held`: editors approve the first comment of each person. `all-held`: editors
 * approve every comment.
 */
export const commentModes = ['off', 'open', 'first-held', 'all-held'] as const
export type CommentMode = (typeof commentModes)[number]

/**
 * An article as it is stored and rendered. Dates are UTC in RFC 3339 with whole seconds
 * (`2024-06-19T12:00:00Z`). All texts are plain text, except `html`, which is HTML that has already been
 * cleaned.
 */
export interface Article {
  slug: string
  /** The article's id: a permanent URI, compared character by character (RFC 4287 §4.2.6). */
  id: string
  /**
   * The article's page on the newsroom's own website. An article without this address is read at
   * `/articles/{slug}`.
   */
  url?: string
  title: string
  /** A shorter headline, for places in which the title has no room. */
  shortTitle?: string
  /** A few words above the headline. */
  kicker?: string
  summary: string
  html: string
  /** The article's language as a BCP 47 tag. */
  language: string
  published: string
  updated: string
  /**
   * The dates of which only the day is known. Such a date is noon in UTC of this day, and pages show it without an hour
   * (`knownDate`).
   */
  dayOnly?: DatedField[]
  /** The place where the article was written, as in a dateline. */
  place?: string
  /** The IPTC urgency of the article, from 1 (the most urgent) to 8. */
  urgency?: number
  section?: string
  tags: string[]
  authors: Author[]
  source?: Source
  image?: Image
  attachments: Attachment[]
  rights: Rights
  /**
   * The text of a correction, for readers: what was changed in the article. Pages and feeds show the note
   * together with the body.
   */
  note?: string
  embargo?: string
  expires?: string
  comments?: CommentMode
  status: 'draft' | 'published' | 'withdrawn'
  /**
   * The paths of those names of the article's section, tags and authors whose key is not what `slugOf` makes of the name
   * (docs/decisions/032). The store decides them; no request sets them, and only a backup shows them.
   */
  keys?: NameKey[]
}

/** The path of the selection that a name of an article has. */
export interface NameKey {
  path: string
  name: string
}

/** The dates of an article that readers see. */
export const datedFields = ['published', 'updated'] as const
export type DatedField = (typeof datedFields)[number]

/** Returns a date of an article as far as it is known: the instant, or the day alone (`2024-06-19`). */
export function knownDate(article: Pick<Article, DatedField | 'dayOnly'>, field: DatedField): string {
  const { published, updated, dayOnly = [] } = article
  // An article that was never changed was updated when it was published.
  const isDay = dayOnly.includes(updated === published ? 'published' : field)
  return isDay ? article[field].slice(0, 10) : article[field]
}

/**
 * The maximum size of an article in bytes, both as sent and as stored. It is half of the 2 MB to which D1
 * limits a row, because cleaning may lengthen a body.
 */
export const maxArticleBytes = 1_048_576

/**
 * Returns the instant (epoch milliseconds) from which everybody may see the article; undefined if the article
 * is not published.
 */
export function appearsAt(article: Article): number | undefined {
  if (article.status !== 'published') return undefined
  return Math.max(Date.parse(article.published), article.embargo ? Date.parse(article.embargo) : 0)
}

/**
 * Tells whether the article's publication date is derived from its embargo: the date is the end of the embargo, and
 * follows when the embargo is moved.
 */
export const isDateDerived = ({ published, embargo }: Pick<Article, 'published' | 'embargo'>): boolean =>
  published === embargo

/**
 * Returns the instant (epoch milliseconds) at which the article stops being public; undefined if the article
 * never expires.
 */
export function expiresAt(article: Article): number | undefined {
  return article.expires ? Date.parse(article.expires) : undefined
}

/** Tells whether the article is public at the given instant (epoch milliseconds). */
export function isPublicAt(article: Article, now: number): boolean {
  const appears = appearsAt(article)
  return appears !== undefined && appears <= now && now < (expiresAt(article) ?? Number.POSITIVE_INFINITY)
}

/**
 * The states of an article, in the order in which an article passes through them. The passage of time alone
 * turns `scheduled` into `published`, and `published` into `expired`.
 */
export const states = ['draft', 'scheduled', 'published', 'expired', 'withdrawn'] as const
export type State = (typeof states)[number]

/** Returns the state of the article at the given instant (epoch milliseconds). */
export function stateAt(article: Article, now: number): State {
  if (article.status !== 'published') return article.status
  if (isPublicAt(article, now)) return 'published'
  return now < (appearsAt(article) ?? 0) ? 'scheduled' : 'expired'
}
