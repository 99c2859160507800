import { describe, expect, test } from 'vitest'
import { type CommentRecords, recordsOf } from '../../src/cli/sources/comment-records.ts'
import { readComments } from '../../src/cli/sources/comments-file.ts'
import type { FoundThread } from '../../src/cli/sources/found-comments.ts'

const tags = (members: Record<string, string>) =>
  Object.entries(members)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')

const thread = (key: string, members: Record<string, string> = {}): string =>
  `<thread dsq:id="${key}">${tags({
    ...{ id: '', forum: 'j', link: 'https://old.example/2020/01/un-pont.html', title: 'Un pont' },
    ...{ createdAt: '2020-01-01T00:00:00Z', author: '<name>x</name>', isClosed: 'true', isDeleted: 'false' },
    ...members,
  })}</thread>`

const post = (key: string, members: Record<string, string> = {}, more = ''): string =>
  `<post dsq:id="${key}">${tags({
    ...{ id: `wp_id=${key}`, message: `<![CDATA[<p>Texte ${key}.</p>]]>`, createdAt: '2020-01-02T10:00:00Z' },
    ...{ isDeleted: 'false', isSpam: 'false' },
    ...{ author: '<name>Kim</name><isAnonymous>true</isAnonymous>', ...members },
  })}<thread dsq:id="1" />${more}</post>`

const exportOf = (content: string) =>
  `<?xml version="1.0" encoding="utf-8"?>\n<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"><category dsq:id="9"><title>General</title></category>${content}</disqus>`

async function* piecesOf(xml: string) {
  yield xml
}

const recordsIn = async (
  content: string,
  articleOf: (one: FoundThread) => { slug: string; anonymous: string } | undefined = () => ({
    ...{ slug: 'un-pont', anonymous: 'Anonyme' },
  }),
): Promise<CommentRecords> =>
  recordsOf(await readComments(piecesOf(exportOf(content))), articleOf, Date.parse('2026-01-01T00:00:00Z'))

describe('an export of Disqus', () => {
  test('has comments with their names, texts, dates and answers', async () => {
    const author = '<name>Ana &amp; Jo</name><email>ana@example.com</email><username>ana</username>'
    const message = '<![CDATA[<p>Un<br>deux\ntrois</p><blockquote>a</blockquote>]]>'
    const { comments } = await recordsIn(
      thread('1') + post('5') + post('6', { author, message }, '<parent dsq:id="5" />'),
    )
    const [first, second] = comments
    expect(first).toEqual({
      ...{
        id: expect.stringMatching(/^[\w-]{22}$/),
        article: 'un-pont',
        state: 'approved',
        name: 'Kim',
        text: 'Texte 5.',
      },
      ...{ written: '2020-01-02T10:00:00Z', published: '2020-01-02T10:00:00Z' },
    })
    expect(second).toMatchObject({
      parent: first?.id,
      name: 'Ana & Jo',
      email: 'ana@example.com',
      text: 'Un\ndeux trois\n\n> a',
    })
  })

  test.for<[members: Record<string, string>, state: string]>([
    [{ isSpam: 'true' }, 'spam'],
    [{ isApproved: 'false' }, 'pending'],
    [{ isApproved: 'true' }, 'approved'],
  ])('has a comment with %j, which is %s', async ([members, state]) => {
    const { comments } = await recordsIn(thread('1') + post('5', members))
    expect(comments.map((one) => one.state)).toEqual([state])
  })

  test('has deleted comments, which are left out, but keep a gap if others answer them', async () => {
    const { comments, leftOut, placeholders } = await recordsIn(
      thread('1') +
        post('5', { isDeleted: 'true' }) +
        post('6', {}, '<parent dsq:id="5"/>') +
        post('7', { isDeleted: 'true' }),
    )
    expect([comments.map(({ state }) => state), [...leftOut], placeholders]).toEqual([
      ['deleted', 'approved'],
      [['deleted', 2]],
      1,
    ])
  })

  test.for<[author: string, name: string]>([
    ['<name></name><username>kim7</username>', 'kim7'],
    ['<name></name><isAnonymous>true</isAnonymous>', 'Anonyme'],
    ['', 'Anonyme'],
  ])('has the author %j, whose name is %s', async ([author, name]) => {
    expect((await recordsIn(thread('1') + post('5', { author }))).comments[0]?.name).toBe(name)
  })

  test('has pages that are found by their addresses and by the ids of posts of WordPress', async () => {
    const found: FoundThread[] = []
    await recordsIn(
      thread('1', { id: '12 https://old.example/?p=12' }) + post('5'),
      (one) => void found.push(one) as undefined,
    )
    expect(found).toMatchObject([
      {
        ...{ title: 'Un pont', addresses: ['https://old.example/2020/01/un-pont.html'] },
        ids: expect.arrayContaining(['https://old.example/?p=12']),
      },
    ])
  })

  test('has comments on deleted pages, which are left out, and on pages that it does not have, which are refused', async () => {
    const { comments, leftOut, refused } = await recordsIn(thread('1', { isDeleted: 'true' }) + post('5'))
    expect([comments, [...leftOut], refused]).toEqual([[], [['on deleted pages', 1]], []])
    expect((await recordsIn(post('5'))).refused).toEqual([
      { key: '5', on: 'an unknown page', reason: 'the file has no page of it' },
    ])
  })

  test('may have its comments before its pages', async () => {
    expect((await recordsIn(post('5') + thread('1'))).comments).toHaveLength(1)
  })
})
