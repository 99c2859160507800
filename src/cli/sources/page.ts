import { Readability } from '@mozilla/readability'
import { DOMParser } from 'linkedom'
import type { Image } from '../../domain/article.ts'
import { type Result, success } from '../../domain/problem.ts'
import { creditsOf, parseByline, parseName } from '../../ingest/byline.ts'
import type { Beside } from '../../ingest/capture.ts'
import { instantOf } from './dates.ts'
import { compact, unreadable } from './entries.ts'
import { authorsOf, languageTagOf, summaryOf, webAddress, wholeOf } from './values.ts'

const maxTags = 50_000
const maxLevels = 256

/** The part of the DOM that this file uses; the project is compiled without the browser's types. */
interface Element {
  textContent: string
  children: Iterable<Element>
  getAttribute(name: string): string | null
  remove(): void
}

interface Page {
  documentElement: Element | null
  querySelector(selector: string): Element | null
  querySelectorAll(selector: string): Iterable<Element>
}

/**
 * Reads the article of a web page that was saved by a browser; the article is not yet validated. Readability
 * decides which part of the page is the article; dates, address and picture come from the page's metadata.
 */
export function readPage(html: string, beside: Beside = {}): Result<unknown> {
  if (html.split(/<(?=[a-z])/i, maxTags + 2).length > maxTags + 1)
    return unreadable(`Cannot read the page: it has more than ${maxTags} tags`)
  const page: Page = new DOMParser().parseFromString(whole(html), 'text/html')
  if (isDeeper(page, maxLevels))
    return unreadable(`Cannot read the page: it nests deeper than ${maxLevels} elements`)
  const metadata = metadataOf(page, html)
  for (const image of page.querySelectorAll('img')) if (isSavedFile(image)) image.remove()
  const article = new Readability(page).parse()
  const title = article?.title?.trim()
  if (!article?.content || !article.textContent?.trim())
    return unreadable('Cannot read the page: nothing in it reads like an article')
  if (!title) return unreadable('Cannot read the page: it has no title')
  const published = metadata.published ?? article.publishedTime
  return success({
    ...compact({
      title,
      summary: summaryOf(article.excerpt ?? undefined),
      html: article.content,
      language: languageTagOf(article.lang ?? undefined),
      published: published ? instantOf(published) : undefined,
      url: metadata.url,
      image: metadata.image,
      ...creditsIn(article.byline ?? ''),
    }),
    ...beside,
  })
}

/** Completes a page that lacks `<html>`, `<head>` or `<body>`, because the parser linkedom needs these elements. */
function whole(html: string): string {
  if (/<html[\s>]/i.test(html) && /<body[\s>]/i.test(html)) return html
  const [opening = '<html>'] = /<html\b[^<>]{0,1000}>/i.exec(html) ?? []
  const [title = ''] = /<title\b[^<>]{0,1000}>[^<]{0,1000}<\/title>/i.exec(html) ?? []
  const rest = html.replace(/^\s*<!doctype[^>]*>/i, '').replace(/<html\b[^<>]{0,1000}>/i, '')
  return `<!doctype html>${opening}<head>${title}</head><body>${rest}</body></html>`
}

/**
 * Tells whether the elements of a page are nested too deeply. The time that Readability takes grows with the
 * square of the depth.
 */
function isDeeper({ documentElement }: Page, maxLevels: number): boolean {
  let level = documentElement ? [documentElement] : []
  for (let depth = 0; depth <= maxLevels && level.length > 0; depth += 1)
    level = level.flatMap((element) => [...element.children])
  return level.length > 0
}

/**
 * Tells whether a picture was saved as a file beside the page, such as `Titre_files/a.jpg`. The address of such
 * a file is useless on the web.
 */
const isSavedFile = (image: Element): boolean =>
  /^(?![a-z][a-z\d+.-]*:|\/).*(?:_files|_fichiers|_bestanden|-Dateien)\//i.test(
    image.getAttribute('src') ?? '',
  )

function metadataOf(page: Page, html: string) {
  const url =
    webAddress(page.querySelector('link[rel~="canonical"]')?.getAttribute('href') ?? undefined) ??
    webAddress(metaOf(page, 'og:url')) ??
    webAddress(/<!-- saved from url=\(\d+\)(\S+) -->/.exec(html.slice(0, 2000))?.[1])
  return {
    url,
    image: imageOf(page, url),
    published: metaOf(page, 'article:published_time') ?? dateInData(page) ?? timeOf(page),
  }
}

function metaOf(page: Page, name: string): string | undefined {
  const meta = page.querySelector(`meta[property="${name}"], meta[name="${name}"]`)
  return meta?.getAttribute('content')?.trim() || undefined
}

function imageOf(page: Page, base: string | undefined): Image | undefined {
  const url = webAddress(metaOf(page, 'og:image'), base)
  if (url === undefined) return undefined
  const sizes = {
    width: wholeOf(metaOf(page, 'og:image:width')),
    height: wholeOf(metaOf(page, 'og:image:height')),
  }
  return { url, ...compact({ ...sizes, alt: metaOf(page, 'og:image:alt') }) }
}

const timeOf = (page: Page): string | undefined =>
  (page.querySelector('article time[datetime]') ?? page.querySelector('time[datetime]'))
    ?.getAttribute('datetime')
    ?.trim() || undefined

/** Returns the first `datePublished` in the page's JSON-LD, in an object of any type. */
function dateInData(page: Page): string | undefined {
  for (const script of page.querySelectorAll('script[type="application/ld+json"]')) {
    const date = /"datePublished"\s*:\s*"([^"\\]{1,40})"/.exec(script.textContent)?.[1]
    if (date !== undefined) return date
  }
  return undefined
}

/**
 * Returns the authors and agencies in a byline. If the line does not have the form of a byline, the whole line
 * counts as one author's name, unless it is too long.
 */
function creditsIn(line: string) {
  const byline = parseByline(line) ?? parseName(line)
  if (byline) return creditsOf([byline])
  return line.length > 100 ? {} : { authors: authorsOf([{ name: line.replace(/^\s*(?:par|by)\s+/i, '') }]) }
}
