import { describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { isOf } from '../routes.ts'
import { openHub } from './hub-site.ts'
import { addresses, un } from './public-routes.ts'

const routes = [...new Set(app.routes.map(({ path }) => path))].filter(
  (path) =>
    path !== '/*' &&
    !/^\/(?:api|push|subscribe|subscriptions)(?:\/|$)/.test(path) &&
    !/\/comments(?:[/.]|$)/.test(path),
)

// A site without the settings of mail, Web Push and comments has no such addresses: notify-routes.test.ts, push-routes.test.ts and
// comments-form.test.ts ask for them.
test('each public route has an address in `addresses` of test/worker/public-routes.ts, or in `guessed` of test/worker/formats.ts', () => {
  expect(routes.length).toBeGreaterThan(50)
  expect(routes.filter((route) => !addresses.some((address) => isOf(route, address)))).toEqual([])
})

describe('each public address', () => {
  test.for(addresses)('%s answers GET, HEAD and OPTIONS, and refuses DELETE', async (address) => {
    const site = await openHub({ COMMENTS: 'off' })
    await site.put('un', un)
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
