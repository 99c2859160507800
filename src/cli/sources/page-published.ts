import { rfc3339 } from '../../domain/instant.ts'
import { shortened } from '../../domain/text.ts'
import { isDateLine } from '../../ingest/furniture.ts'
import { firstPages } from '../../ingest/head-dates.ts'
import { parsePageDates } from '../../ingest/page-dates.ts'
import { isUnset } from './dates.ts'
import { isMediaOrEvent, isWebPage, textIn } from './page-data.ts'
import { type Element, textOf } from './page-dom.ts'
import type { PageFacts } from './page-facts.ts'
import type { HeadLines } from './page-parts.ts'
import { isOfAnotherThing, type ShownDate, shownDatesOf } from './page-shown-dates.ts'

/**
 * The date of publication that a page states: a day, a local time without a zone, or an instant with its zone. `guess` says
 * where the date was found if the page does not state it as data.
 */
interface PublishedDate {
  date: string
  guess?: string
}

const maxElements = 200

/** Names of `meta` elements that hold the date of publication. */
const publicationNames =
  `article:published_time og:published_time og:article:published_time article:published datepublished rnews:datepublished
   parsely-pub-date sailthru.date cxenseparse:recs:publishtime article.published publication_date publish-date publish_date
   published pubdate published-date publicationdate article_date_original originalpublicationdate citation_publication_date
   citation_date citation_online_date dc.date.issued dcterms.issued dc.issued dc.date.published dcterms.published
   dc.date.created dcterms.created dc.created vr:published_time`.split(/\s+/)

/** Names of `meta` elements that hold some date, which is mostly that of the publication. */
const generalNames = 'dc.date dcterms.date date date.created created datecreated last-published'.split(' ')

/**
 * Finds the date of publication, in this order: `meta` elements about the publication, JSON-LD, `meta` elements with any date,
 * `itemprop`, `time` elements of the article, JSON-LD about the web page, text beside the headline, JSON-LD about a video, picture
 * or event, the page's address. A date that cannot be read is skipped, and so are stated dates more than a year after `now` (epoch
 * milliseconds) and those of unset clocks, such as 1970-01-01. `language` is the tag of the page's language.
 */
export function publishedOf(
  facts: PageFacts,
  headline: Element | undefined,
  lines: HeadLines,
  language: string | undefined,
  now: number,
): PublishedDate | undefined {
  const latest = rfc3339(now + maxMillisecondsAhead).slice(0, 10)
  const shown = shownDatesOf(facts.page, headline)
  for (const { text, guess } of statedDates(facts, headline, lines, shown, language)) {
    const date = readDate(text, language)
    if (date === undefined || isUnset(date) || date.slice(0, 10) > latest) continue
    if (date < firstPages) return { date, guess: 'before there were web pages' }
    return { date, ...(guess !== undefined && { guess }) }
  }
  return (
    dateOfObject(facts, language, isWebPage, 'the web page') ??
    dateInText(lines, language) ??
    dateOfObject(facts, language, isMediaOrEvent, 'a video, a picture or an event') ??
    dateInAddress(facts)
  )
}

/** A date this long after the import is no date of publication. */
const maxMillisecondsAhead = 366 * 24 * 60 * 60 * 1000

function* statedDates(
  facts: PageFacts,
  headline: Element | undefined,
  { near }: HeadLines,
  dates: readonly ShownDate[],
  language: string | undefined,
): Generator<StatedDate> {
  const { page, metas, data } = facts
  const inMetas = publicationNames.flatMap((name) => metas.get(name) ?? [])
  const article = data.article && !isWebPage(data.article) ? data.article : undefined
  const inData = textIn(article, 'datePublished')
  const shown = [...near, textOf(dates[0]?.element)]
  const own = ['datePublished', 'dateCreated', 'uploadDate'].map((name) => textIn(article, name))
  const others = data.own
    .filter((object) => !isWebPage(object) && !isMediaOrEvent(object))
    .map((object) => textIn(object, 'datePublished'))
  const stated = [
    ...(inData !== undefined && isShownInstead(inData, inMetas, shown, language) ? [inData] : []),
    ...inMetas,
    ...own,
    ...others,
    ...generalNames.flatMap((name) => metas.get(name) ?? []),
  ]
  for (const text of stated) if (text !== undefined) yield { text }
  const properties =
    '[itemprop~="datePublished"], [itemprop~="dateCreated"], time[pubdate], [property~="schema:datePublished"]'
  for (const element of first(page.querySelectorAll(properties)))
    if (!isOfAnotherThing(element, headline)) for (const text of textsOf(element)) yield { text }
  for (const { element, guess } of dates)
    for (const text of textsOf(element)) yield { text, ...(guess !== undefined && { guess }) }
}

/** A text that states a date, and why this date is perhaps not that of the publication. */
interface StatedDate {
  text: string
  guess?: string
}

/**
 * Tells whether the lines that the page shows near its headline have the day of a date, and not that of the first date in its `meta`
 * elements, in which some programs write the date of the last change.
 */
function isShownInstead(
  text: string,
  inMetas: readonly string[],
  lines: readonly string[],
  language: string | undefined,
): boolean {
  const date = readDate(text, language)
  const other = inMetas.map((one) => readDate(one, language)).find((one) => one !== undefined)
  if (date === undefined || other === undefined || dayOf(date) === dayOf(other)) return false
  // A day alone may be the same day in another zone.
  if (date.length < other.length || Date.parse(date) === Date.parse(other)) return false
  const shown = lines.map((line) => parsePageDates(line, language).published ?? '').map(dayOf)
  return shown.includes(dayOf(date)) && !shown.includes(dayOf(other))
}

const dayOf = (date: string): string => date.slice(0, 10)

/** The date that the JSON-LD gives the first object of a kind; it need not be the article's. */
function dateOfObject(
  { data }: PageFacts,
  language: string | undefined,
  isOfKind: typeof isWebPage,
  kind: string,
): PublishedDate | undefined {
  for (const object of data.own.filter(isOfKind)) {
    const date = readDate(textIn(object, 'datePublished') ?? '', language)
    if (date !== undefined) return { date, guess: `the date of ${kind} in its JSON-LD` }
  }
  return undefined
}

const first = (elements: Iterable<Element>): Element[] => [...elements].slice(0, maxElements)

/** The forms in which an element gives a date: as data, or as text. */
const textsOf = (element: Element): string[] =>
  [
    ...['datetime', 'content', 'title'].map((name) => element.getAttribute(name) ?? ''),
    textOf(element),
  ].filter(Boolean)

/**
 * Reads a date as pages write it: RFC 3339 or ISO 8601, seconds or milliseconds since 1970, RFC 822, or a date in text. An
 * ambiguous or impossible date is undefined.
 */
function readDate(text: string, language: string | undefined): string | undefined {
  return fromNumber(text) ?? fromIso(text) ?? fromMail(text) ?? parsePageDates(text, language).published
}

function fromNumber(text: string): string | undefined {
  if (!/^(?:\d{10}|\d{13})$/.test(text.trim())) return undefined
  const milliseconds = Number(text) * (text.trim().length === 10 ? 1000 : 1)
  return rfc3339(milliseconds)
}

const iso =
  /^((?:19|20)\d{2})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::?(\d{2}))?(?:[.,]\d{1,9})?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?$/i
const basic = /^((?:19|20)\d{2})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?$/i

function fromIso(text: string): string | undefined {
  const [, year = '', month = '', day = '', hour, minute, second = '00', zone] =
    iso.exec(text.trim()) ?? basic.exec(text.trim()) ?? []
  if (year === '') return undefined
  const date = `${year}-${twoDigits(month)}-${twoDigits(day)}`
  if (Number.isNaN(Date.parse(date)) || rfc3339(Date.parse(date)).slice(0, 10) !== date) return undefined
  if (hour === undefined) return date
  const written = `${date}T${twoDigits(hour)}:${minute}:${second}`
  return Number.isNaN(Date.parse(`${written}Z`)) ? undefined : written + offsetOf(zone)
}

const mail =
  /^[a-z]{3,9},?\s+(\d{1,2})\s+([a-z]{3})[a-z]*\.?\s+(\d{4})\s+(\d{1,2}:\d{2}(?::\d{2})?)\s*(Z|UTC|GMT|[+-]\d{4})?$/i

function fromMail(text: string): string | undefined {
  const [, day, month, year, time, zone] = mail.exec(text.trim()) ?? []
  if (day === undefined) return undefined
  const parsed = Date.parse(`${day} ${month} ${year} ${time} UTC`)
  return Number.isNaN(parsed) ? undefined : rfc3339(parsed).slice(0, 19) + offsetOf(zone)
}

const twoDigits = (number: string): string => number.padStart(2, '0')

/** Returns an offset with a colon; empty if there is no zone. */
function offsetOf(zone = ''): string {
  if (/^(?:Z|UTC|GMT)$/i.test(zone)) return 'Z'
  return zone.replace(/^([+-]\d{2}):?(\d{2})?$/, (_, hours: string, minutes = '00') => `${hours}:${minutes}`)
}

/**
 * Finds a date in the text of the page: in the lines around the headline, at the beginning of the first paragraph, or with a
 * label such as `Publié le` anywhere in the article's part of the page.
 */
function dateInText(
  { near, paragraph, short }: HeadLines,
  language: string | undefined,
): PublishedDate | undefined {
  const start = paragraph.slice(0, 60)
  const candidates = [
    ...near,
    ...(isDateline(start) ? [start] : []),
    ...short.filter((text) => labelled.test(text)),
    ...(near.length === 0 ? onlyDateLine(short) : []),
  ]
  for (const text of candidates) {
    const date = /\d/.test(text) ? parsePageDates(text, language).published : undefined
    if (date !== undefined) return { date, guess: `taken from the line "${shortened(text, 80)}"` }
  }
  return undefined
}

/** The line that is nothing but a date, on a page without a headline, if all such lines are equal. */
function onlyDateLine(lines: readonly string[]): string[] {
  const dates = [...new Set(lines.filter((line) => isDateLine(line) && /\d{4}/.test(line)))]
  return dates.length === 1 ? dates : []
}

/** Tells whether a paragraph begins with a date, perhaps after a place: `Karlsruhe (12.11.2021). …`. */
const isDateline = (start: string): boolean => /^(?:\p{L}+,?\s)?\(?\d/u.test(start)

const labelled = /publi|post|veröffentlicht|erstellt|erschienen|geschrieben|gespeichert|datum|date|fecha/i

/** The day in an address such as `/2022/10/14/pont`. */
function dateInAddress({ url }: PageFacts): PublishedDate | undefined {
  const [, year = '', month = '', day = ''] =
    /\/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/-])/.exec(url ?? '') ?? []
  const date = year === '' ? undefined : fromIso(`${year}-${month}-${day}`)
  return date === undefined ? undefined : { date, guess: "taken from the page's address" }
}
