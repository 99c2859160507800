import { expect, test } from 'vitest'
import { cleanTitle } from '../../src/share/title.ts'

const rows: [rule: string, title: string, expected: string][] = [
  ['plain text stays', '« l’été & 100 % #tag »', '« l’été & 100 % #tag »'],
  ['quotes stay', `"quotes" 'single'`, `"quotes" 'single'`],
  ['a line break becomes one space', 'un\r\ndeux\ntrois\u2028quatre', 'un deux trois quatre'],
  ['a control character becomes a space', 'un\u0000deux\u001b\u0085trois\tquatre', 'un deux trois quatre'],
  ['spaces around a line break become one', 'un \n deux', 'un deux'],
  ['spaces and breaks at either end go', '\n  titre \r\n', 'titre'],
  [
    'a no-break space stays, a narrow one becomes one',
    '«\u00a0100\u202f%\u00a0»',
    '«\u00a0100\u00a0%\u00a0»',
  ],
  ['an accent is composed', 'e\u0301te\u0301', 'été'],
  ['an accent parted by a bidi control is composed', 'e\u202e\u0301te\u0301', 'été'],
  ['bidi controls go', 'a\u202egnp.exe\u202c\u200f\u2066b\u2069\u061c', 'agnp.exeb'],
  ['a family stays whole', '👨‍👩‍👧‍👦 ensemble', '👨‍👩‍👧‍👦 ensemble'],
  ['a lone surrogate becomes U+FFFD', 'a\ud83d b\udc00', 'a\ufffd b\ufffd'],
  ['a percent sign is not decoded', '%20 + = ? ; :', '%20 + = ? ; :'],
  ['nothing is cut', 'é'.repeat(10_000), 'é'.repeat(10_000)],
  ['nothing stays nothing', ' \n\u202e ', ''],
]
test.for(rows)('cleanTitle: %s', ([, title, expected]) => {
  expect(cleanTitle(title)).toBe(expected)
})
