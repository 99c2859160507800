import { expect, test, vi } from 'vitest'
import { pathOf } from '../../src/routes/path.ts'

const pathAt = (address: string): string => pathOf(new Request(`https://kiosque.example${address}`))
const long = 'a'.repeat(2000)

test.for([
  ['a path', '/articles/un', '/articles/un'],
  ['a path with a query', '/feed.rss?before=1.1', '/feed.rss'],
  ['a question mark in the query', `/feed.rss?a=%zz${long}?`, '/feed.rss'],
  ['escapes', '/articles/%C3%A9t%C3%A9', '/articles/été'],
  ['an escaped slash, which the routes decode', '/articles/a%2Fb', '/articles/a%2Fb'],
  ['a wrong escape', '/articles/%E9t%C3%A9', '/articles/%E9té'],
  ['a long path', `/articles/${long}%C3%A9`, `/articles/${long}é`],
  ['a wrong escape in a long path', `/articles/${long}%C3%A9%E9`, `/articles/${long}%25C3%25A9%25E9`],
  ['a percent sign in a long path', `/articles/${long}%zz?a`, `/articles/${long}%25zz`],
])('the path of an address with %s', ([, address = '', path]) => {
  expect(pathAt(address)).toBe(path)
})

test('a path of thousands of wrong escapes is decoded only a few times', () => {
  const [one, other] = [vi.spyOn(globalThis, 'decodeURI'), vi.spyOn(globalThis, 'decodeURIComponent')]
  pathAt(`/articles/${'%E6%zz'.repeat(2000)}`)
  expect(one.mock.calls.length + other.mock.calls.length).toBeLessThan(4)
})
