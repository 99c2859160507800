import { describe, expect, test } from 'vitest'
import { articleOf, newspaperPage } from './pages.ts'

const meta = (name: string, content: string) => `<meta name="${name}" content="${content}">`
const data = (value: object) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`
const byline = (text: string) => ({ below: `<p class="byline">${text}</p>` })
type Parts = Parameters<typeof newspaperPage>[0]

const namesOf = (parts: Parts): string[] => {
  const authors = (articleOf(newspaperPage(parts)).fields.authors ?? []) as { name: string }[]
  return authors.map(({ name }) => name)
}

describe('the authors of a page', () => {
  const cases: [what: string, parts: Parts, names: string[]][] = [
    [
      'JSON-LD',
      {
        head: data({
          '@type': 'NewsArticle',
          author: [{ '@type': 'Person', name: 'Kim Tremblay' }, { name: 'Ana Roy' }],
        }),
      },
      ['Kim Tremblay', 'Ana Roy'],
    ],
    [
      'JSON-LD with texts',
      { head: data({ '@type': 'NewsArticle', author: ['Kim Tremblay', 'Ana Roy'] }) },
      ['Kim Tremblay', 'Ana Roy'],
    ],
    [
      'JSON-LD with a reference',
      {
        head: data({
          '@graph': [
            { '@type': 'Article', headline: 'x', author: { '@id': '#k' } },
            { '@type': 'Person', '@id': '#k', name: 'Kim Tremblay' },
          ],
        }),
      },
      ['Kim Tremblay'],
    ],
    ['meta, the family name first', { head: meta('author', 'Tremblay, Kim') }, ['Kim Tremblay']],
    ['meta, a newsroom and an agency', { head: meta('author', 'Kim Tremblay, dpa') }, ['Kim Tremblay']],
    [
      'a user name of an initial and a family name beside the whole name',
      { head: meta('author', 'ktremblay'), below: '<p>Kim Tremblay | kim@gazette.example</p>' },
      ['Kim Tremblay'],
    ],
    ...['Redacción Digital', 'Rédaction numérique', 'Redaktion', 'Newsroom', 'Staff'].map(
      (desk): [string, Parameters<typeof newspaperPage>[0], string[]] => [
        `a desk as the byline names it, ${desk}`,
        { head: meta('author', desk) },
        [desk],
      ],
    ),
    [
      'a name with other names in brackets',
      byline('Par Kim (Marie Anne) Tremblay et Ana (A.B.) Roy'),
      ['Kim (Marie Anne) Tremblay', 'Ana (A.B.) Roy'],
    ],
    [
      'a name without what stands in other brackets',
      byline('Kim Tremblay (Text), Ana Roy (Montréal), Jo (AFP)'),
      ['Kim Tremblay', 'Ana Roy'],
    ],
    [
      'the name that the page shows, not a user name with digits',
      { head: data({ '@type': 'Article', author: 'KT7567' }), ...byline('Jo Lee') },
      ['Jo Lee'],
    ],
    [
      'a user name with digits that the page shows, too',
      { head: data({ '@type': 'Article', author: 'KT7567' }), ...byline('KT7567') },
      ['KT7567'],
    ],
    [
      'the line below a lone word above the headline, not the one above it',
      { above: '<h2>Ana Roy</h2><p>par</p><p>Kim Tremblay</p>' },
      ['Kim Tremblay'],
    ],
    [
      'nobody, not the headline',
      {
        headline: '<h1>Kim Tremblay</h1><a rel="author" href="/k">Kim Tremblay</a>',
        head: meta('og:title', 'Kim Tremblay'),
      },
      [],
    ],
    [
      'JSON-LD of an article whose name, not its headline, is the title',
      {
        head: data({
          '@type': 'Article',
          name: 'Le pont rouvre lundi à midi',
          headline: 'ouvrage couvert',
          author: { name: 'Kim Tremblay' },
        }),
      },
      ['Kim Tremblay'],
    ],
    ['special to a paper', byline('Special to The Ledger by Kim Tremblay'), ['Kim Tremblay']],
    [
      'nobody, not the author of another text beside the article',
      { above: '<aside><a rel="author" href="/a">Jo Lee</a> : La chronique du jour</aside>' },
      [],
    ],
    ['meta', { head: meta('author', 'Par Kim Tremblay et Ana Roy') }, ['Kim Tremblay', 'Ana Roy']],
    [
      'a family name first, as in catalogues',
      { head: meta('DC.creator', 'Tremblay, Kim de') },
      ['Kim de Tremblay'],
    ],
    [
      'two names in a catalogue',
      { head: meta('DC.creator', 'Kim Tremblay, Ana Roy') },
      ['Kim Tremblay', 'Ana Roy'],
    ],
    [
      'the author of the byline, not all authors of the site in a menu',
      {
        above: ['Ana Roy', 'Jo Lee', 'Li Berg', 'Max Stein', 'Kim Tremblay']
          .map((name) => `<a href="/author/x">${name}</a> `)
          .join(''),
        ...byline('Kim Tremblay'),
      },
      ['Kim Tremblay'],
    ],
    ['a user name in meta', { head: meta('author', 'kim42') }, ['kim42']],
    [
      'the card of a network',
      { head: meta('twitter:label1', 'Verfasst von') + meta('twitter:data1', 'Kim Tremblay') },
      ['Kim Tremblay'],
    ],
    [
      'the byline rather than the paper in meta',
      {
        head: `${meta('author', 'La Gazette')}<meta property="og:site_name" content="La Gazette">`,
        ...byline('Par Kim Tremblay'),
      },
      ['Kim Tremblay'],
    ],
    [
      'nobody, if only the paper is named',
      { head: `${meta('author', 'La Gazette')}<meta property="og:site_name" content="La Gazette">` },
      [],
    ],
    ['nobody, if the author is the program', { head: meta('author', 'admin') }, []],
    ['nobody, if the author is an address', { head: meta('author', 'https://www.facebook.com/gazette') }, []],
    [
      'a name and dates',
      byline('Kim Tremblay · La Gazette · Posted: Oct 14, 2022 9:27 AM ET | Last Updated: 24 minutes ago'),
      ['Kim Tremblay'],
    ],
    ['a date alone', byline('Publié le 14 octobre 2022 à 9 h 27'), []],
    [
      'a name and authors with it',
      byline('Kim Tremblay (avec Ana Roy et Jo Lee)'),
      ['Kim Tremblay', 'Ana Roy', 'Jo Lee'],
    ],
    ['German', byline('Von Kim Tremblay am 08.12.2022'), ['Kim Tremblay']],
    ['German with two', byline('Von Kim Tremblay und Ana Roy'), ['Kim Tremblay', 'Ana Roy']],
    [
      'a label that has lost its space',
      byline('<span>By</span><a href="/kim">Kim Tremblay</a>'),
      ['Kim Tremblay'],
    ],
    [
      'a name and a role in a line of its own',
      { below: '<div class="byline"><div>Kim Tremblay</div><div>Journaliste</div></div>' },
      ['Kim Tremblay'],
    ],
    [
      'a label in a box of its own',
      {
        below:
          '<span class="author-label">Par</span> <a rel="author" href="/kim">Kim Tremblay</a> <time datetime="2022-10-14">14 octobre</time>',
      },
      ['Kim Tremblay'],
    ],
    [
      'the whole name rather than a part of it',
      { head: meta('author', 'kim'), ...byline('Par Kim Tremblay') },
      ['Kim Tremblay'],
    ],
    [
      'the name rather than the user name made from it',
      { head: meta('author', 'kim_tremblay'), ...byline('Par Kim Tremblay') },
      ['Kim Tremblay'],
    ],
    ['a label on a line of its own', { below: '<p>By</p><p>Kim Tremblay</p>' }, ['Kim Tremblay']],
    ['the word for authors is none', { head: meta('author', 'Kim Tremblay, Autoren') }, ['Kim Tremblay']],
    ['a column’s label', { below: '<p>Eine Kolumne von Kim Tremblay</p>' }, ['Kim Tremblay']],
    [
      'not who took the pictures',
      { below: '<p>Text von Kim Tremblay Illustration von Ana Roy</p>' },
      ['Kim Tremblay'],
    ],
    [
      'a name beside a date on a German page',
      { html: ' lang="de"', below: '<p>14.10.2022 | 9:27 Uhr | Kim Tremblay</p>' },
      ['Kim Tremblay'],
    ],
    [
      'no longer subject beside a date on a German page',
      { html: ' lang="de"', below: '<p>14.10.2022 | Brücken Straßen Schienen</p>' },
      [],
    ],
    [
      'not the author of a comment',
      { end: '<div class="comment"><span class="author">Jo Lee</span></div>' },
      [],
    ],
    ['a byline without a name for it', { below: '<p>Par Kim Tremblay</p>' }, ['Kim Tremblay']],
    ['a label above the name', { end: '<h5>Autor:</h5><p>Kim Tremblay</p>' }, ['Kim Tremblay']],
    [
      'several lines with names below the text say nothing',
      { end: '<p>Par Kim Tremblay</p><p>Par Ana Roy</p>' },
      [],
    ],
    [
      'the whole name if metadata has the first name',
      { head: meta('author', 'Kim'), ...byline('Eine Kolumne von Kim Tremblay') },
      ['Kim Tremblay'],
    ],
    [
      'the whole name if the user name has two of its words',
      { head: meta('author', 'kim.tremblay'), ...byline('Par Kim P. Tremblay') },
      ['Kim P. Tremblay'],
    ],
    [
      'the person on the page rather than an organisation in metadata',
      { head: meta('author', 'Verein der Brücken e.V.'), ...byline('Von Kim Tremblay') },
      ['Kim Tremblay'],
    ],
    [
      'both authors whom the page shows, if metadata has the first',
      {
        head: meta('author', 'Kim Tremblay'),
        below: '<p class="byline">Par <b>Kim Tremblay et Ana Roy</b></p>',
      },
      ['Kim Tremblay', 'Ana Roy'],
    ],
    [
      'the author whom link and line show, not the one in metadata',
      {
        head: meta('author', 'Jo Lee'),
        below: '<p>Erstellt von <a href="/author/kim">Kim Tremblay</a></p>',
      },
      ['Kim Tremblay'],
    ],
    [
      'the author in metadata, if only the name of a class is against it',
      { head: meta('author', 'Kim Tremblay'), end: '<div class="author">Jo Lee</div>' },
      ['Kim Tremblay'],
    ],
    [
      'the second author of a line, who has no link',
      { below: '<p>Von <a href="/autor/kim">Kim Tremblay</a> und Ana Roy, Berlin</p>' },
      ['Kim Tremblay', 'Ana Roy'],
    ],
    [
      'not links to other texts of an author',
      {
        below:
          '<a href="/author/kim">Kim Tremblay</a> <a href="/author/kim">Zeige alle Artikel</a> <a href="/author/kim">View author archive</a>',
      },
      ['Kim Tremblay'],
    ],
    ['not a label alone', { below: '<span class="author">Eingestellt von</span>' }, []],
    ['not the user name behind a name', byline('Kim Tremblay @ktremblay'), ['Kim Tremblay']],
    ['not a button that has lost its space', byline('<a>Kim Tremblay</a><a>Folgen</a>'), ['Kim Tremblay']],
    [
      'both people of a conversation',
      byline('Kim Tremblay im Gespräch mit Ana Roy'),
      ['Kim Tremblay', 'Ana Roy'],
    ],
    ['not the date with a label', byline('Autor: Kim Tremblay, Datum: 03.14'), ['Kim Tremblay']],
    [
      'a name in microdata without the name of a role',
      {
        below:
          '<p>Von <span itemscope itemtype="https://schema.org/Person"><meta itemprop="name" content="Kim Tremblay">Kim Tremblay</span></p>',
      },
      ['Kim Tremblay'],
    ],
    [
      'a name in the footer of the article',
      { end: '<footer><a rel="author" href="/kim">Kim Tremblay</a></footer>' },
      ['Kim Tremblay'],
    ],
    [
      'a name in a box that a page builder calls a widget',
      { below: '<div class="elementor-widget"><span class="author">Kim Tremblay</span></div>' },
      ['Kim Tremblay'],
    ],
    [
      'not an author of other articles in such a box',
      {
        end: '<div class="elementor-widget elementor-widget-posts"><span class="author">Jo Lee</span></div>',
      },
      [],
    ],
    ...['Commentaires', 'Courrier des lecteurs', 'Leserbriefe', 'Letters to the editor', '3 comments'].map(
      (heading): [string, Parts, string[]] => [
        `not who wrote below the heading ${heading}`,
        { end: `<section><h2>${heading}</h2><div><p class="author">Jo Lee</p></div></section>` },
        [],
      ],
    ),
    [
      'not who wrote a review',
      { end: '<div itemprop="review"><span itemprop="author">Jo Lee</span></div>' },
      [],
    ],
    [
      'on a page without a headline, in a box with the whole text',
      {
        headline: '',
        above: '<div class="with-sidebar">',
        below: '<p>Von Kim Tremblay</p>',
      },
      ['Kim Tremblay'],
    ],
  ]
  test.for(cases)('%s', ([, parts, names]) => {
    expect(namesOf(parts)).toEqual(names)
  })

  test('a paper with its place is no author if its name ends the title of the page', () => {
    const head = meta('author', 'Kreiszeitung Altmoor, Altmoor, Germany')
    const html = newspaperPage({ head, below: '<p>Par Kim Tremblay</p>' })
    const titled = html.replace('</title>', ' | Kreiszeitung Altmoor</title>')
    expect(articleOf(titled).fields.authors).toEqual([{ name: 'Kim Tremblay' }])
  })

  test('a newspaper behind a name is the source', () => {
    expect(articleOf(newspaperPage(byline('Kim Tremblay · La Gazette'))).fields.source).toEqual({
      name: 'La Gazette',
    })
  })

  test('a byline that is not understood is reported', () => {
    const { fields, warnings } = articleOf(newspaperPage({ below: '<p>Par K3 et 7b</p>' }))
    expect(fields.authors).toBeUndefined()
    expect(warnings).toEqual([
      'authors: none is taken from the line "Par K3 et 7b", because it was not understood',
    ])
  })

  test('a byline that names the site is understood, and gives no author', () => {
    const parts = {
      head: '<meta property="og:site_name" content="La Gazette">',
      below: '<p>Par La Gazette</p>',
    }
    expect(articleOf(newspaperPage(parts)).warnings).toEqual([])
  })

  test('a byline in the text is a guess, and is reported', () => {
    expect(articleOf(newspaperPage({ below: '<p>Par Kim Tremblay</p>' })).warnings).toEqual([
      'authors: taken from the line "Par Kim Tremblay"',
    ])
  })
})

describe('the body of a page', () => {
  const bodyOf = (parts: Parts): string => String(articleOf(newspaperPage(parts)).fields.html)
  const gone: [what: string, parts: Parts, text: string][] = [
    [
      'the byline',
      {
        head: meta('author', 'Kim Tremblay'),
        below: '<p>Par <a rel="author" href="/k">Kim Tremblay</a></p>',
      },
      'Kim',
    ],
    [
      'a byline that no element contains',
      {
        below: 'Par <a rel="author" href="/k">Kim Tremblay</a> <time datetime="2022-10-14">14 octobre</time>',
      },
      'Kim',
    ],
    ['the date', { below: '<p>Publié le 14 octobre 2022</p>' }, 'octobre'],
    ['a share button', { end: '<p>Partager sur Facebook</p>' }, 'Facebook'],
    ['a button to enlarge a picture', { below: '<p>Bild anzeigen</p>' }, 'Bild anzeigen'],
    ['a notice below the last paragraph', { end: '<p>Alle Angaben ohne Gewähr, Stand heute</p>' }, 'Gewähr'],
    [
      'a paragraph that is a link',
      { end: '<p><a href="/b">Un autre article de la semaine</a></p>' },
      'autre article',
    ],
    [
      'a box of related articles',
      { below: '<div class="related-box"><p>Un autre article, plus long que les boutons.</p></div>' },
      'autre article',
    ],
  ]
  test.for(gone)('%s goes', ([, parts, text]) => {
    expect(bodyOf(parts)).toContain('Le chantier du pont')
    expect(bodyOf(parts)).not.toContain(text)
  })

  const stays: [what: string, parts: Parts, text: string][] = [
    [
      'a link in a sentence',
      { below: '<p>Lire <a href="/b">le rapport</a> de la ville sur le pont.</p>' },
      'le rapport',
    ],
    ['a picture', { below: '<p><img src="https://g.example/a.jpg" alt=""></p>' }, 'a.jpg'],
    [
      'an article in a box with a name of furniture',
      { html: ' lang="fr" class="has-related share-on"' },
      'Le chantier du pont',
    ],
  ]
  test.for(stays)('%s stays', ([, parts, text]) => {
    expect(bodyOf(parts)).toContain(text)
  })
})

describe('an author with the name of the site', () => {
  const ownSite = (name: string, type: string, host: string, holder = name) =>
    articleOf(
      newspaperPage({
        head:
          `<link rel="canonical" href="https://${host}/pont">${meta('copyright', holder)}` +
          data({ '@type': 'Article', author: { '@type': type, name }, publisher: { name } }),
      }),
    )
  test('is one if the JSON-LD says that it is a person, which is reported', () => {
    const { fields, warnings } = ownSite('Kim Tremblay', 'Person', 'www.kimtremblay.example')
    expect(fields.authors).toEqual([{ name: 'Kim Tremblay' }])
    expect(warnings).toEqual(['authors: "Kim Tremblay" is also the name of the site'])
  })
  const papers: [what: string, name: string, type: string, host: string, holder?: string][] = [
    ['an organization', 'Kim Tremblay', 'Organization', 'kimtremblay.example'],
    ['a paper with an article', 'Le Pont', 'Person', 'lepont.example'],
    ['a paper with a word of no person', 'Pont News', 'Person', 'pontnews.example'],
    ['a paper of one word', 'Pont', 'Person', 'pont.example'],
    [
      'a name that does not hold the copyright',
      'Pont Direct',
      'Person',
      'pontdirect.example',
      'Médias du pont',
    ],
    ['a name that the address does not have', 'Kim Tremblay', 'Person', 'gazette.example'],
  ]
  test.for(papers)('is none for %s', ([, name, type, host, holder]) => {
    expect(ownSite(name, type, host, holder).fields).not.toHaveProperty('authors')
  })
})

test('authors whom the page shows in place of those in its metadata are a warning', () => {
  const parts = {
    head: meta('author', 'Jo Lee'),
    below: '<p>Erstellt von <a href="/author/kim">Kim Tremblay</a></p>',
  }
  expect(articleOf(newspaperPage(parts)).warnings).toEqual([
    'authors: the page shows "Kim Tremblay", and its metadata "Jo Lee"; those shown are taken',
  ])
  expect(articleOf(newspaperPage({ ...parts, head: meta('author', 'Kim Tremblay') })).warnings).toEqual([])
  const agency = {
    head: meta('author', 'Agence France-Presse'),
    below: '<p>Kim Tremblay, envoyée spéciale à La Tuque, avec l’Agence France-Presse</p>',
  }
  expect(articleOf(newspaperPage(agency))).toMatchObject({
    fields: { authors: [{ name: 'Kim Tremblay' }] },
    warnings: [
      'authors: the page shows "Kim Tremblay", and its metadata "Agence France-Presse"; those shown are taken',
    ],
  })
})

describe('the language of a page', () => {
  const english = `<p>${'The city said on Monday that the covered bridge will open again next week, and that the shops are glad of it. '.repeat(3)}</p>`
  const dutch = `<p>${'De gemeente zegt dat de brug maandag weer opengaat, en dat de winkels daar blij mee zijn na drie maanden werk. '.repeat(3)}</p>`
  const page = (html: string, head: string, body: string) =>
    `<!doctype html><html${html}><head>${head}</head><body><article><h1>A b c</h1>${body.repeat(3)}</article></body></html>`
  const cases: [what: string, html: string, language: string, guessesLanguage: boolean][] = [
    ['lang', page(' lang="en-CA"', '<meta property="og:locale" content="fr_CA">', english), 'en-CA', false],
    ['og:locale', page('', '<meta property="og:locale" content="en_CA">', english), 'en-CA', false],
    ['content-language', page('', '<meta http-equiv="content-language" content="en">', english), 'en', false],
    ['the text', page('', '', english), 'en', true],
    ['a text in a language without texts of Kiosque', page('', '', dutch), 'nl', true],
    ['an invalid lang', page(' lang="français"', '', english), 'en', true],
  ]
  test.for(cases)('%s', ([, html, language, guessesLanguage]) => {
    const { fields, ...others } = articleOf(html)
    expect({ language: fields.language, ...others }).toEqual({ language, guessesLanguage, warnings: [] })
  })
})
