import { describe, expect, test } from 'vitest'
import { isEmailAddress } from '../../src/domain/email-address.ts'

const label = 'a'.repeat(63)

const addresses = [
  'kim@lecteur.example',
  'KIM@LECTEUR.EXAMPLE',
  'k@a.bc',
  'kim.tremblay+journal@courrier.lecteur.example',
  "o'neil_{x}|~!#$%&*=?^`/@lecteur.example",
  'kim@xn--rsum-bpad.example',
  'kim@1.example',
  'kim@lecteur.x1',
  `${'k'.repeat(64)}@lecteur.example`,
  `kim@${label}.example`,
]

const others: readonly [what: string, text: string][] = [
  ['nothing', ''],
  ['no host', 'kim'],
  ['an empty local part', '@lecteur.example'],
  ['a host of one label', 'kim@localhost'],
  ['an IP address', 'kim@127.0.0.1'],
  ['an address literal', 'kim@[127.0.0.1]'],
  ['a full stop at the start', '.kim@lecteur.example'],
  ['a full stop before the @', 'kim.@lecteur.example'],
  ['two full stops', 'kim..t@lecteur.example'],
  ['two full stops in the host', 'kim@lecteur..example'],
  ['a full stop at the end', 'kim@lecteur.example.'],
  ['a hyphen at the start of a label', 'kim@-lecteur.example'],
  ['a hyphen at the end of a label', 'kim@lecteur-.example'],
  ['a label of 64 characters', `kim@a${label}.example`],
  ['a local part of 65 characters', `${'k'.repeat(65)}@lecteur.example`],
  ['255 characters', `k@${`${'a'.repeat(48)}.`.repeat(5)}example1`],
  ['a quoted local part', '"kim t"@lecteur.example'],
  ['a comment', 'kim(journal)@lecteur.example'],
  ['a space', 'kim t@lecteur.example'],
  ['a space at the end', 'kim@lecteur.example '],
  ['a line end', 'kim@lecteur.example\n'],
  ['a header', 'kim@lecteur.example\r\nBcc: x@mal.example'],
  ['angle brackets', '<kim@lecteur.example>'],
  ['two addresses', 'kim@lecteur.example,x@mal.example'],
  ['a source route', '@mal.example:kim@lecteur.example'],
  ['two hosts', 'kim@lecteur.example@mal.example'],
  ['an accent', 'élise@lecteur.example'],
  ['a host with an accent', 'kim@québec.example'],
  ['a letter that looks like another', 'kim@lecteur.exampIe\u0131'],
  ['NUL', 'kim\0@lecteur.example'],
]

describe('isEmailAddress', () => {
  test.for(addresses)('%s is one', (address) => expect(isEmailAddress(address)).toBe(true))

  test.for(others)('%s: %j is none', ([, text]) => expect(isEmailAddress(text)).toBe(false))

  test('takes linear time', () => {
    const hostile = [
      `${'a.'.repeat(126)}@`,
      `a@${'a-'.repeat(126)}`,
      `a@${'a.'.repeat(126)}`,
      'a'.repeat(1e7),
    ]
    const start = performance.now()
    for (const text of hostile) expect(isEmailAddress(text), text.slice(0, 10)).toBe(false)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
