import { expect, test } from 'vitest'
import type { Reply } from '../../src/cli/target.ts'
import { unwithdrawAll } from '../../src/cli/unwithdraw.ts'
import type { Article } from '../../src/domain/article.ts'
import type { ArticleInput } from '../../src/domain/input.ts'
import { openSite } from './site.ts'

test('a withdrawn article is restored: public at its address, in its feeds, with its id and date', async () => {
  const site = await openSite()
  await site.put('pont', { section: 'Ville', published: '2024-06-10T12:00:00Z', dayOnly: ['published'] })
  const read = async () => (await (await site.call('GET', '/api/articles/pont')).json()) as Article
  const before = await read()
  const target = {
    find: read,
    async save(inputs: readonly ArticleInput[]): Promise<Reply[]> {
      const lines = inputs.map((input) => JSON.stringify(input)).join('\n')
      const type = { 'Content-Type': 'application/x-ndjson' }
      const answer = await site.call('POST', '/api/articles', lines, type)
      const { saved: kind, slug } = JSON.parse(new TextDecoder().decode(await answer.arrayBuffer()))
      return [{ ok: true, slug, kind }]
    },
  }
  site.wait(60_000)
  await site.call('DELETE', '/api/articles/pont')
  expect((await site.get('/articles/pont')).status).toBe(410)
  expect(await (await site.get('/sections/ville/feed.json')).text()).not.toContain('/articles/pont"')
  site.wait(60_000)
  expect(await unwithdrawAll(['pont'], target, Date.now())).toEqual([
    { ok: true, slug: 'pont', kind: 'restored' },
  ])
  expect((await site.get('/articles/pont')).status).toBe(200)
  expect(await (await site.get('/sections/ville/feed.json')).text()).toContain('/articles/pont"')
  const after = await read()
  expect(after).toEqual({ ...before, updated: after.updated })
  expect(after.updated > before.updated).toBe(true)
})
