import { namesIn, type PageData, readData, textIn } from './page-data.ts'
import { type Metas, metaOf, metasOf, type Page, textOf } from './page-dom.ts'
import { webAddress } from './values.ts'

/** What a page says about itself apart from its text. */
export interface PageFacts {
  page: Page
  metas: Metas
  data: PageData
  /** The page's own address. */
  url: string | undefined
  /** The names of the newspaper or site; a title, author or label may repeat them. */
  siteNames: readonly string[]
  /** The host of the page's address without `www.`, and the part of it that the site chose; empty if unknown. */
  hostNames: readonly string[]
}

/** Reads the metadata of a page; `html` is its source. */
export function readFacts(page: Page, html: string): PageFacts {
  const metas = metasOf(page)
  const titles = titlesOf(page, metas)
  const data = readData(page, titleTest(titles), (text) => isUnlike(text, titles))
  const url = addressOf(page, metas, data, html)
  return { page, metas, data, url, siteNames: siteNamesOf(page, metas, data), hostNames: hostNamesOf(url) }
}

/** The titles that a page gives itself in its metadata, and its main headings. */
interface Titles {
  headings: readonly string[]
  stated: readonly string[]
}

function titlesOf(page: Page, metas: Metas): Titles {
  const headings = [...page.querySelectorAll('h1')].slice(0, maxHeadings).map((heading) => textOf(heading))
  return { headings, stated: [...(metas.get('og:title') ?? []), textOf(page.querySelector('title'))] }
}

/** Returns the test whether a text is the headline, by the page's own titles and main headings. */
function titleTest({ headings, stated }: Titles): (text: string) => boolean {
  const titles = stated.map(keyOf)
  const keys = new Set([...headings.map(keyOf), ...titles])
  return (text) => {
    const key = keyOf(text)
    return key !== '' && (keys.has(key) || titles.some((title) => title.startsWith(key)))
  }
}

/** Tells whether a text of several long words has none of the words of the titles: it is the headline of another article. */
function isUnlike(text: string, { headings, stated }: Titles): boolean {
  const words = longWordsOf(text)
  const known = new Set([...headings, ...stated].flatMap(longWordsOf))
  return words.length > 1 && known.size > 1 && !words.some((word) => known.has(word))
}

const longWordsOf = (text: string): string[] =>
  text
    .slice(0, maxKeyCharacters)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]{4,}/gu) ?? []

const maxHeadings = 50

function addressOf(page: Page, metas: Metas, data: PageData, html: string): string | undefined {
  return (
    webAddress(page.querySelector('link[rel~="canonical"]')?.getAttribute('href') ?? undefined) ??
    webAddress(metaOf(metas, 'og:url')) ??
    webAddress(/<!-- saved from url=\(\d+\)(\S+) -->/.exec(html.slice(0, 2000))?.[1]) ??
    webAddress(textIn(data.article, 'url'))
  )
}

const siteMetas = [
  'og:site_name',
  'application-name',
  'apple-mobile-web-app-title',
  'publisher',
  'dc.publisher',
  'dcterms.publisher',
  'copyright',
]

function siteNamesOf(page: Page, metas: Metas, data: PageData): string[] {
  const title = page.querySelector('title')?.textContent ?? ''
  // Some programs write the title of the page, with the site's name at its end, as the site's name.
  const isTitle = (name: string) => /\s[|–—-]\s/.test(name) && keyOf(name) === keyOf(title)
  const sites = data.objects.filter((object) => object['@type'] === 'WebSite')
  // The last part of the page's title is a newspaper's name if the metadata gives it as the author, with its place.
  const last = /\s[|–—-]\s+([^|–—]{2,80})$/.exec(title.slice(-100))?.[1] ?? ''
  const isPaper = (metas.get('author') ?? []).some(
    (author) => author.includes(',') && keyOf(author.split(',', 1)[0] ?? '') === keyOf(last),
  )
  const names = [
    ...(isPaper ? [last.trim()] : []),
    ...siteMetas.map((name) => metaOf(metas, name) ?? ''),
    ...['publisher', 'copyrightHolder', 'sourceOrganization'].flatMap((name) =>
      dataNames(data, data.article?.[name]),
    ),
    ...dataNames(data, sites),
    ...(metas.get('twitter:site') ?? []).map((name) => name.replace(/^@/, '')),
  ]
  return [...new Set(names.filter((name) => keyOf(name).length > 1 && !isTitle(name)))]
}

const dataNames = (data: PageData, value: unknown): string[] => namesIn(data, value).map(({ name }) => name)

function hostNamesOf(url: string | undefined): string[] {
  if (url === undefined) return []
  const host = new URL(url).hostname.replace(/^(?:www\d?|m|amp|blogs?|news)\./, '')
  return [host, labelOf(host)].filter((name) => keyOf(name).length > 1)
}

/** The label of a host that an organisation chose: `gazette` of `gazette.co.uk`. */
function labelOf(host: string): string {
  const labels = host.split('.').slice(0, -1)
  if (labels.length > 1 && /^(?:com?|org|net|gov|edu|ac|or|ne|gouv)$/.test(labels.at(-1) ?? '')) labels.pop()
  return labels.at(-1) ?? ''
}

/** The letters and digits of a text in lower case and without accents, by which titles and names are compared. */
export const keyOf = (text: string): string =>
  text
    .slice(0, maxKeyCharacters)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

const maxKeyCharacters = 1000

/**
 * Tells whether a text is the name of the page's site, perhaps with a short addition such as `The` or its domain. The host
 * counts as a name of the site.
 */
export const isSiteName = ({ siteNames, hostNames }: PageFacts, text: string): boolean =>
  [...siteNames, ...hostNames].some((name) => isSameName(name, text))

/**
 * Tells whether the author that a page names is the site itself. The host does not count unless it is the name itself, because a
 * person's own site often has an address made from the name.
 */
export const isPublisher = ({ siteNames, hostNames: [host] }: PageFacts, text: string): boolean =>
  siteNames.some((name) => isSameName(name, text)) || text.toLowerCase() === host

function isSameName(one: string, other: string): boolean {
  const [shorter = '', longer = ''] = [keyOf(one), keyOf(other)].toSorted((a, b) => a.length - b.length)
  if (shorter === longer) return shorter !== ''
  const isPart = longer.startsWith(shorter) || longer.endsWith(shorter)
  return isPart && shorter.length >= 5 && shorter.length * 2 >= longer.length
}
