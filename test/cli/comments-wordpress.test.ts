import { describe, expect, test } from 'vitest'
import { type CommentRecords, recordsOf } from '../../src/cli/sources/comment-records.ts'
import { readComments } from '../../src/cli/sources/comments-file.ts'
import type { FoundThread } from '../../src/cli/sources/found-comments.ts'
import type { KeptComment } from '../../src/domain/kept-comment.ts'
import { repeated } from '../repeated.ts'

const now = Date.parse('2026-01-01T00:00:00Z')

async function* piecesOf(xml: string) {
  for (let at = 0; at < xml.length; at += 1000) yield xml.slice(at, at + 1000)
}

const tags = (members: Record<string, string>) =>
  Object.entries(members)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')

/** Makes a comment of a WordPress export from default members. */
const comment = (id: number | string, members: Record<string, string> = {}): string =>
  `<wp:comment>${tags(
    Object.fromEntries(
      Object.entries({
        ...{ id: `${id}`, author: '<![CDATA[Kim]]>', author_email: '', author_IP: '192.0.2.1', parent: '0' },
        ...{ date: '2020-01-02 05:00:00', date_gmt: '2020-01-02 10:00:00', approved: '1', type: 'comment' },
        ...{ content: `<![CDATA[Texte ${id}.]]>`, ...members },
      }).map(([name, value]) => [`wp:comment_${name}`, value]),
    ),
  )}</wp:comment>`

const item = (comments: string, members: Record<string, string> = {}): string =>
  `<item>${tags({
    ...{ title: 'Un pont', link: 'https://old.example/2020/un-pont/', guid: 'https://old.example/?p=1' },
    ...{ 'wp:post_id': '1', 'wp:post_name': 'un-pont', 'wp:post_type': 'post', ...members },
  })}<content:encoded><![CDATA[<wp:comment>]]></content:encoded>${comments}</item>`

const exportOf = (items: string, site = 'https://old.example') =>
  `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="c"><channel><title>J</title><wp:base_blog_url>${site}</wp:base_blog_url>${items}</channel></rss>`

const everywhere = () => ({ slug: 'un-pont', anonymous: 'Anonyme' })

const recordsIn = async (
  xml: string,
  articleOf: (thread: FoundThread) => { slug: string; anonymous: string } | undefined = everywhere,
): Promise<CommentRecords> => recordsOf(await readComments(piecesOf(xml)), articleOf, now)

const recordsWith = (...comments: string[]) => recordsIn(exportOf(item(comments.join(''))))

async function onlyOf(members: Record<string, string>): Promise<KeptComment> {
  const { comments, refused } = await recordsWith(comment(7, members))
  const [one] = comments
  if (!one) throw new Error(JSON.stringify(refused))
  return one
}

describe('a comment of a WordPress export', () => {
  test('has its name, address, text, date and state', async () => {
    const one = await onlyOf({
      author_email: 'kim@example.com',
      content: '<![CDATA[Un <b>mot</b> &amp; *rien*\n\nFin]]>',
    })
    expect(one).toEqual({
      ...{ id: expect.stringMatching(/^[\w-]{22}$/), article: 'un-pont', state: 'approved', name: 'Kim' },
      ...{ email: 'kim@example.com', text: 'Un **mot** & \\*rien\\*\n\nFin' },
      ...{ written: '2020-01-02T10:00:00Z', published: '2020-01-02T10:00:00Z' },
    })
  })

  test.for<[approved: string, state: string, published: boolean]>([
    ['1', 'approved', true],
    ['0', 'pending', false],
    ['spam', 'spam', false],
    ['something', 'pending', false],
  ])('of the state %s is %s', async ([approved, state, isPublished]) => {
    const one = await onlyOf({ approved })
    expect([one.state, one.published !== undefined]).toEqual([state, isPublished])
  })

  test.for<[members: Record<string, string>, reason: string]>([
    [{ approved: 'trash' }, 'in the trash'],
    [{ approved: 'post-trashed' }, 'in the trash'],
    [{ type: 'pingback' }, 'of the type pingback'],
    [{ type: 'trackback' }, 'of the type trackback'],
    [{ type: 'order_note' }, 'of the type order_note'],
  ])('%j is left out', async ([members, reason]) => {
    const { comments, leftOut } = await recordsWith(comment(1, members), comment(2), comment(3, members))
    expect([comments.length, [...leftOut]]).toEqual([1, [[reason, 2]]])
  })

  test.for<[name: string, written: string]>([
    ['', 'Anonyme'],
    ['<![CDATA[ \u200b ]]>', 'Anonyme'],
    ['<![CDATA[Kim &amp; Ana]]>', 'Kim & Ana'],
    ['<![CDATA[Kim\nTo: x]]>', 'Kim To: x'],
    ['<![CDATA[\u202eKim\u0007]]>', 'Kim'],
    [`<![CDATA[${'a'.repeat(80)}]]>`, `${'a'.repeat(59)}…`],
    [`<![CDATA[${'a'.repeat(57)}👩‍👩‍👧z]]>`, `${'a'.repeat(57)}…`],
    [`<![CDATA[${'a'.repeat(50)}e\u0301${'b'.repeat(9)}]]>`, `${'a'.repeat(50)}e\u0301${'b'.repeat(7)}…`],
    ['<![CDATA[<b>Kim</b>]]>', 'Kim'],
    ['&#x4b;im &lt;3', 'Kim <3'],
  ])('with the name %j has the name %j', async ([author, name]) => {
    expect((await onlyOf({ author })).name).toBe(name)
  })

  test.for<[dates: Record<string, string>, written: string]>([
    [{ date_gmt: '0000-00-00 00:00:00', date: '2020-01-02 05:00:00' }, '2020-01-02T05:00:00Z'],
    [{ date_gmt: '', date: '2020-01-02 05:00:00' }, '2020-01-02T05:00:00Z'],
    [{ date_gmt: 'rubbish', date: '2020-01-02 05:00:00' }, '2020-01-02T05:00:00Z'],
    [{ date_gmt: '2020-02-30 00:00:00', date: '2020-03-01 05:00:00' }, '2020-03-01T05:00:00Z'],
    [{ date_gmt: '2026-01-01 12:00:00' }, '2026-01-01T12:00:00Z'],
  ])('with the dates %j is of %s', async ([dates, written]) => {
    expect((await onlyOf(dates)).written).toBe(written)
  })

  test('with a local date only is in the zone of the others', async () => {
    const { comments, warnings } = await recordsWith(
      comment(1),
      comment(2, { date_gmt: '0000-00-00 00:00:00', date: '2020-01-03 05:00:00' }),
    )
    expect(comments[1]?.written).toBe('2020-01-03T10:00:00Z')
    expect(warnings).toEqual(['1 comment had a date in local time only; the zone of the other ones is taken'])
  })

  test.for<[members: Record<string, string>, reason: string]>([
    [{ date_gmt: '0000-00-00 00:00:00', date: '0000-00-00 00:00:00' }, 'no date that can be read'],
    [{ date_gmt: '2020-02-30 00:00:00', date: '2020-02-30 00:00:00' }, 'no date that can be read'],
    [{ date_gmt: '1969-06-01 00:00:00' }, 'a clock that was not set'],
    [{ date_gmt: '1970-01-01 00:00:00' }, 'a clock that was not set'],
    [{ date_gmt: '2026-01-02 00:00:01' }, 'in the future: 2026-01-02T00:00:01Z'],
    [{ date_gmt: '9999-12-31 00:00:00' }, 'in the future'],
    [{ content: '<![CDATA[<script>alert(1)</script>]]>' }, 'it has no text'],
    [{ content: '' }, 'it has no text'],
    [{ content: `<![CDATA[${'<b>'.repeat(1000)}a]]>` }, 'cannot be written in Markdown'],
    [{ content: 'mot '.repeat(6000) }, 'its text has 23999 characters, and may have 20000'],
    [{ id: '' }, 'it has no number'],
  ])('%j is refused', async ([members, reason]) => {
    const { comments, refused } = await recordsWith(comment(1, members), comment(2))
    expect(comments.map(({ text }) => text)).toEqual(['Texte 2.'])
    expect(refused).toMatchObject([{ on: 'Un pont', reason: expect.stringContaining(reason) }])
  })

  test.for<[members: Record<string, string>, name: string, text: string]>([
    [{ content: 'a\u0000b&#0;c&#xD800;d&#x1F;e\u0085' }, 'Kim', 'abcde'],
    [{ author: '\u0000Kim&#0;&#xDC00;', content: 'a' }, 'Kim', 'a'],
    [{ author: '\u2067Kim\u2069 \u202etac', content: 'a' }, 'Kim tac', 'a'],
    [{ author: 'Kim&#10;Bcc: x@example.com', content: 'a' }, 'Kim Bcc: x@example.com', 'a'],
    [{ content: '<![CDATA[a]]>&lt;script>alert(1)&lt;/script>' }, 'Kim', 'a'],
    [{ content: '<![CDATA[a]]]]><![CDATA[>b]]>' }, 'Kim', 'a\\]\\]>b'],
    [
      { content: '<![CDATA[[a](javascript:alert(1)) <img src=x onerror=alert(1)>]]>' },
      'Kim',
      '\\[a\\](javascript:alert(1)) <https://old.example/2020/un-pont/x>',
    ],
  ])('%j loses what no page may contain', async ([members, name, text]) => {
    const one = await onlyOf(members)
    expect([one.name, one.text]).toEqual([name, text])
  })

  test('keeps a text that is longer than a form allows', async () => {
    expect((await onlyOf({ content: 'mot '.repeat(4000) })).text).toHaveLength(15_999)
  })

  test.for(['kim@', 'kim@example.com\nBcc: x@example.com', `${'k'.repeat(300)}@example.com`])(
    'loses the address %j, which is none',
    async (author_email) => {
      const { comments, warnings } = await recordsWith(comment(1, { author_email }))
      expect(comments[0]).not.toHaveProperty('email')
      expect(warnings).toEqual(['1 comment came with an e-mail address that is none; it is left out'])
    },
  )
})

/** The texts of comments, each with that of the comment that it answers. */
function answersIn({ comments }: CommentRecords): string[] {
  const texts = new Map(comments.map(({ id, text, state }) => [id, text || state]))
  return comments.map(
    ({ text, state, parent }) => `${text || state} < ${parent === undefined ? '-' : texts.get(parent)}`,
  )
}

describe('the threads of a WordPress export', () => {
  test('are kept at any depth, whatever the order', async () => {
    const records = await recordsWith(
      comment(4, { parent: '3', date_gmt: '2020-01-01 00:00:00' }),
      comment(3, { parent: '2' }),
      comment(2, { parent: '1' }),
      comment(1),
    )
    expect(answersIn(records)).toEqual([
      'Texte 1. < -',
      'Texte 2. < Texte 1.',
      'Texte 3. < Texte 2.',
      'Texte 4. < Texte 3.',
    ])
    expect(records.warnings).toEqual([])
  })

  test('keep a gap for what is left out but answered, so that nobody seems to answer somebody else', async () => {
    const records = await recordsWith(
      comment(1, { approved: 'trash', date_gmt: '0000-00-00 00:00:00', date: '' }),
      comment(2, { parent: '1' }),
      comment(3, { approved: 'trash' }),
    )
    expect(records.comments).toMatchObject([
      {
        state: 'deleted',
        name: '',
        text: '',
        written: '2020-01-02T10:00:00Z',
        published: '2020-01-02T10:00:00Z',
      },
      { state: 'approved', parent: records.comments[0]?.id },
    ])
    expect(records.placeholders).toBe(1)
  })

  test('have a date for a first comment that is not public, so that the page shows the answers', async () => {
    const { comments } = await recordsWith(comment(1, { approved: 'spam' }), comment(2, { parent: '1' }))
    expect(comments[0]).toMatchObject({ state: 'spam', published: '2020-01-02T10:00:00Z' })
  })

  test.for<[what: string, comments: string[], answers: string[]]>([
    ['itself', [comment(1, { parent: '1' })], ['Texte 1. < -']],
    [
      'each other in a circle',
      [
        comment(1, { parent: '2' }),
        comment(2, { parent: '3' }),
        comment(3, { parent: '1' }),
        comment(4, { parent: '2' }),
      ],
      ['Texte 3. < -', 'Texte 2. < Texte 3.', 'Texte 1. < Texte 2.', 'Texte 4. < Texte 2.'],
    ],
    ['one that the file does not have', [comment(1, { parent: '99' })], ['Texte 1. < -']],
  ])('lose an answer to %s', async ([, comments, answers]) => {
    const records = await recordsWith(...comments)
    expect(answersIn(records)).toEqual(answers)
    expect(records.warnings).toHaveLength(1)
  })

  test('lose an answer to a comment on another page', async () => {
    const records = await recordsIn(exportOf(item(comment(1)) + item(comment(2, { parent: '1' }))))
    expect(answersIn(records)).toEqual(['Texte 1. < -', 'Texte 2. < -'])
    expect(records.warnings).toEqual([
      '1 comment answered one that is not on the same page of the file, and answers none now',
    ])
  })

  test('of thousands of answers to each other are kept', async () => {
    const all = Array.from({ length: 3000 }, (_, at) => comment(at + 1, { parent: `${at}`, content: 'a' }))
    const { comments } = await recordsWith(...all.toReversed())
    expect(comments).toHaveLength(3000)
    const places = new Map(comments.map(({ id }, at) => [id, at]))
    expect(comments.every(({ parent }, at) => parent === undefined || (places.get(parent) ?? at) < at)).toBe(
      true,
    )
  })
})

describe('the ids of imported comments', () => {
  test('are the same for each import, however the site is addressed', async () => {
    const idsOf = async (site: string) =>
      (await recordsIn(exportOf(item(comment(1) + comment(2)), site))).comments.map(({ id }) => id)
    const ids = await idsOf('https://old.example')
    expect([ids.length, repeated(ids)]).toEqual([2, []])
    expect(await idsOf('http://www.OLD.example/')).toEqual(ids)
    expect(await idsOf('https://other.example')).not.toEqual(ids)
  })

  test('belong to the first comment with a number; the same comment counts once', async () => {
    const { comments, refused } = await recordsWith(comment(1), comment(1), comment(1, { content: 'Autre.' }))
    expect(comments.map(({ text }) => text)).toEqual(['Texte 1.'])
    expect(refused).toEqual([{ key: '1', on: 'Un pont', reason: 'an earlier comment has the same number' }])
  })
})

describe('a WordPress export', () => {
  test('tells of its pages what finds their articles', async () => {
    const found: FoundThread[] = []
    await recordsIn(
      exportOf(
        item(comment(1), { 'wp:post_name': 'caf%C3%A9', 'wp:post_date_gmt': '2020-01-01 10:00:00' }) +
          item('', { title: 'Sans commentaire' }) +
          item(comment(2), { guid: '', title: '', 'wp:post_date_gmt': '0000-00-00 00:00:00' }),
      ),
      (thread) => void found.push(thread) as undefined,
    )
    expect(found).toMatchObject([
      {
        ...{
          title: 'Un pont',
          addresses: ['https://old.example/2020/un-pont/'],
          ids: ['https://old.example/?p=1'],
        },
        ...{ slug: 'cafe', published: Date.parse('2020-01-01T10:00:00Z') },
      },
      { title: 'post 1', ids: [], slug: 'un-pont' },
    ])
    expect(found[1]).not.toHaveProperty('published')
  })

  test('has comments without an article, which are counted', async () => {
    const { comments, unmatched } = await recordsIn(
      exportOf(
        item(comment(1) + comment(2) + comment(3, { approved: 'trash' })) +
          item(comment(4), { title: 'Deux' }),
      ),
      ({ title }) => (title === 'Deux' ? everywhere() : undefined),
    )
    expect(comments).toHaveLength(1)
    expect([...unmatched].map(([{ title }, count]) => [title, count])).toEqual([['Un pont', 2]])
  })

  test('has comments on deleted posts, which are left out', async () => {
    const { comments, leftOut } = await recordsIn(exportOf(item(comment(1), { 'wp:status': 'trash' })))
    expect([comments, [...leftOut]]).toEqual([[], [['on deleted posts', 1]]])
  })

  test('expands no entities', async () => {
    const bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    const xml = exportOf(item(comment(1, { content: 'Un &b; deux' }))).replace('<rss', `${bomb}<rss`)
    expect((await recordsIn(xml)).comments[0]?.text).toBe('Un \\&b; deux')
  })

  test.for<[what: string, xml: string]>([
    ['a feed', '<rss><channel/></rss>'],
    ['a page', '<html/>'],
    ['no XML', 'Bonjour.'],
  ])('is no %s', async ([, xml]) => {
    await expect(recordsIn(xml)).rejects.toThrow(/Cannot (?:import comments|read the XML)/)
  })

  test('that ends early is refused as a whole', async () => {
    await expect(recordsIn(exportOf(item(comment(1))).slice(0, -30))).rejects.toThrow('it ends early')
  })
})
