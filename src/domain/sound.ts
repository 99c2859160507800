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

/** Checks every field of `T`; the compiler refuses a field that is forgotten. */
function objectOf<T>(checks: { [Field in keyof T]-?: Check }): Check {
  const fields = Object.entries<Check>(checks)
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    fields.every(([name, check]) => check((value as Record<string, unknown>)[name]))
}

/** The type of each field, and what renderers need of it; never a limit of what may come in, which may get narrower. */
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
 * The stored article, or undefined when it could take a feed down: the door refuses such a one, but a
 * restored or hand-edited store may hold it, and one bad article never takes a feed down.
 */
export function soundArticle(json: string): Article | undefined {
  try {
    const article: unknown = JSON.parse(json)
    return isSound(article) ? (article as Article) : undefined
  } catch {
    return undefined
  }
}
