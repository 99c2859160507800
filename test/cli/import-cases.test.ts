import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findArticles } from '../../src/cli/read-file.ts'
import { refuseUndated } from '../../src/cli/undated.ts'

const folder = mkdtempSync(join(tmpdir(), 'kiosque-cases-'))
afterAll(() => rmSync(folder, { recursive: true }))

const title = 'La bibliothèque du quartier ferme pour un an'
const french =
  'La mairie du quartier annonce que la bibliothèque ferme ses portes pour un an, le temps de refaire le toit et les fenêtres. Les lectrices peuvent rendre leurs livres à la caserne, qui reste ouverte le soir et le samedi.'
const english =
  'The town council said that the library will close its doors for a year while the roof and the windows are repaired. Readers may return their books to the fire station, which stays open in the evening and on Saturdays.'
const german =
  'Die Gemeinde teilt mit, dass die Bibliothek für ein Jahr schließt, weil das Dach und die Fenster erneuert werden. Die Leserinnen können ihre Bücher bei der Feuerwehr abgeben, die am Abend und am Samstag geöffnet ist.'
const spanish =
  'El ayuntamiento anunció que la biblioteca del barrio cierra durante un año porque hay que reparar el tejado y las ventanas. Los lectores pueden devolver sus libros en el parque de bomberos, que abre por la tarde.'

const capture = (head: string, body = french) =>
  `${title}\n\n${head}\n\n${body}\n\n${body.replace('.', ' aussi.')}\n`
const page = (head: string, below = '', body = french, html = ' lang="fr"', heading = title) =>
  `<!doctype html><html${html}><head><title>${heading}</title>${head}</head><body><nav><a href="/">Accueil</a></nav><main><article><h1>${heading}</h1>${below}${`<p>${body}</p>`.repeat(5)}</article></main></body></html>`
const data = (value: object) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`
const feed = (encoding: string, text: string) =>
  `<?xml version="1.0" encoding="${encoding}"?><rss version="2.0"><channel><title>Le Crieur</title><item><title>${text}</title><pubDate>Wed, 19 Jun 2024 08:00:00 EDT</pubDate><description>${text} ${french}</description></item></channel></rss>`
const json = (content_text: string) =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Le Crieur',
    items: [{ id: 'urn:x:1', title, content_text, date_published: '2024-06-19' }],
  })

/** Writes a text in an encoding, with a byte order mark in UTF-16. */
const encoded: Record<'latin1' | 'utf-16le' | 'utf-16be', (text: string) => Uint8Array> = {
  latin1: (text) => Buffer.from(text.replaceAll('’', "'"), 'latin1'),
  'utf-16le': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'utf-16be': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
}

const [kim, ana, jo] = ['Kim Tremblay', 'Ana Roy', 'Jo Lee'].map((name) => ({ name }))
const day = (date: string) => ({ published: `${date}T12:00:00Z`, dayOnly: ['published'] })

/** Files that people import, and what the article must have. The site is in Toronto. */
const rows: [what: string, name: string, content: string | Uint8Array, fields: object][] = [
  [
    'a section above the headline',
    'a.txt',
    `Culture\n\n${capture('Par Kim Tremblay')}`,
    { title, authors: [kim] },
  ],
  [
    'a menu above the headline',
    'a.txt',
    `Je m’abonne au Crieur\nAccueil\nLe carnet du jour\nJeux et mots croisés\nNous joindre\n\nCulture\n\n${capture('Par Kim Tremblay\n\n19 juin 2024')}`,
    { title, authors: [kim], ...day('2024-06-19') },
  ],
  [
    'Par … le …',
    'a.txt',
    capture('Par Ana Roy le 03.11.2021 à 7h05'),
    { authors: [ana], published: '2021-11-03T11:05:00Z' },
  ],
  [
    'a name, a bar and a date',
    'a.txt',
    capture('Jo Lee | mardi 2 novembre 2021 à 18h30'),
    { authors: [jo], published: '2021-11-02T22:30:00Z' },
  ],
  [
    'Von',
    'a.txt',
    capture('Von Ana Roy\n\n03.11.2021, 07:05 Uhr', german),
    { authors: [ana], language: 'de', published: '2021-11-03T11:05:00Z' },
  ],
  [
    'y',
    'a.txt',
    capture('Ana Roy, Jo Lee y Kim Tremblay', spanish),
    { authors: [ana, jo, kim], language: 'es' },
  ],
  [
    'By on a line of its own',
    'a.txt',
    capture('By\nJo Lee\n\nNovember 3, 2021', english),
    { authors: [jo], ...day('2021-11-03') },
  ],
  [
    'a byline of a page with its dates and the paper',
    'a.html',
    page(
      '',
      '<p class="byline">Jo Lee · Le Crieur · Posted: Nov 3, 2021 7:05 AM ET | Last Updated: 2 hours ago</p>',
    ),
    { authors: [jo], source: { name: 'Le Crieur' }, published: '2021-11-03T11:05:00Z' },
  ],
  [
    'a byline box with nothing but a date',
    'a.html',
    page('', '<div class="byline">Publié le 3 novembre 2021 à 7 h 05</div>'),
    { authors: undefined, published: '2021-11-03T11:05:00Z' },
  ],
  [
    'a byline with (avec …)',
    'a.html',
    page('', '<p class="author">Ana Roy (avec Jo Lee et Kim Tremblay)</p>'),
    { authors: [ana, jo, kim] },
  ],
  [
    'a title with the name of the paper',
    'a.html',
    page(
      `<meta property="og:title" content="${title} | Le Crieur"><meta property="og:site_name" content="Le Crieur">`,
    ),
    { title },
  ],
  [
    'an unreadable date in meta, and a good one in JSON-LD',
    'a.html',
    page(
      `<meta property="article:published_time" content="vers midi">${data({ '@type': 'NewsArticle', datePublished: '2021-11-03T07:05:00-04:00' })}`,
    ),
    { published: '2021-11-03T11:05:00Z' },
  ],
  [
    'a date with two readings in meta, and a good one in JSON-LD',
    'a.html',
    page(
      `<meta property="article:published_time" content="03/11/2021 07:05 am">${data({ '@type': 'NewsArticle', datePublished: '2021-11-03T07:05:00-04:00' })}`,
      '',
      english,
      ' lang="en"',
    ),
    { published: '2021-11-03T11:05:00Z' },
  ],
  [
    'a date of itemprop',
    'a.html',
    page('<meta itemprop="datePublished" content="2021-11-03T11:05:00Z">'),
    { published: '2021-11-03T11:05:00Z' },
  ],
  [
    'a date of meta name="date"',
    'a.html',
    page('<meta name="date" content="2021-11-03">'),
    day('2021-11-03'),
  ],
  [
    'a feed in ISO-8859-1',
    'a.rss',
    encoded.latin1(feed('iso-8859-1', 'Été très sévère')),
    { title: 'Été très sévère' },
  ],
  [
    'a feed in Windows-1252',
    'a.rss',
    Buffer.from(feed('windows-1252', '\x93\xc9t\xe9\x94').replaceAll('’', "'"), 'latin1'),
    { title: '“Été”' },
  ],
  [
    'a feed in UTF-16',
    'a.rss',
    encoded['utf-16le'](feed('utf-16', 'Été très sévère')),
    { title: 'Été très sévère' },
  ],
  [
    'a feed in UTF-16, high bytes first',
    'a.rss',
    encoded['utf-16be'](feed('utf-16', 'Été très sévère')),
    { title: 'Été très sévère' },
  ],
  ['a page in ISO-8859-1', 'a.html', encoded.latin1(page('<meta charset="iso-8859-1">')), { title }],
  ['a page in UTF-16', 'a.html', encoded['utf-16le'](page('')), { title }],
  [
    'an English page without lang',
    'a.html',
    page('', '', english, '', 'The library closes for a year'),
    { language: 'en' },
  ],
  [
    'an English page without lang, but with og:locale',
    'a.html',
    page('<meta property="og:locale" content="en_CA">', '', english, '', 'The library closes for a year'),
    { language: 'en-CA' },
  ],
  ['a German capture', 'a.txt', capture('Von Ana Roy', german), { language: 'de' }],
  ['an English feed without a language', 'a.json', json(english), { language: 'en' }],
  ['a Spanish feed without a language', 'a.json', json(spanish), { language: 'es' }],
]

test.for(rows)('%s', ([, name, content, fields]) => {
  const file = join(folder, name)
  writeFileSync(file, content)
  const found = [...findArticles([file], {}, 'America/Toronto')]
  expect(found).toMatchObject([{ article: { ok: true } }])
  const [{ article }] = found as unknown as [{ article: { value: Record<string, unknown> } }]
  expect(Object.fromEntries(Object.keys(fields).map((field) => [field, article.value[field]]))).toEqual(
    fields,
  )
})

test('a page without a date is refused, and the refusal says how to give one', async () => {
  const file = join(folder, 'undated.html')
  writeFileSync(file, page(''))
  const store = {
    openDryRun: () => ({ save: async () => [{ ok: true, slug: 'a', kind: 'created' } as const] }),
  }
  expect(await refuseUndated([...findArticles([file], {}, 'America/Toronto')], store)).toMatchObject([
    { article: { ok: false, problem: { issues: [{ reason: expect.stringContaining('--published') }] } } },
  ])
  const given = [...findArticles([file], { published: '2021-11-03' }, 'America/Toronto')]
  expect(await refuseUndated(given, store)).toMatchObject([
    { article: { ok: true, value: day('2021-11-03') } },
  ])
})
