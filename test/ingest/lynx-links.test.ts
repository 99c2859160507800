import { describe, expect, test } from 'vitest'
import { parseCapture } from '../../src/ingest/capture.ts'
import { splitLinkList, withoutLinkMarks } from '../../src/ingest/lynx-links.ts'

describe('the list of links at the end of lynx -dump', () => {
  test.for<[what: string, list: string[], links: number]>([
    ['is split off', ['References', '', '   1. https://g.example/', '   2. mailto:kim@g.example'], 2],
    [
      'may be in two parts',
      ['References', '   Visible links:', '1. https://g.example/', '   Hidden links:', '2. file:///b'],
      2,
    ],
    [
      'may have addresses in quotation marks',
      ['References', '1. "https://g.example/"', '2. \\"file:///b\\"'],
      2,
    ],
    ['has its heading in the language of lynx', ['Références', '1. https://g.example/'], 1],
    ['needs a heading', ['1. https://g.example/'], 0],
    ['has addresses, not texts', ['References', '1. Kim Roy, The bridge'], 0],
    ['is the end of the capture', ['References', '1. https://g.example/', 'Kim Roy'], 0],
  ])('%s', ([, list, links]) => {
    const lines = ['Text [1]of the article.', ...list]
    expect(splitLinkList(lines)).toEqual({ lines: links > 0 ? lines.slice(0, 1) : lines, links })
  })
})

test.for<[what: string, lines: string[], links: number, expected: string[]]>([
  ['marks are removed', ['By [1]Kim Roy', 'a [2]strike'], 2, ['By Kim Roy', 'a strike']],
  ['a number that is out of order is text', ['[1]a [2]b note [1]', '[3]c'], 3, ['a b note [1]', 'c']],
  ['a number above the last link is text', ['[1]a [7] [2]b'], 2, ['a [7] b']],
  ['a number far ahead is text', ['[1]a [3] [2]b [3]c [4]d'], 4, ['a [3] b c d']],
  ['words in brackets are text', ['[1]a [sic] [2]b'], 2, ['a [sic] b']],
  ['without a list all is text', ['[1]a'], 0, ['[1]a']],
])('%s', ([, lines, links, expected]) => {
  expect(withoutLinkMarks(lines, links)).toEqual(expected)
})

test('a capture with the links of lynx is read as one without', () => {
  const text = (mark: (number: number) => string) =>
    [
      `     * ${mark(1)}Home`,
      '',
      '                         Ferry strike looms after vote',
      '',
      `   By ${mark(2)}Kim Tremblay`,
      '',
      '   June 4, 2024',
      '',
      `   Ferry workers have voted 94 per cent in favour of a ${mark(3)}strike that`,
      `   could halt crossings as early as Friday, their union, the ${mark(4)}Sailors,`,
      '   said.',
      '',
      '   Nobody expects a deal, the mayor said on Tuesday.',
      '',
    ].join('\n')
  const list = ['References', '', ...[1, 2, 3, 4].map((number) => `   ${number}. file:///${number}`)].join(
    '\n',
  )
  const [marked, plain] = [`${text((number) => `[${number}]`)}${list}\n`, text(() => '')].map((one) =>
    parseCapture(one),
  )
  expect(marked).toEqual(plain)
  expect(marked).toMatchObject({ ok: true, value: { value: { authors: [{ name: 'Kim Tremblay' }] } } })
})
