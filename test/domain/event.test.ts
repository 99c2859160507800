import { describe, expect, test } from 'vitest'
import { events, fieldNames, lineOf } from '../../src/domain/event.ts'
import { describeFault, storeFault, withoutValues } from '../../src/domain/fault.ts'

test('a line is one JSON object: the event, and its fields in the order of the table', () => {
  const fields = { of: 1, status: 503, milliseconds: 7, route: '/articles/:slug', method: 'GET' }
  expect(lineOf('request', fields)).toBe(
    '{"event":"request","method":"GET","route":"/articles/:slug","status":503,"milliseconds":7,"of":1}',
  )
})

test('a field without a value is left out, and so is a field that the table does not name', () => {
  const fields = {
    host: 'reader.example',
    mode: 'unsubscribe',
    reason: 'answered 404',
    topic: undefined,
    secret: 'x',
  }
  expect(JSON.parse(lineOf('verification-failed', fields))).toEqual({
    ...{ event: 'verification-failed', host: 'reader.example', mode: 'unsubscribe', reason: 'answered 404' },
  })
})

test('a text has at most 300 characters, all of them whole', () => {
  const line = lineOf('bad-row', { table: 'article', id: `${'a'.repeat(299)}😀`, field: 'json', reason: '' })
  expect(JSON.parse(line).id).toBe(`${'a'.repeat(299)}\u{fffd}`)
})

test('every event with a fault has a message and a stack in its place', () => {
  expect(fieldNames('job-failed')).toEqual(['queue', 'attempts', 'message', 'stack'])
  expect(Object.keys(events).length).toBeGreaterThan(20)
})

describe('the message of a fault', () => {
  const value = 'clé secrète 42'
  test.for<[fault: unknown, message: string]>([
    [new Error('Network connection lost.'), 'Error: Network connection lost.'],
    [new Error('no answer within 1000 ms'), 'Error: no answer within 1000 ms'],
    [
      new Error('D1_ERROR: UNIQUE constraint failed: article.slug: SQLITE_CONSTRAINT'),
      'Error: D1_ERROR: UNIQUE constraint failed: article.slug: SQLITE_CONSTRAINT',
    ],
    [
      new Error(`D1_TYPE_ERROR: Type 'object' not supported for value '${value}'`),
      'Error: D1_TYPE_ERROR: Type …',
    ],
    [new Error(`cannot send to https://a.example/b?key=c today`), 'Error: cannot send to … today'],
    [new Error('refused by kim@mail.example at 203.0.113.7 or 2001:db8::1'), 'Error: refused by … at … or …'],
    [new Error(`one line\n${value}`), 'Error: one line'],
    [new Error(`one “mark that never ends`), 'Error: one …'],
    [new Error(`wrong: ${'k'.repeat(43)}, a1b2c3d4e5 and Été`), 'Error: wrong: … and …'],
    [new SyntaxError(`Unexpected token c, ${value} is not valid JSON`), 'SyntaxError'],
    [new TypeError(`Cannot use 'in' operator to search for 'a' in ${value}`), 'TypeError'],
    [Object.assign(new Error(value), { name: value }), '…'],
    [value, 'no error, but a string'],
    [undefined, 'no error, but a undefined'],
    [storeFault('find', new TypeError(value)), 'StoreFault: The store failed at find: TypeError'],
    [
      storeFault('find', new Error(`D1_ERROR: near "${value}": syntax error`)),
      'StoreFault: The store failed at find: Error: D1_ERROR: near … syntax error',
    ],
    [storeFault('find', 'the row is bad'), 'StoreFault: The store failed at find: the row is bad'],
  ])('%s', ([fault, message]) => {
    expect(describeFault(fault).message).toBe(message)
  })

  test('is short', () => {
    expect(describeFault(new Error('word '.repeat(1000))).message).toHaveLength(300)
  })
})

describe('the stack of a fault', () => {
  test('has the lines that name functions, and no line of the message', () => {
    const { stack } = describeFault(new Error('failed\n    at secret (key.js:1:1)'))
    expect(stack).toContain('event.test.ts')
    expect(stack).not.toContain('secret')
  })

  test('is left out if it does not contain the message', () => {
    const fault = new Error('another')
    fault.stack = 'Error: failed\n    at secret (key.js:1:1)'
    expect(describeFault(fault)).toEqual({ message: 'Error: another' })
  })
})

test('a text without values keeps its words', () => {
  expect(withoutValues('must be the same in the column and in the JSON, which has "secret"')).toBe(
    'must be the same in the column and in the JSON, which has …',
  )
})
