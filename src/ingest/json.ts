import * as v from 'valibot'
import {
  type Attachment,
  type Author,
  commentModes,
  datedFields,
  type Image,
  maxArticleBytes,
  type Rights,
  type Source,
} from '../domain/article.ts'
import { uri } from '../domain/id.ts'
import type { ArticleInput } from '../domain/input.ts'
import { rfc3339 } from '../domain/instant.ts'
import type { Issue } from '../domain/issue.ts'
import { isVisible } from '../domain/name.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { slugOf } from '../domain/slug.ts'
import { lineOf } from '../domain/text.ts'
import { isInstant, refusalOf } from './date.ts'

/** The type of a value that a schema returns: each optional field may also be present with the value undefined. */
type Checked<T> = T extends (infer Item)[]
  ? Checked<Item>[]
  : T extends object
    ? { [Key in keyof T]: CheckedField<T, Key> }
    : T
type CheckedField<T, Key extends keyof T> =
  | Checked<T[Key]>
  | (Partial<Pick<T, Key>> extends Pick<T, Key> ? undefined : never)

/** A schema for each field of `T`. The compiler reports an error if a field has no schema. */
type Fields<T> = { [Key in keyof T]-?: v.GenericSchema<unknown, CheckedField<T, Key>> }

/** Returns a schema that checks a value only after it has been converted by the function `shown`. */
const seeing = <Schema extends v.GenericSchema>(
  schema: Schema,
  shown: (value: unknown) => unknown,
): Schema => ({
  ...schema,
  '~run': (dataset, config) => schema['~run']({ ...dataset, value: shown(dataset.value) }, config),
})

/** Makes the schema of an object with exactly these fields. Unlike valibot's own schema, it refuses a list. */
export const object = <const Entries extends v.ObjectEntries>(what: string, entries: Entries) =>
  seeing(
    v.strictObject(entries, ({ expected, received }) => {
      if (expected === 'never')
        return `is not a field of ${what}: must be one of ${Object.keys(entries).join(', ')}`
      return received === 'undefined' ? 'must be given' : 'must be an object'
    }),
    (value) => (Array.isArray(value) ? null : value),
  )

/**
 * Makes the schema of a list. The schema checks at most `max` + 1 entries, so a much longer list takes no more
 * time to check.
 */
export const few = <Item extends v.GenericSchema>(item: Item, max: number) =>
  v.pipe(
    seeing(v.array(item, 'must be a list'), (value) =>
      Array.isArray(value) ? value.slice(0, max + 1) : value,
    ),
    v.maxLength(max, `must have at most ${max} entries`),
  )

export const line = (max: number) =>
  v.pipe(
    v.string('must be text'),
    v.transform(lineOf),
    v.minLength(1, 'must not be blank'),
    v.maxLength(max, `must have at most ${max} characters`),
  )

/** Makes the schema of a line that may be empty, because a stored article has an empty line for a missing text. */
const lineOrNone = (max: number) =>
  v.pipe(
    v.string('must be text'),
    v.transform(lineOf),
    v.maxLength(max, `must have at most ${max} characters`),
  )

const body = v.pipe(
  v.string('must be text'),
  v.maxLength(maxArticleBytes, `must have at most ${maxArticleBytes} characters`),
)

/**
 * The schema of an instant: RFC 3339 with a time zone. Valibot's own check is not used, because it accepts 31
 * February. `issuesOf` says what is wrong with the text.
 */
export const instant = v.pipe(
  v.string('must be text'),
  v.check(isInstant),
  v.transform((value) => rfc3339(Date.parse(value))),
)

/** The schema of a web address, which is normalized before it is checked and stored. */
export const webAddress = v.pipe(
  v.string('must be text'),
  v.transform(hrefOf),
  v.maxLength(2000, 'must have at most 2000 characters'),
  v.check(isWebAddress, 'must be an absolute http or https address'),
)

/** The schema of a file's address, which may also be a path from the root of this Worker's own host. */
const fileAddress = v.pipe(
  v.string('must be text'),
  v.transform(hrefOf),
  v.maxLength(2000, 'must have at most 2000 characters'),
  v.check(
    (value) => isOwnPath(value) || isWebAddress(value),
    'must be an absolute http or https address, or a path that begins with one slash',
  ),
)

const wholeTo = (max: number) =>
  v.pipe(
    v.number('must be a number'),
    v.integer('must be a whole number'),
    v.minValue(1, 'must be 1 or more'),
    v.maxValue(max, `must be at most ${max}`),
  )

const whole = wholeTo(Number.MAX_SAFE_INTEGER)

export const language = v.pipe(
  v.string('must be text'),
  v.maxLength(100, 'must have at most 100 characters'),
  v.check(isLanguage, 'must be a language tag such as fr-CA'),
  v.transform((value) => Intl.getCanonicalLocales(value)[0] as string),
)

const mediaType = v.pipe(
  v.string('must be text'),
  v.maxLength(255, 'must have at most 255 characters'),
  v.regex(/^[\w.+-]+\/[\w.+-]+$/, 'must be a media type such as image/jpeg'),
)

const email = v.pipe(
  v.string('must be text'),
  v.maxLength(254, 'must have at most 254 characters'),
  v.email('must be an e-mail address'),
)

const person = object('an author', {
  name: named(200),
  url: v.optional(webAddress),
  email: v.optional(email),
} satisfies Fields<Author>)

const image = object('an image', {
  url: fileAddress,
  type: v.optional(mediaType),
  bytes: v.optional(whole),
  width: v.optional(whole),
  height: v.optional(whole),
  alt: v.optional(line(2000)),
  caption: v.optional(line(2000)),
  credit: v.optional(line(500)),
} satisfies Fields<Image>)

const attachment = object('an attachment', {
  url: fileAddress,
  type: mediaType,
  bytes: v.optional(whole),
  seconds: v.optional(whole),
  title: v.optional(line(500)),
} satisfies Fields<Attachment>)

const source = object('a source', {
  name: line(200),
  url: v.optional(webAddress),
} satisfies Fields<Source>)

const rights = object('rights', {
  syndicate: v.optional(v.picklist(['full', 'summary', 'none'], 'must be full, summary or none')),
  copyright: v.optional(line(1000)),
  license: v.optional(webAddress),
} satisfies Fields<Partial<Rights>>)

/** The schema of an article in JSON. Texts become one line without illegal characters, dates become UTC. */
export const articleSchema = v.pipe(
  object('an article', {
    slug: v.optional(
      v.pipe(
        v.string('must be text'),
        v.maxLength(200, 'must have at most 200 characters'),
        v.check(
          (slug) => slug.length > 200 || (slug !== '' && slug === slugOf(slug, 200)),
          'must be lower-case words joined by hyphens, such as sommet-de-pyongyang',
        ),
      ),
    ),
    id: v.optional(
      v.pipe(
        v.string('must be text'),
        v.maxLength(4000, 'must have at most 4000 characters'),
        v.regex(uri, 'must be a URI, such as tag:example.com,2024:sommet'),
      ),
    ),
    url: v.optional(webAddress),
    title: line(1000),
    shortTitle: v.optional(line(200)),
    kicker: v.optional(line(200)),
    summary: v.optional(lineOrNone(5000)),
    html: v.optional(body),
    markdown: v.optional(body),
    text: v.optional(body),
    language: v.optional(language),
    published: v.optional(instant),
    updated: v.optional(instant),
    dayOnly: v.optional(few(v.picklist(datedFields, 'must be published or updated'), 2)),
    place: v.optional(line(200)),
    urgency: v.optional(wholeTo(8)),
    section: v.optional(named(200)),
    tags: v.optional(few(named(200), 50)),
    authors: v.optional(few(v.union([named(200), person], 'must be a name or { name, url, email }'), 50)),
    source: v.optional(source),
    image: v.optional(image),
    attachments: v.optional(few(attachment, 50)),
    rights: v.optional(rights),
    note: v.optional(line(2000)),
    embargo: v.optional(instant),
    expires: v.optional(instant),
    comments: v.optional(v.picklist(commentModes, 'must be off, open, first-held or all-held')),
    status: v.optional(
      v.picklist(['draft', 'published', 'withdrawn'], 'must be draft, published or withdrawn'),
    ),
  } satisfies Fields<ArticleInput>),
  v.check(
    ({ html, markdown, text }) => [html, markdown, text].filter((one) => one !== undefined).length <= 1,
    'html, markdown and text are three ways to give one body: give one of them',
  ),
)

/** Makes the schema of a name with at least one visible character, from which a key for addresses is made. */
function named(max: number) {
  // What is blank is refused as such already.
  return v.pipe(
    line(max),
    v.check((name) => name === '' || isVisible(name), 'must have a visible character'),
  )
}

/**
 * Parses an article from a JSON value. If the value is invalid, the result is a problem that lists all invalid fields. A
 * refused date without a zone is named with its offset in `timeZone`. The field `keys` of a stored article is ignored, because
 * the store decides the paths of names.
 */
export function parseArticle(value: unknown, timeZone = 'UTC'): Result<ArticleInput> {
  const parsed = v.safeParse(articleSchema, withoutKeys(value))
  if (parsed.success) return success(parsed.output as ArticleInput)
  const slug = (value as { slug?: unknown } | null)?.slug
  return failure({
    kind: 'invalid-article',
    ...(typeof slug === 'string' && slug.length <= 200 && { slug }),
    issues: issuesOf(parsed.issues, 'article', timeZone),
  })
}

function withoutKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('keys' in value)) return value
  const { keys: _, ...others } = value
  return others
}

/** Parses the new name of a section, tag or author from `{ "name": "…" }`. */
export function parseName(value: unknown): Result<string> {
  const parsed = v.safeParse(object('a name', { name: named(200) }), value)
  if (parsed.success) return success(parsed.output.name)
  return failure({ kind: 'invalid-article', issues: issuesOf(parsed.issues, 'name') })
}

/** Names each issue by its field, and by `whole` if it concerns no single field. */
export const issuesOf = (issues: readonly v.BaseIssue<unknown>[], whole: string, timeZone = 'UTC'): Issue[] =>
  issues.map((issue) => ({
    field: v.getDotPath(issue) ?? whole,
    reason: issue.requirement === isInstant ? refusalOf(String(issue.input), timeZone) : issue.message,
  }))

/** Normalizes an address with the URL parser; returns an invalid address unchanged. */
function hrefOf(value: string): string {
  return URL.canParse(value) ? new URL(value).href : value
}

const isOwnPath = (value: string): boolean => /^\/(?![/\\])[^\s\p{C}\\]*$/u.test(value)

function isWebAddress(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
}

function isLanguage(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1
  } catch {
    return false
  }
}
