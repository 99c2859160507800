import { type Article, type Author, isDateDerived, maxArticleBytes } from '../domain/article.ts'
import type { ArticleInput } from '../domain/input.ts'
import { rfc3339 } from '../domain/instant.ts'
import type { Issue } from '../domain/issue.ts'
import { foldName } from '../domain/name.ts'
import { storedArticle } from '../domain/own-addresses.ts'
import { failure, type Problem, type Result, success } from '../domain/problem.ts'
import { keysOf, type PathOf } from '../domain/selection.ts'
import { address, type Site } from '../domain/site.ts'
import { slugOf } from '../domain/slug.ts'
import { type BodyLimits, backupLimits } from './body-limits.ts'
import { dayIssuesOf, dayOnlyOf, withDayOnly } from './day-only.ts'
import { cleanHtml } from './html.ts'
import { htmlOfMarkdown } from './markdown.ts'
import { publishedOf } from './published.ts'
import { excerptOf, htmlOfText } from './text.ts'

/** The circumstances in which an article is built from input. `now` is in epoch milliseconds. */
interface Occasion {
  site: Site
  /** The stored article that the input replaces; absent if the article is new. */
  known?: Article
  /** Returns the path of the selection of a name; absent if the names have the keys of a former version (`slugOf`). */
  pathOf?: PathOf
  /** Whether the input comes from a backup; its body then has the limits of earlier versions (`backupLimits`). */
  fromBackup?: boolean
  now: number
}

/**
 * Returns the slug of an article: the slug in the input, otherwise the stored article's slug, otherwise a slug
 * made from the title. The result may be empty.
 */
export const slugFor = ({ slug, title }: ArticleInput, known?: Article): string =>
  slug ?? known?.slug ?? slugOf(title)

/**
 * Builds the article from checked input: cleans the body, and generates the id and the dates that the input
 * omits. An existing article keeps its id, and keeps `published` unless the date is derived from an embargo that
 * changes (`publishedOf`); its `updated` changes only if another field has changed.
 */
export function articleOf(
  input: ArticleInput,
  { site, known, pathOf, fromBackup, now }: Occasion,
): Result<Article> {
  const slug = slugFor(input, known)
  const published =
    fromBackup && input.published ? input.published : publishedOf(input, known, now, site.timeZone)
  const limits = fromBackup ? backupLimits : undefined
  const body = bodyOf(input, input.url ?? address(site, `articles/${slug}`), limits)
  if (!body.ok) return refusedBody(body.problem, slug, input)
  const html = body.value
  const rights = { syndicate: 'full' as const, ...input.rights }
  const names = {
    section: input.section,
    tags: onePerName(input.tags ?? [], (tag) => tag),
    authors: onePerName((input.authors ?? []).map(authorOf), ({ name }) => name),
  }
  const draft = storedArticle(
    site,
    withoutBlanks<Article>({
      slug,
      id: input.id ?? known?.id ?? mintedId(site, slug, input.published ?? rfc3339(now)),
      url: input.url,
      title: input.title,
      shortTitle: input.shortTitle,
      kicker: input.kicker,
      summary: input.summary ?? (rights.syndicate === 'full' ? excerptOf(html) : ''),
      html,
      language: input.language ?? site.language,
      published,
      updated: input.updated ?? known?.updated ?? published,
      dayOnly: [],
      place: input.place,
      urgency: input.urgency,
      ...names,
      source: input.source,
      image: input.image,
      attachments: input.attachments ?? [],
      rights,
      note: input.note,
      embargo: input.embargo,
      expires: input.expires,
      comments: input.comments,
      status: input.status ?? 'published',
      keys: pathOf && keysOf(names, pathOf),
    }),
  )
  // How exactly a date is known is no change that readers should notice.
  const isRevised =
    input.updated === undefined && known && !isSame({ ...draft, dayOnly: [] }, { ...known, dayOnly: [] })
  const isUnknown = known !== undefined && input.published === undefined
  const dated = notBeforeDerived(isRevised ? revisedAt(draft, now) : draft, isUnknown)
  const article = withDayOnly(dated, dayOnlyOf(dated, input, known))
  const issues = [...dayIssuesOf(input), ...issuesOf(article)]
  return issues.length > 0 ? failure({ kind: 'invalid-article', slug, issues }) : success(article)
}

/** Tells whether two articles have the same value in every field, regardless of the order of their keys. */
export const isSame = (one: Article, other: Article): boolean => isEqual(one, other)

/** Compares two JSON values; a key with the value undefined equals a missing key. */
function isEqual(one: unknown, other: unknown): boolean {
  if (!isNested(one) || !isNested(other)) return one === other
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return (
    Array.isArray(one) === Array.isArray(other) && [...keys].every((key) => isEqual(one[key], other[key]))
  )
}

const isNested = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function issuesOf(article: Article): Issue[] {
  const { slug, published, updated, expires, embargo, status } = article
  const issues: Issue[] = []
  const bytes = new TextEncoder().encode(JSON.stringify(article)).length
  if (bytes > maxArticleBytes) {
    issues.push({
      field: 'article',
      reason: `has ${bytes} bytes when cleaned; at most ${maxArticleBytes} are kept`,
    })
  }
  if (slug === '')
    issues.push({ field: 'slug', reason: 'must be given, since the title has no letter or digit' })
  // A withdrawal sets `updated` to the present, which is before `published` if the article was under embargo again.
  if (updated < published && status !== 'withdrawn')
    issues.push({ field: 'updated', reason: 'is before published' })
  if (expires !== undefined && expires <= published && !isDateDerived(article)) {
    issues.push({ field: 'expires', reason: 'must be after published' })
  }
  if (expires !== undefined && embargo !== undefined && expires <= embargo) {
    issues.push({ field: 'expires', reason: 'must be after embargo' })
  }
  return issues
}

/** Returns the cleaned HTML of the body, which the input contains as HTML, Markdown or plain text. */
function bodyOf({ html, markdown, text }: ArticleInput, base: string, limits?: BodyLimits): Result<string> {
  if (text !== undefined) return cleanHtml(htmlOfText(text), base, limits)
  if (markdown === undefined) return cleanHtml(html ?? '', base, limits)
  const written = htmlOfMarkdown(markdown)
  return written.ok ? cleanHtml(written.value, base, limits) : written
}

/**
 * Adds the article's slug to the error about a body, and names the field in which the author sent the body. The
 * cleaning function itself always names the field `html`.
 */
function refusedBody(problem: Problem, slug: string, { markdown, text }: ArticleInput): Result<never> {
  if (problem.kind !== 'invalid-article') return failure(problem)
  const field = text !== undefined ? 'text' : markdown !== undefined ? 'markdown' : 'html'
  return failure({ ...problem, slug, issues: problem.issues.map(({ reason }) => ({ field, reason })) })
}

/**
 * Marks an article as corrected now. The date of the correction is never earlier than the article's publication
 * date, which may be in the future; but the date of a withdrawal is always the present.
 */
function revisedAt(article: Article, now: number): Article {
  const updated = rfc3339(now)
  const isLater = updated > article.published || article.status === 'withdrawn'
  return { ...article, updated: isLater ? updated : article.published }
}

/**
 * Moves `updated` to the publication date if that date is later, and is derived from the embargo or `isUnknown` to the
 * sender: the date of a stored article becomes the present when its embargo is lifted early. A withdrawn article keeps the
 * instant of the withdrawal.
 */
const notBeforeDerived = (article: Article, isUnknown: boolean): Article =>
  (isUnknown || isDateDerived(article)) &&
  article.updated < article.published &&
  article.status !== 'withdrawn'
    ? { ...article, updated: article.published }
    : article

/**
 * Generates an article's id as a tag URI (RFC 4151): the site's host name, a year, and the slug. The year is the year of
 * the publication date in the input, otherwise the year of the first save, because a tag must not name a future date.
 */
function mintedId(site: Site, slug: string, date: string): string {
  return `tag:${new URL(site.url).hostname},${date.slice(0, 4)}:${encodeURI(slug)}`
}

const authorOf = (author: Author | string): Author => (typeof author === 'string' ? { name: author } : author)

/** Returns the items of a list without those whose name is another spelling of an earlier item's name. */
function onePerName<T>(list: readonly T[], nameOf: (item: T) => string): T[] {
  const names = list.map((item) => foldName(nameOf(item)))
  return list.filter((_, at) => names.indexOf(names[at] as string) === at)
}

/**
 * Returns an object with only those members that have a value, in the same order. With the type argument `T`,
 * the compiler demands every key of `T`.
 */
export function withoutBlanks<T extends object>(members: { [K in keyof T]-?: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T
}
