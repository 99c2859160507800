import * as v from 'valibot'

/*
 * The rules of JSON Feed 1.1 as a schema of valibot, and two rules that are stricter: addresses are absolute, as readers
 * need them, and no object in an extension has a member `url` or `id`, because newsraft takes such a member for the item's.
 */

const address = v.pipe(v.string(), v.regex(/^https?:\/\/[^/\s]+\/\S*$/, 'is not an absolute address'))
const text = v.string()
const words = v.pipe(v.string(), v.nonEmpty())
const language = v.pipe(
  v.string(),
  v.check((tag) => {
    try {
      return Intl.getCanonicalLocales(tag)[0] === tag
    } catch {
      return false
    }
  }, 'is not a canonical language tag (RFC 5646)'),
)
const instant = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/, 'is not a date of RFC 3339'),
  v.check((date) => !Number.isNaN(Date.parse(date)), 'does not exist'),
)
const size = v.pipe(v.number(), v.minValue(1))

/** Whether an object in a value, however deep, has a member that newsraft takes for the item's. */
const isMisread = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ('url' in value || 'id' in value || Object.values(value).some(isMisread))

/** An extension: an object of any members but those that newsraft misreads. */
const extension = v.pipe(
  v.record(v.string(), v.unknown()),
  v.check(
    (members) => !Array.isArray(members) && !isMisread(members),
    'has a member `url` or `id`, which newsraft misreads',
  ),
)

/** An object with these members, and with extensions, whose names begin with `_` and a letter. */
const object = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(
    v.objectWithRest(entries, extension),
    v.check(
      (members) => Object.keys(members).every((name) => name in entries || /^_[a-zA-Z]/.test(name)),
      'has an unknown member whose name does not begin with _',
    ),
  )

const author = v.pipe(
  object({ name: v.optional(words), url: v.optional(address), avatar: v.optional(address) }),
  v.check((members) => Object.keys(members).length > 0, 'has no member'),
)

const item = v.pipe(
  object({
    id: words,
    url: v.optional(address),
    external_url: v.optional(address),
    title: v.optional(words),
    content_html: v.optional(words),
    content_text: v.optional(words),
    summary: v.optional(words),
    image: v.optional(address),
    banner_image: v.optional(address),
    date_published: v.optional(instant),
    date_modified: v.optional(instant),
    authors: v.optional(v.pipe(v.array(author), v.minLength(1))),
    author: v.optional(author),
    tags: v.optional(v.array(words)),
    language: v.optional(language),
    attachments: v.optional(
      v.array(
        object({
          url: address,
          mime_type: v.pipe(v.string(), v.regex(/^[\w.+-]+\/[\w.+-]+$/)),
          title: v.optional(words),
          size_in_bytes: v.optional(size),
          duration_in_seconds: v.optional(size),
        }),
      ),
    ),
  }),
  v.check(
    ({ content_html, content_text }) => content_html !== undefined || content_text !== undefined,
    'has neither content_html nor content_text',
  ),
)

const schema = v.pipe(
  object({
    version: v.literal('https://jsonfeed.org/version/1.1'),
    title: words,
    home_page_url: v.optional(address),
    feed_url: v.optional(address),
    description: v.optional(text),
    user_comment: v.optional(text),
    next_url: v.optional(address),
    icon: v.optional(address),
    favicon: v.optional(address),
    authors: v.optional(v.pipe(v.array(author), v.minLength(1))),
    author: v.optional(author),
    language: v.optional(language),
    expired: v.optional(v.boolean()),
    hubs: v.optional(v.array(object({ type: words, url: address }))),
    items: v.array(item),
  }),
  v.check(
    ({ next_url, feed_url }) => next_url === undefined || next_url !== feed_url,
    'has a next_url that is its own address',
  ),
  v.check(
    ({ items }) => new Set(items.map(({ id }) => id)).size === items.length,
    'has two items with one id',
  ),
)

/** The faults of a JSON Feed document, each with the place of what is wrong. */
export function jsonFeedFaults(document: string): string[] {
  const { issues = [] } = v.safeParse(schema, JSON.parse(document))
  return issues.map((issue) => `${v.getDotPath(issue) ?? 'the feed'}: ${issue.message}`)
}

const soundItem = {
  id: '1',
  url: 'https://journal.example/1',
  content_html: '<p>Un</p>',
  date_published: '2024-06-19T12:00:00Z',
  authors: [{ name: 'Kim' }],
  tags: ['Monde'],
  attachments: [{ url: 'https://journal.example/a.mp3', mime_type: 'audio/mpeg' }],
  _journal: { weight: 1 },
}
const sound = {
  version: 'https://jsonfeed.org/version/1.1',
  title: 'Journal',
  feed_url: 'https://journal.example/feed.json',
  language: 'fr-CA',
  items: [soundItem],
}
const withItem = (differs: object) => ({ ...sound, items: [{ ...soundItem, ...differs }] })

/** Documents that the schema must refuse. */
const broken: Record<string, object> = {
  'no version': { ...sound, version: undefined },
  'version 1': { ...sound, version: 'https://jsonfeed.org/version/1' },
  'no title': { ...sound, title: undefined },
  'no items': { ...sound, items: undefined },
  'language with an underscore': { ...sound, language: 'fr_CA' },
  'next page is the page': { ...sound, next_url: sound.feed_url },
  'hub without a type': { ...sound, hubs: [{ url: 'https://journal.example/hub' }] },
  'author without a member': { ...sound, authors: [{}] },
  'unknown member': { ...sound, weight: 1 },
  'two items with one id': { ...sound, items: [soundItem, soundItem] },
  'item without an id': withItem({ id: undefined }),
  'id that is a number': withItem({ id: 1 }),
  'item without content': withItem({ content_html: undefined }),
  'relative address': withItem({ url: '/1' }),
  'date of RFC 822': withItem({ date_published: 'Wed, 19 Jun 2024 12:00:00 GMT' }),
  'tags in a text': withItem({ tags: 'Monde' }),
  'attachment without a type': withItem({ attachments: [{ url: 'https://journal.example/a.mp3' }] }),
  'attachment of length 0': withItem({ attachments: [{ ...soundItem.attachments[0], size_in_bytes: 0 }] }),
  'extension that is a text': withItem({ _journal: 'x' }),
  'extension with a url': withItem({ _journal: { url: 'https://agence.example/' } }),
  'extension with an object with a url': withItem({
    _journal: { source: { url: 'https://agence.example/' } },
  }),
  'extension with a list of objects with an id': withItem({ _journal: { networks: [{ id: 'x' }] } }),
}

/** Shows that the schema refuses what it must, and accepts a sound document. */
export function jsonSchemaItself(): { shown: number; wrong: string[] } {
  const isRefused = (document: object) => jsonFeedFaults(JSON.stringify(document)).length > 0
  const accepted = Object.entries(broken).filter(([, document]) => !isRefused(document))
  return {
    shown: Object.keys(broken).length + 1,
    wrong: [
      ...accepted.map(([name]) => `accepts: ${name}`),
      ...(isRefused(sound) ? [`refuses a sound document: ${jsonFeedFaults(JSON.stringify(sound))}`] : []),
    ],
  }
}
