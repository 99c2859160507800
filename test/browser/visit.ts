import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import type { House } from './house.ts'

/** A page that stands open. */
export interface Visit {
  page: Page
  context: BrowserContext
  /** The addresses of other hosts' windows that were opened, none of which was let through. */
  opened: string[]
}

/** What a visitor's browser is like. */
export interface Visitor extends BrowserContextOptions {
  /** A script that runs before those of each page. */
  before?: string
  /** What the console is going to say; nothing otherwise. */
  expected?: RegExp[]
}

/** Everything that these tests serve is on this machine, on one port or another. */
const isOurs = ({ hostname }: URL): boolean => hostname === 'localhost'

/**
 * Opens an address, of the house where it is only a path, and hands the page over. Afterwards nothing may have been
 * asked of others but by a window that the reader opened, nothing complained of, and no cookie set.
 */
export async function visit(
  { browser, address }: House,
  path: string,
  { before, expected = [], ...options }: Visitor,
  look: (visit: Visit) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options)
  context.setDefaultTimeout(inject('timeoutMilliseconds'))
  try {
    const opened = await keepOut(context)
    if (before) await context.addInitScript(before)
    const page = await context.newPage()
    const complaints = complaintsOf(page)
    await page.goto(new URL(path, address).href)
    await look({ page, context, opened })
    await hearOut(page)
    await expect.poll(() => complaints).toEqual(expected.map((words) => expect.stringMatching(words)))
    expect(await context.cookies()).toEqual([])
  } finally {
    await context.unrouteAll({ behavior: 'ignoreErrors' })
    await context.close()
  }
}

/** Answers for every other host, so that no test asks the network; gives the addresses that were wanted. */
async function keepOut(context: BrowserContext): Promise<string[]> {
  const opened: string[] = []
  await context.route(
    (url) => !isOurs(url),
    (route) => {
      opened.push(route.request().url())
      return route.fulfill({ contentType: 'text/html', body: '<title>elsewhere</title>' })
    },
  )
  return opened
}

const looked = 'the visitor has looked'

/** What the page asks of others, says in the console and throws. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('request', (request) => {
    if (!isOurs(new URL(request.url()))) complaints.push(request.url())
  })
  page.on('console', (message) => {
    if (message.text() !== looked) complaints.push(message.text())
  })
  page.on('pageerror', (fault) => complaints.push(String(fault)))
  return complaints
}

/** Messages come in order: once this one is here, so is everything that the page said before it. */
async function hearOut(page: Page): Promise<void> {
  const heard = page.waitForEvent('console', (message) => message.text() === looked)
  await page.evaluate(`console.debug('${looked}')`)
  await heard
}
