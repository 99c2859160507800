import { describe, expect, test } from 'vitest'
import { articleOf, paragraphs } from './pages.ts'

const long = paragraphs.slice(0, paragraphs.indexOf('</p>') + 4)
const first = `${long}<p>La mairesse a salué le vote et promis que le chantier n’arrêtera pas les bateaux cet été.</p>`
const second =
  '<p>Le marché public de Matane ferme ses portes après soixante ans, dit le conseil de la ville voisine.</p>'

const pageWith = (body: string): string =>
  `<!doctype html><html lang="fr"><head><title>Le pont rouvre lundi à midi | La Gazette</title></head><body>${body}</body></html>`

const sign = (name: string, day: string) =>
  `<p class="byline">Par ${name}</p><time datetime="${day}">${day}</time>`
const warning = 'html: another article of the page is left out: "Matane ferme son marché"'

/** The second article is longer, so that it alone would be taken by its length. */
const pages: [what: string, body: string][] = [
  [
    'article elements',
    `<main><article><h1>Le pont rouvre lundi à midi</h1>${first}</article><article><h1>Matane ferme son marché</h1>${second.repeat(9)}</article></main>`,
  ],
  [
    'article elements, the second with a smaller heading',
    `<main><article><h1>Le pont rouvre lundi à midi</h1>${first}</article><article><h2>Matane ferme son marché</h2>${sign('Ana Roy', '2022-10-12')}${second.repeat(9)}</article></main>`,
  ],
  [
    'boxes with the same class',
    `<div id="feed"><div class="story"><h1>Le pont rouvre lundi à midi</h1>${sign('Kim Tremblay', '2022-10-14')}${first}</div><div class="story"><h1>Matane ferme son marché</h1>${sign('Ana Roy', '2022-10-12')}${second.repeat(9)}</div></div>`,
  ],
  [
    'the article of the headline is the second',
    `<main><article><h1>Matane ferme son marché</h1>${second.repeat(9)}</article><article><h1>Le pont rouvre lundi à midi</h1>${first}</article></main>`,
  ],
]

describe('of several whole articles in a page, only that of the headline is taken', () => {
  test.for(pages)('%s', ([, body]) => {
    const { fields, warnings } = articleOf(pageWith(body))
    expect(fields.title).toBe('Le pont rouvre lundi à midi')
    expect(fields.html).toContain('La mairesse a salué le vote')
    expect(`${fields.html} ${fields.summary} ${JSON.stringify(fields.authors)}`).not.toMatch(/Matane|Ana Roy/)
    expect(warnings).toContain(warning)
  })

  const parts: [what: string, body: string][] = [
    [
      'sections with headings',
      `<article><section class="part"><h1>Le pont rouvre lundi à midi</h1>${first}</section><section class="part"><h2>Le marché</h2>${second}</section></article>`,
    ],
    [
      'sections with main headings and no date or byline of their own',
      `<article><section class="part"><h1>Le pont rouvre lundi à midi</h1>${first}</section><section class="part"><h1>Le marché</h1>${second}</section></article>`,
    ],
    [
      'entries within the article',
      `<article><h1>Le pont rouvre lundi à midi</h1>${first}<article><h3>14 h 05</h3>${second}</article></article>`,
    ],
  ]
  test.for(parts)('but %s are parts of one article', ([, body]) => {
    const { fields, warnings } = articleOf(pageWith(body))
    expect(fields.html).toContain('Le marché public de Matane')
    expect(warnings.filter((one) => one.includes('another article'))).toEqual([])
  })
})

test('a headline with line breaks does not stand in the body again', () => {
  const headline = '<h1>Le pont rouvre<br>lundi à midi</h1>'
  const { fields } = articleOf(pageWith(`<article>${headline}${long.repeat(6)}</article>`))
  expect(fields.title).toBe('Le pont rouvre lundi à midi')
  expect(fields.html).not.toContain('rouvre')
})

test.for(['und', 'mul', 'zxx'])('the tag %s states no language', (tag) => {
  const page = pageWith(`<article><h1>Le pont rouvre lundi à midi</h1>${long.repeat(6)}</article>`)
  const { fields, guessesLanguage } = articleOf(page.replace('lang="fr"', `lang="${tag}"`))
  expect([fields.language, guessesLanguage]).toEqual(['fr', true])
})
