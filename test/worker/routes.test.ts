import { describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { formatNames } from '../../src/domain/format.ts'
import { codeOf } from '../../src/share/code.ts'
import { isOf } from '../routes.ts'
import { guessed } from './formats.ts'
import { openHub } from './hub-site.ts'

const id = 'tag:kiosque.example,2024:un'
const selections = ['', '/sections/monde', '/tags/ete', '/authors/la-redaction']

/** Addresses that exist after the article `un` is saved: at least one address of each public route. */
const addresses = [
  ...[...selections, '/articles/un'].flatMap((path) => [
    ...[path || '/', `${path}/feed`, `${path}/feed/`],
    ...formatNames.map((format) => `${path}/feed.${format}`),
  ]),
  ...selections.map((path) => `${path}/archive/2024/06/1/feed.rss`),
  ...formatNames.flatMap((format) => [`/feed/${format}`, `/feed/${format}/`, ...guessed[format]]),
  ...['/feeds', '/feeds.opml', '/robots.txt', '/sitemap.xml', '/sitemap-news.xml', '/sitemap-2024-06-1.xml'],
  ...['/favicon.ico', '/card.png', '/articles/un/share', '/articles/un/share.json'],
  ...[`/s/${await codeOf(id)}`, `/qr/${await codeOf(id)}.svg`, '/e/v1.js', '/e/v1.css', '/e/un.html'],
  ...['/embed/un', '/oembed?url=https%3A%2F%2Fkiosque.example%2Farticles%2Fun', '/hub'],
]

const routes = [...new Set(app.routes.map(({ path }) => path))].filter(
  (path) => path !== '/*' && !path.startsWith('/api/'),
)

test('each public route has an address in the list above, or in `guessed` of test/worker/formats.ts', () => {
  expect(routes.length).toBeGreaterThan(50)
  expect(routes.filter((route) => !addresses.some((address) => isOf(route, address)))).toEqual([])
})

describe('each public address', () => {
  test.for(addresses)('%s answers GET, HEAD and OPTIONS, and refuses DELETE', async (address) => {
    const site = await openHub()
    await site.put('un', { id, section: 'Monde', tags: ['Été'], authors: ['La rédaction'] })
    site.wait(2000)
    const found = await site.get(address)
    expect(found.status).toBe(address.startsWith('/s/') ? 302 : 200)
    const head = await site.get(address, {}, 'HEAD')
    expect([head.status, await head.text()]).toEqual([found.status, ''])
    expect((await site.get(address, {}, 'OPTIONS')).status).toBe(204)
    const refused = await site.get(address, {}, 'DELETE')
    expect([refused.status, refused.headers.get('Allow')]).toEqual([
      405,
      expect.stringContaining('GET, HEAD, OPTIONS'),
    ])
  })
})
