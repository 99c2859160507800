import { expect, test } from 'vitest'
import { cleanHtml } from '../../src/ingest/html.ts'

const base = 'https://news.example/2024/summit'
const player =
  'sandbox="allow-scripts allow-same-origin allow-popups allow-presentation" loading="lazy" referrerpolicy="strict-origin-when-cross-origin"'

const cleaned: readonly [title: string, input: string, expected: string][] = [
  ['text stays, escaped', 'Tea & "milk" <3', 'Tea &amp; "milk" &lt;3'],
  ['an h1 becomes an h2', '<h1>a</h1><h2>b</h2><h6>c</h6>', '<h2>a</h2><h2>b</h2><h6>c</h6>'],
  [
    'inline markup stays',
    '<p><em>a</em><sub>b</sub><kbd>c</kbd></p>',
    '<p><em>a</em><sub>b</sub><kbd>c</kbd></p>',
  ],
  [
    'a question about a marked passage stays, in one line, with its id',
    '<p><mark data-question=" Qu&rsquo;en\n pensez-vous&nbsp;? " data-question-id=" pont ">a <em>b</em></mark></p>',
    '<p><mark data-question="Qu’en pensez-vous\u00a0?" data-question-id="pont">a <em>b</em></mark></p>',
  ],
  [
    'signs of HTML in a question stay text',
    `<mark data-question="a > b &quot; &lt;/mark&gt; onclick='x'">c</mark>`,
    '<mark data-question="a > b &quot; </mark> onclick=&#x27;x&#x27;">c</mark>',
  ],
  [
    'a question that cannot be seen goes',
    '<mark data-question=" &#8203;&shy;" data-question-id=a>b</mark>',
    '<mark>b</mark>',
  ],
  ['a question that is too long goes', `<mark data-question="${'a'.repeat(301)}">b</mark>`, '<mark>b</mark>'],
  ['an id of no question goes', '<mark data-question-id=a id=b>c</mark>', '<mark>c</mark>'],
  [
    'an id with other signs goes',
    '<mark data-question=a data-question-id="b c">d</mark>',
    '<mark data-question="a">d</mark>',
  ],
  [
    'a question of another element goes',
    '<p data-question=a><b data-question=b>c</b></p>',
    '<p><b>c</b></p>',
  ],
  ['old struck text stays struck', '<strike>a</strike>', '<s>a</s>'],
  ['unknown elements leave their content', '<p><span>a</span><x-y>b</x-y></p>', '<p>ab</p>'],
  ['a box of text becomes a paragraph', '<div>a</div><div>b <b>c</b></div>', '<p>a</p><p>b <b>c</b></p>'],
  ['a box of paragraphs is left out', '<article><div><p>a</p></div></article>', '<p>a</p>'],
  ['a box in a heading is left out', '<h2><div>a</div></h2>', '<h2>a</h2>'],
  ['empty paragraphs go', '<p>a</p><p> </p><p></p>', '<p>a</p>'],
  ['open elements are closed', '<ul><li>a<li><b>b', '<ul><li>a</li><li><b>b</b></li></ul>'],
  ['formatting left open ends with its paragraph', '<p><b>a</p><p>b</p>', '<p><b>a</b></p><p>b</p>'],
  ['list items outside a list are left out', '<li>a</li>', 'a'],
  ['cells outside a table are left out', '<td>a</td>', 'a'],
  [
    'tables keep spans and scope',
    '<table border=1><tr><th scope=row colspan=2>a<td rowspan=x>b</table>',
    '<table><tbody><tr><th scope="row" colspan="2">a</th><td>b</td></tr></tbody></table>',
  ],
  ['attributes of style and script go', '<p id=a class=b style=c onclick=d data-e=f>g</p>', '<p>g</p>'],
  ['language and direction stay', '<p lang=ar dir=rtl>a</p>', '<p lang="ar" dir="rtl">a</p>'],
  ['the first line breaks of pre go', '<pre>\n\n a\n b</pre>', '<pre> a\n b</pre>'],
  ['comments go', 'a<!-- b -->c', 'ac'],
  [
    'scripts, styles, templates, noscript go whole',
    '<script>a</script><style>b</style><template>c</template><noscript>d</noscript>',
    '',
  ],
  ['drawings and formulas go whole', '<svg><text>a</text></svg><math><mi>b</mi></math>', ''],
  [
    'control characters go, however they are written',
    '<p>a\u0000b&#0;c&#x00;d&#0e&#1;f\u0085g\u007fh&#x7f;i&#065;j</p><p title="a\u0000\u0085&#0;b">k</p>',
    '<p>abcdefghiAj</p><p title="ab">k</p>',
  ],
  [
    'forms and controls go whole',
    '<form>a</form><button>b</button><select><option>c</select><textarea>d</textarea>',
    '',
  ],
  ['navigation goes whole', '<nav><a href=/>a</a></nav>', ''],
  ['an aside that shares goes', '<aside class="post-share">a</aside><aside id=newsletter>b</aside>', ''],
  ['an aside that tells stays', '<aside class=sharecroppers>a</aside>', '<p>a</p>'],
  ['characters that XML forbids go', 'a\u0001b\ud800c\uffffd&#11;e', 'abcde'],
  ['characters outside the basic plane stay', '\u{1f600}\u00a0é', '\u{1f600}\u00a0é'],
  ['a carriage return is a line break', 'a\r\nb&#13;c', 'a\nb\nc'],
]

const addresses: readonly [title: string, input: string, expected: string][] = [
  ['links become absolute', '<a href="../b?c=1&d">a</a>', '<a href="https://news.example/b?c=1&amp;d">a</a>'],
  ['links without a scheme', '<a href=//other.example>a</a>', '<a href="https://other.example/">a</a>'],
  [
    'mail and telephone',
    '<a href=mailto:a@b.example>a</a><a href=tel:+33>b</a>',
    '<a href="mailto:a@b.example">a</a><a href="tel:+33">b</a>',
  ],
  [
    'links lose target and rel',
    '<a href=/b target=_blank rel=opener>a</a>',
    '<a href="https://news.example/b">a</a>',
  ],
  ['links into the body are unwrapped', '<a href=#b>a</a><a name=b>c</a><a href="">d</a>', 'acd'],
  [
    'links of another scheme are unwrapped',
    '<a href="jav&#9;ascript:x">a</a><a href=ftp://a.example>b</a>',
    'ab',
  ],
  [
    'a link in a link is unwrapped',
    '<a href=/b><object></object>a<table><td><a href=/c>d</a></table></a>',
    '<a href="https://news.example/b">a<table><tbody><tr><td>d</td></tr></tbody></table></a>',
  ],
  [
    'a link left open ends at the next',
    '<a href=/b>a<a href=/d>c',
    '<a href="https://news.example/b">a</a><a href="https://news.example/d">c</a>',
  ],
  [
    'a quotation keeps its source',
    '<blockquote cite=/b>a</blockquote>',
    '<blockquote cite="https://news.example/b">a</blockquote>',
  ],
  [
    'pictures keep alt and size',
    '<img src=b.jpg alt="A &quot;b&quot;" width=600 height=40% border=0>',
    '<img src="https://news.example/2024/b.jpg" alt="A &quot;b&quot;" width="600">',
  ],
  ['late pictures', '<img data-src=/b.jpg>', '<img src="https://news.example/b.jpg">'],
  [
    'late pictures behind a placeholder',
    '<img src="data:image/gif;base64,R0" data-lazy-src=/b.jpg>',
    '<img src="https://news.example/b.jpg">',
  ],
  [
    'a true address wins over a late one',
    '<img src=/a.jpg data-original=/b.jpg>',
    '<img src="https://news.example/a.jpg">',
  ],
  [
    'late candidates',
    '<img src=/a.jpg data-srcset="/b.jpg 2x">',
    '<img src="https://news.example/a.jpg" srcset="https://news.example/b.jpg 2x">',
  ],
  [
    'only candidates: the first is the address',
    '<img srcset="/b.jpg 400w, /c.jpg 800w">',
    '<img src="https://news.example/b.jpg" srcset="https://news.example/b.jpg 400w, https://news.example/c.jpg 800w">',
  ],
  [
    'each candidate is checked',
    '<img src=/a.jpg srcset="/b,c.jpg 1x,javascript:d 2x, /e.jpg, /f.jpg 3z">',
    '<img src="https://news.example/a.jpg" srcset="https://news.example/b,c.jpg 1x, https://news.example/e.jpg">',
  ],
  ['pictures without an address go', '<img alt=a><img src=data:image/png,x>', ''],
  [
    'pictures to count by go',
    '<img src=/a width=1 height=1><img src=/b width=0><img src=/c height=1px><img src=/d style="display: none"><img src=/e style="color:red;width:1px"><img src=/f hidden>',
    '',
  ],
  [
    'pictures of a hundred pixels stay',
    '<img src=/a width=100 style="width:100px">',
    '<img src="https://news.example/a" width="100">',
  ],
  [
    'a picture with its sources',
    '<picture><source srcset=/a.webp type=image/webp><img src=/a.png></picture>',
    '<picture><source srcset="https://news.example/a.webp" type="image/webp"><img src="https://news.example/a.png"></picture>',
  ],
  ['a picture without an image goes', '<picture><source srcset=/a.webp></picture>', ''],
  [
    'sound and film get controls',
    '<audio src=/a autoplay loop></audio><video poster=/p><source src=/b><track src=/c kind=captions srclang=fr></video>',
    '<audio src="https://news.example/a" controls></audio><video poster="https://news.example/p" controls><source src="https://news.example/b"><track src="https://news.example/c" kind="captions" srclang="fr"></video>',
  ],
  ['film without an address leaves its text', '<video src=data:,x><p>a</p></video>', '<p>a</p>'],
  [
    'a known player stays, boxed in',
    '<iframe src=//www.youtube-nocookie.com/embed/a width=560 allow=camera sandbox></iframe>',
    `<iframe src="https://www.youtube-nocookie.com/embed/a" width="560" ${player}></iframe>`,
  ],
  [
    'a late player',
    '<iframe data-src=https://player.vimeo.com/video/1></iframe>',
    `<iframe src="https://player.vimeo.com/video/1" ${player}></iframe>`,
  ],
  [
    'a host that only looks like a player goes',
    '<iframe src=https://www.youtube.com.evil.example/></iframe>',
    '',
  ],
  ['a player on another port goes', '<iframe src=https://www.youtube.com:8443/></iframe>', ''],
  ['a player with a user name goes', '<iframe src=https://a@www.youtube.com/></iframe>', ''],
  ['a player without https goes', '<iframe src=http://www.youtube.com/></iframe>', ''],
]

test.for(cleaned)('cleanHtml: %s', ([, input, value]) =>
  expect(cleanHtml(input, base)).toEqual({ ok: true, value }),
)

test.for(addresses)('cleanHtml: %s', ([, input, value]) =>
  expect(cleanHtml(input, base)).toEqual({ ok: true, value }),
)

const many = (text: string, times: number): string => text.repeat(times)
const fonts = Array.from({ length: 300 }, (_, n) => `<font a=${n}>`).join('')
const tooDeep = 'nested deeper than 256 elements; flatten it'
const tooMany = 'has more than 20000 tags; split it'

const refused: readonly [title: string, input: string, reason: string][] = [
  ['257 boxes in each other', `${many('<div>', 257)}a`, tooDeep],
  ['20,000 boxes, which overflow the parser', many('<div>', 20_000), tooDeep],
  ['20,000 formatting tags', many('<b>', 20_000), tooDeep],
  [
    '300 fonts that a browser reopens in 10,000 paragraphs',
    `<p>${fonts}</p>${many('<p>a', 10_000)}`,
    tooDeep,
  ],
  ['100,000 boxes', many('<div>', 100_000), tooMany],
  ['1 MiB of paragraphs left open', many('<p>', 349_525), tooMany],
]

test.for(refused)('cleanHtml refuses %s', ([, input, reason]) =>
  expect(cleanHtml(input, base)).toEqual({
    ok: false,
    problem: { kind: 'invalid-article', issues: [{ field: 'html', reason }] },
  }),
)

const borne: readonly [title: string, input: string][] = [
  ['256 boxes in each other', `${many('<div>', 255)}<p>a`],
  ['200 fonts reopened in 2,000 paragraphs', `<p>${fonts.slice(0, 2600)}</p>${many('<p>a', 2000)}`],
  ['1 MiB of one candidate set', `<img src=/a srcset="${many('a.jpg, ', 149_000)}">`],
  ['1 MiB of commas', `<img src=/a srcset="a${many(',', 1_048_000)}b">`],
  ['300 kB of text', many('a & b ', 50_000)],
]

test.for(borne)('cleanHtml bears %s', ([, input]) => expect(cleanHtml(input, base).ok).toBe(true))

const withContent = [
  ...['script', 'style', 'template', 'noscript', 'object', 'applet', 'svg', 'math', 'canvas', 'title'],
  ...['form', 'button', 'select', 'option', 'optgroup', 'textarea', 'label', 'fieldset', 'legend'],
  ...['datalist', 'output', 'progress', 'meter', 'dialog', 'nav'],
  ...['noframes', 'noembed', 'portal', 'fencedframe'],
]
test.for(withContent)('%s goes with what is in it', (name) => {
  const input = `<p>avant</p><${name}>dedans <b>aussi</b></${name}><p>après</p>`
  expect(cleanHtml(input, base)).toEqual({ ok: true, value: '<p>avant</p><p>après</p>' })
})

const withoutContent = [
  ...['embed', 'param', 'input', 'keygen', 'link', 'meta', 'base', 'basefont', 'bgsound', 'frame'],
  ...['head', 'body', 'html', 'frameset'],
]
test.for(withoutContent)('%s goes, and what follows it stays', (name) => {
  const input = `<p>avant <${name} src="/x" href="/x" content="x" value="x">après</p>`
  expect(cleanHtml(input, base)).toEqual({ ok: true, value: '<p>avant après</p>' })
})
