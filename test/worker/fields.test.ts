import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { changes, whole } from '../whole.ts'
import { openSite, type TestSite } from './site.ts'

const address = `/api/articles/${whole.slug}`

/**
 * Saves an article through the API and returns the header `Kiosque-Saved` of the answer, which says whether the
 * API created, replaced or kept the article.
 */
const saved = async (site: TestSite, article: object): Promise<string | null> =>
  (await site.call('PUT', address, article)).headers.get('Kiosque-Saved')

test('every field of an article that was sent is in the one that is read', async () => {
  const site = await openSite()
  expect(await saved(site, whole)).toBe('created')
  expect(await (await site.call('GET', address)).json()).toEqual(whole)
  const { articles } = (await (await site.call('GET', '/api/articles')).json()) as { articles: object[] }
  expect(articles).toEqual([whole])
})

test('another value in any field is a change; the same value again is no change', async () => {
  const site = await openSite()
  await saved(site, whole)
  for (const [field, changed] of changes) {
    expect([field, await saved(site, changed), await saved(site, changed)]).toEqual([
      field,
      'replaced',
      'unchanged',
    ])
    await saved(site, whole)
  }
})

test('an article whose keys a former version stored in another order is unchanged when it comes again', async () => {
  const site = await openSite()
  await saved(site, whole)
  const reversed = JSON.stringify(Object.fromEntries(Object.entries(whole).reverse()))
  await env.DB.prepare('UPDATE article SET json = ?1').bind(reversed).run()
  const read = await site.call('GET', address)
  expect(await read.text()).toBe(reversed)
  expect(await saved(site, whole)).toBe('unchanged')
})
