import { describe, expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { type Polling, pollings } from '../readers.ts'
import { openSite } from './site.ts'

const addresses = [
  ...formatNames.map((format) => `/feed.${format}`),
  ...['/feed', '/tags/ete/feed.rss', '/rss.xml'],
]

async function site() {
  const open = await openSite()
  await open.put('un', { tags: ['Été'] })
  open.wait(2000)
  return open
}

/**
 * The conditional headers of a feed reader's next poll. They repeat the validators of the last answer without a
 * change.
 */
function conditions({ conditional }: Polling, response: Response): Record<string, string> {
  const names = { ETag: 'If-None-Match', 'Last-Modified': 'If-Modified-Since' }
  return Object.fromEntries(
    conditional.map((validator) => [names[validator], response.headers.get(validator) ?? '']),
  )
}

const cases = pollings.flatMap((polling) =>
  addresses.map((address) => [polling.name, address, polling] as const),
)

describe('a known reader', () => {
  test.for(cases)('%s polls %s: the second time 304, after a save news', async ([, address, polling]) => {
    const open = await site()
    const first = await open.get(address, polling.headers)
    expect(first.status).toBe(200)
    expect(first.headers.get('Content-Type')).not.toContain('html')
    const second = await open.get(address, { ...polling.headers, ...conditions(polling, first) })
    expect(second.status).toBe(304)
    expect(await second.text()).toBe('')
    for (const name of ['ETag', 'Last-Modified', 'Cache-Control', 'Vary', 'Content-Location', 'Link']) {
      expect([name, second.headers.get(name)]).toEqual([name, first.headers.get(name)])
    }

    await open.put('deux', { tags: ['Été'] })
    open.wait(2000)
    const third = await open.get(address, { ...polling.headers, ...conditions(polling, second) })
    const text = await third.text()
    expect(text).toContain('Titre de deux')
    expect([third.status, text.includes('Titre de un')]).toEqual(
      polling.readsDeltas ? [226, false] : [200, true],
    )
  })

  test('Thunderbird’s first date is older than everything', async () => {
    const open = await site()
    const since = { 'If-Modified-Since': 'Sat, 01 Jan 2000 00:00:00 GMT' }
    expect((await open.get('/feed.rss', since)).status).toBe(200)
  })

  test('three requests within a second are three answers', async () => {
    const open = await site()
    for (const path of ['/', '/feed', '/feed.rss']) expect((await open.get(path)).status, path).toBe(200)
  })
})
