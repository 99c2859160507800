/** A person who wrote an article; `url` is their page. */
export interface Author {
  name: string
  url?: string
  email?: string
}

/** Where an article came from, such as an agency. */
export interface Source {
  name: string
  url?: string
}

/** The lead picture; `url` is absolute or a path of this Worker's own host; `bytes` is its file size. */
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

/** A file that goes with an article; `bytes` is its true size, `seconds` how long it plays. */
export interface Attachment {
  url: string
  type: string
  bytes?: number
  seconds?: number
  title?: string
}

/** What may be passed on: the whole body, a summary only, or nothing at all. */
type Syndicate = 'full' | 'summary' | 'none'

export interface Rights {
  syndicate: Syndicate
  copyright?: string
  license?: string
}

/** What becomes of readers' comments: none are taken, all are shown, or editors see the first of a person, or all, before. */
export const commentModes = ['off', 'open', 'first-held', 'all-held'] as const
type CommentMode = (typeof commentModes)[number]

/**
 * What the author wrote; the only thing that is stored and rendered.
 * Dates are UTC in RFC 3339 with whole seconds (`2024-06-19T12:00:00Z`); texts are plain, only `html` is
 * markup, and it is already cleaned.
 */
export interface Article {
  slug: string
  /** A permanent URI, compared character by character (RFC 4287 §4.2.6). */
  id: string
  /** The newsroom's own page, where it has one; else the article is read at `/articles/{slug}`. */
  url?: string
  title: string
  /** A shorter headline, for places in which the title has no room. */
  shortTitle?: string
  /** A few words above the headline. */
  kicker?: string
  summary: string
  html: string
  /** A BCP 47 tag. */
  language: string
  published: string
  updated: string
  /** Where it was written, as a dateline names it. */
  place?: string
  /** From 1, the most urgent, to 8, as IPTC has it. */
  urgency?: number
  section?: string
  tags: string[]
  authors: Author[]
  source?: Source
  image?: Image
  attachments: Attachment[]
  rights: Rights
  /** What a correction changed, for readers; shown with the body wherever that goes. */
  note?: string
  embargo?: string
  expires?: string
  comments?: CommentMode
  status: 'draft' | 'published' | 'withdrawn'
}

/**
 * The most bytes of an article, as it is sent and as it is stored: a row of the store ends at 2 MB, and cleaning may
 * lengthen a body.
 */
export const maxArticleBytes = 1_048_576

/** The instant, in epoch milliseconds, from which anybody may see the article; undefined: never. */
export function appearsAt(article: Article): number | undefined {
  if (article.status !== 'published') return undefined
  return Math.max(Date.parse(article.published), article.embargo ? Date.parse(article.embargo) : 0)
}

/** The instant, in epoch milliseconds, from which nobody may see the article any more; undefined: never. */
export function expiresAt(article: Article): number | undefined {
  return article.expires ? Date.parse(article.expires) : undefined
}

/** Whether anybody may see the article at that instant (epoch milliseconds). */
export function isPublicAt(article: Article, now: number): boolean {
  const appears = appearsAt(article)
  return appears !== undefined && appears <= now && now < (expiresAt(article) ?? Number.POSITIVE_INFINITY)
}

/** Where an article is in its life, in the order of that life; time alone moves it from one to the next. */
export const states = ['draft', 'scheduled', 'published', 'expired', 'withdrawn'] as const
export type State = (typeof states)[number]

/** Where the article is in its life at that instant (epoch milliseconds). */
export function stateAt(article: Article, now: number): State {
  if (article.status !== 'published') return article.status
  if (isPublicAt(article, now)) return 'published'
  return now < (appearsAt(article) ?? 0) ? 'scheduled' : 'expired'
}
