import { describe, expect, test } from 'vitest'
import { articleOf, newspaperPage } from './pages.ts'

/** What an import says about the authors of a page, and whom it takes. */
function authorsOf(parts: Parameters<typeof newspaperPage>[0]) {
  const { fields, warnings } = articleOf(newspaperPage(parts))
  return {
    authors: ((fields.authors ?? []) as { name: string }[]).map(({ name }) => name),
    source: (fields.source as { name: string } | undefined)?.name,
    warnings: warnings.filter((one) => one.startsWith('authors:')),
  }
}

describe('a name behind a comma is doubtful in a line that the page shows', () => {
  const lines: [line: string, name: string][] = [
    ['Von Kim Tremblay, Ressort Wirtschaft', 'Ressort Wirtschaft'],
    ['By Kim Tremblay, Mount Royal', 'Mount Royal'],
    ['Von Kim Tremblay, SPD Kiel', 'SPD Kiel'],
  ]
  test.for(lines)('%s', ([line, name]) => {
    expect(authorsOf({ below: `<p class="byline">${line}</p>` })).toEqual({
      authors: ['Kim Tremblay'],
      source: undefined,
      warnings: [`authors: "${name}" behind a comma may be another author, and is not taken`],
    })
  })

  test('but in an element named for authors it is taken, with a warning', () => {
    const { authors, warnings } = authorsOf({
      below: '<p class="intro-author">von Kim Tremblay, Ana Roy</p>',
    })
    expect(authors).toEqual(['Kim Tremblay', 'Ana Roy'])
    expect(warnings).toEqual(['authors: "Ana Roy" behind a comma is taken for another author'])
  })

  test('but not in metadata', () => {
    const head = '<meta name="author" content="Kim Tremblay, Ana Roy">'
    expect(authorsOf({ head })).toEqual({
      authors: ['Kim Tremblay', 'Ana Roy'],
      source: undefined,
      warnings: [],
    })
  })

  test('nor before a conjunction', () => {
    const { authors } = authorsOf({ below: '<p class="byline">Par Kim Tremblay, Jo Lee et Ana Roy</p>' })
    expect(authors).toEqual(['Kim Tremblay', 'Jo Lee', 'Ana Roy'])
  })
})

describe('who or what is no author of a page', () => {
  const none: [what: string, parts: Parameters<typeof newspaperPage>[0], warning: RegExp | undefined][] = [
    [
      'a person who is asked',
      { below: '<p class="author">Entrevue avec Kim Tremblay, pêcheur</p>' },
      /"Entrevue avec Kim Tremblay, pêcheur", because it was not understood$/,
    ],
    [
      'the program that wrote the page',
      { head: '<meta name="author" content="WordPress">' },
      /^authors: "WordPress" in the metadata names a section or a program, and is not taken$/,
    ],
    [
      'a program that the page names',
      { head: '<meta name="generator" content="Redakto 4.2"><meta name="author" content="Redakto">' },
      /"Redakto" in the metadata names a section or a program/,
    ],
    [
      'a section of the paper',
      {
        head: '<meta property="article:section" content="Le fleuve"><meta name="author" content="Le fleuve">',
      },
      /"Le fleuve" in the metadata names a section or a program/,
    ],
    [
      'a section by its usual name',
      { head: '<meta name="author" content="Économie">' },
      /"Économie" in the metadata/,
    ],
    ['a place behind a preposition', { below: '<p class="byline">Von der Werft</p>' }, undefined],
    [
      'an element for a byline that was not understood',
      { below: '<p class="byline">Un grand dossier signé Kim Tremblay</p>' },
      /^authors: none is taken from the line "Un grand dossier signé Kim Tremblay"/,
    ],
  ]
  test.for(none)('%s', ([, parts, warning]) => {
    const { authors, warnings } = authorsOf(parts)
    expect(authors).toEqual([])
    expect(warnings).toEqual(warning ? [expect.stringMatching(warning)] : [])
  })
})

describe('a doubtful author is a warning', () => {
  const doubtful = ['Agence web Pixel', 'courriel']
  test.for(doubtful)('%s', (name) => {
    expect(authorsOf({ head: `<meta name="author" content="${name}">` })).toEqual({
      authors: [name],
      source: undefined,
      warnings: [`authors: "${name}" may be no name of a person`],
    })
  })
  test.for(['Kim Tremblay', 'La rédaction', 'Redaktion', 'Kim'])('%s is not doubtful', (name) => {
    const { authors, warnings } = authorsOf({ head: `<meta name="author" content="${name}">` })
    expect([authors, warnings]).toEqual([[name], []])
  })
})

test.for([
  ['<meta name="author" content="(Kim Tremblay)">', ''],
  ['', '<p class="byline">Texte et photos : Kim Tremblay</p>'],
])(
  'brackets around a name and words for several tasks are no part of it: %s%s',
  ([head = '', below = '']) => {
    expect(authorsOf({ head, below }).authors).toEqual(['Kim Tremblay'])
  },
)

test('a newspaper before the name is the source', () => {
  const below = '<p class="byline">La Gazette, Kim Tremblay</p>'
  expect(authorsOf({ below })).toMatchObject({ authors: ['Kim Tremblay'], source: 'La Gazette' })
})
