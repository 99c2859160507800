import { expect, test } from 'vitest'
import { givenIn } from '../../src/comments/given.ts'

test('a name in a form has no signs that turn the text around it', () => {
  const form = new URLSearchParams({ name: ' La rédaction\u202e evil\u2069\n', text: 'Bonjour.' })
  expect(givenIn(form)).toMatchObject({ name: 'La rédaction evil', text: 'Bonjour.' })
})
