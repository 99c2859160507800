import { describe, expect, test } from 'vitest'
import { codeOf } from '../../src/share/code.ts'
import { openSite } from './site.ts'

const menuOf = async (article: Record<string, unknown> = {}, settings: Record<string, string> = {}) => {
  const site = await openSite(settings)
  await site.put('ete', { id: 'urn:x:ete', ...article })
  site.wait(2000)
  const response = await site.get('/articles/ete/share')
  return { site, response, page: await response.text() }
}

describe('/articles/{slug}/share', () => {
  test('is cached like a page, and not indexed by search engines', async () => {
    const { site, response, page } = await menuOf()
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=300, must-revalidate, stale-while-revalidate=0',
      'cache-tag': 'articles/ete',
      'x-robots-tag': 'noindex, nofollow',
      link: '<https://kiosque.example/articles/ete>; rel="canonical"',
    })
    expect(page).toContain('<meta name="robots" content="noindex, nofollow"')
    const etag = response.headers.get('ETag') ?? ''
    expect((await site.get('/articles/ete/share', { 'If-None-Match': etag })).status).toBe(304)
  })

  test('has every offered link, the short link and its QR code, and says what is counted', async () => {
    const { page } = await menuOf({}, { SHARE_NETWORKS: 'A,B' })
    const code = await codeOf('urn:x:ete')
    for (const id of ['mailto:', 'https://x.com/', 'sms:', 'https://www.instapaper.com/']) {
      expect(page, id).toContain(`href="${id}`)
    }
    expect(page).toContain(`value="https://kiosque.example/s/${code}"`)
    expect(page).toContain(`src="https://kiosque.example/qr/${code}.svg"`)
    expect(page).toContain('Nous ne notons rien sur les personnes')
    expect(page).toMatch(/<li hidden=""><button [^>]*data-act="server"[^>]*>.*?Mastodon \(votre serveur\)/)
    expect(page).not.toMatch(/(?:class|id)="[^"]*share/)
  })

  test('speaks the article’s language', async () => {
    const { page } = await menuOf({ language: 'en-CA' })
    expect(page).toContain('<html lang="en-CA">')
    expect(page).toContain('We note nothing about the people')
  })

  test('lets no text of an article become markup', async () => {
    const { page } = await menuOf({ title: '"><script>alert(1)</script>' })
    expect(page.match(/<script/g)).toHaveLength(1)
  })

  test('obeys withdrawal and embargo', async () => {
    const { site } = await menuOf()
    await site.put('secret', { embargo: '2024-07-01T00:00:00Z' })
    await site.call('DELETE', '/api/articles/ete')
    for (const place of ['share', 'share.json']) {
      expect((await site.get(`/articles/secret/${place}`)).status, place).toBe(404)
      expect((await site.get(`/articles/ete/${place}`)).status, place).toBe(410)
    }
  })
})
