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
    ['a menu', { end: `<nav><p>Le quai</p><ul><li>Le prix</li></ul></nav>${long}` }],
    [
      'a menu with sentences that are links',
      { end: `<nav><p><a href="#b">${sentences.long}</a></p></nav>${long}` },
    ],
    ['a form', { end: `<form><label>Votre nom</label><button>Envoyer</button></form>${long}` }],
    ['a hidden part', { end: `<div hidden><p>${sentences.long}</p></div>${long}` }],
    ['a link', { end: `<p><a href="/b">${sentences.long}</a></p>${long}` }],
    ['comments below the text', { end: `<div class="comments"><p>${sentences.long}</p></div>` }],
    ['the date and the authors', { below: '<p>Publié le 14 octobre 2022.</p><p>Par Kim Tremblay.</p>' }],
  ]
  test.for(silent)('%s is no loss', ([, parts]) => {
    expect(warningsOf(newspaperPage(parts))).toEqual([])
  })

  test.for(['nav', 'form'])('a sentence in a %s between paragraphs is counted', (name) => {
    const part = `<${name} class="toc"><p>${sentences.short}</p><label>Oui</label></${name}>`
    expect(warningsOf(newspaperPage({ end: `${part}${long}` }))).toEqual([
      `html: 1 line inside the article left out, first "${sentences.short}"`,
    ])
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

describe('no line vanishes because it resembles a date, a notice, a label or a photo credit', () => {
  const head = '<meta property="article:published_time" content="2022-10-14T09:27:00-04:00">'
  const lines: Record<string, readonly string[]> = {
    'numbers and dates': [
      '1984',
      '12 mai 1984.',
      '3 mai 2024',
      'Samedi 12 avril 2025 à 14 h',
      'Mardi 3 mai, 19 h',
      '14 octobre 2022 à 19 h 45',
      '12 $ – 6 $',
      '3-2',
      '8 h à 17 h',
      '555 0199',
      '45 minutes',
      '11 et 12 avril 2024',
      'Stand: 12',
    ],
    'beginnings of notices': [
      'Abonnez-vous gratuitement au service d’alertes du port.',
      'Recevez gratuitement un arbre de la ville samedi.',
      'Les commentaires sont partagés dans le village.',
      'Les opinions exprimées dans la salle étaient vives.',
      'Nous et nos partenaires avons planté mille arbres',
      'En cliquant sur le bouton, la mairesse a ouvert le pont',
      'Sign up here, the sign at the door said.',
      'The views expressed at the meeting were mixed.',
      'Reproduction interdite, disait le panneau du musée.',
      'Copyright © : la juge explique le mot au photographe du port.',
      '© signifie copyright, a rappelé la juge',
    ],
    'names of the fields with other words': [
      'Kim Tremblay dort.',
      'Kim Tremblay et 12 amis',
      'Le pont, 3 mai 2024',
    ],
    'signs of photo credits': [
      'Le match est remis à mardi, selon la ligue (LHJMQ/Rimouski)',
      'Le tribunal a jugé la mention © Luc Morin',
      'Photo : Luc Morin La mairesse coupe le ruban',
      'Kim Tremblay, Ana Roy et le maire devant le pont / Getty Images',
    ],
  }
  const places: Record<string, (part: string) => string> = {
    'above the first paragraph': (part) => `${part}${long.repeat(6)}`,
    'between paragraphs': (part) => `${long.repeat(3)}${part}${long.repeat(3)}`,
    'below the last paragraph': (part) => `${long.repeat(6)}${part}`,
  }
  const elements = ['p', 'blockquote', 'h3']
  const pageWith = (body: string) =>
    `<!doctype html><html lang="fr"><head><title>Le pont rouvre lundi à midi</title>${head}</head><body><main><article>
     <h1>Le pont rouvre lundi à midi</h1><p class="byline">Par Kim Tremblay</p>${body}</article></main></body></html>`
  const cases = Object.keys(places).flatMap((place) =>
    elements.flatMap((element) => Object.keys(lines).map((kind) => ({ kind, element, place }))),
  )
  test.for(cases)('$kind, in $element, $place', ({ kind, element, place }) => {
    for (const line of lines[kind] ?? []) {
      const { fields, warnings } = articleOf(
        pageWith(places[place]?.(`<${element}>${line}</${element}>`) ?? ''),
      )
      const isKept = String(fields.html).includes(line)
      const isSaid = warnings.some(
        (one) => one.startsWith('html: 1 line inside') && one.endsWith(`first "${line}"`),
      )
      expect(isKept !== isSaid, `${line}: kept ${isKept}, said ${isSaid}`).toBe(true)
    }
  })

  const captions = ['La mairesse coupe le ruban devant la foule.', 'La fête a duré toute la nuit', 'Ana Roy']
  const withCredit = captions.flatMap((caption) =>
    Object.keys(places).flatMap((place) =>
      ['p', 'blockquote'].map((element) => ({ caption, element, place })),
    ),
  )
  test.for(withCredit)(
    'only the credit behind "$caption" goes, in $element, $place',
    ({ caption, element, place }) => {
      for (const credit of [' (Photo : Luc Morin)', ' Photo : Luc Morin', ' – Photo : Luc Morin']) {
        if (credit === ' Photo : Luc Morin' && !caption.endsWith('.')) continue
        const part = `<${element}>${caption}${credit}</${element}>`
        const body = String(articleOf(pageWith(places[place]?.(part) ?? '')).fields.html)
        expect(body.includes(caption), credit).toBe(true)
        expect(body.includes('Luc Morin'), credit).toBe(false)
      }
    },
  )

  const gone = [
    '14 octobre 2022',
    '14 octobre 2022 à 9 h 27',
    'Publié le 14 octobre 2022 | Mis à jour le 15 octobre 2022',
  ]
  const repeated = [
    ...gone,
    'Temps de lecture : 4 min',
    'Il y a 3 heures',
    'Photo : Luc Morin',
    'Par Kim Tremblay, journaliste',
  ]
  test.for(repeated)('what a field holds goes without a warning: %s', (line) => {
    for (const place of ['above the first paragraph', 'below the last paragraph']) {
      const page = pageWith(places[place]?.(`<p>${line}</p>`) ?? '')
      expect(String(articleOf(page).fields.html).includes(line), place).toBe(false)
      expect(warningsOf(page), place).toEqual([])
    }
  })
})
