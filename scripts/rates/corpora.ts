import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { textOfHtml } from '../../src/ingest/text.ts'

/** What a corpus knows about one saved page. A field that the corpus does not give is undefined. */
export interface KnownPage {
  file: string
  /** The titles that count as right; the first one is the corpus's own. */
  titles?: string[]
  /** The names of the authors as the corpus writes them; empty if the page has no author. */
  authors?: string[]
  /** Whether `authors` is one line that may hold more than names. */
  isLine?: boolean
  /** The day or instant of the publication. */
  date?: string
  /** Pieces of the article's text. */
  wanted: string[]
  /** Pieces of the page that do not belong to the article. */
  unwanted: string[]
}

/** A collection of saved pages with what is known about them. */
interface Corpus {
  name: string
  pages: KnownPage[]
}

/**
 * Finds the corpus that a folder contains: the repository adbar/trafilatura, mozilla/readability or postlight/parser.
 * Throws if it contains none of them.
 */
export function openCorpus(folder: string): Corpus {
  const found = [trafilatura, readability, postlight]
    .map((open) => open(folder))
    .find((corpus) => corpus !== undefined)
  if (!found)
    throw new Error(
      `${folder} contains no pages of adbar/trafilatura, mozilla/readability or postlight/parser`,
    )
  return found
}

const jsonIn = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

function trafilatura(folder: string): Corpus | undefined {
  const tests = join(folder, 'tests')
  const list = join(tests, 'evaldata.json')
  if (!existsSync(list)) return undefined
  type Entry = Record<'file' | 'title' | 'date', string> & {
    author?: string | string[]
    with: string[]
    without: string[]
  }
  const entries = Object.values(jsonIn(list) as Record<string, Entry>)
  const pages = entries.map(
    ({ file, title, author, date, with: wanted, without: unwanted }): KnownPage => ({
      file: ['cache', 'eval'].map((name) => join(tests, name, file)).find(existsSync) ?? join(tests, file),
      ...(title && { titles: [title] }),
      ...(author !== undefined && { authors: [author].flat().filter(Boolean) }),
      ...(date && { date }),
      wanted,
      unwanted,
    }),
  )
  return { name: 'adbar/trafilatura', pages }
}

/**
 * Test pages of Readability. What they expect is what Readability returns: a title that may contain the site's name, and that
 * is seldom the page's heading; and a line with the authors, dates and labels. So the title without the site's name and the
 * page's headings count as right too, and so do authors whose names are all in the line.
 */
function readability(folder: string): Corpus | undefined {
  const tests = join(folder, 'test/test-pages')
  if (!existsSync(tests)) return undefined
  type Metadata = Partial<Record<'title' | 'byline' | 'publishedTime', string | null>>
  const pages = readdirSync(tests).map((name): KnownPage => {
    const { title, byline, publishedTime } = jsonIn(join(tests, name, 'expected-metadata.json')) as Metadata
    return {
      file: join(tests, name, 'source.html'),
      ...(title && { titles: [title, ...partsOf(title), ...headingsIn(join(tests, name, 'source.html'))] }),
      ...(byline && { authors: [byline], isLine: true }),
      ...(publishedTime && { date: publishedTime }),
      wanted: piecesOf(readFileSync(join(tests, name, 'expected.html'), 'utf8')),
      unwanted: [],
    }
  })
  return { name: 'mozilla/readability', pages }
}

const headingsIn = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/<h1\b[^>]*>(.*?)<\/h1>/gis)].map(([, html = '']) =>
    textOfHtml(html),
  )

/** A title without what stands behind its last separator, or before its first. */
function partsOf(title: string): string[] {
  const marks = [...title.matchAll(/\s+[|–—:·»/_\\-]+\s+|_/g)]
  const [first, last] = [marks[0], marks.at(-1)]
  if (!first || !last) return []
  return [title.slice(0, last.index), title.slice(0, first.index), title.slice(first.index + first[0].length)]
}

/** The beginnings of the paragraphs of an expected body. */
function piecesOf(html: string): string[] {
  const paragraphs = [...html.matchAll(/<p\b[^>]*>([^<]{40,})/g)].map(([, text = '']) => lettersOf(text))
  return paragraphs
    .filter((text) => text.length >= 40 && !text.includes('&'))
    .map((text) => text.slice(0, 60).trim())
}

const lettersOf = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Fixtures of the Postlight Parser. What is expected stands in the tests of its extractors, as literal arguments. */
function postlight(folder: string): Corpus | undefined {
  const extractors = join(folder, 'src/extractors/custom')
  if (!existsSync(extractors)) return undefined
  const pages = readdirSync(extractors).flatMap((name): KnownPage[] => {
    const test = join(extractors, name, 'index.test.js')
    if (!existsSync(test)) return []
    const code = readFileSync(test, 'utf8')
    const path = /readFileSync\(\s*['"`]([^'"`]+)['"`]/.exec(code)?.[1] ?? ''
    const file = join(folder, path)
    if (!path.endsWith('.html') || !existsSync(file)) return []
    const [title, author, date, beginning] = ['title', 'author', 'date_published', 'first13'].map((one) =>
      literalIn(code, one),
    )
    return [
      {
        file,
        ...(title && { titles: [title] }),
        ...(author !== undefined && { authors: author === null ? [] : [author] }),
        ...(date && { date }),
        // The first words are often the credit of a picture above the text.
        wanted: beginning ? [beginning.split(' ').slice(-7).join(' ')] : [],
        unwanted: [],
      },
    ]
  })
  return { name: 'postlight/parser', pages }
}

/** Returns the literal with which a test first compares a variable. */
function literalIn(code: string, variable: string): string | null | undefined {
  const pattern = new RegExp(
    `assert\\.equal\\(\\s*${variable},\\s*(?:(null)|"((?:[^"\\\\]|\\\\.)*)"|'((?:[^'\\\\]|\\\\.)*)'|\`((?:[^\`\\\\]|\\\\.)*)\`)`,
  )
  const found = pattern.exec(code)
  if (!found) return undefined
  const [, isNull, ...texts] = found
  return isNull ? null : texts.find((text) => text !== undefined)?.replace(/\\(.)/g, '$1')
}
