import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { openHub, textOf } from './hub-site.ts'

test('a subscriber is verified, and gets what is published, whole and signed', async () => {
  const site = await openHub()
  await site.subscribe('/feed.atom', 'https://reader.example/callback?key=a&topic=b', { 'hub.secret': 'é!' })
  expect(site.calls).toHaveLength(1)
  const question = new URL(site.calls[0]?.url ?? '')
  expect(question.href).toMatch(/^https:\/\/reader\.example\/callback\?key=a&topic=b&hub\.mode=subscribe&/)
  expect(question.searchParams.get('hub.topic')).toBe('https://kiosque.example/feed.atom')
  expect(question.searchParams.get('hub.lease_seconds')).toBe('864000')
  await site.put('un', { section: 'Monde' })
  await site.drain()
  const feed = await site.get('/feed.atom')
  const [delivery] = site.deliveries()
  expect(delivery?.url).toBe('https://reader.example/callback?key=a&topic=b')
  expect(delivery && textOf(delivery)).toBe(await feed.text())
  expect(delivery?.headers).toEqual({
    'Content-Type': feed.headers.get('Content-Type'),
    Link: '<https://kiosque.example/feed.atom>; rel="self"; type="application/atom+xml", <https://kiosque.example/hub>; rel="hub"',
    'X-Hub-Signature': `sha256=${createHmac('sha256', 'é!')
      .update(delivery?.body ?? '')
      .digest('hex')}`,
  })
  await site.sweep()
  expect(site.deliveries()).toHaveLength(1)
})

test('a host that the setting HUB_SHA1_HOSTS lists gets sha1 signatures, and every other host sha256', async () => {
  const site = await openHub({ HUB_SHA1_HOSTS: 'old.example, .social.example' })
  const signed: Record<string, string> = {
    'https://old.example/callback': 'sha1',
    'https://a.social.example/callback': 'sha1',
    'https://reader.example/callback': 'sha256',
  }
  for (const to of Object.keys(signed)) await site.subscribe('/feed.atom', to, { 'hub.secret': 'é!' })
  await site.put('un')
  await site.drain()
  expect(site.deliveries()).toHaveLength(3)
  for (const { url, headers, body } of site.deliveries()) {
    const method = signed[url] ?? ''
    const digest = createHmac(method, 'é!')
      .update(body ?? '')
      .digest('hex')
    expect(headers?.['X-Hub-Signature'], url).toBe(`${method}=${digest}`)
  }
})

test('without a secret nothing is signed', async () => {
  const site = await openHub()
  await site.subscribe('/feed.atom')
  await site.put('un')
  await site.drain()
  expect(Object.keys(site.deliveries()[0]?.headers ?? {})).toEqual(['Content-Type', 'Link'])
})
