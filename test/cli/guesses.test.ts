import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { ImportItem } from '../../src/cli/import.ts'
import { findArticles } from '../../src/cli/read-file.ts'
import type { ImportKind } from '../../src/cli/sources/kinds.ts'
import type { ArticleInput } from '../../src/domain/input.ts'
import { detailsOf } from '../../src/http/problem.ts'

const folder = mkdtempSync(join(tmpdir(), 'kiosque-guesses-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Content = string | Uint8Array

/** The fields of an article that a source may leave to a guess. */
type Field = 'language' | 'published' | 'updated' | 'title' | 'authors' | 'section'
/** What else may have to be guessed: the zone of a time, the order of day and month, and the encoding. */
type Cell = Field | 'zone' | 'order' | 'encoding'

/** A file from which something is guessed, and the warning that says so. */
type Guess = { from: Content; warns: RegExp }
/** A file that is refused, because nothing is guessed. */
type Refusal = { from: Content; refuses: RegExp }
/** A file that lacks the field, which then stays empty. */
type Nothing = { from: Content; leaves: keyof ArticleInput }
/** A reason why the source leaves nothing to guess. */
type Rule = Guess | Refusal | Nothing | 'always stated' | 'the kind has no such field'

const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const french = 'La ville et les maires ont signé une entente qui ouvre le pont aux piétons. '.repeat(4)
const english = 'The mayors of the city have signed an agreement that opens the bridge to walkers. '.repeat(4)
const spanish =
  'El puente cubierto abre otra vez el lunes, después de tres meses de obras, y los vecinos lo esperan con impaciencia. '.repeat(
    3,
  )

const capture = (more = '', body = french) =>
  `Le pont couvert rouvre lundi après trois mois\n\n${more}${body}\n\n${body}\n`
const page = (head: string, body = french, near = '', title = 'Le pont couvert rouvre lundi') =>
  `<html><head><title>${title}</title>${head}</head><body><article><h1>${title}</h1>${near}${`<p>${body}</p>`.repeat(4)}</article></body></html>`
const front = (yaml: string, body = french) => `---\ntitle: Le pont\n${yaml}\n---\n${body}`
const item = (inside: string, title = '<title>Le pont</title>') => `<item>${title}${inside}</item>`
const rss = (inside: string, channel = '<language>fr</language>') =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>J</title>${channel}${inside}</channel></rss>`
const atom = (inside: string, attributes = ' xml:lang="fr"') =>
  `<feed xmlns="http://www.w3.org/2005/Atom"${attributes}><title>J</title><id>urn:x:f</id><updated>2024-06-19T12:00:00Z</updated><entry><id>urn:x:1</id>${inside}</entry></feed>`
const jsonFeed = (one: object, feed: object = { language: 'fr' }) =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'J',
    ...feed,
    items: [{ id: '1', ...one }],
  })
const wxr = (inside: string, channel = '<language>fr</language>', title = 'Le pont') =>
  `<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>${channel}<item><title>${title}</title><guid>https://j.example/?p=1</guid><wp:post_type>post</wp:post_type>${/wp:status/.test(inside) ? '' : '<wp:status>publish</wp:status>'}<content:encoded><![CDATA[${french}]]></content:encoded>${inside}</item></channel></rss>`
const gmt = '<wp:post_date_gmt>2024-06-19 12:00:00</wp:post_date_gmt>'
const dated = '<pubDate>Wed, 19 Jun 2024 08:00:00 EDT</pubDate>'
const updatedEarlier = /^updated: ".*" is before published, and is left out$/
const updatedWrong = /^updated: ".*" cannot be read, and is left out$/
const lastChange = /^published: the date of the last change is taken/
const noZone = /^published: 08:00:00 has no zone, and UTC is taken$/
const notUtf8 = latin('\xe9t\xe9')
const wrongOrder = /published: must be a date such as/
const guessed = (tag: string) => new RegExp(`^language: ${tag} is guessed from the text$`)
const unknown = /^language: not recognized, so that of the site is taken$/
const none = 'the kind has no such field' as const
const stated = 'always stated' as const

/** The kinds of files. A feed, and Markdown, have several. */
type Source = Exclude<ImportKind, 'feed'> | 'rss' | 'atom' | 'jsonFeed' | 'heading'

/** The ending of the names of the files of each source. */
const endings: Record<Source, string> = {
  ...{ capture: 'txt', page: 'html', markdown: 'md', heading: 'md', rss: 'rss', atom: 'atom' },
  ...{ jsonFeed: 'json', wordpress: 'xml', json: 'json', ndjson: 'ndjson' },
}

/** What an article as JSON and a line of NDJSON have in common. */
const inJson = {
  published: { from: '{"title":"T"}', leaves: 'published' },
  updated: { from: '{"title":"T"}', leaves: 'updated' },
  title: { from: '{"text":"x"}', refuses: /title: must be given/ },
  authors: { from: '{"title":"T"}', leaves: 'authors' },
  section: { from: '{"title":"T"}', leaves: 'section' },
  zone: { from: '{"title":"T","published":"2026-11-01 01:30"}', warns: /^published: clocks in .* twice/ },
  order: { from: '{"title":"T","published":"10/05/2022"}', refuses: wrongOrder },
  encoding: { from: latin('{"title":"\xe9t\xe9"}'), refuses: /UTF-8/ },
} as const

/** For each source and each thing that it may leave to a guess, what happens then. TypeScript demands every cell. */
const rules: Record<Source, Record<Cell, Rule | Rule[]>> = {
  capture: {
    language: [
      { from: capture(), warns: guessed('fr') },
      { from: capture('', spanish), warns: guessed('es') },
      { from: 'Le pont couvert 2024\n\nOk. Kim 7.\n', warns: unknown },
    ],
    published: {
      from: capture('Mis à jour le 14 septembre 2020\n\n'),
      warns: /^published: the date of the update/,
    },
    updated: none,
    title: {
      from: `Ville\n\n${capture('Par Kim Tremblay\n\n')}`,
      warns: /^title: .* is taken, and 1 line above/,
    },
    authors: {
      from: capture('Kim Tremblay\n\n'),
      warns: /^authors: "Kim Tremblay" is taken for a byline/,
    },
    section: none,
    zone: {
      from: capture('Par Kim Tremblay le 14.09.2020 à 11h46\n\n'),
      warns: /^published: 11:46 has no zone/,
    },
    order: {
      from: capture('By Kim Tremblay, 10/05/2022\n\n', english),
      warns: /^published: "10\/05\/2022" does not exist, has two/,
    },
    encoding: { from: notUtf8, refuses: /not UTF-8/ },
  },
  page: {
    language: [
      { from: page('', english), warns: guessed('en') },
      { from: page('<meta name="x">', '1 2 3 4 5, '.repeat(40), '', 'Rz 7'), warns: unknown },
    ],
    published: { from: page('', french, '<p>Publié le 14 octobre 2022 à 9 h 27</p>'), warns: /^published: / },
    updated: none,
    title: stated,
    authors: { from: page('', french, '<p>Par Kim Tremblay</p>'), warns: /^authors: / },
    section: none,
    zone: {
      from: page('<meta name="date" content="2022-10-14 09:27">'),
      warns: /^published: 09:27 has no zone/,
    },
    order: { from: page('<meta name="date" content="10/05/2022 05:22 pm">'), leaves: 'published' },
    encoding: { from: latin(page('', `\xe9t\xe9 ${english}`)), warns: /read as Windows-1252/ },
  },
  markdown: {
    language: [
      { from: front('published: 2024-06-19'), warns: guessed('fr') },
      { from: front('published: 2024-06-19', spanish), warns: guessed('es') },
      { from: front('published: 2024-06-19', 'Bref.'), warns: unknown },
    ],
    published: { from: front('language: fr'), leaves: 'published' },
    updated: { from: front('language: fr'), leaves: 'updated' },
    title: { from: '---\nlanguage: fr\n---\nUn paragraphe.', refuses: /no title/ },
    authors: { from: front('language: fr'), leaves: 'authors' },
    section: { from: front('language: fr'), leaves: 'section' },
    zone: {
      from: front('published: 2026-11-01 01:30'),
      warns: /^published: clocks in America\/Toronto show .* twice/,
    },
    order: { from: front('published: 10/05/2022'), refuses: wrongOrder },
    encoding: { from: notUtf8, refuses: /must be UTF-8/ },
  },
  heading: {
    language: [
      { from: `# Le pont\n\n${english}`, warns: guessed('en') },
      { from: '# Le pont\n\nBref.', warns: unknown },
    ],
    published: { from: '# Le pont\n\nBref.', leaves: 'published' },
    updated: none,
    title: { from: 'Un paragraphe.', refuses: /no title/ },
    authors: none,
    section: none,
    zone: none,
    order: none,
    encoding: { from: notUtf8, refuses: /must be UTF-8/ },
  },
  rss: {
    language: [
      { from: rss(item(`<description>${english}</description>`), ''), warns: guessed('en') },
      { from: rss(item('<description>Bref.</description>'), ''), warns: unknown },
      {
        from: rss(item(''), '<language>fran\u00e7ais de chez nous</language>'),
        warns: /^language: ".*" is no language tag$/,
      },
    ],
    published: { from: rss(item('<atom:updated>2024-06-19T12:00:00Z</atom:updated>')), warns: lastChange },
    updated: [
      { from: rss(item(`${dated}<atom:updated>2024-06-18T12:00:00Z</atom:updated>`)), warns: updatedEarlier },
      { from: rss(item(`${dated}<atom:updated>hier</atom:updated>`)), warns: updatedWrong },
    ],
    title: { from: rss(item('<description>Un mot.</description>', '')), warns: /^title: none was found/ },
    authors: { from: rss(item(dated)), leaves: 'authors' },
    section: none,
    zone: [
      { from: rss(item('<pubDate>Wed, 19 Jun 2024 08:00:00</pubDate>')), warns: noZone },
      {
        from: rss(item('<pubDate>Wed, 19 Jun 2024 08:00:00 BST</pubDate>')),
        warns: /^published: 08:00:00 has the unknown zone "BST", and UTC is taken$/,
      },
    ],
    order: [
      { from: rss(item('<pubDate>10/05/2022</pubDate>')), refuses: wrongOrder },
      {
        from: rss(item('<pubDate>2022-10-05 13:00 PM</pubDate>')),
        refuses: /no such time: 13:00 pm/,
      },
      {
        from: rss(item('<pubDate>Mon, 19 Jun 2024 08:00:00 GMT</pubDate>')),
        warns: /^published: 2024-06-19 is a Wednesday/,
      },
      {
        from: rss(item('<pubDate>Mon, 31 Jun 2024 08:00:00 GMT</pubDate>')),
        refuses: /no such day: 2024-06-31/,
      },
      {
        from: rss(item(`${dated}<enclosure url="https://g.example/a.mp3" type="audio/mpeg"/>`)),
        warns: /^text: none was found$/,
      },
      ...[
        'Wed, 30 Nov -0001 00:00:00 +0000',
        '0001-01-01T00:00:00Z',
        'Mon, 01 Jan 0001 00:00:00 GMT',
        'Thu, 01 Jan 1970 00:00:00 GMT',
        '1969-12-31T19:00:00-05:00',
      ].map((missing) => ({
        from: rss(item(`<pubDate>${missing}</pubDate>`)),
        warns: new RegExp(
          `^published: "${missing.replace('+', '\\+')}" stands for no date, and is left out$`,
        ),
      })),
    ],
    encoding: {
      from: latin(rss(item('<description>\xe9t\xe9</description>'))),
      warns: /read as Windows-1252/,
    },
  },
  atom: {
    language: [
      { from: atom(`<title>T</title><content>${english}</content>`, ''), warns: guessed('en') },
      { from: atom('<title>T</title>', ''), warns: unknown },
    ],
    published: { from: atom('<title>T</title><updated>2024-06-19T12:00:00Z</updated>'), warns: lastChange },
    updated: {
      from: atom('<title>T</title><published>2024-06-19</published><updated>2024-06-18</updated>'),
      warns: updatedEarlier,
    },
    title: { from: atom('<content>Un mot.</content>'), warns: /^title: none was found/ },
    authors: { from: atom('<title>T</title>'), leaves: 'authors' },
    section: none,
    zone: { from: atom('<title>T</title><published>2024-06-19T08:00:00</published>'), warns: noZone },
    order: { from: atom('<title>T</title><published>10/05/2022</published>'), refuses: wrongOrder },
    encoding: { from: latin(atom('<title>\xe9t\xe9</title>')), warns: /read as Windows-1252/ },
  },
  jsonFeed: {
    language: [
      { from: jsonFeed({ title: 'T', content_text: english }, {}), warns: guessed('en') },
      { from: jsonFeed({ title: 'T' }, {}), warns: unknown },
    ],
    published: { from: jsonFeed({ title: 'T', date_modified: '2024-06-19T12:00:00Z' }), warns: lastChange },
    updated: {
      from: jsonFeed({ title: 'T', date_published: '2024-06-19', date_modified: '2024-06-18' }),
      warns: updatedEarlier,
    },
    title: { from: jsonFeed({ content_text: 'Un mot.' }), warns: /^title: none was found/ },
    authors: { from: jsonFeed({ title: 'T' }), leaves: 'authors' },
    section: none,
    zone: { from: jsonFeed({ title: 'T', date_published: '2024-06-19T08:00:00' }), warns: noZone },
    order: { from: jsonFeed({ title: 'T', date_published: '10/05/2022' }), refuses: wrongOrder },
    encoding: { from: latin(jsonFeed({ title: '\xe9t\xe9' })), warns: /read as Windows-1252/ },
  },
  wordpress: {
    language: { from: wxr(gmt, ''), warns: guessed('fr') },
    published: [
      { from: wxr('<wp:post_modified_gmt>2024-06-19 12:00:00</wp:post_modified_gmt>'), warns: lastChange },
      {
        from: wxr('<wp:status>future</wp:status>'),
        warns: /^status: draft, because a post of the future has no date$/,
      },
    ],
    updated: [
      {
        from: wxr(`${gmt}<wp:post_modified_gmt>2024-06-18 12:00:00</wp:post_modified_gmt>`),
        warns: updatedEarlier,
      },
      { from: wxr(`${gmt}<wp:post_modified>hier</wp:post_modified>`), warns: updatedWrong },
      { from: wxr(`${gmt}<wp:post_modified_gmt>hier</wp:post_modified_gmt>`), warns: updatedWrong },
    ],
    title: { from: wxr(gmt, '<language>fr</language>', ''), warns: /^title: none was found/ },
    authors: {
      from: wxr(`${gmt}<dc:creator>ktremblay</dc:creator>`),
      warns: /^authors: "ktremblay" may be a login name/,
    },
    section: {
      from: wxr(
        `${gmt}<category domain="category">Ville</category><category domain="category">Ponts</category>`,
      ),
      warns: /^section: "Ville" is the first of 2 categories$/,
    },
    zone: [
      {
        from: wxr('<wp:post_date>2024-06-19 08:00:00</wp:post_date>'),
        warns: /^published: .* has no zone, and UTC is taken$/,
      },
      {
        from: wxr(
          '<wp:post_date>2024-06-19 08:00:00</wp:post_date>',
          '<language>fr</language><item><wp:post_type>page</wp:post_type><wp:post_date>2024-01-19 08:00:00</wp:post_date><wp:post_date_gmt>2024-01-19 13:00:00</wp:post_date_gmt></item>',
        ),
        warns: /^published: .* has no zone, and the zone of another post is taken$/,
      },
    ],
    order: { from: wxr('<wp:post_date_gmt>10/05/2022</wp:post_date_gmt>'), refuses: wrongOrder },
    encoding: {
      from: latin(wxr(`${gmt}<category domain="category">\xc9t\xe9</category>`)),
      warns: /read as Windows-1252/,
    },
  },
  json: {
    language: [
      { from: JSON.stringify({ title: 'T', html: `<p>${english}</p>` }), warns: guessed('en') },
      { from: JSON.stringify({ title: 'T' }), warns: unknown },
    ],
    ...inJson,
  },
  ndjson: {
    language: [
      { from: JSON.stringify({ title: 'T', markdown: english }), warns: guessed('en') },
      { from: '{"title":"T"}', warns: unknown },
    ],
    ...inJson,
  },
}

/** The first article that an import finds in a file with this content. */
function foundIn(source: Source, content: Content, given: object = {}): ImportItem {
  const path = join(folder, `a.${endings[source]}`)
  writeFileSync(path, content)
  const found = [...findArticles([path], given, 'America/Toronto')].find((one) => 'article' in one)
  if (!found) throw new Error('no article')
  return found
}

const rows = Object.entries(rules).flatMap(([source, cells]) =>
  Object.entries(cells).flatMap(([cell, rule]) =>
    [rule]
      .flat()
      .flatMap((one, at) =>
        typeof one === 'string' ? [] : [[`${source}: ${cell} ${at + 1}`, source as Source, one] as const],
      ),
  ),
)

describe('what an import guesses or assumes is a warning', () => {
  test.for(rows)('%s', ([, source, rule]) => {
    const item = foundIn(source, rule.from)
    const article = 'article' in item ? item.article : undefined
    if ('refuses' in rule) {
      expect(article?.ok === false && detailsOf(article.problem).detail).toMatch(rule.refuses)
      return
    }
    expect(article).toMatchObject({ ok: true })
    if ('leaves' in rule) expect(article?.ok && article.value[rule.leaves]).toBeUndefined()
    else expect(item.warnings).toContainEqual(expect.stringMatching(rule.warns))
  })
})

/** A file of each source that states everything. */
const complete: Record<Source, Content> = {
  capture: capture('Par Kim Tremblay\n\nPublié le 14 septembre 2020 à 11 h 46 HAE\n\n'),
  page: page(
    '<meta property="og:locale" content="fr_CA"><meta name="date" content="2022-10-14T09:27:00-04:00"><meta name="author" content="Kim Tremblay">',
  ),
  markdown: front('language: fr\npublished: 2024-06-19 08:00 -0400\nupdated: 2024-06-20'),
  heading: front('language: fr'),
  rss: rss(item(`${dated}<atom:updated>2024-06-20T12:00:00Z</atom:updated><description>A</description>`)),
  atom: atom(
    '<title>T</title><published>2024-06-19T08:00:00Z</published><updated>2024-06-19T08:00:00Z</updated><content>A</content>',
  ),
  jsonFeed: jsonFeed({ title: 'T', content_text: 'A', date_published: '2024-06-19T08:00:00-04:00' }),
  wordpress: wxr(
    `${gmt}<dc:creator>kt</dc:creator><category domain="category">Ville</category>`,
    '<language>fr</language><wp:author><wp:author_login>kt</wp:author_login><wp:author_display_name>Kim Tremblay</wp:author_display_name></wp:author>',
  ),
  json: '{"title":"T","language":"fr","published":"2024-06-19T08:00:00-04:00"}',
  ndjson: '{"title":"T","language":"fr","published":"2024-06-19T08:00:00-04:00"}',
}

test.for(Object.entries(complete))('%s that states everything has no warning', ([source, content]) => {
  const given = source === 'capture' ? { language: 'fr' } : {}
  const item = foundIn(source as Source, content, given)
  expect(item).toMatchObject({ article: { ok: true } })
  expect(item.warnings).toBeUndefined()
})

/** Files from which a field would be guessed, and the options that give it. */
const options: [source: Source, content: Content, given: object, about: string][] = [
  ['capture', capture(), { language: 'fr-CA' }, 'language'],
  [
    'capture',
    capture('Par Kim Tremblay le 14.09.2020 à 11h46\n\n'),
    { published: '2020-09-14' },
    'published',
  ],
  ['page', page('', english), { language: 'en-CA' }, 'language'],
  ['markdown', front(''), { language: 'fr-CA' }, 'language'],
  [
    'rss',
    rss(item('<pubDate>Mon, 19 Jun 2024 08:00:00</pubDate>')),
    { published: '2024-06-19' },
    'published',
  ],
  [
    'wordpress',
    wxr('<wp:post_date>2024-06-19 08:00:00</wp:post_date>'),
    { published: '2024-06-19' },
    'published',
  ],
  ['wordpress', wxr(`${gmt}<dc:creator>kt</dc:creator>`), { authors: ['Kim Tremblay'] }, 'authors'],
]
test.for(options)('%s: a field that an option gives is not guessed', ([source, content, given, about]) => {
  const { warnings = [] } = foundIn(source, content, given)
  expect(warnings.filter((warning) => warning.startsWith(`${about}:`))).toEqual([])
})

test('an article says whether its language was guessed', () => {
  expect(foundIn('markdown', front(''))).toMatchObject({ guessesLanguage: true })
  expect(foundIn('capture', capture())).toMatchObject({ guessesLanguage: true })
  expect(foundIn('page', page('', english))).toMatchObject({ guessesLanguage: true })
  expect(foundIn('markdown', front('language: fr'))).not.toHaveProperty('guessesLanguage')
  expect(foundIn('markdown', front('', 'Bref.'))).not.toHaveProperty('guessesLanguage')
})

test('a body that nests deeply is no obstacle', () => {
  const html = `${'<div>'.repeat(4000)}${english}`
  expect(foundIn('ndjson', JSON.stringify({ title: 'T', html }))).toMatchObject({ article: { ok: true } })
})
