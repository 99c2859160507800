import { expect, test } from 'vitest'
import { isolateOf } from './isolate.ts'
import { openInterrupted } from './meanwhile.ts'
import { refuseWrites } from './refused-writes.ts'
import { openSite } from './site.ts'

const placed = { section: 'Monde', tags: ['Été'], authors: ['Kim'] }

/** More reads of the database than an answer makes. */
const maxReads = 15

const addresses = [
  ...['/', '/sections/monde', '/feed.rss', '/tags/ete/feed.atom', '/authors/kim/feed.json'],
  '/feed.rss?section=monde&tag=ete',
]

test.for(addresses)(
  'an article whose embargo ended is in %s, whichever read of the answer comes after the release by another request',
  async (path) => {
    const site = await openSite()
    await site.put('un', { ...placed, published: '2024-06-19T09:00:00Z' })
    const released: boolean[] = []
    for (let call = 1; call <= maxReads; call++) {
      const slug = `arrive-${call}`
      const embargo = new Date(site.ports.clock() + 60_000).toISOString()
      await site.put(slug, { ...placed, embargo })
      site.wait(120_000)
      const allow = await refuseWrites(['UPDATE of selection'])
      const isolate = openInterrupted(site)
      isolate.interrupt(call, async () => {
        await allow()
        expect((await isolateOf(site)('/feed.json')).headers.get('ETag'), `read ${call}`).toBeTruthy()
      })
      const { status, body } = await isolate.ask(path)
      expect([status, body.includes(`/articles/${slug}`)], `read ${call}`).toEqual([200, true])
      released.push(isolate.isDone())
      if (!isolate.isDone()) await allow()
    }
    expect(released.filter(Boolean).length).toBeGreaterThanOrEqual(3)
    expect(released.at(-1)).toBe(false)
  },
)
