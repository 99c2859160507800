import { describe, expect, test } from 'vitest'
import { articleOf, newspaperPage, paragraphs } from './pages.ts'

const long = paragraphs.slice(0, paragraphs.indexOf('</p>') + 4)

/** Elements around a sentence, in which pages put parts of an article. */
const containers: Record<string, (sentence: string) => string> = {
  paragraph: (sentence) => `<p>${sentence}</p>`,
  'header with a class': (sentence) => `<header class="entete"><p class="chapo">${sentence}</p></header>`,
  'rows and columns': (sentence) => `<div class="row"><div class="col"><p>${sentence}</p></div></div>`,
  article: (sentence) => `<article><h3>14 h 05</h3><p>${sentence}</p></article>`,
  aside: (sentence) => `<aside class="encadre"><h3>En bref</h3><p>${sentence}</p></aside>`,
  footer: (sentence) => `<footer><p>${sentence}</p></footer>`,
  caption: (sentence) =>
    `<figure><img src="https://g.example/a.jpg"><figcaption>${sentence}</figcaption></figure>`,
  'paragraph named for a newsletter': (sentence) => `<p class="newsletter">${sentence}</p>`,
  'low-weight part': (sentence) => `<div class="sidebar-facts"><p>${sentence}</p></div>`,
  table: (sentence) => `<table><tr><td>${sentence}</td><td>12</td></tr></table>`,
  list: (sentence) => `<ul><li>${sentence}</li><li>Sel</li></ul>`,
}
const sentences = {
  short: 'Le kiosque de Zoé ouvre mardi.',
  long: 'Le kiosque de Zoé ouvre mardi, et les voisins du marché de la place y trouveront le journal.',
}
const places: Record<string, (part: string) => Parameters<typeof newspaperPage>[0]> = {
  'above the text': (part) => ({ below: part }),
  'beside the headline, above a part with the text': (part) => ({
    ...{ headline: `<header><h1>Le pont rouvre lundi à midi</h1>${part}</header>` },
    ...{ below: '<div class="corps">', end: '</div>' },
  }),
  'between paragraphs': (part) => ({ end: `${part}${long}` }),
  'below the text': (part) => ({ end: part }),
}

const warningsOf = (html: string): string[] =>
  articleOf(html).warnings.filter((one) => one.startsWith('html:'))

describe('no sentence of the article’s part of a page vanishes without a warning', () => {
  const cases = Object.keys(containers).flatMap((container) =>
    Object.keys(places).flatMap((place) =>
      Object.keys(sentences).map((length) => ({ container, place, length })),
    ),
  )
  test.for(cases)('$length sentence, $container, $place', ({ container, place, length }) => {
    const sentence = sentences[length as keyof typeof sentences]
    const { fields, warnings } = articleOf(
      newspaperPage(places[place]?.(containers[container]?.(sentence) ?? '') ?? {}),
    )
    const isKept = String(fields.html).includes(sentence)
    const isSaid = warnings.some((one) =>
      /^html: (?:1 line|2 lines) inside the article left out, first "(?:Le kiosque|En bref")/.test(one),
    )
    expect(isKept ? 'kept' : isSaid ? 'said' : 'lost').not.toBe('lost')
    expect(isKept && isSaid, 'kept, and said to be left out').toBe(false)
  })

  const silent: [what: string, parts: Parameters<typeof newspaperPage>[0]][] = [
    ['a page without losses', {}],
    ['a label', { end: `<p>Publicité</p>${long}` }],
    ['a menu', { end: `<nav><p>${sentences.long}</p></nav>${long}` }],
    ['a form', { end: `<form><p>${sentences.long}</p></form>${long}` }],
    ['a hidden part', { end: `<div hidden><p>${sentences.long}</p></div>${long}` }],
    ['a link', { end: `<p><a href="/b">${sentences.long}</a></p>${long}` }],
    ['comments below the text', { end: `<div class="comments"><p>${sentences.long}</p></div>` }],
    ['the date and the authors', { below: '<p>Publié le 14 octobre 2022.</p><p>Par Kim Tremblay.</p>' }],
  ]
  test.for(silent)('%s is no loss', ([, parts]) => {
    expect(warningsOf(newspaperPage(parts))).toEqual([])
  })

  test('several lines are counted, and the first is quoted', () => {
    const box = `<div class="newsletter"><p>Un mot de plus. ${long.slice(3)}<p>Un autre. ${long.slice(3)}</div>${long.repeat(6)}`
    expect(warningsOf(newspaperPage({ end: box }))).toEqual([
      expect.stringMatching(/^html: 2 lines inside the article left out, first "Un mot de plus\. /),
    ])
  })
})

describe('what a page has around its text and is the article’s', () => {
  const kept: [what: string, parts: Parameters<typeof newspaperPage>[0], texts: readonly string[]][] = [
    ...['<p>Une navette partira de la gare.</p>', '<h2>Une navette partira de la gare</h2>'].map(
      (standfirst): [string, Parameters<typeof newspaperPage>[0], string[]] => [
        `a standfirst beside the headline, ${standfirst}`,
        places['beside the headline, above a part with the text']?.(standfirst) ?? {},
        ['Une navette partira'],
      ],
    ),
    [
      'a note in a footer',
      { end: `<footer><p>Correction : ${sentences.long}</p></footer>` },
      [sentences.long],
    ],
    [
      'a box of sentences',
      { end: `<aside><h3>En bref</h3><p>${sentences.long}</p><p>${sentences.short}</p></aside>${long}` },
      [sentences.long],
    ],
    [
      'the dates of an agenda at the end',
      {
        end: '<h3>18 janvier 2025</h3><p>Spectacle de Zoé.</p><h3>20 janvier 2025</h3><p>Assemblée publique.</p>',
      },
      ['18 janvier 2025', '20 janvier 2025'],
    ],
    [
      'the hours of a chronology at the end',
      { end: '<h3>14 h 05</h3><p>La mairesse entre.</p><h3>15 h 10</h3><p>Elle sort.</p>' },
      ['14 h 05', '15 h 10'],
    ],
    [
      'labels as subheadings',
      { end: `<h2>Commentaires</h2>${long}<h2>Contact</h2>${long}` },
      ['Commentaires', 'Contact'],
    ],
    [
      'other labels as headings above prose',
      { end: `<h2>Menu</h2>${long}<h2>Publicité</h2>${long}<h3>Suivant</h3>${long}` },
      ['Menu', 'Publicité', 'Suivant'],
    ],
    [
      'labels as cells and items',
      {
        end: `<table><tr><td>Vidéo</td><td>12</td></tr></table><ul><li>Recherche</li><li>Jardins du quartier</li></ul>${long}`,
      },
      ['Vidéo', 'Recherche'],
    ],
  ]
  test.for(kept)('%s stays', ([, parts, texts]) => {
    const body = String(articleOf(newspaperPage(parts)).fields.html)
    for (const text of texts) expect(body, text).toContain(text)
  })

  test('a list of buttons goes', () => {
    const end = `<ul><li>Partager</li><li>Imprimer</li></ul>${long}`
    expect(articleOf(newspaperPage({ end })).fields.html).not.toMatch(/Partager|Imprimer/)
  })
})
