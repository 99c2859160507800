import { describe, expect, test } from 'vitest'
import { articleOf, paragraphs } from './pages.ts'

const warningsAbout = (html: string) => articleOf(html).warnings.filter((one) => one.startsWith('html:'))
const bodyOf = (html: string) => String(articleOf(html).fields.html)
const sentence = 'La passerelle du quartier reste fermée jusqu’au printemps, a annoncé la mairie jeudi soir.'
/** Short lines that Readability takes for the article instead of a part whose class it does not like. */
const list = `<div class="text">${'<p>Rue du Canal, numéro douze, ville basse, deuxième étage</p>'.repeat(20)}</div>`
const supplement = `<div class="supplemental">${paragraphs}</div>`
const page = (body: string, head = '') =>
  `<!doctype html><html lang="fr"><head><title>Le pont rouvre</title>${head}</head><body>${body}</body></html>`
const data = (text: string) =>
  `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: 'Le pont rouvre', articleBody: text })}</script>`
const long = Array.from({ length: 8 }, (_, at) => `Le paragraphe ${at + 1} : ${sentence}`).join('\n\n')

describe('the part of a page that becomes the text', () => {
  test('the longest run of paragraphs below the headline counts more than short lines', () => {
    const html = page(`<div><h1>Le pont rouvre</h1>${supplement}${list}</div>`)
    expect(bodyOf(html)).toContain('Le chantier du pont a duré trois mois')
    expect(warningsAbout(html)[0]).toMatch(
      /^html: the longest run of paragraphs is taken, and not the part of the page that begins "Rue du Canal/,
    )
  })

  test('the longest run is only named if it stands above the headline', () => {
    const html = page(`<div>${supplement}<h1>Le pont rouvre</h1>${list}</div>`)
    expect(bodyOf(html)).not.toContain('Le chantier du pont')
    expect(warningsAbout(html)[0]).toMatch(/^html: only 0 % of the longest run/)
  })

  test('a hidden part without sentences is no run', () => {
    const numbers = '2019/04/11 22:22:00 Bridge Town Gazette Photo Agency Image of the Day '.repeat(12)
    const html = page(
      `<article><h1>Le pont rouvre</h1><div hidden>${numbers}</div><p>${sentence}</p></article>`,
    )
    expect(bodyOf(html)).toContain(sentence)
    expect(warningsAbout(html)).toEqual([])
  })

  test('microdata that names the text decides', () => {
    const text = supplement.replace('<div', '<div itemprop="articleBody"')
    expect(bodyOf(page(`<div>${text}<h1>Le pont rouvre</h1>${list}</div>`))).toContain('Le chantier du pont')
  })

  const hidden = (outside: string) =>
    page(
      `${outside}<main><h1>Le pont rouvre</h1><p>${sentence}</p><div style="display: none">${paragraphs}</div></main>`,
    )
  test('a hidden text below the headline is taken if it is longer than what the page shows', () => {
    expect(bodyOf(hidden(''))).toContain('Le chantier du pont a duré trois mois')
    expect(warningsAbout(hidden(''))).toEqual([
      expect.stringMatching(/the longest run of paragraphs is taken/),
    ])
  })

  test('a hidden text outside of the part with the headline is none', () => {
    const notice = `<div hidden>${`<p>${sentence}</p>`.repeat(30)}</div>`
    const html = page(`${notice}<main><h1>Le pont rouvre</h1>${paragraphs}</main>`)
    expect(bodyOf(html)).not.toContain('La passerelle')
    expect(warningsAbout(html)).toEqual([])
  })

  test('a text in a noscript is shown if the page has it nowhere else', () => {
    const html = page(`<main><h1>Le pont rouvre</h1><noscript>${paragraphs}</noscript></main>`)
    expect(bodyOf(html)).toContain('Le chantier du pont a duré trois mois')
  })

  test('the code of an advertisement in a noscript is no text', () => {
    const code =
      '&lt;div style="position:absolute">&lt;img src="https://ads.example/a.gif">&lt;/div> '.repeat(20)
    const html = page(`<main><h1>Le pont rouvre</h1>${paragraphs}<noscript>${code}.</noscript></main>`)
    expect(bodyOf(html)).not.toContain('position')
  })

  test('a text in a noscript is not repeated', () => {
    const html = page(`<main><h1>Le pont rouvre</h1>${paragraphs}<noscript>${paragraphs}</noscript></main>`)
    expect(bodyOf(html).match(/Le chantier/g)).toHaveLength(6)
  })
})

describe('the text in the JSON-LD', () => {
  test('is taken, with its paragraphs, if the page shows only its beginning', () => {
    const html = page(`<main><h1>Le pont rouvre</h1><p>${sentence}</p></main>`, data(long))
    expect(bodyOf(html).match(/<p>Le paragraphe \d/g)).toHaveLength(8)
    expect(warningsAbout(html)).toEqual([
      expect.stringMatching(
        /^html: the text in the JSON-LD is taken, because the page shows only \d+ of its \d+/,
      ),
    ])
  })

  test('only adds a warning if the page shows a long part of it', () => {
    const html = page(`<main><h1>Le pont rouvre</h1>${paragraphs}</main>`, data(long.repeat(5)))
    expect(bodyOf(html)).toContain('Le chantier du pont')
    expect(warningsAbout(html)).toEqual([
      expect.stringMatching(
        /^html: only \d+ characters are taken from the page, and the text in its JSON-LD has \d+$/,
      ),
    ])
  })

  test('is no guess if the page shows most of it', () => {
    const text = paragraphs.replace(/<\/p><p>/g, '\n').replace(/<\/?p>/g, '')
    expect(warningsAbout(page(`<main><h1>Le pont rouvre</h1>${paragraphs}</main>`, data(text)))).toEqual([])
  })
})
