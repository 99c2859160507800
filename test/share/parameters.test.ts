import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodedLength, openParameters, renderParameters } from '../../src/share/parameters.ts'

const anyText = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.string({ unit: 'binary-ascii', minLength: 1 }),
    fc.constantFrom('\ud800', '\udfff', '\u07ff', '\u0800', '\uffff', '\u{10000}'),
  ),
})

test('law: the length of an encoded value is computed without encoding it', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { length } = text === '' ? '' : renderParameters({ a: text }).slice('a='.length)
      expect(encodedLength(text)).toBe(length)
    }),
  )
})

test('law: a function that encodes equal values once renders what the plain one renders', () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c'), anyText)), (all) => {
      const render = openParameters()
      for (const values of [...all, ...all]) {
        expect(render(values), JSON.stringify(values)).toBe(renderParameters(values))
      }
    }),
  )
})
