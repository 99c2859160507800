import { type Element, type Page, textOf } from './page-dom.ts'
import { keyOf } from './page-facts.ts'
import { longestParagraph } from './page-parts.ts'

/** A heading of a page, and whether it is an `h2`. */
interface ShownHeading {
  readonly title: string
  readonly element: Element
  readonly isLower: boolean
}

/** The titles of a page: of its metadata apart from `title`, and the segments of `title` that separators part. */
interface StatedTitles {
  readonly specific: readonly string[]
  readonly segments: readonly string[]
}

/**
 * Returns the test whether a main heading is the name of the paper, although `title` has it: it stands outside of the article, and
 * an `h2` is the title in the metadata, or the rest of `title`. `confirmed` are the headings that some title has.
 */
export function mastheadTest(
  confirmed: readonly ShownHeading[],
  { specific, segments }: StatedTitles,
): (heading: ShownHeading) => boolean {
  const titles = new Set(specific.map(keyOf))
  const ends = new Set([segments[0], segments.at(-1)].map((segment) => keyOf(segment ?? '')))
  const lower = confirmed.filter(
    ({ title, isLower }) => isLower && (title.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) > 2,
  )
  const others = lower.map(({ title }) => keyOf(title))
  return ({ title, element, isLower }) => {
    const key = keyOf(title)
    if (isLower || element.closest('article, main') || titles.has(key) || !ends.has(key)) return false
    if (others.some((one) => one !== key && titles.has(one))) return true
    return (
      titles.size === 0 &&
      segments.length > 1 &&
      others.some((one) => one !== key && segments.map(keyOf).includes(one))
    )
  }
}

/** The heading with which the article begins, if the main heading of the page stands outside of it and may be the paper's name. */
export function ownHeadingOf(page: Page, main: Element): string | undefined {
  const paragraph = longestParagraph(page)
  const article = paragraph?.closest('article, main')
  if (!paragraph || !article || article.contains(main) || main.closest('article, main')) return undefined
  const heading = article.querySelector('h1, h2, h3')
  const text = textOf(heading)
  return heading &&
    text !== textOf(main) &&
    !heading.contains(paragraph) &&
    isAbove(heading, paragraph, article)
    ? text
    : undefined
}

const isAbove = (heading: Element, paragraph: Element, article: Element): boolean => {
  const both = [...article.querySelectorAll('h1, h2, h3, p')].filter(
    (one) =>
      one === heading ||
      (one.localName === 'p' && one.textContent.length >= minTextCharacters) ||
      one === paragraph,
  )
  return both[0] === heading
}

const minTextCharacters = 80
