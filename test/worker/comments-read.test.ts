import { env } from 'cloudflare:workers'
import { parseAtomFeed, parseRssFeed } from 'feedsmith'
import { describe, expect, test } from 'vitest'
import { type CommentState, commentStates } from '../../src/domain/comment.ts'
import { formatNames } from '../../src/domain/format.ts'
import { commentStore } from '../../src/store/comments/store.ts'
import { forDelta } from '../readers.ts'
import { all, atomName, readXml, texts } from '../render/read-xml.ts'
import { repeated } from '../repeated.ts'
import { type CommentSite, openComments } from './comment-site.ts'
import { mediaTypes } from './formats.ts'
import { watch } from './watched.ts'

/** The text that HTML of text alone shows. */
const plain = (html: string): string =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

const page = '/articles/un/comments'
const feeds = formatNames.flatMap((format) => [`${page}/feed.${format}`, `/comments/feed.${format}`])
const outputs = [page, `${page}.json`, ...feeds]

async function open(settings: Record<string, string> = {}): Promise<CommentSite> {
  const site = await openComments({ COMMENTS: 'open', ...settings })
  await site.put('un', { title: 'Le <pont>' })
  site.wait(2000)
  return site
}

const idOf = async (text: string): Promise<string> =>
  (await env.DB.prepare('SELECT id FROM comment WHERE text = ?1').bind(text).first<{ id: string }>())?.id ??
  ''

/** Sends a comment, and returns its id two seconds later. */
async function say(site: CommentSite, text: string, more: Record<string, string> = {}): Promise<string> {
  expect((await site.send('un', { text, ...more })).status, text).toBe(200)
  site.wait(2000)
  return idOf(text)
}

const textOf = async (site: CommentSite, path: string, headers?: Record<string, string>) =>
  (await site.get(path, headers)).text()

interface Data {
  count: number
  threads: {
    id: string
    name?: string
    url?: string
    html?: string
    replies: { id: string; parent: string }[]
    more: boolean
  }[]
}
const dataOf = async (site: CommentSite): Promise<Data> => (await site.get(`${page}.json`)).json()

interface JsonFeed {
  title: string
  home_page_url: string
  next_url?: string
  hubs?: object
  items: {
    id: string
    url: string
    title: string
    content_html: string
    authors: object[]
    _kiosque?: object
  }[]
}
const feedOf = async (site: CommentSite, path = `${page}/feed.json`): Promise<JsonFeed> =>
  (await site.get(path)).json()

test('a comment is written, held, approved, and read by people, scripts and feed readers', async () => {
  const site = await open({ COMMENTS: 'all-held' })
  const id = await say(site, 'Il **rouvre** !', { name: 'Kim', email: 'kim@example.com' })
  for (const path of outputs) expect(await textOf(site, path), path).not.toContain('rouvre')
  await site.ports.commenting.comments.decide([id], 'approved')
  site.wait(2000)
  for (const path of outputs) {
    const response = await site.get(path)
    expect(response.status, path).toBe(200)
    const text = await response.text()
    expect(text, path).toContain('rouvre')
    expect(text, path).not.toContain('example.com/kim')
    expect(text, path).not.toContain('kim@example.com')
  }
  const html = await textOf(site, page)
  expect(html).toContain(`<li id="c-${id}">`)
  expect(html).toContain('<p>Il <strong>rouvre</strong> !</p>')
  expect(html).toContain(`href="/articles/un/comments?comment=${id}#c-${id}"`)
  expect(html).not.toContain('<script')
  const url = `https://kiosque.example${page}?comment=${id}`
  expect(await dataOf(site)).toMatchObject({
    count: 1,
    threads: [
      {
        id,
        name: 'Kim',
        url: `${url}#c-${id}`,
        html: '<p>Il <strong>rouvre</strong> !</p>',
        replies: [],
        more: false,
      },
    ],
  })
  expect(await textOf(site, `${page}?comment=${id}`)).toContain(`id="c-${id}"`)
})

describe('feeds of comments', () => {
  test('have an entry for each comment, with its author’s name and what it answers', async () => {
    const site = await open()
    const first = await say(site, 'Première.', { name: 'Kim & co' })
    const reply = await say(site, 'Réponse.', { name: 'Sam', parent: first })
    const [ref, href] = [
      `urn:kiosque:comment:${first}`,
      `https://kiosque.example${page}?comment=${first}#c-${first}`,
    ]
    const json = await feedOf(site)
    expect(json).toMatchObject({
      title: 'Commentaires\u00a0: Le <pont> — Kiosque',
      home_page_url: `https://kiosque.example${page}`,
      items: [
        {
          id: `urn:kiosque:comment:${reply}`,
          title: 'Sam sur «\u00a0Le <pont>\u00a0»',
          content_html: '<p>Réponse.</p>',
          authors: [{ name: 'Sam' }],
          _kiosque: { reply: { ref, href } },
        },
        { id: ref, url: href, authors: [{ name: 'Kim & co' }] },
      ],
    })
    expect(json.items[1]?._kiosque).toBeUndefined()
    const atom = await textOf(site, `${page}/feed.atom`)
    const [answer, alone] = all(readXml(atom), atomName('entry'))
    const thread = '{http://purl.org/syndication/thread/1.0}in-reply-to'
    expect(answer && all(answer, thread)).toMatchObject([{ attributes: { ref, href, type: 'text/html' } }])
    expect(alone && all(alone, thread)).toEqual([])
    expect(parseAtomFeed(atom).entries?.map(({ authors }) => authors)).toEqual([
      [{ name: 'Sam' }],
      [{ name: 'Kim & co' }],
    ])
    const rss = await textOf(site, `${page}/feed.rss`)
    const [channel] = readXml(rss).children
    const [item] = channel ? all(channel, '{}item') : []
    expect(item && all(item, thread)).toMatchObject([{ attributes: { ref, href } }])
    expect(item && texts(item, '{http://purl.org/dc/elements/1.1/}creator')).toEqual(['Sam'])
    expect(parseRssFeed(rss).items?.map(({ guid }) => guid?.value)).toEqual([
      `urn:kiosque:comment:${reply}`,
      ref,
    ])
  })

  const described: [text: string, summary: string][] = [
    ['Réponse.', 'Réponse.'],
    ['**Oui**, a < b & c\ncomme `<p>`\n\n> cité\u00a0!', 'Oui, a < b & c comme <p> cité\u00a0!'],
    ['[un lien](https://a.example/?a="%3E"&b)\n\n&amp;lt;', 'un lien &lt;'],
    [`${'mot '.repeat(100)}fin`, `${'mot '.repeat(74)}mot…`],
  ]
  test.for(described)('describe a comment by its text on one line: %s', async ([text, summary]) => {
    const site = await open()
    await say(site, text)
    expect((await feedOf(site)).items[0]).toMatchObject({ summary })
    const [channel] = readXml(await textOf(site, `${page}/feed.rss`)).children
    const [item] = channel ? all(channel, '{}item') : []
    expect(item && texts(item, '{}description').map(plain)).toEqual([summary])
  })

  test('of all comments have those on all articles, a place in the list of feeds, and a home that leads to them', async () => {
    const site = await open()
    expect(await textOf(site, '/feeds')).toContain('href="https://kiosque.example/comments/feed.rss"')
    const home = await site.get('/comments')
    expect([home.status, home.headers.get('Location')]).toEqual([
      302,
      'https://kiosque.example/comments/feed.atom',
    ])
    await site.put('deux', { title: 'Le marché' })
    await say(site, 'Sur le pont.')
    await site.send('deux', { text: 'Au marché.' })
    const { title, home_page_url, items } = await feedOf(site, '/comments/feed.json')
    expect([title, home_page_url]).toEqual([
      'Tous les commentaires — Kiosque',
      'https://kiosque.example/comments',
    ])
    expect(items.map((item) => [item.title, item.content_html])).toEqual([
      ['Kim sur «\u00a0Le marché\u00a0»', '<p>Au marché.</p>'],
      ['Kim sur «\u00a0Le <pont>\u00a0»', '<p>Sur le pont.</p>'],
    ])
  })

  test.for(feeds)('%s names itself, the other formats, and no hub', async (path) => {
    const site = await open()
    await say(site, 'Bonjour.')
    const response = await site.get(path)
    const format = path.split('.').at(-1) as (typeof formatNames)[number]
    expect(response.headers.get('Content-Type')).toBe(`${mediaTypes[format]}; charset=utf-8`)
    const link = response.headers.get('Link') ?? ''
    expect(link).toContain(`<https://kiosque.example${path}>; rel="self"`)
    expect(link.match(/rel="alternate"/g)).toHaveLength(formatNames.length - 1)
    expect(link).not.toContain('hub')
    expect(await response.text()).toContain(`https://kiosque.example${path}`)
  })

  test('without comments are feeds all the same, and get another entity-tag with the first one', async () => {
    const site = await open()
    for (const path of outputs) {
      const empty = await site.get(path)
      expect([empty.status, (await empty.text()).includes('urn:kiosque:comment')], path).toEqual([200, false])
    }
    const tags = async () =>
      Promise.all(outputs.map(async (path) => (await site.get(path)).headers.get('ETag')))
    const before = await tags()
    await say(site, 'Bonjour.')
    const after = await tags()
    expect(outputs.filter((_, at) => before[at] === null || before[at] === after[at])).toEqual([])
  })

  test('lead through all comments by pages', async () => {
    const site = await open({ FEED_LENGTH: '3' })
    for (let at = 0; at < 12; at++) await say(site, `Texte ${at}`)
    const seen: string[] = []
    let path: string | undefined = `${page}/feed.json`
    while (path !== undefined) {
      const feed = await feedOf(site, path)
      seen.push(...feed.items.map(({ content_html }) => content_html))
      path = feed.next_url?.replace('https://kiosque.example', '')
    }
    expect(seen).toEqual(Array.from({ length: 12 }, (_, at) => `<p>Texte ${11 - at}</p>`))
  })

  test('have deltas, and report what is gone', async () => {
    const site = await open({ FEED_LENGTH: '5' })
    for (let at = 0; at < 5; at++) await say(site, `Texte ${at}`)
    const [path, ofAll] = [`${page}/feed.atom`, '/comments/feed.atom']
    const tag = (await site.get(path)).headers.get('ETag') ?? ''
    const id = await say(site, 'Nouveau.')
    const delta = await site.get(path, forDelta(tag))
    expect(delta.status).toBe(226)
    expect(all(readXml(await delta.text()), atomName('entry'))).toHaveLength(1)
    await site.ports.commenting.comments.decide([id], 'spam')
    site.wait(2000)
    const whole = await site.get(path, forDelta(tag))
    expect(whole.status).toBe(200)
    const document = await whole.text()
    expect(document).not.toContain('Nouveau.')
    expect(document).toContain(`ref="urn:kiosque:comment:${id}"`)
    expect(await textOf(site, ofAll)).toContain(`ref="urn:kiosque:comment:${id}"`)
    await site.ports.commenting.comments.decide([id], 'approved')
    for (const one of [path, ofAll]) expect(await textOf(site, one), one).not.toContain('deleted-entry')
  })

  test('are shown as a page to a browser that opens them', async () => {
    const site = await open()
    await say(site, 'Bonjour.')
    const response = await site.get(`${page}/feed.atom`, { 'Sec-Fetch-Dest': 'document' })
    expect(response.headers.get('Content-Type')).toMatch(/^text\/html/)
    expect(await response.text()).toContain('Kim sur')
  })
})

describe('each output', () => {
  test.for(outputs)(
    '%s is a 304 as long as nothing changes, and costs two rows, with one more if it says whether comments are closed',
    async (path) => {
      const site = await open()
      const id = await say(site, 'Bonjour.')
      const first = await site.get(path)
      const etag = first.headers.get('ETag') ?? ''
      const tags = (first.headers.get('Cache-Tag') ?? '').split(',')
      expect(tags).toEqual(
        path.startsWith('/comments') ? ['comments'] : ['articles/un/comments', 'articles/un'],
      )
      expect(first.headers.get('Cloudflare-CDN-Cache-Control')).toMatch(/^public, max-age=30,/)
      if (!/feed/.test(path)) expect(first.headers.get('Cache-Control')).toMatch(/^public, max-age=30,/)
      // Neither the answer nor the head is in memory any more.
      site.wait(1000)
      const { database, seen } = watch(env.DB)
      site.ports.commenting.comments = commentStore(database, site.ports.clock)
      const again = await site.get(path, { 'If-None-Match': etag })
      expect([again.status, await again.text()]).toEqual([304, ''])
      expect(seen.map(({ rowsRead }) => rowsRead)).toEqual(/feed/.test(path) ? [2] : [2, 1])
      await say(site, 'Encore.')
      const changed = await site.get(path, { 'If-None-Match': etag })
      expect(changed.status).toBe(200)
      await site.ports.commenting.comments.decide([id], 'pending')
      const later = await site.get(path, { 'If-None-Match': changed.headers.get('ETag') ?? '' })
      expect([later.status, (await later.text()).includes('Bonjour.')]).toEqual([200, false])
    },
  )

  test.for(outputs.filter((path) => /feed/.test(path)))(
    '%s has a date that stands for one content',
    async (path) => {
      const site = await open()
      await say(site, 'Bonjour.')
      const date = (await site.get(path)).headers.get('Last-Modified') ?? ''
      expect(date).not.toBe('')
      expect((await site.get(path, { 'If-Modified-Since': date })).status).toBe(304)
      await say(site, 'Encore.')
      expect((await site.get(path, { 'If-Modified-Since': date })).status).toBe(200)
    },
  )

  const hidden = commentStates.filter((state) => state !== 'approved')
  const orders = hidden.flatMap((state) => hidden.map((next): CommentState[] => [state, 'approved', next]))
  test.for(orders)('shows nothing of a comment after %s, %s, %s', async (states) => {
    const site = await open()
    const first = await say(site, 'Visible.')
    const id = await say(site, 'Secrète.', { name: 'Inconnue', parent: first })
    for (const state of states) {
      await site.ports.commenting.comments.decide([id], state)
      site.wait(2000)
      const shown: string[] = []
      for (const path of outputs) if (/Secrète|Inconnue/.test(await textOf(site, path))) shown.push(path)
      // A comment that was deleted stays so.
      const isPublic = state === 'approved' && states[0] !== 'deleted'
      expect(shown, state).toEqual(isPublic ? outputs : [])
      expect((await site.get(`${page}?comment=${id}`)).status, state).toBe(isPublic ? 200 : 404)
    }
    expect((await dataOf(site)).count).toBe(1)
  })

  const gone: [what: string, fields: object, status: number][] = [
    ['was withdrawn', { status: 'withdrawn' }, 410],
    ['is a draft', { status: 'draft' }, 404],
    ['is under embargo', { embargo: '2030-01-01T00:00:00Z' }, 404],
    ['has expired', { expires: '2024-06-19T16:30:00Z' }, 410],
    ['has no comments any more', { comments: 'off' }, 404],
  ]
  test.for(gone)('is not there if the article %s', async ([, fields, status]) => {
    const site = await open()
    await say(site, 'Bonjour.')
    for (const path of outputs) expect((await site.get(path)).status, path).toBe(200)
    await site.put('un', { title: 'Le pont', ...fields })
    site.at('2024-06-19T17:00:00Z')
    for (const path of outputs) {
      const response = await site.get(path)
      const isAll = path.startsWith('/comments')
      expect([response.status, (await response.text()).includes('Bonjour.')], path).toEqual([
        isAll ? 200 : status,
        false,
      ])
    }
  })

  test('of an article whose rights forbid feeds is a page and data, but no feed', async () => {
    const site = await open()
    await say(site, 'Bonjour.')
    await site.put('un', { title: 'Le pont', rights: { syndicate: 'none' } })
    const statuses = await Promise.all(outputs.map(async (path) => [path, (await site.get(path)).status]))
    const expected = outputs.map((path) => [path, path.startsWith(`${page}/feed`) ? 404 : 200])
    expect(statuses).toEqual(expected)
    expect(await textOf(site, '/comments/feed.rss')).not.toContain('Bonjour.')
    expect(await textOf(site, page)).not.toContain('/comments/feed.')
  })

  test('moves with the article', async () => {
    const site = await open()
    await say(site, 'Bonjour.')
    const { id } = (await (await site.call('GET', '/api/articles/un')).json()) as { id: string }
    await site.put('pont', { id, title: 'Le pont' })
    for (const path of outputs.filter((one) => !one.startsWith('/comments'))) {
      const response = await site.get(path)
      const to = `https://kiosque.example${path.replace('/un/', '/pont/')}`
      expect([response.status, response.headers.get('Location')], path).toEqual([301, to])
      expect(await textOf(site, path.replace('/un/', '/pont/')), path).toContain('Bonjour.')
    }
  })

  test('on a site without comments is an address that does not exist, though comments are stored', async () => {
    const site = await open()
    await say(site, 'Bonjour.')
    const without = await openComments({ COMMENTS: '' })
    for (const path of outputs) expect((await without.get(path)).status, path).toBe(404)
    const off = await openComments({ COMMENTS: 'off' })
    for (const path of outputs) {
      const response = await off.get(path)
      const expected = [path.startsWith('/comments') ? 200 : 404, false]
      expect([response.status, (await response.text()).includes('Bonjour.')], path).toEqual(expected)
    }
  })
})

describe('the page', () => {
  test('shows threads in three levels, the newest first, and what was said first', async () => {
    const site = await open()
    const a = await say(site, 'A')
    const b = await say(site, 'B', { parent: a })
    const c = await say(site, 'C', { parent: b })
    const d = await say(site, 'D', { parent: c })
    const e = await say(site, 'E')
    const [html = ''] = (await textOf(site, page)).split('</main>')
    const order = [...html.matchAll(/<li id="c-([\w-]+)">|<\/li>/g)].map(([, id]) => id ?? '/')
    expect(order).toEqual([e, '/', a, b, c, '/', d, '/', '/', '/'])
  })

  test('says that a comment is gone whose replies stay', async () => {
    const site = await open()
    const a = await say(site, 'Première.')
    await say(site, 'Réponse.', { parent: a })
    await site.ports.commenting.comments.decide([a], 'deleted')
    const html = await textOf(site, page)
    expect(html).toContain('Ce commentaire n’est plus publié.')
    expect(html).toContain('Réponse.')
    expect(await dataOf(site)).toMatchObject({ count: 1, threads: [{ id: a, replies: [{ parent: a }] }] })
  })

  test('leads to older threads, and from there to the newest', async () => {
    const site = await open()
    for (let at = 0; at < 22; at++) await say(site, `Texte ${at}.`)
    const newest = await textOf(site, page)
    const [, older = ''] = /href="([^"]*before=[^"]*)"/.exec(newest) ?? []
    expect(newest).toContain('Texte 2.')
    expect(newest).not.toContain('Texte 1.')
    const rest = await site.get(older)
    const html = await rest.text()
    expect(html).toContain('Texte 1.')
    expect(html).not.toContain('Texte 2.')
    expect(html).toContain(`href="${page}"`)
    expect(html).toContain('noindex')
    expect(rest.headers.get('ETag')).not.toBe((await site.get(page)).headers.get('ETag'))
  })

  test('has three orders, each with its own entity-tag, and refuses another one', async () => {
    const site = await open()
    const first = await say(site, 'Première.')
    await say(site, 'Réponse.', { parent: first })
    await say(site, 'Dernière.')
    const places = async (search: string) => {
      const html = await textOf(site, page + search)
      return ['Première.', 'Dernière.'].toSorted((a, b) => html.indexOf(a) - html.indexOf(b)).join(' ')
    }
    expect(await places('')).toBe('Dernière. Première.')
    expect(await places('?order=newest')).toBe('Dernière. Première.')
    expect(await places('?order=oldest')).toBe('Première. Dernière.')
    expect(await places('?order=answered')).toBe('Première. Dernière.')
    const tags = ['', '?order=oldest', '?order=answered'].map(async (search) => {
      const { headers } = await site.get(page + search)
      return headers.get('ETag')
    })
    expect(repeated(await Promise.all(tags))).toEqual([])
    expect((await site.get(`${page}?order=best`)).status).toBe(400)
    const html = await textOf(site, `${page}?order=oldest`)
    expect(html).toContain(`<a href="${page}?order=oldest" aria-current="page" rel="nofollow">`)
    expect(html).toContain('noindex')
  })

  test('leads on in the order that was chosen', async () => {
    const site = await open()
    for (let at = 0; at < 21; at++) await say(site, `Texte ${at}.`)
    const [, next = ''] = /href="([^"]*before=[^"]*)"/.exec(await textOf(site, `${page}?order=oldest`)) ?? []
    const html = await textOf(site, next.replaceAll('&amp;', '&'))
    expect([html.includes('Texte 20.'), html.includes('Texte 19.')]).toEqual([true, false])
  })

  test('leads from a long thread to all its replies', async () => {
    const site = await open()
    const a = await say(site, 'Première.')
    for (let at = 0; at < 12; at++) await say(site, `Réponse ${at}.`, { parent: a })
    const html = await textOf(site, page)
    expect(html).not.toContain('Réponse 10.')
    const [, rest = ''] = /href="([^"]*)">Voir toutes les réponses/.exec(html) ?? []
    expect(await textOf(site, rest)).toContain('Réponse 11.')
  })

  test('escapes names', async () => {
    const site = await open()
    await say(site, 'Bonjour.', { name: '<b>"Kim"</b>' })
    expect(await textOf(site, page)).toContain('<bdi>&lt;b&gt;&quot;Kim&quot;&lt;/b&gt;</bdi>')
  })

  test.for(['?comment=nowhere', '?comment=%22', '?comment=', '?before=x'])('refuses %s', async (search) => {
    const site = await open()
    await say(site, 'Bonjour.')
    expect((await site.get(page + search)).status).toBe(search.startsWith('?before') ? 400 : 404)
  })
})

test('while comments come all the time, the edge keeps copies for half a minute', async () => {
  const site = await open()
  await say(site, 'Un.')
  // In the second of a comment, no date stands for the answer.
  await (await site.send('un', { text: 'Deux.' })).arrayBuffer()
  for (const path of outputs) {
    const { headers } = await site.get(path)
    const kept = [headers.get('Last-Modified'), headers.get('Cloudflare-CDN-Cache-Control')]
    expect(kept, path).toEqual([null, expect.stringMatching(/^public, max-age=30,/)])
  }
})
