import { isNavigation } from '../../ingest/furniture.ts'
import { textIn } from './page-data.ts'
import { type Element, type Page, partsOf, textOf } from './page-dom.ts'
import { isSiteName, keyOf, type PageFacts } from './page-facts.ts'
import { mastheadTest } from './page-masthead.ts'
import { doubtAbout } from './page-title-doubt.ts'
import { titleOf } from './values.ts'

const maxTitleCharacters = 400
const maxHeadings = 50
const maxTitles = 20
const maxParts = 20
const maxSegments = 12

/** The title of an article, and the heading on the page that shows it. */
interface Headline {
  title: string
  element?: Element
  /** Why the title is perhaps not the headline. */
  guess?: string
}

/**
 * Finds the title of the article: the heading that the page's metadata confirms, otherwise a heading that resembles the title
 * in the metadata, otherwise the only main heading, otherwise the title in the metadata without the site's name. Undefined if
 * the page has none of them.
 */
export function headlineOf(facts: PageFacts): Headline | undefined {
  const headline = chosenHeadline(facts)
  const title = headline?.title.replace(/^[\s:|·–—-]+|[\s:|·]+$/g, '')
  // Only French writes a space before a colon; on other pages, it is the colon of a label that screen readers read, or of a score.
  const isFrench = /^fr\b/i.test(facts.page.documentElement?.getAttribute('lang') ?? 'fr')
  if (!title) return undefined
  const stated = statedTitles(facts)
  const inTitle = titleIn(facts)
  const segments = titleSegmentsOf(inTitle)
  const element = headline?.element
  const guess = doubtAbout(facts, { title, element, stated, inTitle, segments, isAlike })
  return {
    ...headline,
    title: isFrench ? title : title.replace(/(?<!\d) : | : (?!\d)/g, ': '),
    ...(guess !== undefined && { guess }),
  }
}

/** The text of `title`, without the number of unread messages before it. */
const titleIn = ({ page }: PageFacts): string =>
  titleOf(textOf(page.querySelector('title')).replace(/^\(\d{1,3}\+?\)\s+/, ''))

function chosenHeadline(facts: PageFacts): Headline | undefined {
  const stated = statedTitles(facts)
  const segments = stated.map(segmentsOf)
  const runs = new Set(segments.flatMap(runsIn))
  const isStated = (text: string) => runs.has(keyOf(text))
  const headings = headingsOf(facts)
  const confirmed = headings.filter(({ title }) => isStated(title))
  const inTitle = titleIn(facts)
  const specific = stated.filter((title) => title !== inTitle)
  const isMasthead = mastheadTest(confirmed, { specific, segments: titleSegmentsOf(inTitle) })
  // A short main heading may be the name of the section.
  const upper = confirmed.filter(
    (heading) => !heading.isLower && wordsOf(heading.title).length > 2 && !isMasthead(heading),
  )
  const named = segments.map((parts) => withoutSite(facts, parts)).filter(Boolean)
  const whole = new Set([...stated, ...named].map(keyOf))
  const short = confirmed.filter(
    ({ title }) =>
      wordsOf(title).length > 2 || whole.has(keyOf(title)) || !segments.some(hasLongerPart(title)),
  )
  const [heading] = (upper.length > 0 ? upper : short.filter((one) => !isMasthead(one))).toSorted(byLength)
  // A recipe or a box of facts may repeat a part of the main heading.
  const containing = headings.find(
    ({ title, isMain }) => isMain && heading?.isLower && keyOf(title).includes(keyOf(heading.title)),
  )
  if (heading) return containing ?? heading
  for (const { title, element, parts, isLower } of headings) {
    if (isLower) continue
    // A heading may also contain the line above the headline, the section or the date.
    const ownRuns = new Set(runsIn(segmentsOf(title)))
    const run = [...parts.filter(isStated), ...named.filter((one) => ownRuns.has(keyOf(one)))]
      .filter((one) => wordsOf(one).length > 2)
      .toSorted((one, other) => other.length - one.length)[0]
    if (run !== undefined) return { title: run, element }
  }
  const alike = headings.find(({ title, isLower }) => !isLower && stated.some((one) => isAlike(title, one)))
  if (alike) return alike
  const main = headings.find(({ isMain }) => isMain)
  if (main && wordsOf(main.title).length > 2) return main
  const title = named[0]
  return title === undefined
    ? (main ?? (stated[0] === undefined ? undefined : { title: stated[0] }))
    : { title }
}

/** Tells whether a stated title has beside a short heading a part that is more of a title, so that the heading names the section. */
const hasLongerPart =
  (heading: string) =>
  (parts: readonly string[]): boolean =>
    parts.some((part) => keyOf(part) === keyOf(heading)) && parts.some((part) => wordsOf(part).length > 3)

const byLength = (one: Heading, other: Heading): number => other.title.length - one.title.length

/** The titles that the metadata states, the most specific first. */
function statedTitles(facts: PageFacts): string[] {
  const { metas, data } = facts
  const named =
    'og:title twitter:title parsely-title sailthru.title dc.title dcterms.title title headline'.split(' ')
  const titles = [
    textIn(data.article, 'headline'),
    ...named.flatMap((name) => metas.get(name) ?? []),
    textIn(data.article, 'name'),
    titleIn(facts),
  ]
  return [...new Set(titles)]
    .filter((title) => title !== undefined)
    .filter((title) => title.length <= maxTitleCharacters)
    .slice(0, maxTitles)
    .map(titleOf)
    .filter((title) => keyOf(title) !== '')
}

interface Heading extends Headline {
  /** The text without the line above the headline, if its name says what it is. */
  title: string
  element: Element
  parts: readonly string[]
  /** Whether this is the page's main heading: its only `h1`, or the only one in its main part. */
  isMain: boolean
  /** Whether this is an `h2` without a name; only a title in the metadata can confirm such a heading. */
  isLower: boolean
}

const outside =
  'nav, aside, footer, form, dialog, [role="navigation"], [role="banner"], [role="complementary"], [aria-hidden="true"]'
/** Names of the line above a headline, and of what a screen reader says before it. */
const kickers = [
  ...[
    'kicker',
    'overline',
    'roofline',
    'topline',
    'dachzeile',
    'surtitre',
    'eyebrow',
    'overhead',
    'pretitle',
    'supertitle',
  ],
  ...['subtitle', 'sr-only', 'screen-reader', 'visually-hidden', 'visuallyhidden'],
]
  .map((name) => `[class*="${name}" i]`)
  .join(', ')
const byName =
  '[itemprop~="headline"], .entry-title, .post-title, .article-title, .headline, .article-headline'

function headingsOf(facts: PageFacts): Heading[] {
  const { page } = facts
  const shown = [...page.querySelectorAll('h1')]
    .slice(0, maxHeadings)
    .filter((heading) => isHeading(facts, heading))
  const inMain = shown.filter((heading) => heading.closest('article, main, [role="main"]'))
  const main = shown.length === 1 ? shown : inMain.length === 1 ? inMain : []
  const others = [...namedHeadings(page)].filter((heading) => isHeading(facts, heading))
  const lower = [...page.querySelectorAll('h2')]
    .slice(0, maxHeadings)
    .filter((heading) => isHeading(facts, heading))
  const named = new Set([...shown, ...others])
  return [...new Set([...named, ...lower])].map((heading) => ({
    title: textOf(heading, kickers) || textOf(heading),
    element: heading,
    parts: partsOf(heading).slice(0, maxParts),
    isMain: main.includes(heading),
    isLower: !named.has(heading),
  }))
}

const namedHeadings = (page: Page): Element[] => [...page.querySelectorAll(byName)].slice(0, maxHeadings)

function isHeading(facts: PageFacts, heading: Element): boolean {
  const text = textOf(heading)
  return (
    text.length > 0 &&
    text.length <= maxTitleCharacters &&
    !isSiteName(facts, text) &&
    (!heading.closest(outside) || isStatedMain(facts, heading)) &&
    !leadsHome(facts, heading)
  )
}

/** Tells whether a heading is an `h1` with the headline of the JSON-LD; some pages have it in the bar that stays at the top. */
const isStatedMain = ({ data }: PageFacts, heading: Element): boolean =>
  heading.localName === 'h1' &&
  keyOf(textOf(heading)) === keyOf(titleOf(textIn(data.article, 'headline') ?? ''))

/** Tells whether a heading is a link to the site's home page, as the site's name is. */
function leadsHome({ url }: PageFacts, heading: Element): boolean {
  const links = [heading.closest('a[href]'), ...heading.querySelectorAll('a[href]')]
  const addresses = links.flatMap((link) => link?.getAttribute('href') ?? [])
  return addresses.some((address) => {
    if (address === '/') return true
    if (url === undefined) return false
    const { pathname, host } = URL.parse(address, url) ?? {}
    return pathname === '/' && host === new URL(url).host && new URL(url).pathname !== '/'
  })
}

/**
 * Splits a title at the signs that separate a headline from names of the site and section. `segments` and `separators`
 * alternate, so that joined they give the title again.
 */
function segmentsOf(title: string): string[] {
  const parts = title.split(/((?:\s+[|│·•»›«/~:–—-]+)+\s+|\s*[|│]\s*|\s+::\s+|_+|\s*:\s+)/)
  return parts.length > 2 * maxSegments ? [title] : parts
}

/** The segments of a title without the separators. */
const titleSegmentsOf = (title: string): string[] => segmentsOf(title).filter((_, at) => at % 2 === 0)

/** The keys of all consecutive segments of a title. */
function runsIn(parts: readonly string[]): string[] {
  const keys: string[] = []
  for (let start = 0; start < parts.length; start += 2)
    for (let end = start + 1; end <= parts.length; end += 2)
      keys.push(keyOf(parts.slice(start, end).join('')))
  return keys
}

/** Removes the segments at the end and at the beginning of a title that are names of the site or of a section. */
function withoutSite(facts: PageFacts, parts: readonly string[]): string {
  let [start, end] = [0, parts.length]
  while (end > start && isSiteName(facts, parts[end - 1] ?? '')) end -= 2
  while (start < end && isSiteName(facts, parts[start] ?? '')) start += 2
  while (isSection(facts, parts[start]) && isBesideTitle(parts[start + 1], parts.slice(start + 2, end)))
    start += 2
  while (isSection(facts, parts[end - 1]) && isBesideTitle(parts[end - 2], parts.slice(start, end - 2)))
    end -= 2
  return parts.slice(start, Math.max(start, end)).join('').trim()
}

/** Tells whether a segment is the name of a section: one that newspapers usually have, or the one that the metadata states. */
function isSection({ metas, data }: PageFacts, segment = ''): boolean {
  const stated = [...(metas.get('article:section') ?? []), textIn(data.article, 'articleSection') ?? '']
  const key = keyOf(segment)
  return key !== '' && (isNavigation(segment) || stated.some((section) => keyOf(section) === key))
}

/** Tells whether a separator that is no colon parts a segment from segments that are a title. */
const isBesideTitle = (separator = ':', others: readonly string[]): boolean =>
  !separator.includes(':') && wordsOf(others.join('')).length > 2

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

/** Tells whether most words of a heading occur in a title, or the reverse. */
function isAlike(heading: string, title: string): boolean {
  const [one, other] = [new Set(wordsOf(heading)), new Set(wordsOf(title))]
  const both = [...one].filter((word) => other.has(word)).length
  return both >= 2 && both * 2 > Math.min(one.size, other.size)
}
