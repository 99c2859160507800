import { describe, expect, test } from 'vitest'
import { parsePageDates } from '../../src/ingest/page-dates.ts'

/** What a line is expected to state; `rest` is empty and nothing is unclear unless a case says otherwise. */
interface Expected {
  published?: string
  isLabelled?: true
  updated?: string
  unclear?: string[]
  rest?: string
}

const whole = (expected: Expected) => ({ unclear: [], rest: '', ...expected })

describe('a date of publication', () => {
  test.for<[line: string, published: string]>([
    ['14 octobre 2022', '2022-10-14'],
    ['Publié le 14 octobre 2022 à 9 h 27', '2022-10-14T09:27'],
    ['PUBLIÉ LE 14 OCTOBRE 2022 À 9\u202FH\u202F27', '2022-10-14T09:27'],
    ['Publiée le 1er février 2021 à 8 h', '2021-02-01T08:00'],
    ['le 14.09.2020 à 11h46', '2020-09-14T11:46'],
    ['lundi 9 décembre 2019 à 09h08', '2019-12-09T09:08'],
    ['Lundi 9 de\u0301cembre 2019', '2019-12-09'],
    ['11:46, 14 sept. 2020', '2020-09-14T11:46'],
    ['Mis en ligne le 14/10/2022 – 09:27', '2022-10-14T09:27'],
    ['Date de publication\u00A0: 14/10/22', '2022-10-14'],
    ['le 14 octobre 2022 à 9 heures 27', '2022-10-14T09:27'],
    ['Oct 14, 2022', '2022-10-14'],
    ['October 14th, 2022 at 9:27 p.m.', '2022-10-14T21:27'],
    ['14th of October 2022, 12.05am', '2022-10-14T00:05'],
    ['Friday 14 Oct 2022 12 pm', '2022-10-14T12:00'],
    ['First published on Fri., Oct. 14 2022, 09:27:31', '2022-10-14T09:27:31'],
    ['Posted: 14-Oct-2022', '2022-10-14'],
    ['08.12.2022, 07:11 Uhr', '2022-12-08T07:11'],
    ['Veröffentlicht am: 3. März 2020', '2020-03-03'],
    ['Publié sur 18/02/2020', '2020-02-18'],
    ['Kim Roy04 de mayo 2022 a las 09:01 hrs.', '2022-05-04T09:01'],
    ['Kim RoyMay 4, 2022', '2022-05-04'],
    ['3 de mayo de 202221:25', '2022-05-03T21:25'],
    ['20 janvier 202020 janvier 2020', '2020-01-20'],
    ['Veröffentlicht am 3. März 2020 um 9 Uhr 05', '2020-03-03T09:05'],
    ['Dienstag, den 8. Dez. 2020, 7.11 Uhr', '2020-12-08T07:11'],
    ['Do., 8.12.22', '2022-12-08'],
    ['3 de mayo de 2021 a las 10:05 h', '2021-05-03T10:05'],
    ['Publicado el lunes, 3 de mayo del 2021 10:05 p. m.', '2021-05-03T22:05'],
    ['03 ago. 2021 - 10:05 hs', '2021-08-03T10:05'],
    ['2022-10-14', '2022-10-14'],
    ['2022/10/14 09:27', '2022-10-14T09:27'],
    ['2022-10-14T09:27:31.123Z', '2022-10-14T09:27:31+00:00'],
    ['29 février 2024', '2024-02-29'],
    ['Mi., 25. November 2026', '2026-11-25'],
    ['dim. 1er nov. 2026', '2026-11-01'],
    ['1.º de noviembre de 2026', '2026-11-01'],
    ['Sun., Nov. 1st, 2026', '2026-11-01'],
    ['Pubblicato il 1º maggio 2021 alle 10:05', '2021-05-01T10:05'],
    ['mercoledì 3 marzo 2021 ore 9:05', '2021-03-03T09:05'],
    ['Publicado em 1º de novembro de 2026 às 8h30', '2026-11-01T08:30'],
    ['segunda-feira, 3 de maio de 2021', '2021-05-03'],
  ])('%s', ([line, published]) => {
    expect(parsePageDates(line).published).toBe(published)
    expect(parsePageDates(line).rest).toMatch(/^(?:Kim Roy)?$/)
  })
})

describe('a time zone', () => {
  test.for<[rule: string, line: string, published: string]>([
    ['Eastern time in summer', 'Oct 14, 2022 9:27 AM ET', '2022-10-14T09:27-04:00'],
    ['Eastern time in winter', '9:27 AM ET, Fri January 14, 2022', '2022-01-14T09:27-05:00'],
    ['the zone in French', '14 octobre 2022 à 9 h 27 (heure de l’Est)', '2022-10-14T09:27-04:00'],
    ['HAE', '14 octobre 2022, 9 h 27 HAE', '2022-10-14T09:27-04:00'],
    ['EST', 'Jan. 14, 2022 at 9:27 p.m. EST', '2022-01-14T21:27-05:00'],
    ['MEZ', '14.01.2022, 9:27 Uhr MEZ', '2022-01-14T09:27+01:00'],
    ['a zone without a space before it', '3 may. 2021 - 10:05CEST', '2021-05-03T10:05+02:00'],
    ['GMT', 'Mon 20 Jan 2020 06.05 GMT', '2020-01-20T06:05+00:00'],
    ['a zone with a word behind it', '20 Jan 2020 06.05 GMTLast modified', '2020-01-20T06:05+00:00'],
    ['GMT and hours', '20 Jan 2020 06:05 GMT+2', '2020-01-20T06:05+02:00'],
    ['an offset with its name', 'Oct 14 2022 09:27:31 GMT-0400 (EDT)', '2022-10-14T09:27:31-04:00'],
    ['a zone of India, Israel or Ireland: the day alone', '14 Oct 2022 09:27 IST', '2022-10-14'],
    ['a zone of London or Dhaka: the day alone', '9.27am BST, 14 July 2020', '2020-07-14'],
    ['a word in capitals is no zone', '14 octobre 2022 9:27 PAR', '2022-10-14T09:27'],
  ])('%s', ([, line, published]) => {
    expect(parsePageDates(line).published).toBe(published)
  })
})

describe('an update', () => {
  test.for<[line: string, expected: Expected]>([
    ['Mis à jour le 14 octobre 2022 à 9h27', { updated: '2022-10-14T09:27' }],
    ['Mise à jour : 14/10/2022', { updated: '2022-10-14' }],
    ['Dernière modification le 14 oct. 2022', { updated: '2022-10-14' }],
    ['Last updated at 9:27 a.m. on Oct. 14, 2022', { updated: '2022-10-14T09:27' }],
    ['Zuletzt aktualisiert: 14.10.2022 um 9:27 Uhr', { updated: '2022-10-14T09:27' }],
    ['Stand: 14.10.2022', { updated: '2022-10-14' }],
    ['Actualizado: 14/10/2022 09:27h', { updated: '2022-10-14T09:27' }],
    [
      'Publié le 14 octobre 2022 à 9 h 27, mis à jour le 15 octobre 2022',
      { published: '2022-10-14T09:27', isLabelled: true, updated: '2022-10-15' },
    ],
    [
      'Posted: Oct 14, 2022 9:27 AM ET | Last Updated: October 15, 2022 12:05 p.m. ET',
      { published: '2022-10-14T09:27-04:00', isLabelled: true, updated: '2022-10-15T12:05-04:00' },
    ],
    [
      'Mis à jour le 15/10/2022 – Publié le 14/10/2022',
      { published: '2022-10-14', isLabelled: true, updated: '2022-10-15' },
    ],
    [
      'Mon 20 Jan 2020 06.05 GMT Last modified on Mon 20 Jan 2020 06.07 GMT',
      { published: '2020-01-20T06:05+00:00', updated: '2020-01-20T06:07+00:00' },
    ],
  ])('%s', ([line, expected]) => {
    expect(parsePageDates(line)).toEqual(whole(expected))
  })
})

describe('a date in digits', () => {
  test.for<[rule: string, line: string, language: string | undefined, expected: Expected]>([
    ['French begins with the day', '10/05/2022', 'fr-CA', { published: '2022-05-10' }],
    ['so does Spanish', '10-05-2022', 'es', { published: '2022-05-10' }],
    ['and British English', '10/05/2022', 'en-GB', { published: '2022-05-10' }],
    ['American English begins with the month', '10/05/2022', 'en-US', { published: '2022-10-05' }],
    ['English alone does not decide', '10/05/2022', 'en', { unclear: ['10/05/2022'] }],
    ['nor does an unknown language', '10/05/2022', undefined, { unclear: ['10/05/2022'] }],
    [
      'nor a time of a clock with twelve hours',
      '10/05/2022 05:22 pm',
      'fr',
      { unclear: ['10/05/2022 05:22 pm'] },
    ],
    ['which Spanish has too', '10/05/2022 05:22 pm', 'es', { published: '2022-05-10T17:22' }],
    [
      'words of the line decide',
      'Publié le 10/05/2022',
      undefined,
      { published: '2022-05-10', isLabelled: true },
    ],
    ['the day of the week decides', 'Tuesday 10/05/2022', 'en', { published: '2022-05-10' }],
    ['full stops begin with the day', '10.05.2022', undefined, { published: '2022-05-10' }],
    ['a number above 12 is the day', '10/14/2022', 'en', { published: '2022-10-14' }],
    ['in French too', '10/14/2022', 'fr', { published: '2022-10-14' }],
    ['day and month may be equal', '05/05/2022', 'en', { published: '2022-05-05' }],
    ['two digits of a year need a language', '14/10/22', undefined, { unclear: ['14/10/22'] }],
  ])('%s', ([, line, language, expected]) => {
    expect(parsePageDates(line, language)).toEqual(whole(expected))
  })
})

describe('no date is invented', () => {
  test.for<[rule: string, line: string, expected: Expected]>([
    ['30 February', 'Publié le 30 février 2022', { unclear: ['Publié le 30 février 2022'] }],
    ['29 February of another year', '2023-02-29', { unclear: ['2023-02-29'] }],
    ['the 31st of June', '31.06.2022', { unclear: ['31.06.2022'] }],
    ['a thirteenth month', '2022-13-01', { unclear: ['2022-13-01'] }],
    ['a date without a year', '14 octobre à 9h27', { rest: '14 octobre à 9h27' }],
    ['a day without a date', 'Publié hier à 9h', { rest: 'Publié hier à 9h' }],
    ['a number of the telephone', '514-123-4567', { rest: '514-123-4567' }],
    ['a long number', '20221014093055', { rest: '20221014093055' }],
    ['an address', '10.14.20.22.1', { rest: '10.14.20.22.1' }],
    ['a time that no clock shows', '14 octobre 2022 à 25h61', { published: '2022-10-14', rest: 'à 25h61' }],
    ['a reading time', '14 octobre 2022 · 5 min', { published: '2022-10-14', rest: '5 min' }],
  ])('%s', ([, line, expected]) => {
    expect(parsePageDates(line)).toEqual(whole(expected))
  })

  test('a paragraph has no date of the page', () => {
    const paragraph = `Le 14 octobre 2022, ${'la ville '.repeat(50)}`
    expect(parsePageDates(paragraph)).toEqual({ unclear: [], rest: paragraph })
  })
})

describe('a span of days is no date', () => {
  test.for([
    '11 et 12 avril 2024',
    'du 11 au 12 avril 2024',
    'Du 11 avril au 3 mai 2024',
    '1er et 2 juin 2024',
    '11. bis 12. April 2024',
    'Vom 11. April bis zum 3. Mai 2024',
    '11.-12. April 2024',
    '11.04. - 12.04.2024',
    'April 11 to May 3, 2024',
    'April 11 – May 3, 2024',
    '11 and 12 April 2024',
    '11 y 12 de abril de 2024',
    'du 11/04/2024 au 12/04/2024',
    'du 11 avril 2024 au 12 avril 2024',
  ])('%s', (line) => {
    expect(parsePageDates(line)).toEqual({ unclear: [line], rest: '' })
  })

  test('the word before it stays', () => {
    expect(parsePageDates('samedi 11 et dimanche 12 avril 2024')).toEqual({
      unclear: ['11 et dimanche 12 avril 2024'],
      rest: 'samedi',
    })
  })

  test.for<[line: string, published: string, rest: string]>([
    ['18 h 30 - 11 avril 2024', '2024-04-11T18:30', ''],
    ['No 12 - 13 avril 2024', '2024-04-13', 'No 12'],
    ['Kim Roy et Jo Lee, 11 avril 2024', '2024-04-11', 'Kim Roy et Jo Lee'],
  ])('%s is none', ([line, published, rest]) => {
    expect(parsePageDates(line)).toEqual({ published, unclear: [], rest })
  })
})

describe('the rest of the line', () => {
  test.for<[line: string, rest: string]>([
    ['Par Kim Tremblay le 14.09.2020 à 11h46', 'Par Kim Tremblay'],
    ['Kim Tremblay | lundi 9 décembre 2019 à 09h08', 'Kim Tremblay'],
    ['Kim Tremblay (AFP) 14.10.2022', 'Kim Tremblay (AFP)'],
    ['Por Kim Tremblay | 14/10/2022 | Madrid', 'Por Kim Tremblay | Madrid'],
    ['14 octobre 2022 – Kim Tremblay', 'Kim Tremblay'],
    ['(14.10.2022)', ''],
    ['Publié le 3 mai 2024, le rapport accable Ottawa.', 'le rapport accable Ottawa.'],
  ])('%s', ([line, rest]) => {
    expect(parsePageDates(line).rest).toBe(rest)
  })
})

test.for<[what: string, line: string]>([
  ['digits', '1'.repeat(1_000_000)],
  ['dates', '14.10.2022 '.repeat(90_000)],
  ['dates of one line', '14.10.2022 '.repeat(36)],
  ['labels', 'mis a jour le '.repeat(28)],
  ['separators', `1${' |'.repeat(199)}`],
])('a line of %s is borne', ([, line]) => {
  expect(() => parsePageDates(line)).not.toThrow()
})
