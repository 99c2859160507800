import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { readFeed } from '../../src/cli/sources/feed.ts'
import { detailsOf } from '../../src/http/problem.ts'
import type { Beside } from '../../src/ingest/capture.ts'
import { parseDated } from '../../src/ingest/date-fields.ts'
import { parseArticle } from '../../src/ingest/json.ts'

const rss = (items: string, channel = '') =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Journal</title><link>https://j.example/</link><description>d</description>${channel}${items}</channel></rss>`
const item = (inside: string) => rss(`<item><title>T</title><guid>urn:x:1</guid>${inside}</item>`)
const atom = (entries: string, feed = '') =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr-CA"><title>Journal</title><id>urn:x:f</id><updated>2024-06-19T12:00:00Z</updated>${feed}${entries}</feed>`
const entry = (inside: string, feed = '') =>
  atom(`<entry><id>urn:x:1</id><updated>2024-06-19T12:00:00Z</updated>${inside}</entry>`, feed)
const json = (item: object, feed: object = {}) =>
  JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'J', ...feed, items: [item] })
const rdf = (items: string) =>
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://j.example/"><title>J</title></channel>${items}</rdf:RDF>`

/** The articles that the importer makes of a feed, in the order in which they are saved. */
function articlesIn(text: string, beside: Beside = {}): Record<string, unknown>[] {
  const result = readFeed(text, beside)
  if (!result.ok) throw new Error(detailsOf(result.problem).detail)
  return result.value.map((found) =>
    found.kind === 'article' ? (found.value as Record<string, unknown>) : {},
  )
}

describe('readFeed', () => {
  const read: [title: string, text: string, expected: object][] = [
    [
      'RSS: body over description, which is the summary',
      item(
        '<description>&lt;p&gt;Résumé &amp;amp; suite&lt;/p&gt;</description><content:encoded><![CDATA[<p>Corps</p>]]></content:encoded>',
      ),
      { html: '<p>Corps</p>', summary: 'Résumé & suite' },
    ],
    [
      'RSS: a description alone is the body',
      item('<description>&lt;p&gt;Corps&lt;/p&gt;</description>'),
      { html: '<p>Corps</p>' },
    ],
    [
      'RSS: RFC 822',
      item('<pubDate>Wed, 19 Jun 2024 08:00:00 EDT</pubDate>'),
      { published: '2024-06-19T12:00:00Z' },
    ],
    [
      'RSS: no weekday, two digits',
      item('<pubDate>9 Jun 24 08:00 +0200</pubDate>'),
      { published: '2024-06-09T06:00:00Z' },
    ],
    [
      'RSS: a date without a zone is UTC',
      item('<dc:date>2024-06-19T08:00:00</dc:date>'),
      { published: '2024-06-19T08:00:00Z' },
    ],
    [
      'RSS: a creator',
      item('<author>a@b.example (X)</author><dc:creator>Jean Roy</dc:creator>'),
      { authors: [{ name: 'Jean Roy' }] },
    ],
    [
      'RSS: a creator as RSS writes an author',
      item('<dc:creator>jean@j.example (Jean Roy)</dc:creator>'),
      { authors: [{ name: 'Jean Roy', email: 'jean@j.example' }] },
    ],
    [
      'RSS: twelve hours',
      item('<pubDate>Sun, 9 Jun 2024 08:00 PM EST</pubDate>'),
      { published: '2024-06-10T01:00:00Z' },
    ],
    [
      'RSS: e-mail and name',
      item('<author>jean@j.example (Jean Roy)</author>'),
      { authors: [{ name: 'Jean Roy', email: 'jean@j.example' }] },
    ],
    [
      'RSS: a category as WordPress writes it',
      item('<category><![CDATA[Sciences &amp; santé]]></category>'),
      { tags: ['Sciences & santé'] },
    ],
    [
      'RSS: categories',
      item(
        '<category>Été</category><category>été</category><category>&#x200b;</category><category>★★★</category><category>C++</category><category>C</category>',
      ),
      { tags: ['Été', '★★★', 'C++', 'C'] },
    ],
    [
      'RSS: a correction is no tag',
      item(
        '<category>C</category><category domain="http://cv.iptc.org/newscodes/signal/">correction</category>',
      ),
      { tags: ['C'] },
    ],
    [
      'RSS: a link with &',
      item('<link>https://j.example/?a=1&amp;b=2</link>'),
      { url: 'https://j.example/?a=1&b=2' },
    ],
    [
      'RSS: a permalink is the link',
      rss('<item><title>T</title><guid>https://j.example/1</guid></item>'),
      { url: 'https://j.example/1' },
    ],
    [
      'RSS: the channel’s language',
      rss('<item><title>T</title><guid>a:b</guid></item>', '<language>fr-ca</language>'),
      { language: 'fr-CA' },
    ],
    [
      'RSS: a picture and another file',
      item(
        '<enclosure url="https://j.example/a.jpg" type="image/jpeg" length="12"/><enclosure url="https://j.example/a.mp3" type="audio/mpeg" length="0"/><enclosure url="/x" type="audio/mpeg" length="1"/>',
      ),
      {
        image: { url: 'https://j.example/a.jpg', type: 'image/jpeg', bytes: 12 },
        attachments: [{ url: 'https://j.example/a.mp3', type: 'audio/mpeg' }],
      },
    ],
    [
      'RSS: Media RSS',
      item('<media:content url="https://j.example/m.jpg" medium="image" width="640" height="480"/>'),
      { image: { url: 'https://j.example/m.jpg', width: 640, height: 480 } },
    ],
    [
      'RSS: a source',
      item('<source url="https://s.example/">Presse &amp; Cie</source>'),
      { source: { name: 'Presse & Cie', url: 'https://s.example/' } },
    ],
    [
      'RSS: a title with references',
      rss('<item><title><![CDATA[L&#8217;été &amp; <em>tout</em>]]></title><guid>a:b</guid></item>'),
      { title: 'L’été & tout' },
    ],
    [
      'RSS: a title with signs',
      rss('<item><title>a &lt; b &amp; c</title><guid>a:b</guid></item>'),
      { title: 'a < b & c' },
    ],
    [
      'RSS: no title',
      rss('<item><guid>a:b</guid><description>Quelques mots.</description></item>'),
      { title: 'Quelques mots.' },
    ],
    [
      'RSS: a split CDATA section',
      item('<description><![CDATA[a ]]]]><![CDATA[> b]]></description>'),
      { html: 'a ]]> b' },
    ],
    [
      'Atom: a title as HTML',
      entry('<title type="html">L&amp;#8217;été &amp;lt; &lt;b&gt;tout&lt;/b&gt;</title>'),
      { title: 'L’été < tout' },
    ],
    ['Atom: a title as text', entry('<title>&amp;amp; &lt;b&gt;</title>'), { title: '&amp; <b>' }],
    [
      'Atom: a title as XHTML',
      entry('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A &amp; <b>B</b></div></title>'),
      { title: 'A & B' },
    ],
    [
      'Atom: content over summary',
      entry(
        '<title>T</title><summary>R &amp;lt; S</summary><content type="html">&lt;p&gt;C&lt;/p&gt;</content>',
      ),
      { html: '<p>C</p>', summary: 'R &lt; S' },
    ],
    ['Atom: content as text', entry('<title>T</title><content>a &lt; b</content>'), { text: 'a < b' }],
    [
      'Atom: a summary alone',
      entry('<title>T</title><summary type="html">&lt;p&gt;S&lt;/p&gt;</summary>'),
      { html: '<p>S</p>' },
    ],
    [
      'Atom: content in XHTML',
      entry(
        '<title>T</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a &amp; b</p></div></content>',
      ),
      { html: '<p>a &amp; b</p>' },
    ],
    ['Atom: only updated', entry('<title>T</title>'), { published: '2024-06-19T12:00:00Z' }],
    [
      'Atom: updated before published is not kept',
      entry('<title>T</title><published>2024-06-20T12:00:00+02:00</published>'),
      { published: '2024-06-20T10:00:00Z' },
    ],
    [
      'Atom: the feed’s author',
      entry('<title>T</title>', '<author><name>J</name><uri>https://j.example/j</uri></author>'),
      { authors: [{ name: 'J', url: 'https://j.example/j' }] },
    ],
    [
      'Atom: a label',
      entry('<title>T</title><category term="ete" label="Été"/><category term="x"/>'),
      { tags: ['Été', 'x'] },
    ],
    [
      'Atom: a correction is no tag',
      entry(
        '<title>T</title><category term="x"/><category term="correction" scheme="http://cv.iptc.org/newscodes/signal/" label="Correction"/>',
      ),
      { tags: ['x'] },
    ],
    ['Atom: its language', entry('<title>T</title>'), { language: 'fr-CA' }],
    [
      'Atom: a relative link',
      entry('<title>T</title><link href="/1?a&amp;b"/>', '<link href="https://j.example/"/>'),
      { url: 'https://j.example/1?a&b' },
    ],
    [
      'Atom: an enclosure',
      entry(
        '<title>T</title><link rel="enclosure" type="audio/mpeg" length="9" href="https://j.example/a.mp3"/>',
      ),
      { attachments: [{ url: 'https://j.example/a.mp3', type: 'audio/mpeg', bytes: 9 }] },
    ],
    [
      'Atom: with a prefix',
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>J</a:title><a:entry><a:id>a:b</a:id><a:title>T</a:title></a:entry></a:feed>',
      { id: 'a:b', title: 'T' },
    ],
    [
      'JSON Feed',
      json(
        {
          id: 'a:b',
          url: 'https://j.example/1',
          title: 'a < b',
          content_html: '<p>C</p>',
          summary: 'S',
          date_published: '2024-06-19T08:00:00-04:00',
          date_modified: '2024-06-19T09:00:00-04:00',
          tags: ['x'],
          image: 'https://j.example/a.jpg',
          attachments: [
            { url: 'https://j.example/a.mp3', mime_type: 'audio/mpeg', duration_in_seconds: 12.4 },
          ],
        },
        { language: 'fr', authors: [{ name: 'J' }] },
      ),
      {
        id: 'a:b',
        url: 'https://j.example/1',
        title: 'a < b',
        html: '<p>C</p>',
        summary: 'S',
        language: 'fr',
        published: '2024-06-19T12:00:00Z',
        updated: '2024-06-19T13:00:00Z',
        tags: ['x'],
        authors: [{ name: 'J' }],
        image: { url: 'https://j.example/a.jpg' },
        attachments: [{ url: 'https://j.example/a.mp3', type: 'audio/mpeg', seconds: 12 }],
      },
    ],
    [
      'JSON Feed: a correction is no tag',
      json({
        id: 'a:b',
        title: 'T',
        content_text: 'C',
        tags: ['x', 'correction'],
        _kiosque: { correction: { date: 'd' } },
      }),
      { tags: ['x'] },
    ],
    [
      'JSON Feed: a tag without a correction stays',
      json({ id: 'a:b', title: 'T', content_text: 'C', tags: ['correction'], _kiosque: null }),
      { tags: ['correction'] },
    ],
    ['JSON Feed: text', json({ id: 'a:b', title: 'T', content_text: 'a < b' }), { text: 'a < b' }],
    [
      'RDF',
      rdf(
        '<item rdf:about="https://j.example/?a=1&amp;amp;b"><title>T</title><link>https://j.example/1</link><dc:date>2024-06-19</dc:date><dc:creator>J</dc:creator></item>',
      ),
      {
        id: 'https://j.example/?a=1&amp;b',
        url: 'https://j.example/1',
        published: '2024-06-19T12:00:00Z',
        dayOnly: ['published'],
        authors: [{ name: 'J' }],
      },
    ],
  ]
  test.for(read)('%s', ([, text, expected]) => {
    const [article] = articlesIn(text)
    expect(parseDated(article, 'America/Toronto')).toMatchObject({ ok: true, value: { value: expected } })
  })

  test('RDF: an item that the channel lists is read although its URI contains `&`', () => {
    const uris = ['https://j.example/?p=1&amp;x=1', 'https://j.example/2']
    const list = uris.map((uri) => `<rdf:li rdf:resource="${uri}"/>`).join('')
    const items = uris.map((uri) => `<item rdf:about="${uri}"><title>T</title></item>`).join('')
    const text = rdf(items).replace('</channel>', `<items><rdf:Seq>${list}</rdf:Seq></items></channel>`)
    expect(articlesIn(text).map(({ id }) => id)).toEqual([
      'https://j.example/2',
      'https://j.example/?p=1&x=1',
    ])
  })

  const ids: [written: string, id: string][] = [
    ['https://j.example/?a=1&amp;b=2', 'https://j.example/?a=1&b=2'],
    ['https://j.example/?a=1&amp;amp;b=2', 'https://j.example/?a=1&amp;b=2'],
    ['<![CDATA[https://j.example/?a=1&amp;b=2]]>', 'https://j.example/?a=1&amp;b=2'],
    ['https://j.example/?a&amp;copy=2&amp;#38;', 'https://j.example/?a&copy=2&#38;'],
    ['http://J.example:80/a/../b#c', 'http://J.example:80/a/../b#c'],
    ['tag:j.example,2024:Été-日本', 'tag:j.example,2024:Été-日本'],
    ['URN:UUID:1225C695-CFB8-4EBB-AAAA-80DA344EFA6A', 'URN:UUID:1225C695-CFB8-4EBB-AAAA-80DA344EFA6A'],
    ['\n  https://j.example/1\n', 'https://j.example/1'],
    ['0042', 'urn:kiosque:guid:0042'],
    ['post 7', 'urn:kiosque:guid:post%207'],
    ['été', 'urn:kiosque:guid:%C3%A9t%C3%A9'],
    ['https://j.example/100%', 'urn:kiosque:guid:https%3A%2F%2Fj.example%2F100%25'],
    ['https://j.example/a b', 'urn:kiosque:guid:https%3A%2F%2Fj.example%2Fa%20b'],
  ]
  test.for(ids)('the id %s is %s, in RSS and Atom', ([written, id]) => {
    const [fromRss] = articlesIn(
      rss(`<item><guid isPermaLink="false">${written}</guid><title>T</title></item>`),
    )
    const [fromAtom] = articlesIn(atom(`<entry><id>${written}</id><title>T</title></entry>`))
    expect([fromRss?.id, fromAtom?.id]).toEqual([id, id])
    expect(parseArticle(fromRss)).toMatchObject({ ok: true, value: { id } })
  })

  test('any id is read as a strict XML parser reads it', () => {
    const piece = fc.constantFrom(
      '&amp;',
      '&#38;',
      '&lt;',
      '&quot;',
      ';',
      'copy',
      'é',
      '%20',
      '#',
      'amp;',
      '<![CDATA[&amp;]]>',
      '日',
      '😀',
      "'",
    )
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
        const document = rss(`<item><guid>x:${pieces.join('')}</guid><title>T</title></item>`)
        let expected = ''
        let isInside = false
        const parser = new SaxesParser()
        parser.on('opentag', ({ name }) => {
          isInside = name === 'guid'
        })
        parser.on('closetag', () => {
          isInside = false
        })
        for (const event of ['text', 'cdata'] as const)
          parser.on(event, (text) => {
            if (isInside) expected += text
          })
        parser.write(document).close()
        const [article] = articlesIn(document)
        const isUri = !/[<>"{}|\\^`]/.test(expected)
        expect(article?.id).toBe(isUri ? expected : `urn:kiosque:guid:${encodeURIComponent(expected)}`)
      }),
    )
  })

  test.each([
    ['a link', '<link>https://j.example/?a&amp;b</link>', 'https://j.example/?a&b'],
    ['nothing', '', undefined],
  ])('without an id, %s is the id', (_, inside, id) => {
    expect(articlesIn(rss(`<item><title>T</title>${inside}</item>`))[0]?.id).toBe(id)
  })

  test.each([
    [42, 'urn:kiosque:guid:42'],
    ['42', 'urn:kiosque:guid:42'],
    ['https://j.example/?a&amp;b', 'https://j.example/?a&amp;b'],
  ])('the id %j of JSON Feed is %s', (id, expected) => {
    expect(articlesIn(json({ id, title: 'T' }))[0]?.id).toBe(expected)
  })

  test('the feed’s last item comes first, so that its first is saved last', () => {
    const items = ['a', 'b', 'c'].map((name) => `<item><title>${name}</title></item>`).join('')
    expect(articlesIn(rss(items)).map(({ title }) => title)).toEqual(['c', 'b', 'a'])
  })

  test('given fields win over the feed’s fields', () => {
    const beside = { section: 'Monde', language: 'en' }
    expect(articlesIn(item('<link>https://j.example/1</link>'), beside)).toMatchObject([
      { section: 'Monde', language: 'en', id: 'urn:x:1', url: 'https://j.example/1' },
    ])
  })

  test('an optional field that is wrong is left out', () => {
    const [article] = articlesIn(
      item(
        `<link>javascript:alert(1)</link><dc:creator>&#x200b;</dc:creator><source url="x">S</source><enclosure url="https://j.example/a" length="-1"/>${'<category>mot </category>'.repeat(60)}`,
      ),
    )
    expect(parseArticle(article)).toEqual({
      ok: true,
      value: { id: 'urn:x:1', title: 'T', tags: ['mot'], source: { name: 'S' } },
    })
  })

  test('entities of the document itself are not expanded', () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`
    const [article] = articlesIn(
      `${bomb}${item('<description>&b;</description>').replace(/<\?xml.*?\?>/, '')}`,
    )
    expect(article?.html).toBe('&b;')
  })

  test('prototypes stay as they are', () => {
    const text = json({ id: 'a:b', title: 'T' }).replace('"id"', '"__proto__":{"status":"draft"},"id"')
    const [article] = articlesIn(text)
    expect(article).toEqual({ id: 'a:b', title: 'T' })
    expect(({} as { status?: string }).status).toBeUndefined()
  })

  const refused: [title: string, text: string, says: string][] = [
    ['nothing', '', 'Cannot read the feed: Start tag expected'],
    ['text', 'Bonjour', 'Cannot read the feed: '],
    ['another document', '<opml version="2.0"><body/></opml>', 'it is no RSS, Atom or JSON Feed'],
    ['JSON that is no feed', '{"title":"T"}', 'it is no RSS, Atom or JSON Feed'],
    ['broken JSON', '{"version":"https://jsonfeed.org/version/1.1"', 'Cannot read the feed: Expected'],
    ['a feed that breaks off', rss('<item><title>T'), 'Cannot read the feed: '],
    ['an item that is not closed', rss('<item><title>T</title>'), "Expected closing tag 'item'"],
    ['a bare &', item('<link>https://j.example/?a&b</link>'), "char '&' is not expected. (line 1"],
    [
      'an external entity',
      `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>${item('&x;').replace(/<\?xml.*?\?>/, '')}`,
      'External entities are not supported',
    ],
    [
      '100,000 elements, one in the other',
      rss(`<item>${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}</item>`),
      'Maximum nested tags',
    ],
  ]
  test.for(refused)('%s is refused, with the reason', ([, text, says]) => {
    const result = readFeed(text)
    expect(result.ok ? 'no refusal' : detailsOf(result.problem).detail).toContain(says)
  })

  test('5 MB of articles are read', () => {
    const body = '<p>Un mot &amp; un autre.</p>'.repeat(170)
    const items = Array.from(
      { length: 1000 },
      (_, at) =>
        `<item><guid>x:${at}</guid><title>T</title><description><![CDATA[${body}]]></description></item>`,
    )
    expect(articlesIn(rss(items.join('')))).toHaveLength(1000)
  })
})

test('of two articles with one id, the later one gets its address as its id, unless both have one address', () => {
  const of = (title: string, link: string) =>
    `<item><title>${title}</title><guid isPermaLink="false">dup</guid><link>https://j.example/${link}</link><description>A</description></item>`
  const read = readFeed(rss(of('Trois', 'b') + of('Deux', 'a') + of('Un', 'a')))
  const found = read.ok ? read.value : []
  expect(
    found.map((one) => one.kind === 'article' && [one.name, (one.value as { id: string }).id, one.warnings]),
  ).toEqual([
    ['Un', 'urn:kiosque:guid:dup', []],
    ['Deux', 'urn:kiosque:guid:dup', []],
    ['Trois', 'https://j.example/b', [expect.stringMatching(/^id: it is the address/)]],
  ])
})
