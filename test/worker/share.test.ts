import { describe, expect, test } from 'vitest'
import { codeOf } from '../../src/share/code.ts'
import { defaultNetworks, networks } from '../../src/share/networks.ts'
import { repeated } from '../repeated.ts'
import { openSite, type TestSite } from './site.ts'

/** A query that names every network. */
const everyNetwork = `?networks=${networks.map(({ id }) => id).join(',')}`

const id = 'tag:kiosque.example,2024:ete'

async function furnished(
  article: Record<string, unknown> = {},
  settings: Record<string, string> = {},
): Promise<TestSite> {
  const site = await openSite(settings)
  await site.put('ete', { id, title: '« L’été » à 100 %', ...article })
  site.wait(2000)
  return site
}

interface Data {
  url: string
  text: string
  networks: { id: string; label: string; href: string; length?: number; limit?: number; truncated: boolean }[]
  refused: { id: string; reason: string; use: string[] }[]
}

const dataOf = async (site: TestSite, query = ''): Promise<Data> => {
  const response = await site.get(`/articles/ete/share.json${query}`)
  expect(response.status).toBe(200)
  return response.json()
}

describe('/articles/{slug}/share.json', () => {
  test('has the clean address, the short one, its QR code and a link for each network offered', async () => {
    const site = await furnished({ url: 'https://journal.example/ete' })
    const code = await codeOf(id)
    expect(await dataOf(site)).toMatchObject({
      url: 'https://journal.example/ete',
      short: `https://kiosque.example/s/${code}`,
      qr: `https://kiosque.example/qr/${code}.svg`,
      title: '« L’été » à 100 %',
      text: '« L’été » à 100 %',
      refused: [],
    })
    expect((await dataOf(site)).networks).toHaveLength(11)
    expect((await dataOf(site)).networks[0]).toEqual({
      id: 'x',
      label: 'Partager sur X',
      href: 'https://x.com/intent/post?text=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%C3%A0%20100%20%25&url=https%3A%2F%2Fjournal.example%2Fete',
      kind: 'popup',
      popup: { width: 640, height: 640 },
      short: `https://kiosque.example/s/${code}.x`,
      length: 41,
      limit: 280,
      truncated: false,
    })
  })

  test('if the site counts visits, each network gets the short link that is counted for this network', async () => {
    const site = await furnished({}, { SHARE_SHORT_LINKS: 'true', SHARE_NETWORKS: 'x,email,copy' })
    const short = encodeURIComponent(`https://kiosque.example/s/${await codeOf(id)}`)
    const { url, networks } = await dataOf(site)
    expect(url).toBe('https://kiosque.example/articles/ete')
    expect(networks.map(({ href }) => href)).toEqual([
      expect.stringContaining(`url=${short}.x`),
      expect.stringContaining(`${short}.email`),
      url,
    ])
    const page = await (await site.get('/articles/ete')).text()
    expect(page).toContain(`url=${short}.x"`)
    expect(page).toContain('<link rel="canonical" href="https://kiosque.example/articles/ete">')
  })

  test('the language, the networks, the text and a passage may be chosen', async () => {
    const site = await furnished()
    const data = await dataOf(
      site,
      '?lang=en-GB&networks=email,pocket,mastodonserver,nope&text=Lisez&quote=peut-%C3%AAtre',
    )
    expect(data.url).toBe('https://kiosque.example/articles/ete#:~:text=peut%2D%C3%AAtre')
    expect(data.text).toBe('“peut-être” — Lisez')
    expect(data.networks.map((one) => [one.id, one.label])).toEqual([
      ['email', 'Send by email'],
      ['mastodonserver', 'Share on Mastodon (your server)'],
    ])
    expect(data.networks[1]?.href).toMatch(/^https:\/\/\{host\}\/share\?text=%E2%80%9Cpeut-%C3%AAtre/)
    expect(data.refused).toEqual([
      { id: 'pocket', reason: 'closed on 8 July 2025 and deleted its data', use: ['instapaper', 'raindrop'] },
      { id: 'nope', reason: 'is no network that is known', use: [] },
    ])
  })

  test('if all requested networks have closed, the answer is 410 and names alternatives', async () => {
    const response = await (await furnished()).get('/articles/ete/share.json?networks=pocket,signal')
    expect(response.status).toBe(410)
    expect(await response.json()).toMatchObject({
      refused: [{ id: 'pocket', use: ['instapaper', 'raindrop'] }, { id: 'signal' }],
    })
  })

  const asked: [query: string, ids: string[]][] = [
    ['?networks=X,%20email%20,BlueSky', ['x', 'email', 'bluesky']],
    ['?networks=hacker-news,x,X', ['hackernews', 'x']],
    ['?networks=,', [...defaultNetworks]],
  ]
  test.for(asked)('ids as people write them: %s', async ([query, ids]) => {
    const data = await dataOf(await furnished(), query)
    expect(data.networks.map(({ id }) => id)).toEqual(ids)
  })

  const elsewhere: [id: string, use: string][] = [
    ['twitter', 'x'],
    ['tencent-weibo', 'weibo'],
    ['Google+', 'facebook'],
    ['native', 'copy'],
    ['print', 'copy'],
  ]
  test.for(elsewhere)('%s is refused, and that %s does it is said', async ([id, use]) => {
    const asks = `/articles/ete/share.json?networks=${encodeURIComponent(id)}`
    const response = await (await furnished()).get(asks)
    expect(response.status).toBe(410)
    expect(((await response.json()) as { refused: { use: string[] }[] }).refused[0]?.use).toContain(use)
  })

  test('fr_FR, as systems write it, is fr-FR', async () => {
    const data = await dataOf(await furnished(), '?lang=fr_FR&networks=email')
    expect(data.networks.map(({ label }) => label)).toEqual(['Envoyer par e-mail'])
  })

  test('every network may be named with texts that most languages need', async () => {
    const [text, quote] = ['é'.repeat(500), 'e'.repeat(1000)]
    const { networks } = await dataOf(await furnished(), `${everyNetwork}&text=${text}&quote=${quote}`)
    expect(networks.length).toBeGreaterThan(40)
  })

  const wrong: [query: string, says: string][] = [
    ['?networks=nope', 'networks: names no network'],
    ['?networks=<b>', 'networks: must be at most 100 ids'],
    [`?networks=${'x,'.repeat(200)}`, 'networks: must be at most 100 ids'],
    ['?lang=fran%C3%A7ais', 'lang: must be a language tag'],
    [`?text=${'a'.repeat(1001)}`, 'text: must have at most 1000'],
    [`?text=${'\ufb2c'.repeat(334)}`, 'text: must have at most 1000'],
    [
      `${everyNetwork}&text=${'漢'.repeat(900)}`,
      'networks: must be at most 30 ids beside texts that are this long when percent-encoded',
    ],
    [`?quote=${'a'.repeat(1001)}`, 'quote: must have at most 1000'],
  ]
  test.for(wrong)('%s is refused', async ([query, says]) => {
    const response = await (await furnished()).get(`/articles/ete/share.json${query}`)
    expect(response.status).toBe(400)
    expect(await response.text()).toContain(says)
  })

  test('each set of parameters has a tag of its own, and keys that nobody knows have none', async () => {
    const site = await furnished()
    const tagOf = async (query: string) =>
      (await site.get(`/articles/ete/share.json${query}`)).headers.get('ETag') ?? ''
    const queries = ['', '?lang=en', '?lang=fr-FR', '?networks=x', '?text=a', '?quote=a', '?lang=en&text=a']
    const tags = await Promise.all(queries.map(tagOf))
    expect(repeated(tags)).toEqual([])
    expect(await tagOf('?utm_source=x&lang=en')).toBe(tags[1])
    expect(await tagOf('?text=a&lang=en')).toBe(tags[6])
    const again = await site.get('/articles/ete/share.json?lang=en', { 'If-None-Match': tags[1] ?? '' })
    expect(again.status).toBe(304)
  })

  test('the answer offers the networks that the setting names', async () => {
    const settings = { SHARE_NETWORKS: 'messenger,hackernews,copy,pinterest,qr' }
    const ids = async (site: TestSite) => (await dataOf(site)).networks.map((one) => one.id)
    expect(await ids(await furnished({}, settings))).toEqual(['hackernews', 'copy', 'qr'])
    expect(
      await ids(await furnished({ image: { url: '/a.jpg' } }, { ...settings, FACEBOOK_APP_ID: '12' })),
    ).toEqual(['messenger', 'hackernews', 'copy', 'pinterest', 'qr'])
  })

  test('a long title is cut for networks with a limit, and the answer says so', async () => {
    const data = await dataOf(
      await furnished({ title: 'un mot '.repeat(60).trim() }),
      '?networks=x,hackernews,telegram',
    )
    expect(data.networks.map((one) => [one.id, one.truncated])).toEqual([
      ['x', true],
      ['hackernews', true],
      ['telegram', false],
    ])
    expect(data.networks[1]?.length).toBeLessThanOrEqual(80)
  })
})
