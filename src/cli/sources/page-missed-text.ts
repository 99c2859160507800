import { shortened } from '../../domain/text.ts'
import { type Element, type Line, textOf } from './page-dom.ts'
import { linkedCharacters, minProseCharacters } from './page-prose.ts'
import { keptTest, type PageLines, type ReadParts } from './page-rest.ts'

/** A body with less than this share of the longest run of paragraphs is perhaps another text than the article. */
const minShareOfCharacters = 0.5
/** A shorter run of paragraphs is no article. */
const minRunCharacters = 400

/**
 * Returns a warning if most of the longest run of paragraphs of a page is not in the body: all paragraphs that stand in one element
 * are a run. The warning quotes the first that is left out. Boxes named for other texts, such as comments, are no runs. A body that is
 * very short beside the text of the page is a warning, too.
 */
export function missedTextWarning(before: PageLines, parts: ReadParts): string | undefined {
  const { lines, parents, others } = before
  const isKept = keptTest(parts)
  const runs = new Map<Element | undefined, Line[]>()
  for (const line of lines) {
    if (!isParagraph(line) || others.has(line.element)) continue
    const around = line.element.localName === 'p' ? parents.get(line.element) : line.element
    const run = runs.get(around)
    if (run) run.push(line)
    else runs.set(around, [line])
  }
  const longest =
    [...runs.values()].toSorted((one, other) => charactersOf(other) - charactersOf(one))[0] ?? []
  const kept = charactersOf(longest.filter(isKept))
  const all = charactersOf(longest)
  const [missed] = longest.filter((line) => !isKept(line))
  if (!missed || all < minRunCharacters || kept >= minShareOfCharacters * all)
    return shortTextWarning(lines, parts)
  const share = Math.round((100 * kept) / all)
  return `html: only ${share} % of the longest run of paragraphs of the page is taken; left out is "${shortened(missed.text, 80)}"`
}

/** Returns a warning if the body is very short beside the text of the page, such as a notice about the browser. */
function shortTextWarning(lines: readonly Line[], { body }: ReadParts): string | undefined {
  const taken = textOf(body).length
  if (taken >= maxShortCharacters || charactersOf(lines) < minPageCharacters) return undefined
  return `html: only ${taken} characters of the page's text are taken`
}

const maxShortCharacters = 250
const minPageCharacters = 2500

const isParagraph = ({ text, nodes }: Line): boolean =>
  text.length >= minProseCharacters && linkedCharacters(nodes) * 2 < text.length

const charactersOf = (lines: readonly Line[]): number => lines.reduce((sum, { text }) => sum + text.length, 0)
