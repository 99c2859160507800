import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import type { TestSite } from './site.ts'

/** An open page of a browser, as a test sees the page. */
export interface Visit {
  page: Page
  context: BrowserContext
  /**
   * The addresses on other hosts that the page requested or opened in a window. The test answers every such
   * request itself.
   */
  opened: string[]
}

/** The settings of a visitor's browser. */
export interface Visitor extends BrowserContextOptions {
  /** A script that the browser runs before the scripts of each page. */
  before?: string
  /** Patterns of the messages that the page may write to the console; every other message fails the test. */
  expected?: RegExp[]
}

/** Everything that the browser tests serve runs on `localhost`, on one port or another. */
const isOurs = ({ hostname }: URL): boolean => hostname === 'localhost'

/**
 * Opens an address in a new browser context and passes the page to `look`; a path is resolved against the
 * Worker under test. Afterwards the test fails if the page sent a request to another host (except in a window
 * that the visitor opened), wrote an unexpected message to the console, or set a cookie.
 */
export async function visit(
  { browser, address }: TestSite,
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

/**
 * Answers every request to another host with an empty page, so that no test uses the network. Returns the
 * addresses of these requests.
 */
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

/** Collects the page's requests to other hosts, its console messages and its uncaught errors. */
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

/**
 * Waits until the test has received every console message that the page wrote before this call. Messages arrive
 * in order, so the function writes a message of its own and waits for that message.
 */
async function hearOut(page: Page): Promise<void> {
  const heard = page.waitForEvent('console', (message) => message.text() === looked)
  await page.evaluate(`console.debug('${looked}')`)
  await heard
}
