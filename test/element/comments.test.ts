import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { bundleComments, renderCommentsModule } from '../../scripts/element-bundle.ts'
import { commentsScript } from '../../src/element/comments/bundle.ts'
import { languageOf } from '../../src/element/comments/language.ts'
import { type Part, partsOf } from '../../src/element/comments/text.ts'
import { type Nested, nest } from '../../src/element/comments/threads.ts'
import { mistakeOf } from '../../src/element/comments/words.ts'

test('the element of comments is small', () => {
  expect(gzipSync(commentsScript.text, { level: 9 }).length).toBeLessThanOrEqual(6000)
})

test('the script that the Worker serves is made of its sources (npm run bundle)', async () => {
  const file = join(import.meta.dirname, '../../src/element/comments/bundle.ts')
  expect(readFileSync(file, 'utf8')).toBe(renderCommentsModule(await bundleComments()))
})

test('the script reads no text as HTML', () => {
  expect(commentsScript.text).not.toMatch(
    /document\.cookie|innerHTML|insertAdjacentHTML|eval\(|parseFromString/,
  )
})

describe('the text of a comment', () => {
  const a = (href: string | undefined, ...parts: Part[]) => ({ name: 'a', ...(href && { href }), parts })
  const p = (...parts: Part[]) => ({ name: 'p', parts })
  const cases: [html: string, parts: unknown[]][] = [
    ['<p>Un &amp; deux&#x27; &lt;b&gt;</p>', [p("Un & deux' <b>")]],
    [
      '<p>a<br>b <em>c <strong>d</strong></em></p>',
      [
        p('a', { name: 'br', parts: [] }, 'b ', {
          name: 'em',
          parts: ['c ', { name: 'strong', parts: ['d'] }],
        }),
      ],
    ],
    [
      '<a rel="nofollow ugc noopener" href="https://a.example/?b=1&amp;c">x</a>',
      [a('https://a.example/?b=1&c', 'x')],
    ],
    ['<a href="javascript:alert(1)">x</a>', [a(undefined, 'x')]],
    ['<a href="java&#x73;cript:alert(1)">x</a>', [a(undefined, 'x')]],
    ['<script>x</script><img src=x onerror=y>', ['x']],
    ['<p onclick="x">y</p>', [p('y')]],
    ['&amp;lt;', ['&lt;']],
    ['&#x110000;&nope;', ['&#x110000;&nope;']],
    ['</p>x<p', ['x', '<', 'p']],
  ]
  test.for(cases)('%s', ([html, parts]) => {
    expect(partsOf(html)).toEqual(parts)
  })
})

const languages: [lang: string, tag: string, language: string][] = [
  ['fr', 'fr', 'fr'],
  ['fr-CA', 'fr-CA', 'fr'],
  ['FR-ca', 'fr-CA', 'fr'],
  ['fr_CA', 'fr-CA', 'fr'],
  ['fr_CA.UTF-8', 'fr', 'fr'],
  ['fr-', 'fr', 'fr'],
  ['fr-c', 'fr', 'fr'],
  ['fr CA', 'fr', 'fr'],
  ['deu', 'de', 'de'],
  ['de-Latn-CH-1996', 'de-Latn-CH-1996', 'de'],
  ['tlh', 'en', 'en'],
  ['__', 'en', 'en'],
  ['', 'en', 'en'],
]
test.for(languages)('lang="%s" gives dates in %s and texts in %s', ([lang, tag, language]) => {
  const found = languageOf(lang, { de: {}, en: {}, fr: {} })
  expect(found).toEqual([tag, language])
  expect(new Date(0).toLocaleString(found[0], { timeZone: 'UTC' })).toContain('19')
})

test('replies stand under what they answer, in three levels, or beside it', () => {
  const replies = [
    { id: 'b', parent: 'a' },
    { id: 'c', parent: 'b' },
    { id: 'd', parent: 'c' },
    { id: 'e', parent: 'missing' },
    { id: 'f', parent: 'd' },
    { id: 'g', parent: 'e' },
  ]
  const shape = (nested: Nested[]): unknown[] =>
    nested.map(({ said, isBeside, replies }) => [said.id + (isBeside ? ' beside' : ''), ...shape(replies)])
  expect(shape(nest({ id: 'a', replies }))).toEqual([
    ['b', ['c'], ['d beside'], ['f beside']],
    ['e beside', ['g']],
  ])
})

const mistakes: [
  status: number,
  field: string | undefined,
  text: string,
  email: string,
  mistake: string | undefined,
][] = [
  [429, undefined, 'x', '', 'tooMany'],
  [403, undefined, 'x', '', 'shut'],
  [422, 'name', 'x', '', 'name'],
  [422, 'email', 'x', 'kim@', 'email'],
  [422, 'email', 'x', '', 'notify'],
  [422, 'text', ' ', '', 'text'],
  [422, 'text', 'x'.repeat(4001), '', 'tooLong'],
  [422, 'text', '>>>', '', 'unreadable'],
  [422, 'form', 'x', '', 'expired'],
  [422, 'parent', 'x', '', 'closed'],
  [422, 'question', 'x', '', 'closed'],
  [422, undefined, 'x', '', undefined],
  [503, undefined, 'x', '', undefined],
]
test.for(mistakes)(
  'an answer %i about %s of the text %s and the address %s is the mistake %s',
  ([status, field, text, email, mistake]) => {
    expect(mistakeOf(status, field, text, email)).toBe(mistake)
  },
)
