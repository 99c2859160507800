import { describe, expect, test } from 'vitest'
import { articleOf, newspaperPage, paragraphs } from './pages.ts'

const warningsAbout = (html: string) => articleOf(html).warnings.filter((one) => one.startsWith('html: only'))
const sentence = 'La passerelle du quartier reste fermée jusqu’au printemps, a annoncé la mairie jeudi soir.'
const page = (body: string) =>
  `<!doctype html><html lang="fr"><head><title>Le pont rouvre</title></head><body>${body}</body></html>`

test.for<[line: string, isWarned: boolean]>([
  ['Page 1 de 3', true],
  ['Page 2 sur 3', true],
  ['Seite 1 / 12', true],
  ['Page 1 of 1', false],
  ['Page 3 de 3', false],
  ['Page 12', false],
])('a page that goes on at other addresses is a warning: "%s"', ([line, isWarned]) => {
  const { warnings } = articleOf(newspaperPage({ end: `</article><p>${line}</p><article>` }))
  const warning = `html: the page says "${line}"; the other pages are not imported`
  expect(warnings.filter((one) => one.startsWith('html: the page says'))).toEqual(isWarned ? [warning] : [])
})

describe('a page of which another part than the article is taken', () => {
  test('the first paragraph of the longest run is quoted if most of the run is left out', () => {
    const lost = `<p>${sentence}</p>`.repeat(20)
    const html = page(
      `<h1>Le pont rouvre</h1><div class="article-text">${paragraphs}</div><div class="sponsor">${lost}</div>`,
    )
    expect(warningsAbout(html)).toEqual([
      expect.stringMatching(
        /^html: only 0 % of the longest run of paragraphs .* left out is "La passerelle du quartier/,
      ),
    ])
  })

  test('a body that is very short beside the page is a warning', () => {
    const menu = `<ul>${'<li>Une ligne du menu de la ville et du pont</li>'.repeat(80)}</ul>`
    const html = page(
      `<h1>Le pont rouvre</h1><article><p>${sentence}</p></article><div class="sidebar">${menu}</div>`,
    )
    expect(warningsAbout(html)).toEqual([
      `html: only ${sentence.length} characters of the page's text are taken`,
    ])
  })

  test('a page whose paragraphs are taken has no such warning', () => {
    expect(warningsAbout(newspaperPage({}))).toEqual([])
  })

  test('comments that are longer than the article are no run of it', () => {
    const comments = `<div class="comments">${paragraphs.repeat(4)}</div>`
    expect(warningsAbout(newspaperPage({ end: `</article>${comments}<article>` }))).toEqual([])
  })
})
