import { type Element, type Line, linesOf, type Page } from './page-dom.ts'
import { keyOf } from './page-facts.ts'
import { isProse } from './page-prose.ts'
import { charactersOf, minRunCharacters } from './page-runs.ts'

/**
 * Makes a `noscript` with a text as long as an article's a part of the page, if its text is not shown otherwise: a program writes
 * it there for readers whose browser runs no scripts.
 */
export function showTextWithoutScripts(page: Page): void {
  const body = page.querySelector('body')
  const silent = [...(body?.querySelectorAll('noscript') ?? [])]
    .map((element) => ({ element, paragraphs: linesOf(element).filter(isShownText) }))
    .filter(({ paragraphs }) => charactersOf(paragraphs) >= minRunCharacters)
  if (!body || silent.length === 0) return
  const shown = new Set(linesOf(body).map(({ text }) => keyOf(text)))
  for (const { element, paragraphs } of silent) {
    if (paragraphs.some(({ text }) => shown.has(keyOf(text)))) continue
    const part = page.createElement('div') as Element
    part.append(...element.childNodes)
    element.replaceWith(part)
  }
}

/** Tells whether a line is a long sentence, and not the code of an advertisement whose signs are escaped. */
const isShownText = (line: Line): boolean => isProse(line) && !/<[a-z/]/i.test(line.text)
