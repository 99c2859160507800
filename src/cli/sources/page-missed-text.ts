import { shortened } from '../../domain/text.ts'
import { minShareOfCharacters } from './page-choice.ts'
import { textOf } from './page-dom.ts'
import { keptTest, type PageLines, type ReadParts } from './page-rest.ts'
import { charactersOf, type Run } from './page-runs.ts'

/**
 * Returns a warning if most of the longest run of paragraphs of a page is not in the body; it quotes the first that is left out. A body
 * that is very short beside the text of the page is a warning, too, and a short one on a page that does not show its title.
 */
export function missedTextWarning(
  before: PageLines,
  run: Run | undefined,
  parts: ReadParts,
): string | undefined {
  const isKept = keptTest(parts)
  const [missed] = run?.lines.filter((line) => !isKept(line)) ?? []
  const kept = charactersOf(run?.lines.filter(isKept) ?? [])
  if (!run || !missed || kept >= minShareOfCharacters * run.characters) return shortTextWarning(before, parts)
  const share = Math.round((100 * kept) / run.characters)
  return `html: only ${share} % of the longest run of paragraphs of the page is taken; left out is "${shortened(missed.text, 80)}"`
}

/** Returns a warning if the body is very short beside the text of the page, such as a notice about the browser. */
function shortTextWarning({ lines }: PageLines, { body, headline }: ReadParts): string | undefined {
  const taken = textOf(body).length
  const isShort =
    taken < maxShortCharacters && (charactersOf(lines) >= minPageCharacters || headline === undefined)
  return isShort ? `html: only ${taken} characters of the page's text are taken` : undefined
}

/** Returns a warning if a line of the page says that the article goes on at other addresses: `Page 1 de 3`. */
export function furtherPagesWarning({ lines }: PageLines): string | undefined {
  const line = lines.find(({ text }) => {
    const [, number = '1', count = '1'] = partOfPages.exec(text) ?? []
    return Number(number) < Number(count)
  })
  return line && `html: the page says "${line.text}"; the other pages are not imported`
}

const partOfPages = /^(?:page|seite|página)\s+(\d{1,2})\s*(?:\/|of|de|sur|von)\s*(\d{1,2})$/i

const maxShortCharacters = 250
const minPageCharacters = 2500
