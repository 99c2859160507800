import { describe, expect, test } from 'vitest'
import { withoutPlaceholders } from '../../src/ingest/placeholders.ts'
import { readCapture } from './captures.ts'

/** What lynx and w3m print, and what is left of it. */
const lines: [line: string, left: string, ...doubtful: string[]][] = [
  ['[rires]', '[rires]'],
  ['[sic]', '[sic]'],
  ['[Refrain]', '[Refrain]'],
  ['[rires] [applause]', '[rires] [applause]'],
  ['[12] Kim Roy, The bridge', '[12] Kim Roy, The bridge'],
  ['Le [1er] janvier', 'Le [1er] janvier'],
  ['[M.] Roy', '[M.] Roy'],
  ['o bien el viento', 'o bien el viento'],
  ['IFRAME: un mot de trop', 'IFRAME: un mot de trop'],
  ['a[0]=[], b', 'a[0]=[], b'],
  [
    '[Jean-Paul] a dit que le pont rouvrirait lundi matin, après trois mois de travaux',
    '[Jean-Paul] a dit que le pont rouvrirait lundi matin, après trois mois de travaux',
  ],
  ['[pont.png]', ''],
  ['[pont.JPG?width=688] Le pont en mars', 'Le pont en mars'],
  ['[INLINE]', ''],
  ['IFRAME: https://g.example/', ''],
  ['[X] [ ] ___', ''],
  ['(BUTTON) Partager', 'Partager'],
  ['* Le pont', 'Le pont'],
  ['o Le pont', 'Le pont'],
  ['[mi-rires]', '', '[mi-rires]'],
  ['[GettyImage]', '', '[GettyImage]'],
  ['Von [ef7] Kim Roy', 'Von Kim Roy', '[ef7]'],
  ['[main_logo] Politique', 'Politique', '[main_logo]'],
]

test.for(lines)('of %s, %o is left', ([line, left, ...doubtful]) => {
  const unmarked = withoutPlaceholders(line)
  expect({ ...unmarked, line: unmarked.line.trim() }).toEqual({ line: left, doubtful })
})

test('many brackets take no longer than others', () => {
  const line = `${'[]'.repeat(95)}x`
  const start = performance.now()
  expect(withoutPlaceholders(line)).toEqual({ line, doubtful: [] })
  expect(performance.now() - start).toBeLessThan(100)
})

describe('a capture of lynx or w3m', () => {
  const capture = (...inside: string[]) =>
    [
      'Le pont couvert rouvre lundi après trois mois de travaux',
      '   La mairie annonce que le pont couvert rouvrira lundi matin, après trois',
      '   mois de travaux, aux piétons et aux cyclistes.',
      ...inside.map((line) => `   ${line}`),
      '   Le chantier a coûté deux millions de dollars, dont la moitié est payée par',
      '   la province.',
    ]
      .join('\n\n')
      .replaceAll(/(trois|par)\n\n/g, '$1\n')

  test('keeps words in brackets', () => {
    expect(readCapture(capture('[rires]'), { language: 'fr' })).toMatchObject({
      paragraphs: [expect.any(String), '[rires]', expect.any(String)],
      warnings: [],
    })
  })

  test('reports what may be a word and is left out as the name of a picture', () => {
    expect(readCapture(capture('[mi-rires]', '[pont-1]', '[pont.png]'), { language: 'fr' })).toMatchObject({
      paragraphs: [expect.any(String), expect.any(String)],
      warnings: ['text: 2 words in brackets left out as names of pictures, first "[mi-rires]"'],
    })
  })
})
