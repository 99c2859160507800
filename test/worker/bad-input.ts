import type { ArticleInput } from '../../src/domain/input.ts'
import { token } from './site.ts'

/**
 * A row of the tables of invalid requests: a request that the API must refuse, and the expected answer. Each
 * row tests one rule that no other row tests.
 */
export interface BadInput {
  rule: string
  request: {
    method: string
    path: string
    /**
     * Request headers that replace or extend the default headers (a token with scope `publish`, Content-Type
     * `application/json`). The value undefined removes a default header.
     */
    headers?: Record<string, string | undefined>
    /**
     * The request body: text or bytes, which are sent unchanged, or a function that makes the body. What the
     * function returns is sent as JSON, or unchanged if it is of the type `Raw`.
     */
    body?: string | Uint8Array | (() => unknown)
  }
  status: number
  /** The field that the answer must name, if the error is in a single field. */
  field?: string
  /** A text that the error message must contain. */
  says: string
}

/** The two API tokens that the tests use besides the default token. The default token has the scope `publish`. */
export const tokens = { reader: 'a-token-that-reads', admin: 'a-token-that-may-do-all' }

/** The articles that the test site has before each invalid request is sent. */
export const standing = {
  un: { slug: 'un', id: 'urn:x:1', title: 'Un', text: 'Un.', section: 'Monde', tags: ['Été'] },
  deux: { slug: 'deux', id: 'urn:x:2', title: 'Deux', text: 'Deux.', authors: ['Kim'] },
  /** The former slug of the article `nouveau` was `ancien`, so the address with the former slug redirects. */
  nouveau: { slug: 'nouveau', id: 'urn:x:3', title: 'Trois', text: 'Trois.' },
  retire: { slug: 'retire', id: 'urn:x:4', title: 'Quatre', text: 'Quatre.' },
}

const path = '/api/articles/neuf'
const put = (body: NonNullable<BadInput['request']['body']>, headers = {}) => ({
  method: 'PUT',
  path,
  headers,
  body,
})

/** A valid article with every field. The compiler reports an error if a field is missing here. */
export const right = {
  slug: 'neuf',
  id: 'urn:x:neuf',
  url: 'https://journal.example/neuf',
  title: 'Titre',
  shortTitle: 'Titre',
  kicker: 'Reportage',
  summary: 'Un résumé.',
  html: undefined as unknown,
  markdown: undefined as unknown,
  text: 'Un paragraphe.' as unknown,
  language: 'fr-CA',
  published: '2024-06-01T12:00:00Z',
  updated: '2024-06-02T12:00:00Z',
  dayOnly: ['published'] as unknown,
  place: 'Montréal',
  urgency: 4,
  section: 'Monde',
  tags: ['Été'] as unknown,
  authors: [{ name: 'Kim', url: 'https://journal.example/kim', email: 'kim@journal.example' }] as unknown,
  source: { name: 'AFP', url: 'https://afp.example/' },
  image: {
    url: '/a.jpg',
    type: 'image/jpeg',
    bytes: 7,
    width: 7,
    height: 7,
    alt: 'Alt',
    caption: 'Légende',
    credit: 'Kim',
  },
  attachments: [{ url: '/a.mp3', type: 'audio/mpeg', bytes: 7, seconds: 7, title: 'Son' }] as unknown,
  rights: { syndicate: 'full', copyright: '© 2024', license: 'https://journal.example/licence' },
  note: 'Une précision.',
  embargo: '2024-06-01T12:00:00Z',
  expires: '2030-06-01T12:00:00Z',
  comments: 'open',
  status: 'published',
} satisfies Record<keyof ArticleInput, unknown>

/**
 * A copy of the valid article `right` in which one field has another value, or is missing if the value is
 * undefined.
 */
function changed(field: string, value: unknown): object {
  const article = structuredClone(right)
  if (field === 'html' || field === 'markdown') article.text = undefined
  const steps = field.split('.')
  const last = steps.pop() as string
  const place = steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], article)
  ;(place as Record<string, unknown>)[last] = value
  return article
}

/**
 * Makes a table row whose request has one wrong value in one field. The answer must name this field, or the
 * field `named` if it is given.
 */
const wrong = (rule: string, field: string, value: unknown, says: string, named = field): BadInput => ({
  rule: `${field}: ${rule}`,
  request: put(() => changed(field, typeof value === 'function' ? value() : value)),
  status: 422,
  field: named,
  says,
})

/** Makes a table row whose request has several fields that are valid alone but not in combination. */
const together = (rule: string, members: object, field: string, says: string): BadInput => ({
  rule,
  request: put(() => ({ title: 'Titre', ...members })),
  status: 422,
  field,
  says,
})

/** Makes a table row whose request body is not valid JSON, or is not text at all. */
const unreadable = (rule: string, body: string | Uint8Array, says = 'as JSON'): BadInput => ({
  rule: `JSON: ${rule}`,
  request: put(body),
  status: 400,
  says,
})

/**
 * Makes a table row whose request body is valid JSON, but not a valid article. The body is given as text and
 * not as a value.
 */
const written = (rule: string, body: string | (() => string), field: string, says: string): BadInput => ({
  rule: `JSON: ${rule}`,
  request: put(typeof body === 'string' ? body : () => new Raw(body())),
  status: 422,
  field,
  says,
})

/**
 * Text that a function produces as a request body and that is sent unchanged. Every other result of such a
 * function is sent as JSON.
 */
export class Raw {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)),
  )

const badBytes = (rule: string, ...sequence: number[]): BadInput => ({
  ...unreadable(rule, bytes('{"title":"', sequence, '"}'), 'must be UTF-8'),
  rule: `UTF-8: ${rule}`,
})

const utf16 = (text: string): number[] => [...text].flatMap((character) => [character.charCodeAt(0), 0])

const json: BadInput[] = [
  unreadable('an empty body', ''),
  unreadable('white space only', ' \n\t'),
  unreadable('cut off within an object', '{"title":"Titre"'),
  unreadable('cut off within a text', '{"title":"Tit'),
  unreadable('cut off within an escape', '{"title":"\\u00'),
  unreadable('cut off within a word', '{"title":tru'),
  unreadable('a comma before the end', '{"title":"Titre",}'),
  unreadable('a comma before the end of a list', '{"title":"Titre","tags":["a",]}'),
  unreadable('a missing comma', '{"title":"Titre" "text":"x"}'),
  unreadable('a missing colon', '{"title" "Titre"}'),
  unreadable('a key without quotes', '{title:"Titre"}'),
  unreadable('single quotes', "{'title':'Titre'}"),
  unreadable('a comment', '{"title":"Titre"/* x */}'),
  unreadable('NaN', '{"title":"Titre","image":{"url":"/a.jpg","width":NaN}}'),
  unreadable('Infinity', '{"title":"Titre","image":{"url":"/a.jpg","width":Infinity}}'),
  unreadable('undefined', '{"title":undefined}'),
  unreadable('a number in hexadecimal', '{"title":"Titre","image":{"url":"/a.jpg","width":0x10}}'),
  unreadable('a number with a leading zero', '{"title":"Titre","image":{"url":"/a.jpg","width":010}}'),
  unreadable('a number with a plus sign', '{"title":"Titre","image":{"url":"/a.jpg","width":+1}}'),
  unreadable('a line break within a text', '{"title":"Ti\ntre"}'),
  unreadable('an unknown escape', '{"title":"\\x41"}'),
  unreadable('two values', '{"title":"Titre"}{"title":"Titre"}'),
  unreadable('a form', 'title=Titre&text=x'),
  unreadable('XML', '<article><title>Titre</title></article>'),
  unreadable('100,000 lists that nobody closes', '['.repeat(100_000)),
  unreadable('a NUL after the end', '{"title":"Titre"}\0'),
  unreadable('a second byte order mark', bytes([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], '{"title":"Titre"}')),
  unreadable('UTF-16 without a byte order mark', bytes(utf16('{"title":"Titre"}'))),
  { ...unreadable('UTF-16', bytes([0xff, 0xfe], utf16('{}')), 'must be UTF-8'), rule: 'UTF-8: UTF-16' },
  badBytes('a lone continuation byte', 0x80),
  badBytes('a sequence that is cut off', 0xe2, 0x82),
  badBytes('an overlong form', 0xc0, 0x80),
  badBytes('an overlong form of three bytes', 0xe0, 0x80, 0xaf),
  badBytes('a surrogate', 0xed, 0xa0, 0x80),
  badBytes('a code point above U+10FFFF', 0xf4, 0x90, 0x80, 0x80),
  badBytes('a byte that UTF-8 never has', 0xff),
  {
    ...badBytes('é in Latin-1', 0xe9),
    request: put(bytes('{"title":"', [0xe9], '"}'), { 'Content-Type': 'application/json; charset=latin1' }),
  },
  written('of two equal keys the last counts', '{"title":"Titre","title":7}', 'title', 'must be text'),
  written('null', 'null', 'article', 'must be an object'),
  written('a number', '7', 'article', 'must be an object'),
  written('true', 'true', 'article', 'must be an object'),
  written('a text', '"Titre"', 'article', 'must be an object'),
  written('an empty list', '[]', 'article', 'must be an object'),
  written('a list of one article', '[{"title":"Titre"}]', 'article', 'must be an object'),
  written('an empty object', '{}', 'title', 'must be given'),
  written(
    '100,000 lists in each other',
    () => '['.repeat(100_000) + ']'.repeat(100_000),
    'article',
    'must be an object',
  ),
  written(
    '100,000 lists within a field',
    () => `{"title":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    'title',
    'must be text',
  ),
  written(
    '100,000 objects within a field',
    () => `{"title":"Titre","rights":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
    'rights.a',
    'is not a field of rights',
  ),
  written(
    '__proto__ is a field like others',
    '{"title":"Titre","__proto__":{"slug":"x"}}',
    '__proto__',
    'not a field',
  ),
  written(
    '__proto__ within a field',
    '{"title":"Titre","rights":{"__proto__":{"syndicate":"none"}}}',
    'rights.__proto__',
    'is not a field of rights',
  ),
  written(
    'constructor is a field like others',
    '{"title":"Titre","constructor":{}}',
    'constructor',
    'not a field',
  ),
  written('toString is a field like others', '{"title":"Titre","toString":"x"}', 'toString', 'not a field'),
  written('an empty key', '{"title":"Titre","":1}', '', 'not a field'),
]

const mediaType = (rule: string, type: string | undefined, request: object = {}): BadInput => ({
  rule: `Content-Type: ${rule}`,
  request: { ...put('{"title":"Titre"}', { 'Content-Type': type }), ...request },
  status: 415,
  says: 'send application/json',
})

const mediaTypes: BadInput[] = [
  mediaType('none', undefined),
  mediaType('empty', ''),
  mediaType('text', 'text/plain'),
  mediaType('JSON as text', 'text/json'),
  mediaType('a form', 'application/x-www-form-urlencoded'),
  mediaType('files', 'multipart/form-data; boundary=x'),
  mediaType('a kind of JSON', 'application/ld+json'),
  mediaType('a kind of JSON that is a feed', 'application/feed+json'),
  mediaType('a longer name', 'application/jsonp'),
  mediaType('two types', 'application/json, text/html'),
  mediaType('lines, for one article', 'application/x-ndjson'),
  mediaType('JSON as a parameter', 'text/html; x=application/json'),
  mediaType('text, to POST', 'text/plain', { method: 'POST', path: '/api/articles' }),
]

/**
 * The fields whose value must be text, without the fields of an author. If a field of an author has a wrong
 * type, the answer names the author (`authors.0`), because an author may be a text or an object.
 */
const texts = [
  ...[
    'slug',
    'id',
    'url',
    'title',
    'summary',
    'html',
    'markdown',
    'text',
    'language',
    'published',
    'updated',
  ],
  ...[
    'shortTitle',
    'kicker',
    'place',
    'section',
    'note',
    'embargo',
    'expires',
    'tags.0',
    'source.name',
    'source.url',
  ],
  ...[
    'image.url',
    'image.type',
    'image.alt',
    'image.caption',
    'image.credit',
    'rights.copyright',
    'rights.license',
  ],
  ...['attachments.0.url', 'attachments.0.type', 'attachments.0.title'],
]
const numbers = [
  'urgency',
  'image.bytes',
  'image.width',
  'image.height',
  'attachments.0.bytes',
  'attachments.0.seconds',
]
const objects = ['source', 'image', 'attachments.0', 'rights']
const lists = ['dayOnly', 'tags', 'authors', 'attachments']
const choices: [field: string, says: string, choice: string][] = [
  ['status', 'must be draft, published or withdrawn', 'draft'],
  ['dayOnly.0', 'must be published or updated', 'updated'],
  ['comments', 'must be off, open, first-held or all-held', 'off'],
  ['rights.syndicate', 'must be full, summary or none', 'full'],
]
const authorShape = 'must be a name or { name, url, email }'

const types: BadInput[] = [
  ...texts.flatMap((field) => [
    wrong('null is no text', field, null, 'must be text'),
    wrong('a number is no text', field, 7, 'must be text'),
    wrong('true is no text', field, true, 'must be text'),
    wrong('a list is no text', field, ['Titre'], 'must be text'),
    wrong('an object is no text', field, { text: 'Titre' }, 'must be text'),
  ]),
  ...numbers.flatMap((field) => [
    wrong('null is no number', field, null, 'must be a number'),
    wrong('a text is no number', field, '7', 'must be a number'),
    wrong('true is no number', field, true, 'must be a number'),
    wrong('a list is no number', field, [7], 'must be a number'),
    wrong('an object is no number', field, {}, 'must be a number'),
  ]),
  ...objects.flatMap((field) => [
    wrong('null is no object', field, null, 'must be an object'),
    wrong('a text is no object', field, '/a.jpg', 'must be an object'),
    wrong('a number is no object', field, 7, 'must be an object'),
    wrong('false is no object', field, false, 'must be an object'),
    wrong('an empty list is no object', field, [], 'must be an object'),
    wrong('a list of one object is no object', field, [{}], 'must be an object'),
  ]),
  ...lists.flatMap((field) => [
    wrong('null is no list', field, null, 'must be a list'),
    wrong('a text is no list', field, 'a,b', 'must be a list'),
    wrong('a number is no list', field, 7, 'must be a list'),
    wrong('an object is no list', field, { 0: 'a', length: 1 }, 'must be a list'),
  ]),
  ...choices.flatMap(([field, says, choice]) => [
    wrong('null is no choice', field, null, says),
    wrong('a number is no choice', field, 0, says),
    wrong('a list of a choice is no choice', field, [choice], says),
    wrong('the empty text is no choice', field, '', says),
    wrong(
      'capitals are another choice',
      field,
      choice.replace(/^./, (letter) => letter.toUpperCase()),
      says,
    ),
    wrong('an inherited name is no choice', field, 'constructor', says),
  ]),
  wrong('null is no author', 'authors.0', null, authorShape),
  wrong('a number is no author', 'authors.0', 7, authorShape),
  wrong('a list is no author', 'authors.0', ['Kim'], authorShape),
  wrong('an empty object is no author', 'authors.0', {}, authorShape),
  wrong('a name must be text', 'authors.0.name', 7, authorShape, 'authors.0'),
  wrong('an address must be text', 'authors.0.url', 7, authorShape, 'authors.0'),
  wrong('an e-mail address must be text', 'authors.0.email', null, authorShape, 'authors.0'),
  wrong('a published article is no boolean', 'status', true, 'must be draft, published or withdrawn'),
]

const blank = 'must not be blank'
const visible = 'must have a visible character'
const most = (length: number) => `must have at most ${length} characters`

/** The text fields of an article, each with its maximum length. */
const longest: [field: string, most: number, prefix?: string][] = [
  ['slug', 200],
  ['id', 4000, 'urn:x:'],
  ['url', 2000, 'https://x.example/'],
  ['title', 1000],
  ['shortTitle', 200],
  ['kicker', 200],
  ['summary', 5000],
  ['language', 100, 'fr-x-'],
  ['place', 200],
  ['section', 200],
  ['tags.0', 200],
  ['authors.0', 200],
  ['authors.0.name', 200],
  ['authors.0.url', 2000, 'https://x.example/'],
  ['authors.0.email', 254, 'kim@'],
  ['source.name', 200],
  ['source.url', 2000, 'https://x.example/'],
  ['image.url', 2000, '/'],
  ['image.type', 255, 'image/'],
  ['image.alt', 2000],
  ['image.caption', 2000],
  ['image.credit', 500],
  ['attachments.0.url', 2000, 'https://x.example/'],
  ['attachments.0.type', 255, 'audio/'],
  ['attachments.0.title', 500],
  ['rights.copyright', 1000],
  ['rights.license', 2000, 'https://x.example/'],
  ['note', 2000],
]

const lengths: BadInput[] = [
  ...longest.map(([field, length, prefix = '']) =>
    wrong('one character too many', field, () => prefix.padEnd(length + 1, 'x'), most(length)),
  ),
  wrong(
    'characters are counted after white space is folded',
    'title',
    () => `a ${'b  '.repeat(500)}`,
    most(1000),
  ),
  wrong('a megabyte', 'title', () => 'x'.repeat(1_000_000), most(1000)),
  wrong('a megabyte', 'language', () => `fr-x${'-abcdefgh'.repeat(100_000)}`, most(100)),
  wrong('a megabyte', 'authors.0.email', () => `kim@${'a.'.repeat(400_000)}`, most(254)),
  ...[
    'title',
    'shortTitle',
    'kicker',
    'place',
    'section',
    'note',
    'tags.0',
    'authors.0',
    'authors.0.name',
    'source.name',
  ]
    .concat('image.alt', 'image.caption', 'image.credit', 'attachments.0.title', 'rights.copyright')
    .map((field) => wrong('empty', field, '', blank)),
  wrong('spaces only', 'title', '   ', blank),
  wrong('line breaks only', 'title', '\r\n\n', blank),
  wrong('control characters only', 'title', '\u0000\u0007\u001b', blank),
  wrong('U+FFFE only', 'title', '\ufffe', blank),
  wrong('spaces around control characters', 'note', ' \u0000 ', blank),
  wrong('not there', 'title', undefined, 'must be given'),
  wrong('not there', 'source.name', undefined, 'must be given'),
  wrong('not there', 'image.url', undefined, 'must be given'),
  wrong('not there', 'attachments.0.url', undefined, 'must be given'),
  wrong('not there', 'attachments.0.type', undefined, 'must be given'),
  wrong('not there', 'authors.0.name', undefined, authorShape, 'authors.0'),
]

const instant = 'must be a date and time with its zone'
const date = (rule: string, value: string, says = instant): BadInput => wrong(rule, 'published', value, says)
const noDay = 'no such day: '
const noTime = 'no such time: '

const dates: BadInput[] = [
  date('empty', ''),
  date('31 February', '2024-02-31T12:00:00Z', `${noDay}2024-02-31`),
  date('30 February of a leap year', '2024-02-30T12:00:00Z', `${noDay}2024-02-30`),
  date('29 February of no leap year', '2023-02-29T12:00:00Z', `${noDay}2023-02-29`),
  date('29 February of 1900', '1900-02-29T12:00:00Z', `${noDay}1900-02-29`),
  date('31 April', '2024-04-31T12:00:00Z', `${noDay}2024-04-31`),
  date('day 32', '2024-01-32T12:00:00Z', `${noDay}2024-01-32`),
  date('day 0', '2024-06-00T12:00:00Z', `${noDay}2024-06-00`),
  date('month 13', '2024-13-01T12:00:00Z', `${noDay}2024-13-01`),
  date('month 0', '2024-00-01T12:00:00Z', `${noDay}2024-00-01`),
  date('the zero of a database', '0000-00-00T00:00:00Z', `${noDay}0000-00-00`),
  date('hour 24', '2024-06-19T24:00:00Z', `${noTime}24:00:00`),
  date('hour 25', '2024-06-19T25:00:00Z', `${noTime}25:00:00`),
  date('minute 60', '2024-06-19T12:60:00Z', `${noTime}12:60:00`),
  date('second 60', '2024-06-19T23:59:60Z', `${noTime}23:59:60`),
  date('second 61', '2024-06-19T23:59:61Z', `${noTime}23:59:61`),
  date('no zone', '2024-06-19T12:00:00', 'needs a zone: 2024-06-19T12:00:00-04:00'),
  date('no time', '2024-06-19', 'needs a time and a zone: 2024-06-19T12:00:00Z'),
  date('no minutes', '2024-06-19T12Z'),
  date('a space for the T', '2024-06-19 12:00:00Z'),
  date('an underscore for the T', '2024-06-19_12:00:00Z'),
  date('a space before the zone', '2024-06-19T12:00:00 Z'),
  date('spaces around it', ' 2024-06-19T12:00:00Z '),
  date('a line break after it', '2024-06-19T12:00:00Z\n'),
  date('the offset +25:00', '2024-06-19T12:00:00+25:00'),
  date('the offset +24:00', '2024-06-19T12:00:00+24:00'),
  date('an offset with minute 60', '2024-06-19T12:00:00+01:60'),
  date('an offset without minutes', '2024-06-19T12:00:00+02'),
  date('an offset without a colon', '2024-06-19T12:00:00+0200'),
  date('an offset with a true minus sign', '2024-06-19T12:00:00−04:00'),
  date('the name of a zone', '2024-06-19T12:00:00 EST'),
  date('a zone in brackets', '2024-06-19T12:00:00Z[America/Toronto]'),
  date('year 10000', '10000-01-01T00:00:00Z'),
  date('year +010000', '+010000-01-01T00:00:00Z'),
  date('a negative year', '-000001-01-01T00:00:00Z'),
  date('a year of two digits', '24-06-19T12:00:00Z'),
  date('before year 0 in UTC', '0000-01-01T00:00:00+01:00'),
  date('after year 9999 in UTC', '9999-12-31T23:30:00-01:00'),
  date('a month of one digit', '2024-6-19T12:00:00Z'),
  date('the week of ISO 8601', '2024-W25-3T12:00:00Z'),
  date('the day of the year', '2024-171T12:00:00Z'),
  date('the basic form of ISO 8601', '20240619T120000Z'),
  date('a comma before the fraction', '2024-06-19T12:00:00,5Z'),
  date('an empty fraction', '2024-06-19T12:00:00.Z'),
  date('seconds since 1970, as text', '1718798400'),
  date('as RSS has it', 'Wed, 19 Jun 2024 12:00:00 GMT'),
  date('as people write it', '19 juin 2024', 'needs a time and a zone: 2024-06-19T12:00:00Z'),
  date('days and months the other way round', '19-06-2024T12:00:00Z'),
  date('slashes', '2024/06/19T12:00:00Z'),
  date('now', 'now'),
  date('digits of another script', '٢٠٢٤-٠٦-١٩T١٢:٠٠:٠٠Z'),
  date('two dates', '2024-06-19T12:00:00Z/2024-06-20T12:00:00Z'),
  wrong('31 February', 'updated', '2024-02-31T12:00:00Z', `${noDay}2024-02-31`),
  wrong('31 February', 'embargo', '2024-02-31T12:00:00Z', `${noDay}2024-02-31`),
  wrong('31 February', 'expires', '2024-02-31T12:00:00Z', `${noDay}2024-02-31`),
]

const published = '2024-06-19T12:00:00Z'

const orders: BadInput[] = [
  together(
    'updated a second before published',
    { published, updated: '2024-06-19T11:59:59Z' },
    'updated',
    'is before published',
  ),
  together(
    'updated before published, which another zone hides',
    { published, updated: '2024-06-19T13:00:00+02:00' },
    'updated',
    'is before published',
  ),
  together(
    'updated before the moment of publishing, where published is not given',
    { updated: '2024-06-19T15:59:59Z' },
    'updated',
    'is before published',
  ),
  together('expires when published', { published, expires: published }, 'expires', 'must be after published'),
  together(
    'expires before published',
    { published, expires: '2023-06-19T12:00:00Z' },
    'expires',
    'must be after published',
  ),
  together(
    'expires before the moment of publishing, where published is not given',
    { expires: '2024-06-19T15:00:00Z' },
    'expires',
    'must be after published',
  ),
  together(
    'expires when the embargo ends',
    { published, embargo: '2024-07-01T00:00:00Z', expires: '2024-07-01T00:00:00Z' },
    'expires',
    'must be after embargo',
  ),
  together(
    'expires before the embargo ends',
    { published, embargo: '2024-08-01T00:00:00Z', expires: '2024-07-01T00:00:00Z' },
    'expires',
    'must be after embargo',
  ),
]

const web = 'must be an absolute http or https address'
const url = (rule: string, value: string): BadInput => wrong(rule, 'url', value, web)
const file = (rule: string, value: string): BadInput =>
  wrong(rule, 'image.url', value, 'or a path that begins with one slash')

const urls: BadInput[] = [
  url('empty', ''),
  url('javascript:', 'javascript:alert(1)'),
  url('javascript: in capitals', 'JavaScript:alert(1)'),
  url('javascript: with a tab within', 'java\tscript:alert(1)'),
  url('javascript: behind a control character', '\u0001javascript:alert(1)'),
  url('javascript: that looks like http', 'javascript://journal.example/%0aalert(1)'),
  url('javascript: as HTML would read it', 'javascript&colon;alert(1)'),
  url('data:', 'data:text/html,<script>alert(1)</script>'),
  url('vbscript:', 'vbscript:msgbox(1)'),
  url('file:', 'file:///etc/passwd'),
  url('ftp:', 'ftp://journal.example/a'),
  url('mailto:', 'mailto:kim@journal.example'),
  url('blob:', 'blob:https://journal.example/7'),
  url('view-source:', 'view-source:https://journal.example/'),
  url('feed:', 'feed:https://journal.example/'),
  url('about:blank', 'about:blank'),
  url('another host’s scheme', '//journal.example/a'),
  url('a path', '/a'),
  url('a path without a slash', 'a/b'),
  url('a query', '?a=b'),
  url('a fragment', '#a'),
  url('a host without a scheme', 'journal.example/a'),
  url('a host and a port without a scheme', 'journal.example:8080/a'),
  url('a user', 'https://kim@journal.example/'),
  url('a user and a password', 'https://kim:secret@journal.example/'),
  url('no host', 'https://'),
  url('no host but a path', 'https:///'),
  url('no host but a port', 'https://:443/'),
  url('no host but a query', 'https://?a'),
  url('port 99999', 'https://journal.example:99999/'),
  url('a port that is no number', 'https://journal.example:http/'),
  url('a space in the host', 'https://journal example/'),
  url('a percent sign in the host', 'https://journal%zz.example/'),
  url('an angle bracket in the host', 'https://<b>.example/'),
  url('an IPv4 address out of range', 'https://256.1.1.1/'),
  url('an IPv6 address that is not closed', 'https://[::1/'),
  url('a scheme with one letter too few', 'htt://journal.example/'),
  url('two addresses', 'https://a.example https://b.example'),
  file('empty', ''),
  file('javascript:', 'javascript:alert(1)'),
  file('data:', 'data:image/png;base64,AA'),
  file('another host under two slashes', '//evil.example/a.jpg'),
  file('another host under a slash and a backslash', '/\\evil.example/a.jpg'),
  file('a backslash later', '/a\\b.jpg'),
  file('a space', '/a b.jpg'),
  file('a tab that browsers drop', '/\t/evil.example/a.jpg'),
  file('a control character', '/a\u0000.jpg'),
  file('a mark that turns the direction', '/a\u202egpj.exe'),
  file('a lone surrogate', '/a\ud800.jpg'),
  file('a path without a slash', 'a.jpg'),
  file('a path upwards', '../a.jpg'),
  file('a user', 'https://kim@journal.example/a.jpg'),
  wrong('javascript:', 'attachments.0.url', 'javascript:alert(1)', 'must be an absolute http or https'),
  wrong('javascript:', 'authors.0.url', 'javascript:alert(1)', web),
  wrong('javascript:', 'source.url', 'javascript:alert(1)', web),
  wrong('javascript:', 'rights.license', 'javascript:alert(1)', web),
  wrong('the name of a licence', 'rights.license', 'CC BY 4.0', web),
  wrong('a path', 'authors.0.url', '/kim', web),
  wrong('a path', 'source.url', '/afp', web),
]

const uri = 'must be a URI'
const id = (rule: string, value: string): BadInput => wrong(rule, 'id', value, uri)

const ids: BadInput[] = [
  id('empty', ''),
  id('a number as text', '42'),
  id('a word', 'sommet'),
  id('a scheme only', 'urn:'),
  id('no scheme before the colon', ':sommet'),
  id('a scheme that begins with a digit', '1urn:x'),
  id('a scheme with an underscore', 'my_scheme:x'),
  id('a scheme with an accent', 'clé:x'),
  id('a space within', 'urn:x:a b'),
  id('spaces around it', ' urn:x:a '),
  id('a no-break space', 'urn:x:a\u00a0b'),
  id('a line break', 'urn:x:a\nb'),
  id('NUL', 'urn:x:a\u0000'),
  id('a mark without width', 'urn:x:a\u200bb'),
  id('a lone surrogate', 'urn:x:\ud800'),
  id('markup', 'urn:x:<script>'),
  id('a quotation mark', 'urn:x:"'),
  id('a backslash', 'urn:x:a\\b'),
  id('braces', 'urn:x:{a}'),
  id('a bar', 'urn:x:a|b'),
  id('a caret', 'urn:x:a^b'),
  id('a grave accent', 'urn:x:a`b'),
  id('a per cent sign alone', 'urn:x:100%'),
  id('a per cent sign before no hexadecimal', 'urn:x:%zz'),
]

const words = 'must be lower-case words joined by hyphens'
const posted = (rule: string, slug: string): BadInput => ({
  rule: `slug: ${rule}`,
  request: { method: 'POST', path: '/api/articles', body: () => ({ title: 'Titre', slug }) },
  status: 422,
  field: 'slug',
  says: words,
})
const addressed = (rule: string, slug: string, says = words): BadInput => ({
  rule: `the address: ${rule}`,
  request: { method: 'PUT', path: `/api/articles/${slug}`, body: () => ({ title: 'Titre' }) },
  status: 422,
  field: 'slug',
  says,
})

const slugs: BadInput[] = [
  posted('empty', ''),
  posted('a capital', 'Sommet'),
  posted('a slash', 'a/b'),
  posted('a backslash', 'a\\b'),
  posted('a dot', 'a.b'),
  posted('the folder above', '..'),
  posted('a space', 'a b'),
  posted('an underscore', 'a_b'),
  posted('a hyphen at the beginning', '-a'),
  posted('a hyphen at the end', 'a-'),
  posted('two hyphens', 'a--b'),
  posted('hyphens only', '---'),
  posted('an accent', 'été'),
  posted('an accent as a character of its own', 'e\u0301te'),
  posted('a ligature', 'œuvre'),
  posted('letters in full width', 'ａｂ'),
  posted('a percent sign', 'a%20b'),
  posted('NUL', 'a\u0000'),
  posted('a lone surrogate', 'a\ud800'),
  posted('markup', '<b>'),
  posted('a quotation mark that ends SQL', "a'; DROP TABLE article; --"),
  posted('an emoji', '🎉'),
  posted('__proto__', '__proto__'),
  posted('a question mark', 'a?b'),
  addressed('a capital', 'Sommet'),
  addressed('a slash as %2F', 'a%2Fb'),
  addressed('a backslash as %5C', 'a%5Cb'),
  addressed('a dot', 'neuf.json'),
  addressed('three dots', '...'),
  addressed('a space as %20', '%20'),
  addressed('a plus sign', 'a+b'),
  addressed('NUL as %00', 'a%00'),
  addressed('bytes that are no UTF-8', '%FF'),
  addressed('a percent sign without digits', '%E0%A4%A'),
  addressed('percent signs twice', '%2561'),
  addressed('one character too many', 'x'.repeat(201), most(200)),
  {
    rule: 'slug: another than in the address',
    request: put('{"title":"Titre","slug":"autre"}'),
    status: 422,
    field: 'slug',
    says: 'must be "neuf", as in the address',
  },
  {
    rule: 'slug: not given, and the title has no letter to make it of',
    request: { method: 'POST', path: '/api/articles', body: '{"title":"!?"}' },
    status: 422,
    field: 'slug',
    says: 'must be given, since the title has no letter',
  },
  {
    rule: 'the address: a slug that is empty',
    request: { method: 'PUT', path: '/api/articles/', body: '{"title":"Titre"}' },
    status: 404,
    says: 'Cannot find /api/articles/',
  },
]

const tag = 'must be a language tag such as fr-CA'
const language = (rule: string, value: string): BadInput => wrong(rule, 'language', value, tag)

const languages: BadInput[] = [
  language('empty', ''),
  language('an underscore', 'en_US'),
  language('the name of a language', 'français'),
  language('the English name of a language, which has nine letters', 'norwegian'),
  language('one letter', 'e'),
  language('x', 'x'),
  language('a private tag alone', 'x-kiosque'),
  language('a subtag of nine letters', 'fr-abcdefghi'),
  language('a region of one character', 'fr-C'),
  language('two regions', 'fr-CA-FR'),
  language('a hyphen at the end', 'fr-'),
  language('a hyphen at the beginning', '-fr'),
  language('an extension without content', 'fr-u'),
  language('a variant twice', 'de-1996-1996'),
  language('digits', '12'),
  language('a space', 'fr CA'),
  language('spaces around it', ' fr '),
  language('two languages', 'fr,en'),
  language('a wildcard', '*'),
  language('the locale of a server', 'fr_CA.UTF-8'),
  language('markup', 'fr"><b>'),
]

const email = (rule: string, value: string): BadInput =>
  wrong(rule, 'authors.0.email', value, 'must be an e-mail address')
const type = (rule: string, value: string): BadInput =>
  wrong(rule, 'attachments.0.type', value, 'must be a media type such as image/jpeg')
const many = (length: number) => () => Array.from({ length }, (_, at) => `n${at}`)
const attached = (length: number) => () =>
  Array.from({ length }, (_, at) => ({ url: `/${at}.mp3`, type: 'audio/mpeg' }))
const fifty = 'must have at most 50 entries'

const details: BadInput[] = [
  wrong('10,000 of them', 'tags', many(10_000), fifty),
  wrong('51 of them', 'tags', many(51), fifty),
  wrong('51 times the same one', 'tags', () => Array(51).fill('Été'), fifty),
  wrong('with nothing to see', 'tags.0', '\u200b', visible),
  wrong('a lone surrogate', 'tags.0', '\ud800', blank),
  wrong('a list of tags in the list', 'tags', [['Été']], 'must be text', 'tags.0'),
  wrong('the second one is wrong', 'tags', ['Été', '\u200b'], visible, 'tags.1'),
  wrong('with nothing to see', 'section', '\u2060\ufe0f', visible),
  wrong('51 of them', 'authors', many(51), fifty),
  wrong('with nothing to see', 'authors.0', '\u200d', visible),
  wrong('with nothing to see', 'authors.0.name', '\u200e\u3164', visible),
  wrong('an unknown member', 'authors.0.mail', 'kim@journal.example', authorShape, 'authors.0'),
  wrong('the second one is wrong', 'authors', ['Kim', { name: 'Ann', url: 'x' }], web, 'authors.1.url'),
  email('empty', ''),
  email('no at sign', 'kim'),
  email('two at signs', 'kim@a@journal.example'),
  email('nothing before the at sign', '@journal.example'),
  email('nothing after the at sign', 'kim@'),
  email('a host without a dot', 'kim@localhost'),
  email('a dot at the end', 'kim@journal.example.'),
  email('two dots', 'kim..lee@journal.example'),
  email('a space', 'kim lee@journal.example'),
  email('spaces around it', ' kim@journal.example '),
  email('a name before it', 'Kim <kim@journal.example>'),
  email('mailto:', 'mailto:kim@journal.example'),
  email('a second header', 'kim@journal.example\r\nBcc: all@journal.example'),
  email('markup', '<b>@journal.example'),
  wrong('51 of them', 'attachments', attached(51), fifty),
  wrong('10,000 of them', 'attachments', attached(10_000), fifty),
  type('empty', ''),
  type('no slash', 'mp3'),
  type('nothing before the slash', '/mpeg'),
  type('nothing after the slash', 'audio/'),
  type('two slashes', 'audio/mpeg/3'),
  type('a space', 'audio / mpeg'),
  type('a parameter', 'audio/ogg; codecs=opus'),
  type('a wildcard', 'audio/*'),
  type('two types', 'audio/mpeg,audio/ogg'),
  type('markup', 'audio/"><b>'),
  type('a line break', 'audio/mpeg\n'),
  wrong('no slash', 'image.type', 'jpeg', 'must be a media type'),
  wrong('a choice that is none', 'status', 'live', 'must be draft, published or withdrawn'),
  wrong('above the least urgent', 'urgency', 9, 'must be at most 8'),
  wrong('a choice with a space', 'status', 'published ', 'must be draft, published or withdrawn'),
  wrong('a choice that is none', 'rights.syndicate', 'some', 'must be full, summary or none'),
  together('two bodies: html and text', { html: '<p>x</p>', text: 'x' }, 'article', 'give one of them'),
  together(
    'two bodies: html and markdown',
    { html: '<p>x</p>', markdown: 'x' },
    'article',
    'give one of them',
  ),
  together('two bodies: markdown and text', { markdown: 'x', text: 'x' }, 'article', 'give one of them'),
  together('two bodies, both empty', { html: '', text: '' }, 'article', 'give one of them'),
  together('three bodies', { html: 'x', markdown: 'x', text: 'x' }, 'article', 'give one of them'),
]

const number = (rule: string, text: string, says: string): BadInput => ({
  rule: `numbers: ${rule}`,
  request: put(`{"title":"Titre","image":{"url":"/a.jpg","bytes":${text}}}`),
  status: 422,
  field: 'image.bytes',
  says,
})

const sizes: BadInput[] = [
  ...numbers.flatMap((field) => [
    wrong('0', field, 0, 'must be 1 or more'),
    wrong('a negative one', field, -1, 'must be 1 or more'),
    wrong('half of one', field, 1.5, 'must be a whole number'),
  ]),
  number('1e400, which is more than a number can be', '1e400', 'must be a whole number'),
  number('-1e400', '-1e400', 'must be 1 or more'),
  number('1e-400, which is nothing', '1e-400', 'must be 1 or more'),
  number('minus zero', '-0', 'must be 1 or more'),
  number('one above the largest that is exact', '9007199254740992', 'must be at most 9007199254740991'),
  number('1e308', '1e308', 'must be at most 9007199254740991'),
  number('a thousand digits', '9'.repeat(1000), 'must be a whole number'),
  number('a hundred digits behind the point', `1.${'3'.repeat(100)}`, 'must be a whole number'),
]

const unknown = (what: string, field: string): BadInput =>
  wrong('no such field', field, 'x', `is not a field of ${what}: must be one of `)

const fields: BadInput[] = [
  unknown('an article', 'titel'),
  unknown('an article', 'Title'),
  unknown('an article', 'revision'),
  unknown('an article', 'author'),
  unknown('an article', 'content_html'),
  unknown('an article', 'title '),
  unknown('an image', 'image.legend'),
  unknown('an attachment', 'attachments.0.length'),
  unknown('a source', 'source.email'),
  unknown('rights', 'rights.owner'),
  {
    rule: '80,000 unknown fields',
    request: put(() => Object.fromEntries([['title', 'x'], ...many(80_000)().map((name) => [name, 1])])),
    status: 422,
    field: 'n0',
    says: 'is not a field of an article',
  },
]

const tooDeep = 'nested deeper than 256 elements; flatten it'
const tooMany = 'has more than 20000 tags; split it'
const tooLong = 'at most 1048576 are kept'

const bodies: BadInput[] = [
  wrong('nested one too deep', 'html', () => '<div>'.repeat(257), tooDeep),
  wrong('nested 1,000 deep', 'html', () => '<div>'.repeat(1000) + '</div>'.repeat(1000), tooDeep),
  wrong('lists nested 1,000 deep', 'html', () => '<ul><li>'.repeat(1000), tooDeep),
  wrong('19,000 tags that nobody closes', 'html', () => '<div>'.repeat(19_000), tooDeep),
  wrong('100,000 nested tags', 'html', () => '<div>'.repeat(100_000), tooMany),
  wrong('50,000 tags side by side', 'html', () => '<b>x</b>'.repeat(25_000), tooMany),
  wrong('50,000 comments', 'html', () => '<!---->'.repeat(50_000), tooMany),
  wrong('50,000 tags that close nothing', 'html', () => '</p>'.repeat(50_000), tooMany),
  wrong('20,000 quotes in each other', 'markdown', () => `${'>'.repeat(20_000)} a`, 'nested too deeply'),
  wrong('33 quotes in each other', 'markdown', () => `${'>'.repeat(33)} a`, 'nested too deeply'),
  wrong('raw HTML nested 1,000 deep', 'markdown', () => '<div>'.repeat(1000), tooDeep),
  wrong('15,000 paragraphs', 'markdown', () => 'a\n\n'.repeat(15_000), tooMany),
  wrong('50,000 paragraphs', 'text', () => 'a\n\n'.repeat(50_000), tooMany),
  wrong(
    'above 1 MiB once it is escaped',
    'text',
    () => '&'.repeat(90_000) + 'mot '.repeat(200_000),
    tooLong,
    'article',
  ),
  together(
    'above 1 MiB once its pictures have absolute addresses',
    { url: `https://journal.example/${'a/'.repeat(900)}`, html: '<img src=a>'.repeat(600) },
    'article',
    tooLong,
  ),
]

const taken = (rule: string, request: BadInput['request'], status: number, says: string): BadInput => ({
  rule: `duplicates: ${rule}`,
  request,
  status,
  says,
})
const post = (article: object) => ({ method: 'POST', path: '/api/articles', body: () => article })

const duplicates: BadInput[] = [
  taken(
    'the slug of an article with another id',
    { method: 'PUT', path: '/api/articles/un', body: () => ({ title: 'Titre', id: 'urn:x:2x' }) },
    409,
    'another article has, or had, this slug',
  ),
  taken(
    'a known id, under the slug of a third article',
    { method: 'PUT', path: '/api/articles/un', body: () => ({ title: 'Titre', id: 'urn:x:2' }) },
    409,
    'another article has, or had, this slug',
  ),
  taken(
    'a slug that redirects to another article',
    { method: 'PUT', path: '/api/articles/ancien', body: () => ({ title: 'Titre' }) },
    409,
    'another article has, or had, this slug',
  ),
  taken('a slug that redirects, by POST', post({ title: 'Titre', slug: 'ancien' }), 409, 'or had, this slug'),
  taken(
    'POST of a slug that is there',
    post({ title: 'Titre', slug: 'un' }),
    409,
    'article "un" has this slug already',
  ),
  taken(
    'POST of an id that is there',
    post({ title: 'Titre', slug: 'neuf', id: 'urn:x:1' }),
    409,
    'article "un" has this id already; to change it, PUT to its address',
  ),
  taken('POST of the same article again', post(standing.un), 409, 'article "un" has this id already'),
  taken(
    'a withdrawn article without a status',
    { method: 'PUT', path: '/api/articles/retire', body: () => ({ title: 'Titre' }) },
    409,
    'to publish it again, give status "published"',
  ),
]

const conditional = (rule: string, headers: Record<string, string>, request: object = {}): BadInput => ({
  rule: `preconditions: ${rule}`,
  request: { method: 'PUT', path: '/api/articles/un', body: '{"title":"Titre"}', headers, ...request },
  status: 412,
  says: 'its stored version does not meet If-Match or If-None-Match; read it again',
})
const deletion = { method: 'DELETE', body: undefined }

const preconditions: BadInput[] = [
  conditional('If-Match with another tag', { 'If-Match': '"x"' }),
  conditional('If-Match without quotes', { 'If-Match': 'x' }),
  conditional('If-Match with one quote', { 'If-Match': '"x' }),
  conditional('If-Match, empty', { 'If-Match': '' }),
  conditional('If-Match with an empty tag', { 'If-Match': '""' }),
  conditional('If-Match with a star in quotes', { 'If-Match': '"*"' }),
  conditional('If-Match with commas only', { 'If-Match': ',,' }),
  conditional('If-Match with 10,000 tags', { 'If-Match': '"x", '.repeat(10_000) }),
  conditional('If-Match: * where nothing is', { 'If-Match': '*' }, { path }),
  conditional('If-None-Match: * where something is', { 'If-None-Match': '*' }),
  conditional('both, of which one fails', { 'If-Match': '*', 'If-None-Match': '*' }),
  conditional('DELETE, If-Match with another tag', { 'If-Match': '"x"' }, deletion),
  conditional('DELETE, If-None-Match: *', { 'If-None-Match': '*' }, deletion),
  conditional('DELETE, If-Match without quotes', { 'If-Match': 'x' }, deletion),
]

const query = (rule: string, text: string, field: string, says: string): BadInput => ({
  rule: `query: ${rule}`,
  request: { method: 'GET', path: `/api/articles?${text}` },
  status: 400,
  field,
  says,
})
const cursor = 'must be taken from the member "next"'

const queries: BadInput[] = [
  query(
    'a status that is none',
    'status=live',
    'status',
    'must be one of draft, scheduled, published, expired, withdrawn',
  ),
  query(
    'an empty status',
    'status=',
    'status',
    'must be one of draft, scheduled, published, expired, withdrawn',
  ),
  query(
    'a status in capitals',
    'status=DRAFT',
    'status',
    'must be one of draft, scheduled, published, expired, withdrawn',
  ),
  query('since a word', 'since=hier', 'since', 'must be a date and time'),
  query('since nothing', 'since=', 'since', 'must be a date and time'),
  query('since 31 February', 'since=2024-02-31T00:00:00Z', 'since', 'no such day'),
  query(
    'since a time without a zone',
    'since=2024-06-19T00:00:00',
    'since',
    'needs a zone: 2024-06-19T00:00:00-04:00',
  ),
  query('since a number', 'since=1', 'since', 'must be a date and time'),
  query('since month 13', 'since=2024-13-01T00:00:00Z', 'since', 'no such day'),
  query('a cursor that is a word', 'before=x', 'before', cursor),
  query('an empty cursor', 'before=', 'before', cursor),
  query('half a cursor', 'before=1718798400000', 'before', cursor),
  query('a cursor and a half', 'before=1.2.3', 'before', cursor),
  query('a cursor of huge numbers', `before=${'9'.repeat(16)}.1`, 'before', cursor),
  query('a cursor that ends SQL', "before=1.1'--", 'before', cursor),
]

const secret = (rule: string, authorization: string | undefined, request: object = {}): BadInput => ({
  rule: `token: ${rule}`,
  request: { ...put('{"title":"Titre"}', { Authorization: authorization }), ...request },
  status: 401,
  says: 'send a valid bearer token',
})
const forbidden = (rule: string, request: object, scope: string): BadInput => ({
  rule: `scope: ${rule}`,
  request: { ...put('{"title":"Titre"}', { Authorization: `Bearer ${tokens.reader}` }), ...request },
  status: 403,
  says: `the token lacks the scope "${scope}"`,
})

const access: BadInput[] = [
  secret('none', undefined),
  secret('empty', ''),
  secret('the scheme only', 'Bearer'),
  secret('the scheme and a space', 'Bearer '),
  secret('no scheme', token),
  secret('another scheme', `Basic ${btoa(`kim:${token}`)}`),
  secret('another one', 'Bearer another'),
  secret('with a space within', `Bearer ${token} x`),
  secret('in quotes', `Bearer "${token}"`),
  secret('in capitals', `Bearer ${token.toUpperCase()}`),
  secret('without its last character', `Bearer ${token.slice(0, -1)}`),
  secret('two of them', `Bearer ${token}, Bearer ${token}`),
  secret('100 kB', `Bearer ${'x'.repeat(100_000)}`),
  secret('its name', 'Bearer tests'),
  secret('in the address', undefined, { path: `${path}?access_token=${token}` }),
  secret('none, to read a draft', undefined, { method: 'GET', body: undefined }),
  secret('none, to list', undefined, { method: 'GET', path: '/api/articles', body: undefined }),
  secret('none, to delete', undefined, { ...deletion, path: '/api/articles/un' }),
  secret('none, and a body that is wrong too', undefined, { body: '{' }),
  forbidden('a reader writes', {}, 'publish'),
  forbidden('a reader adds', { method: 'POST', path: '/api/articles' }, 'publish'),
  forbidden('a reader deletes', { ...deletion, path: '/api/articles/un' }, 'publish'),
  forbidden('a writer renames', { path: '/api/tags/ete', body: '{"name":"Hiver"}', headers: {} }, 'admin'),
]

const renaming = (rule: string, body: string, says: string, field = 'name'): BadInput => ({
  rule: `renaming: ${rule}`,
  request: { method: 'PUT', path: '/api/sections/monde', headers: admin, body },
  status: 422,
  field,
  says,
})
const admin = { Authorization: `Bearer ${tokens.admin}` }

const names: BadInput[] = [
  renaming('no name', '{}', 'must be given'),
  renaming('a number', '{"name":7}', 'must be text'),
  renaming('a blank name', '{"name":" "}', blank),
  renaming('a name with nothing to see', '{"name":"\u200b"}', visible),
  renaming('a name that is too long', JSON.stringify({ name: 'x'.repeat(201) }), most(200)),
  renaming(
    'an unknown field',
    '{"name":"Terre","key":"terre"}',
    'is not a field of a name: must be one of name',
    'key',
  ),
  renaming('a list', '[]', 'must be an object'),
  renaming('null', 'null', 'must be an object'),
  {
    rule: 'renaming: no JSON',
    request: { method: 'PUT', path: '/api/sections/monde', headers: admin, body: '{"name":' },
    status: 400,
    says: 'as JSON',
  },
  {
    rule: 'renaming: no JSON media type',
    request: {
      method: 'PUT',
      path: '/api/sections/monde',
      headers: { ...admin, 'Content-Type': 'text/plain' },
      body: 'Terre',
    },
    status: 415,
    says: 'send application/json',
  },
  {
    rule: 'renaming: a section that nobody knows',
    request: { method: 'PUT', path: '/api/sections/lune', headers: admin, body: '{"name":"Lune"}' },
    status: 404,
    says: 'Cannot find "sections/lune"',
  },
]

const method = (rule: string, name: string, at: string, says: string): BadInput => ({
  rule: `methods: ${rule}`,
  request: { method: name, path: at },
  status: 405,
  says,
})

const methods: BadInput[] = [
  method('PATCH of an article', 'PATCH', '/api/articles/un', 'use DELETE, GET, HEAD, OPTIONS, PUT'),
  method('POST to an article', 'POST', '/api/articles/un', 'use DELETE, GET, HEAD, OPTIONS, PUT'),
  method('DELETE of everything', 'DELETE', '/api/articles', 'use GET, HEAD, OPTIONS, POST'),
  method('PUT of everything', 'PUT', '/api/articles', 'use GET, HEAD, OPTIONS, POST'),
  method('DELETE of a section', 'DELETE', '/api/sections/monde', 'use OPTIONS, PUT'),
  method('PUT of a feed', 'PUT', '/feed.rss', 'use GET, HEAD, OPTIONS'),
  {
    rule: 'reading an article that is not there',
    request: { method: 'GET', path },
    status: 404,
    says: 'Cannot find article "neuf"',
  },
  {
    rule: 'deleting an article that is not there',
    request: { method: 'DELETE', path },
    status: 404,
    says: 'Cannot find article "neuf"',
  },
  {
    rule: 'deleting a former address',
    request: { method: 'DELETE', path: '/api/articles/ancien' },
    status: 404,
    says: 'Cannot find article "ancien"',
  },
]

const large = (
  rule: string,
  request: BadInput['request'],
  says = 'at most 1048576 are accepted',
): BadInput => ({
  rule: `size: ${rule}`,
  request,
  status: 413,
  says,
})
const megabytes = (length: number) => () => new Raw(`{"title":"Titre","text":"${'x'.repeat(length)}"}`)

const oversized: BadInput[] = [
  large('3 MB', put(megabytes(3_000_000))),
  large(
    'one byte too many',
    put(() => new Raw('{"title":"Titre"}'.padEnd(1_048_577))),
  ),
  large(
    '3 MB of white space',
    put(() => new Raw(' '.repeat(3_000_000))),
  ),
  large(
    '3 MB that are no JSON',
    put(() => new Raw('{'.repeat(3_000_000))),
  ),
  large('3 MB that are no UTF-8', put(new Uint8Array(3_000_000).fill(0xff))),
  large('3 MB, by POST', { method: 'POST', path: '/api/articles', body: megabytes(3_000_000) }),
  large('a name of 3 MB', {
    method: 'PUT',
    path: '/api/sections/monde',
    headers: admin,
    body: () => ({ name: 'x'.repeat(3_000_000) }),
  }),
  large(
    'characters are counted as bytes',
    put(() => new Raw(`{"title":"${'é'.repeat(600_000)}"}`)),
  ),
  large('a length that is only announced', put('{"title":"Titre"}', { 'Content-Length': '1048577' })),
  large('a length of a thousand digits', put('{}', { 'Content-Length': '9'.repeat(1000) })),
]

const newline = '\n'
/**
 * Makes a table row whose request is a bulk import of three lines. Only the second line is wrong and must be
 * refused. The first and the third line equal stored articles, so the import changes nothing.
 */
const line = (
  rule: string,
  wrongLine: string | number[] | (() => string),
  status: number,
  says: string,
  field?: string,
): BadInput => ({
  rule: `lines: ${rule}`,
  request: {
    method: 'POST',
    path: '/api/articles',
    headers: { 'Content-Type': 'application/x-ndjson' },
    body: bytes(
      JSON.stringify(standing.un),
      newline,
      typeof wrongLine === 'function' ? wrongLine() : wrongLine,
      newline,
      JSON.stringify(standing.deux),
    ),
  },
  status,
  says,
  ...(field !== undefined && { field }),
})

const lines: BadInput[] = [
  line('cut off', '{"title":', 400, 'as JSON'),
  line('a comma between lines', '{"title":"Titre"},', 400, 'as JSON'),
  line('the bracket of a list', '[', 400, 'as JSON'),
  line('two articles on one line', '{"title":"A"} {"title":"B"}', 400, 'as JSON'),
  line('NUL', '\0', 400, 'as JSON'),
  line('a carriage return within', '{"title":\r"Tit\rre"}', 400, 'as JSON'),
  line('a line break of Unicode is none', '{"title":"A"}\u2028{"title":"B"}', 400, 'as JSON'),
  line('no UTF-8', [0x7b, 0xff, 0x7d], 400, 'must be UTF-8'),
  line('UTF-16', [0xff, 0xfe, 0x7b, 0x00], 400, 'must be UTF-8'),
  line('null', 'null', 422, 'must be an object', 'article'),
  line('a list', '[{"title":"Titre"}]', 422, 'must be an object', 'article'),
  line('a text', '"Titre"', 422, 'must be an object', 'article'),
  line('a number', '7', 422, 'must be an object', 'article'),
  line('no title', '{"slug":"neuf"}', 422, 'must be given', 'title'),
  line('an unknown field', '{"title":"Titre","titel":"x"}', 422, 'is not a field of an article', 'titel'),
  line('no slug to be made', '{"title":"!?"}', 422, 'must be given, since the title', 'slug'),
  line(
    'updated before published',
    JSON.stringify({ title: 'Titre', published, updated: '2023-01-01T00:00:00Z' }),
    422,
    'is before published',
    'updated',
  ),
  line(
    'HTML nested too deeply',
    () => JSON.stringify({ title: 'Titre', html: '<div>'.repeat(257) }),
    422,
    tooDeep,
    'html',
  ),
  line('too long', () => ' '.repeat(1_310_721), 413, 'at most 1310720 are accepted'),
  line(
    'a slug that another id has',
    '{"title":"Titre","slug":"un","id":"urn:x:9"}',
    409,
    'another article has, or had, this slug',
  ),
  line(
    'a slug that redirects',
    '{"title":"Titre","slug":"ancien"}',
    409,
    'another article has, or had, this slug',
  ),
  line(
    'a withdrawn article without a status',
    '{"title":"Titre","slug":"retire"}',
    409,
    'give status "published"',
  ),
]

/** All tables of invalid requests, by the subject of the table. */
export const tables: Record<string, BadInput[]> = {
  json,
  mediaTypes,
  types,
  lengths,
  dates,
  orders,
  urls,
  ids,
  slugs,
  languages,
  details,
  sizes,
  fields,
  bodies,
  duplicates,
  preconditions,
  queries,
  access,
  names,
  methods,
  oversized,
  lines,
}

export const badInput: BadInput[] = Object.values(tables).flat()

/**
 * Valid input that is close to invalid input of the tables, such as the greatest permitted number. Each entry
 * consists of the rule, the fields of the request, and the values that the API must store.
 */
export const goodInput: [rule: string, members: Record<string, unknown>, kept: Record<string, unknown>][] = [
  ['the offset +14:00', { published: '2024-06-19T12:00:00+14:00' }, { published: '2024-06-18T22:00:00Z' }],
  ['the offset -00:00', { published: '2024-06-19T12:00:00-00:00' }, { published }],
  ['a lower-case t and z', { published: '2024-06-19t12:00:00z' }, { published }],
  ['a fraction of nine digits', { published: '2024-06-19T12:00:00.123456789Z' }, { published }],
  ['the last second of 9999', { expires: '9999-12-31T23:59:59Z' }, { expires: '9999-12-31T23:59:59Z' }],
  ['29 February of 2000', { published: '2000-02-29T12:00:00Z' }, { published: '2000-02-29T12:00:00Z' }],
  ['updated when published', { published, updated: published }, { updated: published }],
  ['a host with accents', { url: 'https://été.example/é' }, { url: 'https://xn--t-9fab.example/%C3%A9' }],
  ['a space in a path', { url: 'https://journal.example/a b' }, { url: 'https://journal.example/a%20b' }],
  ['port 65535', { url: 'https://journal.example:65535/' }, { url: 'https://journal.example:65535/' }],
  ['50 tags', { tags: many(50)() }, { tags: many(50)() }],
  ['spellings of one tag stand once', { tags: ['Été', 'été', 'ÉTÉ'] }, { tags: ['Été'] }],
  [
    'spellings of one author stand once',
    { authors: ['Kim', { name: 'KIM' }] },
    { authors: [{ name: 'Kim' }] },
  ],
  ['an escaped lone surrogate goes', { title: 'a\ud800' }, { title: 'a' }],
  ['letters of another script', { section: '世界' }, { section: '世界' }],
  ['a title that looks like markup', { title: '<b>&amp;</b>' }, { title: '<b>&amp;</b>' }],
  [
    'the largest exact number',
    { image: { url: '/a.jpg', bytes: 2 ** 53 - 1 } },
    { image: { url: '/a.jpg', bytes: 2 ** 53 - 1 } },
  ],
  ['an empty summary', { summary: '' }, { summary: '' }],
  ['256 elements deep', { text: undefined, html: '<div>'.repeat(256) }, {}],
]
