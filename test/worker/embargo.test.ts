import { describe, expect, test } from 'vitest'
import { rfc3339 } from '../../src/domain/instant.ts'
import { openSite, slugsIn, start } from './site.ts'

const end = '2024-07-01T09:00:00Z'

/** The fields of the article `cache` as the API shows them. */
const fieldsOf = async (answer: Response) => {
  const { published, updated, embargo } = (await answer.json()) as Record<string, string>
  return { published, updated, embargo }
}

describe('an embargo’s end is a publication', () => {
  test('although 31 articles are newer than the save, the article is the first in its feeds, with the date of the end', async () => {
    const site = await openSite()
    expect(
      await fieldsOf(await site.put('cache', { embargo: end, section: 'Monde', tags: ['Été'] })),
    ).toEqual({
      published: end,
      updated: end,
      embargo: end,
    })
    for (let number = 1; number <= 31; number++) {
      site.at(start + number * 3_600_000)
      await site.put(`a${number}`, { section: 'Monde', tags: ['Été'] })
    }
    site.at(Date.parse(end) - 1)
    expect(await slugsIn(await site.get('/feed.json'))).not.toContain('cache')
    site.at(end)
    for (const path of ['', '/sections/monde', '/tags/ete']) {
      const slugs = await slugsIn(await site.get(`${path}/feed.json`))
      expect([path, slugs[0], slugs.length]).toEqual([path, 'cache', 30])
      expect(await slugsIn(await site.get(`${path}/archive/2024/07/1/feed.json`)), path).toEqual(['cache'])
    }
    expect(await slugsIn(await site.get('/archive/2024/06/1/feed.json'))).not.toContain('cache')
    const dates: [path: string, contains: string][] = [
      ['/feed.rss', '<pubDate>Mon, 01 Jul 2024 09:00:00 GMT</pubDate>'],
      ['/feed.atom', `<published>${end}</published>`],
      ['/feed.json', `"date_published": "${end}"`],
      ['/sitemap-2024-07-1.xml', `<lastmod>${end}</lastmod>`],
      ['/sitemap-news.xml', `<news:publication_date>${end}</news:publication_date>`],
      ['/articles/cache', `datetime="${end}"`],
    ]
    for (const [path, contains] of dates)
      expect((await (await site.get(path)).text()).replaceAll('.000Z', 'Z'), path).toContain(contains)
  })

  test('a lifted embargo publishes the article at that moment', async () => {
    const site = await openSite()
    await site.put('cache', { embargo: end })
    site.wait(86_400_000)
    await site.put('autre')
    site.wait(60_000)
    const lifted = rfc3339(site.ports.clock())
    expect(await fieldsOf(await site.put('cache'))).toEqual({ published: lifted, updated: lifted })
    expect(await slugsIn(await site.get('/feed.json'))).toEqual(['cache', 'autre'])
  })

  test('the list for editors has the article at its coming date, and a moved embargo moves it', async () => {
    const site = await openSite()
    await site.put('cache', { embargo: end })
    await site.put('autre', { embargo: '2024-07-02T09:00:00Z' })
    const listed = async () => {
      const { articles } = (await (await site.call('GET', '/api/articles?status=scheduled')).json()) as {
        articles: { slug: string; published: string }[]
      }
      return articles.map(({ slug, published }) => `${slug} ${published}`)
    }
    expect(await listed()).toEqual(['autre 2024-07-02T09:00:00Z', `cache ${end}`])
    await site.put('cache', { embargo: '2024-07-03T09:00:00Z' })
    expect(await listed()).toEqual(['cache 2024-07-03T09:00:00Z', 'autre 2024-07-02T09:00:00Z'])
    site.at(end)
    expect(await slugsIn(await site.get('/feed.json'))).toEqual([])
    site.at('2024-07-03T09:00:00Z')
    expect(await slugsIn(await site.get('/feed.json'))).toEqual(['cache', 'autre'])
  })

  test('an article that is hidden again comes out with the later date, and is in the archive of that month', async () => {
    const site = await openSite()
    await site.put('cache', { section: 'Monde' })
    await site.put('autre')
    await site.put('cache', { section: 'Monde', embargo: end })
    expect(await slugsIn(await site.get('/feed.json'))).toEqual(['autre'])
    site.at(end)
    expect(await slugsIn(await site.get('/feed.json'))).toEqual(['cache', 'autre'])
  })

  test('a scheduled article that an earlier version dated at its save comes out with that date', async () => {
    const site = await openSite()
    const saved = '2024-06-18T12:00:00Z'
    await site.put('cache', { published: saved, embargo: end })
    await site.put('cache', { embargo: end, title: 'Corrigé' })
    await site.put('autre')
    site.at(end)
    expect(await slugsIn(await site.get('/feed.json'))).toEqual(['autre', 'cache'])
    expect(await fieldsOf(await site.call('GET', '/api/articles/cache'))).toMatchObject({ published: saved })
  })
})
