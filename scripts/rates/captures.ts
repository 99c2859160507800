import type { ArticleInput } from '../../src/domain/input.ts'
import { parseCapture } from '../../src/ingest/capture.ts'
import { type CaptureKind, captureKinds, makeCaptures } from './make-captures.ts'
import { choosePages, type NewspaperPage, type PageSet } from './newspaper-pages.ts'

/** What was right in one capture; undefined if the text does not have it, so that nobody could find it. */
interface Score {
  title: boolean | undefined
  authors: boolean | undefined
  date: boolean | undefined
  withoutFurniture: boolean
  wanted: number
  kept: number
}

/** The pages, with the texts that were made of each, and whether to print what was found in each text. */
interface Measured {
  pages: readonly NewspaperPage[]
  captures: Awaited<ReturnType<typeof makeCaptures>>
  isVerbose: boolean
}

/**
 * Saves newspaper pages of a checkout of adbar/trafilatura as text in the folder `texts`, reads the texts as captures, and
 * prints how often title, authors and date are right, and in how many no piece of text remains that the corpus calls
 * unwanted. A page counts for the title or the authors only if the text has them. `set` names the pages.
 */
export async function measureCaptures(
  folder: string,
  { texts, set, isVerbose }: { texts: string; set: PageSet; isVerbose: boolean },
): Promise<void> {
  const pages = choosePages(folder, set)
  const captures = await makeCaptures(pages, texts)
  for (const kind of captureKinds) report({ pages, captures, isVerbose }, kind)
}

function report({ pages, captures, isVerbose }: Measured, kind: CaptureKind): void {
  const scores = pages.flatMap((page) => {
    const text = captures.get(page.name)?.[kind]
    return text === undefined ? [] : [scoreOf(page, text, kind, isVerbose)]
  })
  const rate = (field: 'title' | 'authors' | 'date'): string => {
    const known = scores.map((score) => score[field]).filter((right) => right !== undefined)
    return `${known.filter(Boolean).length} of ${known.length}`
  }
  const sum = (field: 'wanted' | 'kept'): number => scores.reduce((total, score) => total + score[field], 0)
  const clean = scores.filter((score) => score.withoutFurniture).length
  const rates = [`titles ${rate('title')}`, `authors ${rate('authors')}`, `dates ${rate('date')}`]
  const body = [
    `no furniture ${clean} of ${scores.length}`,
    `wanted text kept ${sum('kept')} of ${sum('wanted')}`,
  ]
  console.log(`${kind}: ${[...rates, ...body].join(', ')}`)
}

function scoreOf(page: NewspaperPage, text: string, kind: CaptureKind, isVerbose: boolean): Score {
  const result = parseCapture(text, {})
  const article: Partial<ArticleInput> = result.ok ? result.value.value : {}
  const body = folded(article.text ?? '')
  const whole = folded(text)
  const names = (article.authors ?? []).map((author) => (typeof author === 'string' ? author : author.name))
  const authors = page.authors.filter((name) => whole.includes(folded(name)))
  const wanted = page.wanted.filter((piece) => whole.includes(folded(piece)))
  const remaining = page.unwanted.filter((piece) => piece.trim() && body.includes(folded(piece)))
  const score: Score = {
    title: whole.includes(folded(page.title))
      ? folded(article.title ?? '') === folded(page.title)
      : undefined,
    authors:
      page.authors.length > 0 && authors.length === page.authors.length
        ? isSame(authors, names, article.source?.name)
        : undefined,
    date: page.date && result.ok ? article.published?.startsWith(page.date) === true : undefined,
    withoutFurniture: remaining.length === 0,
    wanted: wanted.length,
    kept: wanted.filter((piece) => body.includes(folded(piece))).length,
  }
  if (isVerbose) print(page, kind, { score, names, article, remaining, body, wanted })
  return score
}

/** Tells whether the names that were found are those of the corpus, which counts agencies among the authors. */
function isSame(expected: readonly string[], names: readonly string[], agency = ''): boolean {
  const found = new Set([...names, ...agency.split(', ')].map(folded))
  const known = new Set(expected.map(folded))
  return expected.every((name) => found.has(folded(name))) && names.every((name) => known.has(folded(name)))
}

/** Writes a text in lower case with one kind of white space, quotation marks and hyphens. */
function folded(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/&(?:#8230|hellip);/g, '…')
    .replace(/&(?:amp|#038);/g, '&')
    .replace(/&(?:#\d+|[a-z]+);/g, ' ')
    .replace(/[«»“”„"‘’‚ʼ'`]/g, "'")
    .replace(/[‐‑‒–—]/g, '-')
    .replace(/[\s\u00AD\u200B-\u200D\u2060]+/g, ' ')
    .replace(/ ?' ?/g, "'")
    .trim()
}

interface Found {
  score: Score
  names: string[]
  article: Partial<ArticleInput>
  remaining: string[]
  body: string
  wanted: string[]
}

function print(page: NewspaperPage, kind: CaptureKind, { score, names, article, ...found }: Found): void {
  const lost = found.wanted.filter((piece) => !found.body.includes(folded(piece)))
  console.log(`\n${kind} ${page.name}`)
  const row = (field: string, right: boolean | undefined, value: unknown, expected: unknown) =>
    right === false &&
    console.log(`  ${field}: ${JSON.stringify(value)} instead of ${JSON.stringify(expected)}`)
  row('title', score.title, article.title, page.title)
  row('authors', score.authors, [names, article.source?.name], page.authors)
  row('date', score.date, article.published, page.date)
  row('furniture', score.withoutFurniture, found.remaining, [])
  row('lost', lost.length === 0, lost, [])
}
