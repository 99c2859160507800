import { describe, expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { openSite } from './site.ts'

const both = {
  FEED_SHARE_DATA: 'true',
  FEED_SHARE_ROW: 'true',
  SHARE_NETWORKS: 'email,copy,qr,mastodonserver,x',
}
const row = 'Partager cet article\u00a0: <a href="mailto:?subject=Titre%20de%20un&amp;body='

interface Item {
  id: string
  url: string
  content_html: string
  _kiosque?: { share?: { href: string; short: string; networks: { network: string }[] } }
}
const itemIn = async (response: Response): Promise<Item> => {
  const { items } = (await response.json()) as { items: Item[] }
  return items[0] as Item
}

describe('share links in feeds', () => {
  test('are in no feed unless the site’s settings ask for them', async () => {
    const site = await openSite()
    await site.put('un')
    for (const format of formatNames) {
      expect(await (await site.get(`/feed.${format}`)).text(), format).not.toMatch(
        /_kiosque": \{\s*"share|mailto:/,
      )
    }
  })

  const addresses = ['/feed.json', '/articles/un/feed.json', '/archive/2024/06/1/feed.json']
  test.for(addresses)(
    '%s carries them as data, and as a row of those that need no script',
    async (address) => {
      const site = await openSite(both)
      await site.put('un')
      const item = await itemIn(await site.get(address))
      expect(item._kiosque?.share?.networks.map(({ network }) => network)).toEqual([
        ...['email', 'copy', 'qr', 'mastodonserver', 'x'],
      ])
      expect(item._kiosque?.share?.short).toMatch(/^https:\/\/kiosque\.example\/s\/[\w]{11}$/)
      expect(item.content_html).toContain(`<p>Un paragraphe.</p><p>${row}`)
      // The row omits `copy`, which needs a script, `qr`, which is a picture, and `mastodonserver`, for which the
      // reader must enter a server.
      const labels = [...item.content_html.matchAll(/<a [^>]*>([^<]*)<\/a>/g)].map(([, label]) => label)
      expect(labels).toEqual(['courriel', 'X'])
      expect(item.url).toBe('https://kiosque.example/articles/un')
      expect(item.id).toBe('tag:kiosque.example,2024:un')
    },
  )

  test('stand in the content of every XML format', async () => {
    const site = await openSite(both)
    await site.put('un')
    for (const format of formatNames.filter((name) => name !== 'json')) {
      expect(await (await site.get(`/feed.${format}`)).text(), format).toContain(
        'mailto:?subject=Titre%20de%20un&amp;amp;body=',
      )
    }
  })

  test('a summary has the data and no content to put a row into', async () => {
    const site = await openSite(both)
    await site.put('un', { rights: { syndicate: 'summary' } })
    const item = await itemIn(await site.get('/feed.json'))
    expect(item._kiosque?.share?.href).toBe('https://kiosque.example/articles/un')
    expect(JSON.stringify({ ...item, _kiosque: {} })).not.toContain('mailto:')
  })
})
