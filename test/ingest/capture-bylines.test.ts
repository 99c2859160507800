import { describe, expect, test } from 'vitest'
import { parseCapture } from '../../src/ingest/capture.ts'

const title = 'Le pont couvert rouvre lundi après trois mois de travaux'
const paragraphs = [
  'La mairie annonce que le pont couvert rouvrira lundi matin, après trois mois de travaux, aux piétons et aux cyclistes.',
  'Le chantier a coûté deux millions de dollars, dont la moitié est payée par la province.',
]

function read(...head: string[]) {
  const result = parseCapture([title, ...head, ...paragraphs].join('\n'), { language: 'fr' })
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  const { value, warnings } = result.value
  const names = (value.authors ?? []).map((author) => (typeof author === 'string' ? author : author.name))
  return {
    names,
    published: value.published,
    text: value.text,
    warnings: warnings.filter((one) => !one.startsWith('text:')),
  }
}

const beside = (name: string) => `authors: "${name}" is taken for a byline because a date stands beside it`

describe('a name beside a date', () => {
  test.for<[rule: string, head: string[], names: string[], warnings: string[]]>([
    [
      'is a place below a byline with a word',
      ['Par Kim Tremblay', 'Baie Verte, 12 janvier 2025'],
      ['Kim Tremblay'],
      [],
    ],
    ['is a place above one', ['Baie Verte, 12 janvier 2025', 'Par Kim Tremblay'], ['Kim Tremblay'], []],
    [
      'is a place below a name',
      ['Kim Tremblay', 'Baie Verte - 12 janvier 2025'],
      ['Kim Tremblay'],
      [beside('Kim Tremblay')],
    ],
    [
      'is a newspaper between a byline and a date',
      ['Par Kim Tremblay', 'Courrier Laval', '12 janvier 2025'],
      ['Kim Tremblay'],
      [],
    ],
    ...[
      'Kim Tremblay | 12 janvier 2025',
      'Kim Tremblay 12 janvier 2025',
      '12 janvier 2025 – Kim Tremblay',
    ].map((line): [string, string[], string[], string[]] => [
      `is an author if nothing else is, with a warning: ${line}`,
      [line],
      ['Kim Tremblay'],
      [beside('Kim Tremblay')],
    ]),
    ...['Bad Oldesloe, ', 'Buenos Aires - ', 'Kim Tremblay, ', 'Baie Verte – '].map(
      (start): [string, string[], string[], string[]] => [
        `may be a place before a comma or a dash: ${start}`,
        [`${start}12 janvier 2025`],
        [],
        [
          `authors: "${start.replace(/\W+$/, '')}" before the date may be a place or the author, and is not taken`,
          `published: the date is taken from the line "${start}12 janvier 2025"`,
        ],
      ],
    ),
    [
      'is two authors with a word between them',
      ['Kim Tremblay et Jo Lee, 12 janvier 2025'],
      ['Kim Tremblay', 'Jo Lee'],
      [beside('Kim Tremblay et Jo Lee')],
    ],
    ['is an author with an agency', ['Kim Tremblay, AFP, 12 janvier 2025'], ['Kim Tremblay'], []],
    [
      'is an author above a date too, with a warning',
      ['Kim Tremblay', '12 janvier 2025'],
      ['Kim Tremblay'],
      [beside('Kim Tremblay')],
    ],
    [
      'is certain with a job title below',
      ['Kim Tremblay', 'Journaliste', '12 janvier 2025'],
      ['Kim Tremblay'],
      [],
    ],
  ])('%s', ([, head, names, warnings]) => {
    const article = read(...head)
    expect(article).toMatchObject({ names, warnings, published: '2025-01-12' })
    expect(article.text).toBe(paragraphs.join('\n\n'))
  })
})

test.for<[what: string, head: string[]]>([
  ['a label of an update', ['Actualizado al 12 janvier 2025']],
  ['a label of the publication', ['Erstmals Veröffentlicht 12.01.2025']],
  ['a section', ['Faits Divers', '12 janvier 2025']],
  ['news', ['Local News | Jan. 12, 2025']],
  ['an edition', ['Édition Papier, 12 janvier 2025']],
  ['a newspaper with an article', ['Le Soleil', '12 janvier 2025']],
  ['a place with an article', ['La Malbaie, 12 janvier 2025']],
])('%s beside a date names nobody', ([, head]) => {
  expect(read(...head)).toMatchObject({ names: [], published: '2025-01-12' })
})

test('a second name is no author below one that only its place makes the author’s', () => {
  expect(read('Louise Roy', 'Mairesse de Hull')).toMatchObject({
    names: ['Louise Roy'],
    warnings: ['authors: "Louise Roy" is taken for a byline because of its place'],
  })
})

test.for([
  ['12 janvier 2025, 9:05 BST', 'BST'],
  ['Publié le 12 janvier 2025 à 9:05 IST', 'IST'],
])('the time of %s is reported, because its zone has several meanings', ([line = '', zone]) => {
  expect(read('Par Kim Roy', line)).toMatchObject({
    published: '2025-01-12',
    warnings: [`published: the time is left out, because ${zone} has several meanings`],
  })
})

describe('a byline that is not read', () => {
  test.for([
    'Reporting by Kim Roy; Editing by Ana Lee',
    'Par notre ami Kim Roy',
    'Von einem Freund, Kim Roy',
    'Layout by Kim Roy; story by Ana Lee',
  ])('%s is reported', (line) => {
    expect(read(line)).toMatchObject({
      names: [],
      warnings: [`authors: "${line}" seems to be a byline, and was not read`],
    })
    expect(read(line, '12 janvier 2025').warnings).toContain(
      `authors: "${line}" seems to be a byline, and was not read`,
    )
  })

  test.for([
    'Interview : Kim Roy und Ana Lee',
    'Un film de Kim Roy',
    'Kim Roy reports from Hull',
    'Kim Roy (traduit par Ana Lee)',
    'Par courriel',
    'By admin',
  ])('%s is reported between title and date', (line) => {
    expect(read(line, '12 janvier 2025')).toMatchObject({
      names: [],
      warnings: expect.arrayContaining([`authors: "${line}" seems to be a byline, and was not read`]),
    })
  })

  test.for(['Par ici la sortie', 'Von Brücken und Wegen', 'Un chantier suivi par la Ville de Hull'])(
    '%s is no byline',
    (line) => {
      expect(read(line)).toMatchObject({ names: [], warnings: [] })
    },
  )

  test('is not reported beside one that is read', () => {
    expect(read('Par Kim Roy', 'Par notre ami Jo Lee')).toMatchObject({ names: ['Kim Roy'], warnings: [] })
  })
})

describe('a person to ask is no author', () => {
  const address = ['418 555-0100', 'kim.roy@ville.example']
  test.for<[rule: string, lines: string[]]>([
    ['below a label with a colon', ['Renseignements :', 'Kim Roy', 'kim.roy@ville.example', '- 30 -']],
    ['above a telephone number', ['Personne à joindre', 'Kim Roy', ...address]],
    ['above an office and a telephone number', ['Kim Roy', 'Directrice', ...address]],
    ['below a word that may name the author', ['Source :', 'Kim Roy', ...address]],
    ['behind such a word', ['Source : Kim Roy', ...address]],
  ])('%s', ([, lines]) => {
    const result = parseCapture([title, ...paragraphs, ...lines].join('\n'), { language: 'fr' })
    if (!result.ok) throw new Error(JSON.stringify(result.problem))
    const { value, warnings } = result.value
    expect(value.authors).toBeUndefined()
    expect(value.text?.split('\n\n')).toEqual([...paragraphs, ...lines])
    expect(warnings).toEqual([expect.stringMatching(/^authors: ".*Kim Roy" is taken for a person to ask/)])
  })

  test('but an author with a telephone number above the text is', () => {
    expect(read('Par Kim Roy', ...address)).toMatchObject({ names: ['Kim Roy'], warnings: [] })
    expect(read('Kim Roy', 'kim.roy@gazette.example', '418 555-0100')).toMatchObject({
      names: ['Kim Roy'],
      warnings: ['authors: "Kim Roy" is taken for a byline because of its place'],
    })
  })
})

test('a name behind a comma alone or a label is no author, and reported', () => {
  expect(read('By Kim Roy, Blue Lagoon', 'Jan. 12, 2025')).toMatchObject({
    names: ['Kim Roy'],
    warnings: ['authors: "Blue Lagoon" behind the name may be another author, and is not taken'],
  })
  expect(read('Author: Kim Roy | Editor: Jo Lee', 'Jan. 12, 2025')).toMatchObject({
    names: ['Kim Roy'],
    warnings: ['authors: "Editor: Jo Lee" behind the name may be another author, and is not taken'],
  })
  expect(read('Par Kim Roy | Photos : Jo Lee', '12 janvier 2025')).toMatchObject({
    names: ['Kim Roy'],
    warnings: ['authors: "Photos : Jo Lee" behind the name may be another author, and is not taken'],
  })
  expect(read('By Kim Roy, Smithville Gazette', 'Jan. 12, 2025')).toMatchObject({
    names: ['Kim Roy'],
    warnings: [],
  })
})
