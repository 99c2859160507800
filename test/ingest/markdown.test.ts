import { expect, test } from 'vitest'
import { htmlOfMarkdown } from '../../src/ingest/markdown.ts'

const rows: readonly [title: string, markdown: string, html: string][] = [
  ['headings and emphasis', '# a\n\n*b* **c**', '<h1>a</h1>\n<p><em>b</em> <strong>c</strong></p>\n'],
  ['struck text', '~~a~~', '<p><del>a</del></p>\n'],
  [
    'bare addresses are links',
    'https://a.example',
    '<p><a href="https://a.example">https://a.example</a></p>\n',
  ],
  ['a line break is not one', 'a\nb', '<p>a\nb</p>\n'],
  [
    'tables',
    '|a|\n|-|\n|b|',
    '<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody><tr>\n<td>b</td>\n</tr>\n</tbody></table>\n',
  ],
  ['tasks keep whether they are done', '- [x] a\n- [ ] b', '<ul>\n<li>☑ a</li>\n<li>☐ b</li>\n</ul>\n'],
  ['markup passes through, unchecked', '<b onclick=c>a</b>', '<p><b onclick=c>a</b></p>\n'],
]

test.for(rows)('htmlOfMarkdown: %s', ([, markdown, value]) =>
  expect(htmlOfMarkdown(markdown)).toEqual({ ok: true, value }),
)

test('htmlOfMarkdown refuses quotes nested beyond what the parser bears', () =>
  expect(htmlOfMarkdown('>'.repeat(20_000))).toEqual({
    ok: false,
    problem: {
      kind: 'invalid-article',
      issues: [{ field: 'markdown', reason: 'has quotes or lists nested too deeply; flatten them' }],
    },
  }))
