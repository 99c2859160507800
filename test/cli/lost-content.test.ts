import { expect, test } from 'vitest'
import type { ImportItem } from '../../src/cli/import.ts'
import { warnOfLostContent } from '../../src/cli/lost-content.ts'
import type { ArticleInput } from '../../src/domain/input.ts'
import { success } from '../../src/domain/problem.ts'

const item = (input: Partial<ArticleInput>, more: object = {}): ImportItem => ({
  where: 'a',
  article: success({ title: 'Le pont', slug: 'pont', ...input }),
  ...more,
})

const nothing = 'text: nothing is left of it, as the body has no text that articles may have'
const notOnWeb = 'pictures: left out, because their addresses are not on the web: '

const rows: [what: string, input: Partial<ArticleInput>, warnings: string[]][] = [
  ['no body', {}, []],
  ['a blank body', { html: ' \n' }, []],
  ['a body as text', { text: '<iframe> est un mot.' }, []],
  ['a body that stays', { html: '<p>Corps</p><script>x()</script><nav>Menu</nav>' }, []],
  ['a player that stays', { html: '<iframe src="https://www.youtube.com/embed/a"></iframe>' }, []],
  [
    'a frame in Markdown alone',
    { markdown: '<iframe src="https://x.example/a?b"></iframe>' },
    [nothing, 'text: 1 embedded part (iframe) left out, first https://x.example/a?b'],
  ],
  ['a script alone', { html: '<script>x()</script>' }, [nothing]],
  ['empty elements alone', { html: '<div><p></p></div>' }, [nothing]],
  ['a definition of Markdown alone', { markdown: '<!-- rien -->' }, [nothing]],
  [
    'several kinds, and one player that stays',
    {
      html: '<p>A</p><iframe src="https://www.youtube.com/embed/a"></iframe><object data="/b.swf"><embed src="c"></object><form action="/d"><input></form><svg></svg><form></form>',
    },
    ['text: 4 embedded parts (object, form, svg) left out, first /b.swf'],
  ],
  [
    'a part without an address',
    { html: '<p>A</p><svg><path/></svg>' },
    ['text: 1 embedded part (svg) left out'],
  ],
  [
    'a long address',
    { html: `<p>A</p><iframe src="https://x.example/${'a'.repeat(500)}"></iframe>` },
    [`text: 1 embedded part (iframe) left out, first https://x.example/${'a'.repeat(61)}…`],
  ],
  [
    'pictures of a computer and an e-mail',
    {
      markdown:
        'A ![](C:\\photos\\a.jpg) ![](file:///x/été.jpg) <img src="cid:abc"> ![](data:image/png;base64,AA)',
    },
    [`${notOnWeb}C:\\photos\\a.jpg, file:///x/été.jpg, cid:abc and 1 more`],
  ],
  [
    'a picture within the text',
    { html: '<p>A</p><img src="data:image/png;base64,AA">' },
    [`${notOnWeb}data:image/png;base64,AA`],
  ],
  ['a picture alone', { html: '<img src="cid:abc">' }, [nothing, `${notOnWeb}cid:abc`]],
  [
    'pictures on the web and on the site',
    { html: '<p>A</p><img src="/a.jpg"><img src="b.jpg"><img src="//x.example/c.jpg">' },
    [],
  ],
  [
    'a picture that is loaded late',
    { html: '<p>A</p><img src="data:image/gif;base64,AA" data-src="/a.jpg">' },
    [],
  ],
  ['a picture in a block of code', { markdown: 'A\n\n    ![](file:///a.jpg)' }, []],
]

test.for(rows)('%s', ([, input, warnings]) => {
  expect(warnOfLostContent([item(input)])).toEqual([item(input, warnings.length > 0 ? { warnings } : {})])
})

test('a backup, and what is no article, get no warning; other warnings stay', () => {
  const html = '<img src="cid:a">'
  const items: ImportItem[] = [
    item({ html }, { origin: {} }),
    { where: 'b', leftOut: 'it is a folder' },
    item({ html: '<nav>A</nav>' }, { warnings: ['language: fr is guessed from the text'] }),
  ]
  expect(warnOfLostContent(items).map((one) => one.warnings)).toEqual([
    undefined,
    undefined,
    ['language: fr is guessed from the text', nothing],
  ])
})

test.for(['<img ', '<svg>', '<iframe src="a">', '<', '![]('])(
  'a body of %s over and over takes linear time',
  (piece) => {
    const start = performance.now()
    const body = piece.repeat(1_000_000 / piece.length)
    warnOfLostContent([item({ markdown: body }), item({ html: body })])
    expect(performance.now() - start).toBeLessThan(5000)
  },
)
