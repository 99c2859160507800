import { expect, test } from 'vitest'
import { emptyDatabase } from './database.ts'
import { isolateOf } from './isolate.ts'
import { all, allWrites, due, filled, refuseWrites } from './refused-writes.ts'

test('each single kind of write refused: no public answer fails, before and after `due`, in either version', async () => {
  const addresses = ['/', '/sections/neuve/feed.json', '/sitemap-2024-06-1.xml', '/articles/arrive']
  // The site of this test has no hub.
  const further = (await all()).filter((path) => path !== '/hub')
  for (const write of await allWrites()) {
    await emptyDatabase()
    const site = await filled()
    const end = await refuseWrites([write])
    for (const [instant, expected] of [
      [due - 1, /^(200|404)$/],
      [due, /^200$/],
    ] as const) {
      site.at(instant)
      const ask = isolateOf(site, { digest: instant === due ? site.ports.digest : 'e2e2e2e2' })
      for (const path of addresses)
        expect(String((await ask(path)).status), `${write} ${path}`).toMatch(expected)
      for (const path of further) expect((await ask(path)).status, `${write} ${path}`).toBeLessThan(500)
    }
    await end()
  }
}, 180_000)
