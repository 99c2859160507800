import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import type { TestSite } from './site.ts'

/** A page that is open in a browser, with everything that a test needs to check the page. */
export interface Visit {
  page: Page
  context: BrowserContext
  /**
   * The addresses on hosts other than `localhost` that the page requested or opened in a window. The test
   * answers each of these requests itself.
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

/**
 * Returns whether an address belongs to a server that the browser tests started. These servers all run on
 * `localhost`, each on its own port.
 */
const isOurs = ({ hostname }: URL): boolean => hostname === 'localhost'

/**
 * Opens an address in a new browser context and passes the page to `look`. If the address is only a path, it is
 * a path of the Worker under test. Afterwards the test fails if the page sent a request to another host (except
 * in a window that the visitor opened), wrote an unexpected message to the console, or set a cookie.
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
 * Answers every request to a host other than `localhost` with an empty page, so that no test uses the network.
 * Returns the list of the requested addresses.
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

/** Collects the page's requests to hosts other than `localhost`, its console messages and its uncaught errors. */
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
