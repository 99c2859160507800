import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { recordsOf } from '../../src/cli/sources/comment-records.ts'
import { readComments } from '../../src/cli/sources/comments-file.ts'
import type { KeptComments } from '../../src/comments/keep.ts'
import { hashOf } from '../../src/http/token.ts'
import { type CommentSite, openComments } from './comment-site.ts'
import { token } from './site.ts'

async function* piecesOf(xml: string) {
  yield xml
}

/** Imports the comments of a file into the article `un`, as the command line does. */
async function importInto(site: CommentSite, xml: string): Promise<KeptComments> {
  const found = await readComments(piecesOf(xml))
  const { comments } = recordsOf(
    found,
    () => ({ slug: 'un', anonymous: 'Anonyme' }),
    Date.parse('2024-06-19T00:00:00Z'),
  )
  const response = await site.call('POST', '/api/comments/import', { comments })
  expect(response.status).toBe(200)
  return response.json()
}

const commentOf = (id: number, content: string, more = '') =>
  `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author>Kim ${id}</wp:comment_author><wp:comment_author_email>kim${id}@example.com</wp:comment_author_email><wp:comment_date_gmt>2020-01-0${id} 10:00:00</wp:comment_date_gmt><wp:comment_approved>1</wp:comment_approved><wp:comment_content><![CDATA[${content}]]></wp:comment_content>${more}</wp:comment>`
const answering = (id: number) => `<wp:comment_parent>${id}</wp:comment_parent>`
const wordpress = `<rss xmlns:wp="w"><channel><link>https://old.example</link><item><title>Un</title>${[
  commentOf(1, 'Un <b>mot</b> &amp; *rien*.\nhttps://x.example/a_b'),
  commentOf(2, 'Réponse.', answering(1)),
  commentOf(3, 'Réponse à la réponse.', answering(2)),
  commentOf(4, 'Encore plus profond.', answering(3)),
  commentOf(5, '<script>alert(1)</script><a href="javascript:alert(2)" onclick="x">Sans danger</a>'),
  commentOf(6, 'À vendre').replace('approved>1<', 'approved>spam<'),
  commentOf(7, 'Supprimé').replace('approved>1<', 'approved>trash<'),
  commentOf(8, 'Réponse à un commentaire supprimé.', answering(7)),
  commentOf(9, 'En attente').replace('approved>1<', 'approved>0<'),
].join('')}</item></channel></rss>`

const tables = ['comment', 'discussion', 'effect', 'comment_event', 'site', 'article'] as const

/** All rows of the tables that an import of comments could write. */
async function rowsOf(): Promise<unknown[]> {
  const all: unknown[] = []
  for (const table of tables) all.push((await env.DB.prepare(`SELECT * FROM ${table}`).all()).results)
  return all
}

async function open(): Promise<CommentSite> {
  const site = await openComments({
    COMMENTS: 'all-held',
    API_TOKENS: `tests:admin:${await hashOf(token)}`,
  })
  await site.put('un', { title: 'Le pont' })
  site.wait(2000)
  return site
}

test('the comments of a WordPress export stand on the page and in the feeds, and a second import writes nothing', async () => {
  const site = await open()
  expect(await importInto(site, wordpress)).toEqual({ kept: 9, unchanged: 0, refused: [] })
  const page = await (await site.get('/articles/un/comments')).text()
  for (const html of [
    'Un <strong>mot</strong> &amp; *rien*.<br><a href="https://x.example/a_b" rel="nofollow ugc noopener">',
    'Encore plus profond.',
    '<p>Sans danger</p>',
    'Réponse à un commentaire supprimé.',
    'Ce commentaire n’est plus publié.',
  ])
    expect(page, html).toContain(html)
  for (const hidden of ['vendre', 'Supprimé', 'En attente', 'alert', 'javascript:', 'kim1@example.com'])
    expect(page, hidden).not.toContain(hidden)
  const feed = (await (await site.get('/articles/un/comments/feed.json')).json()) as {
    items: { date_published: string; authors: { name: string }[] }[]
  }
  expect(
    feed.items.map(({ authors: [author], date_published }) => [author?.name, date_published.slice(0, 10)]),
  ).toEqual([
    ['Kim 8', '2020-01-08'],
    ['Kim 5', '2020-01-05'],
    ['Kim 4', '2020-01-04'],
    ['Kim 3', '2020-01-03'],
    ['Kim 2', '2020-01-02'],
    ['Kim 1', '2020-01-01'],
  ])
  const { comments } = (await (await site.call('GET', '/api/comments')).json()) as {
    comments: { text: string }[]
  }
  expect(comments.map(({ text }) => text)).toEqual(['En attente'])

  const before = await rowsOf()
  site.wait(60_000)
  expect(await importInto(site, wordpress)).toEqual({ kept: 0, unchanged: 9, refused: [] })
  expect(await rowsOf()).toEqual(before)
})

test('a person who is erased stays so when the same file is imported again', async () => {
  const site = await open()
  await importInto(site, wordpress)
  const erased = await site.call('DELETE', '/api/comments/person', { address: 'kim1@example.com' })
  expect(erased.status).toBe(200)
  site.wait(60_000)
  expect(await importInto(site, wordpress)).toEqual({ kept: 0, unchanged: 9, refused: [] })
  const page = await (await site.get('/articles/un/comments')).text()
  expect(page).not.toContain('Kim 1')
  expect(page).toContain('Kim 2')
})

test('the comments of an export of Disqus do so too', async () => {
  const site = await open()
  const post = (id: number, more = '') =>
    `<post dsq:id="${id}"><message><![CDATA[<p>Texte ${id}.</p>]]></message><createdAt>2020-01-0${id}T10:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Kim ${id}</name></author><thread dsq:id="1"/>${more}</post>`
  const disqus = `<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"><thread dsq:id="1"><link>https://old.example/un</link></thread>${post(1)}${post(2, '<parent dsq:id="1"/>')}</disqus>`
  expect(await importInto(site, disqus)).toEqual({ kept: 2, unchanged: 0, refused: [] })
  const { threads } = (await (await site.get('/articles/un/comments.json')).json()) as {
    threads: { name: string; replies: { name: string }[] }[]
  }
  expect(threads).toMatchObject([{ name: 'Kim 1', replies: [{ name: 'Kim 2' }] }])
  const before = await rowsOf()
  expect(await importInto(site, disqus)).toMatchObject({ unchanged: 2 })
  expect(await rowsOf()).toEqual(before)
})
