import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { openSite } from './site.ts'

const rows = async (table: string) =>
  (
    await env.DB.prepare(
      `SELECT selection, status, published, article FROM ${table} ORDER BY selection`,
    ).all()
  ).results

test('the hidden index can be read and changed by its former name, as the version before does', async () => {
  const site = await openSite()
  await site.put('a', { status: 'draft', section: 'Monde', tags: ['Sommet'] })
  const hidden = await rows('hidden_index')
  expect(hidden.map((row) => row.selection)).toEqual(['sections/monde', 'tags/sommet'])
  expect(await rows('drawer')).toEqual(hidden)
  await env.DB.exec(
    `DELETE FROM drawer WHERE (selection, status, published, article) IN
    (SELECT named.value, status, published, number FROM article, json_each(article.filed) AS named)`.replaceAll(
      '\n',
      ' ',
    ),
  )
  expect(await rows('hidden_index')).toEqual([])
  await env.DB.exec(
    `INSERT INTO drawer (selection, status, published, article)
    SELECT named.value, status, published, number FROM article, json_each(article.filed) AS named WHERE shown = 0`.replaceAll(
      '\n',
      ' ',
    ),
  )
  expect(await rows('hidden_index')).toEqual(hidden)
})
