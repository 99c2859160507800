import { expect, test } from 'vitest'
import { isKept, maxKeptCharacters, parseKeptComment } from '../../src/domain/kept-comment.ts'

const now = Date.parse('2024-06-19T16:00:00Z')
const one = {
  ...{ id: 'q1gTnNyhXKyUZV0LOxW2dw', article: 'un', state: 'approved', name: 'Kim', text: 'Oui.' },
  written: '2024-06-18T16:00:00.250Z',
}

test('a comment is parsed, without what is no field, and with a date if it is public', () => {
  expect(parseKeptComment({ ...one, ip: '192.0.2.1' }, now)).toEqual({ ...one, published: one.written })
  const held = {
    ...{ ...one, state: 'pending', parent: 'AAAAAAAAAAAAAAAAAAAAAA', reasons: ['mode'] },
    ...{ email: 'kim@example.com', question: 'pont-2', edited: '2024-06-18T12:00:00-04:00' },
  }
  expect(parseKeptComment(held, now)).toEqual(held)
})

test('no name can begin another line, and no text has signs that no page may contain', () => {
  const parsed = parseKeptComment(
    { ...one, name: 'Kim\u202e\r\nBcc: x', text: 'a\r\nb\u0000\u0008c\ud800' },
    now,
  )
  expect(parsed).toMatchObject({ name: 'Kim Bcc: x', text: 'a\nbc' })
})

test('a deleted comment has no texts and no address, whatever is given', () => {
  const parsed = parseKeptComment(
    { ...one, state: 'deleted', name: 5, text: '', email: 'kim@example.com' },
    now,
  )
  expect(parsed).toEqual({ ...one, state: 'deleted', name: '', text: '' })
})

test('a public comment was not withdrawn', () => {
  const withdrawn = '2024-06-18T17:00:00Z'
  expect(parseKeptComment({ ...one, withdrawn }, now)).not.toHaveProperty('withdrawn')
  expect(parseKeptComment({ ...one, state: 'spam', withdrawn }, now)).toHaveProperty('withdrawn', withdrawn)
})

const wrong: [what: string, given: unknown, field: string][] = [
  ['nothing', null, 'comment'],
  ['a text', 'x', 'comment'],
  ['a list', [], 'id'],
  ['no id', { ...one, id: undefined }, 'id'],
  ['an id that is too short', { ...one, id: 'abc' }, 'id'],
  ['an id with other signs', { ...one, id: 'q1gTnNyhXKyUZV0LOxW2d<' }, 'id'],
  ['no article', { ...one, article: '' }, 'article'],
  ['an article that is a list', { ...one, article: ['un'] }, 'article'],
  ['a huge article', { ...one, article: 'x'.repeat(301) }, 'article'],
  ['a parent that is a number', { ...one, parent: 5 }, 'parent'],
  ['a question that is no key', { ...one, question: 'a b' }, 'question'],
  ['a question that is a list', { ...one, question: ['pont'] }, 'question'],
  ['no state', { ...one, state: undefined }, 'state'],
  ['a state that is none', { ...one, state: 'trash' }, 'state'],
  ['a state of every object', { ...one, state: 'constructor' }, 'state'],
  ['reasons that are none', { ...one, reasons: ['<b>'] }, 'reasons'],
  ['many reasons', { ...one, reasons: Array.from({ length: 21 }, () => 'mode') }, 'reasons'],
  ['a name that nobody sees', { ...one, name: '\u200b \u2060' }, 'name'],
  ['a name of controls', { ...one, name: '\u0000' }, 'name'],
  ['a long name', { ...one, name: 'é'.repeat(61) }, 'name'],
  ['a long name of emoji', { ...one, name: '😀'.repeat(61) }, 'name'],
  ['an address that is none', { ...one, email: 'kim' }, 'email'],
  ['an address with a line end', { ...one, email: 'kim@example.com\nBcc: x@example.com' }, 'email'],
  ['a text that nobody sees', { ...one, text: ' \n\u0000' }, 'text'],
  ['a long text', { ...one, text: 'x'.repeat(maxKeptCharacters + 1) }, 'text'],
  ['no date', { ...one, written: undefined }, 'written'],
  ['a date that does not exist', { ...one, written: '2024-13-01T00:00:00Z' }, 'written'],
  ['a date without a zone', { ...one, written: '2024-06-18T16:00:00' }, 'written'],
  ['a date that is missing in WordPress', { ...one, written: '0000-00-00T00:00:00Z' }, 'written'],
  ['a date before 1970', { ...one, written: '1969-12-31T23:59:59Z' }, 'written'],
  ['a date in the future', { ...one, published: '2024-06-21T00:00:00Z' }, 'published'],
  ['a number as a date', { ...one, edited: 5 }, 'edited'],
  ['null as a date', { ...one, withdrawn: null }, 'withdrawn'],
]
test.for(wrong)('%s is refused', ([, given, field]) => {
  const parsed = parseKeptComment(given, now)
  expect(isKept(parsed)).toBe(false)
  expect(parsed).toHaveProperty('field', field)
})
