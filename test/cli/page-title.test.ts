import { describe, expect, test } from 'vitest'
import { articleOf, newspaperPage } from './pages.ts'

const meta = (name: string, content: string) => `<meta property="${name}" content="${content}">`
const data = (value: object) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`
const right = 'Le pont rouvre lundi à midi'
const withHead = (head: string) => newspaperPage({ head })
const without = (head: string) => newspaperPage({ head, headline: '' }).replace(`<title>${right}</title>`, '')

describe('the title of a page', () => {
  const titles: [what: string, html: string, title: string][] = [
    [
      'not the section that the title names first',
      newspaperPage({ headline: '<h2>Opinion</h2>', head: meta('og:site_name', 'La Gazette') }).replace(
        `<title>${right}</title>`,
        `<title>Opinion | ${right} | La Gazette</title>`,
      ),
      right,
    ],
    [
      'not the section before it',
      without('').replace('<head>', `<head><title>Opinion | ${right}</title>`),
      right,
    ],
    [
      'not the section behind it',
      without(meta('article:section', 'Ponts et rues')).replace(
        '<head>',
        `<head><title>${right} - Ponts et rues</title>`,
      ),
      right,
    ],
    [
      'a section’s name before a colon',
      without('').replace('<head>', `<head><title>Sport : ${right}</title>`),
      `Sport : ${right}`,
    ],
    [
      'a score on a page that is not French',
      newspaperPage({ html: ' lang="en"', headline: '<h1>The Beavers win by 3 : 2 again</h1>' }).replace(
        `<title>${right}</title>`,
        '<title>The Beavers win by 3 : 2 again</title>',
      ),
      'The Beavers win by 3 : 2 again',
    ],
    [
      'the headline of the JSON-LD that the page shows, of several articles',
      without(
        data([
          { '@type': 'NewsArticle', headline: 'Le stade ferme' },
          { '@type': 'NewsArticle', headline: right },
        ]),
      ).replace('<head>', `<head><title>${right} | La Gazette</title>`),
      right,
    ],
    [
      'the heading, not the title with the paper’s name',
      withHead(meta('og:title', `${right} | La Gazette`)),
      right,
    ],
    [
      'the heading that the title contains between section and paper',
      withHead(meta('og:title', `Ville - ${right} - La Gazette`)),
      right,
    ],
    [
      'the heading rather than a title for networks',
      withHead(meta('og:title', 'Pourquoi le pont rouvre lundi, enfin')),
      right,
    ],
    [
      'the part of the heading that is the headline',
      newspaperPage({
        head: meta('og:title', right),
        headline: `<h1><span>Transports</span> <span>${right}</span></h1>`,
      }),
      right,
    ],
    [
      'the heading without the line above it',
      newspaperPage({
        head: meta('og:title', 'Enfin'),
        headline: `<h1><span class="kicker">Transports</span> ${right}</h1>`,
      }),
      right,
    ],
    [
      'the title that the heading contains behind a date',
      newspaperPage({ head: meta('og:title', right), headline: `<h1>14.10.2022 - ${right}</h1>` }),
      right,
    ],
    [
      'a colon between two elements of a German heading',
      newspaperPage({
        html: ' lang="de"',
        headline: '<h1><span>Brücke</span> <span>:</span> Öffnung am Montag</h1>',
      }),
      'Brücke: Öffnung am Montag',
    ],
    [
      'French quotation marks',
      newspaperPage({ headline: '<h1>« Le pont rouvre »</h1>' }),
      '« Le pont rouvre »',
    ],
    [
      'German quotation marks',
      newspaperPage({ headline: '<h1>»Die Brücke öffnet«</h1>' }),
      '»Die Brücke öffnet«',
    ],
    ['no soft hyphens', newspaperPage({ headline: '<h1>Le pont rou&shy;vre lundi à midi</h1>' }), right],
    [
      'words of two lines apart',
      newspaperPage({ headline: '<h1>Le pont rouvre<br>lundi à midi</h1>' }),
      right,
    ],
    [
      'an h2, if the h1 is the paper’s',
      newspaperPage({
        head: meta('og:title', right),
        above: '<h1><a href="/">La Gazette du Fleuve</a></h1>',
        headline: `<h2>${right}</h2>`,
      }),
      right,
    ],
    [
      'without a heading, the headline in JSON-LD',
      without(data({ '@type': 'NewsArticle', headline: right })),
      right,
    ],
    [
      'without a heading, the headline in a graph',
      without(
        data({
          '@context': 'x',
          '@graph': [{ '@type': 'WebPage' }, { '@type': ['NewsArticle'], headline: right }],
        }),
      ),
      right,
    ],
    [
      'without a heading, the title without the paper’s name',
      without(meta('og:title', `${right} | La Gazette`) + meta('og:site_name', 'La Gazette')),
      right,
    ],
    [
      'without a heading, the title without the paper’s host',
      without(
        `<link rel="canonical" href="https://www.lagazette.example/a"><title>lagazette.example - ${right}</title>`,
      ),
      right,
    ],
    [
      'a colon of the headline stays',
      without(
        meta('og:title', 'Pont : la fin du chantier | La Gazette') + meta('og:site_name', 'La Gazette'),
      ),
      'Pont : la fin du chantier',
    ],
    [
      'a heading of related articles is not the title',
      newspaperPage({
        head: meta('og:title', right),
        end: '<aside><h1>Le métro rouvre mardi à midi</h1></aside>',
      }),
      right,
    ],
    [
      'a title that the JSON-LD of a list repeats',
      withHead(data({ itemListElement: [{ '@type': 'Article', headline: 'Autre article' }] })),
      right,
    ],
    [
      'the h1 with the headline of JSON-LD, even in a bar at the top',
      newspaperPage({
        head: data({ '@type': 'NewsArticle', headline: right }) + meta('og:title', 'Enfin, le pont rouvre'),
        above: `<nav><h1>${right}</h1></nav>`,
        headline: '<h2>Enfin, le pont rouvre</h2>',
      }),
      right,
    ],
    [
      'the main heading rather than an h2 that repeats a part of it',
      newspaperPage({
        head: meta('og:title', 'Tarte aux pommes'),
        headline: '<h1>Tarte aux pommes : simple et bonne</h1><h2>Tarte aux pommes</h2>',
      }),
      'Tarte aux pommes : simple et bonne',
    ],
    [
      'two separators in a row before the headline',
      without(
        `<link rel="canonical" href="https://lagazette.example/a"><title>lagazette.example // » ${right}</title>`,
      ),
      right,
    ],
    [
      'the heading, if the site’s name repeats the whole title',
      newspaperPage({
        head: meta('og:site_name', `${right} - Gazette`) + meta('og:title', right),
      }).replace(`<title>${right}</title>`, `<title>${right} - Gazette</title>`),
      right,
    ],
    ['broken JSON-LD', withHead('<script type="application/ld+json">{"headline":"</script>'), right],
  ]
  test.for(titles)('%s', ([, html, title]) => {
    expect(articleOf(html).fields.title).toBe(title)
  })

  const titleWarnings = (html: string) =>
    articleOf(html).warnings.filter((warning) => warning.startsWith('title:'))
  const page = (title: string, headline: string) =>
    newspaperPage({ headline }).replace(/<title>.*?<\/title>/, `<title>${title}</title>`)

  const doubtful: [what: string, title: string, headline: string, warning: string][] = [
    [
      'a page without a heading',
      'Ville - Le pont rouvre - La Gazette',
      '',
      'title: "Ville - Le pont rouvre - La Gazette" is taken from <title>; no heading shows it',
    ],
    ...['Untitled Document', 'Document sans titre', 'Microsoft Word - pont.doc', 'chronique.html'].map(
      (title): [string, string, string, string] => [
        title,
        title,
        '',
        `title: "${title}" is what a program writes if nobody gives a title`,
      ],
    ),
    [
      'a heading that shares nothing with <title>',
      'Le stade ferme',
      '<h1>Trois mois de chantier pour un pont</h1>',
      'title: the heading "Trois mois de chantier pour un pont" is taken; the page calls itself "Le stade ferme"',
    ],
    [
      'a heading with the name of the paper',
      'Pont rouvert :: La Gazette :: Ville',
      '<h1>La Gazette</h1>',
      'title: the heading "La Gazette" is taken; the page calls itself "Pont rouvert :: La Gazette :: Ville"',
    ],
  ]
  test.for(doubtful)('%s is a warning', ([, title, headline, warning]) => {
    expect(titleWarnings(page(title, headline))).toEqual([warning])
  })

  test.for([
    ['Le pont rouvre lundi à midi', '<h1>Le pont rouvre lundi à midi</h1>'],
    ['Le pont rouvre | La Gazette', '<h1>Le pont rouvre</h1>'],
    ['Lundi, le pont rouvre enfin', '<h1>Le pont rouvre lundi à midi</h1>'],
  ] as const)('<title> "%s" with %s is no warning', ([title, headline]) => {
    expect(titleWarnings(page(title, headline))).toEqual([])
  })

  test('the number of messages before a title goes', () => {
    expect(articleOf(page('(3) Le pont rouvre', '')).fields.title).toBe('Le pont rouvre')
  })
})

describe('a main heading that is the name of the paper', () => {
  const paper = 'La Gazette du Canal'
  const page = (title: string, body: string, head = '') =>
    newspaperPage({ head, headline: body })
      .replace(`<title>${right}</title>`, `<title>${title}</title>`)
      .replace('<nav>', `<h1>${paper}</h1><nav>`)
  const lower = `<h2>${right}</h2>`

  const titles: [what: string, html: string][] = [
    ['behind the headline in <title>', page(`${right} | ${paper}`, lower)],
    ['before the headline in <title>', page(`${paper} - ${right}`, lower)],
    ['alone in <title>, with og:title', page(paper, lower, meta('og:title', right))],
  ]
  test.for(titles)('%s, is not the title', ([, html]) => {
    const { fields, warnings } = articleOf(html)
    expect(fields.title).toBe(right)
    expect(warnings.filter((one) => one.startsWith('title:'))).toEqual([])
  })

  const doubtful: [what: string, html: string, warning: RegExp][] = [
    [
      'alone in <title>',
      page(paper, lower),
      /the article begins with the heading "Le pont rouvre lundi à midi"$/,
    ],
    [
      'alone in <title>, with an h3',
      page(paper, `<h3>${right}</h3>`),
      /the article begins with the heading "Le pont rouvre lundi à midi"$/,
    ],
    [
      'and no heading has og:title',
      page(paper, `<p><b>${right}</b></p>`, meta('og:title', right)),
      /the page calls itself "Le pont rouvre lundi à midi"$/,
    ],
  ]
  test.for(doubtful)('%s, is a warning', ([, html, warning]) => {
    expect(articleOf(html).warnings.filter((one) => one.startsWith('title:'))).toEqual([
      expect.stringMatching(warning),
    ])
  })

  test('stays the title of a page about it', () => {
    const { fields, warnings } = articleOf(
      newspaperPage({ headline: `<h1>${paper}</h1><h2>Notre histoire depuis 1912</h2>` }).replace(
        `<title>${right}</title>`,
        `<title>${paper}</title>`,
      ),
    )
    expect(fields.title).toBe(paper)
    expect(warnings.filter((one) => one.startsWith('title:'))).toEqual([])
  })
})
