import { expect, inject, test } from 'vitest'
import { openHouse } from './house.ts'

test('a site has every optional part in the full edition, and none in the bare one', async () => {
  const isFull = inject('edition') === 'full'
  const house = await openHouse()
  await house.put('un', {})
  const feed = await house.get('/feed.json')
  const { items } = (await feed.clone().json()) as { items: [{ content_html: string; _share?: object }] }
  const [{ content_html: html, _share: share }] = items
  const shared = await (await house.get('/articles/un/share.json')).text()
  expect({
    hub: /rel="hub"/.test(feed.headers.get('Link') ?? ''),
    row: /<a /.test(html),
    data: share !== undefined,
    short: /%2Fs%2F/.test(shared),
    public: house.ports.hub?.publicHubs.length === 1,
  }).toEqual({ hub: isFull, row: isFull, data: isFull, short: isFull, public: isFull })
})
