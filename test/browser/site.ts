import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { type LocalServer, startServer, temporaryStore } from '../../scripts/local-server.ts'

/**
 * A Worker under test and a browser, which both run while the tests of one file run. The Worker has its own
 * database, filled with the articles of fixtures/.
 */
export interface TestSite {
  address: string
  browser: Browser
}

/**
 * Starts a Worker and a browser before the first test of the file, and stops both after the last test, even if
 * a test or the start failed.
 */
export function openSite(settings: Readonly<Record<string, string>> = {}): TestSite {
  const site = {} as TestSite
  const { store, remove } = temporaryStore()
  let server: LocalServer | undefined
  beforeAll(async () => {
    server = await startServer(store, settings)
    site.address = server.address
    site.browser = await launch()
  })
  afterAll(async () => {
    await site.browser?.close()
    await server?.stop()
  })
  afterAll(remove)
  return site
}

/**
 * Starts the system's Chromium without background requests. No host name except `localhost` can be resolved in
 * this browser.
 */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost',
    ],
  })
