import { globSync } from 'node:fs'
import { expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { api } from '../../src/routes/api/api.ts'
import { isOf } from '../routes.ts'
import { root, textOf } from '../source.ts'

const routes = [...app.routes, ...api.routes].map(({ path }) => path).filter((path) => !path.endsWith('*'))

/** The paths of the local server's addresses in a text. */
const pathsIn = (text: string): string[] =>
  [...text.matchAll(/localhost:8787(\/[^\s`"'<>);]*)/g)].map(([, path = '']) => path.replace(/\.$/, ''))

test('every address of the local server that a page names is answered by a route', () => {
  const isServed = (path: string) => routes.some((route) => isOf(route, path))
  expect(['/feed.rss', '/feed.rsss', '/hub?a=b'].map(isServed)).toEqual([true, false, true])
  const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: root })]
  const named = pages.flatMap((page) => pathsIn(textOf(page)).map((path) => ({ page, path })))
  expect(named.length).toBeGreaterThan(8)
  expect(named.filter(({ path }) => !isServed(path))).toEqual([])
})
