import fc from 'fast-check'
import type { Article } from '../../src/domain/article.ts'
import { sampleArticle } from './samples.ts'

const fragments = [
  ...[
    ']]>',
    '<![CDATA[',
    ']]',
    '&amp;',
    '&',
    '<',
    '>',
    '"',
    "'",
    '&#0;',
    '&lt;script&gt;',
    '<script>',
    '-->',
  ],
  ...[
    '<!--',
    '<?xml',
    '?>',
    '<!DOCTYPE x [<!ENTITY a "b">]>',
    '\u0000',
    '\u0008',
    '\u000b',
    '\u001f',
    '\u007f',
  ],
  ...[
    '\u0085',
    '\u2028',
    '\ufffe',
    '\uffff',
    '\ufdd0',
    '\ud83d',
    '\udc00',
    '👩‍👩‍👧',
    '\u202e',
    '\u200f',
    '\u202f',
    '\u00a0',
  ],
  ...[
    '\r',
    '\n',
    '\r\n',
    '\t',
    ' ',
    'k:0;',
    'k:1;',
    '<rights>k:2;</rights>',
    '$&',
    '$1',
    '$`',
    '`',
    '${',
    '%s',
  ],
  ...[
    '</item>',
    '</entry>',
    '<entry>',
    '<rss >',
    '<feed >',
    'é',
    '«',
    'x',
    '日本',
    '\u{10ffff}',
    '\u{1f468}',
  ],
]
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary', maxLength: 5 })), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''))
/** A hostile text that is not empty. */
export const filled = hostile.map((text) => `t${text}`)
const date = fc
  .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map((value) => `${value.toISOString().slice(0, 19)}Z`)

/** An article whose texts are hostile. */
export const article: fc.Arbitrary<Article> = fc
  .record({
    slug: fc.stringMatching(/^[a-z0-9]{1,20}$/),
    id: fc.webUrl({ withQueryParameters: true, withFragments: true }),
    title: filled,
    summary: hostile,
    html: hostile,
    published: date,
    updated: date,
    section: filled,
    tags: fc.uniqueArray(filled, { maxLength: 4 }),
    authors: fc.array(fc.record({ name: filled, url: fc.webUrl() }), { maxLength: 3 }),
    source: fc.record({ name: filled, url: fc.webUrl({ withQueryParameters: true }) }),
    syndicate: fc.constantFrom('full' as const, 'summary' as const),
    copyright: filled,
  })
  .map(({ syndicate, copyright, ...rest }) => sampleArticle({ ...rest, rights: { syndicate, copyright } }))
