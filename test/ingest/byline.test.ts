import { describe, expect, test } from 'vitest'
import { isBesideName, isLoneMarker, parseByline, parseName } from '../../src/ingest/byline.ts'

describe('a line that a word or an agency marks as a byline', () => {
  test.for<[line: string, authors: string[], agencies?: string[]]>([
    ['By Jane Doe, Local Journalism Initiative Reporter', ['Jane Doe']],
    ['By Jane Doe, Ottawa Bureau Chief', ['Jane Doe']],
    ['Opinion by Jane Doe', ['Jane Doe']],
    ['Reportage : Kim Roy', ['Kim Roy']],
    ['By Jane Doe, for the Smithville Gazette', ['Jane Doe'], ['the Smithville Gazette']],
    ['Jane Doe, special to The Gazette', ['Jane Doe'], ['The Gazette']],
    ['Story and photos by Jane Doe', ['Jane Doe']],
    ["Par Kim Roy et l'équipe de la rédaction", ['Kim Roy', "l'équipe de la rédaction"]],
    ['Par notre envoyée spéciale Kim Roy', ['Kim Roy']],
    ['Von Prof. Dr. Ana Roy', ['Prof. Dr. Ana Roy']],
    ['Von unserem Redaktionsmitglied Ana Roy', ['Ana Roy']],
    ['Von unseren Redakteuren Ana Roy und Jo Lee', ['Ana Roy', 'Jo Lee']],
    ['Aus Brüssel berichtet Ana Roy', ['Ana Roy']],
    ['Es berichten Ana Roy und Jo Lee', ['Ana Roy', 'Jo Lee']],
    ['Por nuestra corresponsal Ana Roy', ['Ana Roy']],
    ["By Jane Doe, Queen's Park Reporter", ['Jane Doe']],
    ['By Dr. Jane Doe, Medical Officer of Health', ['Dr. Jane Doe']],
    ['By Jane Doe, CBC News', ['Jane Doe'], ['CBC News']],
    ['By Jane Doe, Smithville Gazette', ['Jane Doe'], ['Smithville Gazette']],
    ['By Jane Doe and John Roe, Open Council', ['Jane Doe', 'John Roe'], ['Open Council']],
    ['Par Ana Roy, députée de Gaspé', ['Ana Roy']],
    ['Par Ana Roy, Réseau Exemple', ['Ana Roy'], ['Réseau Exemple']],
    ['Von Ana Roy, Exempelnetzwerk Nord', ['Ana Roy'], ['Exempelnetzwerk Nord']],
    ['Por Ana Roy, Jefa de Nacional', ['Ana Roy']],
    ['Por Ana Roy, Grupo Ejemplo', ['Ana Roy'], ['Grupo Ejemplo']],
    ['By Ana Roy, Jo Lee, and Kim Tremblay', ['Ana Roy', 'Jo Lee', 'Kim Tremblay']],
    ['By Ana Roy, Jo Lee and', ['Ana Roy', 'Jo Lee']],
    ['By Ana Roy; Jo Lee', ['Ana Roy', 'Jo Lee']],
    ['By Ana Roy in Washington and Jo Lee in New York', ['Ana Roy', 'Jo Lee']],
    ['By Ana Roy in Trinidad and Tobago', ['Ana Roy']],
    ['Par Kim Tremblay', ['Kim Tremblay']],
    ['ByKim Tremblay', ['Kim Tremblay']],
    ['by: Kim Tremblay', ['Kim Tremblay']],
    ['Posted by KIM TREMBLAY', ['KIM TREMBLAY']],
    ['By Kim Tremblay Jr.', ['Kim Tremblay Jr.']],
    ['By Kim (Annie) Tremblay and Ana (A.B.) Roy', ['Kim (Annie) Tremblay', 'Ana (A.B.) Roy']],
    ['By Kim Tremblay@kimtremblayAna Roy', ['Kim Tremblay', 'Ana Roy']],
    ['By Kim Tremblay and Ana Roy, Reuters', ['Kim Tremblay', 'Ana Roy'], ['Reuters']],
    ['By Kim Tremblay and Ana Roy For The Daily Bridge', ['Kim Tremblay', 'Ana Roy'], ['The Daily Bridge']],
    ['Par Ana Roy et Jo Lee à Montréal', ['Ana Roy', 'Jo Lee']],
    ['Par Ana Roy, correspondante à Paris', ['Ana Roy']],
    ['Propos recueillis par Ana Roy', ['Ana Roy']],
    ['Un texte de Ana Roy avec AFP', ['Ana Roy'], ['AFP']],
    ['Le Devoir avec l’Agence France-Presse', [], ['l’Agence France-Presse', 'Le Devoir']],
    ['Avec AFP', [], ['AFP']],
    ['Von Ana Roy und Jo Lee, Berlin', ['Ana Roy', 'Jo Lee']],
    ['Von Jo von Lee', ['Jo von Lee']],
    ['Text: Ana Roy', ['Ana Roy']],
    ['Ein Kommentar von Ana Roy', ['Ana Roy']],
    ['Autorin: Ana Roy', ['Ana Roy']],
    ['Ana Roy mit dpa', ['Ana Roy'], ['dpa']],
    ['Por Ana Roy y Jo Lee', ['Ana Roy', 'Jo Lee']],
    ['Por Ana Roy en Madrid', ['Ana Roy']],
    ['Publicado por Ana Roy', ['Ana Roy']],
    ['Par Ana Roy et Jo Lee, avec la collaboration de Kim Roy', ['Ana Roy', 'Jo Lee', 'Kim Roy']],
    ['By Ana Roy, with files from The Canadian Press', ['Ana Roy'], ['The Canadian Press']],
    ['Von Ana Roy, unter Mitarbeit von Jo Lee', ['Ana Roy', 'Jo Lee']],
    ['Por Ana Roy, con la colaboración de Jo Lee', ['Ana Roy', 'Jo Lee']],
    ['Texte et photos : Ana Roy', ['Ana Roy']],
    ['Text und Fotos: Ana Roy', ['Ana Roy']],
    ['Text and photos by Ana Roy', ['Ana Roy']],
    ['Por Ana Roy aroy@g.example', ['Ana Roy']],
    ['Por Ana Roy - aroy@g.example', ['Ana Roy']],
    ['Escribe Ana Roy en Salto', ['Ana Roy']],
    ['Escriben: Ana Roy y Jo Lee', ['Ana Roy', 'Jo Lee']],
    ['Por Agencia EFE', [], ['Agencia EFE']],
    ['Por Redacción', ['Redacción']],
    ['Par Una Roy', ['Una Roy']],
    ['By Ana Roy for CBC Kids', ['Ana Roy'], ['CBC Kids']],
    ['Par Ana Roy pour La Gazette et Jo Lee', ['Ana Roy', 'Jo Lee'], ['La Gazette']],
    ['Por Ana Roy para El Puente', ['Ana Roy'], ['El Puente']],
    ['By Ana Roy, Member of Parliament for Hull', ['Ana Roy']],
    ['By Ana Roy, University of Hull', ['Ana Roy'], ['University of Hull']],
    ['By Ana Roy, Institute for Peace', ['Ana Roy'], ['Institute for Peace']],
    ['By Ana Roy, Gazette.example', ['Ana Roy'], ['Gazette.example']],
    ['Par Ana Roy et Jo Lee, Radio-Canada', ['Ana Roy', 'Jo Lee'], ['Radio-Canada']],
    ['Par Ana Roy | Radio-Canada Rimouski', ['Ana Roy'], ['Radio-Canada Rimouski']],
    ['Por Ana Roy e Iris Lee', ['Ana Roy', 'Iris Lee']],
    ['Por Jo Roy, Ana Roy e Iris de la Lee', ['Jo Roy', 'Ana Roy', 'Iris de la Lee']],
    ['POR ANA ROY E IRIS LEE', ['ANA ROY', 'IRIS LEE']],
    ['Por Ana Costa e Silva', ['Ana Costa e Silva']],
    ['Un dossier de Ana Roy et Jo Lee', ['Ana Roy', 'Jo Lee']],
    ['Entretien réalisé par Ana Roy', ['Ana Roy']],
    ['Entrevista realizada por Ana Roy', ['Ana Roy']],
    ['By An Tremblay and Kim More', ['An Tremblay', 'Kim More']],
    ['By Con Tremblay', ['Con Tremblay']],
    ['con EFE', [], ['EFE']],
  ])('%s', ([line, authors, agencies = []]) => {
    expect(parseByline(line)).toEqual({ authors, agencies })
  })
})

describe('a line of names', () => {
  test.for<[line: string, authors: string[]]>([
    ['Ana Roy, Jo Lee y Kim Tremblay', ['Ana Roy', 'Jo Lee', 'Kim Tremblay']],
    ['Ana Roy und Jo Lee', ['Ana Roy', 'Jo Lee']],
    ['Ana Roy, London, Jo Lee', ['Ana Roy', 'Jo Lee']],
    ['A. ROY / J. L. DA SILVA', ['A. ROY', 'J. L. DA SILVA']],
    ['Jo v. Lee-Roy', ['Jo v. Lee-Roy']],
    ['J. P. van der Berg', ['J. P. van der Berg']],
    ['Ana Roy and', ['Ana Roy']],
    ['Kim Tremblay Education editor', ['Kim Tremblay']],
    ['Kim Tremblay Chief political correspondent', ['Kim Tremblay']],
    ['Kim Tremblay Midwest correspondent', ['Kim Tremblay']],
    ['Ana María Roy Staff Writer', ['Ana María Roy']],
    ['Kim Tremblay, Redakteurin Politik', ['Kim Tremblay']],
    ['Kim Tremblay redactora de Sociedad', ['Kim Tremblay']],
    ['Kim TremblayStaff Writer', ['Kim Tremblay']],
    ['Gazette-Redakteurin Kim Tremblay', ['Kim Tremblay']],
    ['La rédaction', ['La rédaction']],
    ['Redaktion Sport', ['Redaktion Sport']],
  ])('%s', ([line, authors]) => {
    expect(parseName(line)?.authors).toEqual(authors)
  })
})

describe('no byline', () => {
  test.for([
    'Par ailleurs',
    'Escribe Hoy',
    'Escribe tu comentario',
    'By the Numbers',
    'By Read More',
    'By Mayor of Hull',
    'By Medical Officer of Health',
    'Von der Brücke',
    'Von Null auf Hundert',
    'Por la noche',
    'Ottawa, Canada',
    'Pourquoi Paris',
    'Was Sie wissen müssen',
    'Link Copied',
    'Ver Fotos',
    'Ana Roy : « Nous ouvrons le pont »',
    'Qui est Ana Roy ?',
    'Ana Roy est arrivée',
    `Par ${'Ana '.repeat(60)}`,
  ])('%s', (line) => {
    expect([parseByline(line), parseName(line)]).toEqual([undefined, undefined])
  })
})

test.for<[line: string, isMarker: boolean]>([
  ['By', true],
  ['Par :', true],
  ['VON', true],
  ['Por', true],
  ['Auteur', true],
  ['Autor:', true],
  ['By the river', false],
  ['Paris', false],
  ['', false],
])('"%s" on a line of its own begins a byline: %s', ([line, isMarker]) => {
  expect(isLoneMarker(line)).toBe(isMarker)
})

test.for<[line: string, isBeside: boolean]>([
  ['Education editor', true],
  ['@kimtremblay', true],
  ['kim.tremblay@example.org', true],
  ['Rédactrice en chef', true],
  ['Redakteur Politik', true],
  ['Redactora', true],
  ['The editor resigned.', false],
  ['Le pont rouvre', false],
])('"%s" belongs to the author above: %s', ([line, isBeside]) => {
  expect(isBesideName(line)).toBe(isBeside)
})

test.for([
  ['By Jane Doe, Blue Lagoon', 'Blue Lagoon'],
  ['By Jane Doe | Blue Lagoon', 'Blue Lagoon'],
  ['By Jane Doe – Blue Lagoon', 'Blue Lagoon'],
  ['By Jane Doe of Blue Lagoon', 'Blue Lagoon'],
  ['By Jane Doe, Member of Parliament for Blue Lagoon', 'Blue Lagoon'],
] as const)(
  '%s: what stands behind the name may be an organization or a place, and is no author',
  ([line, doubtful]) => {
    expect(parseByline(line)).toEqual({ authors: ['Jane Doe'], agencies: [], doubtful: [doubtful] })
  },
)

test('in a list, commas stand between authors', () => {
  expect(parseByline('By Jane Doe, John Roe', { isList: true })?.authors).toEqual(['Jane Doe', 'John Roe'])
})

test('an organization behind a name makes no byline of a line without a word such as By', () => {
  expect(parseByline('Jane Doe / Agencia Ejemplo')).toBeUndefined()
})
