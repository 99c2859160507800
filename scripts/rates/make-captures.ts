import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { NewspaperPage } from './newspaper-pages.ts'

/** The ways in which people save a page as text, in the order of the report. */
export const captureKinds = ['select-all', 'from the headline', 'lynx', 'lynx with links', 'w3m'] as const

/** A way in which people save a page as text. */
export type CaptureKind = (typeof captureKinds)[number]

/**
 * Saves pages as text in all ways: everything that a browser selects, what it selects from the first-level heading to the end of
 * the page, and what `lynx -dump` (without and with its list of links) and `w3m -dump` print. No request leaves the machine, and
 * the scripts of the pages do not run. The texts are kept in `folder`; those that are there already are not made again. A page
 * without a visible first-level heading has no text from the headline.
 */
export async function makeCaptures(
  pages: readonly NewspaperPage[],
  folder: string,
): Promise<Map<string, Partial<Record<CaptureKind, string>>>> {
  mkdirSync(folder, { recursive: true })
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  try {
    const captures = new Map<string, Partial<Record<CaptureKind, string>>>()
    for (const page of pages) captures.set(page.name, await capturesOf(page, browser, folder))
    return captures
  } finally {
    await browser.close()
  }
}

async function capturesOf(page: NewspaperPage, browser: Browser, folder: string) {
  const captures: Partial<Record<CaptureKind, string>> = {}
  for (const kind of captureKinds) {
    const file = join(folder, `${page.name}.${kind.replaceAll(' ', '-')}.txt`)
    if (!existsSync(file)) writeFileSync(file, (await makers[kind](page, browser)) ?? '')
    const text = readFileSync(file, 'utf8')
    if (text) captures[kind] = text
  }
  return captures
}

type Maker = (page: NewspaperPage, browser: Browser) => Promise<string | undefined>

const makers: Record<CaptureKind, Maker> = {
  'select-all': (page, browser) => inBrowser(page, browser, selectAll),
  'from the headline': (page, browser) => inBrowser(page, browser, selectFromHeadline),
  lynx: async ({ path }) =>
    printedBy('lynx', ['-dump', '-nolist', '-display_charset=utf-8', '-force_html', path]),
  'lynx with links': async ({ path }) =>
    printedBy('lynx', ['-dump', '-display_charset=utf-8', '-force_html', path]),
  w3m: async ({ path }) => printedBy('w3m', ['-dump', '-O', 'UTF-8', '-T', 'text/html', path]),
}

const printedBy = (command: string, options: string[]): string =>
  execFileSync(command, options, { encoding: 'utf8', maxBuffer: 50_000_000 })

async function inBrowser<T>(
  page: NewspaperPage,
  browser: Browser,
  read: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ offline: true, javaScriptEnabled: false })
  try {
    await context.route(/^https?:/, (route) => route.abort())
    const tab = await context.newPage()
    await tab.goto(pathToFileURL(page.path).href, { waitUntil: 'domcontentloaded', timeout: 60_000 })
    return await read(tab)
  } finally {
    await context.close()
  }
}

const selectAll = (page: Page): Promise<string> =>
  page.evaluate<string>('getSelection().selectAllChildren(document.body), String(getSelection())')

/** The headline is the visible first-level heading that has the most words in common with the title of the page. */
const selectFromHeadline = (page: Page): Promise<string | undefined> =>
  page.evaluate<string | undefined>(`(() => {
    const headings = [...document.querySelectorAll('h1')].filter((one) => one.innerText.trim())
    const wordsOf = (text) => new Set(text.toLowerCase().match(/[\\p{L}\\d]+/gu))
    const known = wordsOf(document.title)
    const share = (one) => [...wordsOf(one.innerText)].filter((word) => known.has(word)).length
    const [headline] = headings.toSorted((one, other) => share(other) - share(one))
    if (!headline) return undefined
    const range = document.createRange()
    range.setStartBefore(headline)
    range.setEndAfter(document.body)
    getSelection().removeAllRanges()
    getSelection().addRange(range)
    return String(getSelection())
  })()`)
