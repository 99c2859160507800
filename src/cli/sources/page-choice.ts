import { Readability } from '@mozilla/readability'
import { shortened } from '../../domain/text.ts'
import { textIn } from './page-data.ts'
import { type Element, type Line, linesOf, textOf } from './page-dom.ts'
import { keyOf, type PageFacts } from './page-facts.ts'
import { isProse } from './page-prose.ts'
import { chainOf, closestAround, isHidden, type PageLines } from './page-rest.ts'
import { charactersOf, isNamedBody, isParagraph, type Run } from './page-runs.ts'

/** The part of a page that is the article's text. `guess` says why it is not the one that Readability chose. */
interface ChosenBody {
  readonly body: Element
  readonly guess?: string
}

/** What a page shows and says about its text, as it was before Readability changed the page. */
export interface Candidates {
  readonly facts: PageFacts
  readonly headline: Element | undefined
  readonly before: PageLines
  readonly run: Run | undefined
  /** A copy of the element around the run. */
  readonly copy: Element | undefined
}

/** A body with less than this share of the longest run of paragraphs is perhaps another text than the article. */
export const minShareOfCharacters = 0.5
/** A run of paragraphs is the article only if the paragraphs of the chosen body have at most this share of its characters. */
const maxShareOfCharacters = 0.5
const minBodyCharacters = 400

/**
 * Decides which part of a page is the article's text. It is the one that Readability chose, unless that lacks most of the longest run
 * of paragraphs, and JSON-LD or microdata names the run as the text, or the run consists mostly of sentences, stands below the
 * headline in the same part of the page and is far longer than the paragraphs that were chosen. If what the page shows is less than
 * half of the text in its JSON-LD, that text is taken.
 */
export function chosenBody(body: Element, candidates: Candidates): ChosenBody {
  const { run, copy, facts } = candidates
  if (!run || !copy || !isMissed(body, run) || !isArticleRun(run, body, candidates))
    return bodyInData(facts, body) ?? { body }
  const guess = `the longest run of paragraphs is taken, and not the part of the page that begins "${shortened(textOf(body), 80)}"`
  for (const part of [...copy.querySelectorAll('*')]) if (isUseless(part)) part.remove()
  return { body: cleaned(facts, copy, run) ?? copy, guess }
}

/** What Readability makes of a part of the page alone, unless it leaves out most of the run again. Changes the page. */
function cleaned({ page }: PageFacts, part: Element, run: Run): Element | undefined {
  const body = page.querySelector('body')
  if (!body) return undefined
  for (const node of [...body.childNodes]) node.remove()
  body.append(part.cloneNode(true))
  const content = new Readability<Element>(page, { serializer: (one) => one as Element }).parse()?.content
  return content && !isMissed(content, run) ? content : undefined
}

const isUseless = (element: Element): boolean => useless.has(element.localName) || isHidden(element)
const useless = new Set('script style template noscript form nav button dialog link meta'.split(' '))

/** Tells whether a body lacks most of a run. */
function isMissed(body: Element, { lines, characters }: Run): boolean {
  const known = new Set(linesOf(body).map(({ text }) => keyOf(text)))
  const kept = charactersOf(lines.filter(({ text }) => known.has(keyOf(text))))
  return kept < minShareOfCharacters * characters
}

function isArticleRun(run: Run, body: Element, { facts, headline, before }: Candidates): boolean {
  const { parents, all } = before
  const first = keyOf(run.lines[0]?.text ?? '')
  const stated = keyOf(textIn(facts.data.article, 'articleBody') ?? '')
  if (stated !== '' && (stated.includes(first) || first.startsWith(stated))) return true
  if (chainOf(run.element, parents).some(isNamedBody)) return true
  const taken = charactersOf(linesOf(body).filter(isParagraph))
  if (charactersOf(run.lines.filter(isProse)) < minShareOfCharacters * run.characters) return false
  if (!headline || taken > maxShareOfCharacters * run.characters) return false
  const part = closestAround([headline, run.element], parents)
  const at = (wanted: (line: Line) => boolean) => all.findIndex(wanted)
  const isBelow =
    at((line) => line === run.lines[0]) > at(({ element }) => chainOf(element, parents).includes(headline))
  return isBelow && part !== undefined && part.localName !== 'body'
}

/**
 * The text in the JSON-LD, if the page has less than half of it and is short. A longer part of the page stays: it has links and
 * pictures, which that text lacks.
 */
function bodyInData({ page, data }: PageFacts, body: Element): ChosenBody | undefined {
  const stated = textIn(data.article, 'articleBody') ?? ''
  const characters = textOf(body).length
  if (stated.length < minBodyCharacters || characters >= minShareOfCharacters * stated.length)
    return undefined
  const texts = stated.split(/\s*\n\s*/).filter(Boolean)
  if (characters > maxReplacedCharacters || texts.length > maxParagraphs || /<\p{L}/u.test(stated)) {
    const guess = `only ${characters} characters are taken from the page, and the text in its JSON-LD has ${stated.length}`
    return { body, guess }
  }
  const written = page.createElement('div')
  for (const text of texts) {
    const paragraph = page.createElement('p')
    paragraph.textContent = text
    written.append(paragraph)
  }
  return {
    body: written,
    guess: `the text in the JSON-LD is taken, because the page shows only ${characters} of its ${stated.length} characters`,
  }
}

const maxReplacedCharacters = 1000
const maxParagraphs = 1000
