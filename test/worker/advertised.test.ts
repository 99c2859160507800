import { expect, test } from 'vitest'
import { formats } from '../../src/render/formats.ts'
import { advertisedIn, linksOfHeader, type Place } from './crawl.ts'
import { type HubSite, openHub } from './hub-site.ts'

const origin = 'https://kiosque.example'

/**
 * Opens a test site that has at least one address of every kind: full feeds, archives of several months,
 * redirects, withdrawn articles.
 */
async function filledSite(settings: Record<string, string>): Promise<HubSite> {
  const site = await openHub({ FEED_LENGTH: '4', ...settings })
  const articles = Array.from({ length: 10 }, (_, at) => ({
    id: `urn:a:${at}`,
    slug: `a${at}`,
    title: `Article ${at}`,
    text: 'Un paragraphe.',
    published: new Date(Date.UTC(2024, 3 + (at % 3), 1 + at)).toISOString(),
    section: at % 2 ? 'Monde' : 'Économie',
    tags: at % 3 ? ['Été'] : ['R&D <b>'],
    authors: [at % 4 ? 'Kim' : '김'],
    ...(at === 0 && { language: 'en-CA', attachments: [{ url: '/feeds', type: 'text/html', bytes: 9 }] }),
    ...(at === 1 && { rights: { syndicate: 'summary' }, note: 'Corrigé.' }),
    ...(at === 2 && {
      url: 'https://journal.example/a2',
      html: '<p><a href="/articles/a3">x</a></p>',
      text: undefined,
    }),
    ...(at === 3 && { image: { url: '/card.png', type: 'image/png', width: 1200, height: 630, alt: 'x' } }),
    ...(at === 4 && { source: { name: 'Agence', url: `${origin}/sections/monde` } }),
    ...(at === 5 && { rights: { syndicate: 'none' } }),
  }))
  const lines = articles.map((article) => JSON.stringify(article)).join('\n')
  const saved = await site.call('POST', '/api/articles', lines, { 'Content-Type': 'application/x-ndjson' })
  expect(new TextDecoder().decode(await saved.arrayBuffer()).match(/"saved":"created"/g)).toHaveLength(
    articles.length,
  )
  await site.put('un', { id: 'urn:a:6', section: 'Monde', tags: ['Été'] })
  await site.put('gone', {})
  await site.call('DELETE', '/api/articles/gone')
  site.wait(3000)
  return site
}

/** The addresses at which the crawl starts: the home page, robots.txt, every feed, and error pages. */
const starts = [
  '/',
  '/robots.txt',
  '/nulle-part',
  '/articles/gone',
  ...formats.map(({ format }) => `/feed.${format}`),
]

/**
 * The minimum number of links that the crawl must find in each kind of place. With fewer links the test would
 * pass without checking much.
 */
const fewest: Record<Place, number> = {
  'Link header': 500,
  '<link> of a page': 100,
  'link of a page': 300,
  'preview of a page': 30,
  'atom:link': 50,
  RSS: 100,
  Atom: 200,
  'JSON Feed': 200,
  'content of an article': 10,
  'other JSON': 10,
  OPML: 10,
  sitemap: 20,
  oEmbed: 10,
  'robots.txt': 2,
}

/**
 * The media types that oEmbed links announce, each with the media type of the answer's Content-Type (oEmbed 1.0
 * §4).
 */
const answeredAs: Record<string, string> = {
  'application/json+oembed': 'application/json',
  'text/xml+oembed': 'text/xml',
}

interface Answer {
  status: number
  /** The media type in the answer's Content-Type, without parameters. */
  type: string
  headers: Headers
  text: string
}

async function answerTo(site: HubSite, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await site.get(path, headers)
  const text = new TextDecoder().decode(await response.arrayBuffer())
  const type = response.headers.get('Content-Type')?.split(';')[0] ?? ''
  return { status: response.status, type, headers: response.headers, text }
}

interface Walked {
  /**
   * The faults that the crawl found. Each fault names the document, the place of the link in the document, the
   * linked address and the answer at this address.
   */
  faults: string[]
  documents: number
  seen: Map<Place, number>
  /** The addresses of the feeds that advertise a hub. */
  topics: Set<string>
}

/**
 * Requests the addresses in `starts`, and then every address of the site that an answer contains, until no new
 * address is found.
 */
async function followAll(site: HubSite): Promise<Walked> {
  const walked: Walked = { faults: [], documents: 0, seen: new Map(), topics: new Set() }
  const known = new Map<string, Answer>()
  const waiting = [...starts]
  const ask = async (path: string): Promise<Answer> => {
    const answer = known.get(path) ?? (await answerTo(site, path))
    // An address with the parameter `raw` answers with a feed. The crawl does not search this answer for links,
    // because it searches the same feed at the address without the parameter.
    if (!known.has(path) && !path.includes('raw=')) waiting.push(path)
    known.set(path, answer)
    return answer
  }
  /**
   * Requests an address. If the address is a short link, the function follows the redirect to an article of the
   * site; a redirect to a share network counts as found.
   */
  const arrive = async (path: string): Promise<Answer> => {
    const answer = await ask(path)
    const target =
      path.startsWith('/s/') && answer.status === 302 ? answer.headers.get('Location') : undefined
    if (!target) return answer
    return target.startsWith(`${origin}/`) ? ask(target.slice(origin.length)) : { ...answer, status: 200 }
  }
  const follow = async (path: string, { headers, text }: Answer) => {
    walked.documents++
    const header = linksOfHeader(headers.get('Link'))
    const self = header.find(({ rel }) => rel === 'self')?.url
    if (self && header.some(({ rel }) => rel === 'hub')) walked.topics.add(self)
    for (const { place, url, type = '' } of advertisedIn(headers, text, origin)) {
      const { href } = new URL(url, `${origin}${path}`)
      if (!href.startsWith(`${origin}/`) || url.startsWith('#')) continue
      walked.seen.set(place, (walked.seen.get(place) ?? 0) + 1)
      const target = href.slice(origin.length).replace(/#.*/, '')
      const answer = await arrive(target)
      const promised = type.includes('/') ? (answeredAs[type] ?? type) : answer.type
      const is = [answer.status, answer.type].join(' ')
      if (is !== `200 ${promised}`)
        walked.faults.push(`${path}, ${place}: ${target} is ${is}, not 200 ${promised}`)
    }
  }
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const answer = await ask(path)
    await follow(path, answer)
    // If the first answer is not HTML, the address is requested again with the headers of a browser, because a
    // browser gets an HTML page instead of a feed or a JSON error.
    const isPage = answer.type === 'text/html'
    if (!isPage) await follow(path, await answerTo(site, path, { 'Sec-Fetch-Dest': 'document' }))
  }
  return walked
}

const sites: [what: string, settings: Record<string, string>][] = [
  ['with its standard settings', {}],
  [
    'that offers all it can',
    { FEED_SHARE_DATA: 'true', FEED_SHARE_ROW: 'true', SHARE_SHORT_LINKS: 'true', SITE_LANGUAGE: 'en' },
  ],
]
test.for(sites)(
  'every address that a site %s advertises is there, of the type that it says, and every topic can be subscribed to',
  async ([, settings]) => {
    const site = await filledSite(settings)
    const { faults, documents, seen, topics } = await followAll(site)
    expect(faults.slice(0, 20)).toEqual([])
    for (const [place, least] of Object.entries(fewest))
      expect([place, seen.get(place as Place) ?? 0]).toEqual([
        place,
        expect.toSatisfy((count: number) => count >= least),
      ])
    expect(documents).toBeGreaterThan(250)
    for (const { format } of formats) {
      const ofFormat = [...topics].filter((topic) => topic.includes(`feed.${format}`))
      expect([format, ofFormat.length]).toEqual([format, expect.toSatisfy((count: number) => count > 12)])
    }
    for (const topic of topics) {
      const taken = await site.ask({
        'hub.mode': 'subscribe',
        'hub.topic': topic,
        'hub.callback': 'https://reader.example/',
      })
      expect([topic, taken.status]).toEqual([topic, 202])
    }
  },
)
