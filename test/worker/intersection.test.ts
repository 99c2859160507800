import { describe, expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { openSite, slugsIn, type TestSite } from './site.ts'

async function filled(): Promise<TestSite> {
  const site = await openSite()
  const articles: [slug: string, section: string, tag: string, author: string][] = [
    ['a', 'Monde', 'Été', 'Kim'],
    ['b', 'Monde', 'Hiver', 'Kim'],
    ['c', 'Culture', 'Été', 'Kim'],
    ['d', 'Monde', 'Été', 'Léa'],
  ]
  for (const [at, [slug, section, tag, author]] of articles.entries()) {
    await site.put(slug, {
      section,
      tags: [tag],
      authors: [author],
      published: `2024-06-0${at + 1}T00:00:00Z`,
    })
  }
  site.wait(2000)
  return site
}

describe('an intersection of selections is a feed', () => {
  const rows: [query: string, slugs: string[]][] = [
    ['section=monde', ['d', 'b', 'a']],
    ['tag=ete', ['d', 'c', 'a']],
    ['author=kim', ['c', 'b', 'a']],
    ['section=monde&tag=ete', ['d', 'a']],
    ['section=monde&tag=ete&author=kim', ['a']],
    ['section=culture&tag=hiver', []],
    ['tag=ete&utm_source=x&section=monde&author=', ['d', 'a']],
    ['', ['d', 'c', 'b', 'a']],
    ['utm_source=x', ['d', 'c', 'b', 'a']],
  ]
  test.for(rows)('/feed.json?%s', async ([query, slugs]) => {
    const response = await (await filled()).get(`/feed.json?${query}`)
    expect(response.status).toBe(200)
    expect(await slugsIn(response)).toEqual(slugs)
  })

  test('whose own address has the keys in a fixed order, in header and document', async () => {
    const site = await filled()
    const self = 'https://kiosque.example/feed.FORMAT?section=monde&tag=ete&author=kim'
    for (const format of formatNames) {
      const response = await site.get(`/feed.${format}?author=kim&x=1&tag=ete&section=monde`)
      expect(response.headers.get('Link'), format).toContain(
        `<${self.replace('FORMAT', format)}>; rel="self"`,
      )
      expect(response.headers.get('Cache-Tag'), format).toBe('sections/monde,tags/ete,authors/kim')
      expect((await response.text()).replaceAll('&amp;', '&'), format).toContain(
        self.replace('FORMAT', format),
      )
    }
  })

  test('an unknown key is 404', async () => {
    const site = await filled()
    for (const query of ['section=inconnue', 'section=monde&tag=inconnu', 'tag=..%2Fapi']) {
      expect((await site.get(`/feed.rss?${query}`)).status, query).toBe(404)
    }
  })

  test('an embargo’s end changes it at its minute', async () => {
    const site = await filled()
    await site.put('e', { section: 'Monde', tags: ['Été'], embargo: '2024-06-20T12:00:00Z' })
    expect((await site.get('/feed.json?section=monde&tag=ete')).headers.get('Cache-Control')).toBe(
      'public, max-age=300, must-revalidate, stale-while-revalidate=0',
    )
    site.at('2024-06-20T11:59:00Z')
    expect((await site.get('/feed.json?section=monde&tag=ete')).headers.get('Cache-Control')).toBe(
      'public, max-age=59, must-revalidate, stale-while-revalidate=0',
    )
    site.at('2024-06-20T12:00:00Z')
    const response = await site.get('/feed.json?section=monde&tag=ete')
    expect(response.headers.get('Last-Modified')).toBe('Thu, 20 Jun 2024 12:00:00 GMT')
    expect(await slugsIn(response)).toEqual(['e', 'd', 'a'])
  })

  test('a kill is told in Atom', async () => {
    const site = await filled()
    await site.call('DELETE', '/api/articles/a')
    expect(await (await site.get('/feed.atom?section=monde&tag=ete')).text()).toContain(':a" when=')
    expect(await (await site.get('/feed.atom?section=monde&tag=hiver')).text()).not.toContain('deleted-entry')
  })
})
