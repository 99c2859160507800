import { describe, expect, test } from 'vitest'
import { parseArticle } from '../../src/ingest/json.ts'

const good = { title: 'Titre', text: 'Corps.' }

/**
 * Invalid articles. Each row has a title, the article, the name of the field that the refusal must name, and
 * words that the refusal must contain.
 */
const refused: [title: string, value: unknown, field: string, says: string][] = [
  ['no object', null, 'article', 'must be an object'],
  ['a list', [], 'article', 'must be an object'],
  ['text', 'article', 'article', 'must be an object'],
  ['no title', { text: 'x' }, 'title', 'must be given'],
  ['a blank title', { title: ' \n\t ' }, 'title', 'must not be blank'],
  ['a title of control characters only', { title: '\u0000\u0008' }, 'title', 'must not be blank'],
  ['a title that is a number', { title: 7 }, 'title', 'must be text'],
  ['a title of 1001 characters', { title: 'x'.repeat(1001) }, 'title', 'at most 1000'],
  ['an unknown field', { ...good, titel: 'x' }, 'titel', 'is not a field of an article'],
  [
    'an unknown field within',
    { ...good, image: { url: '/a.jpg', captoin: 'x' } },
    'image.captoin',
    'is not a field',
  ],
  ['two bodies', { ...good, html: '<p>x</p>' }, 'article', 'give one of them'],
  ['a body that is a list', { title: 'x', html: [] }, 'html', 'must be text'],
  ['a body above 1 MiB', { title: 'x', html: 'x'.repeat(1_048_577) }, 'html', 'at most 1048576'],
  ['31 February', { ...good, published: '2024-02-31T12:00:00Z' }, 'published', 'no such day: 2024-02-31'],
  [
    '29 February of no leap year',
    { ...good, published: '2023-02-29T12:00:00Z' },
    'published',
    'no such day: 2023-02-29',
  ],
  ['a day without a time', { ...good, published: '2024-06-19' }, 'published', 'needs a time and a zone'],
  ['a time without a zone', { ...good, updated: '2024-06-19T12:00:00' }, 'updated', 'needs a zone'],
  ['hour 25', { ...good, embargo: '2024-06-19T25:00:00Z' }, 'embargo', 'no such time: 25:00:00'],
  ['a word', { ...good, embargo: 'now' }, 'embargo', 'must be a date and time with its zone'],
  ['a date as a number', { ...good, expires: 1718798400 }, 'expires', 'must be text'],
  ['a javascript: address', { ...good, url: 'javascript:alert(1)' }, 'url', 'http or https'],
  ['a data: picture', { ...good, image: { url: 'data:image/png;base64,AA' } }, 'image.url', 'http or https'],
  ['a picture on //host', { ...good, image: { url: '//evil.example/a.jpg' } }, 'image.url', 'one slash'],
  ['a picture on /\\host', { ...good, image: { url: '/\\evil.example/a.jpg' } }, 'image.url', 'one slash'],
  ['an address with a password', { ...good, url: 'https://a:b@x.example/' }, 'url', 'http or https'],
  ['an id without a scheme', { ...good, id: '42' }, 'id', 'must be a URI'],
  ['an id with a space', { ...good, id: 'tag:x,2024:a b' }, 'id', 'must be a URI'],
  ['a slug with capitals', { ...good, slug: 'Sommet' }, 'slug', 'lower-case words'],
  ['a slug with a slash', { ...good, slug: 'a/b' }, 'slug', 'lower-case words'],
  ['an empty slug', { ...good, slug: '' }, 'slug', 'lower-case words'],
  ['a language that is none', { ...good, language: 'français' }, 'language', 'must be a language tag'],
  ['tags as text', { ...good, tags: 'a,b' }, 'tags', 'must be a list'],
  ['51 tags', { ...good, tags: Array.from({ length: 51 }, (_, at) => `t${at}`) }, 'tags', 'at most 50'],
  ['an invisible tag', { ...good, tags: ['Été', '\u200b'] }, 'tags.1', 'must have a visible character'],
  ['an invisible section', { ...good, section: '\u2060\ufe0f' }, 'section', 'must have a visible character'],
  [
    'an author without a name',
    { ...good, authors: [{ url: 'https://x.example/' }] },
    'authors.0',
    'a name or',
  ],
  [
    'an author’s address that is none',
    { ...good, authors: [{ name: 'A', email: 'a' }] },
    'authors.0.email',
    'an e-mail address',
  ],
  ['a width of 0', { ...good, image: { url: '/a.jpg', width: 0 } }, 'image.width', '1 or more'],
  ['half a byte', { ...good, image: { url: '/a.jpg', bytes: 0.5 } }, 'image.bytes', 'whole number'],
  [
    'a size of 1e400',
    JSON.parse('{"title":"x","image":{"url":"/a.jpg","bytes":1e400}}'),
    'image.bytes',
    'whole number',
  ],
  [
    'an attachment without a type',
    { ...good, attachments: [{ url: '/a.pdf' }] },
    'attachments.0.type',
    'must be given',
  ],
  [
    'a type that is none',
    { ...good, attachments: [{ url: '/a', type: 'pdf' }] },
    'attachments.0.type',
    'media type',
  ],
  [
    'rights that are none',
    { ...good, rights: { syndicate: 'some' } },
    'rights.syndicate',
    'full, summary or none',
  ],
  [
    'a licence that is no address',
    { ...good, rights: { license: 'CC-BY' } },
    'rights.license',
    'http or https',
  ],
  ['a blank kicker', { ...good, kicker: ' ' }, 'kicker', 'must not be blank'],
  ['a kicker of 201 characters', { ...good, kicker: 'x'.repeat(201) }, 'kicker', 'at most 200'],
  ['a short title of 201', { ...good, shortTitle: 'x'.repeat(201) }, 'shortTitle', 'at most 200'],
  ['a place that is a list', { ...good, place: ['Montréal'] }, 'place', 'must be text'],
  ['a place of 201 characters', { ...good, place: 'x'.repeat(201) }, 'place', 'at most 200'],
  ['an urgency of 0', { ...good, urgency: 0 }, 'urgency', 'must be 1 or more'],
  ['an urgency of 9', { ...good, urgency: 9 }, 'urgency', 'must be at most 8'],
  ['an urgency as text', { ...good, urgency: '4' }, 'urgency', 'must be a number'],
  ['half an urgency', { ...good, urgency: 1.5 }, 'urgency', 'must be a whole number'],
  [
    'a caption of 2001 characters',
    { ...good, image: { url: '/a.jpg', caption: 'x'.repeat(2001) } },
    'image.caption',
    'at most 2000',
  ],
  [
    'comments that are true',
    { ...good, comments: true },
    'comments',
    'must be off, open, first-held or all-held',
  ],
  ['a status that is none', { ...good, status: 'live' }, 'status', 'draft, published or withdrawn'],
  ['a source without a name', { ...good, source: {} }, 'source.name', 'must be given'],
]

describe('parseArticle refuses, naming the field and what would be right', () => {
  test.for(refused)('%s', ([, value, field, says]) => {
    const parsed = parseArticle(value)
    if (parsed.ok || parsed.problem.kind !== 'invalid-article') throw new Error('expected a refusal')
    expect(parsed.problem.issues.map((issue) => issue.field)).toContain(field)
    expect(parsed.problem.issues.find((issue) => issue.field === field)?.reason).toContain(says)
  })

  test('every wrong field is named at once', () => {
    const parsed = parseArticle({ title: '', published: 'x', tags: ['\u200b'] })
    expect(!parsed.ok && parsed.problem.kind === 'invalid-article' && parsed.problem.issues).toHaveLength(3)
  })
})

describe('parseArticle takes', () => {
  const taken: [title: string, value: Record<string, unknown>, expected: Record<string, unknown>][] = [
    [
      'a date in another zone, as UTC',
      { published: '2024-06-19T08:00:00-04:00' },
      { published: '2024-06-19T12:00:00Z' },
    ],
    ['a date without seconds', { published: '2024-06-19T08:00Z' }, { published: '2024-06-19T08:00:00Z' }],
    ['a leap day', { published: '2024-02-29T23:59:59.9Z' }, { published: '2024-02-29T23:59:59Z' }],
    ['a title over two lines, as one', { title: ' Un\r\n titre ' }, { title: 'Un titre' }],
    [
      'no-break spaces as they are',
      { title: '«\u00a0Été\u202f!\u00a0»' },
      { title: '«\u00a0Été\u202f!\u00a0»' },
    ],
    ['the least urgency', { urgency: 8 }, { urgency: 8 }],
    ['a kicker over two lines, as one', { kicker: ' Vie\nde quartier ' }, { kicker: 'Vie de quartier' }],
    ['a lone surrogate, without it', { title: 'a\ud83d' }, { title: 'a' }],
    ['a title with controls, without them', { title: 'a\u0001\u007f\u0085\u009fb' }, { title: 'ab' }],
    ['a name with controls, without them', { tags: ['a\u0085b'] }, { tags: ['ab'] }],
    ['a language in any case', { language: 'FR-ca' }, { language: 'fr-CA' }],
    ['an author as text', { authors: ['Kim'] }, { authors: ['Kim'] }],
    ['an id that is no address', { id: 'urn:x:42' }, { id: 'urn:x:42' }],
    ['a path of the own host', { image: { url: '/media/a.jpg' } }, { image: { url: '/media/a.jpg' } }],
  ]
  test.for(taken)('%s', ([, value, expected]) => {
    expect(parseArticle({ ...good, ...value })).toMatchObject({ ok: true, value: expected })
  })
})

test.for(['section', 'tags', 'authors'])('a blank name in %s has one reason', (field) => {
  const result = parseArticle({ ...good, [field]: field === 'section' ? '' : [' '] })
  expect(result).toMatchObject({
    problem: { issues: [{ field: field === 'section' ? field : `${field}.0`, reason: 'must not be blank' }] },
  })
  expect(!result.ok && result.problem.kind === 'invalid-article' && result.problem.issues.length).toBe(1)
})
