import { expect, test } from 'vitest'
import { readSitemapIndex } from '../../src/read/sitemaps.ts'
import { openSite } from './site.ts'

test('an index names 50,000 sitemaps at most, as the protocol allows: the newest, after those of selections', async () => {
  const { config, clock, digest, store: empty } = (await openSite()).ports
  const parts = Array.from({ length: 50_003 }, (_, at) => ({ name: `part-${at}`, revised: at }))
  const store = {
    ...empty,
    lastNumber: async () => ({ found: 5001, revision: 1 }),
    sitemapParts: async () => ({ found: parts, revision: 1 }),
  }
  const index = await readSitemapIndex({ site: config.site, clock, digest, feedLength: 30, store })
  const named = index.ok ? (await index.value.entries()).map(({ name }) => name) : []
  expect(named).toHaveLength(50_000)
  expect(named.slice(0, 3)).toEqual(['selections', 'selections-2', 'part-5'])
  expect(named.at(-1)).toBe('part-50002')
})
