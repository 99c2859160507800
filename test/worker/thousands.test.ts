import { env } from 'cloudflare:workers'
import { parseOpml } from 'feedsmith'
import { describe, expect, test } from 'vitest'
import { repeated } from '../repeated.ts'
import { costOf, largeSite } from './large-site.ts'
import { fillTags } from './many-tags.ts'
import { openSite } from './site.ts'

describe('thousands of tags', () => {
  test('sitemaps of 12,000 tags: two rows for each that is shown; lists: one, and two for each letter', async () => {
    const { read } = await largeSite(40)
    await fillTags(12_000)
    const shown: [path: string, most: number][] = [
      ['/sitemap.xml', 5],
      ['/sitemap-selections.xml', 10_010],
      ['/sitemap-selections-3.xml', 4100],
      ['/feeds', 301 + 2 * 26 + 20],
      ['/feeds?from=tags%2Fm', 301 + 2 * 26 + 10],
      ['/feeds.opml', 12_030],
    ]
    for (const [path, most] of shown) expect(await costOf(read, path), path).toBeLessThanOrEqual(most)
  })

  test('sitemaps lead to each once, and no other part of a sitemap exists', async () => {
    const open = await openSite()
    await open.put('mai', { section: 'Monde', published: '2024-05-01T12:00:00Z' })
    await fillTags(12_000)
    await open.put('juillet', { section: 'Culture' })
    const locs = async (path: string) =>
      [
        ...(await (await open.get(path)).text()).matchAll(/<loc>https:\/\/kiosque.example\/([^<]*)<\/loc>/g),
      ].map(([, found = '']) => found)
    const index = await locs('/sitemap.xml')
    const names = ['selections', 'selections-2', 'selections-3'].map((name) => `sitemap-${name}.xml`)
    expect(index.slice(0, 4)).toEqual([...names, 'sitemap-2024-05-1.xml'])
    const parts = await Promise.all(names.map((path) => locs(`/${path}`)))
    expect(parts.map((paths) => paths.length)).toEqual([5002, 5000, 2002])
    expect(repeated(parts.flat())).toEqual([])
    expect(parts[2]?.at(-1)).toBe('sections/culture')
    for (const path of ['selections-1', 'selections-4', 'selections-02', 'selections-', 'selectionsx']) {
      expect([path, (await open.get(`/sitemap-${path}.xml`)).status]).toEqual([path, 404])
    }
  })

  test('those that have become empty cost the lists nothing, and come back with their next article', async () => {
    const { read } = await largeSite(40)
    await fillTags(12_000)
    await env.DB.prepare(
      "DELETE FROM membership WHERE selection GLOB 'tags/[a-z]?????' AND selection <> 'tags/n00013'",
    ).run()
    for (const path of ['/feeds', '/feeds.opml']) {
      expect((await read(path)).text, path).toContain('/tags/n00013/')
      expect(await costOf(read, path), path).toBeLessThanOrEqual(14 + 10)
    }
    expect(await costOf(read, '/feeds?from=tags%2Fa')).toBeLessThanOrEqual(11 + 10)
    await env.DB.prepare("INSERT INTO membership VALUES ('tags/m00012', 1, 1)").run()
    expect((await read('/feeds?from=tags%2Fm')).text).toContain('/tags/m00012/')
  })

  test('the OPML file is whole with 12,000 tags, and beyond what a Worker can write it says where the rest is', async () => {
    const open = await openSite()
    await open.put('un', {})
    await fillTags(12_000)
    const { body } = parseOpml(await (await open.get('/feeds.opml')).text())
    expect(body?.outlines?.[1]?.outlines).toHaveLength(12_000)
    await fillTags(4000, "'tags/zz' || i")
    open.wait(2000)
    await open.put('deux', {})
    const paths = new Set<string>()
    let documents = 0
    for (let path: string | undefined = '/feeds.opml'; path && documents < 10; documents++) {
      const folders = parseOpml(await (await open.get(path)).text()).body?.outlines ?? []
      const outlines = folders.at(-1)?.outlines ?? []
      for (const { xmlUrl } of outlines) if (xmlUrl) paths.add(xmlUrl)
      const rest = outlines.at(-1) as { type?: string; url?: string } | undefined
      path = rest?.type === 'include' ? rest.url?.replace('https://kiosque.example', '') : undefined
    }
    expect([documents, paths.size]).toEqual([2, 16_000])
  })
})
