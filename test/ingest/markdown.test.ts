import { describe, expect, test } from 'vitest'
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

describe('work is counted, not timed (the parser takes the square of what nothing closes)', () => {
  const mebibyte = 1_048_576
  const hostile: [what: string, piece: string, bytes: number][] = [
    ['marks of two kinds', '*a_', 12_000],
    ['marks of two kinds', '*a_', mebibyte],
    ['strong and not', '**a_', 12_000],
    ['strong and emphasised across', '**a *b** ', mebibyte],
    ['emphasis in emphasis', '*a**b', 100_000],
    ['marks in threes', '***a**b*', 100_000],
    ['tildes that do not pair', '~a~~', 100_000],
    ['closing marks alone', 'a* ', 100_000],
    ['quotes that go on without their mark', '> a\nb\n', 100_000],
    ['quotes in quotes that do', '> > a\n> b\n', 100_000],
    ['lists in quotes that do', '> - a\nb\n', 100_000],
    ['hosts without an end', 'www.a.b(', mebibyte],
  ]
  test.for(hostile)('%s (%s), %i bytes: refused', ([, piece, bytes]) => {
    expect(htmlOfMarkdown(piece.repeat(bytes / piece.length))).toMatchObject({
      ok: false,
      problem: {
        issues: [
          {
            field: 'markdown',
            reason: expect.stringMatching(/^(?:costs too much to read|has more than 40000 marks)/),
          },
        ],
      },
    })
  })

  const honest: [what: string, markdown: string][] = [
    ['a transcript of 2,000 turns in one block', '**Kim Tremblay :** oui, je le veux bien.  \n'.repeat(2000)],
    ['100 kB in one paragraph with a word in forty emphasised', `*mot* ${'mot '.repeat(39)}`.repeat(600)],
    ['a hundred forgotten marks', 'Un *mot, puis un autre. '.repeat(100)],
    ['a thousand footnote stars', `Une note* et la suite.\n\n`.repeat(1000)],
    ['a quote of 1,000 lines', '> une ligne de la citation\n'.repeat(1000)],
    ['an address of 1,900 characters', `https://a.example/${'b'.repeat(1880)} fin`],
    ['snake_case words', 'Le champ due_date et le champ last_modified_at. '.repeat(2000)],
    ['multiplications', '3 * 4 = 12, et 5 * 6 = 30. '.repeat(2000)],
  ]
  test.for(honest)('%s: taken', ([, markdown]) => {
    expect(htmlOfMarkdown(markdown).ok).toBe(true)
  })

  test('an address beyond 2,000 characters is text', () => {
    expect(htmlOfMarkdown(`https://a.example/${'b'.repeat(3000)}`)).toMatchObject({
      ok: true,
      value: expect.not.stringContaining('<a '),
    })
  })
})
