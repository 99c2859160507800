import { describe, expect, test } from 'vitest'
import { markdownOfComment } from '../../src/cli/sources/comment-markdown.ts'
import { htmlOfComment } from '../../src/ingest/comment-text.ts'

const written = (html: string, keepsLines = true): string | undefined =>
  markdownOfComment(html, { keepsLines, base: 'https://old.example/2020/un/' })

/** The HTML that Kiosque shows for a comment of another system. */
function shown(html: string, keepsLines = true): string {
  const text = written(html, keepsLines)
  if (text === undefined) throw new Error('the words cannot be kept')
  const read = htmlOfComment(text, 'https://kiosque.example/')
  if (!read.ok) throw new Error('no comment can have this text')
  return read.value.html.replaceAll(' rel="nofollow ugc noopener"', '')
}

describe('a comment of another system', () => {
  test.for<[what: string, html: string, shown: string]>([
    ['paragraphs and lines of WordPress', 'Un\ndeux\n\ntrois', '<p>Un<br>deux</p>\n<p>trois</p>'],
    ['references', 'R&amp;D &lt;b&gt; &amp;amp; &eacute;', '<p>R&amp;D &lt;b> &amp;amp; é</p>'],
    ['emphasis', 'a <b>b</b> <em>c</em>', '<p>a <strong>b</strong> <em>c</em></p>'],
    ['emphasis with spaces at its ends', 'a<b> b </b>c', '<p>a <strong>b</strong> c</p>'],
    ['emphasis that Markdown cannot express', 'a<b>(b)</b>c', '<p>a(b)c</p>'],
    ['emphasis over two lines', '<i>a\nb</i>', '<p><em>a</em><br><em>b</em></p>'],
    ['code with backticks', '<code>a `b`</code>', '<p><code>a `b`</code></p>'],
    ['preformatted text', '<pre>a\n  <b>b</b> *c*\n</pre>', '<pre><code>a\n  b *c*\n</code></pre>'],
    [
      'a quote',
      '<blockquote>a\n\nb</blockquote>c',
      '<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n<p>c</p>',
    ],
    [
      'a link',
      '<a href="https://x.example/a_b?c=1&amp;d=2">le *site*</a>',
      '<p><a href="https://x.example/a_b?c=1&amp;d=2">le *site*</a></p>',
    ],
    [
      'an address that looks as if it had a reference',
      '<a href="https://x.example/?a&amp;copy;b">a</a> https://x.example/?c&amp;lt;d',
      '<p><a href="https://x.example/?a&amp;copy;b">a</a> <a href="https://x.example/?c&amp;lt;d">https://x.example/?c&amp;lt;d</a></p>',
    ],
    ['a relative link', '<a href="../deux/">a</a>', '<p><a href="https://old.example/2020/deux/">a</a></p>'],
    [
      'a redirect of Disqus',
      '<a href="http://disq.us/url?url=https%3A%2F%2Fx.example%2Fa%3AabcdefghijklmnopqrstuvwxyZ0&amp;cuid=1">a</a>',
      '<p><a href="https://x.example/a">a</a></p>',
    ],
    [
      'an address that Disqus has shortened',
      '<a href="https://x.example/a/long" title="x">https://x.example/a/l...</a>',
      '<p><a href="https://x.example/a/long">https://x.example/a/long</a></p>',
    ],
    [
      'an address in the text',
      'Voir https://x.example/a_b_c. (www.y.example)',
      '<p>Voir <a href="https://x.example/a_b_c">https://x.example/a_b_c</a>. (<a href="http://www.y.example/">www.y.example</a>)</p>',
    ],
    ['a list', '<ol><li>a</li><li>b</li></ol><ul><li>c</li></ul>', '<p>1. a</p>\n<p>2. b</p>\n<p>• c</p>'],
    [
      'a picture',
      '<img src="https://x.example/a.jpg" alt="Le pont">',
      '<p><a href="https://x.example/a.jpg">Le pont</a></p>',
    ],
    ['a smiley', 'a <img class="wp-smiley" src="https://x.example/s.gif" alt=":)">', '<p>a :)</p>'],
    [
      'a frame',
      '<iframe src="https://x.example/v"></iframe>',
      '<p><a href="https://x.example/v">https://x.example/v</a></p>',
    ],
  ])('%s', ([, html, expected]) => {
    expect(shown(html)).toBe(expected)
  })

  test('of Disqus has no lines but those of its elements', () => {
    expect(shown('<p>Un\ndeux<br>trois</p>\n\n<p>quatre</p>', false)).toBe(
      '<p>Un deux<br>trois</p>\n<p>quatre</p>',
    )
  })

  test.for([
    '*a* _b_ __c__ ~d~ `e`',
    '# a',
    '- a',
    '+ a',
    '1. a',
    '12) a',
    '> a',
    '[a](https://x.example)',
    '![a](b)',
    '[a]: b',
    '&amp;copy; a',
    'a\n===',
    'a\n---',
    '| a | b |\n|---|---|\n| c | d |',
    '    a',
    '\t a',
    '```\na\n```',
    '~~~',
    'a\\',
    'a\\*b\\',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '&lt;https://a b&gt;',
    'a  \nb',
    '* * *',
    '***',
    'snake_case _a',
    'a@b.example',
    '2 * 3 * 4',
    '&lt;3',
  ])('%j stays plain text', (text) => {
    const html = shown(text)
    expect(html).toMatch(/^<p>/)
    expect(html).not.toMatch(/<(?!\/?(?:p|br|a)\b)/)
    const plain = (one: string) =>
      one
        .replace(/<[^>]*>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&')
        .replace(/\s+/g, '')
    expect(plain(html)).toBe(plain(text.replace(/\n/g, '')))
  })

  test.for<[html: string, shown: string]>([
    ['<script>alert(1)</script>a', '<p>a</p>'],
    ['<a href="javascript:alert(1)">a</a>', '<p>a</p>'],
    ['<a href="java\nscript:alert(1)">a</a>', '<p>a</p>'],
    ['<a href="data:text/html,x" onclick="x">a</a>', '<p>a</p>'],
    [
      '<img src="x" onerror="alert(1)">a',
      '<p><a href="https://old.example/2020/un/x">https://old.example/2020/un/x</a>a</p>',
    ],
    [
      '<a href="https://x.example/&quot;onmouseover=alert(1)//">a</a>',
      '<p><a href="https://x.example/%22onmouseover=alert(1)//">a</a></p>',
    ],
    [
      '<a href="https://x.example/)[b](javascript:alert(1)">a</a>',
      '<p><a href="https://x.example/)%5Bb%5D(javascript:alert(1)">a</a></p>',
    ],
    [
      '<a href="https://x.example">](javascript:alert(1))</a>',
      '<p><a href="https://x.example/">](javascript:alert(1))</a></p>',
    ],
    ['<svg><script>x</script></svg><style>a{}</style>a', '<p>a</p>'],
    ['<p title="\u0000">a\u0000b\u0007c</p>', '<p>abc</p>'],
    ['<!-- a --><b>b', '<p><strong>b</strong></p>'],
    ['<x-y>a</x-y><form><input value="v">b</form>', '<p>a</p>\n<p>b</p>'],
  ])('%j does no harm', ([html, expected]) => {
    expect(shown(html)).toBe(expected)
  })

  test('whose elements are nested too deeply cannot be kept', () => {
    expect(written('<b>'.repeat(5000))).toBeUndefined()
  })

  test('of which nothing is seen is empty', () => {
    expect(['', '<p> </p>', '<script>a</script>', '<br>'].map((html) => written(html))).toEqual([
      '',
      '',
      '',
      '',
    ])
  })

  test('is converted in linear time', () => {
    const start = performance.now()
    for (const piece of [
      '*',
      '_a',
      '[',
      '<b>',
      '`',
      '> ',
      'http://a',
      '\u00a0',
      '!',
      '&',
      '(',
      '<blockquote>',
      'a)',
      '\n',
    ])
      written(piece.repeat(20_000))
    expect(performance.now() - start).toBeLessThan(20_000)
  })
})
