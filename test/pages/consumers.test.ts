import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { promisify } from 'node:util'
import oembetter from 'oembetter'
import scrape from 'open-graph-scraper'
import { unfurl } from 'unfurl.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { parseConfig } from '../../src/config/settings.ts'
import type { Ports } from '../../src/ports.ts'
import { sampleArticle } from '../render/samples.ts'

const articles = [
  sampleArticle({
    title: '« L’été » & 100 % "d\'ici" #tag',
    summary: 'Quarante maraîchers & leurs paniers.',
    authors: [{ name: 'Ève Roy', url: 'https://serveur.example/@eve' }],
    image: { url: '/media/a.jpg', type: 'image/jpeg', width: 200, height: 120, alt: 'Le canal' },
  }),
  sampleArticle({ slug: 'sans-image' }),
  sampleArticle({ slug: 'ferme', rights: { syndicate: 'none' } }),
]

let server: Server
let origin: string

/** Serves the Worker's routes on a port of this machine, with a read-only store that contains the sample articles. */
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const answer = await app.fetch(new Request(`${origin}${request.url}`), ports())
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    response.end(new Uint8Array(await answer.arrayBuffer()))
  }).listen(0, 'localhost')
  await once(server, 'listening')
  origin = `http://localhost:${(server.address() as { port: number }).port}`
})

afterAll(() => void server.close())

function ports(): Ports {
  const config = parseConfig({ SITE_URL: origin, SITE_TITLE: 'Le Kiosque' })
  if (!config.ok) throw new Error(JSON.stringify(config.problem))
  const head = { title: '', revision: 1, revised: 0, since: 0 }
  const found = (slug: string) => articles.find((article) => article.slug === slug)
  return {
    config: config.value,
    clock: () => Date.parse('2024-06-20T00:00:00Z'),
    digest: 'd1d1d1d1',
    log: (event: string, fields: object) => console.error(event, fields),
    store: {
      heads: async ([path = '']) => (found(path.slice('articles/'.length)) ? [{ path, ...head }] : undefined),
      find: async (slug: string) => {
        const article = found(slug)
        return article && { article, revision: 1 }
      },
      moved: async () => undefined,
    } as Partial<Ports['store']>,
  } as Ports
}

const at = (slug: string) => `${origin}/articles/${slug}`
const [first, plain] = articles

describe('Open Graph, read by open-graph-scraper', () => {
  const read = async (slug: string) => {
    const html = await (await fetch(at(slug))).text()
    return (
      await scrape({
        html,
        customMetaTags: [{ multiple: false, property: 'fediverse:creator', fieldName: 'creator' }],
      })
    ).result
  }

  test('the whole card of an article', async () => {
    expect(await read('marche-d-ete')).toMatchObject({
      success: true,
      ogType: 'article',
      ogTitle: first?.title,
      ogDescription: first?.summary,
      ogUrl: at('marche-d-ete'),
      ogSiteName: 'Le Kiosque',
      ogLocale: 'fr_CA',
      ogImage: [
        { url: `${origin}/media/a.jpg`, type: 'image/jpeg', width: '200', height: '120', alt: 'Le canal' },
      ],
      articlePublishedTime: '2024-06-19T12:00:00Z',
      articleModifiedTime: '2024-06-19T12:00:00Z',
      articleSection: 'Local',
      articleTag: 'Marché',
      author: 'Ève Roy',
      articleAuthor: 'https://serveur.example/@eve',
      twitterCard: 'summary',
      customMetaTags: { creator: '@eve@serveur.example' },
      jsonLD: [
        {
          '@type': 'NewsArticle',
          headline: first?.title,
          image: [{ url: `${origin}/media/a.jpg`, width: 200, height: 120 }],
          author: [{ '@type': 'Person', name: 'Ève Roy', url: 'https://serveur.example/@eve' }],
        },
      ],
    })
  })

  test("the site's picture where the article has none, and it is there", async () => {
    const { ogImage, twitterCard } = await read('sans-image')
    expect(ogImage).toEqual([
      { url: `${origin}/card.png`, type: 'image/png', width: '1200', height: '630', alt: 'Le Kiosque' },
    ])
    expect(twitterCard).toBe('summary_large_image')
    const picture = await fetch(ogImage?.[0]?.url ?? '')
    const bytes = new DataView(await picture.arrayBuffer())
    expect([picture.headers.get('Content-Type'), bytes.getUint32(16), bytes.getUint32(20)]).toEqual([
      'image/png',
      1200,
      630,
    ])
    expect(bytes.byteLength).toBeLessThan(300_000)
  })
})

describe('oEmbed, found and read', () => {
  const html = expect.stringMatching(
    /^<blockquote>.*<iframe src="http:\/\/localhost:\d+\/embed\/marche-d-ete"/,
  )

  test('by oembetter', async () => {
    const fetchOembed = promisify(oembetter().fetch)
    expect(await fetchOembed(at('marche-d-ete'), { maxwidth: 480, maxheight: 200 })).toMatchObject({
      version: '1.0',
      type: 'rich',
      title: first?.title,
      author_name: 'Ève Roy',
      provider_name: 'Le Kiosque',
      html,
      width: 480,
      height: 200,
      thumbnail_url: `${origin}/media/a.jpg`,
      thumbnail_width: 200,
      thumbnail_height: 120,
    })
  })

  test('by unfurl.js, beside the Open Graph card', async () => {
    const found = await unfurl(at('marche-d-ete'))
    expect(found).toMatchObject({
      title: expect.stringContaining(first?.title ?? ''),
      canonical_url: at('marche-d-ete'),
      author: 'Ève Roy',
      oEmbed: { type: 'rich', version: '1.0', title: first?.title, html, width: 600, height: 220 },
      open_graph: { type: 'article', title: first?.title, url: at('marche-d-ete'), locale: 'fr_CA' },
    })
  })

  test('nothing where the article may not be passed on', async () => {
    expect(await unfurl(at('ferme'))).not.toHaveProperty('oEmbed')
    expect((await unfurl(at('ferme'))).open_graph?.title).toBe(plain?.title)
  })
})
