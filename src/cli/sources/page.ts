import { Readability } from '@mozilla/readability'
import type { Image } from '../../domain/article.ts'
import { type Result, success } from '../../domain/problem.ts'
import { creditsOf } from '../../ingest/byline.ts'
import type { Beside } from '../../ingest/capture.ts'
import type { Warned } from '../../ingest/warned.ts'
import { compact, unreadable } from './entries.ts'
import { creditsOfPage, namedBylinesOf } from './page-authors.ts'
import { tidyBody } from './page-body.ts'
import { removeFurniture } from './page-boxes.ts'
import { type Candidates, chosenBody } from './page-choice.ts'
import { textIn } from './page-data.ts'
import { type Element, isDeeper, isHeavier, metaOf, type Page, parsePage, textOf } from './page-dom.ts'
import { warningsAboutAuthors } from './page-doubtful-authors.ts'
import { type PageFacts, readFacts } from './page-facts.ts'
import { leftOutWarning } from './page-left-out.ts'
import { furtherPagesWarning, missedTextWarning } from './page-missed-text.ts'
import { otherArticlesWarning, removeOtherArticles } from './page-other-articles.ts'
import { keepOtherPeople } from './page-other-people.ts'
import { headLinesOf } from './page-parts.ts'
import { showPictures } from './page-pictures.ts'
import { publishedOf } from './page-published.ts'
import { addStandfirst, keepNotes, pageLinesOf } from './page-rest.ts'
import { longestRunOf } from './page-runs.ts'
import { showTextWithoutScripts } from './page-scripts.ts'
import { firstParagraphOf, summaryOfPage } from './page-summary.ts'
import { headlineOf } from './page-title.ts'
import { guessTextLanguage } from './text-language.ts'
import { languageTagOf, webAddress, wholeOf } from './values.ts'

const maxTags = 50_000
/** At most this many `<` that begin no tag, and character references: the parser makes a piece of text of each. */
const maxTextPieces = 200_000
const maxLevels = 256
const maxSumOfDepths = 300_000

/**
 * Reads the article of a web page that was saved by a browser; the article is not yet validated. Readability decides which part
 * of the page is the article; all other fields come from the page's metadata and from the text around the headline. The
 * warnings say which fields were guessed from text. A date long after `now` (epoch milliseconds) is none.
 */
export function readPage(
  html: string,
  beside: Beside = {},
  now: number = Date.now(),
): Result<Warned<unknown>> {
  const problem = problemOfSize(html)
  if (problem) return problem
  const page = parsePage(html)
  const problemOfTree = problemOfDepth(page)
  if (problemOfTree) return problemOfTree
  const facts = readFacts(page, html)
  const headline = headlineOf(facts)
  const otherTitles = removeOtherArticles(headline?.element)
  const lines = headLinesOf(page, headline?.element)
  const language = languageOfPage(facts)
  const published = publishedOf(facts, headline?.element, lines, language, now)
  const credits = creditsOfPage(facts, headline?.element, lines)
  const named = credits ? [] : namedBylinesOf(facts, headline?.element)
  const { before, run, copy } = partsBefore(page, headline?.element)
  const readable = new Readability<Element>(page, { serializer: (body) => body as Element }).parse()
  if (!readable?.content || !readable.textContent?.trim())
    return unreadable('Cannot read the page: nothing in it reads like an article')
  if (!headline) return unreadable('Cannot read the page: it has no title')
  const candidates = { facts, headline: headline.element, before, run, copy }
  const { body, guess } = chosenBody(readable.content, candidates)
  const fileWarnings = removeSavedFiles(body)
  const names = credits ? [...credits.authors, ...credits.agencies] : []
  const first = firstParagraphOf(body)
  const shown = { title: headline.title, names, published: published?.date }
  tidyBody(body, shown, facts.url)
  const summary = summaryOfPage(readable.excerpt ?? undefined, first, body, names)
  const parts = { ...shown, headline: headline.element, body, summary }
  addStandfirst(page, before, parts)
  const guessed =
    language === undefined && beside.language === undefined ? guessTextLanguage(textOf(body)) : undefined
  const article = {
    ...compact({
      title: headline.title,
      summary,
      html: String(body),
      language: language ?? guessed,
      published: published?.date,
      url: facts.url,
      image: imageOf(facts),
      ...(credits && creditsOf([credits])),
    }),
    ...beside,
  }
  const guesses = [
    headline.guess && `title: ${headline.guess}`,
    published?.guess &&
      beside.published === undefined &&
      `published: ${published.date} is ${published.guess}`,
    ...warningsAboutAuthors(facts, credits, lines, named),
    guess && `html: ${guess}`,
    otherArticlesWarning(otherTitles),
    missedTextWarning(before, run, parts),
    furtherPagesWarning(before),
    leftOutWarning(before, parts),
    ...fileWarnings,
  ]
  const warnings = guesses.filter((guess) => typeof guess === 'string')
  return success({ value: article, warnings, guessesLanguage: guessed !== undefined })
}

/**
 * Notes the lines of a page and its longest run of paragraphs, with a copy of the element around the run. Then takes out of the page
 * what is known to be no text of the article.
 */
function partsBefore(page: Page, headline: Element | undefined): Pick<Candidates, 'before' | 'run' | 'copy'> {
  showTextWithoutScripts(page)
  showPictures(page)
  const before = pageLinesOf(page, headline)
  const run = longestRunOf(before, headline)
  removeFurniture(page, headline, before.withProse)
  keepNotes(page, headline)
  keepOtherPeople(page, headline)
  const copy = run?.element.closest('body') ? (run.element.cloneNode(true) as Element) : undefined
  return { before, run, copy }
}

/** Returns the refusal of a page with too many tags or pieces of text. */
function problemOfSize(html: string): ReturnType<typeof unreadable> | undefined {
  if (html.split(/<(?=[a-z])/i, maxTags + 2).length > maxTags + 1)
    return unreadable(`Cannot read the page: it has more than ${maxTags} tags`)
  if (html.split(/<(?![a-z/?])|&#?[a-z\d]/i, maxTextPieces + 2).length > maxTextPieces + 1)
    return unreadable(
      `Cannot read the page: it has more than ${maxTextPieces} character references and signs < that begin no tag`,
    )
  return undefined
}

/** Returns the refusal of a page whose elements are nested too deeply. */
function problemOfDepth(page: Page): ReturnType<typeof unreadable> | undefined {
  if (isDeeper(page, maxLevels))
    return unreadable(`Cannot read the page: it nests deeper than ${maxLevels} elements`)
  if (isHeavier(page, maxSumOfDepths))
    return unreadable(
      `Cannot read the page: the depths of its elements add up to more than ${maxSumOfDepths}`,
    )
  return undefined
}

/** Removes the pictures that the browser saved as files from the text, and returns a warning about each. */
function removeSavedFiles(body: Element): string[] {
  const saved = [...body.querySelectorAll('img')].filter(isSavedFile)
  const files = saved.map((image) => image.getAttribute('src') ?? '')
  for (const image of saved) image.remove()
  return [...new Set(files)].map(
    (file) =>
      `picture ${file}: is a file that the browser saved, and left out; import it with its web address`,
  )
}

/** The language that a page states. `lang` comes first, because the metadata of the whole site may have another. */
function languageOfPage({ page, metas, data }: PageFacts): string | undefined {
  const stated = [
    page.documentElement?.getAttribute('lang') ?? page.documentElement?.getAttribute('xml:lang'),
    page.querySelector('body')?.getAttribute('lang'),
    ...['og:locale', 'content-language', 'language', 'dc.language', 'dcterms.language'].map((name) =>
      metaOf(metas, name),
    ),
    textIn(data.article, 'inLanguage'),
  ]
  return stated
    .map((tag) => languageTagOf(tag ?? undefined))
    .find((tag) => tag !== undefined && !isUnknown(tag))
}

/** Tells whether a tag says that the language is unknown, or is none or several. */
const isUnknown = (tag: string): boolean => /^(?:und|mul|mis|zxx)(?:-|$)/.test(tag)

/**
 * Tells whether a picture was saved as a file beside the page, such as `Titre_files/a.jpg`. The address of such
 * a file is useless on the web.
 */
const isSavedFile = (image: Element): boolean =>
  /^(?![a-z][a-z\d+.-]*:|\/).*(?:_files|_fichiers|_bestanden|-Dateien|_archivos|_ficheiros|_file|-filer)\/|^file:/i.test(
    image.getAttribute('src') ?? '',
  )

function imageOf({ metas, url: base }: PageFacts): Image | undefined {
  const url = webAddress(metaOf(metas, 'og:image'), base)
  if (url === undefined) return undefined
  const sizes = {
    width: wholeOf(metaOf(metas, 'og:image:width')),
    height: wholeOf(metaOf(metas, 'og:image:height')),
  }
  return { url, ...compact({ ...sizes, alt: metaOf(metas, 'og:image:alt') }) }
}
