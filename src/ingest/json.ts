import * as v from 'valibot'
import type { ArticleInput } from '../domain/input.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { slugOf } from '../domain/slug.ts'
import { lineOf } from '../domain/text.ts'

const mebibyte = 1_048_576

const line = (most: number) =>
  v.pipe(
    v.string('must be text'),
    v.transform(lineOf),
    v.minLength(1, 'must not be blank'),
    v.maxLength(most, `must have at most ${most} characters`),
  )

const body = v.pipe(
  v.string('must be text'),
  v.maxLength(mebibyte, `must have at most ${mebibyte} characters`),
)

/** RFC 3339 with a zone; valibot's own check lets 31 February pass. */
const instant = v.pipe(
  v.string('must be text'),
  v.check(isInstant, 'must be a date and time with its zone, such as 2024-06-19T12:00:00Z'),
  v.transform((value) => `${new Date(value).toISOString().slice(0, 19)}Z`),
)

const webAddress = v.pipe(
  v.string('must be text'),
  v.maxLength(2000, 'must have at most 2000 characters'),
  v.check(isWebAddress, 'must be an absolute http or https address'),
  v.transform((value) => new URL(value).href),
)

/** A file may also stand on this Worker's own host, as a path from its root. */
const fileAddress = v.pipe(
  v.string('must be text'),
  v.maxLength(2000, 'must have at most 2000 characters'),
  v.check(
    (value) => isOwnPath(value) || isWebAddress(value),
    'must be an absolute http or https address, or a path that begins with one slash',
  ),
  v.transform((value) => (isOwnPath(value) ? value : new URL(value).href)),
)

const whole = v.pipe(
  v.number('must be a number'),
  v.safeInteger('must be a whole number'),
  v.minValue(1, 'must be 1 or more'),
)

const language = v.pipe(
  v.string('must be text'),
  v.check(isLanguage, 'must be a language tag such as fr-CA'),
  v.transform((value) => Intl.getCanonicalLocales(value)[0] as string),
)

const mediaType = v.pipe(
  v.string('must be text'),
  v.regex(/^[\w.+-]+\/[\w.+-]+$/, 'must be a media type such as image/jpeg'),
)

const person = v.strictObject({
  name: line(200),
  url: v.optional(webAddress),
  email: v.optional(v.pipe(v.string('must be text'), v.email('must be an e-mail address'))),
})

const image = v.strictObject({
  url: fileAddress,
  type: v.optional(mediaType),
  bytes: v.optional(whole),
  width: v.optional(whole),
  height: v.optional(whole),
  alt: v.optional(line(2000)),
  credit: v.optional(line(500)),
})

const attachment = v.strictObject({
  url: fileAddress,
  type: mediaType,
  bytes: v.optional(whole),
  seconds: v.optional(whole),
  title: v.optional(line(500)),
})

const few = <Item extends v.GenericSchema>(item: Item, most: number) =>
  v.pipe(v.array(item, 'must be a list'), v.maxLength(most, `must have at most ${most} entries`))

/** The article as JSON, as the contract has it. Texts come out as one legal line, dates in UTC. */
export const articleSchema = v.pipe(
  v.strictObject({
    slug: v.optional(
      v.pipe(
        v.string('must be text'),
        v.check(
          (slug) => slug !== '' && slug === slugOf(slug, 200),
          'must be lower-case words joined by hyphens, such as sommet-de-pyongyang',
        ),
      ),
    ),
    id: v.optional(
      v.pipe(
        v.string('must be text'),
        v.maxLength(1000, 'must have at most 1000 characters'),
        v.regex(
          /^[a-z][a-z0-9+.-]*:[^\s\p{C}<>"{}|\\^`]+$/iu,
          'must be a URI, such as tag:example.com,2024:sommet',
        ),
      ),
    ),
    url: v.optional(webAddress),
    title: line(1000),
    summary: v.optional(line(5000)),
    html: v.optional(body),
    markdown: v.optional(body),
    text: v.optional(body),
    language: v.optional(language),
    published: v.optional(instant),
    updated: v.optional(instant),
    section: v.optional(named(200)),
    tags: v.optional(few(named(200), 50)),
    authors: v.optional(few(v.union([named(200), person], 'must be a name or { name, url, email }'), 50)),
    source: v.optional(v.strictObject({ name: line(200), url: v.optional(webAddress) })),
    image: v.optional(image),
    attachments: v.optional(few(attachment, 50)),
    rights: v.optional(
      v.strictObject({
        syndicate: v.optional(v.picklist(['full', 'summary', 'none'], 'must be full, summary or none')),
        copyright: v.optional(line(1000)),
        license: v.optional(webAddress),
      }),
    ),
    note: v.optional(line(2000)),
    embargo: v.optional(instant),
    expires: v.optional(instant),
    status: v.optional(
      v.picklist(['draft', 'published', 'withdrawn'], 'must be draft, published or withdrawn'),
    ),
  }),
  v.check(
    ({ html, markdown, text }) => [html, markdown, text].filter((one) => one !== undefined).length <= 1,
    'html, markdown and text are three ways to give one body: give one of them',
  ),
)

/** A name that becomes a key in addresses, so some letter or digit must be in it. */
function named(most: number) {
  return v.pipe(
    line(most),
    v.check((name) => slugOf(name) !== '', 'must have a letter or a digit'),
  )
}

/** The article that a JSON value holds, or every field that is wrong and what would be right. */
export function parseArticle(value: unknown): Result<ArticleInput> {
  const parsed = v.safeParse(articleSchema, Array.isArray(value) ? null : value)
  if (parsed.success) return success(parsed.output as ArticleInput)
  const slug = (value as { slug?: unknown } | null)?.slug
  return failure({
    kind: 'invalid-article',
    ...(typeof slug === 'string' && { slug }),
    issues: parsed.issues.map((issue) => ({
      field: v.getDotPath(issue) ?? 'article',
      reason: reasonOf(issue),
    })),
  })
}

/** The new name of a section, tag or author, out of `{ "name": "…" }`. */
export function parseName(value: unknown): Result<string> {
  const parsed = v.safeParse(v.strictObject({ name: named(200) }), value)
  if (parsed.success) return success(parsed.output.name)
  const issues = parsed.issues.map((issue) => ({
    field: v.getDotPath(issue) ?? 'name',
    reason: reasonOf(issue),
  }))
  return failure({ kind: 'invalid-article', issues })
}

function reasonOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type !== 'strict_object') return issue.message
  if (issue.expected === 'never') return 'is not a field of an article'
  return issue.received === 'undefined' ? 'must be given' : 'must be an object'
}

function isInstant(value: string): boolean {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i.exec(value)
  if (!parts || Number.isNaN(Date.parse(value))) return false
  const local = new Date(`${parts[1]}T${parts[2]}Z`)
  return !Number.isNaN(local.getTime()) && local.toISOString().startsWith(`${parts[1]}T${parts[2]}`)
}

const isOwnPath = (value: string): boolean => /^\/(?![/\\])[^\s\\]*$/.test(value)

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
