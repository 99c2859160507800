import type { Article, Attachment, Author, Image, Rights, Source } from './article.ts'

type Check = (value: unknown) => boolean

const isText = (value: unknown): value is string => typeof value === 'string'
const isNumber: Check = (value) => typeof value === 'number'
const isDate: Check = (value) => isText(value) && !Number.isNaN(Date.parse(value))
const isAddress: Check = (value) => isText(value) && URL.canParse(value, 'https://host.invalid/')
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)

/**
 * Makes a check for objects from a check for each field of `T`. The compiler reports an error if a field has no
 * check.
 */
function objectOf<T>(checks: { [Field in keyof T]-?: Check }): Check {
  const fields = Object.entries<Check>(checks)
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    fields.every(([name, check]) => check((value as Record<string, unknown>)[name]))
}

/**
 * Checks the type of each field of a stored article, and the values on which renderers depend. It does not
 * repeat the limits for new articles: if those limits become narrower, articles stored earlier must still be
 * accepted.
 */
const isSound = objectOf<Article>({
  slug: isText,
  id: isText,
  url: optional(isAddress),
  title: isText,
  shortTitle: optional(isText),
  kicker: optional(isText),
  summary: isText,
  html: isText,
  language: isText,
  published: isDate,
  updated: isDate,
  place: optional(isText),
  urgency: optional(isNumber),
  section: optional(isText),
  tags: listOf(isText),
  authors: listOf(objectOf<Author>({ name: isText, url: optional(isText), email: optional(isText) })),
  source: optional(objectOf<Source>({ name: isText, url: optional(isText) })),
  image: optional(
    objectOf<Image>({
      url: isAddress,
      type: optional(isText),
      bytes: optional(isNumber),
      width: optional(isNumber),
      height: optional(isNumber),
      alt: optional(isText),
      caption: optional(isText),
      credit: optional(isText),
    }),
  ),
  attachments: listOf(
    objectOf<Attachment>({
      url: isAddress,
      type: isText,
      bytes: optional(isNumber),
      seconds: optional(isNumber),
      title: optional(isText),
    }),
  ),
  rights: objectOf<Rights>({
    syndicate: (value) => value === 'full' || value === 'summary' || value === 'none',
    copyright: optional(isText),
    license: optional(isText),
  }),
  note: optional(isText),
  embargo: optional(isText),
  expires: optional(isText),
  comments: optional(isText),
  status: isText,
})

/**
 * Parses a stored article; returns undefined if rendering the article could make a whole feed fail. The API
 * refuses such articles, but a store that was restored or edited by hand may contain one.
 */
export function soundArticle(json: string): Article | undefined {
  try {
    const article: unknown = JSON.parse(json)
    return isSound(article) ? (article as Article) : undefined
  } catch {
    return undefined
  }
}
