import { expect, inject, test } from 'vitest'
import { openSite } from './site.ts'

test('a site has every optional part in the full edition, and none in the bare one', async () => {
  const isFull = inject('edition') === 'full'
  const site = await openSite()
  await site.put('un', {})
  const feed = await site.get('/feed.json')
  const { items, icon } = (await feed.clone().json()) as {
    icon?: string
    items: [{ content_html: string; _kiosque?: { share?: object } }]
  }
  const [{ content_html: html, _kiosque: { share } = {} }] = items
  const shared = await (await site.get('/articles/un/share.json')).text()
  expect({
    hub: /rel="hub"/.test(feed.headers.get('Link') ?? ''),
    row: /<a /.test(html),
    data: share !== undefined,
    short: /%2Fs%2F/.test(shared),
    icon: icon !== undefined,
    contact: (await (await site.get('/feeds')).text()).includes('mailto:'),
    public: site.ports.hub?.publicHubs.length === 1,
    push: (await (await site.get('/subscribe')).text()).includes('src="/push/page.js"'),
    mail: (await (await site.get('/articles/un')).text()).includes('action="/subscribe"'),
  }).toEqual({
    hub: isFull,
    row: isFull,
    data: isFull,
    short: isFull,
    icon: isFull,
    contact: isFull,
    public: isFull,
    mail: isFull,
    push: isFull,
  })
})
