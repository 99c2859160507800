import { isLoneMarker } from '../../ingest/byline.ts'
import { kindOfLine } from '../../ingest/main-text.ts'
import { type Element, type Line, linesOf, type Page, textOf } from './page-dom.ts'
import { otherArticleTest } from './page-other-articles.ts'

/** Parts of a page that concern other articles, or that readers wrote; a page builder calls each of its boxes a widget. */
const namedParts = [
  'nav, [role="complementary"], [role="navigation"], [role="contentinfo"]',
  ...['related', 'comment', 'sidebar', 'teaser', 'recent', 'recommend', 'popular', 'newsletter'].map(
    (name) => `[class*="${name}" i]`,
  ),
  '[class*="widget" i]:not([class*="elementor-widget"]), [class*="elementor-widget"][class*="posts" i]',
  ...['kommentar', 'commentaire', 'comentario', 'leserbrief', 'lecteurs', 'reactions', 'discussion'].map(
    (name) => `[class*="${name}" i], [id*="${name}" i]`,
  ),
  '[id*="comment" i], [id*="sidebar" i], [id*="related" i], [id*="widget" i]',
].join(', ')

/** Tells whether an element is named as parts of pages are that concern other articles, or that readers wrote. */
export const isNamedForOthers = (element: Element): boolean =>
  // To match a long selector takes long, and most elements have none of these attributes.
  (element.localName === 'nav' ||
    ['class', 'id', 'role'].some((name) => element.getAttribute(name) !== null)) &&
  element.matches(namedParts)

const otherParts = `footer, ${namedParts}`

/** An `aside` holds no date of the article, but may hold its byline. */
const asideOrOther = `aside, ${otherParts}`

/**
 * Tells whether an element is in a part of the page that is not the article; the part with the headline is the article's. With
 * `withAsides`, an `aside` is such a part.
 */
export function isOutside(element: Element, headline: Element | undefined, withAsides = false): boolean {
  const parts = withAsides ? asideOrOther : otherParts
  for (let part = element.closest(parts); part; part = part.parentElement?.closest(parts) ?? null)
    if (!/^(?:html|body|main|article)$/.test(part.localName) && !isOfArticle(part, headline)) return true
  return false
}

/** Tells whether a part contains the headline, or is the end of the `article` that does. */
const isOfArticle = (part: Element, headline: Element | undefined): boolean =>
  headline !== undefined &&
  (part.contains(headline) ||
    (part.localName === 'footer' &&
      !part.matches(namedParts) &&
      part.closest('article')?.contains(headline) === true))

/**
 * Tells whether an element is in a header that is that of the site or of another article: one without the headline that is neither
 * within the article with the headline nor named for an entry.
 */
export function isInSiteHeader(element: Element, headline: Element | undefined): boolean {
  const header = element.closest('header, [role="banner"]')
  if (!header || header.matches(entryHeaders) || [...header.querySelectorAll('h1')].some(isShown(headline)))
    return false
  const article = header.closest('article')
  if (article) return headline?.closest('article') != null && !article.contains(headline)
  return !header.closest('main, [role="main"]')
}

/** Headers of articles by their names. */
const entryHeaders = '[class*="entry" i], [class*="article" i], [class*="post-" i]'

/** Returns the test whether a heading is the headline or repeats it. */
const isShown = (headline: Element | undefined) => (heading: Element) =>
  headline !== undefined && (heading === headline || textOf(heading) === textOf(headline))

/** Tells whether an element is in a part of the page whose heading says that readers wrote it. */
export function isOfReaders(element: Element, headline: Element | undefined): boolean {
  for (let part: Element | null = element; part && part.localName !== 'body'; part = part.parentElement) {
    if (headline && part.contains(headline)) return false
    if ([part.firstElementChild, part.previousElementSibling].some(isReadersHeading)) return true
  }
  return false
}

const isReadersHeading = (heading: Element | null): boolean => {
  if (!heading || !/^h[1-6]$/.test(heading.localName)) return false
  const text = textOf(heading)
  return kindOfLine(text) === 'comments' || (text.length <= maxHeadingCharacters && letters.test(text))
}

const maxHeadingCharacters = 60
const letters =
  /^(?:courrier|lettres?|réactions?|letters?|responses?|leserbriefe?|leserpost|zuschriften|cartas?|opiniones)(?:$|\s(?:de|des|du|to|from|of|al|a|zu|zum|der)\b)/i

const maxUpperLines = 12
const maxLowerLines = 40
/** A line of this length is a paragraph. */
const minParagraphCharacters = 160

/** The lines of a page around its headline, without the parts that concern other articles. */
export interface HeadLines {
  /**
   * The headline, the lines below it up to the first paragraph, then the lines above it, the nearest first. A line that is only a
   * word such as `By` has the line behind it, too.
   */
  near: readonly string[]
  /** The first paragraph; empty if there is none near the headline. */
  paragraph: string
  /** All lines that are no paragraphs. */
  short: readonly string[]
}

/** The longest paragraph stands in the article; it says where the article is if the page shows no headline. */
export function longestParagraph(page: Page): Element | undefined {
  let longest: Element | undefined
  for (const paragraph of page.querySelectorAll('p'))
    if (paragraph.textContent.length > (longest?.textContent.length ?? 0)) longest = paragraph
  return longest
}

/** Splits the text of a page into the lines around its headline. */
export function headLinesOf(page: Page, headline: Element | undefined): HeadLines {
  const body = page.querySelector('body')
  const anchor = headline ?? longestParagraph(page)
  const isOther = otherArticleTest(headline)
  const isInPart = ({ element }: Line) =>
    !isOutside(element, anchor, true) && !isInSiteHeader(element, anchor) && !isOther(element)
  const lines = body ? linesOf(body).filter(isInPart) : []
  const at = headline ? lines.findIndex(({ element }) => headline.contains(element)) : -1
  const below = lines.slice(at + 1, at + 1 + maxLowerLines)
  const paragraph = below.findIndex(isParagraph)
  const head = below.slice(0, paragraph === -1 ? below.length : paragraph)
  const above = lines.slice(Math.max(0, at - maxUpperLines), Math.max(0, at))
  return {
    near: at === -1 ? [] : [...shortTexts([lines[at] as Line]), ...joined(head), ...joined(above).reverse()],
    paragraph: below[paragraph]?.text ?? '',
    short: shortTexts(lines),
  }
}

const shortTexts = (lines: readonly Line[]): string[] =>
  lines.filter((line) => !isParagraph(line)).map(({ text }) => text)

/** The texts of lines; a word such as `By` on a line of its own is joined with the line below it. */
function joined(lines: readonly Line[]): string[] {
  const texts = shortTexts(lines)
  return texts.map((text, at) => (isLoneMarker(text) ? `${text} ${texts[at + 1] ?? ''}` : text))
}

const isParagraph = ({ text }: Line): boolean => text.length >= minParagraphCharacters
