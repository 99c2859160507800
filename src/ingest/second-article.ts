import { parseByline, parseName, wordsOf } from './byline.ts'
import type { CapturePage } from './capture-page.ts'
import { parsePageDates } from './page-dates.ts'

/** A shorter line above a byline is rather a subheading or a label than the title of another article. */
const minTitleWords = 4
/** The number of lines below a title among which its byline or date is searched. */
const creditLines = 2

/**
 * Finds the line of a text that seems to be the title of another article: a short line in the text, below it, perhaps
 * behind a standfirst, a byline or a name with a date, or a date with a label, and a paragraph below these. `kept` are the numbers of the lines of the text.
 */
export function secondTitleIn({ lines, kinds }: CapturePage, kept: readonly number[]): string | undefined {
  const isTitle = (at: number) => kinds[at] === 'short' && wordsOf(lines[at] ?? '').length >= minTitleWords
  const title = kept.find((at, place) => {
    if (place === 0 || !isTitle(at)) return false
    const isBelowText = kinds[kept[place + 1] ?? -1] === 'prose'
    const below = kept.slice(place + (isBelowText ? 2 : 1)).slice(0, creditLines + 1)
    const count = below.findIndex((next) => kinds[next] === 'prose')
    return (
      count > 0 &&
      areCredits(
        below.slice(0, count).map((next) => lines[next] ?? ''),
        isBelowText,
      )
    )
  })
  return title === undefined ? undefined : lines[title]
}

/** Below a standfirst, only a byline and a date together are credits: a name and a date also stand below a quoted post. */
function areCredits(lines: readonly string[], isBelowText: boolean): boolean {
  const read = lines.map((line) => parsePageDates(line))
  const isNamed = read.some(({ rest }) => (parseByline(rest)?.authors.length ?? 0) > 0)
  const isDated = read.some(({ published, updated }) => published !== undefined || updated !== undefined)
  const hasName = read.some(({ rest }) => parseName(rest) !== undefined)
  if (isBelowText) return isNamed && isDated
  return isNamed || read.some(({ isLabelled }) => isLabelled) || (isDated && hasName)
}
