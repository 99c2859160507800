import type { Article, Attachment, Author, Image, NameKey, Rights, Source } from './article.ts'
import type { Issue } from './issue.ts'

/** Checks one value of a stored article. Returns undefined for a good value. */
type Check = (value: unknown) => Issue | undefined

/** Makes a check of a value without fields. The issue is made once, so that a check of a good value makes no object. */
function check(isRight: (value: unknown) => boolean, reason: string): Check {
  const issue = { field: '', reason }
  return (value) => (isRight(value) ? undefined : issue)
}

const isText = (value: unknown): value is string => typeof value === 'string'

const text = check(isText, 'must be a text')
const number = check(Number.isFinite, 'must be a number')

/** Tells whether a value is a text that `Date` can parse. */
export const isDate = (value: unknown): value is string => isText(value) && !Number.isNaN(Date.parse(value))

const date = check(isDate, 'must be a date')
const isAddress = (value: unknown): value is string =>
  isText(value) && URL.canParse(value, 'https://host.invalid/')

const address = check(isAddress, 'must be an address')
/** Headers contain the address of an article, and none can contain these characters (RFC 9110 §5.5). */
const headerAddress = check(
  (value) => isAddress(value) && !['\0', '\r', '\n'].some((character) => value.includes(character)),
  'must be an address in one line',
)
/** A slug becomes a part of an address, and half of a surrogate pair cannot be encoded there. */
const slug = check((value) => isText(value) && value.isWellFormed(), 'must be a text of whole characters')
const syndicate = check(
  (value) => value === 'full' || value === 'summary' || value === 'none',
  'must be full, summary or none',
)

/** The language tags that most articles have. They are recognised without a call of `Intl`, which takes longer. */
const usualTag = /^[a-z]{2}(-[A-Z]{2})?$/

const language = check(
  (value) => isText(value) && (usualTag.test(value) || isTag(value)),
  'must be a language tag',
)

/** Whether `Intl` accepts the tag, because pages and sitemaps pass it to `Intl`. */
export function isTag(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1
  } catch {
    return false
  }
}

const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined ? undefined : check(value)

const noList = { field: '', reason: 'must be a list' }
const noObject = { field: '', reason: 'must be an object' }

const within = (name: string | number, { field, reason }: Issue): Issue => ({
  field: field === '' ? String(name) : `${name}.${field}`,
  reason,
})

const listOf =
  (check: Check): Check =>
  (value) => {
    if (!Array.isArray(value)) return noList
    for (let at = 0; at < value.length; at++) {
      const issue = check(value[at])
      if (issue) return within(at, issue)
    }
    return undefined
  }

/** A check for each field of `T`. The compiler reports an error if a field has no check. */
type Checks<T> = { [Field in keyof T]-?: Check }

function objectOf<T>(checks: Checks<T>): Check {
  const fields = Object.entries<Check>(checks)
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return noObject
    for (const [name, check] of fields) {
      const issue = check((value as Record<string, unknown>)[name])
      if (issue) return within(name, issue)
    }
    return undefined
  }
}

/**
 * Checks the type of each field of a stored article, and the values on which renderers depend. It does not
 * repeat the limits for new articles: if those limits become narrower, articles stored earlier must still be
 * accepted.
 */
const checks: Checks<Article> = {
  slug,
  id: text,
  url: optional(headerAddress),
  title: text,
  shortTitle: optional(text),
  kicker: optional(text),
  summary: text,
  html: text,
  language,
  published: date,
  updated: date,
  dayOnly: optional(listOf(text)),
  place: optional(text),
  urgency: optional(number),
  section: optional(text),
  tags: listOf(text),
  authors: listOf(objectOf<Author>({ name: text, url: optional(text), email: optional(text) })),
  source: optional(objectOf<Source>({ name: text, url: optional(text) })),
  image: optional(
    objectOf<Image>({
      url: address,
      type: optional(text),
      bytes: optional(number),
      width: optional(number),
      height: optional(number),
      alt: optional(text),
      caption: optional(text),
      credit: optional(text),
    }),
  ),
  attachments: listOf(
    objectOf<Attachment>({
      url: address,
      type: text,
      bytes: optional(number),
      seconds: optional(number),
      title: optional(text),
    }),
  ),
  rights: objectOf<Rights>({ syndicate, copyright: optional(text), license: optional(text) }),
  note: optional(text),
  embargo: optional(date),
  expires: optional(date),
  comments: optional(text),
  status: text,
  keys: optional(listOf(objectOf<NameKey>({ path: slug, name: text }))),
}
const checkArticle = objectOf<Article>(checks)

/** A stored article, or the first reason why it cannot be rendered. */
type Checked = { article: Article } | { issue: Issue }

/**
 * Parses a stored article. If rendering the article could make a whole feed fail, the result is the reason. The
 * API refuses such articles, but a store that was restored or edited by hand may contain one.
 */
export function checkStored(json: string): Checked {
  const article = parsed(json)
  const issue = checkArticle(article)
  return issue ? { issue: { ...issue, field: issue.field || 'json' } } : { article: article as Article }
}

/**
 * Parses the stored article in a row. An article whose row has another id or slug than its JSON is bad too, because its
 * address would not be the one that lists name.
 */
export function checkRow({ json, ...row }: { id: string; slug: string; json: string }): Checked {
  const checked = checkStored(json)
  if ('issue' in checked) return checked
  const { article } = checked
  const field = (['id', 'slug'] as const).find((name) => row[name] !== article[name])
  if (!field) return checked
  const reason = `must be the same in the column and in the JSON, which has "${article[field]}"`
  return { issue: { field, reason } }
}

/**
 * Makes an article of a stored article that cannot be rendered: every field that is good, and the fields of `others`
 * in place of the necessary fields that are not.
 */
export function salvage(json: string, others: Article): Article {
  const stored = parsed(json)
  const fields = typeof stored === 'object' && stored !== null ? Object.entries(stored) : []
  const good = fields.filter(([name, value]) => checks[name as keyof Article]?.(value) === undefined)
  return { ...others, ...Object.fromEntries(good) }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
