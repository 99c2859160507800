import { type Element, type Line, linesOf, type Page } from './page-dom.ts'

/** Parts of a page that concern other articles, or that readers wrote. */
const otherParts = [
  'nav, footer, [role="complementary"], [role="navigation"], [role="contentinfo"]',
  ...[
    'related',
    'comment',
    'sidebar',
    'teaser',
    'widget',
    'recent',
    'recommend',
    'popular',
    'newsletter',
  ].map((name) => `[class*="${name}" i]`),
  '[id*="comment" i], [id*="sidebar" i], [id*="related" i], [id*="widget" i]',
].join(', ')

/** An `aside` holds no date of the article, but may hold its byline. */
const asideOrOther = `aside, ${otherParts}`

/**
 * Tells whether an element is in a part of the page that is not the article; the part with the headline is the article's. With
 * `withAsides`, an `aside` is such a part.
 */
export function isOutside(element: Element, headline: Element | undefined, withAsides = false): boolean {
  const parts = withAsides ? asideOrOther : otherParts
  for (let part = element.closest(parts); part; part = part.parentElement?.closest(parts) ?? null)
    if (!/^(?:html|body|main|article)$/.test(part.localName) && !(headline && part.contains(headline)))
      return true
  return false
}

const maxUpperLines = 12
const maxLowerLines = 40
/** A line of this length is a paragraph. */
const minParagraphCharacters = 160

/** The lines of a page around its headline, without the parts that concern other articles. */
export interface HeadLines {
  /** The headline, the lines below it up to the first paragraph, then the lines above it, the nearest first. */
  near: readonly string[]
  /** The first paragraph; empty if there is none near the headline. */
  paragraph: string
  /** All lines that are no paragraphs. */
  short: readonly string[]
}

/** Splits the text of a page into the lines around its headline. */
export function headLinesOf(page: Page, headline: Element | undefined): HeadLines {
  const body = page.querySelector('body')
  const lines = body ? linesOf(body).filter(({ element }) => !isOutside(element, headline, true)) : []
  const at = headline ? lines.findIndex(({ element }) => headline.contains(element)) : -1
  const below = lines.slice(at + 1, at + 1 + maxLowerLines)
  const paragraph = below.findIndex(isParagraph)
  const head = below.slice(0, paragraph === -1 ? below.length : paragraph)
  const above = lines.slice(Math.max(0, at - maxUpperLines), Math.max(0, at)).reverse()
  const near = at === -1 ? [] : [lines[at] as Line, ...head, ...above]
  return {
    near: near.filter((line) => !isParagraph(line)).map(({ text }) => text),
    paragraph: below[paragraph]?.text ?? '',
    short: lines.filter((line) => !isParagraph(line)).map(({ text }) => text),
  }
}

const isParagraph = ({ text }: Line): boolean => text.length >= minParagraphCharacters
