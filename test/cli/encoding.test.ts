import { describe, expect, test } from 'vitest'
import { decodeText } from '../../src/cli/sources/encoding.ts'

const latin = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16 = (text: string, isBig = false): Uint8Array =>
  Uint8Array.from(
    [...text].flatMap((character) => {
      const code = character.charCodeAt(0)
      return isBig ? [code >> 8, code & 255] : [code & 255, code >> 8]
    }),
  )
const bytes = (...parts: Iterable<number>[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]))

describe('decodeText', () => {
  const decoded: [what: string, bytes: Uint8Array, text: string][] = [
    ['UTF-8', utf8('été'), 'été'],
    ['UTF-8 with a byte order mark', bytes([0xef, 0xbb, 0xbf], utf8('été')), 'été'],
    [
      'UTF-16 by its mark, whatever it declares',
      bytes([0xff, 0xfe], utf16('<meta charset=utf-8>été')),
      '<meta charset=utf-8>été',
    ],
    ['UTF-16 with the high byte first', bytes([0xfe, 0xff], utf16('été', true)), 'été'],
    ['UTF-16 without a mark', utf16('<p>été'), '<p>été'],
    ['UTF-16 without a mark, the high byte first', utf16('<p>été', true), '<p>été'],
    [
      'ISO-8859-1 in an XML declaration',
      latin('<?xml version="1.0" encoding="iso-8859-1"?>\xe9'),
      '<?xml version="1.0" encoding="iso-8859-1"?>é',
    ],
    [
      'Windows-1252 in a meta element',
      latin('<meta charset=windows-1252>\x93\xe9\x94'),
      '<meta charset=windows-1252>“é”',
    ],
    [
      'Windows-1250 in an old meta element',
      latin('<META http-equiv="Content-Type" content="text/html; charset=windows-1250">\xb3'),
      '<META http-equiv="Content-Type" content="text/html; charset=windows-1250">ł',
    ],
    ...[
      '<!-- <meta charset=windows-1252> -->',
      '<script>"<meta charset=windows-1252>"</script>',
      '<title><meta charset=x-mac-roman></title>',
    ].map((text): [string, Uint8Array, string] => [
      `no declaration in ${text}`,
      utf8(`${text} é`),
      `${text} é`,
    ]),
    [
      'a declaration behind a comment',
      latin('<!-- <meta charset=utf-8> --><meta charset=windows-1252>\xe9'),
      '<!-- <meta charset=utf-8> --><meta charset=windows-1252>é',
    ],
    ['an unknown name of an encoding', utf8('<meta charset=klingon>été'), '<meta charset=klingon>été'],
    ['UTF-16 declared in a file that is not', utf8('<meta charset=utf-16>été'), '<meta charset=utf-16>été'],
    ['a file without a byte', new Uint8Array(), ''],
  ]
  test.for(decoded)('%s', ([, given, text]) => {
    expect(decodeText(given)).toEqual({ text })
  })

  const guessed: [what: string, bytes: Uint8Array, text: string, says: string][] = [
    [
      'UTF-8 that declares another encoding',
      utf8('<meta charset=iso-8859-1>été'),
      '<meta charset=iso-8859-1>été',
      'but is UTF-8',
    ],
    ['no declaration and no UTF-8', latin('\xe9t\xe9 \x80'), 'été €', 'read as Windows-1252'],
    [
      'Windows-1252 with two bytes that are valid UTF-8',
      latin('\xe9t\xe9 \xe0 \xc9\xab'),
      'été à É«',
      'read as Windows-1252',
    ],
    [
      'UTF-8 declared, but Windows-1252',
      latin('<meta charset=utf-8>\xe9t\xe9'),
      '<meta charset=utf-8>été',
      'read as Windows-1252',
    ],
    [
      'one wrong byte in UTF-8',
      bytes(utf8('été'), [0xe9], utf8(' à')),
      'été à',
      '1 character that is not utf-8',
    ],
    [
      'two wrong bytes in UTF-8',
      bytes(utf8('été'), [0xe9, 0x20, 0xff], utf8(' à')),
      'été  à',
      '2 characters that are not utf-8',
    ],
  ]
  test.for(guessed)('%s is reported', ([, given, text, says]) => {
    expect(decodeText(given)).toEqual({ text, guess: expect.stringContaining(says) })
  })

  test('Windows-1252 that was converted as ISO-8859-1 is read as what it was, and a warning says so', () => {
    expect(decodeText(utf8('L\u0092été \u0096 \u0085'))).toEqual({
      text: 'L’été – …',
      guess: '3 control characters were replaced by the marks that they are in Windows-1252',
    })
    expect(decodeText(bytes(utf8('<meta charset=latin1>L\u0092été'))).guess).toMatch(
      /but is UTF-8; 1 control character was replaced/,
    )
  })
})
