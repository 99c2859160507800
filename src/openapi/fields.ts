import type { ArticleInput } from '../domain/input.ts'

/**
 * The description of an article's field in plain words. The limits of the field come from the schema that
 * validates it.
 */
interface Field {
  what: string
  /** What the server does if the field is left out of a request. */
  otherwise?: string
  example?: unknown
  format?: string
}

/** The paths of the fields of `T`, including the fields of nested objects. */
type PathIn<T> = { [Name in keyof T & string]-?: Name | Within<Name, T[Name]> }[keyof T & string]
type Within<Name extends string, Value> = Value extends readonly (infer Item)[]
  ? Within<Name, Item>
  : Value extends object
    ? `${Name}.${PathIn<Value>}`
    : never

const instant = { format: 'date-time', example: '2024-06-19T08:00:00-04:00' }
const webAddress = { format: 'uri' }
const fileAddress = { format: 'uri-reference' }

/**
 * All fields of an article, by path. The path of a field in a list's entries is the name of the list, a dot and
 * the field's name.
 */
export const fields: Record<string, Field> = {
  slug: {
    what: 'The article’s part of its address. No two articles have the same slug.',
    otherwise: 'the slug in the request’s address, or a slug made from the title',
    example: 'le-marche-ouvre-samedi',
  },
  id: {
    what: 'The permanent id by which feed readers identify the article. An id never changes.',
    otherwise: 'the stored id, or for a new article `tag:{host},{year}:{slug}`',
    example: 'tag:kiosque.example,2024:le-marche-ouvre-samedi',
  },
  url: {
    ...webAddress,
    what: 'The address of the article’s page, if the page is on another site of yours.',
    otherwise: '`/articles/{slug}` of this Worker',
    example: 'https://journal.example/le-marche-ouvre-samedi',
  },
  title: { what: 'The headline, as plain text on one line.', example: 'Le marché ouvre samedi' },
  shortTitle: {
    what: 'A shorter headline for the embedded card, whose frame may be narrow. Feeds and pages show `title`.',
    otherwise: 'the title',
    example: 'Le marché ouvre',
  },
  kicker: {
    what: 'A few words that pages show above the headline; feeds do not contain them.',
    example: 'Vie de quartier',
  },
  summary: {
    what: 'The summary, as plain text on one line.',
    otherwise: 'an excerpt of the body; no summary if `rights.syndicate` withholds the body',
    example: 'Quarante maraîchers y seront.',
  },
  html: {
    what: 'The body as HTML. Kiosque removes scripts, forms, event handlers and other unsafe parts. Relative addresses count from `url`, or from the article’s address if there is no `url`.',
    example: '<p>Le marché ouvre samedi.</p>',
  },
  markdown: {
    what: 'The body as Markdown. Kiosque stores the body as HTML.',
    example: 'Le marché ouvre **samedi**.',
  },
  text: {
    what: 'The body as plain text, with blank lines between paragraphs. Kiosque stores the body as HTML.',
    example: 'Le marché ouvre samedi.',
  },
  language: {
    what: 'The language of the article (BCP 47).',
    otherwise: 'the setting `SITE_LANGUAGE`',
    example: 'fr-CA',
  },
  published: {
    ...instant,
    what: 'The date of publication, by which feeds are sorted. The article is hidden before this date. A date that is sent stays, even if the embargo ends later: the article then comes out with the older date, and perhaps in no feed.',
    otherwise:
      'for a new article the end of its embargo, or the present without an embargo; for a stored article the stored date, which follows if it equals the embargo and the embargo is moved, and becomes the present if the embargo is lifted before its end; if an embargo in the future hides an article that was under none, its end, unless the stored date is in the future',
  },
  updated: {
    ...instant,
    what: 'The date of the last change that readers should notice; not before `published`.',
    otherwise: 'the present if a field has changed, else the stored date',
  },
  dayOnly: {
    what: 'The dates of which only the day is known: `published`, `updated` or both. Such a date must be noon in UTC of the day. Pages show it without an hour; feeds contain noon. If noon of the day of `published` is in the future, the article is published at the start of the day in the site’s time zone or, if the day has begun, at once; if the stored date is on the same day in that zone, it stays.',
    otherwise: 'none; a stored date that stays is still known by its day only',
    example: ['published'],
  },
  place: {
    what: 'The dateline: where the article was written. The article’s page shows it beside the date; feeds do not contain it.',
    example: 'Montréal',
  },
  urgency: {
    what: 'The urgency from 1 (most urgent) to 8 (least urgent), as IPTC defines it. No page and no feed contains it.',
    example: 4,
  },
  section: {
    what: 'The section of the article. Each section, tag and author has a key for addresses, made of its name: `C++` gets `c-plus-plus`. No other name gets the same key; a name whose key is taken gets one with a number.',
    example: 'Ville',
  },
  tags: {
    what: 'The tags of the article. Two spellings of a tag count as one if they differ only in letter case, in the form of apostrophes, quotation marks and dashes, or in white space or hyphens between words.',
    otherwise: 'none',
    example: ['Marché', 'Été'],
  },
  authors: {
    what: 'The authors of the article, as names or as objects with a name. Kiosque stores them as objects.',
    otherwise: 'none',
    example: ['Kim Tremblay'],
  },
  'authors.name': { what: 'The author’s name, as printed.', example: 'Kim Tremblay' },
  'authors.url': { ...webAddress, what: 'A page about the author.' },
  'authors.email': { what: 'The author’s e-mail address, which is public.' },
  source: { what: 'The agency or other publisher from which the article came.' },
  'source.name': { what: 'The name of the agency.', example: 'La Presse canadienne' },
  'source.url': { ...webAddress, what: 'The address of the agency’s website.' },
  image: { what: 'The lead picture.' },
  'image.url': { ...fileAddress, what: 'The address of the picture.', example: '/photos/marche.jpg' },
  'image.type': { what: 'The media type of the picture.', example: 'image/jpeg' },
  'image.bytes': { what: 'The size of the file in bytes.', example: 84211 },
  'image.width': { what: 'The width of the picture in pixels.', example: 1200 },
  'image.height': { what: 'The height of the picture in pixels.', example: 800 },
  'image.alt': { what: 'A description of the picture for people who cannot see it.' },
  'image.caption': {
    what: 'The caption, which the article’s page shows under the picture; RSS uses it as the description of an article that has no text.',
    example: 'Les étals, samedi matin.',
  },
  'image.credit': { what: 'The photographer or agency of the picture.', example: 'Photo : Ana Roy' },
  attachments: { what: 'Files that belong to the article, such as a recording.', otherwise: 'none' },
  'attachments.url': { ...fileAddress, what: 'The address of the file.' },
  'attachments.type': { what: 'The media type of the file.', example: 'audio/mpeg' },
  'attachments.bytes': {
    what: 'The size of the file in bytes; podcast players need the exact size.',
    example: 5242880,
  },
  'attachments.seconds': { what: 'The duration in seconds.', example: 312 },
  'attachments.title': { what: 'The title of the file.' },
  rights: { what: 'What feeds, pages and other sites may contain of the article.' },
  'rights.syndicate': {
    what: '`full`: feeds and pages contain the body. `summary`: feeds and pages contain only the summary. `none`: no feed and no list contains the article.',
    otherwise: '`full`',
  },
  'rights.copyright': { what: 'The copyright line of the article.' },
  'rights.license': { ...webAddress, what: 'The address of the article’s licence.' },
  note: {
    what: 'A note to readers about a correction, shown before the body. Feeds have the category `correction` for an article with a note.',
  },
  embargo: {
    ...instant,
    what: 'The article is hidden before this instant. Without `published`, this instant is also the date of publication.',
  },
  expires: {
    ...instant,
    what: 'The article is hidden from this instant on, which must be after `published`.',
  },
  comments: {
    what: 'Whether readers may comment. `off`: no comments. `open`: every comment is published at once. `first-held`: editors approve the first comment of each person. `all-held`: editors approve every comment. Without it, the setting `COMMENTS` says so for the whole site.',
    example: 'first-held',
  },
  status: {
    what: '`draft`: only the API shows the article. `withdrawn`: the article’s address answers 410.',
    otherwise: '`published`',
  },
} satisfies Record<PathIn<ArticleInput>, Field>
