import { expect, test } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import type { ArticleInput } from '../../src/domain/input.ts'
import { keepingFields } from '../../src/write/kept.ts'
import { sampleArticle, site } from '../render/samples.ts'

const plain = sampleArticle({
  title: 'Un',
  html: '<p>Corps.</p>',
  summary: 'Corps.',
  language: site.language,
  tags: [],
  authors: [],
  attachments: [],
  rights: { syndicate: 'full' },
  status: 'published',
})
for (const name of [
  'section',
  'image',
  'note',
  'embargo',
  'expires',
  'url',
  'source',
  'comments',
  'kicker',
] as const)
  delete plain[name]

const given: ArticleInput = { title: 'Deux', text: 'Autre corps.' }

/** What the stored article has, what the input gives, and what of the stored article is kept. */
const rows: [
  what: string,
  stored: Partial<Article>,
  more: Partial<ArticleInput>,
  kept: string[],
  result: object,
][] = [
  ['nothing', {}, {}, [], { title: 'Deux', text: 'Autre corps.' }],
  ['a section', { section: 'Monde' }, {}, ['section'], { section: 'Monde' }],
  ['a section that the input changes', { section: 'Monde' }, { section: 'Ville' }, [], { section: 'Ville' }],
  ['a note', { note: 'Corrigé.' }, {}, ['note'], { note: 'Corrigé.' }],
  ['tags', { tags: ['a'] }, {}, ['tags'], { tags: ['a'] }],
  ['tags that the input removes', { tags: ['a'] }, { tags: [] }, [], { tags: [] }],
  ['authors', { authors: [{ name: 'Kim' }] }, {}, ['authors'], { authors: [{ name: 'Kim' }] }],
  ['another language', { language: 'en' }, {}, ['language'], { language: 'en' }],
  ['an embargo', { embargo: '2030-01-01T00:00:00Z' }, {}, ['embargo'], { embargo: '2030-01-01T00:00:00Z' }],
  ['the state of a draft', { status: 'draft' }, {}, ['status'], { status: 'draft' }],
  [
    'the state of a draft that is published',
    { status: 'draft' },
    { status: 'published' },
    [],
    { status: 'published' },
  ],
  [
    'rights, and the summary that such an article does not get by itself',
    { rights: { syndicate: 'none' } },
    {},
    ['rights', 'summary'],
    { rights: { syndicate: 'none' } },
  ],
  [
    'the part of the rights that is left out',
    { rights: { syndicate: 'summary', license: 'https://l.example/' } },
    { rights: { license: 'https://m.example/' } },
    ['rights', 'summary'],
    { rights: { syndicate: 'summary', license: 'https://m.example/' } },
  ],
  ['a body', {}, { text: undefined as never }, ['html'], { html: '<p>Corps.</p>' }],
  ['a summary that an editor wrote', { summary: 'À lire.' }, {}, ['summary'], { summary: 'À lire.' }],
  ['a summary that the input changes', { summary: 'À lire.' }, { summary: 'Lu.' }, [], { summary: 'Lu.' }],
]

test.for(rows)('an import that leaves it out keeps %s', ([, stored, more, kept, result]) => {
  const done = keepingFields(site, { ...given, ...more }, { ...plain, ...stored })
  expect(done.kept).toEqual(kept)
  expect(done.input).toMatchObject(result)
})

const languages: [what: string, stored: string, given: string | undefined, result: string, kept: string[]][] =
  [
    ['the language that was guessed before', 'en', 'en', 'en', []],
    ['the language of an editor', 'de', 'en', 'de', ['language']],
    ['the language of the site', site.language, 'en', site.language, ['language']],
    ['any language, if the text tells none', 'de', undefined, 'de', ['language']],
  ]
test.for(languages)('a guess does not replace %s', ([, language, guess, result, names]) => {
  const input = { ...given, ...(guess && { language: guess }) }
  const { input: done, kept } = keepingFields(site, input, { ...plain, language }, true)
  expect([done.language, kept]).toEqual([result, names])
})

test('a summary that was made of the body is made again, and a withdrawn article stays as the input says', () => {
  const { input, kept } = keepingFields(site, given, { ...plain, status: 'withdrawn' })
  expect([input.summary, input.status, kept]).toEqual([undefined, undefined, []])
})
