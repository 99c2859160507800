import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import type { From } from '../../src/domain/cursor.ts'
import type { Page } from '../../src/domain/store.ts'
import { fillStore } from './filled.ts'
import { openSite } from './site.ts'

const rarestFirst = ['tags/t3', 'sections/monde', 'authors/kim']

/**
 * Opens a test site with 18,000 articles. One article in ten has the tag `t3`; of the articles with this tag,
 * one in `each` is also in the section `monde`.
 */
async function sparseSite(each: number) {
  await fillStore(18_000)
  await env.DB.prepare("DELETE FROM membership WHERE selection = 'sections/monde' AND article % ?1 <> 3")
    .bind(each * 10)
    .run()
  return openSite()
}

describe('an intersection is looked for in steps', () => {
  test.for([
    ['all on the way', 1, 19],
    ['some in the first step, the rest in the second', 7, 19],
    ['more than a look finds', 49, 40],
    ['hardly any', 600, 19],
  ] as const)('%s: a walk to either side meets each article once', async ([, each, most]) => {
    const { store } = (await sparseSite(each)).ports
    const expected: string[] = []
    for (let number = 3; number <= 18_000; number += each * 10) expected.unshift(`a${number}`)
    const walk = async (from: From, onward: (page: Page) => From | undefined) => {
      const pages: string[][] = []
      for (let next: From | undefined = from; next && pages.length < 2000; ) {
        const page: Page = await store.page(rarestFirst, next, most)
        pages.push(page.articles.map(({ article }) => article.slug))
        next = onward(page)
      }
      return pages
    }
    const ends = { older: { published: 9e15, number: 0 }, newer: { published: 0, number: 0 } }
    const back = await walk({ before: ends.older }, ({ older }) => older && { before: older })
    expect(back.flat()).toEqual(expected)
    const forth = await walk({ after: ends.newer }, ({ newer }) => newer && { after: newer })
    expect(forth.toReversed().flat()).toEqual(expected)
    expect(Math.max(...back.map(({ length }) => length))).toBeLessThanOrEqual(most)
  })
})
