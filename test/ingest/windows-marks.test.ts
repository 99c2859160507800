import { expect, test } from 'vitest'
import { decodeText } from '../../src/cli/sources/encoding.ts'
import { parseCapture } from '../../src/ingest/capture.ts'
import { withWindowsMarks } from '../../src/ingest/windows-marks.ts'

test.for<[given: string, text: string, count: number]>([
  ['L\u0092été', 'L’été', 1],
  ['c\u009Cur \u0085 \u0080', 'cœur … €', 3],
  ['L’été', 'L’été', 0],
  ['\u0081\u008D\u008F\u0090\u009D', '\u0081\u008D\u008F\u0090\u009D', 0],
])('%j becomes %j', ([given, text, count]) => {
  expect(withWindowsMarks(given)).toEqual({ text, count })
})

test('a capture has the marks, with a warning', () => {
  const result = parseCapture(
    'L\u0092été au bord du fleuve\nPar Zoé Côté\n\nOn sert des repas à toutes les heures.\n',
  )
  expect(result).toMatchObject({ ok: true, value: { value: { title: 'L’été au bord du fleuve' } } })
  expect(result.ok && result.value.warnings[0]).toBe(
    'text: 1 control character was replaced by the mark that it is in Windows-1252',
  )
})

test('a page or feed has them too', () => {
  expect(decodeText(new TextEncoder().encode('<p>L\u0092été, c\u009Cur</p>'))).toEqual({
    text: '<p>L’été, cœur</p>',
    guess: '2 control characters were replaced by the marks that they are in Windows-1252',
  })
})
