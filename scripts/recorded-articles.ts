/*
 * The articles of a recorded store. Together they have every field, each field at its limit, and every status. The title
 * and slug of each article begin with its number, for example `r01`. `scripts/record-store.ts` leaves out the fields that
 * a release does not know.
 */

type Fields = Record<string, unknown>

/** A text of the greatest length that a field takes. */
const longest = (start: string, length: number, end = ''): string =>
  start + 'x'.repeat(length - start.length - end.length) + end

const listOf = <T>(length: number, make: (number: string) => T): T[] =>
  Array.from({ length }, (_, at) => make(String(at + 1).padStart(2, '0')))

const largest = Number.MAX_SAFE_INTEGER

/** An article with all fields, and each of them at its limit, except the body: a request has at most 1 MiB. */
const atLimits: Fields = {
  id: longest('tag:example.com,2024:', 4000),
  url: longest('https://journal.example/r01', 2000),
  title: longest('r01 ', 1000),
  shortTitle: longest('r01 ', 200),
  kicker: longest('', 200),
  summary: longest('r01 ', 5000),
  html: '<p>r01</p>',
  language: `fr-x${'-abcdefgh'.repeat(10)}`,
  published: '2024-06-01T12:00:00Z',
  updated: '2024-06-02T23:59:59.999+14:00',
  place: longest('', 200),
  urgency: 8,
  section: longest('', 200),
  tags: listOf(50, (number) => longest(`${number} `, 200)),
  authors: listOf(50, (number) => ({
    name: longest(`${number} `, 200),
    url: longest('https://journal.example/', 2000),
    email: longest('', 254, `.${number}@journal.example`),
  })),
  source: { name: longest('', 200), url: longest('http://agence.example/', 2000) },
  image: {
    url: longest('/media/', 2000),
    type: longest('image/', 255),
    ...{ bytes: largest, width: largest, height: largest },
    alt: longest('', 2000),
    caption: longest('', 2000),
    credit: longest('', 500),
  },
  attachments: listOf(50, (number) => ({
    url: longest('https://journal.example/', 2000, number),
    type: longest('audio/', 255),
    ...{ bytes: largest, seconds: largest },
    title: longest('', 500),
  })),
  rights: {
    syndicate: 'full',
    copyright: longest('', 1000),
    license: longest('https://creativecommons.example/', 2000),
  },
  note: longest('', 2000),
  embargo: '2024-06-01T12:00:00Z',
  expires: '9999-12-31T23:59:59Z',
  comments: 'all-held',
  status: 'published',
}

const common: Fields = {
  text: 'Un paragraphe.',
  section: 'Monde',
  tags: ['Été', 'Ελλάδα'],
  authors: ['Kim Tong-hyung'],
}
const dated = (day: number, more: Fields = {}): Fields => ({
  ...common,
  published: `2024-05-${String(day).padStart(2, '0')}T12:00:00Z`,
  ...more,
})

/** Language tags of every form that `Intl.getCanonicalLocales` accepts. */
const languages = ['zh-Hant-TW', 'ar', 'und', 'sl-rozaj-biske-1994', 'en-US-u-ca-gregory', 'es-419', 'gsw']

/** The articles by slug. `soon` and `later` are instants that come during the recording, and after it. */
export const recordedArticles = (soon: string, later: string): [slug: string, article: Fields][] => [
  [longest('r01-', 200), atLimits],
  [
    'r02',
    dated(2, {
      text: undefined,
      html: '<h2>Titre</h2><p>Un <a href="/sections/monde">lien</a>, <img src="/media/a.jpg" alt="Un pont"> et <em>plus</em>.</p>',
      authors: [{ name: 'La rédaction', url: 'https://journal.example/redaction' }, 'Kim Tong-hyung'],
      source: { name: 'Agence' },
      image: { url: 'https://journal.example/image.jpg' },
      attachments: [{ url: '/media/son.mp3', type: 'audio/mpeg' }],
    }),
  ],
  ['r03', dated(3, { text: undefined, markdown: '# Titre\n\n- un\n- *deux* [ici](/articles/r02)\n' })],
  ['r04', { title: 'r04', text: 'Rien que le nécessaire.' }],
  ['r05', dated(5, { status: 'draft', section: 'Inédit' })],
  ['r06', dated(6, { embargo: '2199-01-01T00:00:00Z', section: 'Secret' })],
  ['r07', { ...common, published: '9999-12-31T23:59:59Z' }],
  ['r08', dated(8, { expires: '2024-05-09T12:00:00Z' })],
  ['r09', dated(9, { expires: soon })],
  ['r10', dated(10, { embargo: soon, section: 'Embargo' })],
  ['r11', dated(11)],
  ['r12', dated(12, { status: 'withdrawn' })],
  ['r13', dated(13, { rights: { syndicate: 'none' }, section: 'Privé' })],
  ['r14', dated(14, { rights: { syndicate: 'summary', copyright: '© Journal' }, summary: '' })],
  ['r15-ancien', dated(15, { id: 'urn:kiosque:r15' })],
  ['r15', dated(15, { id: 'urn:kiosque:r15' })],
  ['r16', dated(16)],
  ['r16', dated(16, { title: 'r16 corrigé', note: 'Le titre était faux.', updated: '2024-05-17T12:00:00Z' })],
  ['r17', dated(17, { published: '0000-01-01T00:00:00Z' })],
  ['r18', dated(18, { published: '1969-12-31T23:59:59Z', section: '文化' })],
  ['r19', dated(19, { title: 'r19 🚲 <b>& "’', url: 'https://journal.example/r19?a=1&b=é' })],
  ['r20', dated(20, { embargo: later, section: 'Embargo' })],
  ['r21', dated(21, { expires: later })],
  ['r22', dated(22, { published: later })],
  ['r23', dated(23, { status: 'draft' })],
  ['r24', dated(24)],
  ['r25', { title: 'r25', html: longest('<p>', 1_048_000, '</p>'), published: '2024-05-25T12:00:00Z' }],
  ...languages.map((language, at): [string, Fields] => [`r${30 + at}`, dated(at + 1, { language })]),
  ...listOf(24, (number): [string, Fields] => [`r${40 + Number(number)}`, dated(Number(number))]),
]

/** What is done to the articles afterwards: the method and address of the API, and the body. */
export const laterWork: [method: string, path: string, body?: Fields][] = [
  ['DELETE', 'articles/r11'],
  ['DELETE', 'articles/r23'],
  ['DELETE', 'articles/r24'],
  ['PUT', 'articles/r24', dated(24, { title: 'r24', status: 'published' })],
  ['PUT', 'sections/monde', { name: 'Monde entier' }],
  ['PUT', 'tags/ete', { name: 'ÉTÉ' }],
  ['PUT', 'authors/kim-tong-hyung', { name: 'Kim T.' }],
  ['PUT', 'articles/r41', dated(1, { title: 'r41', section: 'Ville' })],
]
