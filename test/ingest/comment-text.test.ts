import fc from 'fast-check'
import { fromHtml } from 'hast-util-from-html'
import { describe, expect, test } from 'vitest'
import { htmlOfComment } from '../../src/ingest/comment-text.ts'
import { examples } from '../laws.ts'

const base = 'https://kiosque.example/articles/un'

function htmlOf(text: string): string {
  const read = htmlOfComment(text, base)
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  return read.value.html
}

const rel = 'rel="nofollow ugc noopener"'

describe('the text of a comment', () => {
  const cases: [what: string, text: string, html: string][] = [
    ['a paragraph', 'Bonjour.', '<p>Bonjour.</p>'],
    ['paragraphs', 'Un.\n\nDeux.', '<p>Un.</p>\n<p>Deux.</p>'],
    ['lines', 'Un\ndeux', '<p>Un<br>deux</p>'],
    ['emphasis', '*un* **deux** ~~trois~~', '<p><em>un</em> <strong>deux</strong> trois</p>'],
    ['a quote', '> Il a dit.\n\nOui.', '<blockquote>\n<p>Il a dit.</p>\n</blockquote>\n<p>Oui.</p>'],
    ['code', '`a < b`', '<p><code>a &lt; b</code></p>'],
    ['code in lines', '```js\na\nb\n```', '<pre><code>a\nb\n</code></pre>'],
    ['a link', '[ici](https://a.example/b "titre")', `<p><a href="https://a.example/b" ${rel}>ici</a></p>`],
    ['an address', 'https://a.example', `<p><a href="https://a.example/" ${rel}>https://a.example</a></p>`],
    ['a path of the site', '[ici](/feeds)', `<p><a href="https://kiosque.example/feeds" ${rel}>ici</a></p>`],
    ['a mail address is text', 'kim@example.com', '<p>kim@example.com</p>'],
    ['a script is no link', '[ici](javascript:alert(1))', '<p>ici</p>'],
    ['data is no link', '[ici](data:text/html,x)', '<p>ici</p>'],
    ['a heading', '# Titre', '<p>Titre</p>'],
    ['a list', '- un\n- deux', '<p>• un</p>\n<p>• deux</p>'],
    ['a list in a list', '- un\n  - deux', '<p>• un\n</p><p>• deux</p>'],
    ['a list with numbers', '1. un\n2. deux', '<p>1. un</p>\n<p>2. deux</p>'],
    ['a number at the beginning', '1999. Quelle année !', '<p>1999. Quelle année !</p>'],
    ['a list of paragraphs', '7. un\n\n   deux\n\n8. trois', '<p>7. un</p><p>deux</p>\n<p>8. trois</p>'],
    ['a quote in a list', '3. > un', '<p>3. </p><blockquote>\n<p>un</p>\n</blockquote>'],
    ['a list without words', '- \n- ', ''],
    ['a table', '| a | b |\n|---|---|\n| c | d |', '<p>\na \nb \n</p>\n\n<p>\nc \nd \n</p>'],
    ['a picture is its text', 'a ![chat](https://a.example/x.png) b', '<p>a chat b</p>'],
    [
      'a picture whose text has marks',
      '![un *chat* <b> & co](x.png "titre")',
      '<p>un <em>chat</em> &lt;b> &amp; co</p>',
    ],
    ['a picture with a script as address', '![chat](javascript:alert(1))', '<p>chat</p>'],
    ['a picture that stands elsewhere', '![chat][un]\n\n[un]: https://a.example/x.png', '<p>chat</p>'],
    [
      'a picture in a link',
      '[![chat](https://a.example/x.png)](https://a.example/b)',
      `<p><a href="https://a.example/b" ${rel}>chat</a></p>`,
    ],
    [
      'a link in a picture',
      '![[chat](https://a.example/b)](https://a.example/x.png)',
      `<p><a href="https://a.example/b" ${rel}>chat</a></p>`,
    ],
    ['a line across', 'a\n\n---\n\nb', '<p>a</p>\n\n<p>b</p>'],
    ['a tag is text', '<b>gras</b>', '<p>&lt;b>gras&lt;/b></p>'],
    ['a block of HTML is text', '<div onclick="x()">a</div>', '<p>&lt;div onclick="x()">a&lt;/div></p>'],
    ['a script is text', '<script>alert(1)</script>', '<p>&lt;script>alert(1)&lt;/script></p>'],
    ['a picture in HTML is text', '<img src=x onerror=alert(1)>', '<p>&lt;img src=x onerror=alert(1)></p>'],
    ['a comment in HTML is text', '<!-- a -->', '<p>&lt;!-- a --></p>'],
    [
      'an address in angle brackets',
      '<https://a.example/>',
      `<p><a href="https://a.example/" ${rel}>https://a.example/</a></p>`,
    ],
    ['a character that XML forbids', 'a\u0000\u0008b', '<p>ab</p>'],
    ['nothing', ' \n\n ', ''],
    ['a picture alone', '![](https://a.example/x.png)', ''],
    ['a link without words', '[](https://a.example/)', ''],
  ]
  test.for(cases)('%s', ([, text, html]) => {
    expect(htmlOf(text)).toBe(html)
  })

  test('links are counted', () => {
    const counts = ['a', 'https://a.example', '[a](https://a.example) https://b.example <https://c.example>']
    expect(counts.map((text) => htmlOfComment(text, base))).toMatchObject(
      [0, 1, 3].map((links) => ({ ok: true, value: { links } })),
    )
  })

  test('a text that nests too deeply is refused', () => {
    expect(htmlOfComment(`${'> '.repeat(400)}a`, base)).toMatchObject({
      ok: false,
      problem: { kind: 'invalid-request', issues: [{ field: 'text' }] },
    })
  })

  const pieces = fc.constantFrom(
    ...[
      '<',
      '>',
      '&',
      '"',
      "'",
      '`',
      '```\n',
      '*',
      '**',
      '_',
      '~~',
      '[',
      ']',
      '(',
      ')',
      '!',
      '\n',
      '\n\n',
      '> ',
      '- ',
      '# ',
      '|',
    ],
    ...[
      '<script>',
      '</p>',
      '<img src=x onerror=y>',
      'javascript:',
      'data:',
      'https://a.example/',
      '<svg/onload=x>',
      '&lt;b&gt;',
    ],
    ...[
      '&#60;script&#62;',
      '<a href="javascript:x">',
      ' style=x',
      '\t',
      '    ',
      'a',
      '\u0000',
      '\u202E',
      '<!--',
      '-->',
      '<![CDATA[',
    ],
  )
  test('law: the HTML has only the elements of comments, and no attributes but those of links', () => {
    const allowed = ['a', 'blockquote', 'br', 'code', 'em', 'p', 'pre', 'strong']
    const faultsOf = (node: { children: unknown[] }): string[] =>
      (node.children as ReturnType<typeof fromHtml>['children']).flatMap((child) => {
        if (child.type === 'text') return []
        if (child.type !== 'element') return [child.type]
        const { href, rel, ...others } = child.properties
        return [
          ...(allowed.includes(child.tagName) ? [] : [child.tagName]),
          ...Object.keys(others),
          ...(href === undefined || /^https?:/.test(String(href)) ? [] : [String(href)]),
          ...((href === undefined) === (rel === undefined) ? [] : ['rel']),
          ...faultsOf(child),
        ]
      })
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const read = htmlOfComment(parts.join(''), base)
        return !read.ok || faultsOf(fromHtml(read.value.html, { fragment: true })).length === 0
      }),
      { numRuns: examples(300) },
    )
  })
})
