import { describe, expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { type CommentSite, openComments } from './comment-site.ts'
import { allWrites, refuseWrites } from './refused-writes.ts'

const page = '/articles/un/comments'
const feeds = formatNames.map((format) => `/comments/feed.${format}`)
const outputs = [page, `${page}.json`, ...formatNames.map((format) => `${page}/feed.${format}`), ...feeds]

/** A site with a comment on an article that stays, and one on an article that expires at 17:00. */
async function open(): Promise<CommentSite> {
  const site = await openComments({ COMMENTS: 'open' })
  await site.put('un', { title: 'Le pont', expires: '2024-06-19T17:00:00Z' })
  await site.put('deux', { title: 'Le marché' })
  await site.send('un', { text: 'Éphémère.' })
  await site.send('deux', { text: 'Durable.' })
  site.wait(2000)
  return site
}

describe('while the database refuses writes', () => {
  test('before a change is due, comments are read as usual', async () => {
    const site = await open()
    const read = async () =>
      Promise.all(outputs.map(async (path) => [path, await (await site.get(path)).text()]))
    const usual = await read()
    const end = await refuseWrites(await allWrites())
    site.wait(1000)
    expect(await read()).toEqual(usual)
    await end()
  })

  test('the comments on an article that has expired since are shown nowhere, and no validator stands for that', async () => {
    const site = await open()
    const end = await refuseWrites(await allWrites())
    site.at('2024-06-19T17:00:00Z')
    for (const path of outputs) {
      const response = await site.get(path)
      const isAll = feeds.includes(path)
      expect([response.status, (await response.text()).includes('Éphémère.')], path).toEqual([
        isAll ? 200 : 410,
        false,
      ])
      if (!isAll) continue
      for (const name of ['ETag', 'Last-Modified', 'Cache-Tag'])
        expect(response.headers.get(name), path).toBeNull()
      expect(response.headers.get('Cache-Control'), path).toBe('no-store')
      expect(await (await site.get(path)).text(), path).toContain('Durable.')
    }
    await end()
    site.wait(60_000)
    for (const path of feeds) expect((await site.get(path)).headers.get('ETag'), path).not.toBeNull()
  })

  test('a comment that is sent is not lost without a word', async () => {
    const site = await open()
    const form = await site.form('deux')
    site.wait(5000)
    const end = await refuseWrites(['INSERT of comment'])
    const response = await site.send('deux', { form, text: 'Encore.' })
    expect(response.status).toBe(503)
    await end()
    expect((await site.send('deux', { form, text: 'Encore.' })).status).toBe(200)
  })
})
