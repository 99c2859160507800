import { parseAtomFeed } from 'feedsmith'
import { describe, expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { deltaAgents } from '../../src/http/delta-agents.ts'
import { forDelta } from '../readers.ts'
import { mediaTypes } from './formats.ts'
import { openSite, slugsIn, type TestSite } from './site.ts'

/**
 * Opens a test site with five public articles, a draft and an article under embargo, and requests the feed of
 * the newest articles. The function `ask` of the result asks for a delta with the ETag of that first answer.
 */
async function readSite(format = 'json', length = '5') {
  const site = await openSite({ FEED_LENGTH: length })
  for (let at = 1; at <= 5; at++) {
    await site.put(`a${at}`, { published: `2024-05-0${at}T00:00:00Z`, section: 'Monde' })
  }
  await site.put('tard', { published: '2024-05-03T12:00:00Z', status: 'draft' })
  await site.put('embargo', { published: '2024-05-04T12:00:00Z', embargo: '2024-06-20T12:00:00Z' })
  site.wait(2000)
  const held = await site.get(`/feed.${format}`)
  const tag = held.headers.get('ETag') ?? ''
  site.wait(2000)
  const ask = (headers: Record<string, string> = {}, path = `/feed.${format}`) =>
    site.get(path, { ...forDelta(tag), ...headers })
  return { site, held, tag, ask }
}

describe('a delta', () => {
  test('is a 226 that no cache keeps, with the tag of the whole feed', async () => {
    const { site, ask } = await readSite()
    await site.put('neuf', {})
    site.wait(2000)
    const delta = await ask()
    const whole = await site.get('/feed.json')
    expect([delta.status, delta.statusText]).toEqual([226, 'IM Used'])
    expect(Object.fromEntries(delta.headers)).toMatchObject({
      im: 'feed',
      etag: whole.headers.get('ETag'),
      'content-type': 'application/feed+json; charset=utf-8',
      'cache-control': 'no-store, im',
      'cloudflare-cdn-cache-control': 'no-store',
      vary: 'Sec-Fetch-Dest, A-IM',
    })
    expect(delta.headers.get('Cache-Tag')).toBeNull()
    expect(delta.headers.get('Delta-Base')).toBeNull()
    expect(await slugsIn(delta)).toEqual(['neuf'])
  })

  test.for(formatNames.filter((format) => /\bxml$/.test(mediaTypes[format])))(
    '%s: does not say that it is complete, where the whole feed is',
    async (format) => {
      const { site, ask } = await readSite(format, '6')
      await site.put('neuf', {})
      const delta = await ask()
      expect(delta.status).toBe(226)
      expect(await delta.text()).not.toContain('complete')
      expect(await (await site.get(`/feed.${format}`)).text()).toContain('<fh:complete')
    },
  )

  test('is not given of an intersection, whose articles may change without a save of its own', async () => {
    const { site, ask } = await readSite()
    const path = '/feed.json?section=monde&tag=ete'
    await site.put('un', { section: 'Monde', tags: ['Été'] })
    await site.put('deux', { section: 'Monde', tags: ['Été'] })
    site.wait(2000)
    const held = await site.get(path)
    await site.put('trois', { section: 'Monde', tags: ['Été'] })
    const response = await ask({ 'If-None-Match': held.headers.get('ETag') ?? '' }, path)
    expect([response.status, response.headers.get('Vary')]).toEqual([200, 'Sec-Fetch-Dest'])
    expect((await slugsIn(response)).toSorted()).toEqual(['deux', 'trois', 'un'])
  })

  const changes: [what: string, change: (site: TestSite) => Promise<unknown> | unknown, slugs: string[]][] = [
    ['a new article', (site) => site.put('neuf', {}), ['neuf']],
    [
      'a draft that is published late',
      (site) => site.put('tard', { published: '2024-05-03T12:00:00Z', status: 'published' }),
      ['tard'],
    ],
    ['an embargo that ends', (site) => site.at('2024-06-20T12:00:00Z'), ['embargo']],
    [
      'a new article, although another one was public between two polls: no reader has that one',
      async (site) => {
        await site.put('bref', { embargo: '2024-06-20T11:00:00Z', expires: '2024-06-20T11:30:00Z' })
        site.at('2024-06-20T11:45:00Z')
        await site.put('neuf', {})
      },
      ['neuf'],
    ],
    [
      'a correction',
      (site) => site.put('a2', { published: '2024-05-02T00:00:00Z', section: 'Monde', title: 'Corrigé' }),
      ['a2'],
    ],
  ]
  test.for(changes)('holds %s', async ([, change, slugs]) => {
    const { site, ask } = await readSite()
    await change(site)
    const delta = await ask()
    expect(delta.status).toBe(226)
    expect(await slugsIn(delta)).toEqual(slugs)
  })

  test('tells in Atom of a withdrawal, and of what takes the place', async () => {
    const { site, ask } = await readSite('atom')
    await site.put('a6', { published: '2024-05-06T00:00:00Z' })
    await site.put('a7', { published: '2024-05-07T00:00:00Z' })
    await site.call('DELETE', '/api/articles/a4')
    const delta = await ask()
    const text = await delta.text()
    expect(delta.status).toBe(226)
    expect(text).toContain('ref="tag:kiosque.example,2024:a4"')
    expect(parseAtomFeed(text).entries?.map(({ id }) => id?.split(':').at(-1))).toEqual(['a7', 'a6', 'a2'])
  })

  test('tells of no withdrawal that the base knew of', async () => {
    for (const format of ['atom', 'json']) {
      const { site, ask } = await readSite(format)
      await site.call('DELETE', '/api/articles/a4')
      const base = (await site.get(`/feed.${format}`)).headers.get('ETag') ?? ''
      await site.put(`neuf-${format}`, {})
      const delta = await ask({ 'If-None-Match': base })
      expect([format, delta.status]).toEqual([format, 226])
      const text = await delta.text()
      expect(text, format).toContain(`:neuf-${format}`)
      expect(text, format).not.toContain(':a4')
    }
  })

  test('is given where the base is the very revision at which something left', async () => {
    const { site, ask } = await readSite()
    await site.put('a2', { status: 'draft' })
    const base = (await site.get('/feed.json')).headers.get('ETag') ?? ''
    await site.put('neuf', {})
    const delta = await ask({ 'If-None-Match': base })
    expect([delta.status, await slugsIn(delta)]).toEqual([226, ['neuf']])
  })

  const bases: [what: string, field: (tag: string) => string, status: number, base: boolean][] = [
    ['the one tag', (tag) => tag, 226, false],
    ['a list', (tag) => `"x", ${tag}`, 226, true],
    ['without its quotes', (tag) => tag.replace('W/', '').replaceAll('"', ''), 226, false],
    ['as a compressing proxy spells it', (tag) => tag.replace(/"$/, '-gzip"'), 226, false],
    ['an unknown one', () => '"x"', 200, false],
    ['of another digest', (tag) => tag.replace('d1d1d1d1', 'e2e2e2e2'), 200, false],
    ['of another format', (tag) => tag.replace('-json-', '-rss-'), 200, false],
    ['of the future', (tag) => tag.replace(/"\w+-/, '"zzzzzzzz-'), 200, false],
    ['no revision of ours', (tag) => tag.replace('-', '.5-'), 200, false],
    ['none', () => '', 200, false],
  ]
  test.for(bases)('asked for with %s', async ([, field, status, base]) => {
    const { site, ask, tag } = await readSite()
    await site.put('neuf', {})
    const response = await ask({ 'If-None-Match': field(tag) })
    expect(response.status).toBe(status)
    expect(response.headers.get('Delta-Base')).toBe(base ? tag : null)
    expect(response.headers.get('IM')).toBe(status === 226 ? 'feed' : null)
  })

  test('is since the newest of several tags, which it names', async () => {
    const { site, ask, tag } = await readSite()
    await site.put('deux', {})
    site.wait(2000)
    const newer = (await site.get('/feed.json')).headers.get('ETag') ?? ''
    await site.put('trois', {})
    for (const field of [`${tag}, ${newer}`, `${newer}, ${tag}`]) {
      const delta = await ask({ 'If-None-Match': field })
      expect([delta.status, delta.headers.get('Delta-Base')], field).toEqual([226, newer])
      expect(await slugsIn(delta), field).toEqual(['trois'])
    }
  })

  const fields: [field: string, status: number][] = [
    ['feed', 226],
    ['FEED', 226],
    ['vcdiff, feed;q=0.5', 226],
    ['feed ; q=1', 226],
    ['feed;q=0', 200],
    ['feed;q=0.0', 200],
    ['vcdiff', 200],
    ['feeds', 200],
    ['', 200],
  ]
  test.for(fields)('A-IM: %s gives %i', async ([field, status]) => {
    const { site, ask } = await readSite()
    await site.put('neuf', {})
    expect((await ask({ 'A-IM': field })).status).toBe(status)
  })

  type Whole = [what: string, change: (site: TestSite) => Promise<unknown>, format?: string]
  const whole: Whole[] = [
    [
      'something left the section',
      (site) => site.put('a2', { published: '2024-05-02T00:00:00Z', rights: { syndicate: 'none' } }),
      'atom',
    ],
    [
      'something was withdrawn, and the format cannot say so',
      (site) => site.call('DELETE', '/api/articles/a2'),
    ],
    [
      'a corrected date moved something',
      (site) => site.put('a2', { published: '2024-04-02T00:00:00Z', section: 'Monde' }),
      'atom',
    ],
    ...['atom', 'json'].map(
      (format): Whole => [
        `an article expired (${format})`,
        async (site) => {
          const dates = { published: '2024-05-02T00:00:00Z', expires: '2024-06-20T10:00:00Z' }
          await site.put('a2', { ...dates, section: 'Monde' })
          site.at('2024-06-20T10:00:00Z')
        },
        format,
      ],
    ),
    ...['atom', 'json'].map(
      (format): Whole => [
        `a withdrawal is so old that its tombstone has ended (${format})`,
        async (site) => {
          await site.call('DELETE', '/api/articles/a2')
          site.wait(31 * 86_400_000)
        },
        format,
      ],
    ),
    [
      'all of it is new',
      async (site) => {
        for (let at = 0; at < 6; at++) await site.put(`n${at}`, {})
      },
    ],
  ]
  test.for(whole)('is the whole feed where %s', async ([, change, format]) => {
    const { site, ask } = await readSite(format)
    await site.put('neuf', {})
    await change(site)
    const response = await ask()
    expect([response.status, response.headers.get('IM')]).toEqual([200, null])
    expect(response.headers.get('Cache-Control')).toBe(
      'public, max-age=300, must-revalidate, stale-while-revalidate=0',
    )
  })

  const a2 = { published: '2024-05-02T00:00:00Z', section: 'Monde' }
  const day = 86_400_000
  const departures: [what: string, depart: (site: TestSite) => Promise<unknown> | unknown][] = [
    ['expired', (site) => site.at('2024-06-20T00:00:00Z')],
    ['became a draft', (site) => site.put('a2', { ...a2, status: 'draft' })],
    [
      'was withdrawn, more than 30 days ago',
      async (site) => {
        await site.call('DELETE', '/api/articles/a2')
        site.wait(31 * day)
      },
    ],
    [
      'was withdrawn and then became a draft',
      async (site) => {
        await site.call('DELETE', '/api/articles/a2')
        await site.put('a2', { ...a2, status: 'draft' })
      },
    ],
    [
      'was withdrawn and then moved to another section',
      async (site) => {
        await site.call('DELETE', '/api/articles/a2')
        await site.put('a2', { ...a2, section: 'Sports', status: 'published' })
      },
    ],
    [
      'was withdrawn and then published again with an embargo',
      async (site) => {
        await site.call('DELETE', '/api/articles/a2')
        await site.put('a2', { ...a2, embargo: '2024-08-01T00:00:00Z', status: 'published' })
      },
    ],
  ]
  const departed = formatNames.flatMap((format) => departures.map((row) => [format, ...row] as const))
  test.for(departed)(
    '%s: is the whole feed once for a reader with an article that %s, because no tombstone reports it',
    async ([format, , depart]) => {
      const { site, ask } = await readSite(format)
      const path = `/sections/monde/feed.${format}`
      await site.put('a2', { ...a2, expires: '2024-06-20T00:00:00Z' })
      const tagOf = async () => (await site.get(path)).headers.get('ETag') ?? ''
      const before = await tagOf()
      await site.put('neuf', { section: 'Monde' })
      await depart(site)
      const response = await ask({ 'If-None-Match': before }, path)
      expect(response.status).toBe(200)
      expect(await response.text()).not.toContain(':a2')
      const after = await tagOf()
      await site.put('suivant', { section: 'Monde' })
      expect((await ask({ 'If-None-Match': after }, path)).status).toBe(226)
    },
  )

  test('is the whole feed where none of its articles is new: no reader gets an empty one', async () => {
    const { site, ask } = await readSite()
    await site.put('neuf', {})
    const base = (await site.get('/feed.json')).headers.get('ETag') ?? ''
    await site.put('a1', { published: '2024-05-01T00:00:00Z', section: 'Monde', title: 'Corrigé' })
    const response = await ask({ 'If-None-Match': base })
    expect(response.status).toBe(200)
    expect(response.headers.get('ETag')).not.toBe(base)
    expect(await slugsIn(response)).toEqual(['neuf', 'a5', 'a4', 'a3', 'a2'])
  })

  test('is a 304 where nothing is new, with the Vary of the 200', async () => {
    const { ask, held } = await readSite()
    const response = await ask()
    expect(response.status).toBe(304)
    for (const name of ['Vary', 'ETag', 'Last-Modified', 'Link', 'Cache-Control', 'IM']) {
      expect([name, response.headers.get(name)]).toEqual([name, held.headers.get(name)])
    }
  })

  test('has a HEAD like its GET, and is not given at the address of an article or archive', async () => {
    const { site, tag, ask } = await readSite()
    const article = await site.get('/articles/a1/feed.json')
    const archive = await site.get('/archive/2024/05/1/feed.json')
    await site.put('a1', { published: '2024-05-01T00:00:00Z', title: 'Corrigé' })
    const head = await site.get('/feed.json', forDelta(tag), 'HEAD')
    expect([head.status, await head.text()]).toEqual([226, ''])
    for (const [path, held] of [
      ['/articles/a1/feed.json', article],
      ['/archive/2024/05/1/feed.json', archive],
    ] as const) {
      expect((await ask({ 'If-None-Match': held.headers.get('ETag') ?? '' }, path)).status, path).toBe(200)
    }
  })

  const agents: [agent: string, status: number][] = [
    ...deltaAgents.map(({ example }): [string, number] => [example, 226]),
    ['feedparser/6.0.10 +https://github.com/kurtmckee/feedparser/', 200],
    ['rss2email/3.14 (https://github.com/rss2email/rss2email)', 200],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 200],
    ['notnewsboat/2', 200],
    ['', 200],
    [`newsboat/2.21.0 ${'x'.repeat(8000)}`, 226],
    [`${'x'.repeat(8000)} newsboat/2.21.0`, 200],
  ]
  test.for(formatNames)('%s: is given only to feed readers that are known to read one', async (format) => {
    const { site, ask } = await readSite(format)
    await site.put('neuf', {})
    for (const [agent, status] of agents) {
      const answer = await ask({ 'User-Agent': agent })
      const text = await answer.text()
      expect([answer.status, text.includes(':neuf'), text.includes(':a5')], agent.slice(0, 80)).toEqual([
        status,
        true,
        status === 200,
      ])
    }
  })
})
