import { describe, expect, test } from 'vitest'
import { openHub } from './hub-site.ts'

const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'
const html = 'text/html; charset=utf-8'
const plain = 'text/plain; charset=utf-8'

describe('what is at the hub’s address', () => {
  const accepts: [accept: string | undefined, type: string][] = [
    [undefined, plain],
    ['*/*', plain],
    ['text/plain', plain],
    ['text/*', plain],
    ['application/json', plain],
    ['text/html;q=0.5, text/plain', plain],
    ['text/html;q=0', plain],
    [browser, html],
    ['text/html', html],
    ['application/xhtml+xml', html],
    ['text/plain;q=0.5, text/html', html],
  ]
  test.for(accepts)('for a request that accepts %s: %s', async ([accept, type]) => {
    const site = await openHub()
    const response = await site.get('/hub', accept === undefined ? {} : { Accept: accept })
    expect([response.status, response.headers.get('Content-Type')]).toEqual([200, type])
    expect(await response.text()).toMatch(/curl https:\/\/kiosque\.example\/hub \\\n +-d hub\.mode=subscribe/)
    expect(response.headers.get('Vary')).toBe('Accept')
  })

  test.for([plain, html])(
    'as %s, has the same headers for HEAD, and 304 for its own ETag only',
    async (type) => {
      const site = await openHub()
      const accept = { Accept: type === html ? browser : '*/*' }
      const response = await site.get('/hub', accept)
      const headers = Object.fromEntries(response.headers)
      expect(headers).toMatchObject({
        'cache-control': 'public, max-age=300, must-revalidate, stale-while-revalidate=0',
        'access-control-allow-origin': '*',
        'x-content-type-options': 'nosniff',
      })
      const head = await site.get('/hub', accept, 'HEAD')
      expect([Object.fromEntries(head.headers), await head.text()]).toEqual([headers, ''])
      const tag = { 'If-None-Match': headers.etag ?? '' }
      const again = await site.get('/hub', { ...accept, ...tag })
      expect([again.status, again.headers.get('Vary')]).toEqual([304, 'Accept'])
      const other = await site.get('/hub', { Accept: type === html ? '*/*' : browser, ...tag })
      expect(other.status).toBe(200)
      expect((await (await openHub({ SITE_TITLE: 'Autre' })).get('/hub', { ...accept, ...tag })).status).toBe(
        200,
      )
    },
  )

  const languages: [tag: string, title: string, choose: string][] = [
    ['fr-CA', 'Annonces aux lecteurs de flux', 'Choisir un flux'],
    ['en', 'Notices for feed readers', 'Choose a feed'],
    ['de-AT', 'Meldungen für Feedreader', 'Einen Feed auswählen'],
    ['nl', 'Notices for feed readers', 'Choose a feed'],
  ]
  test.for(languages)('as a page, is in the language of the site: %s', async ([tag, title, choose]) => {
    const site = await openHub({ SITE_LANGUAGE: tag, SITE_TITLE: 'Le <Kiosque>' })
    const page = await (await site.get('/hub', { Accept: browser })).text()
    expect(page).toContain(`<html lang="${tag}">`)
    expect(page).toContain(`<title>${title} — Le &lt;Kiosque&gt;</title>`)
    expect(page).toContain(`<a class="action" href="https://kiosque.example/feeds">${choose}</a>`)
    expect(page).toContain('<link rel="canonical" href="https://kiosque.example/hub">')
  })

  test('the page has a Content-Security-Policy, and no part of the request is in it', async () => {
    const site = await openHub()
    const response = await site.get('/hub?hub.challenge=%3Cscript%3Ex', {
      Accept: browser,
      Host: 'evil.example',
    })
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
    expect(await response.text()).not.toMatch(/challenge|evil/)
  })

  test('other methods are refused', async () => {
    const site = await openHub()
    expect((await site.get('/hub', {}, 'PUT')).headers.get('Allow')).toBe('GET, HEAD, OPTIONS, POST')
  })

  test('where the hub is closed, a person gets the page of the problem, which no cache keeps', async () => {
    const site = await openHub()
    delete site.ports.hub
    const response = await site.get('/hub', { Accept: browser })
    expect([response.status, response.headers.get('Content-Type')]).toEqual([503, html])
    expect(response.headers.get('Cache-Control')).toBe('no-store')
  })
})
