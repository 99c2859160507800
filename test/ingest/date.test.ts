import { describe, expect, test } from 'vitest'
import { isInstant, parseDate, refusalOf } from '../../src/ingest/date.ts'
import { parseDated } from '../../src/ingest/date-fields.ts'

const toronto = 'America/Toronto'

/** Texts that are dates. Each row has a rule, the text, the site's time zone, and the instant; `day` if only a day is known. */
const dates: [rule: string, text: string, timeZone: string, instant: string, day?: 'day'][] = [
  ['a zone counts, not the site’s', '2026-12-25T08:00:00+01:00', toronto, '2026-12-25T07:00:00Z'],
  ['Z is UTC', '2026-12-25T08:00:00Z', toronto, '2026-12-25T08:00:00Z'],
  ['a small t and z', '2026-12-25t08:00:00z', toronto, '2026-12-25T08:00:00Z'],
  ['an offset without a colon', '2026-12-25 08:00 -0500', toronto, '2026-12-25T13:00:00Z'],
  ['an offset of hours', '2026-12-25 08:00:00+02', toronto, '2026-12-25T06:00:00Z'],
  ['a name of a zone in RFC 822', 'Fri, 25 Dec 2026 08:00:00 EST', toronto, '2026-12-25T13:00:00Z'],
  ['an offset of hours, RFC 822', 'Fri, 25 Dec 2026 08:00:00 +02', toronto, '2026-12-25T06:00:00Z'],
  ['an offset with a name behind it', '25 Dec 2026 08:00:00 +0100 (CET)', toronto, '2026-12-25T07:00:00Z'],
  ['an offset from GMT', '25 Dec 2026 08:00:00 GMT+2', toronto, '2026-12-25T06:00:00Z'],
  ['an offset from UTC', '2026-12-25 08:00 UTC+02:00', toronto, '2026-12-25T06:00:00Z'],
  ['an offset from UTC, with minutes', '2026-12-25T08:00:00utc-0330', toronto, '2026-12-25T11:30:00Z'],
  ...(
    [
      ['UT', '08'],
      ['GMT', '08'],
      ['Z', '08'],
      ['EST', '13'],
      ['EDT', '12'],
      ['CST', '14'],
      ['CDT', '13'],
      ['MST', '15'],
      ['MDT', '14'],
      ['PST', '16'],
      ['PDT', '15'],
      ['CET', '07'],
      ['CEST', '06'],
      ['MEZ', '07'],
      ['MESZ', '06'],
      ['WEST', '07'],
      ['EEST', '05'],
      ['HNE', '13'],
      ['HAE', '12'],
      ['HNP', '16'],
      ['JST', '23'],
      ['cest', '06'],
    ] as const
  ).flatMap(([name, hour]): typeof dates => {
    const instant = `2026-12-${name === 'JST' ? '24' : '25'}T${hour}:00:00Z`
    return [
      [`the zone ${name}`, `2026-12-25 08:00 ${name}`, toronto, instant],
      [`the zone ${name}, RFC 822`, `Fri, 25 Dec 2026 08:00:00 ${name}`, toronto, instant],
    ]
  }),
  ['no zone, as C writes', 'Wed Jun 19 14:05:00 2024', toronto, '2024-06-19T18:05:00Z'],
  ['no zone, as C writes a day of one digit', 'Wed Jun  5 14:05:00 2024', toronto, '2024-06-05T18:05:00Z'],
  ['a zone, as Java writes', 'Wed Jun 19 14:05:00 CEST 2024', toronto, '2024-06-19T12:05:00Z'],
  [
    'an offset, as JavaScript writes',
    'Wed Jun 19 2024 14:05:00 GMT+0200 (heure d’été d’Europe centrale)',
    toronto,
    '2024-06-19T12:05:00Z',
  ],
  ['the month first, and no zone', 'June 19, 2024 14:05', toronto, '2024-06-19T18:05:00Z'],
  ['the month first, a day alone', 'June 19, 2024', toronto, '2024-06-19T12:00:00Z', 'day'],
  ['no zone, in winter', '2026-12-25 08:00', toronto, '2026-12-25T13:00:00Z'],
  ['no zone, in summer', '2026-07-25T08:00', toronto, '2026-07-25T12:00:00Z'],
  ['no zone, with seconds', '2026-07-25T08:00:09', toronto, '2026-07-25T12:00:09Z'],
  ['a fraction is cut off', '2026-07-25 08:00:09.999', toronto, '2026-07-25T12:00:09Z'],
  ['white space around it', '  2026-07-25 08:00\n', toronto, '2026-07-25T12:00:00Z'],
  ['no zone, RFC 822', '25 Dec 2026 08:00', 'Europe/Paris', '2026-12-25T07:00:00Z'],
  ['east of UTC, where it is another day', '2026-12-25 08:00', 'Pacific/Auckland', '2026-12-24T19:00:00Z'],
  ['an offset of half an hour', '2026-12-25 08:00', 'Asia/Kolkata', '2026-12-25T02:30:00Z'],
  ['a local mean time', '1880-01-01 00:00', 'Europe/Paris', '1879-12-31T23:50:39Z'],
  ['the hour before clocks go forward', '2026-03-08 01:59:59', toronto, '2026-03-08T06:59:59Z'],
  ['a time that clocks skip', '2026-03-08 02:30', toronto, '2026-03-08T07:30:00Z'],
  ['the hour after clocks went forward', '2026-03-08 03:00', toronto, '2026-03-08T07:00:00Z'],
  ['the hour before clocks go back', '2026-11-01 00:59', toronto, '2026-11-01T04:59:00Z'],
  ['a time that clocks show twice', '2026-11-01 01:30', toronto, '2026-11-01T05:30:00Z'],
  ['the hour after clocks went back', '2026-11-01 02:00', toronto, '2026-11-01T07:00:00Z'],
  [
    'a time that clocks of the other hemisphere skip',
    '2026-10-04 02:30',
    'Australia/Sydney',
    '2026-10-03T16:30:00Z',
  ],
  [
    'a time that clocks skip by half an hour',
    '2026-10-04 02:15',
    'Australia/Lord_Howe',
    '2026-10-03T15:45:00Z',
  ],
  ['a midnight that clocks skip', '2018-11-04 00:00', 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
  ['a day alone', '2024-06-19', toronto, '2024-06-19T12:00:00Z', 'day'],
  ['a leap day alone', '2024-02-29', toronto, '2024-02-29T12:00:00Z', 'day'],
  ['a day alone, RFC 822', '19 June 2024', toronto, '2024-06-19T12:00:00Z', 'day'],
  ['a shortened month', '19 Sept. 2024', toronto, '2024-09-19T12:00:00Z', 'day'],
  ['a month in French', '19 août 2024', toronto, '2024-08-19T12:00:00Z', 'day'],
  ['a month in German', '19 März 2024', toronto, '2024-03-19T12:00:00Z', 'day'],
  ['a month in Spanish', '19 enero 2024', toronto, '2024-01-19T12:00:00Z', 'day'],
  ...[
    'Mi, 25. November 2026',
    'Mi., 25. Nov. 2026',
    'Mittwoch, den 25. November 2026',
    'mer. 25 nov. 2026',
    'le mercredi 25 novembre 2026',
    'mercredi le 25 novembre 2026',
    'mié., 25 de noviembre de 2026',
    'mercoledì 25 novembre 2026',
    'quarta-feira, 25 de novembro de 2026',
    'qua., 25 nov. 2026',
    'Wed., Nov. 25th, 2026',
    'the 25th of November 2026',
  ].map((text): (typeof dates)[number] => ['as people write', text, toronto, '2026-11-25T12:00:00Z', 'day']),
  ...[
    '1er novembre 2026',
    'le 1er nov. 2026',
    '1º de noviembre de 2026',
    '1.º de novembro de 2026',
    '1° novembre 2026',
    '1. November 2026',
    'November 1st, 2026',
    'Sun. 1st November 2026',
  ].map((text): (typeof dates)[number] => ['an ordinal', text, toronto, '2026-11-01T12:00:00Z', 'day']),
  ...[
    '2026-12-25 8:30 PM',
    '2026-12-25 08:30 pm',
    '2026-12-25 08:30 p.m.',
    '2026-12-25T08:30PM',
    'December 25, 2026 8:30 p. m.',
    'Dec. 25, 2026 at 8:30 PM',
    '25 Dec 2026 08:30:00 PM EST',
    '25 décembre 2026 à 20 h 30',
    '25. Dezember 2026, 20:30 Uhr',
    '25 de diciembre de 2026 a las 20:30',
    '25 dicembre 2026 alle 20:30',
  ].map((text): (typeof dates)[number] => ['a time as people write', text, toronto, '2026-12-26T01:30:00Z']),
  ['the hour alone with half of the day', 'Dec. 25, 2026, 8 a.m.', toronto, '2026-12-25T13:00:00Z'],
  ['midnight is 12 AM', '2026-12-25 12:00 AM', toronto, '2026-12-25T05:00:00Z'],
  ['noon is 12 PM', '2026-12-25 12:00 PM', toronto, '2026-12-25T17:00:00Z'],
  ['an hour of one digit', '2026-12-25 8:00', toronto, '2026-12-25T13:00:00Z'],
  ['hyphens, as RFC 850 writes', '19-Jun-24 08:00:00 GMT', toronto, '2024-06-19T08:00:00Z'],
  [
    'an instant of an early year, as a backup may have',
    '0987-01-01T00:00:00Z',
    toronto,
    '0987-01-01T00:00:00Z',
  ],
]

test.for(dates)('%s: %s', ([, text, timeZone, instant, day]) => {
  expect(parseDate(text, timeZone)).toMatchObject({ instant, isDay: day === 'day' })
})

test.for(dates)('%s: a doubt is named only if clocks do not show the time once', ([, text, timeZone]) => {
  const date = parseDate(text, timeZone)
  const isSkipped = ['2026-03-08 02:30', '2026-10-04 02:30', '2026-10-04 02:15', '2018-11-04 00:00'].includes(
    text,
  )
  const doubt = isSkipped ? 'never' : text === '2026-11-01 01:30' ? 'twice' : undefined
  expect(date).toEqual({
    ...date,
    ...(doubt && { doubt: expect.stringContaining(`${text.slice(0, 10)}T${text.slice(11)}:00 ${doubt};`) }),
  })
  expect('doubt' in date).toBe(doubt !== undefined)
})

/** Dates with a word before them. Each row has the text and what is doubtful, or nothing. */
const weekdays: [text: string, doubt?: string][] = [
  ['Wed, 12 Jun 2024 08:00:00 EDT'],
  ['wednesday 12 June 2024'],
  ['Tues. 11 Jun 2024'],
  ['Mon, 12 Jun 2024', '2024-06-12 is a Wednesday, not "Mon"; 2024-06-12 is taken'],
  ['Mon, 12 Jun 2024 08:00 EDT', '2024-06-12 is a Wednesday, not "Mon"; 2024-06-12 is taken'],
  ['Mon, 12 Jun 2024 23:00 -1200', '2024-06-12 is a Wednesday, not "Mon"; 2024-06-12 is taken'],
  ...['mer.', 'Mercredi', 'Mi,', 'Mit,', 'Mittwoch,', 'mié.', 'Miércoles,', 'Wednes,'].map(
    (word): [string] => [`${word} 12 Jun 2024`],
  ),
  ['Ven, 12 Jun 2024', '2024-06-12 is a Wednesday, not "Ven"; 2024-06-12 is taken'],
  ['Do, 12 Jun 2024', '2024-06-12 is a Wednesday, not "Do"; 2024-06-12 is taken'],
  ['sáb, 12 Jun 2024', '2024-06-12 is a Wednesday, not "sáb"; 2024-06-12 is taken'],
  ['le 12 Jun 2024'],
  ['Wed Jun 12 08:00:00 2024'],
  ['Mon Jun 12 08:00:00 2024', '2024-06-12 is a Wednesday, not "Mon"; 2024-06-12 is taken'],
  ['We, 12 Jun 2024'],
  [
    'Mon, 1 Nov 2026 01:30',
    '2026-11-01 is a Sunday, not "Mon"; 2026-11-01 is taken; clocks in America/Toronto show 2026-11-01T01:30:00 twice; 2026-11-01T01:30:00-04:00 is taken',
  ],
]

test.for(weekdays)('the day of the week in %o is compared with the date', ([text, doubt]) => {
  const date = parseDate(text, toronto)
  expect(date).not.toHaveProperty('fault')
  expect('doubt' in date ? date.doubt : undefined).toBe(doubt)
})

const noDates: [text: string, timeZone: string | undefined, fault: string][] = [
  ['2026-02-30', toronto, 'no such day: 2026-02-30'],
  ['30 Feb 2026 08:00', toronto, 'no such day: 2026-02-30'],
  ['2023-02-29 08:00', toronto, 'no such day: 2023-02-29'],
  ['Wed, 31 Jun 2024', toronto, 'no such day: 2024-06-31'],
  ['Wed, 30 Nov -0001 00:00:00 +0000', toronto, 'must be a date such as 2024-06-19'],
  ['-0001-11-30', toronto, 'must be a date such as 2024-06-19'],
  ['30 Nov 0001', toronto, 'must be in the years 1000 to 9999'],
  ['0987-11-30 08:00', toronto, 'must be in the years 1000 to 9999'],
  ['12 Marraskuu 2024', toronto, 'must be a date such as 2024-06-19'],
  ['12 Decalage 2024', toronto, 'must be a date such as 2024-06-19'],
  ['12 Jui 2024', toronto, 'must be a date such as 2024-06-19'],
  ['12 Ju 2024', toronto, 'must be a date such as 2024-06-19'],
  ['2026-13-01', toronto, 'no such day: 2026-13-01'],
  ['2026-12-25 24:00', toronto, 'no such time: 24:00'],
  ['2026-12-25 08:61', toronto, 'no such time: 08:61'],
  ['2026-12-25 13:00 PM', toronto, 'no such time: 13:00 pm'],
  ['2026-12-25 00:30 a.m.', toronto, 'no such time: 00:30 am'],
  ['31 novembre 2026', toronto, 'no such day: 2026-11-31'],
  // These names have several meanings, and the others none.
  ...['BST', 'IST', 'AST', 'AMT', 'WST', 'XYZ', 'A', 'constructor'].map((zone): (typeof noDates)[number] => [
    `2026-12-25 08:00 ${zone}`,
    toronto,
    'has an unknown zone: write an offset',
  ]),
  ['2026-12-25 08:00 GMT+99', toronto, 'has an unknown zone: write an offset'],
  ['Wed Jun 19 14:05:00', toronto, 'must be a date such as 2024-06-19'],
  ['Wed Jun 19 2024 14:05:00 2024', toronto, 'must be a date such as 2024-06-19'],
  ['Wed Jun 31 14:05:00 2024', toronto, 'no such day: 2024-06-31'],
  ['2026-12-25 08:00 +25:00', toronto, 'has an unknown zone: write an offset'],
  ['2026-12-25 08:00', undefined, 'needs a zone: 2026-12-25T08:00:00Z'],
  ['hier', toronto, 'must be a date such as 2024-06-19'],
  ['now', toronto, 'must be a date such as 2024-06-19'],
  ['', toronto, 'must be a date such as 2024-06-19'],
  ['25/12/2026', toronto, 'must be a date such as 2024-06-19'],
]

test.for(noDates)('%s is refused', ([text, timeZone, fault]) => {
  expect(parseDate(text, timeZone)).toEqual({ fault: expect.stringContaining(fault) })
})

test('a text that is far longer than a date is refused', () => {
  expect(parseDate(`2026-12-25${' '.repeat(100_000)}x`, toronto)).toHaveProperty('fault')
})

describe('the API demands a zone', () => {
  const refused: [text: string, refusal: string][] = [
    ['2026-12-25T08:00', 'needs a zone: 2026-12-25T08:00:00-05:00'],
    ['2026-07-25 08:00:00', 'needs a zone: 2026-07-25T08:00:00-04:00'],
    ['2026-03-08 02:30', 'needs a zone: 2026-03-08T03:30:00-04:00'],
    ['2026-12-25', 'needs a time and a zone: 2026-12-25T12:00:00Z'],
    ['2026-12-25 08:00 +0200', 'must be a date and time with its zone: 2026-12-25T06:00:00Z'],
    ['2026-02-30T08:00', 'no such day: 2026-02-30'],
    ['Mon, 12 Jun 2024 08:00:00 GMT', '2024-06-12 is a Wednesday, not "Mon"'],
    ['Mer, 12 Jun 2024 08:00:00 GMT', 'must be a date and time with its zone: 2024-06-12T08:00:00Z'],
    ['Mon, 31 Jun 2024 08:00:00 GMT', 'no such day: 2024-06-31'],
    [
      'Wed, 30 Nov -0001 00:00:00 +0000',
      'must be a date and time with its zone, such as 2024-06-19T12:00:00Z',
    ],
    ['hier', 'must be a date and time with its zone, such as 2024-06-19T12:00:00Z'],
  ]
  test.for(refused)('%s is refused, and the refusal says how to write it', ([text, refusal]) => {
    expect(isInstant(text)).toBe(false)
    expect(refusalOf(text, toronto)).toBe(refusal)
    const [, written] = /: (\d{4}-\d{2}-\d{2}T.*)$/.exec(refusal) ?? []
    if (written !== undefined) expect(isInstant(written)).toBe(true)
  })
})

describe('the dates of an article', () => {
  test('an embargo ends, and an article expires, at the start of the day in the site’s zone', () => {
    const article = { title: 'A', embargo: '2026-12-25', expires: '2026-12-31' }
    expect(parseDated(article, toronto)).toMatchObject({
      value: { value: { embargo: '2026-12-25T05:00:00Z', expires: '2026-12-31T05:00:00Z' } },
    })
  })

  test.for([undefined, toronto])(
    'a wrong day of the week is a warning, with the time zone %o',
    (timeZone) => {
      expect(parseDated({ title: 'A', embargo: 'Mon, 12 Jun 2024 08:00 EDT' }, timeZone)).toMatchObject({
        value: {
          value: { embargo: '2024-06-12T12:00:00Z' },
          warnings: ['embargo: 2024-06-12 is a Wednesday, not "Mon"; 2024-06-12 is taken'],
        },
      })
    },
  )

  test('every wrong date is named', () => {
    const article = { title: 'A', published: '2026-02-30', updated: 'hier', embargo: '2026-12-25 08:00' }
    expect(parseDated(article, toronto)).toMatchObject({
      problem: {
        issues: [
          { field: 'published', reason: 'no such day: 2026-02-30' },
          { field: 'updated', reason: expect.stringContaining('must be a date') },
        ],
      },
    })
  })

  test.for([null, [], 'texte', 7])('%o is no article', (value) => {
    expect(parseDated(value, toronto)).toMatchObject({ ok: false })
  })
})
