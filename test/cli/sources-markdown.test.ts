import { describe, expect, test } from 'vitest'
import { readMarkdown } from '../../src/cli/sources/markdown.ts'
import { detailsOf } from '../../src/http/problem.ts'
import { parseDated } from '../../src/ingest/date-fields.ts'

const front = (yaml: string, body = 'Corps.') => `---\n${yaml}\n---\n${body}`

describe('readMarkdown', () => {
  const read: [title: string, text: string, expected: object][] = [
    ['no front matter', '# Le *titre* & suite\n\nCorps.', { title: 'Le titre & suite', markdown: 'Corps.' }],
    [
      'CRLF and a byte order mark',
      '\uFEFF---\r\ntitle: A\r\n---\r\nCorps.',
      { title: 'A', markdown: 'Corps.' },
    ],
    ['a front matter that ends in dots', '---\ntitle: A\n...\nCorps.', { title: 'A', markdown: 'Corps.' }],
    ['a rule in the body', front('title: A', 'x\n\n---\n\ny'), { markdown: 'x\n\n---\n\ny' }],
    ['a title in both places', front('title: A', '# B\n\nC'), { title: 'A', markdown: '# B\n\nC' }],
    ['a title below a paragraph', 'Avant.\n\n# T\n\nAprès.', { title: 'T', markdown: 'Avant.\n\nAprès.' }],
    ['a # in code is no title', '```\n# non\n```\n\n# Oui\n', { title: 'Oui', markdown: '```\n# non\n```' }],
    ['an underlined heading', 'Titre\n=====\n\nx', { title: 'Titre', markdown: 'x' }],
    ['an empty body', front('title: A', ''), { title: 'A' }],
    ['blank lines and spaces before', `\n \t\n\n${front('title: A')}`, { title: 'A', markdown: 'Corps.' }],
    ['a mark, then blank lines', `\uFEFF\n\n${front('title: A')}`, { title: 'A', markdown: 'Corps.' }],
    ['an indented front matter', '  ---\n  title: A\n  ---\nCorps.', { title: 'A', markdown: 'Corps.' }],
    [
      'an indented --- within a field',
      front('title: A\nsummary: |\n  un\n  ---\n  deux'),
      { summary: 'un --- deux', markdown: 'Corps.' },
    ],
    ['a blank line after the opening', front('\ntitle: A'), { title: 'A', markdown: 'Corps.' }],
    ['a comment after the opening', front('# Notes\ntitle: A'), { title: 'A', markdown: 'Corps.' }],
    [
      'a thematic break at the top',
      '---\n\n# T\n\nMontréal : le pont.',
      { title: 'T', markdown: '---\n\nMontréal : le pont.' },
    ],
    [
      'a thematic break and a paragraph with a colon',
      '---\n\nMontréal: le pont.\n\n# T',
      { title: 'T', markdown: '---\n\nMontréal: le pont.' },
    ],
    ['a thematic break and a title', '---\n# T\n\nx', { title: 'T', markdown: '---\n\nx' }],
    [
      'two thematic breaks',
      '---\n\nAvant.\n\n---\n\n# T\n\nx',
      { title: 'T', markdown: '---\n\nAvant.\n\n---\n\nx' },
    ],
    ['a text that begins with a word and a colon', 'Ville : le pont\n\n# T', { title: 'T' }],
    ['a text that begins with a sign', '+++ Important +++\n\n# T', { title: 'T' }],
    ['an empty front matter', '---\n---\n# T\nx', { title: 'T', markdown: 'x' }],
    ['a title that looks like a number', front('title: 1984'), { title: '1984' }],
    ['a title that looks like false', front('title: no'), { title: 'no' }],
    ['a slug with noughts', front('title: A\nslug: 007'), { slug: '007' }],
    ['authors as text', front('title: A\nauthors: [Jean Roy, Marie]'), { authors: ['Jean Roy', 'Marie'] }],
    ['an author with fields', front('title: A\nauthors:\n  - name: J'), { authors: [{ name: 'J' }] }],
    [
      'a picture with sizes',
      front('title: A\nimage: { url: /a.jpg, width: 640, alt: 12 }'),
      { image: { url: '/a.jpg', width: 640, alt: '12' } },
    ],
    ['a day', front('title: A\npublished: 2024-06-19'), { published: '2024-06-19T12:00:00Z' }],
    ['a quoted day', front('title: A\nembargo: "2024-12-25"'), { embargo: '2024-12-25T05:00:00Z' }],
    [
      'a date in YAML’s own way',
      front('title: A\npublished: 2024-06-19 08:00:00 -04:00'),
      { published: '2024-06-19T12:00:00Z' },
    ],
    [
      'a time without a zone',
      front('title: A\nupdated: 2024-06-19T08:00'),
      { updated: '2024-06-19T12:00:00Z' },
    ],
    ['fields left empty', front('title: A\nsummary:\nsection: ""'), { title: 'A' }],
    ['text over lines', front('title: A\nsummary: >\n  un\n  deux'), { summary: 'un deux' }],
  ]
  test.for(read)('%s', ([, text, expected]) => {
    const result = readMarkdown(text)
    expect(result.ok && parseDated(result.value, 'America/Toronto')).toMatchObject({
      ok: true,
      value: { value: expected },
    })
  })

  test('null is no value, unless it is quoted, and true or false no text', () => {
    const fields = 'note: ~\nplace: null\nimage: Null\nsection:\nkicker: "null"\nsummary: No'
    expect(readMarkdown(front(`title: A\n${fields}`))).toEqual({
      ok: true,
      value: { title: 'A', kicker: 'null', summary: 'No', markdown: 'Corps.' },
    })
    expect(readMarkdown(front('title: "true"\nplace: false'))).toMatchObject({
      value: { title: 'true', place: false },
    })
  })

  test('given fields win over the front matter', () => {
    expect(readMarkdown(front('title: A\nsection: Monde'), { section: 'Culture' })).toMatchObject({
      value: { section: 'Culture' },
    })
  })

  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
  for (let at = 0; at < 8; at++)
    bomb.push(`${'bcdefghi'[at]}: &${'bcdefghi'[at]} [${Array(10).fill(`*${'abcdefgh'[at]}`)}]`)
  const refused: [title: string, text: string, says: string][] = [
    ['no title', 'Corps.', 'no title; give it in the front matter'],
    ['nothing', '', 'no title'],
    ['no end', '---\ntitle: A\npublished: 2024-06-12\n\n# T\n\nCorps.', 'it must end with a line "---"'],
    ['no end, blank lines before', '\n\n---\ntitre: A\n\n# T', 'it must end with a line "---"'],
    ['no end, a blank line after ---', '---\n\nTitle: A\n\n# T', 'it must end with a line "---"'],
    ['a blank line, then other fields', '---\n\ntitre: A\nville: B\n---\n# T', 'titre: is not a field'],
    ['a blank line, then one of its fields', '---\n\ntitre: A\ndate: B\nslug: c\n\n# T', 'it must end with'],
    ['no beginning', 'title: A\npublished: 2024-06-12\n---\n# T', 'it must begin with a line "---"'],
    ['TOML', '+++\ntitle = "A"\n+++\n\n# T', 'it is TOML (+++); write it as YAML'],
    ['TOML with a table', '\n+++\n[extra]\nx = 1\n+++\n# T', 'it is TOML (+++)'],
    ['JSON', '{\n  "title": "A"\n}\n\n# T', 'it is JSON; write it as YAML'],
    ['broken YAML', front('title: ['), 'Cannot read the front matter as YAML: Flow sequence'],
    ['a field twice', front('title: A\ntitle: B'), 'Map keys must be unique'],
    ['a boolean for a text', front('title: A\nplace: false'), 'place: must be text'],
    ['a list', front('- a'), 'it must be fields'],
    ['text', front('titre'), 'it must be fields'],
    ['a bomb of aliases', front(bomb.join('\n')), 'Excessive alias count'],
    ['20,000 brackets', front(`a: ${'['.repeat(20_000)}`), 'Cannot read the front matter as YAML'],
    ['20,000 quotes', `${'> '.repeat(20_000)}x`, 'flatten them'],
    ['31 February', front('title: A\npublished: 2024-02-31'), 'published: no such day: 2024-02-31'],
    ['an unknown field', front('titre: A\ntitle: B'), 'titre: is not a field'],
    ['a prototype', front('title: A\n__proto__: { status: draft }'), '__proto__: is not a field'],
    ['a constructor', front('title: A\nconstructor: { prototype: { x: 1 } }'), 'constructor: is not a field'],
    ['two bodies', front('title: A\nhtml: <p>x</p>'), 'give one of them'],
    ['5 MB', front('title: A', 'mot '.repeat(1_250_000)), 'at most 1048576'],
  ]
  test.for(refused)('%s is refused, with the reason', ([, text, says]) => {
    const result = readMarkdown(text)
    const parsed = result.ok ? parseDated(result.value, 'America/Toronto') : result
    expect(parsed.ok ? 'no refusal' : detailsOf(parsed.problem).detail).toContain(says)
    expect(({} as { status?: string; x?: number }).status).toBeUndefined()
  })
})
