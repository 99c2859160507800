import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { decodeText } from '../src/cli/sources/encoding.ts'
import { readPage } from '../src/cli/sources/page.ts'
import type { Author } from '../src/domain/article.ts'
import { rfc3339 } from '../src/domain/instant.ts'
import { parseDated } from '../src/ingest/date-fields.ts'
import { textOfHtml } from '../src/ingest/text.ts'
import { type KnownPage, openCorpus } from './rates/corpora.ts'

/**
 * Imports the saved pages of a public corpus, compares each field with what the corpus knows about the page, and prints
 * counts and percentages: of all pages, and of each half of them, so that rules can be written with one half only.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Prints the pages of this half of which this field is wrong: `--misses title --half 1`. */
    misses: { type: 'string', default: '' },
    half: { type: 'string', default: '1' },
    /** Measures newspaper pages that were saved as text, instead of the pages themselves. */
    captures: { type: 'boolean', default: false },
    /** With --captures: measures the held-out set. */
    'held-out': { type: 'boolean', default: false },
    /** With --captures: measures the third set. */
    third: { type: 'boolean', default: false },
    /** With --captures: the folder in which the texts are kept. */
    texts: { type: 'string', default: join(tmpdir(), 'kiosque-captures') },
    /** With --captures: prints what was found in each text. */
    verbose: { type: 'boolean', default: false },
  },
})

/** How many of the known values were found. */
interface Rate {
  right: number
  known: number
}

const measures = ['read', 'title', 'author', 'invented', 'date', 'wanted', 'unwanted'] as const
type Measure = (typeof measures)[number]

const names: Record<Measure, string> = {
  read: 'pages read',
  title: 'titles exact',
  author: 'authors',
  invented: 'authors where the corpus names none',
  date: 'dates (the day)',
  wanted: 'wanted segments kept',
  unwanted: 'unwanted segments kept',
}

function measureRates(folder: string): void {
  const corpus = openCorpus(folder)
  const halves = [1, 2].map(() =>
    Object.fromEntries(measures.map((one) => [one, { right: 0, known: 0 }])),
  ) as Record<Measure, Rate>[]
  for (const page of corpus.pages) {
    const half = halfOf(page.file)
    const rates = halves[half - 1]
    for (const { measure, right, known, note } of compare(page)) {
      const rate = rates?.[measure]
      if (!rate) continue
      rate.right += right
      rate.known += known
      if (measure === values.misses && half === Number(values.half) && isMiss(measure, right, known))
        console.log(`${basename(page.file)}\t${note}`)
    }
  }
  console.log(`${corpus.name}: ${corpus.pages.length} pages`)
  for (const measure of measures) {
    const rates = halves.map((half) => half[measure])
    const all = { right: sum(rates.map(({ right }) => right)), known: sum(rates.map(({ known }) => known)) }
    if (all.known > 0) console.log([names[measure].padEnd(36), ...[all, ...rates].map(shown)].join('  '))
  }
}

const isMiss = (measure: Measure, right: number, known: number): boolean =>
  measure === 'invented' || measure === 'unwanted' ? right > 0 : right < known

const sum = (numbers: number[]): number => numbers.reduce((one, other) => one + other, 0)

const shown = ({ right, known }: Rate): string =>
  `${right}/${known} ${known === 0 ? '-' : ((100 * right) / known).toFixed(1)} %`.padEnd(18)

/** The half to which a page belongs, by its name, so that a page stays in its half when the corpus grows. */
function halfOf(file: string): 1 | 2 {
  const name = file.split('/').slice(-2).join('/')
  let number = 0
  for (const character of name) number = (number * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003
  return number % 2 === 0 ? 1 : 2
}

interface Comparison {
  measure: Measure
  right: number
  known: number
  note: string
}

interface Read {
  title?: string
  published?: string
  authors?: Author[]
  source?: { name: string }
  html?: string
}

function* compare(page: KnownPage): Generator<Comparison> {
  const { value, reason } = read(page.file)
  const one = (measure: Measure, isRight: boolean, expected: unknown, got: unknown): Comparison => ({
    ...{ measure, right: Number(isRight), known: 1 },
    note: `${JSON.stringify(expected)} <> ${JSON.stringify(got) ?? reason}`,
  })
  yield one('read', value !== undefined, 'an article', reason)
  const title = lineOf(value?.title ?? '')
  if (page.titles) yield one('title', page.titles.map(lineOf).includes(title), page.titles[0], value?.title)
  const authors = namesIn((value?.authors ?? []).map(({ name }) => name))
  const sources = namesIn(value?.source ? [value.source.name] : [])
  if (page.authors && page.authors.length > 0) {
    const known = namesIn(page.authors)
    const all = new Set([...authors, ...sources])
    const isRight = page.isLine
      ? isWithin(page.authors[0] ?? '', all)
      : isSame(known, authors) || isSame(known, all)
    yield one('author', isRight, page.authors, [...authors, '+', ...sources])
  } else if (page.authors) yield one('invented', authors.size > 0, [], [...authors])
  if (page.date) yield one('date', isSameDay(page.date, value?.published ?? ''), page.date, value?.published)
  const text = lineOf(value?.html ? textOfHtml(value.html) : '')
  for (const [measure, pieces] of [['wanted', page.wanted] as const, ['unwanted', page.unwanted] as const]) {
    const kept = pieces.filter((piece) => text.includes(lineOf(piece)))
    const noted = measure === 'wanted' ? pieces.filter((piece) => !kept.includes(piece)) : kept
    yield { measure, right: kept.length, known: pieces.length, note: JSON.stringify(noted) }
  }
}

/** Reads a page as the importer does, but keeps the date with the zone in which the page writes it. */
function read(file: string): { value?: Read; reason?: string } {
  try {
    const { text: html } = decodeText(readFileSync(file))
    const page = readPage(html)
    if (!page.ok) return { reason: JSON.stringify(page.problem) }
    const article = parseDated(page.value.value, 'America/Toronto')
    if (!article.ok) return { reason: JSON.stringify(article.problem) }
    const { published } = page.value.value as Read
    const { title, authors, source, html: body } = article.value.value as Read
    return {
      value: Object.fromEntries(
        Object.entries({ title, authors, source, html: body, published }).filter(
          ([, one]) => one !== undefined,
        ),
      ),
    }
  } catch (error) {
    return { reason: String(error) }
  }
}

const lineOf = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim()

/** The single names in texts such as `By Kim Tremblay and Ana Roy`, in lower case. */
function namesIn(texts: readonly string[]): Set<string> {
  const parts = texts.flatMap((text) =>
    lineOf(text)
      .replace(/^(?:by|par|von|por|di|written by)\b[:\s]*/i, '')
      .split(/\s*[,;/|]\s*|\s+(?:and|und|et|y|&)\s+/i),
  )
  return new Set(parts.map((part) => part.toLowerCase()).filter(Boolean))
}

const isSame = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((name) => other.has(name))

/** Tells whether a line holds all names, and there is at least one. */
const isWithin = (line: string, names: ReadonlySet<string>): boolean =>
  names.size > 0 && [...names].every((name) => lineOf(line).toLowerCase().includes(name))

/** Tells whether two dates name the same day, as each is written, or in UTC if both have a zone. */
function isSameDay(known: string, found: string): boolean {
  if (known.slice(0, 10) === found.slice(0, 10)) return true
  if (known.length <= 10 || !Number.isFinite(Date.parse(found))) return false
  return rfc3339(Date.parse(known)).slice(0, 10) === rfc3339(Date.parse(found)).slice(0, 10)
}

const [folder] = positionals
if (folder === undefined) throw new Error('usage: node scripts/rates.ts FOLDER [--misses FIELD] [--half 1|2]')
if (values.captures) {
  // Only these rates need a browser.
  const { measureCaptures } = await import('./rates/captures.ts')
  const { texts, verbose, 'held-out': isHeldOut, third } = values
  const set = isHeldOut ? 'held-out' : third ? 'third' : 'first'
  await measureCaptures(folder, { texts, set, isVerbose: verbose })
} else measureRates(folder)
