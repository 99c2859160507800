import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agencyUri, sourceId, uri, uriOf } from '../../src/domain/id.ts'
import { legalText } from '../../src/domain/text.ts'

const ids: [given: string, id: string][] = [
  ['https://j.example/?p=12345', 'https://j.example/?p=12345'],
  ['tag:j.example,2024:Été', 'tag:j.example,2024:Été'],
  ['12345', 'urn:kiosque:guid:12345'],
  ['post 7', 'urn:kiosque:guid:post%207'],
  ['été', 'urn:kiosque:guid:%C3%A9t%C3%A9'],
  ['https://j.example/100%', 'urn:kiosque:guid:https%3A%2F%2Fj.example%2F100%25'],
  ['{6ba7b810}', 'urn:kiosque:guid:%7B6ba7b810%7D'],
]
test.for(ids)('%s is stored as %s and given back', ([given, id]) => {
  expect(uriOf(given)).toBe(id)
  expect(sourceId(id)).toBe(given)
})

const foreign: [what: string, id: string][] = [
  ['an id that holds a URI', 'urn:kiosque:guid:tag%3Aj.example%2C2024%3Aun'],
  ['one that is spelt in another way', 'urn:kiosque:guid:%31%32'],
  ['one that cannot be decoded', 'urn:kiosque:guid:%ff'],
  ['none of ours', 'urn:uuid:12345'],
]
test.for(foreign)('%s stays as it is', ([, id]) => {
  expect(sourceId(id)).toBe(id)
})

test('every id becomes a URI and comes back; different ids stay different', () => {
  const id = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.webUrl(), fc.nat().map(String))
  fc.assert(
    fc.property(id, id, (one, other) => {
      expect(uri.test(uriOf(one))).toBe(true)
      expect(sourceId(uriOf(one))).toBe(one)
      expect(sourceId(uriOf(one)) === sourceId(uriOf(other))).toBe(one === other)
    }),
  )
})

test('an agency’s URI is a URI, is made from its name alone, and differs from that of another agency', () => {
  expect(agencyUri('L’Agence & Cie')).toBe('urn:kiosque:agency:L%E2%80%99Agence%20%26%20Cie')
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.string({ unit: 'grapheme' }),
      (one, other) => {
        expect(uri.test(agencyUri(`a${one}`))).toBe(true)
        expect(agencyUri(one) === agencyUri(other)).toBe(legalText(one) === legalText(other))
      },
    ),
  )
})
