import { describe, expect, test } from 'vitest'
import { kindOf, wordpressExport } from '../../scripts/wordpress-export.ts'
import type { DocumentEntry } from '../../src/cli/sources/entries.ts'
import { readWordpress } from '../../src/cli/sources/wordpress.ts'
import { htmlOfWordPress } from '../../src/cli/sources/wordpress-body.ts'
import { detailsOf } from '../../src/http/problem.ts'
import { articleOf } from '../../src/ingest/article.ts'
import type { Beside } from '../../src/ingest/capture.ts'
import { parseArticle } from '../../src/ingest/json.ts'
import { site } from '../render/samples.ts'
import { repeated } from '../repeated.ts'

const namespaces =
  'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"'
const exportOf = (items: string, head = '') =>
  `<?xml version="1.0"?><rss version="2.0" ${namespaces}><channel><title>J</title><language>fr-CA</language><wp:author><wp:author_login>jroy</wp:author_login><wp:author_email>jean@j.example</wp:author_email><wp:author_display_name><![CDATA[Jean Roy]]></wp:author_display_name></wp:author>${head}${items}</channel></rss>`

/** Makes an `<item>` of a WordPress export from default child elements; `members` replaces or adds child elements. */
function item(members: Record<string, string> = {}, more = ''): string {
  const all = {
    title: 'T',
    guid: 'https://j.example/?p=1',
    'wp:post_type': 'post',
    'wp:status': 'publish',
    'wp:post_date': '2024-06-19 08:00:00',
    'wp:post_date_gmt': '2024-06-19 12:00:00',
    ...members,
  }
  return `<item>${Object.entries(all)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}${more}</item>`
}

function foundIn(xml: string, beside: Beside = {}): DocumentEntry[] {
  const result = readWordpress(xml, beside)
  if (!result.ok) throw new Error(detailsOf(result.problem).detail)
  return result.value
}

function articleIn(xml: string, beside: Beside = {}): Record<string, unknown> {
  const [found] = foundIn(xml, beside)
  if (found?.kind !== 'article') throw new Error(found?.reason ?? 'nothing found')
  return found.value as Record<string, unknown>
}

const category = (domain: string, name: string, nicename = '') =>
  `<category domain="${domain}" nicename="${nicename}"><![CDATA[${name}]]></category>`
const picture = item(
  {
    'wp:post_type': 'attachment',
    'wp:status': 'inherit',
    'wp:post_id': '7',
    'wp:attachment_url': 'https://j.example/a.jpg',
  },
  '<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>Une image</wp:meta_value></wp:postmeta>',
)
const thumbnail = (number: string) =>
  `<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>${number}</wp:meta_value></wp:postmeta>`
const noughts = '0000-00-00 00:00:00'

describe('readWordpress', () => {
  test('an author whose name is too long is left out with a warning', () => {
    const author = `<wp:author><wp:author_login>long</wp:author_login><wp:author_display_name>${'a'.repeat(201)}</wp:author_display_name></wp:author>`
    const [found] = foundIn(exportOf(item({ 'dc:creator': 'long' }), author))
    expect(found).toMatchObject({
      warnings: expect.arrayContaining([
        `authors: 1 of more than 200 characters left out, first "${'a'.repeat(39)}…"`,
      ]),
    })
    expect(found?.kind === 'article' && found.value).not.toHaveProperty('authors')
  })

  const becomes: [status: string, members: Record<string, string>, expected: object][] = [
    ['publish', {}, { published: '2024-06-19T12:00:00Z' }],
    ['draft', { 'wp:status': 'draft', 'wp:post_date_gmt': noughts }, { status: 'draft' }],
    ['pending', { 'wp:status': 'pending' }, { status: 'draft' }],
    ['auto-draft', { 'wp:status': 'auto-draft' }, { status: 'draft' }],
    [
      'future',
      { 'wp:status': 'future', 'wp:post_date_gmt': '2099-01-01 00:00:00' },
      { published: '2099-01-01T00:00:00Z' },
    ],
    [
      'future without a date',
      { 'wp:status': 'future', 'wp:post_date': noughts, 'wp:post_date_gmt': noughts },
      { status: 'draft' },
    ],
    ['with a password', { 'wp:post_password': '<![CDATA[x]]>' }, { status: 'draft' }],
    ['with an empty password', { 'wp:post_password': '<![CDATA[]]>' }, {}],
  ]
  test.for(becomes)('%s', ([, members, expected]) => {
    const article = articleIn(exportOf(item(members)))
    expect(parseArticle(article)).toMatchObject({ ok: true, value: expected })
    // A public post states no status, so that a stored draft stays a draft, and a withdrawn article is refused.
    if (!('status' in expected)) expect(article).not.toHaveProperty('status')
    if (!('published' in expected) && members['wp:status']) expect(article).not.toHaveProperty('published')
  })

  const leftOut: [title: string, members: Record<string, string>, reason: string][] = [
    ['private', { 'wp:status': 'private' }, 'skipped: private'],
    ['trash', { 'wp:status': '<![CDATA[trash]]>' }, 'skipped: trash'],
    ['no word of it', { 'wp:status': '' }, 'skipped: no status'],
    ['inherit', { 'wp:status': 'inherit' }, 'skipped: inherit'],
    ['a plugin’s status', { 'wp:status': 'archived' }, 'skipped: archived'],
    ['a name of every object', { 'wp:status': 'constructor' }, 'skipped: constructor'],
    ['a page', { 'wp:post_type': 'page' }, 'skipped: a page, not a post'],
    ['a type of its own', { 'wp:post_type': 'recette' }, 'skipped: a recette, not a post'],
  ]
  test.for(leftOut)('%s is left out, with the reason', ([, members, reason]) => {
    expect(foundIn(exportOf(item(members)))).toEqual([{ kind: 'left-out', name: 'T', reason }])
  })

  test.for(['attachment', 'revision', 'nav_menu_item', 'wp_global_styles', 'oembed_cache'])(
    '%s is no article that anybody misses',
    (type) => {
      expect(foundIn(exportOf(item({ 'wp:post_type': type })))).toEqual([])
    },
  )

  test('options never publish what was not public', () => {
    const beside = { status: 'published', published: '2020-01-01T00:00:00Z' } as const
    expect(articleIn(exportOf(item({ 'wp:status': 'draft' })), beside).status).toBe('draft')
    expect(articleIn(exportOf(item()), beside).status).toBe('published')
    const planned = item({ 'wp:status': 'future', 'wp:post_date_gmt': '2099-01-01 00:00:00' })
    expect(articleIn(exportOf(planned), beside).published).toBe('2099-01-01T00:00:00Z')
  })

  const fields: [title: string, xml: string, expected: object][] = [
    [
      'a guid with &',
      exportOf(item({ guid: 'https://j.example/?post_type=x&#038;p=2' })),
      { id: 'https://j.example/?post_type=x&p=2' },
    ],
    ['a guid that is no URI', exportOf(item({ guid: 'post 7' })), { id: 'urn:kiosque:guid:post%207' }],
    ['its name', exportOf(item({ 'wp:post_name': 'le-titre' })), { slug: 'le-titre' }],
    ['a name in another script', exportOf(item({ 'wp:post_name': '%e6%97%a5%e6%9c%ac' })), { slug: '日本' }],
    ['a name that is no slug', exportOf(item({ 'wp:post_name': 'Le_Titre__2%' })), { slug: 'le-titre-2' }],
    [
      'a title with references',
      exportOf(item({ title: '<![CDATA[L&#8217;été &amp; <em>tout</em>]]>' })),
      { title: 'L’été & tout' },
    ],
    ['a title with signs', exportOf(item({ title: '<![CDATA[R&D < 3]]>' })), { title: 'R&D < 3' }],
    [
      'no title',
      exportOf(item({ title: '', 'content:encoded': 'Quelques mots.' })),
      { title: 'Quelques mots.' },
    ],
    [
      'an author by the name shown',
      exportOf(item({ 'dc:creator': '<![CDATA[jroy]]>' })),
      { authors: [{ name: 'Jean Roy' }] },
    ],
    [
      'an author who is not listed',
      exportOf(item({ 'dc:creator': 'autre' })),
      { authors: [{ name: 'autre' }] },
    ],
    ['the language', exportOf(item()), { language: 'fr-CA' }],
    [
      'an excerpt',
      exportOf(item({ 'excerpt:encoded': '<![CDATA[R&eacute;sum&eacute; <b>x</b>]]>' })),
      { summary: 'Résumé x' },
    ],
    [
      'the first category is the section',
      exportOf(
        item(
          {},
          category('category', 'Été &amp; hiver') +
            category('category', 'Monde') +
            category('post_tag', 'C++') +
            category('post_format', 'Vidéo'),
        ),
      ),
      { section: 'Été & hiver', tags: ['Monde', 'C++'] },
    ],
    [
      'the category that nobody chose',
      exportOf(item({}, category('category', 'Non classé', 'non-classe') + category('category', 'Monde'))),
      { section: 'Monde' },
    ],
    [
      'a picture',
      exportOf(item({}, thumbnail('7')) + picture),
      { image: { url: 'https://j.example/a.jpg', alt: 'Une image' } },
    ],
    [
      'a change',
      exportOf(item({ 'wp:post_modified_gmt': '2024-06-20 12:00:00' })),
      { published: '2024-06-19T12:00:00Z', updated: '2024-06-20T12:00:00Z' },
    ],
    [
      'a date in the site’s time alone',
      exportOf(item() + item({ guid: 'a:b', 'wp:post_date_gmt': noughts })).replace(
        /<item>.*?<\/item>/,
        (first) => first.replace('publish', 'private'),
      ),
      { published: '2024-06-19T12:00:00Z' },
    ],
  ]
  test.for(fields)('%s', ([, xml, expected]) => {
    const found = foundIn(xml).find(({ kind }) => kind === 'article')
    const article = found?.kind === 'article' ? found.value : undefined
    expect(parseArticle(article)).toMatchObject({ ok: true, value: expected })
  })

  test('a change before the article came out, a link and an e-mail address are not kept', () => {
    const xml = exportOf(
      item({
        'wp:post_modified_gmt': '2024-06-18 12:00:00',
        link: 'https://j.example/t',
        'dc:creator': 'jroy',
      }),
    )
    const article = articleIn(xml)
    expect(article).not.toHaveProperty('updated')
    expect(article).not.toHaveProperty('url')
    expect(JSON.stringify(article)).not.toContain('@')
  })

  const entities = (declared: string) =>
    exportOf(item({ title: 'A &b; &x; C' })).replace('<rss', `<!DOCTYPE rss [${declared}]><rss`)
  test('entities of the document itself are not expanded', () => {
    const bomb = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    expect(articleIn(entities(bomb)).title).toBe('A &b; &x; C')
  })

  const refused: [title: string, xml: string, says: string][] = [
    ['nothing', '', 'Cannot read the XML: Start tag expected'],
    ['a feed', '<rss version="2.0"><channel/></rss>', 'it must be WXR'],
    ['an export that breaks off', exportOf(item()).slice(0, -40), 'Cannot read the XML: '],
    ['an item that is not closed', exportOf(item().slice(0, -7)), "Expected closing tag 'item'"],
    [
      'an external entity',
      entities('<!ENTITY x SYSTEM "file:///etc/passwd">'),
      'External entities are not supported',
    ],
    [
      '__proto__',
      exportOf(item({ __proto__: 'x' }, '<__proto__>x</__proto__>')),
      'Invalid name: "__proto__"',
    ],
    [
      '100,000 elements, one in the other',
      exportOf(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`),
      'Maximum nested tags',
    ],
  ]
  test.for(refused)('%s is refused, with the reason', ([, xml, says]) => {
    const result = readWordpress(xml)
    expect(result.ok ? 'no refusal' : detailsOf(result.problem).detail).toContain(says)
  })

  test('5 MB in one item are refused by the check of articles', () => {
    const article = articleIn(
      exportOf(item({ 'content:encoded': `<![CDATA[${'mot '.repeat(1_250_000)}]]>` })),
    )
    const parsed = parseArticle(article)
    expect(parsed.ok ? 'no refusal' : detailsOf(parsed.problem).detail).toContain('at most 1048576')
  })
})

describe('htmlOfWordPress', () => {
  const bodies: [title: string, content: string, html: string][] = [
    ['blank lines part paragraphs', 'Un.\n\nDeux.\n \n\nTrois.', '<p>Un.</p>\n<p>Deux.</p>\n<p>Trois.</p>'],
    ['single breaks stay', 'Un.\r\nDeux.<br />\nTrois.', '<p>Un.<br>\nDeux.<br>\nTrois.</p>'],
    [
      'a block stays as it is',
      '<h2>A</h2>\n\nB\n\n<ul>\n<li>c</li>\n\n<li>d</li>\n</ul>',
      '<h2>A</h2>\n<p>B</p>\n<ul>\n<li>c</li>\n<li>d</li>\n</ul>',
    ],
    ['a run of formatting is a paragraph', '<strong>A</strong> b', '<p><strong>A</strong> b</p>'],
    ['blank lines in pre part nothing', '<pre>a\n\nb</pre>\n\nc', '<pre>a\n\nb</pre>\n<p>c</p>'],
    ['blocks need no paragraphs', '<!-- wp:paragraph -->\n<p>A</p>\n<!-- /wp:paragraph -->', '\n<p>A</p>\n'],
    ['other comments go', 'A<!--more-->B', '<p>AB</p>'],
    ['a comment that is not closed stays', 'A <!-- b', '<p>A <!-- b</p>'],
    [
      'a caption is a figure',
      'A\n\n[caption id="x" width="3"]<a href="/b"><img src="/a.jpg" /></a> La <em>légende</em>[/caption]\n\nB',
      '<p>A</p>\n<figure><a href="/b"><img src="/a.jpg" /></a><figcaption>La <em>légende</em></figcaption></figure>\n<p>B</p>',
    ],
    [
      'an older caption too',
      '[wp_caption caption="La légende"]<img src="/a.jpg">[/wp_caption]',
      '<figure><img src="/a.jpg"><figcaption>La légende</figcaption></figure>',
    ],
    [
      'a caption without words',
      '[caption]<img src="/a.jpg">[/caption]',
      '<figure><img src="/a.jpg"></figure>',
    ],
    ['a caption without a picture', '[caption]Mots[/caption]', '<p>Mots</p>'],
    ['a caption that is not closed stays', 'A [caption] b', '<p>A [caption] b</p>'],
    [
      'galleries and audio without addresses go',
      'A [gallery ids="1,2"] B\n\n[audio mp3="x"][/audio]',
      '<p>A  B</p>',
    ],
    [
      'an embedded address is a link',
      '[embed width="1"]https://v.example/1[/embed]',
      '<p><a href="https://v.example/1">https://v.example/1</a></p>',
    ],
    ['brackets of other kinds stay', 'a[0] [sic] [[gallery]]', '<p>a[0] [sic] [[gallery]]</p>'],
    ['nothing', '', ''],
  ]
  test.for(bodies)('%s', ([, content, html]) => {
    expect(htmlOfWordPress(content).value).toBe(html)
  })

  test.for([
    '<!--',
    '[caption]',
    '[gallery ',
    '[caption ',
    '[embed ',

    '<pre>',
    '\n ',
    '[embed]',
    '<br',
    '[caption]<img ',
    '[embed]https://',
  ])('a megabyte of %j is borne', (piece) => {
    expect(() => htmlOfWordPress(piece.repeat(1_000_000 / piece.length))).not.toThrow()
  })
})

describe('an export of 1,000 items', () => {
  const now = Date.UTC(2026, 0, 1)
  const found = foundIn(wordpressExport(1000))
  const articles = found.flatMap((one) => {
    if (one.kind === 'left-out') return []
    const input = parseArticle(one.value)
    if (!input.ok) throw new Error(`${one.name}: ${detailsOf(input.problem).detail}`)
    const article = articleOf(input.value, { site, now })
    if (!article.ok) throw new Error(`${one.name}: ${detailsOf(article.problem).detail}`)
    return [article.value]
  })
  const numbered = Array.from({ length: 1000 }, (_, at) => ({
    ...kindOf(at),
    id: `https://journal.example/?post_type=${kindOf(at).type}&p=${at + 1}`,
  }))
  const posts = numbered.filter(({ type }) => type === 'post')
  const count = <Key extends string>(keys: readonly Key[]) =>
    Object.fromEntries(
      [...new Set(keys)].sort().map((key) => [key, keys.filter((one) => one === key).length]),
    )

  test('is the same every time', () => {
    expect(wordpressExport(1000)).toBe(wordpressExport(1000))
    expect(wordpressExport(1000).match(/<item>/g)).toHaveLength(1000)
  })

  test('holds every status, and each status is imported correctly', () => {
    expect(
      count(
        numbered.map(
          ({ type, status, password }) => `${type} ${status}${password ? ' with a password' : ''}`,
        ),
      ),
    ).toEqual({
      'attachment inherit': 50,
      'page publish': 50,
      'post draft': 100,
      'post future': 50,
      'post pending': 25,
      'post private': 50,
      'post publish': 600,
      'post publish with a password': 25,
      'post trash': 50,
    })
    expect(count(articles.map(({ status }) => status))).toEqual({ draft: 150, published: 650 })
    expect(count(found.flatMap((one) => (one.kind === 'left-out' ? [one.reason] : [])))).toEqual({
      'skipped: a page, not a post': 50,
      'skipped: private': 50,
      'skipped: trash': 50,
    })
  })

  test('no draft, private, deleted or protected one comes in as published', () => {
    const published = new Set(articles.filter(({ status }) => status === 'published').map(({ id }) => id))
    const open = posts.filter(({ status, password }) => /^(?:publish|future)$/.test(status) && !password)
    expect([...published].sort()).toEqual(open.map(({ id }) => id).sort())
    const planned = posts.filter(({ status }) => status === 'future').map(({ id }) => id)
    expect(
      articles.filter(({ id, published }) => planned.includes(id) && Date.parse(published) > now),
    ).toHaveLength(50)
  })

  test('ids are the guids, and no two slugs are the same', () => {
    expect(articles.map(({ id }) => id).filter((id) => !posts.some((post) => post.id === id))).toEqual([])
    expect(repeated(articles.map(({ slug }) => slug))).toEqual([])
  })
})

test('two posts of one guid are two articles: the first has it as its id', () => {
  const posts = ['un', 'deux'].map((name) => item({ title: name, 'wp:post_name': name })).join('')
  const values = foundIn(exportOf(posts)).map((one) => one.kind === 'article' && one.value)
  expect(values).toMatchObject([{ slug: 'un', id: 'https://j.example/?p=1' }, { slug: 'deux' }])
  expect(values[1]).not.toHaveProperty('id')
})
