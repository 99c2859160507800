import { shortened } from '../../domain/text.ts'
import { fold } from '../../ingest/furniture.ts'
import { type Element, linesOf, textOf } from './page-dom.ts'
import { isProse, minProseCharacters } from './page-prose.ts'

/**
 * Returns the test whether an element concerns another article: it stands in a small part with a linked heading, as a teaser does, or
 * below the `article` that contains the headline and prose.
 */
export function otherArticleTest(headline: Element | undefined): (element: Element) => boolean {
  const article = headline?.closest('article')
  const below = article && hasLongParagraph(article) ? elementsBelow(article) : new Set<Element>()
  const isInTeaser = teaserTest(headline)
  return (element) => {
    if (element.parentElement?.closest(authorBoxes)) return false
    if (isInTeaser(element)) return true
    for (let one: Element | null = element; one && below.size > 0; one = one.parentElement)
      if (below.has(one)) return true
    return false
  }
}

/**
 * Removes the other articles that a page shows whole beside that of the headline, as pages do that go on without end, and returns
 * their titles. Such an article is an element like one around the headline: both have the same name and class, stand side by
 * side and contain prose. It has a title like the headline, and outside of `article` elements a byline or date of its own.
 */
export function removeOtherArticles(headline: Element | undefined): string[] {
  const titles: string[] = []
  const title = fold(textOf(headline))
  for (
    let around = headline;
    headline && around && !/^(?:body|html)$/.test(around.localName);
    around = around.parentElement ?? undefined
  ) {
    if (around === headline) continue
    const alike = [...(around.parentElement?.children ?? [])].filter(
      (one) => one !== around && isNamedLike(one, around as Element),
    )
    if (alike.length === 0 || !containsProse(around)) continue
    for (const other of alike.slice(0, maxOthers)) {
      const heading = titleIn(other, headline)
      if (heading === '' || fold(heading) === title || !containsProse(other)) continue
      titles.push(heading)
      other.remove()
    }
  }
  return titles
}

const maxOthers = 50

/** Returns the warning about other articles with these titles that were left out; undefined without titles. */
export function otherArticlesWarning([first, ...others]: readonly string[]): string | undefined {
  if (first === undefined) return undefined
  const more = others.length === 0 ? '' : `, and ${others.length} more`
  return `html: another article of the page is left out: "${shortened(first, 80)}"${more}`
}

const isNamedLike = (one: Element, other: Element): boolean =>
  one.localName === other.localName &&
  (one.getAttribute('class') ?? '') === (other.getAttribute('class') ?? '')

const containsProse = (element: Element): boolean => linesOf(element).some(isProse)

/** The title of an element that is perhaps another article; empty if it has none. */
function titleIn(element: Element, headline: Element): string {
  const isOfArticle = element.localName === 'article'
  const heading = element.querySelector(headline.localName === 'h1' ? 'h1' : `h1, ${headline.localName}`)
  const isSigned = element.querySelector(ownSigns) !== null
  if (heading) return isOfArticle || isSigned ? textOf(heading) : ''
  return isOfArticle && isSigned ? textOf(element.querySelector('h2')) : ''
}

/** What an article has of its own: its date and its byline. */
const ownSigns = 'time, [class*="byline" i], [class*="author" i], [rel~="author"], [itemprop~="author"]'

/** Boxes about the author stand below the article, too. */
const authorBoxes = ['info', 'box', 'bio', 'card', 'profile', 'desc', 'area']
  .map((name) => `[class*="author-${name}" i], [class*="author_${name}" i]`)
  .join(', ')

/** Returns the elements behind an element and behind each element around it; what they contain follows it in the page. */
function elementsBelow(element: Element): Set<Element> {
  const below = new Set<Element>()
  for (
    let around: Element | null = element;
    around && around.localName !== 'body';
    around = around.parentElement
  )
    for (let next = around.nextElementSibling; next; next = next.nextElementSibling) below.add(next)
  return below
}

const hasLongParagraph = (article: Element): boolean =>
  [...article.querySelectorAll('p')].some(({ textContent }) => textContent.length >= minProseCharacters)

/** Returns the test whether an element stands in a small part with a linked heading, and not in that heading. */
function teaserTest(headline: Element | undefined): (element: Element) => boolean {
  // To look into the same large part again for each of its lines would take too long.
  const known = new Map<Element, Element | 'large' | undefined>()
  const headingIn = (part: Element): Element | 'large' | undefined => {
    if (!known.has(part)) known.set(part, linkedHeadingOf(part, headline))
    return known.get(part)
  }
  return (element) => {
    let part = element.parentElement
    for (let level = 0; part && level < maxTeaserLevels; level += 1, part = part.parentElement) {
      const heading = headingIn(part)
      if (heading === 'large') return false
      if (heading && !heading.contains(element)) return true
    }
    return false
  }
}

/** Returns the linked heading of a part; `large` if the part is more than a teaser, as the part with the headline is. */
function linkedHeadingOf(part: Element, headline: Element | undefined): Element | 'large' | undefined {
  if (/^(?:body|main|html)$/.test(part.localName)) return 'large'
  if (part.textContent.length > maxTeaserCharacters || part.querySelector('h1')) return 'large'
  if (headline && (part.contains(headline) || headline.contains(part))) return 'large'
  return part.querySelector(linkedHeadings) ?? undefined
}

const linkedHeadings = 'h2:has(a[href]), h3:has(a[href]), h4:has(a[href]), a[href] h2, a[href] h3, a[href] h4'
const maxTeaserLevels = 3
const maxTeaserCharacters = 400
