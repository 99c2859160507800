import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { type LocalServer, startServer, temporaryStore } from '../../scripts/local-server.ts'

/** A Worker with the fixtures on a store of its own, and a browser; both are there while a file's tests run. */
export interface House {
  address: string
  browser: Browser
}

/** Opens a house before the first test of the file and closes it after the last, whatever failed between. */
export function openHouse(): House {
  const house = {} as House
  const { store, remove } = temporaryStore()
  let server: LocalServer | undefined
  beforeAll(async () => {
    server = await startServer(store)
    house.address = server.address
    house.browser = await launch()
  })
  afterAll(async () => {
    await house.browser?.close()
    await server?.stop()
  })
  afterAll(remove)
  return house
}

/** The system's Chromium, which asks the network for nothing of its own accord and finds no other host. */
const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost',
    ],
  })
