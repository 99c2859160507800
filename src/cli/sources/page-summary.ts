import { parseByline } from '../../ingest/byline.ts'
import { endsSentence, isDateLine, isFurniture } from '../../ingest/furniture.ts'
import { type Element, linesOf, textOf } from './page-dom.ts'
import { keyOf } from './page-facts.ts'
import { isProse } from './page-prose.ts'
import { summaryOf } from './values.ts'

/**
 * Returns the summary of a page: the description in its metadata, otherwise the first sentences of the text. Readability takes the
 * first paragraph, which may be a byline, a date, a label or a count. `first` is this paragraph, as it was before the body was
 * tidied. Undefined if the text has no sentence.
 */
export function summaryOfPage(
  excerpt: string | undefined,
  first: string,
  body: Element,
  names: readonly string[],
): string | undefined {
  if (excerpt !== undefined && keyOf(excerpt) !== keyOf(first)) return summaryOf(excerpt)
  if (isSummary(first, names)) return summaryOf(first)
  return summaryOf(linesOf(body).find((line) => isProse(line) && isSummary(line.text, names))?.text)
}

/** Returns the text that Readability takes as the summary of a page without a description: that of the first paragraph. */
export const firstParagraphOf = (body: Element): string => textOf(body.querySelector('p'))

/** Tells whether a paragraph is a sentence, or so long that it is no label, and says more than who wrote the article and when. */
function isSummary(text: string, names: readonly string[]): boolean {
  const words = text.match(/\p{L}+/gu) ?? []
  if (isFurniture(text) || isDateLine(text) || parseByline(text) || names.includes(text)) return false
  return endsSentence(text) ? words.length >= minSentenceWords : text.length >= minCharacters
}

const minSentenceWords = 4
/** A line of this length is no label, although it ends without a full stop. */
const minCharacters = 80
