import { describe, expect, test } from 'vitest'
import { openHub } from './hub-site.ts'
import { un } from './public-routes.ts'
import { openSite } from './site.ts'

const origin = 'https://kiosque.example'
const pages = ['/', '/articles/un', '/sections/monde', '/feeds', '/articles/un/share', '/rien']
const person = { Accept: 'text/html', 'Sec-Fetch-Dest': 'document' }

/** The links to icons and to the manifest in a page, by relation. */
const linksIn = (page: string): Record<string, string> =>
  Object.fromEntries(
    [...page.matchAll(/<link rel="(icon|apple-touch-icon|manifest)"[^>]* href="([^"]*)">/g)].map(
      ([, rel = '', href = '']) => [rel, href],
    ),
  )

/** The width and height of a PNG (PNG §11.2.1). */
async function sizeOf(response: Response): Promise<[number, number]> {
  const view = new DataView(await response.arrayBuffer())
  return [view.getUint32(16), view.getUint32(20)]
}

describe('every page names the icons and the manifest', () => {
  const own = 'https://images.example/icone.png'
  const rows: [setting: string, icon: string, touch: string][] = [
    ['', `${origin}/favicon.ico`, `${origin}/apple-touch-icon.png`],
    [`${own} 512x512 #9a2318`, own, own],
    ['/media/icone.svg 64x64', `${origin}/media/icone.svg`, `${origin}/apple-touch-icon.png`],
  ]
  test.for(rows)('SITE_ICON=%s', async ([setting, icon, touch]) => {
    const site = await openSite({ SITE_ICON: setting })
    await site.put('un', un)
    site.wait(2000)
    for (const path of [...pages, '/feed.rss']) {
      const response = await site.get(path, person)
      expect([path, linksIn(await response.text())]).toEqual([
        path,
        { icon, 'apple-touch-icon': touch, manifest: `${origin}/site.webmanifest` },
      ])
      const policy = response.headers.get('Content-Security-Policy')
      expect([path, policy]).toEqual([path, expect.stringContaining("manifest-src 'self'")])
    }
    expect(await (await site.get('/articles/un')).text()).toContain(`"logo":"${icon}"`)
    const manifest = await (await site.get('/site.webmanifest')).json<{ icons: { src: string }[] }>()
    expect(manifest.icons[0]?.src).toBe(setting === '' ? touch : icon)
  })
})

test('the built-in icons are pictures of the size that the manifest names', async () => {
  const site = await openHub()
  const response = await site.get('/site.webmanifest')
  expect(response.headers.get('Content-Type')).toBe('application/manifest+json')
  const { icons } = await response.json<{ icons: { src: string; sizes: string; type: string }[] }>()
  expect(icons.length).toBe(2)
  for (const { src, sizes, type } of icons) {
    const picture = await site.get(src.slice(origin.length))
    expect([src, picture.status, picture.headers.get('Content-Type')]).toEqual([src, 200, type])
    expect((await sizeOf(picture)).join('x'), src).toBe(sizes)
  }
})

test('another icon is another ETag of the manifest', async () => {
  const icons = ['/a.png 64x64', '/b.png 64x64']
  const sites = await Promise.all(icons.map((icon) => openSite({ SITE_ICON: icon })))
  const tags = await Promise.all(
    sites.map(async (site) => (await site.get('/site.webmanifest')).headers.get('ETag')),
  )
  expect(tags[0]).not.toBe(tags[1])
})
