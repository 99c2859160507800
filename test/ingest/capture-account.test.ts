import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCapture } from '../../src/ingest/capture.ts'

/**
 * The law of captures: each line is in the text or in a field, or is an exact label of a page, or is counted in a warning.
 */

/** A line of a made capture. `isLabel` tells whether it is a button or another exact label that may vanish unreported. */
interface MadeLine {
  line: string
  isLabel: boolean
}

const title = 'Le pont couvert rouvre lundi après trois mois'
const months = ['janvier', 'mars', 'juin', 'octobre', 'décembre']

const labels = [
  ...[
    'Partager',
    'Facebook',
    'Publicité',
    'Lire aussi',
    'À lire aussi',
    '3 commentaires',
    'Répondre',
    'Newsletter',
  ],
  ...[
    'Mehr zum Thema',
    'Share this article',
    'Read more',
    'Comments',
    'Contact',
    'Il y a 3 heures',
    'Compartir',
  ],
]

/** Lines that are no exact labels, made different by a number, because the law asks for each of them. */
const makers: readonly ((number: number) => string)[] = [
  (number) =>
    `La mairie annonce que le pont ${number} rouvrira lundi matin aux piétons et aux cyclistes de la ville.`,
  (number) => `Le chantier ${number} a coûté deux millions, dit-on.`,
  (number) => `Un autre titre sur le pont ${number} de Hull`,
  (number) => `Le marché ${number} du samedi`,
  (number) => `${number}. Ana Roy 12:04`,
  (number) => `${number} g de farine`,
  (number) => `sous le pont ${number} coule la Seine,`,
  (number) => `Vers ${number} d’un poème sans fin`,
  (number) => `Les résultats ${number} :`,
  (number) => `Lire aussi vite qu’un adulte ${number}`,
  (number) => `Lire aussi Le pont ${number} de Québec`,
  (number) => `Lire aussi : Le pont ${number} ferme`,
  (number) => `Photo : Kim Tremblay, archives ${number}`,
  (number) => `Le pont en mars ${number}. (Foto: Jo Lee / AP)`,
  (number) =>
    `Kim Tremblay ${'IVX'[number % 3]}${'abcdefghij'[number % 10]}${'klmnopqrst'[Math.floor(number / 10) % 10]}`,
  (number) => `Par Kim Roy${'abcdefghij'[number % 10]}${'klmnopqrst'[Math.floor(number / 10) % 10]}`,
  (number) => `${(number % 28) + 1} ${months[number % 5]} ${1950 + number}`,
  (number) => `Berlin, ${(number % 28) + 1} ${months[number % 5]} ${1950 + number}`,
  (number) => `Publié le ${(number % 28) + 1} ${months[number % 5]} ${1950 + number}`,
  (number) => `${(number % 28) + 1} ${months[number % 5]}, ${number} h`,
  (number) => `© ${1950 + number} Le Courrier`,
  (number) => `Nous utilisons des cookies pour ${number} mesures`,
  (number) => `Abonnez-vous à notre infolettre ${number}`,
  (number) => `Accueil > Ville > Pont ${number}`,
  (number) => `${number} – ${number}`,
  (number) => `${number}`,
]

const madeLine: fc.Arbitrary<(number: number) => MadeLine> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...labels).map((line) => () => ({ line, isLabel: true })) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...makers)
      .map((make) => (number: number) => ({ line: make(number), isLabel: false })),
  },
  { weight: 1, arbitrary: fc.constant(() => ({ line: '', isLabel: true })) },
)

const capture = fc
  .tuple(fc.array(madeLine, { maxLength: 8 }), fc.array(madeLine, { minLength: 2, maxLength: 24 }))
  .map(([above, below]) => {
    const prose = makers[0] as (number: number) => string
    const upper = above.map((make, at) => make(at + 1))
    const lower = below.map((make, at) => make(at + 20))
    return [...upper, { line: title, isLabel: false }, ...lower, { line: prose(60), isLabel: false }]
  })

/** The number of lines that the warnings count. */
function countIn(warnings: readonly string[]): number {
  const counts = warnings.map(
    (warning) => /(\d+) lines? (?:above|between|inside|below)\b[^"]*left out/.exec(warning)?.[1],
  )
  return counts.reduce((sum, count) => sum + Number(count ?? 0), 0)
}

/** The day that a line states, as an article has it: `2024-06-19`. */
function dayIn(line: string): string | undefined {
  const [, day = '', month = '', year] = /(\d{1,2}) (\p{L}+) (\d{4})$/u.exec(line) ?? []
  const numbers: Record<string, string> = {
    janvier: '01',
    mars: '03',
    juin: '06',
    octobre: '10',
    décembre: '12',
  }
  return year && `${year}-${numbers[month]}-${day.padStart(2, '0')}`
}

/** A number beside a label is a counter of it, as `12` beside `Partager`. */
const isCounter = (lines: readonly MadeLine[], at: number): boolean => {
  const filled = lines.filter(({ line }) => line !== '')
  const place = filled.indexOf(lines[at] as MadeLine)
  return (
    /^\d+$/.test(lines[at]?.line ?? '') &&
    [place - 1, place + 1].some((near) => filled[near]?.isLabel === true)
  )
}

function lawOf(lines: readonly MadeLine[]): void {
  const text = lines.map(({ line }) => line).join('\n')
  const result = parseCapture(text, { language: 'fr' })
  if (!result.ok) return
  const { value, warnings } = result.value
  const names = (value.authors ?? []).map((author) => (typeof author === 'string' ? author : author.name))
  const inText = new Set([value.title, ...(value.text ?? '').split('\n\n')])
  const missing = lines.filter(
    ({ line, isLabel }, at) => !isLabel && !inText.has(line) && !isCounter(lines, at),
  )
  const unreported = missing.filter(({ line }) => {
    const isAuthor = names.some((name) => line.replace(/^Par /, '') === name)
    return !isAuthor && (value.published === undefined || dayIn(line) !== value.published)
  })
  const account = `${text}\n\n${JSON.stringify(value.text)}\n${warnings.join('\n')}`
  expect(countIn(warnings), account).toBeGreaterThanOrEqual(unreported.length)
  const gone = lines.filter(({ line }) => line !== '' && !inText.has(line))
  expect(countIn(warnings), account).toBeLessThanOrEqual(gone.length)
  const quoted = warnings.flatMap((warning) => /^text: .* "(.*?)…?"(?: on)?$/.exec(warning)?.[1] ?? [])
  const isMissing = (start: string) => gone.some(({ line }) => line.startsWith(start))
  expect(
    quoted.filter((start) => !isMissing(start)),
    account,
  ).toEqual([])
}

describe('no line vanishes unreported', () => {
  test('for any mixture of text and furniture', () => {
    fc.assert(fc.property(capture, lawOf), { numRuns: 500 })
  })
})
