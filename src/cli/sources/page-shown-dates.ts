import { parseByline } from '../../ingest/byline.ts'
import { endsSentence, isDateLine } from '../../ingest/furniture.ts'
import { kindOfLine } from '../../ingest/main-text.ts'
import { parsePageDates } from '../../ingest/page-dates.ts'
import { type Element, type Line, linesOf, type Page, textOf } from './page-dom.ts'
import { isInSiteHeader, isOutside } from './page-parts.ts'
import { isProse } from './page-prose.ts'

const maxTimes = 200

/** An element that states a date, and why this date is perhaps not that of the publication. */
export interface ShownDate {
  readonly element: Element
  readonly guess?: string
}

/**
 * The `time` elements of a page that may state when its article was published, the most certain first. Those in the site's header,
 * in margins, comments and quotations, of events, in teasers, and in the sentences of the text are left out; those above the
 * headline and outside of its article, those below the first paragraph, and those of an update come last and are guesses.
 */
export function shownDatesOf(page: Page, headline: Element | undefined): ShownDate[] {
  const body = page.querySelector('body')
  if (!body) return []
  const places = placesOf(linesOf(body), headline)
  const all = [...page.querySelectorAll('time')]
    .slice(0, maxTimes)
    .filter((time) => !isOutside(time, headline, true) && !isOfAnotherThing(time, headline))
  const inArticle = all.filter((time) => time.closest('article, main, [role="main"]'))
  const dates = (inArticle.length > 0 ? inArticle : all)
    .filter((time) => !isInText(places, time) && !isOfTeaser(places, time, headline))
    .map((element) => ({ element, ...guessAbout(places, element, headline) }))
  return dates.toSorted((one, other) => Number(one.guess !== undefined) - Number(other.guess !== undefined))
}

/** Tells whether an element is in the header of the site, in a quotation, or states a date of an event or of a reader's text. */
export function isOfAnotherThing(element: Element, headline: Element | undefined): boolean {
  if (element.closest(otherThings)) return true
  return isInSiteHeader(element, headline)
}

const otherThings =
  'blockquote, [itemprop~="startDate"], [itemprop~="endDate"], [itemtype*="/Event"], [itemtype*="Comment"], [itemtype*="Review"]'

/** Where the lines of a page with `time` elements stand. */
interface Places {
  readonly lines: readonly Line[]
  readonly lineOf: ReadonlyMap<Element, number>
  /** The numbers of the headline's line and of the first paragraph below it; -1 and Infinity without one. */
  readonly headline: number
  readonly text: number
  /** The number of the first line below the text that says that comments follow; Infinity without one. */
  readonly comments: number
  /** The numbers of the last paragraph. */
  readonly end: number
}

function placesOf(lines: readonly Line[], headline: Element | undefined): Places {
  const lineOf = new Map<Element, number>()
  for (const [at, { nodes }] of lines.entries())
    for (const time of nodes.flatMap((node) => (node.nodeType === 1 ? timesIn(node as Element) : [])))
      lineOf.set(time, at)
  const orInfinity = (at: number) => (at === -1 ? Number.POSITIVE_INFINITY : at)
  const at = headline ? lines.findIndex(({ element }) => headline.contains(element)) : -1
  const text = orInfinity(lines.findIndex((line, one) => one > at && isProse(line)))
  const comments = orInfinity(
    lines.findIndex((line, one) => one > text && kindOfLine(line.text) === 'comments'),
  )
  return { lines, lineOf, headline: at, text, comments, end: lines.findLastIndex(isProse) }
}

const timesIn = (element: Element): Element[] =>
  element.localName === 'time' ? [element] : [...element.querySelectorAll('time')]

/** Tells whether a date stands in a sentence, or below the first paragraph in a line that is more than a date and a byline. */
function isInText({ lines, lineOf, text, comments, end }: Places, time: Element): boolean {
  const at = lineOf.get(time)
  const line = at === undefined ? undefined : lines[at]
  if (at === undefined || !line) return false
  if (at > comments) return true
  if (isLabelled.test(line.text)) return false
  const words = line.text.replace(textOf(time), ' ').match(/(?<!\p{L})\p{Ll}{2,}/gu) ?? []
  if (endsSentence(line.text) && words.length >= minSentenceWords) return true
  const { rest } = parsePageDates(line.text.replace(textOf(time), ' '))
  if (at < text || isDateLine(line.text) || !/\p{L}{2}/u.test(rest) || parseByline(rest)) return false
  // A standfirst may stand above the line with the author and the date.
  return at > end || rest.includes(':') || (rest.match(/\p{L}+/gu) ?? []).length > maxNameWords
}

const maxNameWords = 3

const minSentenceWords = 4
/** The beginning of a line that says when the article was published or updated: `This article was published on …`. */
const isLabelled =
  /^(?:(?:this|cet?|cette|dieser?|este|esta)\s\p{L}+\s)?[^.!?]{0,12}(?:publi|post|veröffentlicht|erstellt|erschienen|geschrieben|updated|mis à jour|aktualisiert|actualizado)|^(?:date|datum|fecha|stand)\b/iu

/** Tells whether a date below the text belongs to a box with a link that is the headline of another article. */
function isOfTeaser({ lineOf, lines, end }: Places, time: Element, headline: Element | undefined): boolean {
  const at = lineOf.get(time)
  if (at === undefined || at < end) return false
  let box: Element = time
  const last = lines[end]?.element
  for (let one: Element | null = time; one && one.localName !== 'body'; one = one.parentElement) {
    if ((headline && one.contains(headline)) || (last && one.contains(last))) break
    box = one
  }
  return [...box.querySelectorAll('a[href]')].some(isHeadlineLink)
}

/** Tells whether a link has as many words as a headline. */
const isHeadlineLink = (link: Element): boolean =>
  (textOf(link).match(/\p{L}+/gu) ?? []).length >= minTeaserWords

const minTeaserWords = 4

/** Says why a date is perhaps not that of the publication. */
function guessAbout(
  { lines, lineOf, headline: top, text }: Places,
  time: Element,
  headline: Element | undefined,
): Omit<ShownDate, 'element'> {
  const at = lineOf.get(time)
  const line = at === undefined ? undefined : lines[at]
  if (isOfUpdate(time, line)) return { guess: 'the date of an update' }
  if (at === undefined) return {}
  const article = headline?.closest('article, main')
  if (at < top && !article?.contains(time)) return { guess: 'the date in an element above the headline' }
  return at > text ? { guess: 'the date in an element below the first paragraph' } : {}
}

function isOfUpdate(time: Element, line: Line | undefined): boolean {
  const names = `${time.getAttribute('class') ?? ''} ${time.getAttribute('itemprop') ?? ''}`
  if (/publi|created|entry-date/i.test(names)) return false
  if (/updated|modified/i.test(names)) return true
  const dates = line ? parsePageDates(line.text) : undefined
  return dates?.updated !== undefined && dates.published === undefined
}
