import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { changes, whole } from '../whole.ts'
import { type House, openHouse } from './house.ts'

const address = `/api/articles/${whole.slug}`

/**
 * Saves an article through the API and returns the header `Kiosque-Saved` of the answer, which says whether the
 * API created, replaced or kept the article.
 */
const saved = async (house: House, article: object): Promise<string | null> =>
  (await house.call('PUT', address, article)).headers.get('Kiosque-Saved')

test('every field of an article that was sent is in the one that is read', async () => {
  const house = await openHouse()
  expect(await saved(house, whole)).toBe('created')
  expect(await (await house.call('GET', address)).json()).toEqual(whole)
  const { articles } = (await (await house.call('GET', '/api/articles')).json()) as { articles: object[] }
  expect(articles).toEqual([whole])
})

test('another value in any field is a change; the same value again is no change', async () => {
  const house = await openHouse()
  await saved(house, whole)
  for (const [field, changed] of changes) {
    expect([field, await saved(house, changed), await saved(house, changed)]).toEqual([
      field,
      'replaced',
      'unchanged',
    ])
    await saved(house, whole)
  }
})

test('an article whose keys a former version stored in another order is unchanged when it comes again', async () => {
  const house = await openHouse()
  await saved(house, whole)
  const reversed = JSON.stringify(Object.fromEntries(Object.entries(whole).reverse()))
  await env.DB.prepare('UPDATE article SET json = ?1').bind(reversed).run()
  const read = await house.call('GET', address)
  expect(await read.text()).toBe(reversed)
  expect(await saved(house, whole)).toBe('unchanged')
})
