import { describe, expect, test } from 'vitest'
import { articleOf, newspaperPage, paragraphs } from './pages.ts'

type Parts = Parameters<typeof newspaperPage>[0]

const long = paragraphs.slice(0, paragraphs.indexOf('</p>') + 4)
const head = '<link rel="canonical" href="https://g.example/pont">'

const warningsOf = (parts: Parts): string[] =>
  articleOf(newspaperPage({ head, ...parts })).warnings.filter((one) => one.startsWith('html:'))
const bodyOf = (parts: Parts): string => String(articleOf(newspaperPage({ head, ...parts })).fields.html)

const links = ['Kim Tremblay', 'Ana Roy', 'Jo Lee'].map((name, at) => `<a href="/p/${at}">${name}</a>`)
const list = `<ul>${links.map((link) => `<li>${link}</li>`).join('')}</ul>`

describe('links of the article stay', () => {
  const kept: [what: string, part: string, text: string][] = [
    ['a list behind a line that ends with a colon', `<p>Les candidats :</p>${list}`, 'Ana Roy'],
    [
      'a list with an item that is no link',
      `<ul><li>${links[0]}</li><li>200 g de farine</li></ul>`,
      'Kim Tremblay',
    ],
    ['a document', '<p><a href="/a/rapport.pdf">Le rapport de la ville</a></p>', 'Le rapport de la ville'],
    [
      'another site',
      '<p><a href="https://ville.example/b">Le site de la ville</a></p>',
      'Le site de la ville',
    ],
    ['an address', '<p><a href="mailto:jo@ville.example">jo@ville.example</a></p>', 'jo@ville.example'],
  ]
  test.for(kept)('%s', ([, part, text]) => {
    expect(bodyOf({ end: `${part}${long}` })).toContain(text)
    expect(warningsOf({ end: `${part}${long}` })).toEqual([])
  })

  const gone: [what: string, part: string][] = [
    ['a list behind a label', `<p>Lire aussi :</p>${list}`],
    ['a paragraph', `<p>${links[1]}</p>`],
    ['another host of the same site', '<p><a href="https://blog.g.example/b">Ana Roy</a></p>'],
  ]
  test.for(gone)('but not links to other pages of the site: %s', ([, part]) => {
    expect(bodyOf({ end: `${part}${long}` })).not.toContain('Ana Roy')
  })
})

describe('each item and short line of the article’s part that is left out is counted', () => {
  const said: [what: string, part: string, warning: RegExp][] = [
    ['a list of links', list, /^html: 3 links inside the article left out, first "Kim Tremblay"$/],
    ['a paragraph that is a link', `<p>${links[1]}</p>`, /^html: 1 link inside .* first "Ana Roy"$/],
    [
      'a sentence in a box of buttons',
      '<div class="share"><p>Le kiosque de Zoé ouvre mardi.</p></div>',
      /^html: 1 line inside .* first "Le kiosque de Zoé ouvre mardi\."$/,
    ],
    [
      'the short lines of a box of offers',
      '<aside class="promo"><h3>Le chantier en chiffres</h3><ul><li>80 mètres</li><li>2 millions</li></ul></aside>',
      /^html: 3 lines inside .* first "Le chantier en chiffres"$/,
    ],
    [
      'the short lines of a menu of dishes',
      '<div class="menu"><p>Soupe : 5 dollars</p><p>Pain : 2 dollars</p></div>',
      /^html: 2 lines inside .* first "Soupe : 5 dollars"$/,
    ],
    [
      'the text within an object',
      '<object data="https://g.example/r.pdf">Les poutres sont rongées, dit le rapport.</object>',
      /^html: 1 line inside .* first "Les poutres sont rongées, dit le rapport\."$/,
    ],
    [
      'a sentence in a box of offers',
      '<div class="promo"><p>Le kiosque de Zoé ouvre mardi.</p></div>',
      /^html: 1 line inside .* first "Le kiosque de Zoé ouvre mardi\."$/,
    ],
  ]
  test.for(said)('%s', ([, part, warning]) => {
    expect(warningsOf({ end: `${part}${long}` })).toEqual([expect.stringMatching(warning)])
  })

  const results = {
    paragraphs: '<p>Laval 3, Longueuil 2</p><p>Gatineau 1, Rimouski 0</p>',
    list: '<ul><li>Laval 3, Longueuil 2</li><li>Gatineau 1, Rimouski 0</li></ul>',
    'line breaks': '<p>Laval 3, Longueuil 2<br>Gatineau 1, Rimouski 0</p>',
    table: '<table><tr><td>Laval 3, Longueuil 2</td></tr><tr><td>Gatineau 1, Rimouski 0</td></tr></table>',
    'box with columns': '<div class="row"><div class="col"><p>Laval 3, Longueuil 2</p></div></div>',
    'box named for a margin': '<div class="sidebar-scores"><p>Laval 3, Longueuil 2</p></div>',
    aside: '<aside><p>Laval 3, Longueuil 2</p></aside>',
  }
  test.for(Object.entries(results))('results without a full stop, %s', ([, part]) => {
    const { fields, warnings } = articleOf(newspaperPage({ head, end: `${part}${long}` }))
    const isKept = String(fields.html).includes('Laval 3, Longueuil 2')
    const isSaid = warnings.some((one) => /^html: .* first "Laval 3, Longueuil 2"$/.test(one))
    expect(isKept !== isSaid, `kept: ${isKept}, said: ${isSaid}`).toBe(true)
  })

  const silent: [what: string, part: string][] = [
    ['buttons', '<div class="share"><a href="/s">Envoyer</a><p>Partager</p></div>'],
    ['a labelled link', '<p>Lire aussi : <a href="/b">Le marché ouvre samedi</a></p>'],
    [
      'links within the page',
      '<ul><li><a href="#a">Le chantier</a></li><li><a href="#b">La navette</a></li></ul>',
    ],
    ['a menu', `<nav>${list}</nav>`],
    ['a box of links below the text', ''],
  ]
  test.for(silent)('%s: no warning', ([, part]) => {
    const below = '<div class="related"><p><a href="/b">Le marché ouvre samedi</a></p></div>'
    expect(warningsOf({ end: `${part}${long}${below}` })).toEqual([])
  })
})
