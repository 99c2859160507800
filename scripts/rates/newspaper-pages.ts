import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A page of the evaluation corpus of adbar/trafilatura, with what the people who made the corpus found in it. */
export interface NewspaperPage {
  /** The name of the saved page, and its path. */
  name: string
  path: string
  language: string
  title: string
  authors: string[]
  /** The day of publication, such as `2022-10-14`; an empty text if the corpus does not state it. */
  date: string
  /** Pieces of text that belong to the article, and pieces that do not. */
  wanted: string[]
  unwanted: string[]
}

interface Gold {
  file: string
  title?: string
  author?: string
  date?: string
  with?: string[]
  without?: string[]
  comments?: string[]
}

const languages = ['de', 'en', 'es', 'fr']
const pagesPerLanguage = 6

/** The sets of pages: two with which the rules were written, and between them the held-out one. */
const pageSets = ['first', 'held-out', 'third'] as const
export type PageSet = (typeof pageSets)[number]

/**
 * Chooses newspaper pages of the corpus in `folder`, a checkout of adbar/trafilatura: pages whose title the corpus
 * states, that state themselves that they are in French, English, German or Spanish, and that call themselves a
 * `NewsArticle` in JSON-LD (in French, where the corpus has few of these, `og:type` article suffices). In each language
 * they are sorted by the SHA-256 of their file names. Each set has six of them, in the order of `pageSets`.
 */
export function choosePages(folder: string, set: PageSet): NewspaperPage[] {
  const gold: Gold[] = Object.values(
    JSON.parse(readFileSync(join(folder, 'tests/evaldata.json'), 'utf8')) as Record<string, Gold>,
  )
  const pages = gold
    .flatMap((one) => pageOf(folder, one))
    .toSorted((one, other) => (one.key < other.key ? -1 : 1))
  const start = pageSets.indexOf(set) * pagesPerLanguage
  return languages.flatMap((language) =>
    pages.filter((page) => page.language === language).slice(start, start + pagesPerLanguage),
  )
}

function pageOf(folder: string, gold: Gold): (NewspaperPage & { key: string })[] {
  const path = ['eval', 'cache'].map((part) => join(folder, 'tests', part, gold.file)).find(existsSync)
  if (!gold.title || path === undefined) return []
  const html = readFileSync(path, 'utf8')
  const language = /<html[^>]*\slang=["']?([a-z]{2})/i.exec(html)?.[1]?.toLowerCase()
  if (language === undefined || !(isNews(html) || (language === 'fr' && isArticle(html)))) return []
  const { file, title, author = '', date = '', with: wanted = [], without = [], comments = [] } = gold
  return [
    {
      key: createHash('sha256').update(file).digest('hex'),
      name: file,
      path,
      language,
      title,
      authors: author
        .split(/[;,/]|\s(?:und|and|et|y)\s/i)
        .map((name) => name.trim())
        .filter(Boolean),
      date,
      wanted,
      unwanted: [...without, ...comments],
    },
  ]
}

const isNews = (html: string): boolean => /"@type"\s*:\s*\[?\s*"(?:\w{0,20})NewsArticle"/.test(html)

const isArticle = (html: string): boolean =>
  /<meta[^>]*\bog:type["'][^>]*\bcontent=["']article\b|<meta[^>]*\bcontent=["']article["'][^>]*\bog:type\b/i.test(
    html,
  )
